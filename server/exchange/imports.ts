import { sql, type Transaction } from 'kysely'
import { Refusal } from '../../regulation/refusals.ts'
import { bringAccounts, bringMeters, type Brought, type GivenAccount, type GivenMeter } from '../ledger/bring.ts'
import { bringPayments, type GivenPayment } from '../ledger/bring-payments.ts'
import { bringReadings, type GivenReading } from '../ledger/bring-readings.ts'
import { beginMirror, bringBalances, bringCharges, mayMirror, mirrorBills, postedRun, postMirror, type GivenBalance, type GivenCharge } from '../ledger/mirror-month.ts'
import type { RequestContext, Services } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { now as clockNow } from '../platform/clock.ts'
import { addJobs } from '../platform/jobs.ts'
import { readTable } from '../platform/tables.ts'
import type { DB } from '../schema.ts'
import type { ExchangeKind } from './formats.ts'
import { readRows, type Fields, type ReadRow } from './read-rows.ts'

/** The most rows of a file, and how many are judged or taken together: each part is there whole or not at all. */
export const importLimit = 250_000
const part = 1_000

/** A file laid out (п. 11.3.1): every row kept as it was read, nothing written yet; the job `check_import` judges it. */
export async function stageImport({ db, now, group }: Pick<RequestContext, 'db' | 'now' | 'group'>, given: { readonly by: Staff; readonly kind: ExchangeKind; readonly bytes: Uint8Array; readonly name: string }): Promise<number> {
  const { kind, by } = given
  if (kind === 'charges' && group.cabinet.master === 'own') throw new Refusal('own_master', { clause: '11.3.1' })
  const rows = oneMonth(kind, await readRows(kind, await readTable(given.bytes, { maxRows: importLimit + 1, maxColumns: 40 })))
  const period = kind === 'charges' ? rows.find(({ faults }) => faults.length === 0)?.fields['period'] : undefined
  return db.transaction().execute(async (tx) => {
    const { id } = await tx.insertInto('exchange_imports').values({
      kind, file_name: given.name, rows: rows.length, refused: 0, report: '[]', made_by: by.id, made_at: now, state: 'checking', period: period ? Temporal.PlainDate.from(`${period}-01`) : null,
    }).returning('id').executeTakeFirstOrThrow()
    for (let from = 0; from < rows.length; from += 5_000) {
      await sql`
        insert into exchange_rows (import_id, n, fields, given, verdict, faults)
        select ${id}, n, fields, given, case when jsonb_array_length(faults) > 0 then 'refused' end, faults from jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + 5_000))}::jsonb) as r (n integer, fields jsonb, given jsonb, faults jsonb)`.execute(tx)
    }
    await addJobs(tx, [{ name: 'check_import', payload: { import: id }, key: `check_import:${id}` }])
    return id
  })
}

/** A file of charges is one month's. */
function oneMonth(kind: ExchangeKind, rows: readonly ReadRow[]): readonly ReadRow[] {
  if (kind !== 'charges') return rows
  const month = rows.find(({ faults }) => faults.length === 0)?.fields['period']
  return rows.map((row): ReadRow => (row.faults.length > 0 || row.fields['period'] === month ? row : { ...row, faults: [{ field: 'period', code: 'month_differs', details: { month: String(month) } }] }))
}

type Import = { readonly id: number; readonly kind: ExchangeKind; readonly state: string; readonly file_name: string; readonly period: Temporal.PlainDate | null; readonly run_id: number | null; readonly made_by: string; readonly applied_by: string | null }

/** Held: two workers at one import, and two imports at once, go one after the other; a part is short. */
async function hold(tx: Transaction<DB>, id: number, state: 'checking' | 'applying'): Promise<Import | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('exchange', 0))`.execute(tx)
  const { rows: [found] } = await sql<Import>`select id, kind, state, file_name, period, run_id, made_by, applied_by from exchange_imports where id = ${id} and state = ${state} for update`.execute(tx)
  return found
}

/** The job `check_import`: what would come of every row, part by part, without writing anything of it. */
export const checkImport = (services: Pick<Services, 'db' | 'group'>, { import: id }: { readonly import: number }): Promise<void> => telling(services, id, async () => {
  const { db, group } = services
  while (await db.transaction().execute(async (tx) => {
    const found = await hold(tx, id, 'checking')
    if (!found) return false
    const rows = await nextRows(tx, id, sql`checked_through`)
    const posted = found.period !== null && (await postedRun(tx, found.period)) !== undefined
    if (found.period && !posted) await mayMirror(tx, found.period, clockNow())
    const answers = await bring(tx, found, rows, { group, posted, write: false })
    await note(tx, id, rows, answers, sql`checked_through`)
    if (rows.length === 0) await sql`update exchange_imports set state = 'staged', refused = (select count(*) from exchange_rows where import_id = ${id} and verdict = 'refused') where id = ${id}`.execute(tx)
    return rows.length > 0
  }));
})

/**
 * The job `apply_import`: judged again and written, part by part, each whole or not at all; cut off it goes on with the
 * next part. A month of charges is a draft until its last bill is there.
 */
export const applyRows = (services: Pick<Services, 'db' | 'group'>, { import: id }: { readonly import: number }): Promise<void> => telling(services, id, async () => {
  const { db, group } = services
  const step = (work: (tx: Transaction<DB>, found: Import) => Promise<boolean>) => db.transaction().execute(async (tx) => {
    const found = await hold(tx, id, 'applying')
    return found ? work(tx, found) : false
  })
  await step(async (tx, { kind, period, run_id, applied_by }) => {
    if (kind !== 'charges' || !period || run_id !== null || (await postedRun(tx, period)) !== undefined) return false
    const run = await beginMirror(tx, { period, by: applied_by!, now: clockNow() })
    await sql`update exchange_imports set run_id = ${run} where id = ${id}`.execute(tx)
    return true
  })
  while (await step(async (tx, found) => {
    const rows = await nextRows(tx, id, sql`applied_through`)
    const answers = await bring(tx, found, rows, { group, posted: found.run_id === null, write: true })
    await note(tx, id, rows, answers, sql`applied_through`)
    return rows.length > 0
  }));
  while (await step((tx, { run_id, period }) => (run_id === null || !period ? Promise.resolve(false) : mirrorBills(tx, run_id, period, clockNow()))));
  await step(async (tx, { run_id, applied_by }) => {
    if (run_id !== null) await postMirror(tx, run_id, applied_by!, clockNow())
    await sql`update exchange_imports set state = 'applied', finished_at = ${clockNow()} where id = ${id}`.execute(tx)
    return false
  })
})

/** What cannot be taken at all is told on the import; anything else is tried again by the queue. */
async function telling({ db }: Pick<Services, 'db'>, id: number, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const [fault] = error.faults
    await sql`update exchange_imports set state = 'failed', finished_at = ${clockNow()}, fault = ${JSON.stringify(fault ? { code: fault.code, details: fault.details ?? {} } : { code: error.code, details: error.details })}::jsonb where id = ${id} and state in ('checking', 'applying')`.execute(db)
  }
}

type Row = { readonly n: number; readonly fields: Fields }
async function nextRows(tx: Transaction<DB>, id: number, through: ReturnType<typeof sql>): Promise<Row[]> {
  return (await sql<Row>`
    select n, fields from exchange_rows where import_id = ${id} and n > (select ${through} from exchange_imports where id = ${id}) and verdict is distinct from 'refused' order by n limit ${part}`.execute(tx)).rows
}

async function note(tx: Transaction<DB>, id: number, rows: readonly Row[], answers: readonly Brought[], through: ReturnType<typeof sql>): Promise<void> {
  if (rows.length === 0) return
  const told = JSON.stringify(answers.map((one, i) => ({ n: rows[i]!.n, verdict: one.verdict, was: one.verdict === 'changed' ? one.was : {}, faults: one.verdict === 'refused' ? one.faults : [] })))
  await sql`
    update exchange_rows r set verdict = t.verdict, was = t.was, faults = t.faults
    from jsonb_to_recordset(${told}::jsonb) as t (n integer, verdict text, was jsonb, faults jsonb) where r.import_id = ${id} and r.n = t.n`.execute(tx)
  const count = (verdict: Brought['verdict']) => answers.filter((one) => one.verdict === verdict).length
  await sql`
    update exchange_imports set added = added + ${count('new')}, changed = changed + ${count('changed')}, unchanged = unchanged + ${count('unchanged')}, refused = refused + ${count('refused')}, ${through} = ${rows.at(-1)!.n} where id = ${id}`.execute(tx)
}

/** One part of a file of a kind, through the ledger's door for it. */
async function bring(tx: Transaction<DB>, { id, kind, file_name, period, run_id, made_by, applied_by }: Import, rows: readonly Row[], { group, posted, write }: { readonly group: Services['group']; readonly posted: boolean; readonly write: boolean }): Promise<Brought[]> {
  if (rows.length === 0) return []
  const how = { group, by: applied_by ?? made_by, now: clockNow(), write }
  const given = rows.map(({ fields }) => fields) as readonly unknown[]
  switch (kind) {
    case 'accounts': return bringAccounts(tx, given as readonly GivenAccount[], how)
    case 'meters': return bringMeters(tx, given as readonly GivenMeter[], how)
    case 'readings': return bringReadings(tx, rows.map(({ n, fields }) => ({ ...fields, cause: `exchange:${id}:${n}` }) as unknown as GivenReading), how)
    case 'payments': return bringPayments(tx, given as readonly GivenPayment[], how)
    case 'balances': return bringBalances(tx, given as readonly GivenBalance[], { ...how, entry: id })
    case 'charges': return bringCharges(tx, given as readonly GivenCharge[], { ...how, period: period!, run: run_id, posted, reason: `Уточнено внешней биллинговой системой: ${file_name}`.slice(0, 300) })
  }
}

/** The job `purge_exchange_rows`: what was taken is in the ledger; what was refused stays, for the report. */
export async function purgeExchangeRows({ db }: Pick<Services, 'db'>): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select i.id from exchange_imports i where i.state in ('applied', 'failed', 'cancelled') and coalesce(i.finished_at, i.cancelled_at) < ${clockNow().subtract({ hours: 24 * 30 })}
      and exists (select 1 from exchange_rows r where r.import_id = i.id and r.verdict is distinct from 'refused') limit 20`.execute(db)
  for (const { id } of rows) await sql`delete from exchange_rows where import_id = ${id} and verdict is distinct from 'refused'`.execute(db)
}

