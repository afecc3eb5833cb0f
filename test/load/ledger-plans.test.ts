import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { monthOf } from '../../regulation/settlement.ts'
import { balanceOf, lastCharges } from '../../server/ledger/balances.ts'
import { fillTown } from '../../server/ledger/fill-town.ts'
import { findMine, getMine, searchAccounts, servicesOf } from '../../server/ledger/find-account.ts'
import { metersOf, readingsOf } from '../../server/ledger/meters.ts'
import { billsOf, readBill, readCard } from '../../server/ledger/read-bill.ts'
import { findPayments, newestFirst, whereOf } from '../../server/payments/payments.ts'
import { fillDemoPeople } from '../../server/people/demo-people.ts'
import { readGroup, syncGroup } from '../../server/people/read-group.ts'
import { migrateJobs } from '../../server/platform/jobs.ts'
import { typeParsers } from '../../server/platform/database.ts'
import type { DB } from '../../server/schema.ts'
import { countSettlement } from '../../server/settlement/count-settlement.ts'
import { gatherHouses } from '../../server/settlement/gather-houses.ts'
import { beginRun } from '../../server/settlement/settle-month.ts'
import { freshDatabase } from '../support/database.ts'
import { scans, type Plan } from './plans.ts'

/** Tables that grow with accounts and months: no query of a screen, and no part of a settlement, may read one from end to end. */
const large = new Set(['ledger_lines', 'bills', 'readings', 'meters', 'accounts', 'premises', 'account_terms', 'account_services', 'payments', 'account_access'])
const group = readGroup('groups/sevkazenergo.yaml')
const last = Temporal.PlainDate.from('2026-10-01')

let database: Awaited<ReturnType<typeof freshDatabase>>
let pool: pg.Pool
let tx: Transaction<DB>
let dataDir: string
let sent: { sql: string; parameters: readonly unknown[] }[] = []

beforeAll(async () => {
  database = await freshDatabase()
  await migrateJobs(database.url)
  // A town a tenth of the real one, on disks as they are today: a table this small would else be read whole out of thrift.
  pool = new pg.Pool({ connectionString: database.url, max: 4, types: typeParsers as pg.CustomTypesConfig, options: '-c random_page_cost=1.1' })
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }), log: ({ query }) => { sent.push({ sql: query.sql, parameters: [...query.parameters] }) } })
  tx = db as unknown as Transaction<DB>
  await syncGroup(db, group)
  dataDir = mkdtempSync(join(tmpdir(), 'jauap-plans-'))
  await fillDemoPeople(db, { dataDir })
  const { id: by } = await db.selectFrom('people').select('id').limit(1).executeTakeFirstOrThrow()
  await fillTown(db, { accounts: 20_000, from: last, months: 1, sentBy: by })
  await pool.query('analyze')
  const run = await db.transaction().execute((t) => beginRun(t, { period: last, by, now: Temporal.Now.instant() }))
  await countSettlement({ db, group }, { run })
  await sql`update settlement_runs set posted_at = now(), posted_by = ${by} where id = ${run}`.execute(db)
  await pool.query(`insert into payments (source, reference, account_given, account_id, amount, paid_on, received_at, period) select 'bank', n::text, '1', n, 100, date '2026-01-01' + n % 300, now(), '2026-10-01' from generate_series(1, 20000) n`)
  await pool.query(`insert into people (id, email, name, created_at) select 'p' || n, 'p' || n || '@example.kz', 'p', now() from generate_series(1, 10000) n`)
  await pool.query(`insert into account_access (account_id, person_id, way, granted_by, granted_at) select n, 'p' || (1 + n / 2), 'code', 'p1', now() from generate_series(1, 19000) n`)
  await pool.query('analyze')
}, 120_000)
afterAll(async () => {
  await pool?.end()
  await database?.drop()
  rmSync(dataDir, { recursive: true, force: true })
})
const person = 'p1000'
const today = Temporal.PlainDate.from('2026-11-10')

it.each<[string, () => Promise<unknown>]>([
  ['one\'s own accounts', () => findMine(tx, person, today)],
  ['one\'s own account', () => getMine(tx, person, 1_999, today)],
  ['what is owed', () => balanceOf(tx, 2_000)],
  ['the last charges', () => lastCharges(tx, 2_000)],
  ['what an account takes', () => servicesOf(tx, 2_000, today)],
  ['its meters', () => metersOf(tx, 2_000)],
  ['its readings', () => readingsOf(tx, 2_000, 120)],
  ['its bills', () => billsOf(tx, 2_000, 60)],
  ['a bill', () => readBill(tx, group, 2_000, last)],
  ['the ledger card', () => readCard(tx, 2_000, last.subtract({ months: 11 }), last)],
  ['an account by its number', () => searchAccounts(tx, '1002000', 20, today)],
  ...([['all', {}], ['of an account', { account: '1002000' }], ['that found no account', { state: 'unresolved' }], ['sent back', { state: 'returned' }], ['of a day', { from: '2026-10-05', to: '2026-10-06' }], ['of a bank', { source: 'Халык' }], ['of a bank that is none', { source: 'Хал' }]] as const)
    .map(([what, filter]): [string, () => Promise<unknown>] => [`payments, ${what}`, () => findPayments(tx, sql`${whereOf(filter)} ${newestFirst(100, 5_000)}`)]),
  ['two houses for the settlement', () => gatherHouses(tx, monthOf(group.tariffs, group.cabinet.rules, last), 0, { from: 40, to: 41 })],
])('%s reads no large table from end to end', async (_, ask) => {
  sent = []
  await ask()
  expect(sent.length).toBeGreaterThan(0)
  for (const { sql: text, parameters } of sent.slice()) {
    const { rows } = await pool.query({ text: `explain (format json) ${text}`, values: parameters.map((value) => (value instanceof Temporal.PlainDate ? value.toString() : value)) })
    expect(scans((rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan, large), text).toEqual([])
  }
})
