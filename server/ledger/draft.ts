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
  const { rows: stale } = await sql`
    update settlement_chunks c set done_at = null where c.run_id = ${draft.id} and exists (
      select 1 from accounts a join premises p on p.id = a.premises_id where a.id = any(${accounts}::bigint[]) and p.building_id between c.from_building and c.to_building) returning c.n`.execute(tx)
  if (stale.length === 0) return
  await sql`update settlement_runs set counted_at = null where id = ${draft.id}`.execute(tx)
  await addJobs(tx, [{ name: 'count_settlement', payload: { run: draft.id }, key: `settlement:${draft.id}` }])
}
