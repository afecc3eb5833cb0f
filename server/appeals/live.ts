import { sql, type Transaction } from 'kysely'
import type { AppealId } from '../../regulation/vocabulary.ts'
import type { DB } from '../schema.ts'

/** The channel on which a committed change is told to every web process. */
export const liveChannel = 'appeals_changed'

/** What is told: which appeals changed, and who may read them. No personal data travels here. */
export type Change = { readonly appeals: readonly AppealId[]; readonly holders: readonly string[] }

/** Told when the transaction commits, and not at all if it does not. */
export async function announce(tx: Transaction<DB>, change: Change): Promise<void> {
  await sql`select pg_notify(${liveChannel}, ${JSON.stringify(change)})`.execute(tx)
}
