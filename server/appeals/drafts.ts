import { sql, type Transaction } from 'kysely'
import { Refusal } from '../../regulation/refusals.ts'
import type { AppealId, PersonId } from '../../regulation/vocabulary.ts'
import type { DB } from '../schema.ts'

/** The text an executor is writing. Not yet a fact: it may be changed at will, but never over another's change. */
export type Draft = { readonly body: string; readonly revision: number; readonly updated_at: Temporal.Instant; readonly updated_by: PersonId }

export async function findDraft(tx: Transaction<DB>, appeal: AppealId, task: number): Promise<Draft | undefined> {
  const { rows } = await sql<Draft>`
    select body, revision, updated_at, updated_by from reply_drafts where appeal_id = ${appeal} and task = ${task}`.execute(tx)
  return rows[0]
}

/** Writes over the revision its author had seen; a newer one refuses. Revision 0: there was none. */
export async function storeDraft(
  tx: Transaction<DB>,
  draft: { appeal: AppealId; task: number; body: string; over: number; by: PersonId; at: Temporal.Instant },
): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    insert into reply_drafts as d (appeal_id, task, body, revision, updated_by, updated_at)
    values (${draft.appeal}, ${draft.task}, ${draft.body}, 1, ${draft.by}, ${draft.at})
    on conflict (appeal_id, task) do update
      set body = excluded.body, revision = d.revision + 1, updated_by = excluded.updated_by, updated_at = excluded.updated_at
      where d.revision = ${draft.over}
    returning revision`.execute(tx)
  if (!rows[0]) throw new Refusal('draft_changed_meanwhile')
  return rows[0].revision
}
