import { sql, type Transaction } from 'kysely'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { added, refused, unchanged, type Brought } from './bring.ts'
import { postPayments } from './post-lines.ts'

export type GivenPayment = { readonly account: string; readonly day: string; readonly amount: string; readonly source: string; readonly reference: string }

/** Payments that another system took in, once for their source and reference, spread as every payment is. */
export async function bringPayments(tx: Transaction<DB>, given: readonly GivenPayment[], { now, write }: { readonly now: Temporal.Instant; readonly write: boolean }): Promise<Brought[]> {
  const today = dateOf(now).toString()
  const accounts = new Map((await sql<{ number: string; id: number }>`select number, id from accounts where number = any(${given.map(({ account }) => account)}::text[])`.execute(tx)).rows.map((row) => [row.number, row.id]))
  const { rows } = await sql<{ source: string; reference: string; account_given: string; amount: number; paid_on: Temporal.PlainDate }>`
    select p.source, p.reference, coalesce(a.number, p.account_given) as account_given, p.amount, p.paid_on from jsonb_to_recordset(${JSON.stringify(given.map(({ source, reference }) => ({ source, reference })))}::jsonb) as g (source text, reference text)
    join payments p on p.source = g.source and p.reference = g.reference left join accounts a on a.id = p.account_id`.execute(tx)
  const known = new Map(rows.map((row) => [`${row.source}\u0000${row.reference}`, row]))
  const fresh: GivenPayment[] = []
  const answers = given.map((one): Brought => {
    const was = known.get(`${one.source}\u0000${one.reference}`)
    if (was) return was.account_given === one.account && BigInt(was.amount) === BigInt(one.amount) && was.paid_on.toString() === one.day ? unchanged : refused('reference', 'reference_booked')
    if (!accounts.has(one.account)) return refused('account', 'account_unknown')
    if (one.day > today) return refused('day', 'date_in_future')
    if (BigInt(one.amount) <= 0n) return refused('amount', 'amount_invalid')
    fresh.push(one)
    return added
  })
  if (!write || fresh.length === 0) return answers
  const { rows: made } = await sql<{ id: number; source: string; reference: string }>`
    insert into payments (source, reference, account_given, amount, paid_on, received_at)
    select source, reference, account, amount, day, ${now} from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as g (source text, reference text, account text, amount bigint, day date) returning id, source, reference`.execute(tx)
  const ids = new Map(made.map((row) => [`${row.source}\u0000${row.reference}`, row.id]))
  const booked = fresh.map((one) => ({ payment: ids.get(`${one.source}\u0000${one.reference}`)!, account: accounts.get(one.account)!, amount: BigInt(one.amount), paidOn: Temporal.PlainDate.from(one.day) }))
  const period = await postPayments(tx, booked, now)
  await sql`update payments p set account_id = g.account, period = ${period} from unnest(${booked.map(({ payment }) => payment)}::bigint[], ${booked.map(({ account }) => account)}::bigint[]) g(id, account) where p.id = g.id`.execute(tx)
  return answers
}
