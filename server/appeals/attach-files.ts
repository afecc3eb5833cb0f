import { sql, type Transaction } from 'kysely'
import { refuseField } from '../../regulation/refusals.ts'
import type { AppealId, PersonId } from '../../regulation/vocabulary.ts'
import type { DB } from '../schema.ts'

/** Files a member of staff has just uploaded become part of a task's reply. Nobody can attach another's upload. */
export async function attachFiles(tx: Transaction<DB>, to: { appeal: AppealId; task: number; by: PersonId; files: readonly string[] }): Promise<void> {
  if (to.files.length === 0) return
  const { rows } = await sql`
    update files set appeal_id = ${to.appeal}, task = ${to.task}
    where id = any(${[...to.files]}::uuid[]) and appeal_id is null and uploaded_by = ${to.by} returning id`.execute(tx)
  if (rows.length !== new Set(to.files).size) throw refuseField('files', 'file_unknown')
}
