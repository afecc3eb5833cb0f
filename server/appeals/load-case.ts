import { sql, type Transaction } from 'kysely'
import type { Fact } from '../../regulation/appeal-facts.ts'
import { foldCase, type AppealCase } from '../../regulation/appeal-case.ts'
import { Refusal } from '../../regulation/refusals.ts'
import type { AppealId } from '../../regulation/vocabulary.ts'
import type { DB } from '../schema.ts'

export type LoadedCase = {
  readonly row: { readonly last_seq: number; readonly last_hash: Buffer }
  readonly history: readonly Fact[]
  readonly appeal: AppealCase
}

/**
 * The whole history of one appeal, folded. With `lock`, the appeal waits for this transaction, though not for those
 * that only refer to it (a duplicate, a repeat); the events are read by a second statement so that they are those of
 * the moment the lock was got, not of before it.
 */
export async function loadCase(tx: Transaction<DB>, id: AppealId, { lock = false } = {}): Promise<LoadedCase> {
  const { rows: [row] } = await sql<LoadedCase['row']>`
    select last_seq, last_hash from appeals where id = ${id} ${lock ? sql`for no key update` : sql``}`.execute(tx)
  if (!row) throw new Refusal('appeal_not_found')
  const history = await loadHistory(tx, id)
  return { row, history, appeal: foldCase(history) }
}

export async function loadHistory(tx: Transaction<DB>, id: AppealId): Promise<Fact[]> {
  const { rows } = await sql<{ seq: number; at: Temporal.Instant; by_person: string | null; as_holder: string; action: string; data: unknown }>`
    select seq, at, by_person, as_holder, action, data from appeal_events where appeal_id = ${id} order by seq`.execute(tx)
  return rows.map((event) => ({
    seq: event.seq, at: event.at, by: event.by_person ?? undefined, as: event.as_holder, action: event.action, data: event.data,
  }) as Fact)
}
