import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillTown } from '../../server/ledger/fill-town.ts'
import { openDatabase } from '../../server/platform/database.ts'
import type { DB } from '../../server/schema.ts'
import { startApp, type Client, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { freshDatabase } from '../support/database.ts'
import { query } from '../support/query.ts'
import { printOf as printedBy } from '../support/settle.ts'
import { until } from '../support/wait.ts'

const today = Temporal.Now.plainDateISO('Asia/Almaty')
const last = today.with({ day: 1 }).subtract({ months: 1 })
/** Three ended months are settled one after another. */
const first = last.subtract({ months: 2 })
const second = last.subtract({ months: 1 })
const monthOf = (day: Temporal.PlainDate) => day.toPlainYearMonth().toString()

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: RunningApp
let crew: Crew
let clerk: Client
let head: Client
const accounts = 2_400
const start = (databaseUrl: string) => startApp({ databaseUrl })

beforeAll(async () => {
  database = await freshDatabase()
  app = await start(database.url)
  // Started again, it listens elsewhere: sessions outlive it.
  crew = await gatherCrew({ ...app, databaseUrl: database.url, dataDir: app.dataDir, get url() { return app.url } })
  ;[clerk, head] = [crew.as('executor@skes/skes-billing'), crew.as('unit_head@skes/skes-billing')]
  const { db } = openDatabase<DB>(database.url, { pool: 1 })
  await fillTown(db, { accounts, from: first, months: 3, sentBy: crew.member('unit_head@skes/skes-billing').id })
  await db.destroy()
}, 60_000)
afterAll(async () => {
  await app?.stop()
  await database?.drop()
})

const rows = async <T extends object = Record<string, string>>(text: string, values: unknown[] = []) => (await query<T>(database.url, text, values)).rows
const begin = async (by: Client, period: Temporal.PlainDate) => (await by.post('/settlement-runs', { period: monthOf(period) }))
const counted = (id: number) => until(async () => {
  const { body } = await clerk.get(`/settlement-runs/${id}`)
  return body.state !== 'counting' && body
}, 40_000)
const printOf = (id: number) => printedBy(database.url, id)
const decideAll = async (id: number) => {
  for (;;) {
    const { body } = await clerk.get(`/settlement-runs/${id}/exceptions`)
    if (body.exceptions.length === 0) return
    await clerk.post(`/settlement-runs/${id}/decisions`, { decision: 'average', exceptions: body.exceptions.map(({ account, service }: { account: number; service: string }) => ({ account, service })) })
    await counted(id)
  }
}

describe('settling a month (п. 11.3.1)', () => {
  it('is for the people of the settlement unit, and posting for its head', async () => {
    for (const other of ['front_desk@skes/skes-service', 'executor@skes/skes-metering', 'executive@skes', 'executor@pts/pts-consumers']) expect([other, (await begin(crew.as(other), last)).status]).toEqual([other, 403])
    expect((await crew.nobody.get('/settlement-runs')).status).toBe(401)
    expect((await begin(clerk, today.with({ day: 1 }).add({ months: 2 }))).body.errors[0]).toMatchObject({ field: 'period', code: 'month_not_ended' })
    for (const period of ['2026-13', 'October', '', '2026-10-01', '9'.repeat(40)]) expect((await clerk.post('/settlement-runs', { period })).status, period).toBe(422)
  })

  it('killed at random moments ends as one clean run would, and counts nobody twice', async () => {
    const { body: { id } } = await begin(clerk, first)
    for (const pause of [30, 120, 250]) {
      await new Promise((done) => { setTimeout(done, pause + Math.random() * 200) })
      await app.kill('SIGKILL')
      app = await start(database.url)
    }
    const run = await counted(id)
    expect(run).toMatchObject({ state: 'counted', accounts, done: accounts, totals: { bills: { count: accounts } } })
    const print = await printOf(id)
    expect((await rows('select count(*) as n from bills where run_id = $1', [id]))[0]).toEqual({ n: String(accounts) })

    expect((await clerk.post(`/settlement-runs/${id}/cancel`)).body.state).toBe('cancelled')
    const { body: { id: clean } } = await begin(clerk, first)
    const again = await counted(clean)
    expect(again.totals).toEqual(run.totals)
    expect(await printOf(clean)).toBe(print)
    await until(async () => (await rows('select 1 from ledger_lines where run_id = $1 limit 1', [id])).length === 0)
  }, 120_000)

  it('is seen by nobody before it is posted; two at once post it once; then the month is locked', async () => {
    const { body: { runs: [run] } } = await clerk.get('/settlement-runs')
    expect((await begin(clerk, second)).body.code).toBe('run_exists')
    await decideAll(run.id)
    const consumer = await crew.consumer('before@example.kz')
    await query(database.url, `insert into account_access (account_id, person_id, way, granted_by, granted_at) select 5, id, 'office', id, now() from people where email = 'before@example.kz'`)
    expect((await consumer.get('/cabinet/accounts/5/bills')).body).toEqual([])
    expect((await clerk.post(`/settlement-runs/${run.id}/posting`)).status).toBe(403)
    const posted = await Promise.all([head.post(`/settlement-runs/${run.id}/posting`), head.post(`/settlement-runs/${run.id}/posting`)])
    expect(posted.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await consumer.get('/cabinet/accounts/5/bills')).body).toHaveLength(1)
    expect((await begin(clerk, first)).status).toBe(409)
    expect((await begin(clerk, last)).body.errors[0]).toMatchObject({ field: 'period', code: 'run_not_next' })
    expect((await clerk.post(`/settlement-runs/${run.id}/cancel`)).body.code).toBe('run_out_of_turn')
    for (const spoil of ['update ledger_lines set amount = 0 where account_id = 5', 'delete from ledger_lines where account_id = 5', 'delete from bills where account_id = 5', 'update bills set closing = 0, opening = 0 where account_id = 5', 'truncate ledger_lines', 'update readings set value = 1 where id = 1'])
      await expect(query(database.url, spoil), spoil).rejects.toThrow(/never/)
  })

  it('takes payments and corrections meanwhile, each into a month that is still open; the balance stays the sum of its lines', async () => {
    const { body: { id } } = await begin(clerk, second)
    await counted(id)
    const { db } = openDatabase<DB>(database.url, { pool: 1 })
    const { postCorrection } = await import('../../server/ledger/post-lines.ts')
    await db.transaction().execute((tx) => postCorrection(tx, { account: 5, service: 'waste', amount: -10_000n, reason: 'Проверка', by: crew.member('unit_head@skes/skes-billing').id, now: Temporal.Now.instant() }))
    await db.destroy()
    expect(await rows('select period::text from ledger_lines where account_id = 5 and run_id is null')).toEqual([{ period: last.toString() }])
    await decideAll(id)
    expect((await head.post(`/settlement-runs/${id}/posting`)).status).toBe(200)
    const consumer = await crew.consumer('before@example.kz')
    const { body: { owed } } = await consumer.get('/cabinet/accounts/5')
    expect(owed).toBe(Number((await rows('select sum(amount) as sum from ledger_lines where account_id = 5'))[0]!['sum']))
    expect(await rows(`select b.account_id from bills b join (select account_id, sum(amount) as sum from ledger_lines where period <= $1 group by account_id) l using (account_id) where b.period = $1 and b.closing <> l.sum`, [second.toString()])).toEqual([])
  })

  it('leaves what it cannot decide to a person: what is odd is counted carefully, blocks the posting, and is counted as told', async () => {
    await query(database.url, `insert into readings (meter_id, taken_on, value, source, sent_at, accepted_at) select id, $1, 9999990000, 'automatic', now(), now() from meters where account_id = 7 and service = 'electricity'`, [last.with({ day: 28 }).toString()])
    const { body: { id } } = await begin(clerk, last)
    const run = await counted(id)
    expect(run.exceptions).toBeGreaterThan(0)
    expect((await head.post(`/settlement-runs/${id}/posting`)).body.code).toBe('run_has_exceptions')
    const charge = async () => (await rows<{ method: string; amount: string }>(`select method::text, amount from ledger_lines where run_id = $1 and account_id = 7 and service = 'electricity' and kind = 'charge'`, [id]))[0]
    expect(await charge()).toMatchObject({ method: 'average' })
    const { body: decided } = await clerk.post(`/settlement-runs/${id}/decisions`, { decision: 'reading', exceptions: [{ account: 7, service: 'electricity' }] })
    expect(decided).toMatchObject({ decided: 1, run: { exceptions: run.exceptions - 1 } })
    expect(await charge()).toMatchObject({ method: 'reading' })
    expect(decided.run.totals.bills.charged).toBeGreaterThan(run.totals.bills.charged)
    expect((await clerk.get(`/settlement-runs/${id}/exceptions?decided=true`)).body.exceptions[0]).toMatchObject({ account: 7, decision: 'reading' })
    expect((await clerk.post(`/settlement-runs/${id}/decisions`, { decision: 'perhaps', exceptions: [{ account: 7, service: 'electricity' }] })).status).toBe(422)
    await clerk.post(`/settlement-runs/${id}/cancel`)
  })

  it('counts the house of an account again when who lives there, its plan or its meter changes meanwhile: as if it had been so from the start', async () => {
    const { body: { id } } = await begin(clerk, last)
    await counted(id)
    const before = await printOf(id)
    const residents = async () => (await rows<{ residents: number }>(`select max(residents) as residents from ledger_lines where run_id = $1 and account_id = 40`, [id]))[0]!.residents
    expect(await residents()).toBeLessThan(9)
    expect((await clerk.post('/accounts/40/terms', { from: last.toString(), residents: 9, benefit: false, basis: 'Справка' })).status).toBe(201)
    expect((await clerk.post('/accounts/41/plan', { service: 'electricity', plan: 'tiers', from: last.toString() })).status).toBe(201)
    await until(async () => (await counted(id)).state === 'counted' && await residents() === 9)
    const after = await printOf(id)
    expect(after).not.toBe(before)
    await clerk.post(`/settlement-runs/${id}/cancel`)
    const { body: clean } = await begin(clerk, last)
    await counted(clean.id)
    expect(await printOf(clean.id)).toBe(after)
    // What holds only from a month to come leaves the draft as it is.
    expect((await clerk.post('/accounts/42/terms', { from: last.add({ months: 1 }).toString(), residents: 8, benefit: false, basis: 'Справка' })).status).toBe(201)
    expect((await clerk.get(`/settlement-runs/${clean.id}`)).body.state).toBe('counted')
    await clerk.post(`/settlement-runs/${clean.id}/cancel`)
  })

  it('decides every exception, or every one of a kind, at one press: many houses are counted again by the job', async () => {
    // Two odd services in each of 160 accounts, in every part of the run.
    await query(database.url, `
      insert into readings (meter_id, taken_on, value, source, sent_at, accepted_at)
      select id, $1, case when service = 'electricity' then 9999990000 else 999990000 end, 'automatic', now(), now() from meters where account_id % 15 = 0 and registers = 1 and service in ('electricity', 'hot_water')`, [last.with({ day: 28 }).toString()])
    const { body: { id } } = await begin(clerk, last)
    const { exceptions } = await counted(id)
    const listed: string[] = []
    for (let after: number | undefined = 0; after !== undefined;) {
      const { body } = await clerk.get(`/settlement-runs/${id}/exceptions?after=${after}`)
      listed.push(...body.exceptions.map(({ account, service }: { account: number; service: string }) => `${account} ${service}`))
      after = body.next
    }
    expect(exceptions).toBeGreaterThan(200)
    expect([listed.length, new Set(listed).size]).toEqual([exceptions, exceptions])

    const decide = (body: object) => clerk.post(`/settlement-runs/${id}/decisions`, { decision: 'average', ...body })
    for (const wrong of [{}, { every: {}, exceptions: [{ account: 15, service: 'electricity' }] }, { every: { kind: 'odd' } }, { exceptions: [] }]) expect((await decide(wrong)).status).toBe(422)
    const { body: { counts } } = await clerk.get(`/settlement-runs/${id}/exceptions`)
    const spikes = counts.find(({ kind }: { kind: string }) => kind === 'spike').count
    expect((await decide({ every: { kind: 'spike' } })).body).toMatchObject({ decided: spikes, run: { state: 'counting' } })
    expect((await decide({ every: {} })).body.code).toBe('run_out_of_turn')
    expect((await counted(id)).exceptions).toBe(exceptions - spikes)
    if (exceptions > spikes) expect((await decide({ every: {} })).body.decided).toBe(exceptions - spikes)
    expect((await counted(id)).exceptions).toBe(0)
    const every = await printOf(id)
    await clerk.post(`/settlement-runs/${id}/cancel`)
    const { body: again } = await begin(clerk, last)
    await counted(again.id)
    await decideAll(again.id)
    expect(await printOf(again.id)).toBe(every)
    await clerk.post(`/settlement-runs/${again.id}/cancel`)
  }, 60_000)
})
