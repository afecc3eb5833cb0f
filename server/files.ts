import { sql, type Transaction } from 'kysely'
import type { Context, Hono } from 'hono'
import { Refusal } from '../regulation/refusals.ts'
import { getAppeal } from './appeals/find-appeal.ts'
import { readableItem } from './intake/intake-items.ts'
import type { AppEnv, RequestContext } from './operation.ts'
import type { Staff } from './people/actor.ts'
import { serveFile } from './platform/files.ts'
import { turns, type ScannedFile } from './platform/page-pictures.ts'
import type { DB } from './schema.ts'

/** A stored file that this member of staff may see. */
type Seen = { readonly id: string; readonly name: string; readonly media_type: string }
type Find = (context: RequestContext & { readonly actor: Staff }, place: number, file: string) => Promise<Seen | undefined>

/**
 * Downloads for staff, and the pages of scans as pictures: of an appeal for whoever may read it, of what waits for
 * registration for whoever registers or sent it, of an upload for who made it.
 */
export function serveFiles(app: Hono<AppEnv>): void {
  serve(app, '/api/v1/appeals/:place/files/:file', async ({ db, actor }, id, file) =>
    (await getAppeal(db as Transaction<DB>, actor.holders, id)).files.find((one) => one.id === file))
  serve(app, '/api/v1/intake-items/:place/files/:file', async ({ db, actor }, id, file) =>
    (await readableItem(db as Transaction<DB>, actor, id)).files.find((one) => one.id === file))
  serve(app, '/api/v1/uploads/:file', async ({ db, actor }, _, file) => {
    if (!/^[0-9a-f-]{36}$/.test(file)) return undefined
    const { rows } = await sql<Seen>`
      select id, name, media_type from files where id = ${file} and uploaded_by = ${actor.id} and appeal_id is null`.execute(db)
    return rows[0]
  })
}

function serve(app: Hono<AppEnv>, path: string, find: Find): void {
  app.get(path, async (c) => {
    const { id, name, media_type: mediaType } = await seen(c, find)
    return serveFile(c.get('context').files, { id, name, mediaType, download: c.req.query('download') !== undefined })
  })
  servePages(app, path, async (c) => {
    const { id, media_type: mediaType } = await seen(c, find)
    return { id, mediaType }
  })
}

/** How many pages something has, and each of them as a picture: `…/pages`, `…/pages/2?width=800&turn=90`. */
export function servePages(app: Hono<AppEnv>, path: string, find: (c: Context<AppEnv>) => Promise<ScannedFile>): void {
  app.get(`${path}/pages`, async (c) => c.json({ pages: await c.get('context').pages.count(await find(c)) }))
  app.get(`${path}/pages/:n`, async (c) => {
    const file = await find(c)
    const n = whole(c.req.param('n'))
    if (!n || n > 500) throw new Refusal('not_found')
    const width = Math.min(Math.max(whole(c.req.query('width')) ?? 1200, 100), 2400)
    const turn = turns.find((one) => String(one) === c.req.query('turn')) ?? 0
    const picture = await c.get('context').pages.page(file, n, { width, turn })
    return c.body(picture as Uint8Array<ArrayBuffer>, 200, {
      'content-type': 'image/jpeg', 'cache-control': 'id' in file ? 'private, max-age=3600' : 'private, no-store', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin',
    })
  })
}

async function seen(c: Context<AppEnv>, find: Find): Promise<Seen> {
  const context = c.get('context')
  const { actor } = context
  if (actor.kind !== 'staff') throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted')
  const given = c.req.param('place')
  const place = given === undefined ? 0 : whole(given)
  if (place === undefined) throw new Refusal('appeal_not_found')
  const found = await find({ ...context, actor }, place, c.req.param('file') ?? '')
  if (!found) throw new Refusal('not_found')
  return found
}

const whole = (text: string | undefined): number | undefined => (text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined)
