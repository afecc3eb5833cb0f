import { sql, type Kysely } from 'kysely'
import { now } from './clock.ts'
import { addJobs } from './jobs.ts'

/** The steps of one attempt to send a message. Each is one committed statement, and none is taken by two. */
export type Claimed = {
  readonly id: number
  /** The number of this attempt; only the latest one may begin the body. */
  readonly attempts: number
  readonly recipient: string
  readonly language: string
  readonly subject: string
  readonly body: string
  readonly message_id: string
  readonly files: readonly { readonly id: string; readonly name: string; readonly media_type: string }[]
}

/**
 * Takes the message for a new attempt. One left `sending` is taken too: the queue runs a job again only when its
 * runner is dead, and if it is not after all, its older attempt may no longer begin the body.
 */
export async function claim(db: Kysely<any>, id: number): Promise<Claimed | undefined> {
  const { rows } = await sql<Claimed>`
    update messages set status = 'sending', attempts = attempts + 1
    where id = ${id} and status in ('waiting', 'sending')
    returning id, attempts, recipient, language, subject, body, message_id, (
      select coalesce(json_agg(json_build_object('id', files.id, 'name', files.name, 'media_type', files.media_type)
        order by array_position(messages.attachments, files.id)), '[]')
      from files where files.id = any(messages.attachments)) as files`.execute(db)
  return rows[0]
}

/** The body of an earlier attempt had begun when its runner died: nobody here can know what became of it. */
export async function abandon(db: Kysely<any>, id: number): Promise<void> {
  const { rows } = await sql<{ id: number; attempts: number }>`
    select id, attempts from messages where id = ${id} and status = 'transmitting'`.execute(db)
  if (rows[0]) await settle(db, rows[0], 'unsure', 'the sending process ended before the mail server answered')
}

/** Commits that the body begins. False: a newer attempt has taken the message. */
export async function beginBody(db: Kysely<any>, { id, attempts }: Claimed): Promise<boolean> {
  const { rows } = await sql`
    update messages set status = 'transmitting' where id = ${id} and status = 'sending' and attempts = ${attempts} returning id`.execute(db)
  return rows.length > 0
}

/** An attempt's result holds unless a newer attempt has begun; an answer that comes late still corrects `unsure`. */
export async function settle(db: Kysely<any>, { id, attempts }: { id: number; attempts: number }, status: 'sent' | 'failed' | 'unsure', outcome: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number }>`
      update messages set status = ${status}, outcome = ${outcome}, settled_at = ${now()}
      where id = ${id} and attempts = ${attempts} and status in ('sending', 'transmitting', 'unsure') returning id`.execute(tx)
    await addJobs(tx, rows.map((row) => ({ name: 'message_settled', payload: { id: row.id } })))
  })
}

/** It was not taken: it waits for the next attempt. */
export async function putBack(db: Kysely<any>, { id, attempts }: Claimed, outcome: string): Promise<void> {
  await sql`
    update messages set status = 'waiting', outcome = ${outcome}
    where id = ${id} and attempts = ${attempts} and settled_at is null`.execute(db)
}
