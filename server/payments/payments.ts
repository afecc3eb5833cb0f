import { sql, type RawBuilder, type Transaction } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { day, moment } from '../appeals/views.ts'
import { findByNumber } from '../ledger/find-account.ts'
import { readDay } from '../input-faults.ts'
import { inTransaction, reading, staffOperation } from '../operation.ts'
import type { DB } from '../schema.ts'
import { asSettling, settleTo } from './batches.ts'

const rowId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const tiyn = z.number().int()
const paymentView = z.object({
  id: rowId, source: z.string(), reference: z.string(), given: z.string().describe('The account as the payer gave it'), account: z.string().optional(), holder: z.string().optional(), amount: tiyn, paidOn: day, receivedAt: moment, period: z.string().optional().describe('The month whose bill shows it'),
  state: z.enum(['booked', 'unresolved', 'returned']), reason: z.string().optional(), batch: rowId.optional(),
})
export type Payment = z.output<typeof paymentView>

export const paymentFilter = {
  state: z.enum(['booked', 'unresolved', 'returned']).optional(), source: z.string().max(60).optional(), from: day.optional(), to: day.optional(), account: z.string().trim().max(30, 'field_too_long').optional(),
}
export type PaymentFilter = { readonly [K in keyof typeof paymentFilter]?: string | undefined }

/** п. 11.3.1: what was paid, newest first, with its sum by source and day for the reconciliation. */
export const listPayments = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/payments', summary: 'Payments, newest first; and their sums by source', tags: ['payments'] })
  .use(reading)
  .input(z.object({ ...paymentFilter, before: rowId.optional() }))
  .output(z.object({ payments: z.array(paymentView), next: rowId.optional(), sums: z.array(z.object({ source: z.string(), count: z.number().int(), total: tiyn })), unresolved: z.number().int() }))
  .handler(async ({ context, input: { before, ...filter } }) => {
    asSettling(context)
    const { tx } = context
    const where = whereOf(filter)
    const payments = await findPayments(tx, sql`${where} ${newestFirst(100, before)}`)
    // Sums only of what is bounded by days: a year of payments is not added up for a screen.
    const { rows: sums } = filter.from || filter.to ? await sql<{ source: string; count: number; total: number }>`
      select y.source, count(*)::int as count, sum(y.amount)::bigint as total from payments y left join accounts a on a.id = y.account_id where ${where} group by y.source order by y.source`.execute(tx) : { rows: [] }
    const { rows: [open] } = await sql<{ count: number }>`select count(*)::int as count from payments where account_id is null and returned_at is null`.execute(tx)
    return { payments, ...(payments.length === 100 && { next: payments.at(-1)!.id }), sums, unresolved: open!.count }
  })

/** The account is found: the payment is booked on it as if it had come with it. */
export const resolvePayment = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/payments/{id}/account', summary: 'Settle a payment whose account was not known', tags: ['payments'] })
  .use(inTransaction)
  .input(z.object({ id: rowId, account: z.string().trim().min(1, 'field_missing').max(30, 'field_too_long') }))
  .output(paymentView)
  .handler(async ({ context, input }) => {
    const actor = asSettling(context)
    const { tx, now } = context
    const waiting = await lockUnresolved(tx, input.id)
    const account = await findByNumber(tx, input.account)
    if (!account) throw refuseField('account', 'account_unknown')
    await settleTo(tx, { payment: input.id, account: account.id, amount: BigInt(waiting.amount), paidOn: waiting.paid_on, now, by: actor.id })
    return getPayment(tx, input.id)
  })

/** Sent back to whoever paid; it stays in the list with why. */
export const returnPayment = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/payments/{id}/return', summary: 'Note that a payment was returned', tags: ['payments'] })
  .use(inTransaction)
  .input(z.object({ id: rowId, reason: z.string().trim().min(1, 'field_missing').max(500, 'field_too_long') }))
  .output(paymentView)
  .handler(async ({ context, input }) => {
    const actor = asSettling(context)
    await lockUnresolved(context.tx, input.id)
    await sql`update payments set returned_at = ${context.now}, returned_for = ${input.reason}, settled_by = ${actor.id} where id = ${input.id}`.execute(context.tx)
    return getPayment(context.tx, input.id)
  })

async function lockUnresolved(tx: Transaction<DB>, id: number): Promise<{ amount: number; paid_on: Temporal.PlainDate }> {
  const { rows: [row] } = await sql<{ amount: number; paid_on: Temporal.PlainDate; account_id: number | null; returned_at: unknown }>`select amount, paid_on, account_id, returned_at from payments where id = ${id} for update`.execute(tx)
  if (!row) throw new Refusal('not_found')
  if (row.account_id !== null || row.returned_at) throw new Refusal('payment_settled')
  return row
}

async function getPayment(tx: Transaction<DB>, id: number): Promise<Payment> {
  const [found] = await findPayments(tx, sql`y.id = ${id}`)
  return found!
}

export function whereOf({ state, source, from, to, account }: PaymentFilter): RawBuilder<unknown> {
  return sql`true
    ${state === 'unresolved' ? sql`and y.account_id is null and y.returned_at is null` : state === 'returned' ? sql`and y.returned_at is not null` : state === 'booked' ? sql`and y.account_id is not null` : sql``}
    ${source ? sql`and y.source = ${source}` : sql``} ${from ? sql`and y.paid_on >= ${readDay(from, 'from')}` : sql``} ${to ? sql`and y.paid_on <= ${readDay(to, 'to')}` : sql``}
    ${account ? sql`and y.account_id = (select id from accounts where number = ${account})` : sql``}`
}

/** By the day they were paid, those of a day by the order they came in; `before`: the last one of the page before. */
export const newestFirst = (limit: number, before?: number): RawBuilder<unknown> =>
  sql`${before ? sql`and (y.paid_on, y.id) < (select paid_on, id from payments where id = ${before})` : sql``} order by y.paid_on desc, y.id desc limit ${limit}`

export async function findPayments(tx: Transaction<DB>, where: RawBuilder<unknown>): Promise<Payment[]> {
  const { rows } = await sql<{ id: number; source: string; reference: string; account_given: string; number: string | null; holder_name: string | null; amount: number; paid_on: Temporal.PlainDate; received_at: Temporal.Instant; period: Temporal.PlainDate | null; returned_at: unknown; returned_for: string | null; batch_id: number | null }>`
    select y.*, a.number, a.holder_name from payments y left join accounts a on a.id = y.account_id where ${where}`.execute(tx)
  return rows.map((row) => ({
    id: row.id, source: row.source, reference: row.reference, given: row.account_given, amount: row.amount, paidOn: row.paid_on.toString(), receivedAt: row.received_at.toString(), state: row.number ? 'booked' as const : row.returned_at ? 'returned' as const : 'unresolved' as const,
    ...(row.number && { account: row.number, holder: row.holder_name! }), ...(row.period && { period: row.period.toPlainYearMonth().toString() }), ...(row.returned_for && { reason: row.returned_for }), ...(row.batch_id && { batch: row.batch_id }),
  }))
}
