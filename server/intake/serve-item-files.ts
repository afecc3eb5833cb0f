import type { Hono } from 'hono'
import type { Transaction } from 'kysely'
import { Refusal } from '../../regulation/refusals.ts'
import type { AppEnv } from '../operation.ts'
import { serveFile } from '../platform/files.ts'
import type { DB } from '../schema.ts'
import { readableItem } from './intake-items.ts'

/** Scans of what is not yet registered: for whoever registers it, or sent it. */
export function serveItemFiles(app: Hono<AppEnv>): void {
  app.get('/api/v1/intake-items/:id/files/:fileId', async (c) => {
    const { actor, db, files } = c.get('context')
    if (actor.kind !== 'staff') throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted')
    const id = Number(c.req.param('id'))
    if (!Number.isSafeInteger(id) || id < 1) throw new Refusal('not_found')
    const item = await readableItem(db as Transaction<DB>, actor, id)
    const file = item.files.find((found) => found.id === c.req.param('fileId'))
    if (!file) throw new Refusal('not_found')
    return serveFile(files, { id: file.id, name: file.name, mediaType: file.media_type, download: c.req.query('download') !== undefined })
  })
}
