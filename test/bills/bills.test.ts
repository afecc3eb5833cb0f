import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Answer, type Client, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { countOf, query } from '../support/query.ts'
import { until } from '../support/wait.ts'
import { pageTexts } from './page-texts.ts'

let app: RunningApp
let crew: Crew
let mine: Client
let clerk: Client
/** The first account of the town and its last posted month. */
let account: { id: number; number: string; holder: string }
let period: string

beforeAll(async () => {
  app = await startApp({ env: { DEMO_ACCOUNTS: '24' } })
  crew = await gatherCrew(app)
  mine = await crew.consumer('household@example.kz')
  clerk = crew.as('executor@skes/skes-billing')
  const { rows: [found] } = await query<{ id: string; number: string; holder: string }>(app.databaseUrl, `select id, number, holder_name as holder from accounts order by id limit 1`)
  account = { ...found!, id: Number(found!.id) }
  const person = (await mine.get('/session')).body.id
  await query(app.databaseUrl, `insert into account_access (account_id, person_id, way, granted_by, granted_at) values ($1, $2, 'code', $2, now())`, [account.id, person])
  const { rows: [month] } = await query<{ period: string }>(app.databaseUrl, `select to_char(max(period), 'YYYY-MM') as period from settlement_runs where posted_at is not null`)
  period = month!.period
}, 120_000)
afterAll(() => app?.stop())

const file = async (client: Client, path: string): Promise<Response> => fetch(`${app.url}/api/v1${path}`, { headers: client.cookie ? { cookie: client.cookie } : {} })
const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer())
const problem = async (response: Response): Promise<{ status: number; code: string; errors?: { field: string; code: string }[] }> => {
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  return response.json() as never
}
const monthsBefore = (months: number, of = period) => Temporal.PlainYearMonth.from(of).subtract({ months }).toString()

describe('the PDF of a bill (п. 11.3.1)', () => {
  it('is for whoever has the account and for those who serve it', async () => {
    for (const client of [mine, clerk, crew.as('front_desk@skes/skes-service'), crew.as('contact_centre_head@skes')]) {
      const response = await file(client, `/accounts/${account.id}/bills/${period}/bill.pdf`)
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'application/pdf', 'private, no-store'])
      const [text, ...more] = await pageTexts(await bytes(response))
      expect(more).toEqual([])
      expect(text).toContain(`Лицевой счёт ${account.number}`)
      expect(text).toContain(account.holder)
    }
    const [kk] = await pageTexts(await bytes(await file(mine, `/accounts/${account.id}/bills/${period}/bill.pdf?language=kk`)))
    expect(kk).toContain(`Дербес шот ${account.number}`)
  })

  it('says what the bill of the API says', async () => {
    const { body } = await mine.get(`/cabinet/accounts/${account.id}/bills/${period}`)
    const [text] = await pageTexts(await bytes(await file(mine, `/accounts/${account.id}/bills/${period}/bill.pdf`)))
    const tenge = (tiyn: number) => `${tiyn < 0 ? '−' : ''}${String(Math.floor(Math.abs(tiyn) / 100)).replace(/\B(?=(\d{3})+$)/g, ' ')},${String(Math.abs(tiyn) % 100).padStart(2, '0')}`
    for (const line of body.lines) expect(text).toContain(tenge(line.amount))
    for (const sum of [body.total.opening, body.total.charged, -body.total.paid, body.total.closing]) expect(text).toContain(tenge(sum))
    expect(body.lines.length).toBeGreaterThan(4)
  })

  it('holds the code by which the household opens its account', async () => {
    const [text] = await pageTexts(await bytes(await file(clerk, `/accounts/${account.id}/bills/${period}/bill.pdf`)))
    const code = /Код для личного кабинета ([0-9A-Z]{8})/.exec(text ?? '')?.[1]
    const other = await crew.consumer('neighbour@example.kz')
    expect((await other.post('/cabinet/accounts', { number: account.number, code })).status).toBeLessThan(300)
    expect((await file(other, `/accounts/${account.id}/bills/${period}/bill.pdf`)).status).toBe(200)
  })

  it('keeps the code from whoever was only lent the account, and from staff who only look', async () => {
    const son = await crew.consumer('son.bills@example.kz')
    expect((await mine.post(`/cabinet/accounts/${account.id}/access`, { email: 'son.bills@example.kz' })).status).toBe(201)
    for (const client of [son, crew.as('contact_centre_agent@skes')]) {
      const [text] = await pageTexts(await bytes(await file(client, `/accounts/${account.id}/bills/${period}/bill.pdf`)))
      expect(text).toContain(account.number)
      expect(text).not.toContain('Код для личного кабинета')
    }
  })

  it('is refused to everybody else, without telling what there is', async () => {
    const stranger = await crew.consumer('stranger@example.kz')
    const paths = [`/accounts/${account.id}/bills/${period}/bill.pdf`, `/accounts/${account.id}/card.pdf`, `/accounts/${account.id}/card.xlsx`]
    for (const path of paths) {
      expect(await problem(await file(crew.nobody, path))).toMatchObject({ status: 401, code: 'not_signed_in' })
      expect(await problem(await file(stranger, path))).toMatchObject({ status: 404, code: 'account_unknown' })
      expect(await problem(await file(mine, path.replace(`/${account.id}/`, `/${account.id + 1}/`)))).toMatchObject({ status: 404, code: 'account_unknown' })
      expect(await problem(await file(mine, path.replace(`/${account.id}/`, '/999999999/')))).toMatchObject({ status: 404, code: 'account_unknown' })
      for (const key of ['executor@skes/skes-metering', 'registrar@skes', 'executive@pts', 'it_admin@ske']) expect(await problem(await file(crew.as(key), path)), key).toMatchObject({ status: 403, code: 'not_permitted' })
    }
    for (const id of ['0', '-1', 'x', '1e3', '9'.repeat(40), '1;select']) expect((await problem(await file(clerk, `/accounts/${id}/bills/${period}/bill.pdf`))).status, id).toBe(404)
  })

  it.each(['2026-13', '2026-00', '0000-01', '2031-01', 'october', '2026-1', '1'.repeat(40)])('of a month that has none (%s) is not there', async (month) => {
    expect(await problem(await file(mine, `/accounts/${account.id}/bills/${month}/bill.pdf`))).toMatchObject({ status: 404, code: 'not_found' })
  })

  it('of a month that was counted and not posted is not there', async () => {
    await query(app.databaseUrl, `update settlement_runs set posted_at = null where to_char(period, 'YYYY-MM') = $1`, [period])
    try {
      expect((await problem(await file(mine, `/accounts/${account.id}/bills/${period}/bill.pdf`))).status).toBe(404)
    } finally {
      await query(app.databaseUrl, `update settlement_runs set posted_at = now() where to_char(period, 'YYYY-MM') = $1`, [period])
    }
  })
})

describe('the ledger card (п. 11.3.1)', () => {
  it('tells what each service owes in a month that touches but one of them, also where the card begins with it', async () => {
    const { rows: [other] } = await query<{ id: string }>(app.databaseUrl, 'select a.id from accounts a where a.id <> $1 and (select sum(amount) from ledger_lines l where l.account_id = a.id) <> 0 and not exists (select 1 from ledger_lines l where l.account_id = a.id and l.period > $2) order by a.id limit 1', [account.id, `${period}-01`])
    const open = Temporal.PlainYearMonth.from(period).add({ months: 1 }).toString()
    expect((await clerk.post(`/accounts/${other!.id}/corrections`, { service: 'waste', amount: 1_234, reason: 'Проверка карточки', seen: 0 })).status).toBe(201)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(Buffer.from(await bytes(await file(clerk, `/accounts/${other!.id}/card.xlsx?from=${open}&to=${open}`))) as never)
    const sheet = workbook.worksheets[0]!
    const rows = Array.from({ length: sheet.rowCount - 4 }, (_, i) => sheet.getRow(5 + i)).filter((row) => row.getCell(3).value !== null)
    const { rows: owed } = await query<{ service: string; sum: string }>(app.databaseUrl, 'select service, sum(amount) as sum from ledger_lines where account_id = $1 group by service having sum(amount) <> 0', [other!.id])
    expect(owed.length).toBeGreaterThan(1)
    expect(rows.length).toBe(owed.length + 2)
    expect(Math.round(Number(rows.at(-1)!.getCell(12).value) * 100)).toBe(owed.reduce((all, { sum }) => all + Number(sum), 0))
    expect(Math.round((Number(rows.at(-1)!.getCell(12).value) - Number(rows.at(-1)!.getCell(3).value)) * 100)).toBe(Number((await query<{ sum: string }>(app.databaseUrl, 'select sum(amount) as sum from ledger_lines where account_id = $1 and period > $2', [other!.id, `${period}-01`])).rows[0]!.sum))
  })

  it('holds the last twelve months as PDF, and as a workbook with numbers that add up', async () => {
    const { rows: [bill] } = await query<{ closing: string; charged: string }>(app.databaseUrl, `select closing, charged from bills where account_id = $1 and to_char(period, 'YYYY-MM') = $2`, [account.id, period])
    const text = (await pageTexts(await bytes(await file(mine, `/accounts/${account.id}/card.pdf`)))).join(' ')
    expect(text).toContain('Карточка лицевого счёта')
    expect(text).toContain(account.number)

    const response = await file(mine, `/accounts/${account.id}/card.xlsx?from=${monthsBefore(11)}&to=${period}`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'])
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(Buffer.from(await bytes(response)) as never)
    const sheet = workbook.worksheets[0]!
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 4 })
    expect((sheet.getRow(4).values as unknown[]).slice(1)).toEqual(['Период', 'Услуга', 'Сальдо на начало', 'Пред. показание', 'Тек. показание', 'Расход', 'Тариф, ₸', 'Начислено', 'Перерасчёт', 'Пеня', 'Оплачено', 'Сальдо на конец', 'К оплате'])
    const rows = Array.from({ length: sheet.rowCount - 4 }, (_, i) => sheet.getRow(5 + i)).filter((row) => row.getCell(3).value !== null)
    for (const row of rows) {
      for (const column of [3, 8, 9, 10, 11, 12]) expect(typeof row.getCell(column).value).toBe('number')
      expect(row.getCell(8).numFmt).toBe('#,##0.00')
      const [opening, charged, recalculated, penalty, paid, closing] = [3, 8, 9, 10, 11, 12].map((column) => Math.round(Number(row.getCell(column).value) * 100))
      expect(opening! + charged! + recalculated! + penalty! - paid!).toBe(closing)
    }
    const months = rows.filter((row) => row.getCell(2).value === 'Итого за месяц')
    expect(months).toHaveLength(12)
    expect(Math.round(Number(months.at(-1)!.getCell(12).value) * 100)).toBe(Number(bill!.closing))
    expect(Math.round(Number(months.at(-1)!.getCell(8).value) * 100)).toBe(Number(bill!.charged))
    expect(rows.at(-1)!.getCell(2).value).toBe('Итого')
    expect(rows[0]!.getCell(6).value).toEqual(expect.any(Number))
    const kk = new ExcelJS.Workbook()
    await kk.xlsx.load(Buffer.from(await bytes(await file(mine, `/accounts/${account.id}/card.xlsx?language=kk`))) as never)
    expect(kk.worksheets[0]!.getCell('B4').value).toBe('Қызмет')
  })

  it.each<[string, () => string, string, string]>([
    ['more than a year', () => `from=${monthsBefore(12)}&to=${period}`, 'from', 'card_too_long'], ['an end before its beginning', () => `from=${period}&to=${monthsBefore(1)}`, 'from', 'card_too_long'], ['a hundred years', () => 'from=1926-01&to=2026-01', 'from', 'card_too_long'],
    ['a month that is none', () => 'from=2026-13', 'from', 'field_invalid'], ['a day', () => 'to=2026-01-01', 'to', 'field_invalid'], ['text', () => 'from=%D0%BC%D0%B0%D0%B9', 'from', 'field_invalid'], ['forty digits', () => `to=${'1'.repeat(40)}`, 'to', 'field_invalid'],
  ])('is told clearly what is wrong with %s', async (_, asked, field, code) => {
    for (const kind of ['pdf', 'xlsx']) expect((await problem(await file(mine, `/accounts/${account.id}/card.${kind}?${asked()}`))).errors?.[0]).toMatchObject({ field, code })
  })

  it('of months before there was anything says so', async () => {
    const [text] = await pageTexts(await bytes(await file(mine, `/accounts/${account.id}/card.pdf?from=2019-01&to=2019-12`)))
    expect(text).toContain('За этот период начислений и платежей нет.')
    expect((await file(mine, `/accounts/${account.id}/card.xlsx?from=2019-01`)).status).toBe(200)
  })
})

const print = (body: Record<string, unknown>): Promise<Answer> => clerk.post('/bill-prints', body)
const finished = (id: number) => until(async () => {
  const { body } = await clerk.get(`/bill-prints/${id}`)
  return body.print.state === 'done' && body
}, 30_000)

describe('bills of a month for paper (п. 11.3.1)', () => {
  it('come in parts, every bill once, in the order of houses and flats', async () => {
    const { status, body } = await print({ period, language: 'kk' })
    expect([status, body.bills]).toEqual([201, 24])
    const { print: made, parts } = await finished(body.id)
    expect(made).toMatchObject({ period, language: 'kk', bills: 24, done: 24, state: 'done', parts: 1 })
    expect(parts[0]).toMatchObject({ n: 1, bills: 24, ready: true, size: expect.any(Number) })
    const response = await file(clerk, `/bill-prints/${body.id}/parts/1`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(response.headers.get('content-disposition')).toContain('attachment')
    const pages = await pageTexts(await bytes(response))
    const numbers = pages.map((page) => /Дербес шот (\d+)/.exec(page)?.[1])
    expect(new Set(numbers).size).toBe(24)
    const { rows } = await query<{ number: string }>(app.databaseUrl, `select a.number from accounts a join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id order by b.address collate "C", p.flat::int`)
    expect(numbers).toEqual(rows.map(({ number }) => number))
    expect((await clerk.get('/bill-prints')).body.prints[0]).toMatchObject({ id: body.id, state: 'done' })
  }, 60_000)

  it('may be of one house or of one district', async () => {
    const { body: [house] } = await clerk.get(`/bill-prints/buildings?text=${encodeURIComponent('петропавл')}`)
    const one = await print({ period, building: house.id })
    expect(one.body.bills).toBe(12)
    const district = await print({ period, district: 'г. Петропавловск' })
    expect(district.body.bills).toBe(24)
    expect((await finished(one.body.id)).print).toMatchObject({ building: house.address })
    await finished(district.body.id)
    expect((await clerk.get('/bill-prints/buildings?text=%25')).body).toEqual([])
  }, 60_000)

  it.each<[string, Record<string, unknown>, string, string]>([
    ['a month that was not posted', { period: '2031-01' }, 'period', 'month_not_posted'], ['a month that is none', { period: '2026-13' }, 'period', 'field_invalid'], ['nothing', {}, 'period', 'field_missing'], ['text', { period: 'октябрь' }, 'period', 'field_invalid'],
    ['a district without bills', { district: 'Луна' }, 'district', 'no_bills'], ['a house that is not there', { building: 999_999 }, 'building', 'no_bills'], ['less than no house', { building: -1 }, 'building', 'field_invalid'],
    ['a district and a house', { district: 'г. Петропавловск', building: 1 }, 'building', 'field_invalid'], ['another language', { language: 'en' }, 'language', 'field_invalid'],
  ])('are refused for %s, and nothing is left', async (_, body, field, code) => {
    const before = await countOf(app.databaseUrl, 'bill_prints')
    const answer = await print({ ...(Object.keys(body).some((key) => key !== 'period') && { period }), ...body })
    expect([answer.status, answer.body.errors?.[0]?.field, answer.body.errors?.[0]?.code]).toEqual([422, field, code])
    expect(await countOf(app.databaseUrl, 'bill_prints')).toBe(before)
  })

  it('asked for twice at once are one print; stopped and gone on with, each bill is there once', async () => {
    // Held back, so that it is still being printed while it is asked for again.
    await query(app.databaseUrl, 'create table hold (id int); create function hold_parts() returns trigger language plpgsql as $$ begin if exists (select 1 from hold) then raise exception \'held\'; end if; return new; end $$; create trigger hold before update on bill_print_parts for each row execute function hold_parts(); insert into hold values (1)')
    const answers = await Promise.all([print({ period }), print({ period })])
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    const [{ body: { id } }, { body: other }] = answers as [Answer, Answer]
    expect(other.id).toBe(id)
    await until(async () => (await clerk.get(`/bill-prints/${id}`)).body.print.state === 'troubled', 20_000)
    expect((await clerk.post(`/bill-prints/${id}/cancel`)).body.state).toBe('cancelled')
    expect((await clerk.post(`/bill-prints/${id}/cancel`)).body.state).toBe('cancelled')
    expect((await problem(await file(clerk, `/bill-prints/${id}/parts/1`))).status).toBe(404)
    await query(app.databaseUrl, 'drop trigger hold on bill_print_parts')
    expect((await clerk.post(`/bill-prints/${id}/resume`)).status).toBe(200)
    expect((await finished(id)).print.done).toBe(24)
    for (const step of ['cancel', 'resume']) expect((await clerk.post(`/bill-prints/${id}/${step}`)).body.code).toBe('run_out_of_turn')
  }, 60_000)

  it('are for those who settle months, nobody else', async () => {
    const { body: { prints: [{ id }] } } = await clerk.get('/bill-prints')
    for (const key of ['front_desk@skes/skes-service', 'executor@skes/skes-metering', 'registrar@skes', 'executive@skes']) {
      for (const path of ['/bill-prints', `/bill-prints/${id}`, '/bill-prints/buildings']) expect((await crew.as(key).get(path)).status, `${key} ${path}`).toBe(403)
      expect((await crew.as(key).post('/bill-prints', { period })).status).toBe(403)
      expect((await problem(await file(crew.as(key), `/bill-prints/${id}/parts/1`))).status).toBe(403)
    }
    expect((await problem(await file(mine, `/bill-prints/${id}/parts/1`))).status).toBe(403)
    expect((await problem(await file(crew.nobody, `/bill-prints/${id}/parts/1`))).status).toBe(401)
    for (const part of ['0', '2', 'x', '9'.repeat(30)]) expect((await problem(await file(clerk, `/bill-prints/${id}/parts/${part}`))).status).toBe(404)
    expect((await crew.as('unit_head@skes/skes-billing').get('/bill-prints')).status).toBe(200)
  })

  it('keep their files from the sweep of what nobody attached, until they are a month old; a photo of a meter stays too', async () => {
    const photo = await crew.upload(mine)
    const loose = await crew.upload(mine)
    await query(app.databaseUrl, `insert into readings (meter_id, taken_on, value, source, sent_at, photo_id) select id, current_date, 0, 'consumer', now(), $1 from meters limit 1`, [photo])
    await query(app.databaseUrl, `update files set created_at = now() - interval '2 days'`)
    await query(app.databaseUrl, `select graphile_worker.add_job('purge_unattached_files')`)
    await until(async () => (await countOf(app.databaseUrl, `files where id = '${loose}'`)) === 0)
    expect(await countOf(app.databaseUrl, `files where id = '${photo}'`)).toBe(1)
    const { body: { prints } } = await clerk.get('/bill-prints')
    const { id } = prints.at(-1)
    expect((await file(clerk, `/bill-prints/${id}/parts/1`)).status).toBe(200)
    await query(app.databaseUrl, `update bill_prints set made_at = now() - interval '31 days' where id = $1`, [id])
    await query(app.databaseUrl, `select graphile_worker.add_job('purge_bill_prints')`)
    await until(async () => (await clerk.get(`/bill-prints/${id}`)).body.print.state === 'removed')
    expect((await problem(await file(clerk, `/bill-prints/${id}/parts/1`))).status).toBe(404)
    expect((await clerk.post(`/bill-prints/${id}/resume`)).body.code).toBe('run_out_of_turn')
    expect((await file(clerk, `/bill-prints/${prints[0].id}/parts/1`)).status).toBe(200)
  }, 40_000)
})

describe('a print of bills that was cut off (п. 11.3.1)', () => {
  it('ends with every bill once, though the power went half-way, twice', async () => {
    const web = await startApp({ env: { DEMO_ACCOUNTS: '24', PROCESS: 'web' } })
    const working: RunningApp[] = []
    try {
      const own = (await gatherCrew(web)).as('executor@skes/skes-billing')
      const { body: { id } } = await own.post('/bill-prints', { period })
      // One bill a part, so that there is a half-way.
      await query(web.databaseUrl, `
        with whole as (delete from bill_print_parts where print_id = $1 returning accounts)
        insert into bill_print_parts (print_id, n, accounts, first_address, last_address) select $1, n, array[a], '', '' from whole, unnest(accounts) with ordinality as each(a, n)`, [id])
      const done = () => countOf(web.databaseUrl, `bill_print_parts where done_at is not null`)
      for (const enough of [4, 12]) {
        const worker = await startApp({ databaseUrl: web.databaseUrl, env: { DATA_DIR: web.dataDir } })
        working.push(worker)
        await until(async () => (await done()) >= enough, 40_000)
        await worker.kill('SIGKILL')
      }
      expect(await done()).toBeLessThan(24)
      working.push(await startApp({ databaseUrl: web.databaseUrl, env: { DATA_DIR: web.dataDir } }))
      await until(async () => (await own.get(`/bill-prints/${id}`)).body.print.state === 'done', 60_000)
      const numbers: (string | undefined)[] = []
      for (let n = 1; n <= 24; n++) {
        const response = await fetch(`${web.url}/api/v1/bill-prints/${id}/parts/${n}`, { headers: { cookie: own.cookie } })
        const pages = await pageTexts(new Uint8Array(await response.arrayBuffer()))
        numbers.push(...pages.map((page) => /Лицевой счёт (\d+)/.exec(page)?.[1]))
      }
      expect(numbers).toHaveLength(24)
      expect(new Set(numbers).size).toBe(24)
      expect(await countOf(web.databaseUrl, `files where name like '%${period}%'`)).toBe(24)
    } finally {
      for (const one of working) await one.stop()
      await web.stop()
    }
  }, 180_000)
})
