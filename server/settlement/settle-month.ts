import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { decisions, exceptionKinds, monthOf } from '../../regulation/settlement.ts'
import { services, writeQuantity } from '../../regulation/tariffs.ts'
import { moment } from '../appeals/views.ts'
import { partsOf, recountParts, type Chunk } from '../ledger/draft.ts'
import { postsMonths, settlesMonths } from '../ledger/find-account.ts'
import { closePeriod } from '../ledger/post-lines.ts'
import { inTransaction, reading, staffOperation, type RequestContext } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { dateOf } from '../platform/clock.ts'
import { addJobs } from '../platform/jobs.ts'
import type { DB } from '../schema.ts'
import { conclude, recountChunk, type RunTotals } from './count-settlement.ts'

const runId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const tiyn = z.number().int()
const month = z.string().regex(/^\d{4}-\d{2}$/, 'field_invalid').describe('YYYY-MM')
const serviceTotals = z.object({
  service: z.enum(services), accounts: z.number().int(), quantity: z.string(), charged: tiyn, common: tiyn, penalty: tiyn, vat: tiyn,
  reading: z.number().int().describe('Accounts charged by reading'), average: z.number().int(), norm: z.number().int(),
})
const runView = z.object({
  id: runId, period: month, state: z.enum(['counting', 'counted', 'posted', 'cancelled']), startedAt: moment, startedBy: z.string(), accounts: z.number().int(), done: z.number().int(),
  exceptions: z.number().int().describe('Not yet decided'), postedAt: moment.optional(), postedBy: z.string().optional(),
  totals: z.object({ bills: z.object({ count: z.number().int(), opening: tiyn, charged: tiyn, recalculated: tiyn, penalty: tiyn, paid: tiyn, closing: tiyn }), services: z.array(serviceTotals) }).optional(),
})
export type SettlementRun = z.input<typeof runView>
const exceptionView = z.object({
  account: z.number().int(), number: z.string(), holder: z.string(), address: z.string(), service: z.enum(services), kind: z.enum(exceptionKinds), details: z.record(z.string(), z.string()),
  decision: z.enum(decisions).optional(), decidedBy: z.string().optional(),
})
export type SettlementExceptionView = z.input<typeof exceptionView>

/** So many accounts are counted and written together. */
const chunkAccounts = 500
/** So many parts are counted again while the clerk waits, about a second's work; more are left to the job. */
const partsAtOnce = 4

/** п. 11.3.1: months that were settled or are being, newest first; and which one is next. */
export const listRuns = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/settlement-runs', summary: 'Settlement runs, newest first, and the month that is next', tags: ['settlement'] })
  .use(reading)
  .output(z.object({ runs: z.array(runView), next: month, mayStart: z.boolean(), outside: z.boolean() }))
  .handler(async ({ context }) => {
    allow(context)
    const next = await nextMonth(context.tx, dateOf(context.now))
    const runs = await readRuns(context.tx, sql`true order by r.id desc limit 60`)
    return {
      runs, next: next.toPlainYearMonth().toString(), outside: context.group.cabinet.master === 'outside',
      mayStart: mayBegin(context.group, next, context.now) && !runs.some(({ state }) => state === 'counting' || state === 'counted'),
    }
  })

export const readRun = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/settlement-runs/{id}', summary: 'A settlement run: how far it is, what it comes to', tags: ['settlement'] })
  .use(reading)
  .input(z.object({ id: runId }))
  .output(runView)
  .handler(({ context, input }) => {
    allow(context)
    return getRun(context.tx, input.id)
  })

/** Begins to count the next month; nobody sees what it writes until it is posted. Who is adding lines is waited for. */
export const startRun = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/settlement-runs', successStatus: 201, summary: 'Begin to settle a month', tags: ['settlement'] })
  .use(inTransaction)
  .input(z.object({ period: month }))
  .output(z.object({ id: runId }))
  .handler(async ({ context, input }) => {
    const actor = allow(context)
    const { tx, now, group } = context
    if (group.cabinet.master === 'outside') throw new Refusal('outside_master')
    const period = readMonth(input.period)
    if (!mayBegin(group, period, now)) throw refuseField('period', 'month_not_ended')
    return { id: await beginRun(tx, { period, by: actor.id, now }) }
  })

/** A run and its parts; the job counts them. */
export async function beginRun(tx: Transaction<DB>, { period, by, now }: { readonly period: Temporal.PlainDate; readonly by: string; readonly now: Temporal.Instant }): Promise<number> {
  await closePeriod(tx)
  const { rows: [open] } = await sql<{ id: number }>`select id from settlement_runs where cancelled_at is null and (posted_at is null or period = ${period}) limit 1`.execute(tx)
  if (open) throw new Refusal('run_exists')
  const { rows: [last] } = await sql<{ period: Temporal.PlainDate | null }>`select max(period) as period from settlement_runs where posted_at is not null`.execute(tx)
  const next = last?.period?.add({ months: 1 })
  if (next && !next.equals(period)) throw refuseField('period', 'run_not_next', { next: next.toPlainYearMonth().toString() })
  const { id } = await tx.insertInto('settlement_runs').values({
    period, started_by: by, started_at: now, accounts: 0, counted_at: null, totals: null, posted_at: null, posted_by: null, cancelled_at: null,
  }).returning('id').executeTakeFirstOrThrow()
  await sql`
    with houses as (
      select p.building_id, count(*)::int as accounts from premises p join accounts a on a.premises_id = p.id
      where a.opened_on <= ${lastDay(period)} and (a.closed_on is null or a.closed_on >= ${period}) group by p.building_id
    ), parts as (select *, (sum(accounts) over (order by building_id) - accounts) / ${chunkAccounts}::int as part from houses)
    insert into settlement_chunks (run_id, n, from_building, to_building, accounts)
    select ${id}, row_number() over (order by part), min(building_id), max(building_id), sum(accounts) from parts group by part`.execute(tx)
  await sql`update settlement_runs set accounts = (select coalesce(sum(accounts), 0) from settlement_chunks where run_id = ${id}) where id = ${id}`.execute(tx)
  await addJobs(tx, [{ name: 'count_settlement', payload: { run: id }, key: `settlement:${id}` }])
  return id
}

/** What the run could not decide alone, the undecided first. */
export const listExceptions = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/settlement-runs/{id}/exceptions', summary: 'What a run needs a person to decide', tags: ['settlement'] })
  .use(reading)
  .input(z.object({ id: runId, kind: z.enum(exceptionKinds).optional(), decided: z.enum(['true', 'false']).default('false'), after: z.coerce.number().int().min(0).default(0) }))
  .output(z.object({ exceptions: z.array(exceptionView), next: z.number().int().optional(), counts: z.array(z.object({ kind: z.enum(exceptionKinds), count: z.number().int() })) }))
  .handler(async ({ context, input }) => {
    allow(context)
    const { rows } = await sql<{ account_id: number; number: string; holder_name: string; address: string; flat: string; service: never; kind: never; details: Record<string, string>; decision: (typeof decisions)[number] | null; decided_by: string | null }>`
      select * from (select e.account_id, a.number, a.holder_name, b.address, p.flat, e.service, e.kind, e.details, e.decision, d.name as decided_by
      from settlement_exceptions e join accounts a on a.id = e.account_id join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id left join people d on d.id = e.decided_by
      where e.run_id = ${input.id} and e.account_id > ${input.after} and (e.decision is not null) = ${input.decided === 'true'} and (${input.kind ?? null}::text is null or e.kind = ${input.kind ?? null})
      order by e.account_id fetch first 100 rows with ties) page order by account_id, service`.execute(context.tx)
    const { rows: counts } = await sql<{ kind: never; count: number }>`select kind, count(*)::int as count from settlement_exceptions where run_id = ${input.id} and decision is null group by kind order by kind`.execute(context.tx)
    return {
      counts, ...(rows.length >= 100 && { next: rows.at(-1)!.account_id }),
      exceptions: rows.map((row) => ({
        account: row.account_id, number: row.number, holder: row.holder_name, address: row.flat ? `${row.address}, ${row.flat}` : row.address, service: row.service, kind: row.kind, details: row.details,
        ...(row.decision && { decision: row.decision }), ...(row.decided_by && { decidedBy: row.decided_by }),
      })),
    }
  })

/** One decision for one, many or every exception of a kind; their houses are counted again, a few at once, many by the job. */
export const decideExceptions = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/settlement-runs/{id}/decisions', summary: 'Decide exceptions of a run', tags: ['settlement'] })
  .use(inTransaction)
  .input(z.object({
    id: runId, decision: z.enum(decisions),
    exceptions: z.array(z.object({ account: z.number().int(), service: z.enum(services) })).min(1, 'field_missing').max(2_000).optional(),
    every: z.object({ kind: z.enum(exceptionKinds).optional() }).optional().describe('Instead of a list: every undecided one, of a kind or of all'),
  }).refine(({ exceptions, every }) => (exceptions === undefined) !== (every === undefined), { path: ['exceptions'], message: 'field_missing' }))
  .output(z.object({ decided: z.number().int(), run: runView }))
  .handler(async ({ context, input }) => {
    const actor = allow(context)
    const { tx, group, now } = context
    const period = await lockDraft(tx, input.id, 'counted')
    const { rows } = await sql<{ account_id: number }>`
      update settlement_exceptions set decision = ${input.decision}, decided_by = ${actor.id}, decided_at = ${now}
      where run_id = ${input.id} and ${input.exceptions
        ? sql`(account_id, service) in (select * from unnest(${input.exceptions.map((e) => e.account)}::bigint[], ${input.exceptions.map((e) => e.service)}::service[]))`
        : sql`decision is null ${input.every?.kind ? sql`and kind = ${input.every.kind}` : sql``}`}
      returning account_id`.execute(tx)
    const parts = await partsOf(tx, input.id, rows.map((row) => row.account_id))
    if (parts.length > partsAtOnce) await recountParts(tx, input.id, parts)
    else {
      const run = { id: input.id, period }
      for (const part of parts) await recountChunk(tx, monthOf(group.tariffs, group.cabinet.rules, period), run, part)
      await conclude(tx, run)
    }
    return { decided: rows.length, run: await getRun(tx, input.id) }
  })

/** Posted: every bill of the month is there at once, and the month is locked. */
export const postRun = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/settlement-runs/{id}/posting', summary: 'Post a counted month: its bills appear, the month is locked', tags: ['settlement'] })
  .use(inTransaction)
  .input(z.object({ id: runId }))
  .output(runView)
  .handler(async ({ context, input }) => {
    const { tx, now, actor, group } = context
    if (!postsMonths(actor, group)) throw new Refusal('not_permitted', { clause: '11.3.1' })
    await lockDraft(tx, input.id, 'counted')
    const { rows: [open] } = await sql<{ count: number }>`select count(*)::int as count from settlement_exceptions where run_id = ${input.id} and decision is null`.execute(tx)
    if (open!.count > 0) throw new Refusal('run_has_exceptions', { details: { count: open!.count } })
    await sql`update settlement_runs set posted_at = ${now}, posted_by = ${actor.id} where id = ${input.id}`.execute(tx)
    return getRun(tx, input.id)
  })

/** A draft thrown away: the month can be counted again. What it had written is removed by a job. */
export const cancelRun = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/settlement-runs/{id}/cancel', summary: 'Throw the draft of a month away', tags: ['settlement'] })
  .use(inTransaction)
  .input(z.object({ id: runId }))
  .output(runView)
  .handler(async ({ context, input }) => {
    allow(context)
    await lockDraft(context.tx, input.id)
    await sql`update settlement_runs set cancelled_at = ${context.now} where id = ${input.id}`.execute(context.tx)
    await addJobs(context.tx, [{ name: 'remove_settlement_draft', payload: { run: input.id } }])
    return getRun(context.tx, input.id)
  })

function allow({ actor, group }: Pick<RequestContext, 'actor' | 'group'>): Staff {
  if (!settlesMonths(actor, group)) throw new Refusal('not_permitted', { clause: '11.3.1' })
  return actor
}

const lastDay = (period: Temporal.PlainDate) => period.add({ months: 1 }).subtract({ days: 1 })
/** Once its readings are being taken: a month may be settled in its last days. */
const mayBegin = ({ cabinet: { window } }: RequestContext['group'], period: Temporal.PlainDate, now: Temporal.Instant) =>
  Temporal.PlainDate.compare(period.with({ day: Math.min(window.from, period.daysInMonth) }), dateOf(now)) <= 0

function readMonth(text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(`${text}-01`)
  } catch {
    throw refuseField('period', 'field_invalid')
  }
}

/** The month after the last one posted; before the first, the last one that has ended. */
async function nextMonth(tx: Transaction<DB>, today: Temporal.PlainDate): Promise<Temporal.PlainDate> {
  const { rows: [last] } = await sql<{ period: Temporal.PlainDate | null }>`select max(period) as period from settlement_runs where posted_at is not null`.execute(tx)
  return last?.period?.add({ months: 1 }) ?? today.with({ day: 1 }).subtract({ months: 1 })
}

/** Nobody else decides, posts or cancels meanwhile. */
async function lockDraft(tx: Transaction<DB>, id: number, state?: 'counted'): Promise<Temporal.PlainDate> {
  const { rows: [run] } = await sql<{ period: Temporal.PlainDate; counted_at: unknown; posted_at: unknown; cancelled_at: unknown }>`select period, counted_at, posted_at, cancelled_at from settlement_runs where id = ${id} for update`.execute(tx)
  if (!run) throw new Refusal('not_found')
  if (run.posted_at || run.cancelled_at || (state === 'counted' && !run.counted_at)) throw new Refusal('run_out_of_turn')
  return run.period
}

async function getRun(tx: Transaction<DB>, id: number): Promise<SettlementRun> {
  const [run] = await readRuns(tx, sql`r.id = ${id}`)
  if (!run) throw new Refusal('not_found')
  return run
}

async function readRuns(tx: Transaction<DB>, where: ReturnType<typeof sql>): Promise<SettlementRun[]> {
  const { rows } = await sql<{
    id: number; period: Temporal.PlainDate; started_at: Temporal.Instant; started_by: string; accounts: number; counted_at: unknown; totals: RunTotals | null
    posted_at: Temporal.Instant | null; posted_by: string | null; cancelled_at: unknown; done: number; exceptions: number
  }>`
    select r.id, r.period, r.started_at, s.name as started_by, r.accounts, r.counted_at, r.totals, r.posted_at, p.name as posted_by, r.cancelled_at,
      (select coalesce(sum(accounts), 0)::int from settlement_chunks where run_id = r.id and done_at is not null) as done,
      (select count(*)::int from settlement_exceptions where run_id = r.id and decision is null) as exceptions
    from settlement_runs r join people s on s.id = r.started_by left join people p on p.id = r.posted_by where ${where}`.execute(tx)
  return rows.map((row) => ({
    id: row.id, period: row.period.toPlainYearMonth().toString(), startedAt: row.started_at.toString(), startedBy: row.started_by, accounts: row.accounts, done: row.done, exceptions: row.exceptions,
    state: row.cancelled_at ? 'cancelled' : row.posted_at ? 'posted' : row.counted_at ? 'counted' : 'counting', ...(row.posted_at && { postedAt: row.posted_at.toString(), postedBy: row.posted_by! }),
    ...(row.totals?.bills && { totals: { bills: row.totals.bills, services: services.flatMap((service) => {
      const sums = row.totals!.services[service]
      return sums ? [{ service, ...sums, quantity: writeQuantity(BigInt(sums.quantity)) }] : []
    }) } }),
  }))
}

/** The job `remove_settlement_draft`: what a cancelled run had written, a part at a time. */
export async function removeSettlementDraft({ db }: Pick<RequestContext, 'db'>, { run }: { readonly run: number }): Promise<void> {
  const draft = await db.selectFrom('settlement_runs').select('period').where('id', '=', run).where('cancelled_at', 'is not', null).executeTakeFirst()
  if (!draft) return
  const { rows: chunks } = await sql<Chunk>`select n, from_building, to_building from settlement_chunks where run_id = ${run} and done_at is not null`.execute(db)
  for (const chunk of chunks) {
    await db.transaction().execute(async (tx) => {
      const inside = sql`run_id = ${run} and period = ${draft.period} and account_id in (select a.id from premises p join accounts a on a.premises_id = p.id where p.building_id between ${chunk.from_building} and ${chunk.to_building})`
      await sql`delete from ledger_lines where ${inside}`.execute(tx)
      await sql`delete from bills where ${inside}`.execute(tx)
      await sql`update settlement_chunks set done_at = null where run_id = ${run} and n = ${chunk.n}`.execute(tx)
    })
  }
}
