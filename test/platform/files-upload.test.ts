import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { refusals, Refusal } from '../../regulation/refusals.ts'
import { purgeUnattachedFiles, receiveUpload, recordFiles } from '../../server/intake/receive-upload.ts'
import type { RequestContext } from '../../server/operation.ts'
import type { Actor } from '../../server/people/actor.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { openFiles, type Files } from '../../server/platform/files.ts'
import type { PlatformTables } from '../../server/platform/schema.ts'
import { freshDatabase } from '../support/database.ts'
import { jpeg, pdf } from '../support/sample-files.ts'

let folder: string
let files: Files
let db: Kysely<PlatformTables>
let port: number
let actor: Actor
let close: () => Promise<void>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jauap-uploads-'))
  files = openFiles(folder)
  const fresh = await freshDatabase()
  const opened = openDatabase<PlatformTables>(fresh.url, { pool: 4 })
  db = opened.db
  await opened.pool.query(`insert into people (id, email, name, created_at) values ('aigul', 'aigul@example.kz', 'Айгүл', now())`)
  const app = new Hono()
  app.post('/api/v1/uploads', (c) => receiveUpload({ actor, db, files, config: { uploadMaxBytes: 1_048_576 }, now: Temporal.Now.instant() } as unknown as RequestContext, c.req.raw))
  app.onError((error, c) => error instanceof Refusal ? c.json({ code: error.code }, refusals[error.code].status) : c.json({ code: String(error) }, 500))
  const server = await new Promise<ReturnType<typeof serve>>((done) => {
    const made = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => done(made))
  })
  port = (server.address() as { port: number }).port
  close = async () => {
    await new Promise((done) => server.close(done))
    await db.destroy()
    await fresh.drop()
    rmSync(folder, { recursive: true, force: true })
  }
})
afterAll(() => close())
beforeEach(() => { actor = { kind: 'nobody' } })

describe('an upload', () => {
  it('by anybody is stored, written down and answered with its id', async () => {
    const answer = await upload(jpeg(), 'Фото счётчика.jpg')
    expect(answer).toMatchObject({ status: 201, body: { name: 'Фото счётчика.jpg', mediaType: 'image/jpeg' } })
    expect(await row(answer.body.id)).toMatchObject({ appeal_id: null, uploaded_by: null, name: 'Фото счётчика.jpg', size_bytes: answer.body.size })
    expect((await files.open(answer.body.id)).size).toBe(answer.body.size)
  })

  it('by a member of staff is theirs', async () => {
    actor = { kind: 'staff', id: 'aigul' } as Actor
    expect(await row((await upload(pdf, 'a.pdf')).body.id)).toMatchObject({ uploaded_by: 'aigul' })
  })

  it('may give its name in the address', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/uploads?name=${encodeURIComponent('Акт.pdf')}`, { method: 'POST', body: new Uint8Array(pdf) })
    expect(await response.json()).toMatchObject({ name: 'Акт.pdf' })
  })

  it('that is refused is answered in words, even while it is still being sent', async () => {
    expect(await upload(Buffer.from('<html>'), 'a.pdf')).toMatchObject({ status: 415, body: { code: 'file_type_refused' } })
    expect(await upload(Buffer.alloc(0), 'a.pdf')).toMatchObject({ status: 422, body: { code: 'file_empty' } })
    expect(await upload(Buffer.alloc(8_000_000, 'x'), 'a.pdf')).toMatchObject({ status: 413, body: { code: 'file_too_large' } })
  })

  it('broken off by the sender leaves nothing', async () => {
    const before = everything()
    const socket = connect(port, '127.0.0.1')
    socket.write(`POST /api/v1/uploads?name=a.pdf HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\n`)
    socket.write(pdf)
    await vi.waitFor(() => expect(everything().length).toBe(before.length + 1))
    socket.destroy()
    await vi.waitFor(() => expect(everything()).toEqual(before), { timeout: 5_000 })
  })

  it('that cannot be written down leaves no file behind', async () => {
    const before = everything()
    const file = await files.receive(new Response(new Uint8Array(pdf)).body as never, { name: 'a.pdf', claimedType: '', maxBytes: 1_000_000 })
    await expect(recordFiles({ db, files }, [file], { by: 'nobody-known', now: Temporal.Now.instant() })).rejects.toThrow(/foreign key/)
    expect(everything()).toEqual(before)
  })

  it('that nobody attached within a day goes away, and a younger one stays', async () => {
    const [old, young] = [(await upload(pdf, 'old.pdf')).body.id, (await upload(pdf, 'young.pdf')).body.id]
    await db.updateTable('files').set({ created_at: Temporal.Now.instant().subtract({ hours: 25 }) }).where('id', '=', old).execute()
    await purgeUnattachedFiles({ db, files })
    await purgeUnattachedFiles({ db, files })
    expect(await row(old)).toBeUndefined()
    await expect(files.open(old)).rejects.toThrow('not_found')
    expect(await row(young)).toBeDefined()
  })
})

async function upload(bytes: Buffer, name: string): Promise<{ status: number; body: { id: string; size: number; code?: string } }> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/uploads`, {
    // A connection of its own: one whose upload was refused midway is hung up on, and must not be taken for the next.
    method: 'POST', headers: { 'x-file-name': encodeURIComponent(name), connection: 'close' }, body: new Uint8Array(bytes),
  })
  return { status: response.status, body: await response.json() as never }
}

const row = (id: string) => db.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst()
const everything = () => readdirSync(folder, { recursive: true }).map(String).filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile())
