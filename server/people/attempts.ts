import { sql, type Kysely } from 'kysely'
import { Refusal } from '../../regulation/refusals.ts'
import type { DB } from '../schema.ts'

const window = Temporal.Duration.from({ minutes: 10 })

/**
 * Counts one attempt under each key (an account, an address) and refuses beyond its limit, so that neither a
 * password nor a code can be guessed. Counted before the secret is looked at, in a statement of its own.
 */
export async function countAttempt(db: Kysely<DB>, at: Temporal.Instant, limits: Readonly<Record<string, number>>): Promise<void> {
  for (const [key, limit] of Object.entries(limits)) {
    const { rows: [found] } = await sql<{ count: number; oldest: Temporal.Instant }>`
      with added as (insert into sign_in_attempts (key, at) values (${key}, ${at}))
      select count(*)::int as count, min(at) as oldest from sign_in_attempts where key = ${key} and at > ${at.subtract(window)}`.execute(db)
    if (found && found.count >= limit) {
      const seconds = Math.max(1, Math.ceil(found.oldest.add(window).since(at).total('seconds')))
      throw new Refusal('too_many_attempts', { details: { seconds } })
    }
  }
}

/** A right answer forgives the wrong ones before it. */
export async function forgive(db: Kysely<DB>, key: string): Promise<void> {
  await db.deleteFrom('sign_in_attempts').where('key', '=', key).execute()
}
