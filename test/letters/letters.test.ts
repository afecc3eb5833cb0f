import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Client, type RunningApp } from '../support/app.ts'
import { brokenLinks } from '../support/chains.ts'
import { gatherCrew, wayToAppeal, type Crew } from '../support/crew.ts'
import { atOnce } from '../support/at-once.ts'
import { query } from '../support/query.ts'
import { until } from '../support/wait.ts'
import { look } from '../papers/pictures.ts'

let app: RunningApp
let crew: Crew
/** NCANode 3 as its OpenAPI says it answers; what it is asked is kept. */
let node: Server
const asked: { cms: string; data: string }[] = []
let answer: (body: { cms: string; data: string }) => unknown

beforeAll(async () => {
  node = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => { body += part })
    request.on('end', () => {
      asked.push(JSON.parse(body))
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(asked.at(-1)!)))
    })
  })
  await new Promise<void>((done) => node.listen(0, '127.0.0.1', done))
  app = await startApp({ env: { NCANODE_URL: `http://127.0.0.1:${(node.address() as AddressInfo).port}` } })
  crew = await gatherCrew(app)
})
afterAll(async () => {
  await app?.stop()
  node?.close()
})

const clerk = () => crew.as('registrar@skes')
const letterOf = async (id: number) => (await crew.cardOf(clerk(), id)).letter
const fileOf = async (by: Client, id: number, file: string) => Buffer.from(await (await fetch(`${app.url}/api/v1/appeals/${id}/files/${file}`, { headers: { cookie: by.cookie } })).arrayBuffer())
const codeOf = (url: string) => url.split('/').at(-1)!
const signed = (subject: Record<string, string>) => ({ valid: true, signers: [{ certificates: [{ valid: true, keyUsage: 'SIGN', subject }], tsp: { genTime: '2026-11-23T10:00:00Z' } }] })
const cms = Buffer.from('a detached signature').toString('base64')
const today = Temporal.Now.plainDateISO('Asia/Almaty').toString()

describe('the letterhead (п. 7.6)', () => {
  it('bears its own gapless number, the incoming one, the addressee, the text, the signatory, and is kept byte for byte', async () => {
    const { id, number } = await crew.places.paper_approved()
    expect((await clerk().get('/work?queue=letter')).body.lines.map((line: { id: number }) => line.id)).toContain(id)
    await crew.act(clerk(), id, '/letter')
    const letter = await letterOf(id)
    expect(letter.number).toMatch(/^ИСХ-СЭС-\d{5}$/)
    const pdf = await fileOf(clerk(), id, letter.file)
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(letter.digest)
    expect(pdf.includes('pdfaid')).toBe(true)
    const seen = await look(pdf)
    const text = seen.text.replace(/\s+/g, ' ')
    for (const words of [letter.number, number, 'Сергеев Пётр Ильич', 'Мы проверили начисление', 'СЕВКАЗЭНЕРГОСБЫТ', 'БСН/БИН', crew.member('executive@skes').name, crew.billing.executor.name, '1 / 1']) {
      expect(text).toContain(words)
    }
    expect((await clerk().get(`/journal?organization=skes&journal=outgoing&year=${today.slice(0, 4)}`)).body.entries[0]).toMatchObject({ number: letter.number, appealId: id })
    expect(await brokenLinks(app.databaseUrl)).toEqual([])
  })

  it('gives twenty letters made out at once twenty numbers, without a gap', async () => {
    const ids = await atOnce(Array.from({ length: 10 }), 3, async () => (await crew.places.paper_approved()).id)
    const answers = await Promise.all(ids.flatMap((id) => [clerk().post(`/appeals/${id}/letter`), crew.billing.executor.client.post(`/appeals/${id}/letter`)]))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    const { body } = await clerk().get(`/journal/verification?organization=skes&journal=outgoing&year=${today.slice(0, 4)}`)
    expect(body).toMatchObject({ whole: true, entries: 11 })
  })

  it('is previewed as the PDF itself, marked as a draft', async () => {
    const { id } = await crew.places.endorsing()
    const response = await fetch(`${app.url}/api/v1/appeals/${id}/tasks/1/letter-preview.pdf`, { headers: { cookie: crew.billing.executor.client.cookie } })
    const text = (await look(new Uint8Array(await response.arrayBuffer()))).text
    expect(text).toContain('ПРОЕКТ')
    expect(text).toContain('Пересчитаем.')
    expect((await fetch(`${app.url}/api/v1/appeals/${id}/tasks/1/letter-preview.pdf`, { headers: { cookie: crew.as('registrar@pts').cookie } })).status).toBe(404)
  })
})

describe('the signature (п. 7.6)', () => {
  it('by hand: its scan leaves in the letter\'s place', async () => {
    const { id } = await crew.places.letter_issued()
    const letter = await letterOf(id)
    const scan = await crew.upload(clerk())
    expect((await clerk().post(`/appeals/${id}/letter/signature`, { digest: 'other', signature: { way: 'handwritten', scan } })).body.code).toBe('letter_changed')
    expect((await crew.director.post(`/appeals/${id}/letter/signature`, { digest: letter.digest, signature: { way: 'handwritten', scan } })).body.errors).toMatchObject([{ field: 'scan', code: 'file_unknown' }])
    await crew.act(clerk(), id, '/letter/signature', { digest: letter.digest, signature: { way: 'handwritten', scan } })
    const card = await crew.cardOf(clerk(), id)
    expect(card.letter.signature).toMatchObject({ way: 'handwritten', file: scan })
    expect(card.reply.files.map((file: { id: string }) => file.id)).toEqual([scan])
  })

  it('by ЭЦП: NCANode is asked about these very bytes, and the CMS is kept', async () => {
    const { id } = await crew.places.letter_issued()
    const letter = await letterOf(id)
    const sign = () => crew.director.post(`/appeals/${id}/letter/signature`, { digest: letter.digest, signature: { way: 'eds', cms } })
    expect((await clerk().post(`/appeals/${id}/letter/signature`, { digest: letter.digest, signature: { way: 'eds', cms } })).body.code).toBe('not_your_step')
    for (const [wrong, reason] of [[{ valid: false, message: 'отозван' }, 'отозван'], [signed({ commonName: 'ЧУЖОЙ', iin: '900101300000', bin: '111111111111' }), '111111111111'],
      [{ valid: true, signers: [{ certificates: [{ keyUsage: 'AUTH', subject: { commonName: 'X' } }] }] }, 'AUTH'], ['не JSON', 'CMS']] as const) {
      answer = () => wrong
      const refused = await sign()
      expect(refused.body.code, JSON.stringify(refused.body)).toBe('signature_invalid')
      expect(refused.body.title).toContain(reason)
    }
    answer = () => signed({ commonName: 'ДИРЕКТОР', iin: '700101300000', bin: '990340000002' })
    expect((await sign()).status).toBe(200)
    expect(createHash('sha256').update(Buffer.from(asked.at(-1)!.data, 'base64')).digest('hex')).toBe(letter.digest)
    expect((await letterOf(id)).signature).toMatchObject({ way: 'eds', subject: 'ДИРЕКТОР' })
    const { rows } = await query<{ body: string }>(app.databaseUrl, 'select body from appeal_texts where appeal_id = $1 and body = $2', [id, cms])
    expect(rows).toHaveLength(1)
  })

  it('is waited for by the executive and by whoever brings the sheet, and nothing is sent before it', async () => {
    const { id } = await crew.places.letter_issued()
    expect((await crew.director.get('/work?queue=signing')).body.lines.map((line: { id: number }) => line.id)).toContain(id)
    expect((await clerk().post(`/appeals/${id}/dispatch`, { way: 'post', post: { sentOn: today } })).body.code).toBe('letter_needed_first')
    expect((await clerk().get('/work?queue=dispatch')).body.lines.map((line: { id: number }) => line.id)).not.toContain(id)
  })
})

describe('whoever holds a letter in their hands', () => {
  const check = (code: string) => crew.nobody.get(`/letters/${encodeURIComponent(code)}`)

  it('learns by its code that it is genuine, unsigned, or taken back; and not a word of it', async () => {
    const { id } = await crew.places.letter_issued({ lastName: 'Тайный', firstName: 'Заявитель', middleName: '' })
    const letter = await letterOf(id)
    const code = codeOf(letter.checkUrl)
    expect((await check(code)).body).toMatchObject({ standing: 'unsigned', number: letter.number, addressee: 'Т. З.', digest: letter.digest })
    await crew.act(crew.director, id, '/letter/signature', { digest: letter.digest, signature: { way: 'development' } })
    const { body } = await check(code)
    expect(body).toMatchObject({ standing: 'signed', signature: { way: 'development', by: crew.member('executive@skes').name } })
    expect(JSON.stringify(body)).not.toMatch(/Тайный|начисление/)

    await crew.act(clerk(), id, '/reply/return', { comment: 'Ошибка в сумме' })
    expect((await check(code)).body.standing).toBe('taken_back')
    expect((await crew.cardOf(clerk(), id)).letter).toBeUndefined()
    const entries = (await clerk().get(`/journal?organization=skes&journal=outgoing&year=${today.slice(0, 4)}&state=annulled`)).body.entries
    expect(entries.map((entry: { number: string; annulledFor: string }) => [entry.number, entry.annulledFor])).toContainEqual([letter.number, 'Ошибка в сумме'])
    for (const language of ['ru', 'kk']) expect(await (await fetch(`${app.url}/${language}/letter/${code}`)).text()).toContain(letter.number)
  })

  it.each(['1-1-AAAAAAAA', '999999-4-AAAAAAAA', 'чепуха', '../1', '1-2'])('is told of %s that we never gave it out', async (code) => {
    expect((await check(code)).status).toBe(404)
    expect((await fetch(`${app.url}/ru/letter/${encodeURIComponent(code)}`)).status).toBe(404)
  })
})

describe('the gate before sending (п. 11.6.13)', () => {
  const approved = async (body: string, more: Record<string, unknown> = {}, changes: Record<string, unknown> = {}) => {
    const written = await crew.write(changes)
    const specialist = crew.member('executor@pts/pts-consumers')
    await crew.act(crew.head, written.id, '/inquiries', { organization: 'pts', specialist: specialist.id, question: 'Почему?', dueOn: written.dueOn })
    await crew.act(specialist.client, written.id, '/tasks/1/versions', { body, ...more })
    await crew.act(crew.as('unit_head@pts/pts-consumers'), written.id, '/tasks/1/endorsement', { version: 1 })
    await crew.act(crew.as('executive@pts'), written.id, '/tasks/1/endorsement', { version: 1 })
    await crew.act(crew.head, written.id, '/tasks/1/explanation/acceptance', { asReply: true })
    return written.id
  }
  const kinds = async (id: number) => (await crew.head.get(`/appeals/${id}/gate`)).body.map((one: { kind: string }) => one.kind)

  it.each<[string, string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ['a good answer', `Мы проверили ваш прибор учёта, показания верны. ${wayToAppeal}`, {}, {}, []],
    ['no way to appeal', 'Мы проверили ваш прибор учёта, показания верны.', {}, {}, ['no_way_to_appeal']],
    ['another language', `Сіздің есептегішіңізді тексердік, көрсеткіштері дұрыс, қайта есептеу жүргізілді. Шағымдануға құқылысыз.`, {}, {}, ['wrong_language']],
    ['a promised attachment', `Расчёт прилагаем. Мы проверили ваш прибор учёта. ${wayToAppeal}`, {}, {}, ['attachment_missing']],
    ['a question left', `Мы проверили ваш прибор учёта, показания верны. ${wayToAppeal}`, { questions: [{ text: 'Когда вернут деньги?', answered: false }, { text: 'Почему?', answered: true }] }, {}, ['question_unanswered']],
    ['somebody else\'s telephone', `Ваш сосед Ким, 8 701 999 88 77, уже оплатил за этот месяц. ${wayToAppeal}`, {}, {}, ['foreign_data']],
    ['the applicant\'s own telephone, and ours', `Мы звонили вам на +7 701 123-45-67, наш телефон +7 (7152) 00-00-04. ${wayToAppeal}`, {}, {}, []],
    ['somebody else\'s ИИН and address', `По ИИН 900101300017 и почте chuzhoy@example.kz долга нет, всё в порядке. ${wayToAppeal}`, {}, {}, ['foreign_data', 'foreign_data']],
  ])('finds %s', async (_, body, more, changes, found) => {
    expect(await kinds(await approved(body, more, changes))).toEqual(found)
  })

  it('lets an answer through with a reason for every finding, which stays in its history', async () => {
    const id = await approved('Расчёт прилагаем, мы проверили ваш прибор учёта.')
    expect((await crew.head.post(`/appeals/${id}/dispatch`, { way: 'email' })).body.code).toBe('gate_closed')
    const one = { finding: 'attachment_missing', reason: 'Передан лично' }
    expect((await crew.head.post(`/appeals/${id}/dispatch`, { way: 'email', overridden: [one] })).body.code).toBe('gate_closed')
    await crew.act(crew.head, id, '/dispatch', { way: 'email', overridden: [one, { finding: 'no_way_to_appeal', reason: 'Не отказ' }, { finding: 'foreign_data', reason: 'лишнее' }] })
    const { timeline } = await crew.cardOf(crew.head, id)
    expect(timeline.find((event: { action: string }) => event.action === 'dispatch_reply').data.overridden).toEqual([one, { finding: 'no_way_to_appeal', reason: 'Не отказ' }])
  })
})

describe('dispatch (п. 7.7, 11.6.4, 11.6.13)', () => {
  it('that came back opens the answer again, and another way is taken', async () => {
    const { id } = await crew.places.posted()
    await crew.act(clerk(), id, '/dispatch/bounce', { reason: 'Адресат выбыл' })
    const card = await crew.cardOf(clerk(), id)
    expect(card).toMatchObject({ state: 'reply_approved', dispatch: { status: 'failed', way: 'post', reason: 'Адресат выбыл' } })
    expect(card.letter.signature).toBeDefined()
    await crew.act(clerk(), id, '/dispatch', { way: 'pickup', pickup: { handedOn: today, to: 'Сергеев П. И.' }, closeAfter: false })
    expect((await crew.cardOf(clerk(), id)).state).toBe('dispatched')
  })

  it('of no letter is right only where the applicant asked for none and was granted what he asked', async () => {
    const plain = await crew.places.paper_approved({ kind: 'application' })
    expect((await clerk().post(`/appeals/${plain.id}/dispatch`, { way: 'none', granted: 'Заменён прибор' })).body.errors).toMatchObject([{ field: 'way', code: 'reply_needed' }])
    const { id } = await crew.places.paper_approved({ kind: 'application', noWrittenReply: true })
    expect((await clerk().post(`/appeals/${id}/dispatch`, { way: 'none' })).body.errors).toMatchObject([{ field: 'granted', code: 'field_missing' }])
    await crew.act(clerk(), id, '/dispatch', { way: 'none', granted: 'Прибор учёта заменён 22.11.2026', closeAfter: false })
    expect((await crew.cardOf(clerk(), id))).toMatchObject({ state: 'dispatched', dispatch: { way: 'none', status: 'delivered' } })
  })

  it('by post goes in a registry: listed, in envelopes, then sent together with the numbers of the post', async () => {
    const papers = [await crew.places.letter_signed(), await crew.places.letter_signed(), await crew.places.letter_issued()]
    const appeals = papers.map(({ id }) => id)
    const make = (ids: number[]) => clerk().post('/post-registries', { organization: 'skes', appeals: ids })
    expect((await make(appeals)).body.errors).toMatchObject([{ field: 'appeals.2', code: 'letter_needed_first' }])
    expect((await crew.as('registrar@pts').post('/post-registries', { organization: 'skes', appeals: appeals.slice(0, 2) })).status).toBe(403)
    const { body: made } = await make(appeals.slice(0, 2))
    expect((await make(appeals.slice(0, 1))).body.errors).toMatchObject([{ code: 'in_registry', message: expect.stringContaining(made.number) }])
    expect((await clerk().get('/outgoing?stage=dispatch')).body.lines.find((line: { id: number }) => line.id === appeals[0])).toMatchObject({ registry: made.number, answerWay: 'post' })

    const [first, second] = [await letterOf(appeals[0]!), await letterOf(appeals[1]!)]
    for (const name of ['registry', 'envelopes']) {
      const response = await fetch(`${app.url}/api/v1/post-registries/${made.id}/${name}.pdf`, { headers: { cookie: clerk().cookie } })
      expect((await look(new Uint8Array(await response.arrayBuffer()))).text).toContain(first.number)
    }
    expect((await crew.as('registrar@pts').get(`/post-registries/${made.id}`)).status).toBe(404)
    // A letter that was taken back and made anew is not the one the list names.
    const third = await crew.places.letter_signed()
    const { body: other } = await make([third.id])
    const { number } = await letterOf(third.id)
    await crew.act(clerk(), third.id, '/reply/return', { comment: 'Опечатка' })
    const author = crew.billing.executor.client
    await crew.act(author, third.id, '/tasks/1/versions', { body: `Мы проверили всё ещё раз. ${wayToAppeal}` })
    await crew.act(crew.billing.head, third.id, '/tasks/1/endorsement', { version: 2 })
    await crew.act(crew.director, third.id, '/tasks/1/endorsement', { version: 2 })
    await crew.act(clerk(), third.id, '/letter')
    await crew.act(crew.director, third.id, '/letter/signature', { digest: (await letterOf(third.id)).digest, signature: { way: 'development' } })
    expect((await clerk().post(`/post-registries/${other.id}/posted`, { postedOn: today, closeAfter: false })).body.errors).toMatchObject([{ field: 'items.1', code: 'letter_taken_back', message: expect.stringContaining(number) }])
    const posted = (postedOn: string) => clerk().post(`/post-registries/${made.id}/posted`, { postedOn, numbers: [{ place: 1, postNumber: 'RR1' }, { place: 2, postNumber: 'RR2' }], closeAfter: false })
    expect((await posted('2099-01-01')).body.errors).toMatchObject([{ field: 'postedOn', code: 'date_in_future' }])
    expect((await posted('2020-01-01')).body.errors).toMatchObject([{ field: 'postedOn', code: 'before_answer' }])
    expect((await crew.cardOf(clerk(), appeals[0]!)).state).toBe('reply_approved')
    expect((await posted(today)).body).toEqual({ done: 2 })
    expect((await posted(today)).body.code).toBe('registry_settled')
    expect((await clerk().get(`/post-registries/${made.id}`)).body.items).toMatchObject([{ letter: first.number, postNumber: 'RR1' }, { letter: second.number, postNumber: 'RR2' }])
    const { timeline, state } = await crew.cardOf(clerk(), appeals[1]!)
    expect([state, timeline.at(-1).data.evidence]).toEqual(['dispatched', { way: 'post', sentOn: today, postNumber: 'RR2' }])
  })

  it('a registry taken apart frees its letters, and its number is not given again', async () => {
    const { id } = await crew.places.letter_signed()
    const make = () => clerk().post('/post-registries', { organization: 'skes', appeals: [id] })
    const { body: first } = await make()
    expect((await clerk().post(`/post-registries/${first.id}/cancel`)).status).toBe(200)
    expect((await clerk().post(`/post-registries/${first.id}/posted`, { postedOn: today })).body.code).toBe('registry_settled')
    const { body: second } = await make()
    expect(Number(second.number.split('/')[0])).toBe(Number(first.number.split('/')[0]) + 1)
  })

  it('in person leaves a receipt: printed, signed, and kept beside the letter', async () => {
    const { id } = await crew.places.letter_signed({ answerWay: 'pickup' })
    const response = await fetch(`${app.url}/api/v1/appeals/${id}/receipt.pdf`, { headers: { cookie: clerk().cookie } })
    expect((await look(new Uint8Array(await response.arrayBuffer()))).text).toContain((await letterOf(id)).number)
    const hand = (receipt: string) => clerk().post(`/appeals/${id}/dispatch`, { way: 'pickup', pickup: { handedOn: today, to: 'Сергеев П. И.', receipt }, closeAfter: false })
    expect((await hand(await crew.upload(crew.director))).body.errors).toMatchObject([{ field: 'pickup.receipt', code: 'file_unknown' }])
    const receipt = await crew.upload(clerk())
    expect((await hand(receipt)).status).toBe(200)
    const card = await crew.cardOf(clerk(), id)
    expect(card.dispatch).toMatchObject({ way: 'pickup', to: 'Сергеев П. И.', receipt })
    expect(card.reply.files.map((file: { id: string }) => file.id)).not.toContain(receipt)
  })

  it('in person is told to whoever asked for it as soon as the letter is signed', async () => {
    const { id } = await crew.places.letter_signed({ answerWay: 'pickup', email: 'pickup@example.kz' })
    const letter = await letterOf(id)
    await until(async () => (await query(app.databaseUrl, `select 1 from messages where appeal_id = $1 and template = 'pickup_ready' and body like $2`, [id, `%${letter.number}%`])).rows[0])
  })

  it('closed too early stands under control again, with the reason', async () => {
    const { id } = await crew.places.posted()
    await crew.act(clerk(), id, '/closing')
    await crew.act(clerk(), id, '/reopening', { reason: 'Не всё сделано' })
    expect((await crew.cardOf(clerk(), id)).state).toBe('dispatched')
    await crew.act(crew.as('controller@skes'), id, '/closing')
    expect((await crew.cardOf(clerk(), id)).state).toBe('closed')
  })

  it('by e-mail carries the letter itself, once, though the process is killed between signing and sending', async () => {
    const { id } = await crew.places.letter_signed({ email: 'petr@example.kz', answerWay: 'email' })
    await app.kill('SIGKILL')
    const again = await startApp({ databaseUrl: app.databaseUrl, env: { DATA_DIR: app.dataDir } })
    try {
      const send = () => fetch(`${again.url}/api/v1/appeals/${id}/dispatch`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: clerk().cookie }, body: JSON.stringify({ way: 'email', closeAfter: false }) })
      const answers = await Promise.all([send(), send(), send()])
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      const letters = await until(async () => {
        const { rows } = await query<{ status: string; attachments: string[] }>(app.databaseUrl, `select status, attachments from messages where appeal_id = $1 and template = 'answer'`, [id])
        return rows[0]?.status === 'sent' ? rows : undefined
      })
      expect(letters).toHaveLength(1)
      expect(letters[0]!.attachments).toHaveLength(1)
    } finally {
      await again.kill()
    }
  }, 60_000)
})
