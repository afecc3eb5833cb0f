import { sql, type Kysely } from 'kysely'
import { accountSecret } from './ledger/account-secret.ts'
import { postPayment } from './ledger/post-lines.ts'
import { fillTown } from './ledger/fill-town.ts'
import type { Services } from './operation.ts'
import { dateOf, now as clockNow, zone } from './platform/clock.ts'
import { countSettlement } from './settlement/count-settlement.ts'
import { beginRun } from './settlement/settle-month.ts'
import type { DB } from './schema.ts'

/** Months that the demonstration's accounts look back on. */
const months = 13

/**
 * A small town for the demonstration: a year of months settled as people would settle them, with most bills paid, some
 * late, some not at all. Does nothing where there are accounts already.
 */
export async function fillDemoTown(services: Pick<Services, 'db' | 'group'>, accounts: number): Promise<void> {
  const { db, group } = services
  if (accounts === 0 || (await db.selectFrom('buildings').select('id').limit(1).executeTakeFirst())) return
  const { person_id: head } = await db.selectFrom('role_assignments').select('person_id').where('unit_id', '=', group.cabinet.settlesIn).where('role', '=', 'unit_head').executeTakeFirstOrThrow()
  const first = dateOf(clockNow()).with({ day: 1 }).subtract({ months })
  await fillTown(db, { accounts, from: first, months, sentBy: head, flats: 12 })
  for (let n = 0; n < months; n++) {
    const period = first.add({ months: n })
    if (n > 0) await payBills(db, period, n)
    const now = at(period.add({ months: 1 }))
    const run = await db.transaction().execute((tx) => beginRun(tx, { period, by: head, now }))
    await countSettlement(services, { run })
    await sql`update settlement_exceptions set decision = 'reading', decided_by = ${head}, decided_at = ${now} where run_id = ${run}`.execute(db)
    await sql`update settlement_runs set posted_at = ${now}, posted_by = ${head} where id = ${run}`.execute(db)
  }
  await payBills(db, first.add({ months }), months)
}

/** Seven of eight pay the last bill, whole or nearly; one always pays late. */
async function payBills(db: Kysely<DB>, month: Temporal.PlainDate, n: number): Promise<void> {
  const today = dateOf(clockNow())
  const { rows } = await sql<{ id: number; number: string; closing: number }>`
    select a.id, a.number, b.closing from bills b join accounts a on a.id = b.account_id
    where b.period = ${month.subtract({ months: 1 })} and b.closing > 0 and (a.id + ${n}::int) % 8 <> 0 and a.id % 9 <> 0`.execute(db)
  await db.transaction().execute(async (tx) => {
    for (const { id, number, closing } of rows) {
      const paidOn = month.with({ day: 5 + ((id * 5) % 22) })
      if (Temporal.PlainDate.compare(today, paidOn) < 0) continue
      const now = at(paidOn)
      const amount = id % 7 === 0 ? Math.ceil(closing / 100_000) * 100_000 : closing
      const { id: payment } = await tx.insertInto('payments').values({
        source: 'demo', reference: `${number}-${month.toString()}`, account_given: number, account_id: null, amount, paid_on: paidOn, received_at: now, batch_id: null, period: null,
        settled_by: null, returned_at: null, returned_for: null,
      }).returning('id').executeTakeFirstOrThrow()
      const period = await postPayment(tx, { account: id, payment, amount: BigInt(amount), paidOn, now })
      await tx.updateTable('payments').set({ account_id: id, period }).where('id', '=', payment).execute()
    }
  })
}

const at = (day: Temporal.PlainDate): Temporal.Instant => day.toZonedDateTime({ timeZone: zone, plainTime: '10:00' }).toInstant()

/** An account to link, for whoever has just started it. */
export async function printDemoAccount({ db, config }: Pick<Services, 'db' | 'config'>): Promise<void> {
  const account = await db.selectFrom('accounts').select(['id', 'number', 'secret_version']).orderBy('number').limit(1).executeTakeFirst()
  if (account) console.log(`There they may link the account ${account.number} with the code ${accountSecret(config, account)}.\n`)
}
