import { Readable } from 'node:stream'
import { sql, type Kysely } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../server/platform/database.ts'
import { openLog } from '../../server/platform/log.ts'
import {
  listMessages, putMessage, putMessages, recoverMessages, resendMessage, sendMessage, TryLater, type NewMessage, type OutboxServices,
} from '../../server/platform/outbox.ts'
import type { PlatformTables } from '../../server/platform/schema.ts'
import { freshDatabase } from '../support/database.ts'
import { readable, startMailServer, type MailServer } from '../support/smtp.ts'

let db: Kysely<PlatformTables>
let close: () => Promise<void>
let server: MailServer
let services: OutboxServices

beforeAll(async () => {
  const fresh = await freshDatabase()
  const opened = openDatabase<PlatformTables>(fresh.url, { pool: 4 })
  db = opened.db
  close = async () => {
    await db.destroy()
    await fresh.drop()
  }
})
afterAll(() => close())

beforeEach(async () => {
  server = await startMailServer()
  services = {
    db, log: openLog('silent'), config: { smtpUrl: server.url, mailFrom: 'feedback@example.kz' },
    files: { open: async (id) => ({ stream: Readable.from([Buffer.from(`content of ${id}`)]), size: 1 }) },
  }
})
afterEach(async () => {
  await server.stop()
  await sql`truncate messages restart identity`.execute(db)
  await sql`delete from files`.execute(db)
  await sql`delete from graphile_worker._private_jobs`.execute(db)
})

describe('a message', () => {
  it('is written once for one cause, with its job, and not at all if the transaction fails', async () => {
    await putMessages(db, [letter('a'), letter('b'), letter('a')])
    await putMessage(db, letter('b'))
    await db.transaction().execute(async (tx) => {
      await putMessage(tx, letter('c'))
      throw new Error('changed my mind')
    }).catch(() => {})
    expect((await messages()).map((message) => message.cause)).toEqual(['a', 'b'])
    expect(await jobs('send_message')).toEqual(['message:1', 'message:2'])
  })

  it('leaves whole: both languages\' letters, clickable links, its files, marks that nobody\'s robot answers', async () => {
    const id = crypto.randomUUID()
    await db.insertInto('files').values({
      id, appeal_id: null, task: null, name: 'Ответ №7.pdf', media_type: 'application/pdf', size_bytes: 1, sha256: '', uploaded_by: null, created_at: now,
    }).execute()
    await putMessage(db, { ...letter('a'), subject: 'Өтініш № 7 тіркелді', text: 'Қайырлы күн!\n\nСілтеме: https://example.kz/kk/track/7?a=1&b=2.\n<b>', attachments: [id] })
    await sendMessage(services, 1)

    const text = readable(server.delivered[0]!.raw)
    expect(text).toMatch(/^From: feedback@example\.kz$/m)
    expect(text).toMatch(/^To: aigul@example\.kz$/m)
    expect(text).toMatch(/^Subject: Өтініш № 7 тіркелді/m)
    expect(text).toMatch(/^Auto-Submitted: auto-generated$/m)
    expect(text).toMatch(/^Message-ID: <[0-9a-f]{32}@jauap\.example\.kz>$/m)
    expect(text).toContain('Қайырлы күн!')
    expect(text).toContain('<a href="https://example.kz/kk/track/7?a=1&amp;b=2" style="color:#0b6e6e">https://example.kz/kk/track/7?a=1&amp;b=2</a>.')
    expect(text).toContain('&lt;b&gt;')
    expect(text).toContain(`content of ${id}`)
    expect(text).toContain('name="Ответ №7.pdf"')
    expect(text).toMatch(/^Content-Disposition: attachment; filename/m)
    expect(await messages()).toMatchObject([{ status: 'sent', attempts: 1, outcome: expect.stringContaining('taken as 1') }])
    expect(await jobs('message_settled')).toHaveLength(1)
  })

  it('is kept where there is no mail server', async () => {
    await putMessage(db, letter('a'))
    await sendMessage({ ...services, config: { mailFrom: 'feedback@example.kz' } }, 1)
    expect(await messages()).toMatchObject([{ status: 'sent', outcome: 'kept' }])
    expect(await jobs('message_settled')).toHaveLength(1)
  })

  it('refused for good has failed, with the server\'s words, before its body and after', async () => {
    await putMessages(db, [letter('a'), letter('b')])
    server.behave({ recipient: () => 550 })
    await sendMessage(services, 1)
    server.behave({ body: () => 554 })
    await sendMessage(services, 2)
    expect(await messages()).toMatchObject([{ status: 'failed', outcome: '550 never' }, { status: 'failed', outcome: '554 never' }])
    expect(await jobs('message_settled')).toHaveLength(2)
    expect(server.delivered).toEqual([])
  })

  it.each([
    ['the recipient is refused for now', { recipient: () => 451 }],
    ['the body is refused for now', { body: () => 452 }],
    ['the line breaks before the body is whole', { bodyBegins: () => 'drop' as const }],
  ])('waits and goes later where %s, and arrives once', async (_, behaviour) => {
    await putMessage(db, letter('a'))
    server.behave(behaviour)
    const endless = { ...services, files: { open: async () => ({ stream: Readable.from(long()), size: 1 }) } }
    if ('bodyBegins' in behaviour) await attachFile(1)
    await expect(sendMessage(endless, 1)).rejects.toThrow(TryLater)
    expect(await messages()).toMatchObject([{ status: 'waiting', attempts: 1, settled_at: null }])
    server.behave({})
    await sendMessage(services, 1)
    expect(await messages()).toMatchObject([{ status: 'sent', attempts: 2 }])
    expect(server.delivered).toHaveLength(1)
  })

  it('waits where the mail server is away, and gives up after twenty tries', async () => {
    await putMessage(db, letter('a'))
    const away = { ...services, config: { ...services.config, smtpUrl: 'smtp://127.0.0.1:1' } }
    for (let n = 1; n < 20; n++) await expect(sendMessage(away, 1)).rejects.toThrow(TryLater)
    await sendMessage(away, 1)
    expect(await messages()).toMatchObject([{ status: 'failed', attempts: 20, outcome: expect.stringMatching(/ECONNREFUSED/) }])
  })

  it('waits where we may not sign in to the mail server: that is no fault of the letter', async () => {
    await putMessage(db, letter('a'))
    const wrong = { ...services, config: { ...services.config, smtpUrl: server.url.replace('//', '//user:password@') } }
    await expect(sendMessage(wrong, 1)).rejects.toThrow(TryLater)
    expect(await messages()).toMatchObject([{ status: 'waiting' }])
  })

  it.each(['drop', 'vanish'] as const)('whose body left whole but got no answer (%s) is unsure, and goes again only by a person', async (end) => {
    await putMessage(db, letter('a'))
    server.behave({ body: () => end })
    await sendMessage(services, 1)
    expect(await messages()).toMatchObject([{ status: 'unsure' }])
    const taken = server.delivered.length
    server.behave({})
    await sendMessage(services, 1)
    await recoverMessages(services)
    expect(server.delivered).toHaveLength(taken)

    expect(await resendMessage(db, 1)).toBe(true)
    await sendMessage(services, 1)
    expect(await messages()).toMatchObject([{ status: 'sent' }])
    expect(await resendMessage(db, 1)).toBe(false)
    expect(new Set(server.delivered.map((one) => one.messageId)).size).toBe(1)
  })

  it('left by a dead process goes again if its body had not begun, and is unsure if it had', async () => {
    await putMessages(db, [letter('a'), letter('b')])
    await sql`update messages set attempts = 1, status = case id when 1 then 'sending' else 'transmitting' end`.execute(db)
    await sendMessage(services, 1)
    await sendMessage(services, 2)
    expect(await messages()).toMatchObject([{ status: 'sent', attempts: 2 }, { status: 'unsure', attempts: 1 }])
    expect(server.delivered).toHaveLength(1)
  })

  it('taken over while its first sender still lives leaves only once', async () => {
    await putMessage(db, letter('a'))
    let second: Promise<void> | undefined
    server.behave({ recipient: async () => {
      server.behave({})
      second = sendMessage(services, 1)
      await second
    } })
    await expect(sendMessage(services, 1)).rejects.toThrow(TryLater)
    expect(server.delivered).toHaveLength(1)
    expect(await messages()).toMatchObject([{ status: 'sent', attempts: 2 }])
  })

  it('called unsure while its sender still waited is corrected by the answer', async () => {
    await putMessage(db, letter('a'))
    server.behave({ body: async () => { await sendMessage(services, 1) } })
    await sendMessage(services, 1)
    expect(await messages()).toMatchObject([{ status: 'sent', attempts: 1 }])
    expect(server.delivered).toHaveLength(1)
  })

  it('that lost its job gets another, and one that has a job does not', async () => {
    await putMessages(db, [letter('a'), letter('b'), letter('c')])
    await sql`delete from graphile_worker._private_jobs where key = 'message:1'`.execute(db)
    await sql`update graphile_worker._private_jobs set attempts = max_attempts where key = 'message:2'`.execute(db)
    await recoverMessages(services)
    await recoverMessages(services)
    const { rows } = await sql<{ key: string }>`select key from graphile_worker.jobs where attempts = 0 order by key`.execute(db)
    expect(rows.map((row) => row.key)).toEqual(['message:1', 'message:2', 'message:3'])
  })

  it('is listed newest first, page by page, and those in trouble apart', async () => {
    await putMessages(db, ['a', 'b', 'c'].map(letter))
    await sql`update messages set status = 'unsure', settled_at = now() where id = 1`.execute(db)
    const page = await listMessages(db, { limit: 2 })
    expect(page.map((message) => message.id)).toEqual([3, 2])
    expect((await listMessages(db, { limit: 2, before: 2 })).map((message) => message.id)).toEqual([1])
    expect((await listMessages(db, { limit: 9, statuses: ['unsure', 'failed'] })).map((message) => message.id)).toEqual([1])
  })
})

const now = Temporal.Instant.from('2026-11-23T05:00:00Z')
const letter = (cause: string): NewMessage => ({
  cause, template: 'confirmation', recipient: 'aigul@example.kz', language: 'ru', subject: 'Обращение', text: 'Здравствуйте!', now,
  config: { publicUrl: 'https://jauap.example.kz' },
})
const messages = () => db.selectFrom('messages').selectAll().orderBy('id').execute()

async function jobs(name: string): Promise<(string | null)[]> {
  const { rows } = await sql<{ key: string | null }>`select key from graphile_worker.jobs where task_identifier = ${name} order by id`.execute(db)
  return rows.map((row) => row.key)
}

async function attachFile(message: number): Promise<void> {
  const id = crypto.randomUUID()
  await db.insertInto('files').values({
    id, appeal_id: null, task: null, name: 'a.pdf', media_type: 'application/pdf', size_bytes: 1, sha256: '', uploaded_by: null, created_at: now,
  }).execute()
  await sql`update messages set attachments = array[${id}::uuid] where id = ${message}`.execute(db)
}

/** More than any buffer on the way holds. */
function* long(): Generator<Buffer> {
  for (let n = 0; n < 2_000; n++) yield Buffer.alloc(65_536, 'x')
}
