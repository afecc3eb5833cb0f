import type { Hono } from 'hono'
import { Refusal } from '../regulation/refusals.ts'
import { getAppeal } from './appeals/find-appeal.ts'
import type { AppEnv } from './operation.ts'
import { serveFile } from './platform/files.ts'
import type { Transaction } from 'kysely'
import type { DB } from './schema.ts'

/** Downloads for staff: a file is there for whoever may read its appeal. */
export function serveFiles(app: Hono<AppEnv>): void {
  app.get('/api/v1/appeals/:appealId/files/:fileId', async (c) => {
    const { actor, db, files } = c.get('context')
    if (actor.kind !== 'staff') throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted')
    const tx = db as Transaction<DB>
    const id = Number(c.req.param('appealId'))
    if (!Number.isSafeInteger(id) || id < 1) throw new Refusal('appeal_not_found')
    const record = await getAppeal(tx, actor.holders, id)
    const file = record.files.find((found) => found.id === c.req.param('fileId'))
    if (!file) throw new Refusal('not_found')
    return serveFile(files, { id: file.id, name: file.name, mediaType: file.media_type, download: c.req.query('download') !== undefined })
  })
}
