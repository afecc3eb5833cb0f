import { sql, type Kysely } from 'kysely'
import { Refusal } from '../../regulation/refusals.ts'
import type { DB } from '../schema.ts'

const window = Temporal.Duration.from({ minutes: 10 })

/**
 * Counts one attempt under each key (an account, an address) and refuses beyond its limit within ten minutes, so that
 * neither a password nor a code can be guessed. Counted before the secret is looked at, and kept whatever follows.
 * A refused attempt is not counted: who waits the seconds that were told may try again. Not to be called inside a
 * transaction: it takes a connection of its own, and those that wait for one while they hold one would wait for ever.
 */
export async function countAttempt(db: Kysely<DB>, at: Temporal.Instant, limits: Readonly<Record<string, number>>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Always in the same order, so that two attempts never wait for each other.
    for (const [key, limit] of Object.entries(limits).sort(([a], [b]) => (a < b ? -1 : 1))) {
      // One at a time under a key: attempts made side by side cannot all find the last place free.
      await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx)
      const { rows: [earlier] } = await sql<{ count: number; oldest: Temporal.Instant | null }>`
        select count(*)::int as count, min(at) as oldest from sign_in_attempts where key = ${key} and at > ${at.subtract(window)}`.execute(tx)
      if (earlier?.oldest && earlier.count >= limit) {
        const seconds = Math.max(1, Math.ceil(earlier.oldest.add(window).since(at).total('seconds')))
        throw new Refusal('too_many_attempts', { details: { seconds } })
      }
      await tx.insertInto('sign_in_attempts').values({ key, at }).execute()
    }
  })
}

/** Attempts to give an account's password: ten, at the sign-in and inside it alike. */
export const accountKey = (email: string): string => `account:${email.trim().toLowerCase()}`
export const accountLimit = 10

/** A right answer forgives the wrong ones before it. */
export async function forgive(db: Kysely<DB>, key: string): Promise<void> {
  await db.deleteFrom('sign_in_attempts').where('key', '=', key).execute()
}
