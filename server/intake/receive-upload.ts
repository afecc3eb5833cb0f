import { sql, type Kysely, type QueryExecutorProvider } from 'kysely'
import type { PersonId } from '../../regulation/vocabulary.ts'
import type { RequestContext, Services } from '../operation.ts'
import { now as clockNow } from '../platform/clock.ts'
import type { ReceivedFile } from '../platform/files.ts'

/**
 * `POST /api/v1/uploads`: one file as the raw body, its name percent-encoded in `X-File-Name` or in `?name=`. It
 * waits a day for the appeal, or the reply, that it goes with. Anybody may upload; only who knows the id can attach.
 * Answers 201 `{id, name, mediaType, size}`.
 * @throws Refusal file_too_large, file_empty, file_type_refused, file_not_what_it_claims, malformed_request
 */
export async function receiveUpload({ actor, config, db, files, now }: RequestContext, request: Request): Promise<Response> {
  const file = await files.receive(request.body as never, {
    name: nameOf(request), claimedType: request.headers.get('content-type') ?? '', maxBytes: actor.kind === 'staff' ? config.scanMaxBytes : config.uploadMaxBytes,
  })
  await recordFiles({ db, files }, [file], { by: actor.kind === 'nobody' ? null : actor.id, now })
  const { id, name, mediaType, size } = file
  return Response.json({ id, name, mediaType, size }, { status: 201 })
}

/** Writes down received files, not yet attached to anything; if that fails they are removed. */
export async function recordFiles(
  { db, files }: { readonly db: QueryExecutorProvider; readonly files: Pick<Services['files'], 'remove'> },
  received: readonly ReceivedFile[],
  { by, now }: { readonly by: PersonId | null; readonly now: Temporal.Instant },
): Promise<void> {
  if (received.length === 0) return
  const rows = JSON.stringify(received.map((file) => ({ ...file, media_type: file.mediaType, size_bytes: file.size })))
  try {
    await sql`
      insert into files (id, name, media_type, size_bytes, sha256, uploaded_by, created_at)
      select id, name, media_type, size_bytes, sha256, ${by}, ${now}
      from jsonb_to_recordset(${rows}::jsonb) as received (id uuid, name text, media_type text, size_bytes bigint, sha256 text)`.execute(db)
  } catch (error) {
    for (const { id } of received) await files.remove(id)
    throw error
  }
}

/** The job `purge_unattached_files`: what nobody attached within a day (to an appeal, a reading, a print of bills) goes, and what broken uploads left behind. */
export async function purgeUnattachedFiles({ db, files }: Pick<Services, 'files'> & { readonly db: Kysely<any> }): Promise<void> {
  const dayAgo = clockNow().subtract({ hours: 24 })
  for (;;) {
    // The row goes first: a file without a row is only lost space, a row without its file would be a broken promise.
    const { rows } = await sql<{ id: string }>`
      delete from files where id in (
        select id from files f where appeal_id is null and intake_item_id is null and created_at < ${dayAgo}
          and not exists (select 1 from readings where photo_id = f.id) and not exists (select 1 from bill_print_parts where file_id = f.id)
        limit 500 for update skip locked) and appeal_id is null and intake_item_id is null
      returning id`.execute(db)
    for (const { id } of rows) await files.remove(id)
    if (rows.length < 500) break
  }
  await files.clean(dayAgo)
}

function nameOf(request: Request): string {
  const encoded = request.headers.get('x-file-name')
  if (encoded === null) return new URL(request.url).searchParams.get('name') ?? ''
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}
