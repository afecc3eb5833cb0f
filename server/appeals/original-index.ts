import { sql } from 'kysely'
import type { Original } from '../../regulation/originals.ts'
import type { AppealId } from '../../regulation/vocabulary.ts'
import type { Ctx } from '../operation.ts'

/** The index of papers after a step on one: where it lies, who has it, until when (п. 4.7–4.8). */
export async function storeOriginal({ tx }: Pick<Ctx, 'tx'>, id: AppealId, original: Original): Promise<void> {
  await sql`
    update originals set unit_id = ${original.unit ?? null}, shelf = ${original.shelf ?? null}, person_id = ${original.person ?? null},
      since = ${original.since}, return_on = ${original.returnOn ?? null}, offered_to = ${original.offered?.to ?? null},
      case_file_id = ${original.caseFile?.id ?? null}, destroyed_by = ${original.destroyedBy ?? null}
    where appeal_id = ${id}`.execute(tx)
}
