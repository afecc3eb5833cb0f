import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { fillTown } from '../../server/ledger/fill-town.ts'
import { readGroup } from '../../server/people/read-group.ts'
import { openDatabase } from '../../server/platform/database.ts'
import type { DB } from '../../server/schema.ts'
import { countSettlement } from '../../server/settlement/count-settlement.ts'
import { beginRun } from '../../server/settlement/settle-month.ts'
import { p95, type Figure } from './report.ts'
import type { System } from './system.ts'

const { BENCH_FULL } = process.env
/** Accounts and months of history; BENCH_FULL=1 is the size the product is meant for. */
const accounts = Number(process.env['BENCH_ACCOUNTS'] ?? (BENCH_FULL ? 250_000 : 20_000))
const months = Number(process.env['BENCH_MONTHS'] ?? (BENCH_FULL ? 36 : 6))
const period = Temporal.PlainDate.from('2026-10-01')

/**
 * A month settled over every account, against the bare `INSERT … SELECT` of the same rows into the same tables; then the
 * cabinet's first page for a hundred people at once, each of whom looks at it for a second before the next.
 */
export async function benchLedger({ databaseUrl, pool, client }: System): Promise<Figure[]> {
  const { db } = openDatabase<DB>(databaseUrl, { pool: 8 })
  const group = readGroup('groups/sevkazenergo.yaml')
  try {
    const { id: by } = await db.selectFrom('people').select('id').limit(1).executeTakeFirstOrThrow()
    console.error(`filling in ${accounts.toLocaleString('en')} accounts`)
    await pool.query(`set statement_timeout = 0`)
    await fillTown(openUnbounded(databaseUrl), { accounts, from: period.subtract({ months: 2 }), months: 3, sentBy: by })
    const settle = async (month: Temporal.PlainDate) => {
      const run = await db.transaction().execute((tx) => beginRun(tx, { period: month, by, now: Temporal.Now.instant() }))
      const start = performance.now()
      await countSettlement({ db, group }, { run })
      const took = performance.now() - start
      await sql`update settlement_exceptions set decision = 'average' where run_id = ${run}`.execute(db)
      await sql`update settlement_runs set posted_at = now(), posted_by = ${by} where id = ${run}`.execute(db)
      return { run, took }
    }
    await settle(period.subtract({ months: 2 }))
    await settle(period.subtract({ months: 1 }))
    const unbounded = openUnbounded(databaseUrl)
    for (let n = 3; n < months; n++) {
      if (n % 6 === 0) console.error(`filling in month ${n} of ${months}`)
      const [from, to] = [period.subtract({ months: 1 }), period.subtract({ months: n })]
      await sql`insert into settlement_runs (period, started_by, started_at, accounts, counted_at, posted_at, posted_by) values (${to}, ${by}, now(), ${accounts}, now(), now(), ${by})`.execute(unbounded)
      await copyMonth(unbounded, from, to)
    }
    await sql`vacuum analyze ledger_lines, bills, readings, meters, accounts, premises, account_terms, account_services`.execute(unbounded)

    console.error('settling a month')
    const { took } = await settle(period)
    const start = performance.now()
    await copyMonth(unbounded, period, period.add({ months: 1 }))
    const bare = performance.now() - start
    await unbounded.destroy()
    const home = await users(db, client)
    return [
      { work: `settle a month, ${accounts.toLocaleString('en')} accounts, ${months} months kept`, measured: `${(took / 1_000).toFixed(1)} s, ${Math.round(accounts / took * 1_000).toLocaleString('en')} accounts/s`, against: `${(bare / 1_000).toFixed(1)} s INSERT … SELECT of the same rows`, ratio: bare / took, aim: { atLeast: 0.5 } },
      { work: 'cabinet home, 100 people at once', measured: p95(home), against: '50 ms', ratio: 50 / home, aim: { atLeast: 1 } },
    ]
  } finally {
    await db.destroy()
  }
}

const openUnbounded = (url: string) => openDatabase<DB>(`${url}${url.includes('?') ? '&' : '?'}options=-c%20statement_timeout%3D0`, { pool: 1 }).db

async function copyMonth(db: ReturnType<typeof openUnbounded>, from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<void> {
  await sql`set statement_timeout = 0`.execute(db)
  await sql`
    insert into ledger_lines (account_id, period, kind, service, entry, amount, net, vat, quantity, night, method, plan, residents, meter_id, since_reading, reading_id, run_id, on_day)
    select account_id, ${to}::date, kind, service, entry, amount, net, vat, quantity, night, method, plan, residents, meter_id, since_reading, reading_id, (select max(id) from settlement_runs where period = ${to} or period = ${from}), on_day
    from ledger_lines where period = ${from}`.execute(db)
  await sql`
    insert into bills (account_id, period, run_id, opening, charged, recalculated, penalty, paid, closing, balances)
    select account_id, ${to}::date, (select max(id) from settlement_runs where period = ${to} or period = ${from}), opening, charged, recalculated, penalty, paid, closing, balances from bills where period = ${from}`.execute(db)
}

/** A hundred people with an account each, a page a second, for ten seconds; what 95 of 100 pages keep. */
async function users(db: ReturnType<typeof openUnbounded>, client: System['client']): Promise<number> {
  const people = Array.from({ length: 100 }, (_, n) => ({ id: `bench-${n}`, token: randomBytes(32).toString('base64url'), account: 1 + Math.floor((n * accounts) / 101) }))
  for (const { id, token, account } of people) {
    await sql`insert into people (id, email, name, created_at) values (${id}, ${`${id}@example.kz`}, ${id}, now())`.execute(db)
    await sql`insert into sessions (token_hash, id, person_id, created_at, last_seen_at, expires_at, address, agent) values (${createHash('sha256').update(token).digest()}, ${id}, ${id}, now(), now(), now() + interval '1 day', '', '')`.execute(db)
    await sql`insert into account_access (account_id, person_id, way, granted_by, granted_at) values (${account}, ${id}, 'code', ${id}, now())`.execute(db)
  }
  const took: number[] = []
  const end = performance.now() + 11_000
  await Promise.all(people.map(async ({ token, account }, n) => {
    await new Promise((done) => { setTimeout(done, n * 10) })
    for (let round = 0; performance.now() < end; round++) {
      const start = performance.now()
      await client.get(`/ru/my/${account}`, { cookie: `jauap_session=${token}` })
      const ms = performance.now() - start
      if (round > 0) took.push(ms)
      await new Promise((done) => { setTimeout(done, Math.max(0, 1_000 - ms)) })
    }
  }))
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)]!
}
