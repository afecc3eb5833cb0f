import { sql, type Transaction } from 'kysely'
import type { AppealId } from '../../regulation/vocabulary.ts'
import type { DB } from '../schema.ts'

/** The channel on which a committed change is told to every web process. */
export const liveChannel = 'appeals_changed'

/** What is told: which appeal, and whose queues it entered or left. No personal data travels here. */
export type Change = { readonly appeal: AppealId; readonly holders: readonly string[] }

/** Told when the transaction commits, and not at all if it does not. */
export async function announce(tx: Transaction<DB>, changes: readonly Change[]): Promise<void> {
  await sql`select pg_notify(${liveChannel}, ${JSON.stringify(changes)})`.execute(tx)
}
