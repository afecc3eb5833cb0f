import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paperCode, readPaperCode } from '../../regulation/paper-code.ts'
import { startApp, type Client, type RunningApp } from '../support/app.ts'
import { brokenLinks } from '../support/chains.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { query } from '../support/query.ts'
import { look } from '../papers/pictures.ts'

let app: RunningApp
let crew: Crew
beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
})
afterAll(() => app?.stop())

const clerk = () => crew.as('registrar@skes')
const executor = () => crew.billing.executor
const listOf = async (by: Client, place: string) => (await by.get(`/originals?place=${place}&limit=200`)).body.originals as { appeal: number; person?: { name: string }; unit?: string; overdue: boolean; code: string }[]
const has = async (by: Client, place: string, appeal: number) => (await listOf(by, place)).find((line) => line.appeal === appeal)
const pdf = async (by: Client, path: string) => {
  const response = await fetch(`${app.url}/api/v1${path}`, { headers: { cookie: by.cookie } })
  expect(response.status, path).toBe(200)
  return look(new Uint8Array(await response.arrayBuffer()))
}

describe('the code on a label', () => {
  it('is an EAN-13 of the house, and is read back; a slip of the finger is not taken for another paper', () => {
    expect(paperCode(12)).toBe('2000000000121')
    expect(readPaperCode(' 2000000000121 ')).toEqual({ id: 12 })
    expect(readPaperCode('2000000000122')).toEqual({ number: '2000000000122' })
    expect(readPaperCode('https://a.kz/ru/track/%D0%92%D0%A5-1/ABC')).toEqual({ number: 'ВХ-1', code: 'ABC' })
    expect(readPaperCode('https://a.kz/ru/track/%/ABC')).toEqual({ number: '%', code: 'ABC' })
  })
})

describe('where a paper lies and who has it (п. 4.7–4.8)', () => {
  it('goes from the clerk to its place, to the executor under their signature, and back', async () => {
    const { id } = await crew.registerPaper({ sheets: 3 })
    expect(await has(clerk(), 'with_me', id)).toMatchObject({ sheets: 3, overdue: false })
    await crew.act(clerk(), id, '/original/place', { unit: 'skes-chancellery', shelf: 'А-3' })
    expect(await has(clerk(), 'lying', id)).toMatchObject({ unit: 'skes-chancellery', shelf: 'А-3' })

    await crew.act(clerk(), id, '/original/hand-over', { to: executor().id, purpose: 'К ответу', returnOn: '2099-12-01' })
    expect(await has(clerk(), 'offered', id)).toMatchObject({ offeredTo: { id: executor().id } })
    expect(await has(executor().client, 'offered_to_me', id)).toBeDefined()
    const { lines } = (await executor().client.get('/work?queue=original')).body
    expect(lines.map((line: { id: number }) => line.id)).toContain(id)

    expect((await crew.billing.colleague.client.post(`/appeals/${id}/original/acceptance`)).status).toBe(404)
    await crew.act(executor().client, id, '/original/acceptance')
    expect(await has(executor().client, 'with_me', id)).toMatchObject({ unit: 'skes-billing', returnOn: '2099-12-01' })
    expect(await has(clerk(), 'given_out', id)).toMatchObject({ person: { name: executor().name } })
    expect((await executor().client.post(`/appeals/${id}/original/acceptance`)).body.code).toBe('paper_moved')

    await crew.act(executor().client, id, '/original/hand-over', { to: crew.member('registrar@skes').id, purpose: 'Возврат' })
    await crew.act(clerk(), id, '/original/acceptance')
    const card = await crew.cardOf(clerk(), id)
    expect(card.original).toMatchObject({ unit: 'skes-chancellery', person: { name: crew.member('registrar@skes').name } })
    expect(card.timeline.map((event: { action: string }) => event.action)).toEqual([
      'register', 'keep_original', 'hand_over_original', 'accept_original', 'hand_over_original', 'accept_original',
    ])
    expect(await brokenLinks(app.databaseUrl)).toEqual([])
  })

  it('refuses a place of another organization, oneself, somebody unknown and a day that is past', async () => {
    const { id } = await crew.registerPaper()
    const wrong = async (path: string, body: unknown) => (await clerk().post(`/appeals/${id}/original${path}`, body)).body.errors?.[0]
    expect(await wrong('/place', { unit: 'pts-chancellery' })).toMatchObject({ field: 'unit', code: 'unit_unknown' })
    expect(await wrong('/place', { unit: 'nowhere' })).toMatchObject({ field: 'unit', code: 'unit_unknown' })
    expect(await wrong('/hand-over', { to: crew.member('registrar@skes').id, purpose: 'x' })).toMatchObject({ field: 'to', code: 'person_not_fit' })
    expect(await wrong('/hand-over', { to: 'nobody', purpose: 'x' })).toMatchObject({ field: 'to', code: 'person_not_fit' })
    expect(await wrong('/hand-over', { to: executor().id, purpose: 'x', returnOn: '2020-01-01' })).toMatchObject({ field: 'returnOn', code: 'due_date_past' })
    expect(await wrong('/hand-over', { to: executor().id, purpose: 'x', returnOn: '31.12' })).toMatchObject({ field: 'returnOn', code: 'field_invalid' })
  })

  it('shows what was not returned in time', async () => {
    const { id } = await crew.registerPaper()
    await crew.act(clerk(), id, '/original/hand-over', { to: executor().id, purpose: 'К ответу', returnOn: '2099-01-01' })
    await crew.act(executor().client, id, '/original/acceptance')
    await query(app.databaseUrl, `update originals set return_on = '2020-01-01' where appeal_id = $1`, [id])
    expect(await has(clerk(), 'overdue', id)).toMatchObject({ overdue: true, person: { name: executor().name } })
    expect((await clerk().get('/originals')).body.counts.overdue).toBeGreaterThan(0)
    expect(await has(crew.as('registrar@pts'), 'overdue', id)).toBeUndefined()
  })

  it('goes in a batch, all or none, and says which one stood in the way', async () => {
    const papers = [await crew.registerPaper(), await crew.registerPaper(), await crew.registerPaper()]
    const appeals = papers.map((paper) => paper.id)
    await crew.act(clerk(), appeals[1]!, '/original/hand-over', { to: executor().id, purpose: 'К ответу' })
    const refused = await clerk().post('/originals/hand-over', { appeals, to: executor().id, purpose: 'К ответу' })
    expect(refused.body.errors).toMatchObject([{ field: 'appeals.1', code: 'paper_moved' }])
    expect(await has(clerk(), 'offered', appeals[0]!)).toBeUndefined()

    await crew.act(executor().client, appeals[1]!, '/original/refusal', { reason: 'Не мне' })
    expect((await clerk().post('/originals/hand-over', { appeals, to: executor().id, purpose: 'К ответу' })).body).toEqual({ done: 3 })
    const sheet = await pdf(clerk(), `/originals/hand-over.pdf?appeals=${appeals.join(',')}`)
    for (const { number } of papers) expect(sheet.text).toContain(number)
    expect(sheet.text).toContain(executor().name)
    expect((await executor().client.post('/originals/acceptance', { appeals })).body).toEqual({ done: 3 })
    expect((await clerk().post('/originals/place', { appeals, unit: 'skes-chancellery' })).body).toEqual({ done: 3 })
    expect(await has(clerk(), 'lying', appeals[2]!)).toBeDefined()
  })

  it('is found by its label, its slip and its number; for whoever neither keeps nor holds it, it is not there', async () => {
    const { id, number, code } = await crew.registerPaper()
    for (const sought of [paperCode(id), `https://jauap.example.kz/ru/track/${encodeURIComponent(number)}/${code}`, number]) {
      expect((await clerk().get(`/originals/find?code=${encodeURIComponent(sought)}`)).body.map((line: { appeal: number }) => line.appeal)).toContain(id)
    }
    expect((await clerk().get(`/originals/find?code=${encodeURIComponent(`https://a/track/${number}/WRONGWRONG`)}`)).status).toBe(404)
    expect((await crew.as('registrar@pts').get(`/originals/find?code=${paperCode(id)}`)).body.code).toBe('paper_unknown')
    expect((await pdf(clerk(), `/originals/labels.pdf?appeals=${id}`)).text.replaceAll('\u200b', '')).toContain(paperCode(id))
    expect((await fetch(`${app.url}/api/v1/originals/labels.pdf?appeals=${id}`, { headers: { cookie: crew.as('registrar@pts').cookie } })).status).toBe(404)
  })
})

describe('a stock-take (п. 4.7)', () => {
  it('tells what lies there, what is missing and what lies in the wrong place', async () => {
    const keeper = crew.as('registrar@skrec')
    const [here, lost, foreign] = [await crew.registerPaper({ organization: 'skrec' }), await crew.registerPaper({ organization: 'skrec' }), await crew.registerPaper({ organization: 'skrec' })]
    for (const paper of [here, lost]) await crew.act(keeper, paper.id, '/original/place', { unit: 'skrec-chancellery' })
    const { id } = (await keeper.post('/stock-takes', { unit: 'skrec-chancellery' })).body
    expect((await keeper.post('/stock-takes', { unit: 'skrec-chancellery' })).body.code).toBe('stock_take_open')

    const scan = async (code: string) => (await keeper.post(`/stock-takes/${id}/scans`, { code })).body
    expect(await scan(paperCode(here.id))).toMatchObject({ result: 'found', stockTake: { expected: 2, found: 1, missing: 1, elsewhere: 0 } })
    expect(await scan(here.number)).toMatchObject({ result: 'again' })
    expect(await scan(paperCode(foreign.id))).toMatchObject({ result: 'elsewhere', original: { number: foreign.number }, stockTake: { elsewhere: 1 } })
    expect(await scan('чепуха')).toMatchObject({ code: 'paper_unknown' })

    const shown = (await keeper.get(`/stock-takes/${id}`)).body
    expect(shown.lines.map((line: { number: string }) => line.number)).toEqual([lost.number])
    expect((await keeper.ask('DELETE', `/stock-takes/${id}/scans/${foreign.id}`, undefined, {})).body).toMatchObject({ elsewhere: 0 })
    expect((await crew.as('registrar@skes').get(`/stock-takes/${id}`)).status).toBe(404)

    const sheet = await pdf(keeper, `/stock-takes/${id}/sheet.pdf`)
    expect(sheet.text).toContain(lost.number)
    expect(sheet.text).not.toContain(here.number)
    expect((await keeper.post(`/stock-takes/${id}/close`)).body).toMatchObject({ missing: 1, closedAt: expect.any(String) })
    expect(await scan(paperCode(lost.id))).toMatchObject({ code: 'stock_take_closed' })
  })
})

describe('a case file, its term and its end (п. 7.8)', () => {
  it('takes papers while it is open, is kept for its whole term, and is destroyed by an approved act only', async () => {
    const file = await crew.caseFile('skes', { retentionYears: 1 })
    const [first, second] = [await crew.registerPaper({ sheets: 2 }), await crew.registerPaper({ sheets: 3 })]
    await crew.act(clerk(), first.id, '/original/place', { unit: 'skes-chancellery' })
    await crew.act(clerk(), first.id, '/original/case-file', { caseFile: file })
    expect((await clerk().post('/originals/case-file', { appeals: [second.id], caseFile: file })).body).toEqual({ done: 1 })
    expect(await has(clerk(), 'filed', second.id)).toMatchObject({ caseFile: { id: file } })
    expect((await clerk().get(`/case-files/${file}`)).body).toMatchObject({ caseFile: { papers: 2, sheets: 5 }, originals: [{ appeal: first.id }, { appeal: second.id }] })

    const draw = () => clerk().post('/destruction-acts', { organization: 'skes', caseFiles: [file], commission: 'Юрист Ким А. А.; архивариус Ли В. В.' })
    expect((await draw()).body.errors).toMatchObject([{ field: 'caseFiles.0', code: 'case_file_open' }])
    expect((await clerk().post(`/case-files/${file}/close`)).body.keptUntil).toBe(`${Temporal.Now.plainDateISO('Asia/Almaty').year + 1}-12-31`)
    expect((await clerk().post(`/appeals/${first.id}/original/case-file`, { caseFile: file })).body.errors).toMatchObject([{ field: 'caseFile', code: 'case_file_closed' }])
    expect((await draw()).body.errors).toMatchObject([{ code: 'still_kept' }])

    await query(app.databaseUrl, `update case_files set opened_on = '2020-01-10', closed_on = '2020-12-30' where id = $1`, [file])
    expect((await clerk().get('/case-files?show=due')).body.map((one: { id: number }) => one.id)).toContain(file)
    const { body: act } = await draw()
    expect((await draw()).body.errors).toMatchObject([{ code: 'case_file_in_act', message: expect.stringContaining(act.number) }])
    expect((await clerk().post(`/case-files/${file}/reopen`)).body.code).toBe('case_file_in_act')

    expect((await clerk().post(`/destruction-acts/${act.id}/approval`)).status).toBe(403)
    expect((await clerk().post(`/destruction-acts/${act.id}/carried-out`, { way: 'Шредер' })).body.code).toBe('act_out_of_turn')
    expect((await crew.director.post(`/destruction-acts/${act.id}/approval`)).body.state).toBe('approved')
    expect((await clerk().post(`/destruction-acts/${act.id}/carried-out`, { way: 'Шредер' })).body).toMatchObject({ code: 'papers_missing' })
    expect((await clerk().post('/originals/place', { appeals: [second.id], unit: 'skes-chancellery' })).status).toBe(200)
    expect((await clerk().post(`/destruction-acts/${act.id}/carried-out`, { way: 'Шредер' })).body).toMatchObject({ state: 'carried_out', papers: 2 })

    const card = await crew.cardOf(clerk(), first.id)
    expect(card.original).toMatchObject({ destroyedBy: act.number })
    expect(card.actions.map((one: { action: string }) => one.action).filter((one: string) => one.endsWith('_original'))).toEqual([])
    expect((await clerk().post(`/appeals/${first.id}/original/place`, { unit: 'skes-chancellery' })).body.code).toBe('paper_moved')
    const printed = await pdf(clerk(), `/destruction-acts/${act.id}/act.pdf`)
    for (const words of [act.number, 'УТВЕРЖДАЮ', 'Юрист Ким А. А.', 'Шредер']) expect(printed.text).toContain(words)
    const cover = await pdf(clerk(), `/case-files/${file}/case-file.pdf`)
    expect(cover.pages).toBe(2)
    expect(cover.text).toContain('Обращения потребителей')
  })

  it('numbers acts without a gap, and frees the files of one that was cancelled', async () => {
    const files = [await crew.caseFile('pts', { retentionYears: 1 }), await crew.caseFile('pts', { retentionYears: 1 })]
    await query(app.databaseUrl, `update case_files set opened_on = '2020-01-10', closed_on = '2020-12-30', closed_by = opened_by where id = any($1)`, [files])
    const pts = crew.as('registrar@pts')
    const drawn = await Promise.all(files.map((file) => pts.post('/destruction-acts', { organization: 'pts', caseFiles: [file], commission: 'Ким' })))
    expect(drawn.map(({ body }) => Number(body.number.split('/')[0])).sort()).toEqual([1, 2])
    expect((await pts.post(`/destruction-acts/${drawn[0]!.body.id}/cancel`)).body.state).toBe('cancelled')
    expect((await pts.post(`/destruction-acts/${drawn[0]!.body.id}/cancel`)).body.code).toBe('act_out_of_turn')
    expect((await pts.get(`/case-files/${files[0]}`)).body.caseFile.act).toBeUndefined()
    expect((await crew.director.get(`/destruction-acts/${drawn[1]!.body.id}`)).status).toBe(404)
  })

  it('is not opened twice under one index, and is no other organization\'s', async () => {
    const body = { unit: 'skes-chancellery', index: '07-77', title: 'Обращения', ground: 'п. 1' }
    const { body: made } = await clerk().post('/case-files', body)
    expect((await clerk().post('/case-files', body)).body.errors).toMatchObject([{ field: 'index', code: 'case_file_repeated' }])
    expect((await crew.as('registrar@pts').get(`/case-files/${made.id}`)).status).toBe(404)
    expect((await crew.as('registrar@pts').post('/case-files', body)).status).toBe(403)
    const { id } = await crew.registerPaper({ organization: 'pts' })
    expect((await crew.as('registrar@pts').post(`/appeals/${id}/original/case-file`, { caseFile: made.id })).body.errors).toMatchObject([{ field: 'caseFile', code: 'case_file_unknown' }])
    expect((await clerk().post(`/case-files/${made.id}/reopen`)).body.code).toBe('case_file_open')
  })
})
