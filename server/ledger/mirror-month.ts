import { sql, type Transaction } from 'kysely'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { services, type Service } from '../../regulation/tariffs.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { added, refused, unchanged, type Brought } from './bring.ts'
import { addRows, closePeriod, openPeriod } from './post-lines.ts'

/**
 * Months that an outside billing system charges (п. 11.3.1): its lines are written as they come, a bill is what its
 * account owed and every line since. Nothing is computed here but sums.
 */
export type GivenCharge = {
  readonly account: string; readonly service: Service; readonly kind: MirroredKind; readonly quantity?: string | null; readonly net?: string | null; readonly vat?: string | null; readonly amount: string
}
export const mirroredKinds = ['charge', 'common', 'recalculation', 'penalty'] as const
export type MirroredKind = (typeof mirroredKinds)[number]

/** The run that posted a month, where one did. */
export async function postedRun(tx: Transaction<DB>, period: Temporal.PlainDate): Promise<number | undefined> {
  const { rows: [run] } = await sql<{ id: number }>`select id from settlement_runs where period = ${period} and posted_at is not null and cancelled_at is null`.execute(tx)
  return run?.id
}

/** What stands in the way of a month that was not posted yet. @throws Refusal at `period`: date_in_future, run_not_next; run_exists */
export async function mayMirror(tx: Transaction<DB>, period: Temporal.PlainDate, now: Temporal.Instant, own?: number | null): Promise<void> {
  if (Temporal.PlainDate.compare(dateOf(now), period) < 0) throw refuseField('period', 'date_in_future')
  const { rows: [open] } = await sql<{ id: number }>`select id from settlement_runs where cancelled_at is null and posted_at is null and id is distinct from ${own ?? null}::bigint limit 1`.execute(tx)
  if (open) throw new Refusal('run_exists')
  const { rows: [last] } = await sql<{ period: Temporal.PlainDate | null }>`select max(period) as period from settlement_runs where posted_at is not null`.execute(tx)
  const next = last?.period?.add({ months: 1 })
  if (next && !next.equals(period)) throw refuseField('period', 'run_not_next', { next: next.toPlainYearMonth().toString() })
}

/** A run of the month, a draft until `postMirror`, with its parts by houses, as a settlement has them. */
export async function beginMirror(tx: Transaction<DB>, { period, by, now }: { readonly period: Temporal.PlainDate; readonly by: string; readonly now: Temporal.Instant }): Promise<number> {
  await closePeriod(tx)
  await mayMirror(tx, period, now)
  const { id } = await tx.insertInto('settlement_runs').values({ period, started_by: by, started_at: now, accounts: 0, counted_at: null, totals: null, posted_at: null, posted_by: null, cancelled_at: null }).returning('id').executeTakeFirstOrThrow()
  await sql`
    with houses as (select p.building_id, count(*)::int as accounts from premises p join accounts a on a.premises_id = p.id where a.opened_on <= ${endOf(period)} group by p.building_id),
      parts as (select *, (sum(accounts) over (order by building_id) - accounts) / 1000 as part from houses)
    insert into settlement_chunks (run_id, n, from_building, to_building, accounts) select ${id}, row_number() over (order by part), min(building_id), max(building_id), sum(accounts) from parts group by part`.execute(tx)
  return id
}

/** @throws Refusal run_out_of_turn where somebody threw the draft away meanwhile */
async function holdDraft(tx: Transaction<DB>, run: number): Promise<void> {
  const { rows: [draft] } = await sql`select 1 from settlement_runs where id = ${run} and cancelled_at is null and posted_at is null for share`.execute(tx)
  if (!draft) throw new Refusal('run_out_of_turn')
}

/** Lines of a new month, or what corrects one that was posted; `run`: the draft they go into. Judged one by one. */
export async function bringCharges(tx: Transaction<DB>, given: readonly GivenCharge[], { period, run, posted, by, now, write, reason }: {
  readonly period: Temporal.PlainDate; readonly run: number | null; readonly posted: boolean; readonly by: string; readonly now: Temporal.Instant; readonly write: boolean; readonly reason: string
}): Promise<Brought[]> {
  const numbers = given.map(({ account }) => account)
  if (write) await sql`select 1 from accounts where number = any(${numbers}::text[]) order by id for update`.execute(tx)
  const accounts = new Map((await sql<{ id: number; number: string; opened_on: Temporal.PlainDate }>`select id, number, opened_on from accounts where number = any(${numbers}::text[])`.execute(tx)).rows.map((row) => [row.number, row]))
  const ids = [...accounts.values()].map(({ id }) => id)
  const known = new Map<string, bigint>()
  if (posted) {
    const { rows } = await sql<{ account_id: number; kind: string; service: string; amount: number }>`
      select account_id, kind, service, sum(amount)::bigint as amount from (
        select account_id, kind, service, amount from ledger_lines where account_id = any(${ids}::bigint[]) and period = ${period} and entry = 0
        union all select account_id, kind, service, amount from corrections where account_id = any(${ids}::bigint[]) and corrects = ${period} and kind is not null) k group by 1, 2, 3`.execute(tx)
    for (const row of rows) known.set(`${row.account_id} ${row.kind} ${row.service}`, BigInt(row.amount))
  }
  const end = endOf(period)
  const fresh: (GivenCharge & { readonly id: number; readonly differs: bigint })[] = []
  const answers = given.map((one): Brought => {
    const account = accounts.get(one.account)
    if (!account) return refused('account', 'account_unknown')
    if (Temporal.PlainDate.compare(end, account.opened_on) < 0) return refused('account', 'account_not_open')
    if (one.net != null && one.vat != null && BigInt(one.net) + BigInt(one.vat) !== BigInt(one.amount)) return refused('amount', 'amounts_differ')
    const was = known.get(`${account.id} ${one.kind} ${one.service}`)
    const differs = BigInt(one.amount) - (was ?? 0n)
    if (posted && differs === 0n) return unchanged
    fresh.push({ ...one, id: account.id, differs })
    return was === undefined ? added : { verdict: 'changed', was: { amount: String(was) } }
  })
  if (!write || fresh.length === 0) return answers
  if (posted) {
    const open = await openPeriod(tx, now)
    const { rows: made } = await sql<{ id: number; account_id: number; service: Service; kind: MirroredKind; amount: number }>`
      insert into corrections (account_id, service, corrects, amount, reason, made_by, made_at, kind)
      select id, service, ${period}::date, amount, ${reason}, ${by}, ${now}, kind from jsonb_to_recordset(${JSON.stringify(fresh.map(({ id, service, kind, differs }) => ({ id, service, kind, amount: String(differs) })))}::jsonb) as g (id bigint, service service, kind line_kind, amount bigint) order by id, service, kind
      returning id, account_id, service, kind, amount`.execute(tx)
    await addRows(tx, open, made.map((row) => ({ account: row.account_id, entry: row.id, kind: row.kind === 'penalty' ? 'penalty' as const : 'recalculation' as const, service: row.service, amount: String(row.amount), on_day: dateOf(now).toString() })))
    return answers
  }
  await holdDraft(tx, run!)
  // What a draft that was thrown away has left is no longer in the way.
  await sql`delete from ledger_lines where account_id = any(${ids}::bigint[]) and period = ${period} and run_id is not null and run_id <> ${run}`.execute(tx)
  await sql`
    insert into ledger_lines (account_id, period, kind, service, amount, net, vat, quantity, method, run_id)
    select id, ${period}::date, kind, service, amount, net, vat, quantity, case when kind in ('charge', 'common') then 'outside'::charge_method end, ${run}::bigint
    from jsonb_to_recordset(${JSON.stringify(fresh.map(({ id, kind, service, amount, net, vat, quantity }) => ({ id, kind, service, amount, net, vat, quantity })))}::jsonb) as g (id bigint, kind line_kind, service service, amount bigint, net bigint, vat bigint, quantity bigint)`.execute(tx)
  return answers
}

type Totals = { readonly bills: Record<string, number>; readonly services: Partial<Record<Service, Record<string, number>>> }

/** The bills of the next part of the draft; false: there is none left. */
export async function mirrorBills(tx: Transaction<DB>, run: number, period: Temporal.PlainDate, now: Temporal.Instant): Promise<boolean> {
  await holdDraft(tx, run)
  const { rows: [chunk] } = await sql<{ n: number; from_building: number; to_building: number }>`select n, from_building, to_building from settlement_chunks where run_id = ${run} and done_at is null order by n limit 1 for update`.execute(tx)
  if (!chunk) return false
  const { rows: accounts } = await sql<{ id: number }>`
    select a.id from premises p join accounts a on a.premises_id = p.id
    where p.building_id between ${chunk.from_building} and ${chunk.to_building} and a.opened_on <= ${endOf(period)}
      and (a.closed_on is null or a.closed_on >= ${period} or exists (select 1 from ledger_lines l where l.account_id = a.id and l.period = ${period} and l.run_id = ${run}))`.execute(tx)
  const ids = accounts.map(({ id }) => id)
  await sql`delete from ledger_lines where account_id = any(${ids}::bigint[]) and period = ${period} and run_id is not null and run_id <> ${run}`.execute(tx)
  await sql`delete from bills where account_id = any(${ids}::bigint[]) and period = ${period}`.execute(tx)
  const { rows: [sums] } = await sql<Record<string, number>>`
    with before as (
      select a.id, b.period, coalesce(b.closing, 0) as closing, coalesce(b.balances, '{}') as balances from unnest(${ids}::bigint[]) a(id)
      left join lateral (select b.* from bills b join settlement_runs r on r.id = b.run_id and r.posted_at is not null where b.account_id = a.id and b.period < ${period} order by b.period desc limit 1) b on true
    ), fresh as (
      select o.id, l.service, l.kind, l.amount, l.period < ${period} or l.kind = 'opening' as earlier from before o join ledger_lines l on l.account_id = o.id and l.period > coalesce(o.period, '0001-01-01') and l.period <= ${period} and (l.run_id is null or l.run_id = ${run})
    ), sums as (
      select id, coalesce(sum(amount) filter (where earlier), 0)::bigint as earlier, coalesce(sum(amount) filter (where not earlier and kind in ('charge', 'common')), 0)::bigint as charged, coalesce(sum(amount) filter (where not earlier and kind = 'recalculation'), 0)::bigint as recalculated,
        coalesce(sum(amount) filter (where not earlier and kind = 'penalty'), 0)::bigint as penalty, coalesce(sum(amount) filter (where not earlier and kind in ('payment', 'penalty_payment')), 0)::bigint as paid
      from fresh group by id
    ), parts as (
      select o.id, k.key::service as service, (k.value->>0)::bigint as principal, (k.value->>1)::bigint as penalty from before o cross join jsonb_each(o.balances) k
      union all select id, service, case when kind not in ('penalty', 'penalty_payment') then amount else 0 end, case when kind in ('penalty', 'penalty_payment') then amount else 0 end from fresh
    ), balances as (
      select id, jsonb_object_agg(service, jsonb_build_array(principal, penalty)) as balances from (select id, service, sum(principal)::bigint as principal, sum(penalty)::bigint as penalty from parts group by id, service) p group by id
    ), written as (
      insert into bills (account_id, period, run_id, opening, charged, recalculated, penalty, paid, closing, balances)
      select o.id, ${period}, ${run}, o.closing + coalesce(s.earlier, 0), coalesce(s.charged, 0), coalesce(s.recalculated, 0), coalesce(s.penalty, 0), coalesce(s.paid, 0),
        o.closing + coalesce(s.earlier + s.charged + s.recalculated + s.penalty + s.paid, 0), coalesce(b.balances, '{}')
      from before o left join sums s on s.id = o.id left join balances b on b.id = o.id returning *
    ) select count(*)::int as count, coalesce(sum(opening), 0)::bigint as opening, coalesce(sum(charged), 0)::bigint as charged, coalesce(sum(recalculated), 0)::bigint as recalculated, coalesce(sum(penalty), 0)::bigint as penalty, coalesce(sum(paid), 0)::bigint as paid,
      coalesce(sum(closing), 0)::bigint as closing from written`.execute(tx)
  const { rows: by } = await sql<Record<string, number> & { service: Service }>`
    select service, count(distinct account_id) filter (where kind = 'charge')::int as accounts, coalesce(sum(quantity) filter (where kind = 'charge'), 0)::bigint as quantity, coalesce(sum(amount) filter (where kind = 'charge'), 0)::bigint as charged,
      coalesce(sum(amount) filter (where kind = 'common'), 0)::bigint as common, coalesce(sum(amount) filter (where kind = 'penalty'), 0)::bigint as penalty, coalesce(sum(vat), 0)::bigint as vat, 0 as reading, 0 as average, 0 as norm
    from ledger_lines where account_id = any(${ids}::bigint[]) and period = ${period} and run_id = ${run} group by service`.execute(tx)
  const totals: Totals = { bills: sums!, services: Object.fromEntries(by.map(({ service, ...rest }) => [service, rest])) }
  await sql`update settlement_chunks set done_at = ${now}, totals = ${JSON.stringify(totals)}::jsonb where run_id = ${run} and n = ${chunk.n}`.execute(tx)
  return true
}

/** Every bill of the month is there at once. Whoever brought the file posts it: the outside system had it approved. */
export async function postMirror(tx: Transaction<DB>, run: number, by: string, now: Temporal.Instant): Promise<void> {
  await holdDraft(tx, run)
  const { rows } = await sql<{ totals: Totals }>`select totals from settlement_chunks where run_id = ${run}`.execute(tx)
  const add = (parts: readonly (Record<string, number> | undefined)[]) => parts.reduce<Record<string, number>>((sum, one) => Object.fromEntries(Object.keys({ ...sum, ...one }).map((name) => [name, (sum[name] ?? 0) + (one?.[name] ?? 0)])), {})
  const none = { count: 0, opening: 0, charged: 0, recalculated: 0, penalty: 0, paid: 0, closing: 0 }
  const totals = {
    bills: { ...none, ...add(rows.map((row) => row.totals.bills)) }, homes: {},
    services: Object.fromEntries(services.filter((service) => rows.some((row) => row.totals.services[service])).map((service) => [service, add(rows.map((row) => row.totals.services[service]))])),
  }
  await sql`
    update settlement_runs set accounts = (select coalesce(sum(accounts), 0) from settlement_chunks where run_id = ${run}), totals = ${JSON.stringify(totals)}::jsonb, counted_at = ${now}, posted_at = ${now}, posted_by = ${by} where id = ${run}`.execute(tx)
}

export type GivenBalance = { readonly account: string; readonly service: Service; readonly principal: string; readonly penalty?: string | null }

/** What accounts owe before anything is written on them here; `entry`: the import. */
export async function bringBalances(tx: Transaction<DB>, given: readonly GivenBalance[], { entry, now, write }: { readonly entry: number; readonly now: Temporal.Instant; readonly write: boolean }): Promise<Brought[]> {
  const numbers = given.map(({ account }) => account)
  if (write) await sql`select 1 from accounts where number = any(${numbers}::text[]) order by id for update`.execute(tx)
  const accounts = new Map((await sql<{ id: number; number: string; busy: boolean }>`
    select a.id, a.number, exists (select 1 from ledger_lines l where l.account_id = a.id and not (l.entry = ${entry} and l.kind in ('opening', 'penalty') and l.run_id is null)) as busy from accounts a where a.number = any(${numbers}::text[])`.execute(tx)).rows.map((row) => [row.number, row]))
  const { rows } = await sql<{ account_id: number; service: Service; principal: number; penalty: number }>`
    select o.account_id, o.service, sum(o.amount) filter (where o.kind = 'opening')::bigint as principal, coalesce(sum(o.amount) filter (where o.kind = 'penalty'), 0)::bigint as penalty from ledger_lines o
    where o.account_id = any(${[...accounts.values()].map(({ id }) => id)}::bigint[]) and o.run_id is null and o.kind in ('opening', 'penalty') and o.entry in (select entry from ledger_lines x where x.account_id = o.account_id and x.kind = 'opening') group by 1, 2`.execute(tx)
  const known = new Map(rows.map((row) => [`${row.account_id} ${row.service}`, row]))
  const lines: Parameters<typeof addRows>[2][number][] = []
  const answers = given.map((one): Brought => {
    const account = accounts.get(one.account)
    if (!account) return refused('account', 'account_unknown')
    const was = known.get(`${account.id} ${one.service}`)
    const penalty = BigInt(one.penalty ?? '0')
    if (was && BigInt(was.principal ?? 0) === BigInt(one.principal) && BigInt(was.penalty) === penalty) return unchanged
    if (was || account.busy) return refused('account', 'account_has_lines')
    const line = { account: account.id, entry, service: one.service, on_day: dateOf(now).toString() }
    // An opening of nothing is written too: it says that the balance was brought.
    lines.push({ ...line, kind: 'opening', amount: one.principal }, ...(penalty === 0n ? [] : [{ ...line, kind: 'penalty' as const, amount: String(penalty) }]))
    return added
  })
  if (write && lines.length > 0) await addRows(tx, await openPeriod(tx, now), lines)
  return answers
}

const endOf = (period: Temporal.PlainDate) => period.add({ months: 1 }).subtract({ days: 1 })
