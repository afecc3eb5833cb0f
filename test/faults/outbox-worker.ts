import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { openDatabase } from '../../server/platform/database.ts'
import { startWorker } from '../../server/platform/jobs.ts'
import { openLog } from '../../server/platform/log.ts'
import { recoverMessages, sendMessage } from '../../server/platform/outbox.ts'

/** A worker process of its own, to be killed: sends what waits, and notes what has settled. */
const url = process.env['DATABASE_URL']!
const log = openLog('silent')
const { db } = openDatabase<Record<string, never>>(url, { pool: 4 })
const services = {
  db, log, config: { smtpUrl: process.env['SMTP_URL']!, mailFrom: 'feedback@example.kz' },
  files: { open: async () => ({ stream: Readable.from([]), size: 0 }) },
}
await recoverMessages(services)
await startWorker({
  url, log, takeOverAfter: 1, concurrency: 4,
  tasks: {
    send_message: ({ id }: { id: number }) => sendMessage(services, id),
    message_settled: ({ id }: { id: number }) => sql`insert into settled values (${id})`.execute(db),
  },
})
