import { sql, type Transaction } from 'kysely'
import type { Group } from '../people/group.ts'
import { addJobs } from '../platform/jobs.ts'
import type { DB } from '../schema.ts'

/**
 * Before what a month's draft was counted from is changed (from a day on, if it is known): the houses of these accounts and addresses are
 * counted again, and the month is not posted until they are. To be called first, before accounts and meters are locked: a
 * settlement locks its part before them, and a settlement that begins waits for the change.
 */
export async function recountDraft(tx: Transaction<DB>, group: Group, accounts: readonly number[], { from, addresses = [] }: { readonly from?: Temporal.PlainDate; readonly addresses?: readonly string[] }): Promise<void> {
  const draft = await holdDraft(tx, group, from)
  if (!draft) return
  await recountParts(tx, draft.id, await partsOf(tx, draft.id, accounts, addresses))
  // Who is moved to another house is there counted afresh.
  await sql`delete from ledger_lines where account_id = any(${accounts}::bigint[]) and period = ${draft.period} and run_id is not null`.execute(tx)
  await sql`delete from bills where account_id = any(${accounts}::bigint[]) and period = ${draft.period}`.execute(tx)
}

/** After accounts were brought to houses: those that stand in no part of the draft become parts, and parts know how many they count. */
export async function coverHouses(tx: Transaction<DB>, group: Group, addresses: readonly string[]): Promise<void> {
  const draft = await holdDraft(tx, group)
  if (!draft) return
  const { rows: made } = await sql<Chunk>`
    insert into settlement_chunks (run_id, n, from_building, to_building, accounts)
    select ${draft.id}, (select coalesce(max(n), 0) from settlement_chunks where run_id = ${draft.id}) + row_number() over (order by b.id), b.id, b.id, 0
    from buildings b where lower(b.address) in (select lower(g) from unnest(${addresses}::text[]) g)
      and not exists (select 1 from settlement_chunks c where c.run_id = ${draft.id} and b.id between c.from_building and c.to_building)
    returning n, from_building, to_building`.execute(tx)
  await recountParts(tx, draft.id, made)
  const parts = await partsOf(tx, draft.id, [], addresses)
  await sql`
    update settlement_chunks c set accounts = (
      select count(*) from premises p join accounts a on a.premises_id = p.id where p.building_id between c.from_building and c.to_building
        and a.opened_on < ${draft.period}::date + interval '1 month' and (a.closed_on is null or a.closed_on >= ${draft.period}))
    where c.run_id = ${draft.id} and c.n = any(${parts.map(({ n }) => n)}::int[])`.execute(tx)
  await sql`update settlement_runs set accounts = (select coalesce(sum(accounts), 0) from settlement_chunks where run_id = ${draft.id}) where id = ${draft.id}`.execute(tx)
}

/** The draft, if days from `from` on fall into it, held until the transaction ends. Months of an outside system are not counted here. */
async function holdDraft(tx: Transaction<DB>, { cabinet: { master } }: Group, from?: Temporal.PlainDate): Promise<{ id: number; period: Temporal.PlainDate } | undefined> {
  if (master === 'outside') return undefined
  await sql`select pg_advisory_xact_lock_shared(hashtextextended('ledger period', 0))`.execute(tx)
  const { rows: [draft] } = await sql<{ id: number; period: Temporal.PlainDate }>`
    select id, period from settlement_runs where posted_at is null and cancelled_at is null and (${from ?? null}::date is null or period + interval '1 month' > ${from ?? null}::date) for no key update`.execute(tx)
  return draft
}

export type Chunk = { readonly n: number; readonly from_building: number; readonly to_building: number }
/** The parts of a run in which these accounts and addresses stand. */
export async function partsOf(tx: Transaction<DB>, run: number, accounts: readonly number[], addresses: readonly string[] = []): Promise<Chunk[]> {
  const { rows } = await sql<Chunk>`
    select distinct c.n, c.from_building, c.to_building from (
      select p.building_id as id from accounts a join premises p on p.id = a.premises_id where a.id = any(${accounts}::bigint[])
      union select b.id from buildings b where lower(b.address) in (select lower(g) from unnest(${addresses}::text[]) g)
    ) h join settlement_chunks c on c.run_id = ${run} and h.id between c.from_building and c.to_building order by c.n`.execute(tx)
  return rows
}

/** These parts are counted again by the job; until they are, the run is a counting one. */
export async function recountParts(tx: Transaction<DB>, run: number, parts: readonly Chunk[]): Promise<void> {
  if (parts.length === 0) return
  await sql`update settlement_chunks set done_at = null where run_id = ${run} and n = any(${parts.map(({ n }) => n)}::int[])`.execute(tx)
  await sql`update settlement_runs set counted_at = null where id = ${run}`.execute(tx)
  await addJobs(tx, [{ name: 'count_settlement', payload: { run }, key: `settlement:${run}` }])
}
