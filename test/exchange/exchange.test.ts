import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Client, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { query } from '../support/query.ts'
import { until } from '../support/wait.ts'
import { applied, bring, faultsOf, lay, outsideGroup, send, take, textOf } from './desk-of-files.ts'

let [town, empty, mirror]: RunningApp[] = []
let crews: readonly [Crew, Crew, Crew]
const clerk = (crew: Crew): Client => crew.as('executor@skes/skes-billing')
beforeAll(async () => {
  ;[town, empty, mirror] = await Promise.all([startApp({ env: { DEMO_ACCOUNTS: '24' } }), startApp(), startApp({ env: { GROUP_FILE: outsideGroup() } })])
  crews = [await gatherCrew(town), await gatherCrew(empty), await gatherCrew(mirror)]
}, 90_000)
afterAll(() => Promise.all([town?.stop(), empty?.stop(), mirror?.stop()]))

const rowsOf = async <Row extends Record<string, unknown>>(app: RunningApp, text: string, values: unknown[] = []) => (await query<Row>(app.databaseUrl, text, values)).rows
/** A balance is the sum of its lines, and every bill adds up to what it tells by service. */
const invariant = async (app: RunningApp) => {
  expect(await rowsOf(app, `
    select b.account_id, b.period from bills b where closing <> (select coalesce(sum(amount), 0) from ledger_lines l where l.account_id = b.account_id and l.period <= b.period)
      or closing <> (select coalesce(sum((v->>0)::bigint + (v->>1)::bigint), 0) from jsonb_each(b.balances) k(s, v))`)).toEqual([])
}
const head = 'account;service;serial;day;value;night;source\n'
const today = Temporal.Now.plainDateISO('Asia/Almaty')
const thisMonth = today.with({ day: 1 })

describe('what one ledger exports another imports (п. 11.3.1)', () => {
  it.each(['csv', 'xlsx'] as const)('accounts, meters, readings and balances, the same, and the same file again changes nothing (%s)', async (ending) => {
    const [from, to] = [clerk(crews[0]), clerk(crews[1])]
    for (const kind of ['accounts', 'meters', 'readings', 'balances']) {
      const file = await take(town!, from, `${kind}.${ending}`)
      const first = await bring(empty!, to, kind, file)
      expect([kind, first.state, first.counts.refused, first.counts[ending === 'csv' ? 'new' : 'unchanged']]).toEqual([kind, 'applied', 0, first.rows])
      expect(first.rows, kind).toBeGreaterThan(20)
      const again = await bring(empty!, to, kind, file)
      expect([kind, again.counts]).toEqual([kind, { new: 0, changed: 0, unchanged: again.rows, refused: 0 }])
      expect(textOf(await take(empty!, to, `${kind}.csv`)).split('\r\n').sort()).toEqual(textOf(await take(town!, from, `${kind}.csv`)).split('\r\n').sort())
    }
    await invariant(empty!)
  }, 60_000)

  it('a whole year mirrored month by month: payments, bills and balances are those of the master', async () => {
    const [from, to] = [clerk(crews[0]), clerk(crews[2])]
    for (const kind of ['accounts', 'meters', 'readings']) expect((await bring(mirror!, to, kind, await take(town!, from, `${kind}.csv`))).counts.refused).toBe(0)
    const months = await rowsOf<{ period: string }>(town!, `select to_char(period, 'YYYY-MM') as period from settlement_runs order by period`)
    for (const { period } of months) {
      const payments = await take(town!, from, `payments.csv?period=${period}`)
      if (textOf(payments).trim().includes('\n')) expect((await bring(mirror!, to, 'payments', payments)).counts.refused).toBe(0)
      const charges = await bring(mirror!, to, 'charges', await take(town!, from, `charges.csv?period=${period}`))
      expect([charges.state, charges.counts.new, charges.fault]).toEqual(['applied', charges.rows, undefined])
    }
    const open = await take(town!, from, `payments.csv?period=${thisMonth.toPlainYearMonth().toString()}`)
    if (textOf(open).trim().includes('\n')) await bring(mirror!, to, 'payments', open)
    const bills = `select a.number, to_char(b.period, 'YYYY-MM') as period, b.opening, b.charged, b.recalculated, b.penalty, b.paid, b.closing, b.balances from bills b join accounts a on a.id = b.account_id order by 1, 2`
    const shown = (rows: Record<string, unknown>[]) => rows.map((row) => ({ ...row, balances: Object.fromEntries(Object.entries(row['balances'] as Record<string, number[]>).filter(([, [p, q]]) => p !== 0 || q !== 0)) }))
    expect(shown(await rowsOf(mirror!, bills))).toEqual(shown(await rowsOf(town!, bills)))
    for (const kind of ['payments', 'balances']) expect(textOf(await take(mirror!, to, `${kind}.csv`)).split('\r\n').sort()).toEqual(textOf(await take(town!, from, `${kind}.csv`)).split('\r\n').sort())
    await invariant(mirror!)
  }, 120_000)
})

describe('an outside master (п. 11.3.1)', () => {
  it('corrects a month by lines of the open one, once, and no line of the month changes; the next bill shows them', async () => {
    const to = clerk(crews[2])
    const { rows: [last] } = await query<{ period: string }>(mirror!.databaseUrl, `select to_char(max(period), 'YYYY-MM') as period from settlement_runs`)
    const text = textOf(await take(mirror!, to, `charges.csv?period=${last!.period}`))
    const [top, first, ...rest] = text.trim().split('\r\n') as [string, string, ...string[]]
    const cells = first.split(';')
    const amount = Number(cells.at(-1)!.replace(',', '.'))
    const corrected = [top, [...cells.slice(0, 6), '', '', (amount + 100).toFixed(2)].join(';'), ...rest].join('\n')
    const before = await rowsOf(mirror!, `select * from ledger_lines where period = $1 order by account_id, kind, service, entry`, [`${last!.period}-01`])
    const [balance] = await rowsOf<{ sum: string }>(mirror!, 'select sum(amount) from ledger_lines')
    const done = await bring(mirror!, to, 'charges', corrected)
    expect(done.counts).toEqual({ new: 0, changed: 1, unchanged: rest.length, refused: 0 })
    expect(await rowsOf(mirror!, `select * from ledger_lines where period = $1 order by account_id, kind, service, entry`, [`${last!.period}-01`])).toEqual(before)
    const [after] = await rowsOf<{ sum: string }>(mirror!, 'select sum(amount) from ledger_lines')
    expect(Number(after!.sum) - Number(balance!.sum)).toBe(10_000)
    expect((await bring(mirror!, to, 'charges', corrected)).counts).toEqual({ new: 0, changed: 0, unchanged: rest.length + 1, refused: 0 })
    const next = await bring(mirror!, to, 'charges', `account;period;service;kind;net;vat;amount\n1000001;${thisMonth.toPlainYearMonth().toString()};waste;charge;100;16;116\n`)
    expect([next.state, next.counts.new]).toEqual(['applied', 1])
    expect(await rowsOf(mirror!, `select count(*)::int as bills, sum(recalculated)::int as recalculated, sum(charged)::int as charged from bills where period = $1`, [thisMonth.toString()])).toEqual([{ bills: 24, recalculated: 10_000, charged: 11_600 }])
    await invariant(mirror!)
    // Taken back: the difference again, in the month that is open now.
    expect((await bring(mirror!, to, 'charges', text)).counts.changed).toBe(1)
    const [back] = await rowsOf<{ sum: string }>(mirror!, 'select sum(amount) from ledger_lines')
    expect(Number(back!.sum) - Number(balance!.sum)).toBe(11_600)
    const cabinet = await rowsOf<{ reason: string }>(mirror!, 'select reason from corrections order by id limit 1')
    expect(cabinet[0]!.reason).toContain('внешней биллинговой системой')
  }, 30_000)

  it('computes nothing here: a settlement is refused, a month out of turn is told on the file', async () => {
    const to = clerk(crews[2])
    expect(await to.post('/settlement-runs', { period: thisMonth.toPlainYearMonth().toString() })).toMatchObject({ status: 409, body: { code: 'outside_master' } })
    for (const [months, code] of [[2, 'date_in_future'], [-30, 'run_not_next']] as const) {
      const period = thisMonth.add({ months }).toPlainYearMonth().toString()
      expect((await lay(mirror!, to, 'charges', `account;period;service;kind;amount\n1000001;${period};waste;charge;100\n`)).fault?.code, period).toBe(code)
    }
  })

  it('refuses rows of another month, of accounts that are not there, and sums that do not add up', async () => {
    const to = clerk(crews[2])
    const period = thisMonth.toPlainYearMonth().toString()
    const { id } = await lay(mirror!, to, 'charges', `account;period;service;kind;net;vat;amount\n1000001;${period};waste;charge;100;16;116\n1000002;${thisMonth.subtract({ months: 3 }).toPlainYearMonth().toString()};waste;charge;;;100\n404;${period};waste;charge;;;100\n1000003;${period};waste;charge;100;16;115\n1000003;${period};waste;payment;;;115\n`)
    expect(await faultsOf(to, id)).toEqual(['3 period month_differs', '4 account account_unknown', '5 amount amounts_differ', '6 kind field_invalid'])
    await to.post(`/exchange/imports/${id}/cancel`)
    expect((await to.post(`/exchange/imports/${id}/application`)).body.code).toBe('import_settled')
  })

  it('is not this ledger: where it charges itself, charges only go out', async () => {
    expect(await send(town!, clerk(crews[0]), 'charges', 'account;period;service;kind;amount\n1000001;2026-10;waste;charge;100\n')).toMatchObject({ status: 409, body: { code: 'own_master', title: expect.stringContaining('только выгрузить') } })
  })
})

describe('a file of readings', () => {
  it('is judged line by line, each refusal with its reason; what is good is kept', async () => {
    const to = clerk(crews[0])
    const [meter] = await rowsOf<{ serial: string; last: string }>(town!, `select m.serial, (select max(value) / 10000 from readings where meter_id = m.id) as last from meters m join accounts a on a.id = m.account_id where a.number = '1000003' and m.service = 'hot_water'`)
    const { serial, last } = meter!
    const good = Number(last) + 3
    const line = (...cells: (string | number)[]) => `${cells.join(';')}\n`
    const file = head
      + line('1000003', 'hot_water', serial, today.toString(), good, '', 'inspector')
      + line('1000004', 'hot_water', serial, today.toString(), good, '', '')
      + line('1000003', 'hot_water', serial, today.add({ days: 2 }).toString(), good, '', '')
      + line('1000003', 'hot_water', serial, today.toString(), -1, '', '')
      + line('1000003', 'hot_water', serial, today.toString(), 'много', '', '')
      + line('1000003', 'hot_water', serial, today.toString(), '7'.repeat(40), '', '')
      + line('1000003', 'hot_water', serial, thisMonth.subtract({ days: 3 }).toString(), good, '', '')
      + line('1000003', 'hot_water', serial, today.toString(), 9_999_999, '', '')
      + line('1000003', 'hot_water', serial, today.toString(), good + 1, 5, '')
    const laid = await lay(town!, to, 'readings', file)
    const reasons = ['3 serial meter_unknown', '4 day date_in_future', '5 value quantity_invalid', '6 value quantity_invalid', '7 value quantity_invalid', '8 day period_closed', '9 value reading_beyond_digits', '10 night unknown_field']
    expect(laid).toMatchObject({ state: 'staged', rows: 9, counts: { new: 1, refused: 8 } })
    expect(await faultsOf(to, laid.id)).toEqual(reasons)
    expect(await rowsOf(town!, `select 1 from readings r join meters m on m.id = r.meter_id where m.serial = $1 and taken_on = $2`, [serial, today.toString()])).toEqual([])
    expect(await applied(to, laid.id)).toMatchObject({ state: 'applied', counts: { new: 1, changed: 0, unchanged: 0, refused: 8 } })
    expect(await rowsOf(town!, `select value / 10000 as value, source, accepted_at is not null as counts from readings r join meters m on m.id = r.meter_id where m.serial = $1 and taken_on = $2`, [serial, today.toString()])).toEqual([{ value: String(good), source: 'inspector', counts: true }])
    expect((await bring(town!, to, 'readings', file)).counts).toEqual({ new: 0, changed: 0, unchanged: 1, refused: 8 })
    const kk = await fetch(`${town!.url}/api/v1/exchange/imports/${laid.id}/refused.csv?language=kk`, { headers: { cookie: to.cookie } })
    const report = await kk.text()
    expect(report.trim().split('\r\n')).toHaveLength(9)
    expect(report).toContain('Бұл ай жабылған')
    expect(report).toContain('7'.repeat(40))
  }, 30_000)

  it('goes out since a moment: what was accepted after it, and in the minutes before, when it may still have been in the writing', async () => {
    const to = clerk(crews[0])
    const since = new Date().toISOString()
    const [meter] = await rowsOf<{ serial: string; last: string }>(town!, `select m.serial, (select max(value) / 10000 from readings where meter_id = m.id) as last from meters m join accounts a on a.id = m.account_id where a.number = '1000005' and m.service = 'hot_water'`)
    for (const [minutes, more] of [[5, 0.25], [60, 0.125]] as const) {
      await query(town!.databaseUrl, `insert into readings (meter_id, taken_on, value, source, sent_at, accepted_at) select id, $2, $3, 'office', now(), now() - $4 * interval '1 minute' from meters where serial = $1`, [meter!.serial, today.toString(), Math.round((Number(meter!.last) + more) * 10_000), minutes])
    }
    await bring(town!, to, 'readings', `${head}1000005;hot_water;${meter!.serial};${today.toString()};${Number(meter!.last) + 2};;office\n`)
    const told = textOf(await take(town!, to, `readings.csv?since=${encodeURIComponent(since)}`)).trim().split('\r\n').filter((row) => row.includes(meter!.serial))
    expect(told.map((row) => row.split(';')[4])).toEqual([0.25, 2].map((more) => String(Number(meter!.last) + more).replace('.', ',')))
  })
})

describe('a file of an old program', () => {
  it('in windows-1251 with semicolons is read; what changes is told before, and dated facts are new rows', async () => {
    const to = clerk(crews[0])
    const bytes = (text: string) => Uint8Array.from([...text].map((sign) => { const code = sign.charCodeAt(0); return code < 128 ? code : code === 1105 ? 0xb8 : code === 1025 ? 0xa8 : code - 1040 + 0xc0 }))
    const [was] = await rowsOf<{ address: string; flat: string; area: string }>(town!, `select b.address, p.flat, p.area / 10000.0 as area from accounts a join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id where number = '1000006'`)
    const file = bytes(`Номер счёта;Владелец;Адрес дома;Квартира;Площадь, м2;Открыт;Прописано\r\n1000006;Семёнов Пётр;"${was!.address}";${was!.flat};${Number(was!.area)};2020-01-01;7\r\n`.replace('м2', 'м'))
    expect((await send(town!, to, 'accounts', file)).body.code).toBe('columns_unknown')
    const right = bytes(`number;Владелец;Адрес дома;Квартира;area;Открыт;Прописано\r\n1000006;Семёнов Пётр;"${was!.address}";${was!.flat};${Number(was!.area)};2020-01-01;7\r\n`)
    const laid = await lay(town!, to, 'accounts', right)
    expect((await to.get(`/exchange/imports/${laid.id}`)).body.rows[0]).toMatchObject({ verdict: 'changed', was: { holder: expect.not.stringContaining('Семёнов'), opened_on: expect.stringMatching(/^\d{4}-/), residents: expect.stringMatching(/^[1-5]$/) }, cells: { holder: 'Семёнов Пётр' } })
    await applied(to, laid.id)
    expect(await rowsOf(town!, `select holder_name, (select count(*)::int from account_terms where account_id = a.id) as terms, (select count(*)::int from account_services where account_id = a.id) as services from accounts a where number = '1000006'`)).toEqual([{ holder_name: 'Семёнов Пётр', terms: 2, services: 6 }])
    expect((await bring(town!, to, 'accounts', right)).counts.unchanged).toBe(1)
  }, 30_000)

  it('that writes a house in other letters changes nothing; that moves an account leaves the house it left alone', async () => {
    const to = clerk(crews[0])
    const houses = () => rowsOf<{ address: string; district: string }>(town!, 'select address, district, common_heat_meter from buildings order by id')
    const before = await houses()
    const [was] = await rowsOf<{ holder: string; address: string; flat: string; area: string; opened: string }>(town!, `select a.holder_name as holder, b.address, p.flat, p.area / 10000.0 as area, to_char(a.opened_on, 'YYYY-MM-DD') as opened from accounts a join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id where number = '1000009'`)
    const file = (address: string, district = '') => `number;holder;address;flat;area;opened_on${district && ';district'}\n1000009;${was!.holder};"${address}";${was!.flat};${Number(was!.area)};${was!.opened}${district && `;${district}`}\n`
    expect((await bring(town!, to, 'accounts', file(was!.address.toUpperCase()))).counts.unchanged).toBe(1)
    expect(await houses()).toEqual(before)
    const moved = await lay(town!, to, 'accounts', file('с. Новое, ул. Степная, 1'))
    expect((await to.get(`/exchange/imports/${moved.id}`)).body.rows[0].was.address).toBe(was!.address)
    await applied(to, moved.id)
    expect(await houses()).toEqual([...before, { address: 'с. Новое, ул. Степная, 1', district: '', common_heat_meter: false }])
    expect((await bring(town!, to, 'accounts', file('с. Новое, ул. Степная, 1', 'Новое'))).counts.changed).toBe(1)
    expect((await bring(town!, to, 'accounts', file('с. Новое, ул. Степная, 1'))).counts.unchanged).toBe(1)
    expect((await houses()).at(-1)!.district).toBe('Новое')
  }, 30_000)

  it('that ends a service, moves a meter, or repeats a payment otherwise is refused where it must be', async () => {
    const to = clerk(crews[0])
    const [was] = await rowsOf<{ number: string; address: string; area: string; holder: string; opened: string }>(town!, `select a.number, b.address, p.area / 10000.0 as area, a.holder_name as holder, to_char(a.opened_on, 'YYYY-MM-DD') as opened from accounts a join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id where number = '1000007'`)
    const account = (since: string, waste: string) => `number;holder;address;area;opened_on;since;waste\n${was!.number};${was!.holder};"${was!.address}";${Number(was!.area)};${was!.opened};${since};${waste}\n`
    expect(await faultsOf(to, (await lay(town!, to, 'accounts', account(thisMonth.subtract({ days: 1 }).toString(), ''))).id)).toEqual(['2 since period_closed'])
    expect(await faultsOf(to, (await lay(town!, to, 'accounts', account('', 'zones'))).id)).toEqual(['2 waste no_tariff'])
    expect((await bring(town!, to, 'accounts', account('', ''))).counts.changed).toBe(1)
    expect(await rowsOf(town!, `select to_char(to_day, 'YYYY-MM-DD') as ended from account_services s join accounts a on a.id = s.account_id where number = $1 and service = 'waste'`, [was!.number])).toEqual([{ ended: thisMonth.subtract({ days: 1 }).toString() }])

    const meters = await lay(town!, to, 'meters', `account;address;service;serial;digits;registers;installed_on;removed_on\n1000008;;hot_water;H00000007;5;1;2020-01-01;\n1000007;;hot_water;H00000007;5;2;2020-01-01;\n404;;hot_water;X1;5;1;2020-01-01;\n;ул. Ничья, 1;electricity;X2;5;1;2020-01-01;\n;;electricity;X3;5;1;2020-01-01;\n1000008;;waste;X4;5;1;${today.add({ days: 1 }).toString()};\n1000008;;heating;X5;2;1;2020-01-01;\n1000008;;heating;X6;5;1;2020-01-01;2019-01-01\n`.replace('1000007;;hot_water;H00000007', '1000007;;cold_water;C00000007'))
    expect(await faultsOf(to, meters.id)).toEqual(['2 serial serial_taken', '3 registers registers_fixed', '4 account account_unknown', '5 address house_unknown', '6 account field_missing', '7 installed_on date_in_future', '8 digits field_invalid', '9 removed_on outage_ends_first'])

    const [paid] = await rowsOf<{ reference: string; day: string }>(town!, `select reference, to_char(paid_on, 'YYYY-MM-DD') as day from payments order by id limit 1`)
    const payments = await bring(town!, to, 'payments', `account;day;amount;source;reference\n1000001;${paid!.day};0,01;demo;${paid!.reference}\n1000001;${today.toString()};0;банк;1\n1000001;${today.add({ days: 1 }).toString()};5;банк;2\n404;${today.toString()};5;банк;3\n1000001;${today.toString()};500,50;банк;4\n1000001;${today.toString()};500,50;банк;4\n`)
    expect(await faultsOf(to, payments.id)).toEqual(['2 reference reference_booked', '3 amount amount_invalid', '4 day date_in_future', '5 account account_unknown', '7 source row_repeated'])
    expect(payments.counts.new).toBe(1)
    expect(await rowsOf(town!, `select sum(l.amount)::int as lines from payments p join ledger_lines l on l.account_id = p.account_id and l.entry = p.id and l.kind in ('payment', 'penalty_payment') where p.source = 'банк'`)).toEqual([{ lines: -50_050 }])
    expect(await faultsOf(to, (await lay(town!, to, 'balances', 'account;service;principal\n1000001;waste;100\n')).id)).toEqual(['2 account account_has_lines'])
  }, 30_000)
})

describe('the files', () => {
  it('are for whoever settles and for IT administrators of the centre and of the head company', async () => {
    const [crew] = crews
    const consumer = await crew.consumer('other@example.kz')
    for (const key of ['executor@skes/skes-billing', 'unit_head@skes/skes-billing', 'it_admin@ske']) {
      expect((await crew.as(key).get('/exchange/imports')).status, key).toBe(200)
      expect((await take(town!, crew.as(key), 'accounts.csv')).length, key).toBeGreaterThan(100)
    }
    for (const client of [crew.as('front_desk@skes/skes-service'), crew.as('executor@skes/skes-metering'), crew.as('registrar@skes'), consumer]) {
      expect((await client.get('/exchange/imports')).status).toBe(403)
      expect((await send(town!, client, 'accounts', 'number\n1\n')).status).toBe(403)
      for (const file of ['accounts.csv', 'balances.xlsx', 'templates/meters.xlsx', 'imports/1/refused.csv']) expect((await fetch(`${town!.url}/api/v1/exchange/${file}`, { headers: { cookie: client.cookie } })).status).toBe(403)
    }
    expect((await fetch(`${town!.url}/api/v1/exchange/accounts.csv`)).status).toBe(401)
  })

  it('that are nothing, not a table, or asked for in nonsense are refused', async () => {
    const to = clerk(crews[0])
    expect((await send(town!, to, 'accounts', '')).body.code).toBe('file_empty')
    expect((await send(town!, to, 'accounts', new Uint8Array([0x50, 0x4b, 3, 4, 9, 9]))).body.code).toBe('table_unreadable')
    expect((await send(town!, to, 'people', 'x')).status).toBeGreaterThanOrEqual(400)
    for (const ask of ['charges.csv?period=2026-13', 'readings.csv?since=yesterday', 'payments.csv?from=31.31.2026']) expect((await fetch(`${town!.url}/api/v1/exchange/${ask}`, { headers: { cookie: to.cookie } })).status, ask).toBe(422)
    expect((await to.get('/exchange/imports/999999')).status).toBe(404)
    expect((await to.post('/exchange/imports/999999/application')).status).toBe(404)
  })

  it('cut off half-way, and two at once, end as one whole import', async () => {
    let app = empty!
    const rows = Array.from({ length: 8_000 }, (_, i) => `9${String(i).padStart(6, '0')};Тест ${i};г. Тест, ул. Длинная, ${1 + Math.floor(i / 40)};${i % 40};50;2024-01-01;2;tiers`)
    const file = `number;holder;address;flat;area;opened_on;residents;electricity\n${rows.join('\n')}\n`
    let to = clerk(crews[1])
    const [one, two] = await Promise.all([lay(app, to, 'accounts', file), lay(app, to, 'accounts', file)])
    expect(one.counts.new).toBe(8_000)
    const answers = await Promise.all([1, 2].map(() => to.post(`/exchange/imports/${one.id}/application`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    await to.post(`/exchange/imports/${two.id}/application`)
    await until(async () => (await rowsOf<{ n: number }>(app, `select count(*)::int as n from accounts where number like '9______'`))[0]!.n >= 2_000)
    await app.kill('SIGKILL')
    const [half] = await rowsOf<{ n: number }>(app, `select count(*)::int as n from accounts where number like '9______'`)
    expect(half!.n % 1_000).toBe(0)
    app = await startApp({ databaseUrl: app.databaseUrl })
    to = clerk(crews[1])
    try {
      await until(async () => (await rowsOf<{ n: number }>(app, `select count(*)::int as n from exchange_imports where id = any($1) and state = 'applied'`, [[one.id, two.id]]))[0]!.n === 2, 60_000)
      const counts = await rowsOf<{ added: number; unchanged: number }>(app, `select sum(added)::int as added, sum(unchanged)::int as unchanged from exchange_imports where id = any($1)`, [[one.id, two.id]])
      expect(counts).toEqual([{ added: 8_000, unchanged: 8_000 }])
      expect(await rowsOf(app, `select count(*)::int as accounts, (select count(*)::int from account_terms t join accounts a on a.id = t.account_id where a.number like '9______') as terms, (select count(*)::int from account_services t join accounts a on a.id = t.account_id where a.number like '9______') as services from accounts where number like '9______'`))
        .toEqual([{ accounts: 8_000, terms: 8_000, services: 8_000 }])
    } finally {
      await app.stop()
    }
  }, 120_000)
})
