import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { look } from '../papers/pictures.ts'
import { startApp, type Client, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew, type Written } from '../support/crew.ts'
import { query } from '../support/query.ts'

let app: RunningApp
let crew: Crew
let clerk: Client
let papers: (Written & { id: number })[]
const { year } = Temporal.Now.zonedDateTimeISO('Asia/Almaty')
const today = Temporal.Now.plainDateISO('Asia/Almaty').toString()

beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
  clerk = crew.as('registrar@skes')
  papers = [
    await crew.registerPaper({ lastName: 'Сергеев', subject: 'Скачки напряжения', text: 'Пересчитайте, пожалуйста.' }),
    await crew.registerPaper({ lastName: 'Кенжебаева', firstName: 'Әсел', kind: 'claim', subject: 'Холодные батареи', channel: 'email' }),
    await crew.registerPaper({ lastName: 'Ким', subject: '=HYPERLINK("http://x","y")', kind: 'application' }),
    await crew.registerPaper({ lastName: 'Лишний', subject: 'Зарегистрировано по ошибке' }),
  ]
  await crew.act(clerk, papers[0]!.id, '/send-for-resolution')
  await crew.act(crew.director, papers[0]!.id, '/resolution', { text: 'Разобраться и ответить', units: ['skes-billing'], dueOn: today, controller: crew.member('controller@skes').id })
  await crew.act(clerk, papers[3]!.id, '/annulment', { reason: 'Дубль' })
  await query(app.databaseUrl, `update appeals set due_on = '2020-01-01' where id = $1`, [papers[1]!.id])
})
afterAll(() => app?.stop())

const book = (more: Record<string, string | number> = {}) => new URLSearchParams(Object.entries({ organization: 'skes', journal: 'incoming', year, ...more }).map(([key, value]) => [key, String(value)])).toString()
const numbersOf = async (more: Record<string, string | number>) => {
  const { status, body } = await clerk.get(`/journal?${book(more)}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.entries.map((entry: { n: number }) => entry.n) as number[]
}
const download = async (path: string, by = clerk) => fetch(`${app.url}/api/v1${path}`, { headers: { cookie: by.cookie } })

describe('the journal as clerks browse it (п. 4.3)', () => {
  it.each<[string, Record<string, string | number>, number[]]>([
    ['all, newest first', {}, [4, 3, 2, 1]], ['as in the book', { order: 'oldest' }, [1, 2, 3, 4]], ['by kind', { kind: 'claim' }, [2]], ['by the way it came', { channel: 'email' }, [2]],
    ['by a whole number', { text: 'вх-сэс-00003' }, [3]], ['by the bare figure', { text: '3' }, [3]], ['by the beginning of a number', { text: 'ВХ-СЭС' }, []],
    ['by the applicant\'s surname', { text: 'кенже' }, [2]], ['by a word of the summary, in another form', { text: 'холодная' }, [2]], ['by two words', { text: 'скачки напряжения' }, [1]],
    ['by words nobody wrote', { text: 'трансформатор' }, []], ['what is late', { state: 'late' }, [2]], ['what is open', { state: 'open' }, [3, 2, 1]], ['what is annulled', { state: 'annulled' }, [4]],
    ['what is answered', { state: 'answered' }, []], ['of today', { from: today, to: today }, [4, 3, 2, 1]], ['of another day', { to: '2020-01-01' }, []],
    ['a page and what follows', { limit: 2, before: 3 }, [2, 1]], ['late claims by e-mail with a word', { state: 'late', kind: 'claim', channel: 'email', text: 'Кенжебаева' }, [2]],
    ['by what would be a pattern elsewhere', { text: '%_' }, []],
  ])('%s', async (_, filter, found) => {
    expect(await numbersOf(filter)).toEqual(found)
  })

  it('refuses a day that is none, and whoever does not keep it', async () => {
    expect((await clerk.get(`/journal?${book({ from: '31.11.2026' })}`)).body.errors).toMatchObject([{ field: 'from', code: 'field_invalid' }])
    expect((await crew.billing.executor.client.get(`/journal?${book()}`)).status).toBe(403)
    expect((await download(`/journal.xlsx?${book()}`, crew.as('registrar@pts'))).status).toBe(403)
    expect((await download(`/journal.pdf?${book({ year: 'x' })}`)).status).toBe(422)
  })
})

describe('the journal taken out (п. 4.3)', () => {
  it('as a spreadsheet: every entry once, as text that no spreadsheet runs, annulled ones struck through', async () => {
    const response = await download(`/journal.xlsx?${book()}`)
    expect(response.headers.get('content-disposition')).toContain(`skes-incoming-${year}.xlsx`)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(await response.arrayBuffer())
    const rows = workbook.worksheets[0]!.getSheetValues().slice(1) as (unknown[] | undefined)[]
    expect(rows[0]!.slice(1)).toEqual(expect.arrayContaining(['Рег. номер', 'Корреспондент, номер и дата документа', 'Кому направлен', 'Отметка об исполнении']))
    expect(rows.slice(1).map((row) => row![2])).toEqual(papers.map((paper) => paper.number))
    expect(rows[1]).toEqual(expect.arrayContaining(['Разобраться и ответить', 'Отдел расчётов с потребителями', 'Соколова Марина Андреевна']))
    expect(rows[3]![7]).toBe('=HYPERLINK("http://x","y")')
    expect(rows[4]).toEqual(expect.arrayContaining(['Аннулировано: Дубль']))
    expect(workbook.worksheets[0]!.getRow(5).font.strike).toBe(true)
  })

  it('as filtered, in Kazakh too', async () => {
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(await (await download(`/journal.xlsx?${book({ kind: 'claim', language: 'kk' })}`)).arrayBuffer())
    const rows = workbook.worksheets[0]!.getSheetValues().slice(1) as unknown[][]
    expect(rows).toHaveLength(2)
    expect(rows[0]!.slice(1)).toContain('Тіркеу нөмірі')
  })

  it('on A4, with the columns clerks expect', async () => {
    const seen = await look(new Uint8Array(await (await download(`/journal.pdf?${book()}`)).arrayBuffer()))
    expect(seen.size.map(Math.round)).toEqual([842, 595])
    for (const words of ['Журнал регистрации входящих документов', ...papers.map((paper) => paper.number), 'Аннулировано: Дубль', 'Разобраться и ответить']) expect(seen.text.replace(/\s+/g, ' ')).toContain(words)
  })
})

describe('a reserved number (п. 4.3)', () => {
  it('takes its place at once, waits there, and is filled or annulled; never given again', async () => {
    const reserve = (reason: string) => clerk.post('/journal/reservations', { organization: 'skes', reason })
    const [first, second] = [(await reserve('Письмо прокуратуры')).body, (await reserve('Придёт почтой')).body]
    expect([first.n, second.n]).toEqual([5, 6])
    expect((await clerk.get('/journal/reservations?organization=skes')).body.reservations.map((one: { number: string }) => one.number)).toEqual([first.number, second.number])
    expect(await numbersOf({ state: 'reserved' })).toEqual([6, 5])

    const filled = await crew.registerPaper({ lastName: 'Прокуроров', reserved: { year, n: 5 } })
    expect(filled.number).toBe(first.number)
    expect(await numbersOf({ text: 'прокуроров' })).toEqual([5])
    expect((await clerk.post('/journal/reservations/annulment', { organization: 'skes', year, n: 6, reason: 'Не пришло' })).status).toBe(200)
    expect((await clerk.post('/journal/reservations/annulment', { organization: 'skes', year, n: 6, reason: 'Ещё раз' })).status).toBe(422)
    expect(await numbersOf({ state: 'annulled' })).toEqual([6, 4])
    expect((await crew.registerPaper()).number).toBe('ВХ-СЭС-00007')
    expect((await crew.as('registrar@pts').post('/journal/reservations', { organization: 'skes', reason: 'x' })).status).toBe(403)
    expect((await clerk.get(`/journal/verification?organization=skes&journal=incoming&year=${year}`)).body).toEqual({ whole: true, entries: 7, annulled: 2, reserved: 0 })
  })
})

describe('what became of an entry', () => {
  it.each([
    ['another reason', `update journal_marks set reason = 'Другая' where reason = 'Дубль'`],
    ['a mark taken away', `delete from journal_marks where n = 6 and mark = 'annulled'`],
  ])('cannot be rewritten unseen: %s', async (_, change) => {
    const guarded = query(app.databaseUrl, change)
    await expect(guarded).rejects.toMatchObject({ code: '23001' })
    const { rows: kept } = await query(app.databaseUrl, 'select * from journal_marks order by seq')
    await query(app.databaseUrl, `begin; alter table journal_marks disable trigger all; ${change}; alter table journal_marks enable trigger all;
      alter table journal_marks enable always trigger journal_marks_append_only; alter table journal_marks enable always trigger journal_marks_no_truncate; commit`)
    expect((await clerk.get(`/journal/verification?organization=skes&journal=incoming&year=${year}`)).body).toMatchObject({ whole: false, fault: 'mark' })
    if (change.startsWith('update')) {
      await query(app.databaseUrl, `begin; alter table journal_marks disable trigger all; update journal_marks set reason = 'Дубль' where reason = 'Другая'; alter table journal_marks enable trigger all; commit`)
      expect(kept.length).toBeGreaterThan(0)
    }
  })
})
