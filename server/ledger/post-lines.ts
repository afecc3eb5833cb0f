import { sql, type Transaction } from 'kysely'
import { addLines, spread, type Line } from '../../regulation/ledger.ts'
import type { Service } from '../../regulation/tariffs.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { balanceOf, balancesOf, lastCharges } from './balances.ts'

/**
 * The only door by which people and banks add lines. A month that is being counted takes no more: what comes
 * meanwhile stands in the next, so a counted bill is still right when it is posted.
 */
export async function postLines(tx: Transaction<DB>, { account, period, entry, lines, on }: {
  readonly account: number; readonly period: Temporal.PlainDate; readonly entry: number; readonly lines: readonly Line[]; readonly on?: Temporal.PlainDate | undefined
}): Promise<void> {
  if (lines.length === 0) return
  await tx.insertInto('ledger_lines').values(lines.map((line) => ({
    account_id: account, period, kind: line.kind, service: line.service, entry, amount: Number(line.amount), on_day: on ?? null,
    net: null, vat: null, quantity: null, night: null, method: null, plan: null, residents: null, meter_id: null, since_reading: null, reading_id: null, run_id: null,
  }))).execute()
}

/** A payment booked on its account, spread over what is owed (п. 11.3.1). Returns the month whose bill will show it. */
export async function postPayment(tx: Transaction<DB>, { account, payment, amount, paidOn, now }: {
  readonly account: number; readonly payment: number; readonly amount: bigint; readonly paidOn: Temporal.PlainDate; readonly now: Temporal.Instant
}): Promise<Temporal.PlainDate> {
  const period = await openPeriod(tx, now)
  // Two payments of one account at once: the second is spread over what the first left.
  await sql`select 1 from accounts where id = ${account} for update`.execute(tx)
  const { balances } = await balanceOf(tx, account)
  const lines = spread(amount, balances, await lastCharges(tx, account))
  await postLines(tx, { account, period, entry: payment, lines, on: paidOn })
  return period
}

/** Many payments, each as `postPayment` would book it, in a handful of statements; of one account in the order given. Returns the month whose bills will show them. */
export async function postPayments(tx: Transaction<DB>, payments: readonly { readonly account: number; readonly payment: number; readonly amount: bigint; readonly paidOn: Temporal.PlainDate }[], now: Temporal.Instant): Promise<Temporal.PlainDate> {
  const period = await openPeriod(tx, now)
  const ids = [...new Set(payments.map(({ account }) => account))]
  await sql`select 1 from accounts where id = any(${ids}::bigint[]) order by id for update`.execute(tx)
  const standing = await balancesOf(tx, ids)
  const rows = payments.flatMap(({ account, payment, amount, paidOn }) => {
    const { balances, charged } = standing.get(account)!
    const lines = spread(amount, balances, charged)
    standing.set(account, { balances: addLines(balances, lines), charged })
    return lines.map((line) => ({ account, entry: payment, kind: line.kind, service: line.service, amount: String(line.amount), on_day: paidOn.toString() }))
  })
  await addRows(tx, period, rows)
  return period
}

type NewRow = { readonly account: number; readonly entry: number; readonly kind: Line['kind']; readonly service: Service; readonly amount: string; readonly on_day: string | null }
/** Lines of many accounts that people or other systems bring. */
export async function addRows(tx: Transaction<DB>, period: Temporal.PlainDate, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into ledger_lines (account_id, period, kind, service, entry, amount, on_day)
    select account, ${period}::date, kind, service, entry, amount, on_day from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l (account bigint, kind line_kind, service service, entry bigint, amount bigint, on_day date)`.execute(tx)
}

/** A correction of an account, with its reason; above nothing: charged, below: given back. */
export async function postCorrection(tx: Transaction<DB>, given: {
  readonly account: number; readonly service: Service; readonly amount: bigint; readonly reason: string; readonly corrects?: Temporal.PlainDate | undefined; readonly by: string; readonly now: Temporal.Instant
}): Promise<{ id: number; period: Temporal.PlainDate }> {
  const period = await openPeriod(tx, given.now)
  const { id } = await tx.insertInto('corrections').values({
    account_id: given.account, service: given.service, corrects: given.corrects ?? null, amount: Number(given.amount), reason: given.reason, made_by: given.by, made_at: given.now,
  }).returning('id').executeTakeFirstOrThrow()
  await postLines(tx, { account: given.account, period, entry: id, lines: [{ service: given.service, kind: 'recalculation', amount: given.amount }], on: dateOf(given.now) })
  return { id, period }
}

/**
 * The month that lines of today go into: the one after the last that was counted or posted; before the first
 * settlement, today's. Held shared until the transaction ends: a settlement that begins waits for it (`closePeriod`).
 */
export async function openPeriod(tx: Transaction<DB>, now: Temporal.Instant): Promise<Temporal.PlainDate> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended('ledger period', 0))`.execute(tx)
  const { rows: [last] } = await sql<{ period: Temporal.PlainDate | null }>`select max(period) as period from settlement_runs where cancelled_at is null`.execute(tx)
  return last?.period ? last.period.add({ months: 1 }) : dateOf(now).with({ day: 1 })
}

/** No line goes into the month any more once the caller's run is there: whoever is adding one is waited for. */
export async function closePeriod(tx: Transaction<DB>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('ledger period', 0))`.execute(tx)
}

/** The last day of the last month that was posted. */
export async function closedThrough(tx: Transaction<DB>): Promise<Temporal.PlainDate | undefined> {
  const { rows: [last] } = await sql<{ period: Temporal.PlainDate | null }>`select max(period) as period from settlement_runs where posted_at is not null`.execute(tx)
  return last?.period?.add({ months: 1 }).subtract({ days: 1 })
}
