import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sql, type Transaction } from 'kysely'
import type { AppealId, PersonId } from '../../regulation/vocabulary.ts'
import { refuseField } from '../../regulation/refusals.ts'
import type { Files } from '../platform/files.ts'
import type { DB } from '../schema.ts'

/** Files of letters: the PDF as it was made, its signed scan; which of them leaves, and which is only kept. */

/** Keeps a made letter as a file of the appeal's reply. */
export async function keepLetter(
  { tx, files, now }: { readonly tx: Transaction<DB>; readonly files: Files; readonly now: Temporal.Instant },
  letter: { pdf: Uint8Array; name: string; appeal: AppealId; task: number; by: PersonId },
): Promise<{ id: string; digest: string }> {
  const bytes = Buffer.from(letter.pdf)
  const kept = await files.receive(Readable.from([bytes]), { name: letter.name, claimedType: 'application/pdf', maxBytes: bytes.length + 1 })
  await sql`
    insert into files (id, appeal_id, task, part, name, media_type, size_bytes, sha256, uploaded_by, created_at)
    values (${kept.id}, ${letter.appeal}, ${letter.task}, 'letter', ${kept.name}, ${kept.mediaType}, ${kept.size}, ${kept.sha256}, ${letter.by}, ${now})`.execute(tx)
  return { id: kept.id, digest: kept.sha256 }
}

/** Its signed scan leaves in its place. Refuses what is not this person's own upload. */
export async function keepSignedScan(
  tx: Transaction<DB>, { scan, letter, appeal, task, by }: { scan: string; letter: string; appeal: AppealId; task: number; by: PersonId },
): Promise<{ digest: string }> {
  const { rows: [kept] } = await sql<{ sha256: string }>`
    update files set appeal_id = ${appeal}, task = ${task}, part = 'letter'
    where id = ${scan} and appeal_id is null and intake_item_id is null and uploaded_by = ${by}
      and (media_type = 'application/pdf' or media_type like 'image/%') returning sha256`.execute(tx)
  if (!kept) throw refuseField('scan', 'file_unknown')
  await setAside(tx, [letter])
  return { digest: kept.sha256 }
}

/** The receipt that whoever took the letter signed: kept beside it. Refuses what is not this person's own upload. */
export async function keepReceipt(tx: Transaction<DB>, { receipt, appeal, task, by }: { receipt: string; appeal: AppealId; task: number; by: PersonId }): Promise<void> {
  const { rows } = await sql`
    update files set appeal_id = ${appeal}, task = ${task}, part = 'aside'
    where id = ${receipt} and appeal_id is null and intake_item_id is null and uploaded_by = ${by} returning id`.execute(tx)
  if (rows.length === 0) throw refuseField('pickup.receipt', 'file_unknown')
}

/** Kept, and shown to nobody outside. */
export async function setAside(tx: Transaction<DB>, files: readonly string[]): Promise<void> {
  await sql`update files set part = 'aside' where id = any(${[...files]}::uuid[])`.execute(tx)
}

/** The exact bytes of a kept file. */
export async function bytesOf(files: Pick<Files, 'open'>, id: string): Promise<Buffer> {
  return buffer((await files.open(id)).stream)
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
