import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { feedbackFields } from '../../regulation/intake-form.ts'
import { refusals } from '../../regulation/refusals.ts'
import { feedback, startApp, type Answer, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { countOf, query } from '../support/query.ts'
import { pdf, png } from '../support/sample-files.ts'

let app: RunningApp
let crew: Crew

beforeAll(async () => {
  app = await startApp({ env: { UPLOAD_MAX_MB: '1', UPLOAD_MAX_FILES: '3' } })
  crew = await gatherCrew(app)
})
afterAll(() => app?.stop())

const write = (changes: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Answer> => crew.nobody.post('/appeals', feedback(changes), headers)
const count = () => countOf(app.databaseUrl, 'appeals')

/** Refused at these fields for these reasons, and nothing was written. */
async function refused(changes: Record<string, unknown>, faults: Record<string, string>): Promise<void> {
  const before = await count()
  const answer = await write(changes)
  expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input'])
  expect(Object.fromEntries(answer.body.errors.map((e: { field: string; code: string }) => [e.field, e.code]))).toEqual(faults)
  expect(answer.body.errors.every((e: { message: string }) => e.message.length > 10 && !e.message.includes('{'))).toBe(true)
  expect(await count()).toBe(before)
}

describe('the fields of the feedback form (п. 11.6.3–11.6.4)', () => {
  it.each([
    ['name', 'field_missing'], ['address', 'field_missing'], ['email', 'email_needed'], ['kind', 'field_missing'],
    ['subject', 'field_missing'], ['text', 'field_missing'], ['answerWay', 'field_missing'], ['consent', 'consent_needed'],
  ])('%s is asked for where it is missing', async (field, code) => {
    await refused({ [field]: undefined }, { [field]: code })
    if (field !== 'consent') await refused({ [field]: '' }, { [field]: code })
    if (['name', 'address', 'subject', 'text'].includes(field)) await refused({ [field]: ' \u00a0\n\t ' }, { [field]: code })
  })

  it.each(Object.entries(feedbackFields))('%s may be only so long', (field, { max }) => refused({ [field]: 'ә'.repeat(max + 1) }, { [field]: 'field_too_long' }))

  it('takes each text at its longest, counted in characters, not in bytes or halves of letters', async () => {
    const longest = Object.fromEntries((['name', 'address', 'subject', 'text'] as const).map((field) => [field, '😀'.repeat(feedbackFields[field].max)]))
    const { status, body } = await write(longest)
    expect(status, JSON.stringify(body)).toBe(201)
    const { rows } = await query(app.databaseUrl, 'select applicant_name as name, applicant_address as address, subject, body as text from appeal_contents order by appeal_id desc limit 1')
    expect(rows[0]).toEqual(longest)
  })

  it.each(['12345', '+1 202 555 01 23', '8 701 123-45-6', 'звоните вечером', '+7 701 123 45 678', '0000000000'])('the phone %s is no phone', (phone) => refused({ phone }, { phone: 'bad_phone' }))
  it.each(['petr', 'petr@', '@example.kz', 'petr@example', 'a b@example.kz', 'petr@example..kz', 'petr@@example.kz', 'petr@example.kz, b@example.kz', 'petr@example.kz\nBcc: all@example.kz'])(
    'the e-mail %j is no e-mail', (email) => refused({ email }, { email: 'bad_email' }))

  it('the way of the answer needs what it goes by: a call a phone, a letter an address', async () => {
    await refused({ answerWay: 'phone', phone: undefined }, { phone: 'phone_needed' })
    await refused({ answerWay: 'email', email: undefined }, { email: 'email_needed' })
    expect((await write({ answerWay: 'phone', email: undefined })).status).toBe(201)
    expect((await write({ answerWay: 'email', phone: undefined })).status).toBe(201)
  })

  it.each([['group', 'everybody'], ['kind', 'ticket'], ['answerWay', 'pigeon']])('%s takes no word but those of the form', (field, word) => refused({ [field]: word }, { [field]: 'field_invalid' }))

  it('hidden signs that could disguise a text are refused, and so is what cannot be kept', async () => {
    await refused({ subject: 'счёт \u202Etxt.exe' }, { subject: 'bad_characters' })
    await refused({ text: 'нуль\u0000' }, { text: 'bad_characters' })
    await refused({ text: 'половина \ud83d' }, { text: 'bad_characters' })
  })
})

describe('ИИН of the first group and БИН of the second (п. 4.2)', () => {
  it.each(['900101399007', '123456789012', '90010139900', '9001013990O6'])('a person\'s ИИН %s is wrong', (identifier) => refused({ identifier }, { identifier: 'bad_iin' }))
  it.each(['250140999013', '251340999012', '2501409990123'])('a company\'s БИН %s is wrong', (identifier) => refused({ group: 'company', identifier }, { identifier: 'bad_bin' }))
  it('a person has no БИН', () => refused({ identifier: '250140999012' }, { identifier: 'bad_iin' }))

  it('right ones are kept as twelve digits, and none is needed', async () => {
    for (const [changes, kept] of [
      [{ identifier: ' 900101 399 006 ' }, '900101399006'], [{ group: 'company', identifier: '2501-4099-9012' }, '250140999012'],
      [{ group: 'company', identifier: '900101399006' }, '900101399006'], [{ identifier: '' }, null], [{ group: undefined }, null],
    ] as const) {
      expect((await write(changes)).status).toBe(201)
      const { rows } = await query<{ kept: string | null; phone: string }>(app.databaseUrl, 'select applicant_identifier as kept, applicant_phone as phone from appeal_contents order by appeal_id desc limit 1')
      expect(rows[0]).toEqual({ kept, phone: '+77011234567' })
    }
  })
})

describe('all faults of a form together (п. 11.6.3)', () => {
  it.each(['kk', 'ru'] as const)('are told at once, each at its field, in %s', async (language) => {
    const { status, headers, body } = await write({ name: '', address: 'x'.repeat(301), email: 'no', phone: 'no', identifier: '1', kind: 'x', subject: undefined, text: ' ', answerWay: 'x', consent: false }, { 'accept-language': `${language}-KZ,en;q=0.5` })
    expect([status, headers.get('content-type'), body.title]).toEqual([422, 'application/problem+json; charset=utf-8', refusals.invalid_input.words[language]])
    expect(body.clause).toBe('11.6.3')
    const codes = {
      name: 'field_missing', address: 'field_too_long', email: 'bad_email', phone: 'bad_phone', identifier: 'bad_iin', kind: 'field_invalid',
      subject: 'field_missing', text: 'field_missing', answerWay: 'field_invalid', consent: 'consent_needed',
    } as const
    expect(body.errors).toHaveLength(Object.keys(codes).length)
    expect(Object.fromEntries(body.errors.map((e: { field: string; message: string }) => [e.field, e.message]))).toEqual(
      Object.fromEntries(Object.entries(codes).map(([field, code]) => [field, refusals[code].words[language].replace('{max}', '300')])))
  })
})

describe('the same appeal sent again (п. 11.6.5)', () => {
  it('is the same appeal under the same key, and another content under it is refused', async () => {
    const key = { 'idempotency-key': 'the-same-key-1' }
    const [first, again, other] = [await write({}, key), await write({}, key), await write({ subject: 'Другое' }, key)]
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual(first.body)
    expect([other.status, other.body.code]).toEqual([409, 'key_reused'])
  })

  it('twelve times at once is one appeal, for whoever sent it, and others beside it are not harmed', async () => {
    const before = await count()
    const key = { 'idempotency-key': 'pressed-twelve-times' }
    const [same, apart] = await Promise.all([
      Promise.all(Array.from({ length: 12 }, () => write({ subject: 'Дважды' }, key))),
      Promise.all(Array.from({ length: 12 }, (_, i) => write({ subject: `Отдельно ${i}` }))),
    ])
    expect(new Set(same.map((answer) => `${answer.status} ${answer.body.number}`)).size).toBe(1)
    expect(same[0]!.status).toBe(201)
    expect(new Set(apart.map((answer) => answer.body.number)).size).toBe(12)
    expect(await count()).toBe(before + 13)
  })

  it('with two contents at once under one key is one appeal and one refusal', async () => {
    const key = { 'idempotency-key': 'two-contents-one-key' }
    const answers = await Promise.all([write({ subject: 'А' }, key), write({ subject: 'Б' }, key)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
  })

  it('without a key is another appeal: nobody is kept from writing the same twice', async () => {
    expect((await write()).body.number).not.toBe((await write()).body.number)
  })
})

describe('files of an appeal (п. 11.6.3)', () => {
  const upload = async (body: Buffer, name: string, type = 'application/octet-stream') => {
    const response = await fetch(`${app.url}/api/v1/uploads`, { method: 'POST', headers: { 'content-type': type, 'x-file-name': encodeURIComponent(name) }, body: new Uint8Array(body) })
    return { status: response.status, body: (await response.json()) as { id: string; code: string; requestId: string } }
  }

  it('come with it, and are the appeal\'s from then on', async () => {
    const { body: { id } } = await upload(pdf, 'Счёт за октябрь.pdf')
    const { body: { number } } = await write({ files: [id] })
    const [line] = (await crew.head.get(`/appeals/search?text=${number}`)).body
    expect((await crew.cardOf(crew.head, line.id)).files).toMatchObject([{ id, name: 'Счёт за октябрь.pdf', mediaType: 'application/pdf' }])
  })

  it('that are too large, empty, of no accepted kind, or not what they claim are refused', async () => {
    for (const [body, name, type, status, code] of [
      [Buffer.concat([pdf, Buffer.alloc(1_100_000)]), 'big.pdf', 'application/pdf', 413, 'file_too_large'],
      [Buffer.alloc(0), 'empty.pdf', 'application/pdf', 422, 'file_empty'],
      [Buffer.from('MZ\u0090\u0000\u0003', 'latin1'), 'bill.exe', 'application/octet-stream', 415, 'file_type_refused'],
      [pdf, 'photo.jpg', 'image/jpeg', 415, 'file_not_what_it_claims'],
      [png([]), 'bill.pdf', 'application/pdf', 415, 'file_not_what_it_claims'],
    ] as const) {
      const answer = await upload(body, name, type)
      expect([answer.status, answer.body.code], name).toEqual([status, code])
      expect(answer.body.requestId).toMatch(/^[0-9a-f-]{36}$/)
    }
    expect(await countOf(app.databaseUrl, 'files where appeal_id is null')).toBe(0)
  })

  it('that are unknown, another appeal\'s, named twice or too many leave no appeal behind', async () => {
    const { body: { id: used } } = await upload(pdf, 'used.pdf')
    expect((await write({ files: [used] })).status).toBe(201)
    const { body: { id: fresh } } = await upload(pdf, 'fresh.pdf')
    const before = await count()
    for (const files of [['00000000-0000-4000-8000-000000000000'], [used], [fresh, used], [fresh, fresh]]) {
      const { status, body } = await write({ files })
      expect([status, body.errors?.[0]?.code ?? body.code], files.join()).toEqual([422, 'file_unknown'])
    }
    const four = await write({ files: Array.from({ length: 4 }, () => fresh) })
    expect(four.body.errors).toMatchObject([{ field: 'files', code: 'too_many_files' }])
    expect(await count()).toBe(before)
    expect((await write({ files: [fresh] })).status).toBe(201)
  })

  it('sent with a form twice under one key are answered twice with one appeal', async () => {
    const { body: { id } } = await upload(pdf, 'once.pdf')
    const answers = await Promise.all([1, 2, 3].map(() => write({ files: [id] }, { 'idempotency-key': 'with-a-file-once' })))
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.body.number}`))).toEqual(new Set([`201 ${answers[0]!.body.number}`]))
  })

  it('claimed by two appeals at once go with one of them; the other is not written', async () => {
    const { body: { id } } = await upload(pdf, 'contested.pdf')
    const answers = await Promise.all([write({ files: [id], subject: 'А' }), write({ files: [id], subject: 'Б' }), write({ subject: 'Без файлов' })])
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 201, 422])
    expect(answers[2]!.status).toBe(201)
  })
})

describe('an appeal that follows an earlier one (п. 4.1)', () => {
  it('is linked to it by who holds its code, and by nobody else', async () => {
    const { body: first } = await write()
    for (const repeatOf of [{ number: first.number, code: 'AAAAAAAAAA' }, { number: first.number, code: '' }, { number: '2026-999999', code: first.code }, { number: '', code: '' }]) {
      await refused({ repeatOf }, { repeatOf: 'wrong_tracking_code' })
    }
    const typed = { number: ` ${first.number.toLowerCase()} `, code: first.code.toLowerCase().replace(/(.{5})/, '$1-') }
    const { status, body } = await write({ repeatOf: typed })
    expect(status).toBe(201)
    const [line] = (await crew.head.get(`/appeals/search?text=${body.number}`)).body
    expect((await crew.cardOf(crew.head, line.id)).repeatOf.number).toBe(first.number)
  })
})
