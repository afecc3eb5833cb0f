import { createHash } from 'node:crypto'
import { sql, type RawBuilder, type Transaction } from 'kysely'
import { z } from 'zod'
import { refusals, Refusal, type RefusalCode } from '../../regulation/refusals.ts'
import { day, moment } from '../appeals/views.ts'
import { formatTenge } from '../../web/i18n/tariffs.ts'
import { settlesMonths } from '../ledger/find-account.ts'
import { postPayment } from '../ledger/post-lines.ts'
import { inTransaction, reading, staffOperation, type RequestContext } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { dateOf } from '../platform/clock.ts'
import { addJobs } from '../platform/jobs.ts'
import { readTable } from '../platform/tables.ts'
import type { DB } from '../schema.ts'
import { readRegistry } from './read-registry.ts'

const rowId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const tiyn = z.number().int()
const code = z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]])
const batchView = z.object({
  id: rowId, source: z.string(), file: z.string(), state: z.enum(['staged', 'booking', 'booked', 'cancelled']), lines: z.number().int(), total: tiyn, declared: tiyn.optional(), faults: z.number().int().describe('Lines that cannot be booked'),
  unknown: z.number().int().describe('Lines whose account is not known: they wait for it'), booked: z.number().int(), madeAt: moment, madeBy: z.string(),
})
export type PaymentBatch = z.output<typeof batchView>
const lineView = z.object({ n: z.number().int(), raw: z.string(), account: z.string().optional(), amount: tiyn.optional(), paidOn: day.optional(), reference: z.string().optional(), fault: code.optional(), known: z.boolean(), booked: z.boolean() })
export type BatchLine = z.output<typeof lineView>

/** The most lines of a file, and how many are booked together. */
export const batchLimit = 50_000
const part = 500

export function asSettling({ actor, group }: Pick<RequestContext, 'actor' | 'group'>): Staff {
  if (actor.kind === 'nobody') throw new Refusal('not_signed_in')
  if (!settlesMonths(actor, group)) throw new Refusal('not_permitted', { clause: '11.3.1' })
  return actor
}

/** A bank's file, staged: every line kept as it came, with what stands in its way. The same file is not taken twice. */
export async function stageBatch({ db, now }: Pick<RequestContext, 'db' | 'now'>, given: { readonly by: Staff; readonly bytes: Uint8Array; readonly name: string; readonly source: string; readonly total?: bigint | undefined }): Promise<number> {
  const rows = await readTable(given.bytes, { maxRows: batchLimit + 2, maxColumns: 20 })
  const { lines: read, declared } = readRegistry(rows, dateOf(now))
  // What stands in one file twice stands once.
  const seen = new Set<string>()
  const lines = read.map((line): typeof line => {
    if (line.fault || !line.reference) return line
    if (seen.has(line.reference)) return { ...line, fault: 'reference_booked' }
    seen.add(line.reference)
    return line
  })
  if (lines.length === 0) throw new Refusal('batch_empty')
  if (lines.length > batchLimit) throw new Refusal('table_too_long', { details: { max: batchLimit } })
  const sha256 = createHash('sha256').update(given.bytes).digest()
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${sha256.toString('hex')}, 0))`.execute(tx)
    const known = await tx.selectFrom('payment_batches').select('id').where('sha256', '=', sha256).where('cancelled_at', 'is', null).executeTakeFirst()
    if (known) throw new Refusal('batch_known', { details: { number: known.id } })
    const total = lines.reduce((sum, line) => sum + (line.fault ? 0n : line.amount!), 0n)
    const wanted = given.total ?? declared.total
    const { id } = await tx.insertInto('payment_batches').values({
      source: given.source, file_name: given.name, sha256, lines: lines.length, total: Number(total), declared_total: wanted === undefined ? null : Number(wanted), made_by: given.by.id, made_at: now, booked_at: null, booked_by: null, cancelled_at: null,
    }).returning('id').executeTakeFirstOrThrow()
    for (let from = 0; from < lines.length; from += 2_000) {
      const some = lines.slice(from, from + 2_000)
      await sql`
        insert into payment_batch_lines (batch_id, n, raw, account, amount, paid_on, reference, fault)
        select ${id}, * from unnest(${some.map((l) => l.n)}::int[], ${some.map((l) => l.raw)}::text[], ${some.map((l) => l.account ?? null)}::text[], ${some.map((l) => l.amount?.toString() ?? null)}::bigint[],
          ${some.map((l) => l.paidOn?.toString() ?? null)}::date[], ${some.map((l) => l.reference ?? null)}::text[], ${some.map((l) => l.fault ?? null)}::text[])`.execute(tx)
    }
    // So does what another file brought.
    await sql`
      update payment_batch_lines l set fault = 'reference_booked' where l.batch_id = ${id} and l.fault is null and exists (select 1 from payments p where p.source = ${given.source} and p.reference = l.reference)`.execute(tx)
    await sumUp(tx, id)
    return id
  })
}

/** Total and faults of a registry, from its lines. */
async function sumUp(tx: Transaction<DB>, batch: number): Promise<void> {
  await sql`update payment_batches set (total, faults) = (select coalesce(sum(amount) filter (where fault is null), 0), count(*) filter (where fault is not null) from payment_batch_lines where batch_id = ${batch}) where id = ${batch}`.execute(tx)
}

/** п. 11.3.1: files of banks, newest first. */
export const listBatches = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/payment-batches', summary: 'Registries of payments, newest first', tags: ['payments'] })
  .use(reading)
  .output(z.array(batchView))
  .handler(({ context }) => {
    asSettling(context)
    return batches(context.tx, sql`true order by b.id desc limit 100`)
  })

export const readBatch = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/payment-batches/{id}', summary: 'A registry of payments and its lines, those in the way first', tags: ['payments'] })
  .use(reading)
  .input(z.object({ id: rowId, only: z.enum(['all', 'faults', 'unknown']).default('all'), after: z.coerce.number().int().min(0).default(0) }))
  .output(z.object({ batch: batchView, lines: z.array(lineView), next: z.number().int().optional() }))
  .handler(async ({ context, input }) => {
    asSettling(context)
    const batch = await getBatch(context.tx, input.id)
    const { rows } = await sql<{ n: number; raw: string; account: string | null; amount: number | null; paid_on: Temporal.PlainDate | null; reference: string | null; fault: RefusalCode | null; known: boolean; booked: boolean }>`
      select l.*, a.id is not null as known, p.id is not null as booked from payment_batch_lines l left join accounts a on a.number = l.account
      left join payments p on p.source = ${batch.source} and p.reference = l.reference and p.batch_id = l.batch_id
      where l.batch_id = ${input.id} and l.n > ${input.after} ${input.only === 'faults' ? sql`and l.fault is not null` : input.only === 'unknown' ? sql`and l.fault is null and a.id is null` : sql``} order by l.n limit 200`.execute(context.tx)
    return {
      batch, ...(rows.length === 200 && { next: rows.at(-1)!.n }),
      lines: rows.map((row) => ({ n: row.n, raw: row.raw, known: row.known, booked: row.booked, ...(row.account && { account: row.account }), ...(row.amount !== null && { amount: row.amount }), ...(row.paid_on && { paidOn: row.paid_on.toString() }), ...(row.reference && { reference: row.reference }), ...(row.fault && { fault: row.fault }) })),
    }
  })

/** Every good line becomes a payment, once; a total that differs from the bank's is booked only knowingly. */
export const bookBatch = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/payment-batches/{id}/booking', summary: 'Book a registry', tags: ['payments'] })
  .use(inTransaction)
  .input(z.object({ id: rowId, acknowledgeDifference: z.boolean().default(false) }))
  .output(batchView)
  .handler(async ({ context, input }) => {
    const actor = asSettling(context)
    const { tx, now } = context
    const batch = await lockStaged(tx, input.id)
    if (batch.declared !== undefined && batch.declared !== batch.total && !input.acknowledgeDifference) {
      throw new Refusal('batch_total_differs', { details: { sum: formatTenge(batch.total), total: formatTenge(batch.declared) } })
    }
    await sql`update payment_batches set booked_at = ${now}, booked_by = ${actor.id} where id = ${input.id}`.execute(tx)
    await addJobs(tx, [{ name: 'book_batch', payload: { batch: input.id }, key: `batch:${input.id}` }])
    return getBatch(tx, input.id)
  })

export const cancelBatch = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/payment-batches/{id}/cancel', summary: 'Throw a staged registry away', tags: ['payments'] })
  .use(inTransaction)
  .input(z.object({ id: rowId }))
  .output(batchView)
  .handler(async ({ context, input }) => {
    asSettling(context)
    await lockStaged(context.tx, input.id)
    await sql`update payment_batches set cancelled_at = ${context.now} where id = ${input.id}`.execute(context.tx)
    return getBatch(context.tx, input.id)
  })

/**
 * The job `book_batch`: part by part, each in one transaction; what an earlier run booked is passed over. A line that
 * another registry, staged at the same time, has booked meanwhile becomes a fault of this one.
 */
export async function bookLines({ db, now }: Pick<RequestContext, 'db' | 'now'>, { batch }: { readonly batch: number }): Promise<void> {
  const { source } = await db.selectFrom('payment_batches').select('source').where('id', '=', batch).where('booked_at', 'is not', null).executeTakeFirst() ?? {}
  if (source === undefined) return
  for (let after = 0; ;) {
    const last = await db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ n: number; account: string; amount: number; paid_on: Temporal.PlainDate; reference: string }>`
        select n, account, amount, paid_on, reference from payment_batch_lines where batch_id = ${batch} and fault is null and n > ${after} order by n limit ${part}`.execute(tx)
      const elsewhere: number[] = []
      for (const { n, reference, account, amount, paid_on: paidOn } of rows) {
        const booked = await bookPayment(tx, { source, reference, account, amount: BigInt(amount), paidOn, batch, now })
        if (booked.batch_id !== batch) elsewhere.push(n)
      }
      if (elsewhere.length > 0) {
        await sql`update payment_batch_lines set fault = 'reference_booked' where batch_id = ${batch} and n = any(${elsewhere}::int[])`.execute(tx)
        await sumUp(tx, batch)
      }
      return rows.at(-1)?.n
    })
    if (last === undefined) return
    after = last
  }
}

type Booking = { readonly source: string; readonly reference: string; readonly account: string; readonly amount: bigint; readonly paidOn: Temporal.PlainDate; readonly batch?: number; readonly now: Temporal.Instant }
export type Booked = { readonly id: number; readonly amount: number; readonly account_id: number | null; readonly batch_id: number | null; readonly returned: boolean; readonly repeated: boolean }

/** One payment, once for its source and reference, spread over its account; without one it waits in the queue. */
export async function bookPayment(tx: Transaction<DB>, { source, reference, account: given, amount, paidOn, batch, now }: Booking): Promise<Booked> {
  const { rows: [made] } = await sql<{ id: number }>`
    insert into payments (source, reference, account_given, amount, paid_on, received_at, batch_id) values (${source}, ${reference}, ${given}, ${amount.toString()}::bigint, ${paidOn}, ${now}, ${batch ?? null})
    on conflict (source, reference) do nothing returning id`.execute(tx)
  if (!made) {
    const { rows: [known] } = await sql<{ id: number; amount: number; account_id: number | null; batch_id: number | null; returned_at: unknown }>`select id, amount, account_id, batch_id, returned_at from payments where source = ${source} and reference = ${reference}`.execute(tx)
    return { id: known!.id, amount: known!.amount, account_id: known!.account_id, batch_id: known!.batch_id, returned: known!.returned_at !== null, repeated: true }
  }
  const account = await tx.selectFrom('accounts').select('id').where('number', '=', given).executeTakeFirst()
  if (account) await settleTo(tx, { payment: made.id, account: account.id, amount, paidOn, now })
  return { id: made.id, amount: Number(amount), account_id: account?.id ?? null, batch_id: batch ?? null, returned: false, repeated: false }
}

export async function settleTo(tx: Transaction<DB>, { payment, account, amount, paidOn, now, by }: { readonly payment: number; readonly account: number; readonly amount: bigint; readonly paidOn: Temporal.PlainDate; readonly now: Temporal.Instant; readonly by?: string }): Promise<Temporal.PlainDate> {
  const period = await postPayment(tx, { account, payment, amount, paidOn, now })
  await sql`update payments set account_id = ${account}, period = ${period}, settled_by = ${by ?? null} where id = ${payment}`.execute(tx)
  return period
}

async function lockStaged(tx: Transaction<DB>, id: number): Promise<PaymentBatch> {
  await sql`select 1 from payment_batches where id = ${id} for update`.execute(tx)
  const batch = await getBatch(tx, id)
  if (batch.state !== 'staged') throw new Refusal('batch_settled')
  return batch
}

export async function getBatch(tx: Transaction<DB>, id: number): Promise<PaymentBatch> {
  const [batch] = await batches(tx, sql`b.id = ${id}`)
  if (!batch) throw new Refusal('not_found')
  return batch
}

async function batches(tx: Transaction<DB>, where: RawBuilder<unknown>): Promise<PaymentBatch[]> {
  const { rows } = await sql<{ id: number; source: string; file_name: string; lines: number; total: number; declared_total: number | null; made_at: Temporal.Instant; made_by: string; booked_at: unknown; cancelled_at: unknown; faults: number; unknown: number; booked: number }>`
    select b.*, p.name as made_by, (select count(*)::int from payments where batch_id = b.id) as booked,
      case when b.booked_at is null and b.cancelled_at is null
        then (select count(*)::int from payment_batch_lines l where l.batch_id = b.id and l.fault is null and not exists (select 1 from accounts a where a.number = l.account))
        else (select count(*)::int from payments where batch_id = b.id and account_id is null) end as unknown
    from payment_batches b join people p on p.id = b.made_by where ${where}`.execute(tx)
  return rows.map((row) => ({
    id: row.id, source: row.source, file: row.file_name, lines: row.lines, total: row.total, faults: row.faults, unknown: row.unknown, booked: row.booked, madeAt: row.made_at.toString(), madeBy: row.made_by,
    state: row.cancelled_at ? 'cancelled' as const : !row.booked_at ? 'staged' as const : row.booked < row.lines - row.faults ? 'booking' as const : 'booked' as const, ...(row.declared_total !== null && { declared: row.declared_total }),
  }))
}
