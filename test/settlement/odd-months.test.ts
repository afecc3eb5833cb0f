import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringAccounts, type GivenAccount } from '../../server/ledger/bring.ts'
import { postPayment } from '../../server/ledger/post-lines.ts'
import { readGroup } from '../../server/people/read-group.ts'
import { openDatabase } from '../../server/platform/database.ts'
import type { DB } from '../../server/schema.ts'
import { countSettlement } from '../../server/settlement/count-settlement.ts'
import { beginRun } from '../../server/settlement/settle-month.ts'
import { startApp, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { freshDatabase } from '../support/database.ts'
import { printOf } from '../support/settle.ts'
import { until } from '../support/wait.ts'

/** Months are named by their number: 0 is the one whose readings the first is counted from. */
const count = 17
const today = Temporal.Now.plainDateISO('Asia/Almaty')
const month = (n: number) => today.with({ day: 1 }).subtract({ months: count + 1 - n })
const group = readGroup('groups/sevkazenergo.yaml')

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: RunningApp
let crew: Crew
let db: Kysely<DB>
let head: string
beforeAll(async () => {
  database = await freshDatabase()
  app = await startApp({ databaseUrl: database.url, env: { DEMO_ACCOUNTS: '0' } })
  crew = await gatherCrew(app)
  head = crew.member('unit_head@skes/skes-billing').id
  ;({ db } = openDatabase<DB>(database.url, { pool: 4 }))
}, 60_000)
afterAll(async () => {
  await db?.destroy()
  await app?.stop()
  await database?.drop()
})

const bring = (...given: readonly GivenAccount[]) => db.transaction().execute((tx) => bringAccounts(tx, given, { group, by: head, now: Temporal.Now.instant(), write: true }))
const home = (number: string, more: Partial<GivenAccount> = {}): GivenAccount =>
  ({ number, holder: 'Сергеев Пётр', address: 'ул. Проверочная, 1', flat: number, area: '500000', residents: 1, opened_on: month(0).toString(), electricity: 'flat/household', ...more })
const accountOf = async (number: string) => (await db.selectFrom('accounts').select('id').where('number', '=', number).executeTakeFirstOrThrow()).id
const meter = async (whose: { account: number } | { building: number }, n: number, day = 1) => {
  const { rows: [made] } = await sql<{ id: number }>`
    insert into meters (account_id, building_id, service, serial, digits, installed_on) values (${'account' in whose ? whose.account : null}, ${'building' in whose ? whose.building : null}, 'electricity', ${crypto.randomUUID()}, 6, ${month(n).with({ day })}) returning id`.execute(db)
  return made!.id
}
const read = (of: number, n: number, day: number, kWh: number | bigint) => sql`
  insert into readings (meter_id, taken_on, value, source, sent_by, sent_at, accepted_at) values (${of}, ${month(n).with({ day })}, ${String(BigInt(kWh) * 10_000n)}::bigint, 'office', ${head}, ${month(n).with({ day })}, ${month(n).with({ day })})`.execute(db)
/** Months one after another, what is odd decided by norm, as the office would. */
async function settle(from: number, to = from): Promise<void> {
  for (let n = from; n <= to; n++) {
    const now = Temporal.Now.instant()
    const run = await db.transaction().execute((tx) => beginRun(tx, { period: month(n), by: head, now }))
    await countSettlement({ db, group }, { run })
    // The application's own worker may be at it too.
    await until(async () => (await db.selectFrom('settlement_runs').select('counted_at').where('id', '=', run).executeTakeFirstOrThrow()).counted_at ?? false)
    await sql`update settlement_exceptions set decision = 'norm', decided_by = ${head}, decided_at = ${now} where run_id = ${run}`.execute(db)
    await sql`update settlement_runs set posted_at = ${now}, posted_by = ${head} where id = ${run}`.execute(db)
  }
}
const charged = async (number: string, kind: 'charge' | 'common', from: number, to = from) => Number((await sql<{ sum: string }>`
  select coalesce(sum(quantity), 0)::text as sum from ledger_lines where account_id = ${await accountOf(number)} and kind = ${kind} and period between ${month(from)} and ${month(to)}`.execute(db)).rows[0]!.sum) / 10_000

describe('months that are not like others (п. 11.3.1)', () => {
  it('take off every estimate since a meter was read, however long ago; of one that began by norm, those since its first reading', async () => {
    await bring(home('11'), home('12', { opened_on: month(1).with({ day: 5 }).toString() }), home('13'), home('14'))
    const [unread, fresh] = [await meter({ account: await accountOf('11') }, 0), await meter({ account: await accountOf('12') }, 1, 5)]
    await read(unread, 0, 20, 1_000)
    await read(fresh, 1, 5, 100)
    await read(fresh, 1, 24, 180)
    const { rows: [house] } = await sql<{ id: number }>`select id from buildings`.execute(db)
    const common = await meter({ building: house!.id }, 0)
    await read(common, 0, 20, 0)
    await read(common, 1, 20, 2_000)
    await settle(1)
    await db.transaction().execute(async (tx) => postPayment(tx, { account: await accountOf('13'), payment: 1, amount: 100_000n, paidOn: month(2).with({ day: 3 }), now: Temporal.Now.instant() }))
    await read(fresh, 2, 24, 260)
    await settle(2)
    expect(await charged('12', 'charge', 1, 2)).toBe(260 - 100)
    await read(fresh, 3, 24, 350)
    await read(common, 3, 20, 5_000)
    await settle(3)
  })

  it('share what a house used in months its meter was not read in, less what homes were charged in them', async () => {
    const all = async (kind: 'charge' | 'common', from: number, to = from) => (await Promise.all(['11', '12', '13', '14'].map((number) => charged(number, kind, from, to)))).reduce((sum, one) => sum + one)
    expect(await all('common', 1)).toBe(2_000 - await all('charge', 1))
    expect(await all('common', 2)).toBe(0)
    expect(await all('common', 3)).toBe(3_000 - await all('charge', 2, 3))
  })

  it('open an account by its last bill, though it was closed for months', async () => {
    await bring(home('13', { closed_on: month(3).with({ day: 20 }).toString() }))
    await settle(4, 5)
    await bring(home('13', { closed_on: null }))
    await settle(6)
    const { rows: [last, before] } = await sql<{ opening: number; paid: number; closing: number; period: Temporal.PlainDate }>`select opening, paid, closing, period from bills where account_id = ${await accountOf('13')} order by period desc limit 2`.execute(db)
    expect([String(last!.period), String(before!.period)]).toEqual([String(month(6)), String(month(3))])
    expect([last!.opening, last!.paid]).toEqual([before!.closing, 0])
    expect((await sql<{ sum: number }>`select sum(amount)::bigint as sum from ledger_lines where account_id = ${await accountOf('13')}`.execute(db)).rows[0]!.sum).toBe(last!.closing)
  })

  it('charge a meter that was not read for sixteen months for what it shows, once', async () => {
    await bring(home('18', { opened_on: month(count - 1).with({ day: 5 }).toString() }))
    const lower = await meter({ account: await accountOf('18') }, count - 1, 5)
    await read(lower, count - 1, 5, 1_000)
    await settle(7, count - 1)
    const estimated = await charged('11', 'charge', 1, count - 1)
    expect(estimated).toBeGreaterThan(1_000)
    const { rows: [own] } = await sql<{ id: number }>`select id from meters where account_id = ${await accountOf('11')}`.execute(db)
    await read(own!.id, count, 20, 1_000n + BigInt(estimated) + 7n)
    await sql`
      insert into readings (meter_id, taken_on, value, source, sent_by, sent_at, accepted_by, accepted_at) values (${lower}, ${month(count).with({ day: 20 })}, 9900000, 'office', ${head}, now(), ${head}, now())`.execute(db)
    await settle(count)
    expect(await charged('11', 'charge', count)).toBe(7)
  })

  it('give back what was read too high and charged by norm, and say so of a line that is disputed', async () => {
    const byNorm = await charged('18', 'charge', count - 1)
    expect(await charged('18', 'charge', count)).toBe(-10 - byNorm)
    const consumer = await crew.consumer('given.back@example.kz')
    await sql`insert into account_access (account_id, person_id, way, granted_by, granted_at) select ${await accountOf('18')}, id, 'office', id, now() from people where email = 'given.back@example.kz'`.execute(db)
    const period = month(count).toPlainYearMonth().toString()
    const { body } = await consumer.post(`/cabinet/accounts/${await accountOf('18')}/bills/${period}/recomputation`, { service: 'electricity' })
    expect(body.stands).toBeLessThan(0)
    expect(body).toMatchObject({ recomputed: body.stands, difference: 0, quantity: String(-10 - byNorm) })
  })

  it('count accounts that are brought while their draft stands: in known houses, in new ones, moved to another', async () => {
    const clerk = crew.as('executor@skes/skes-billing')
    await bring(home('15', { address: 'ул. Вторая, 2' }))
    const period = month(count + 1).toPlainYearMonth().toString()
    const counted = (id: number) => until(async () => {
      const { body } = await clerk.get(`/settlement-runs/${id}`)
      return body.state === 'counted' && body
    })
    const now = Temporal.Now.instant()
    const id = await db.transaction().execute((tx) => beginRun(tx, { period: month(count + 1), by: head, now }))
    expect(await counted(id)).toMatchObject({ period, accounts: 6, done: 6 })
    await bring(home('16'), home('17', { address: 'ул. Третья, 3' }), home('14', { address: 'ул. Вторая, 2', flat: '14' }))
    expect(await counted(id)).toMatchObject({ accounts: 8, done: 8, totals: { bills: { count: 8 } } })
    const print = await printOf(database.url, id)
    await clerk.post(`/settlement-runs/${id}/cancel`)
    const clean = await db.transaction().execute((tx) => beginRun(tx, { period: month(count + 1), by: head, now }))
    await counted(clean)
    expect(await printOf(database.url, clean)).toBe(print)
  })
})
