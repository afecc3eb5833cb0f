import { createHash } from 'node:crypto'
import { sql, type Kysely, type QueryExecutorProvider } from 'kysely'
import type { Files } from './files.ts'
import { addJobs } from './jobs.ts'
import type { Log } from './log.ts'
import { deliver, type Delivery, type Letter } from './mail.ts'
import { abandon, beginBody, claim, putBack, settle, type Claimed } from './outbox-attempts.ts'
import type { MessageStatus, PlatformTables } from './schema.ts'

/**
 * Every message that leaves. Written in the transaction that causes it, sent after, once: what the mail server may
 * have taken is never sent again by itself. When a message settles, the job `message_settled {id}` tells.
 */
export type NewMessage = {
  /** The same cause never writes a second message. */
  readonly cause: string
  readonly appealId?: number | undefined
  readonly template: string
  readonly recipient: string
  readonly language: 'ru' | 'kk'
  readonly subject: string
  readonly text: string
  /** Ids of stored files that go with it. */
  readonly attachments?: readonly string[]
  readonly now: Temporal.Instant
  readonly config: { readonly publicUrl: string }
}

export const putMessage = (tx: QueryExecutorProvider, message: NewMessage): Promise<void> => putMessages(tx, [message])

/** Writes all of them in one statement, and the jobs that will send them in another. */
export async function putMessages(tx: QueryExecutorProvider, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return
  const given = JSON.stringify(messages.map(({ appealId, text, now: at, config, attachments = [], ...message }) => ({
    ...message, attachments, appeal_id: appealId, body: text, created_at: at.toString(), message_id: messageIdOf(message.cause, config.publicUrl),
  })))
  const { rows } = await sql<{ id: number }>`
    insert into messages (cause, appeal_id, template, recipient, language, subject, body, attachments, message_id, status, created_at)
    select cause, appeal_id, template, recipient, language, subject, body,
      array(select jsonb_array_elements_text(attachments)::uuid), message_id, 'waiting', created_at
    from jsonb_to_recordset(${given}::jsonb) as given (cause text, appeal_id bigint, template text, recipient text, language text,
      subject text, body text, attachments jsonb, message_id text, created_at timestamptz)
    on conflict (cause) do nothing returning id`.execute(tx)
  await addJobs(tx, rows.map(sendJob))
}

/** What sending needs; the process's `Services` has it all. */
export type OutboxServices = {
  readonly db: Kysely<any>
  readonly config: { readonly smtpUrl?: string | undefined; readonly mailFrom: string }
  readonly files: Pick<Files, 'open'>
  readonly log: Log
}

/**
 * The job `send_message`. No transaction is held while the mail server is talked to. Throws `TryLater` when the
 * server would not take the message now, so that the queue runs the job again, later each time; after two and a
 * half days of that the message has failed. Without SMTP_URL it is kept: sent, with the outcome `kept`.
 */
export async function sendMessage(services: OutboxServices, id: number): Promise<void> {
  const { db, config, log } = services
  const message = await claim(db, id)
  if (!message) return abandon(db, id)
  if (!config.smtpUrl) return settle(db, message, 'sent', 'kept')

  const delivery = await deliver(config.smtpUrl, letterOf(message, services), () => beginBody(db, message))
  log.info({ message: id, attempt: message.attempts, delivery: delivery.kind }, 'a message was given to the mail server')
  if (delivery.kind !== 'later') return settle(db, message, statusAfter[delivery.kind], delivery.said)
  if (message.attempts % attemptsBeforeGivingUp === 0) return settle(db, message, 'failed', delivery.said)
  await putBack(db, message, delivery.said)
  throw new TryLater(id)
}

export class TryLater extends Error {
  constructor(id: number) {
    super(`message ${id} was not taken now and will be tried again`)
  }
}

/** A person decides that a failed or unsure message goes once more. False: it is neither. */
export async function resendMessage(tx: QueryExecutorProvider, id: number): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    update messages set status = 'waiting', settled_at = null where id = ${id} and status in ('failed', 'unsure') returning id`.execute(tx)
  await addJobs(tx, rows.map(sendJob))
  return rows.length > 0
}

/** Gives a job to every unsettled message that has lost its own, as after a restore from a backup without the queue. */
export async function recoverMessages({ db }: Pick<OutboxServices, 'db'>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number }>`
      select id from messages
      where settled_at is null and not exists (
        select 1 from graphile_worker.jobs
        where key = 'message:' || messages.id and (attempts < max_attempts or locked_at is not null))
      order by id limit 1000 for update skip locked`.execute(tx)
    await addJobs(tx, rows.map(sendJob))
  })
}

export type Message = Pick<PlatformTables['messages'],
  'template' | 'recipient' | 'language' | 'subject' | 'body' | 'attachments' | 'status' | 'attempts' | 'outcome' | 'created_at' | 'settled_at'> & {
  readonly id: number
  readonly appeal_id: number | null
}

/** Newest first; `before` is the last id of the page before. `statuses` narrows, for example to what needs a person. */
export async function listMessages(
  db: QueryExecutorProvider,
  { limit, before, statuses }: { limit: number; before?: number | undefined; statuses?: readonly MessageStatus[] | undefined },
): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select id, appeal_id, template, recipient, language, subject, body, attachments, status, attempts, outcome, created_at, settled_at
    from messages
    where (${before ?? null}::bigint is null or id < ${before ?? null}) and (${statuses ?? null}::text[] is null or status = any(${statuses ?? null}))
    order by id desc limit ${limit}`.execute(db)
  return rows
}

/** Tries come 3 s, 7 s, 20 s … and then 6 hours apart. */
const attemptsBeforeGivingUp = 20
const statusAfter = { delivered: 'sent', refused: 'failed', unsure: 'unsure' } as const satisfies Record<Exclude<Delivery['kind'], 'later'>, MessageStatus>

/** Each message has one job, which outlives every attempt: the message gives up before the queue does. */
const sendJob = ({ id }: { id: number }) => ({ name: 'send_message', payload: { id }, key: `message:${id}`, maxAttempts: 1_000 })

const messageIdOf = (cause: string, publicUrl: string): string =>
  `<${createHash('sha256').update(cause).digest('hex').slice(0, 32)}@${new URL(publicUrl).hostname}>`

function letterOf(message: Claimed, { config, files }: OutboxServices): Letter {
  return {
    from: config.mailFrom, to: message.recipient, subject: message.subject, text: message.body, language: message.language,
    messageId: message.message_id,
    attachments: message.files.map((file) => ({
      name: file.name, mediaType: file.media_type, open: async () => (await files.open(file.id)).stream,
    })),
  }
}
