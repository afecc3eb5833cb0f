import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../server/platform/database.ts'
import { putMessages } from '../../server/platform/outbox.ts'
import type { PlatformTables } from '../../server/platform/schema.ts'
import { freshDatabase } from '../support/database.ts'
import { startMailServer, type MailServer } from '../support/smtp.ts'

const count = 100
let url: string
let db: Kysely<PlatformTables>
let server: MailServer
let close: () => Promise<void>
let worker: ChildProcess | undefined

beforeAll(async () => {
  const fresh = await freshDatabase()
  url = fresh.url
  db = openDatabase<PlatformTables>(url, { pool: 4 }).db
  server = await startMailServer()
  await sql`create table settled (id bigint)`.execute(db)
  close = async () => {
    worker?.kill('SIGKILL')
    await server.stop()
    await db.destroy()
    await fresh.drop()
  }
})
afterAll(() => close())

describe('a worker killed again and again while letters leave', () => {
  it('loses none and sends none twice; what nobody can know is shown as unsure', async () => {
    await putMessages(db, Array.from({ length: count }, (_, n) => ({
      cause: `letter ${n}`, template: 'confirmation', recipient: `n${n}@example.kz`, language: 'ru' as const, subject: 'Обращение',
      text: 'Здравствуйте!', now: Temporal.Now.instant(), config: { publicUrl: 'https://jauap.example.kz' },
    })))
    server.behave({ recipient: () => pause(20, 80), body: () => pause(20, 120) })

    let kills = 0
    for (; kills < 8 && (await unsettled()) > 0; kills++) {
      const before = server.delivered.length
      worker = startWorker()
      await until(async () => server.delivered.length > before || (await unsettled()) === 0)
      await pause(50, 500)
      await kill(worker)
    }
    worker = startWorker()
    await until(async () => (await unsettled()) === 0 && (await untold()) === 0)

    const messages = await db.selectFrom('messages').selectAll().execute()
    const times = Map.groupBy(server.delivered, (letter) => letter.messageId)
    const arrived = (id: string) => times.get(id)?.length ?? 0
    expect(messages).toHaveLength(count)
    expect(messages.filter((message) => arrived(message.message_id) > 1)).toEqual([])
    expect(messages.filter((message) => message.status === 'sent' && arrived(message.message_id) !== 1)).toEqual([])
    expect(messages.filter((message) => message.status !== 'sent' && message.status !== 'unsure')).toEqual([])
    // At most what was on its way at each kill may be unsure.
    expect(messages.filter((message) => message.status === 'unsure').length).toBeLessThanOrEqual(kills * 4)
    expect(kills).toBeGreaterThan(2)
  }, 90_000)
})

const startWorker = (): ChildProcess => spawn(process.execPath, [fileURLToPath(new URL('outbox-worker.ts', import.meta.url))], {
  env: { ...process.env, DATABASE_URL: url, SMTP_URL: server.url, NODE_OPTIONS: '' }, stdio: ['ignore', 'ignore', 'inherit'],
})

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

const unsettled = async () =>
  (await sql<{ count: number }>`select count(*) as count from messages where settled_at is null`.execute(db)).rows[0]!.count
const untold = async () =>
  (await sql<{ count: number }>`select count(*) as count from messages where id not in (select id from settled)`.execute(db)).rows[0]!.count
const pause = (least: number, most: number) => new Promise<void>((done) => setTimeout(done, least + Math.random() * (most - least)))

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 40_000; Date.now() < end;) {
    if (await holds()) return
    await pause(20, 20)
  }
  throw new Error('it did not come to that within 40 s')
}
