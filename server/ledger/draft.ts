import { sql, type Transaction } from 'kysely'
import type { Group } from '../people/group.ts'
import { addJobs } from '../platform/jobs.ts'
import type { DB } from '../schema.ts'

/**
 * Before what a month's draft was counted from is changed, from a day on: the houses of these accounts are counted again,
 * and the month is not posted until they are. To be called first, before accounts and meters are locked: a settlement
 * locks its part before them, and a settlement that begins waits for the change.
 */
export async function recountDraft(tx: Transaction<DB>, { cabinet: { master } }: Group, accounts: readonly number[], from: Temporal.PlainDate): Promise<void> {
  // Months of an outside system are not counted here.
  if (master === 'outside' || accounts.length === 0) return
  await sql`select pg_advisory_xact_lock_shared(hashtextextended('ledger period', 0))`.execute(tx)
  const { rows: [draft] } = await sql<{ id: number }>`
    select id from settlement_runs where posted_at is null and cancelled_at is null and period + interval '1 month' > ${from}::date for no key update`.execute(tx)
  if (!draft) return
  await recountParts(tx, draft.id, await partsOf(tx, draft.id, accounts))
}

export type Chunk = { readonly n: number; readonly from_building: number; readonly to_building: number }
/** The parts of a run in which these accounts stand. */
export async function partsOf(tx: Transaction<DB>, run: number, accounts: readonly number[]): Promise<Chunk[]> {
  const { rows } = await sql<Chunk>`
    select distinct c.n, c.from_building, c.to_building from accounts a join premises p on p.id = a.premises_id
    join settlement_chunks c on c.run_id = ${run} and p.building_id between c.from_building and c.to_building where a.id = any(${accounts}::bigint[]) order by c.n`.execute(tx)
  return rows
}

/** These parts are counted again by the job; until they are, the run is a counting one. */
export async function recountParts(tx: Transaction<DB>, run: number, parts: readonly Chunk[]): Promise<void> {
  if (parts.length === 0) return
  await sql`update settlement_chunks set done_at = null where run_id = ${run} and n = any(${parts.map(({ n }) => n)}::int[])`.execute(tx)
  await sql`update settlement_runs set counted_at = null where id = ${run}`.execute(tx)
  await addJobs(tx, [{ name: 'count_settlement', payload: { run }, key: `settlement:${run}` }])
}
