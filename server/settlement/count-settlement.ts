import { sql, type Transaction } from 'kysely'
import { monthOf, settleHouse, type Month, type Settled } from '../../regulation/settlement.ts'
import { services, type Service } from '../../regulation/tariffs.ts'
import { keptBalances } from '../ledger/balances.ts'
import type { Chunk } from '../ledger/draft.ts'
import type { Services } from '../operation.ts'
import { now } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { gatherHouses } from './gather-houses.ts'

/** So many parts of a run at a time: while one is being written the next is counted. */
const atOnce = 3

type Run = { readonly id: number; readonly period: Temporal.PlainDate }

/**
 * The job `count_settlement`: part by part, each with its lines and bills in one transaction, so that a run that was
 * cut off goes on where it was and no part is counted twice. Ends with the sums for the preview.
 */
export async function countSettlement({ db, group }: Pick<Services, 'db' | 'group'>, { run: id }: { readonly run: number }): Promise<void> {
  const run = await db.selectFrom('settlement_runs').select(['id', 'period']).where('id', '=', id).where('cancelled_at', 'is', null).where('counted_at', 'is', null).executeTakeFirst()
  if (!run) return
  const month = monthOf(group.tariffs, group.cabinet.rules, run.period)
  const { rows: [leftovers] } = await sql<{ some: boolean }>`
    select exists (select 1 from settlement_chunks c join settlement_runs r on r.id = c.run_id where r.period = ${run.period} and r.cancelled_at is not null and c.done_at is not null) as some`.execute(db)
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (await db.transaction().execute((tx) => countNext(tx, month, run, leftovers!.some)));
  }))
  await db.transaction().execute((tx) => conclude(tx, run))
}

/** One part nobody else is at; false: there is none left. */
async function countNext(tx: Transaction<DB>, month: Month, run: Run, leftovers: boolean): Promise<boolean> {
  // A part that a dead worker held is free again; one that a living one holds is left to it.
  const { rows: [chunk] } = await sql<Chunk & { again: boolean }>`
    select c.n, c.from_building, c.to_building, c.totals is not null as again from settlement_chunks c join settlement_runs r on r.id = c.run_id and r.cancelled_at is null
    where c.run_id = ${run.id} and c.done_at is null order by c.n limit 1 for update of c skip locked`.execute(tx)
  // What was counted before somebody changed it, or an earlier draft of the month that is not yet swept away, stands in the way.
  if (chunk) await (leftovers || chunk.again ? recountChunk : countChunk)(tx, month, run, chunk)
  return chunk !== undefined
}

/** A part counted afresh after a decision or a change: its draft goes, another one takes its place. */
export async function recountChunk(tx: Transaction<DB>, month: Month, run: Run, chunk: Chunk): Promise<void> {
  const inside = sql`account_id in (select a.id from premises p join accounts a on a.premises_id = p.id where p.building_id between ${chunk.from_building} and ${chunk.to_building})`
  await sql`delete from ledger_lines where run_id is not null and period = ${run.period} and ${inside}`.execute(tx)
  await sql`delete from bills where period = ${run.period} and ${inside}`.execute(tx)
  await sql`delete from settlement_exceptions where run_id = ${run.id} and decision is null and ${inside}`.execute(tx)
  await countChunk(tx, month, run, chunk)
}

async function countChunk(tx: Transaction<DB>, month: Month, run: Run, chunk: Chunk): Promise<void> {
  const settled = (await gatherHouses(tx, month, run.id, { from: chunk.from_building, to: chunk.to_building })).flatMap((house) => settleHouse(month, house))
  await writeLines(tx, run, settled)
  await writeBills(tx, run, settled)
  const exceptions = settled.flatMap(({ account, exceptions: told }) => told.map((one) => ({ ...one, account })))
  if (exceptions.length > 0) {
    await sql`
      insert into settlement_exceptions (run_id, account_id, service, kind, details)
      select ${run.id}, * from unnest(${exceptions.map((e) => e.account)}::bigint[], ${exceptions.map((e) => e.service)}::service[], ${exceptions.map((e) => e.kind)}::text[], ${exceptions.map((e) => JSON.stringify(e.details))}::jsonb[])
      on conflict do nothing`.execute(tx)
  }
  await sql`update settlement_chunks set done_at = ${now()}, totals = ${JSON.stringify(addUp(settled))}::jsonb where run_id = ${run.id} and n = ${chunk.n}`.execute(tx)
}

/** Whole numbers and words of ours as a literal of an array: cheaper to write than what the driver makes of one, and none of them needs quotes. */
const list = (values: readonly (bigint | number | string | undefined)[]): string => `{${values.map((value) => value ?? 'null').join(',')}}`

async function writeLines(tx: Transaction<DB>, run: Run, settled: readonly Settled[]): Promise<void> {
  const lines = settled.flatMap(({ charges }) => charges)
  const column = (of: (line: (typeof lines)[number]) => bigint | number | string | undefined) => list(lines.map(of))
  await sql`
    insert into ledger_lines (account_id, period, run_id, kind, service, amount, net, vat, quantity, night, method, plan, residents, meter_id, since_reading, reading_id)
    select account, ${run.period}::date, ${run.id}::bigint, kind, service, amount, net, vat, quantity, night, method, plan, residents, meter, since, reading
    from unnest(${list(settled.flatMap(({ account, charges }) => charges.map(() => account)))}::bigint[], ${column((l) => l.kind)}::line_kind[], ${column((l) => l.service)}::service[], ${column((l) => l.amount)}::bigint[], ${column((l) => l.net)}::bigint[],
      ${column((l) => l.vat)}::bigint[], ${column((l) => l.quantity)}::bigint[], ${column((l) => l.night)}::bigint[], ${column((l) => l.method)}::charge_method[], ${column((l) => l.plan)}::text[], ${column((l) => l.residents)}::smallint[],
      ${column((l) => l.meter)}::bigint[], ${column((l) => l.since)}::bigint[], ${column((l) => l.reading)}::bigint[])
      as l (account, kind, service, amount, net, vat, quantity, night, method, plan, residents, meter, since, reading)`.execute(tx)
}

async function writeBills(tx: Transaction<DB>, run: Run, settled: readonly Settled[]): Promise<void> {
  const column = (of: (bill: Settled['bill']) => bigint) => list(settled.map(({ bill }) => of(bill)))
  await sql`
    insert into bills (account_id, period, run_id, opening, charged, recalculated, penalty, paid, closing, balances)
    select account, ${run.period}::date, ${run.id}::bigint, opening, charged, recalculated, penalty, paid, closing, balances
    from unnest(${list(settled.map(({ account }) => account))}::bigint[], ${column((b) => b.opening)}::bigint[], ${column((b) => b.charged)}::bigint[], ${column((b) => b.recalculated)}::bigint[], ${column((b) => b.penalty)}::bigint[],
      ${column((b) => b.paid)}::bigint[], ${column((b) => b.closing)}::bigint[], ${settled.map(({ bill }) => JSON.stringify(keptBalances(bill.balances)))}::jsonb[])
      as b (account, opening, charged, recalculated, penalty, paid, closing, balances)`.execute(tx)
}

/** The sums of a run once every part is done: for the preview. */
export async function conclude(tx: Transaction<DB>, run: Run): Promise<void> {
  // Whoever changes what was counted holds the run until it is known which parts are to be counted again.
  await sql`select 1 from settlement_runs where id = ${run.id} for no key update`.execute(tx)
  const { rows } = await sql<{ done_at: Temporal.Instant | null; totals: RunTotals }>`select done_at, totals from settlement_chunks where run_id = ${run.id}`.execute(tx)
  if (rows.some(({ done_at }) => !done_at)) return
  const totals = rows.map((row) => row.totals).reduce(together, { bills: noBills, services: {}, homes: {} })
  await sql`update settlement_runs set counted_at = coalesce(counted_at, ${now()}), totals = ${JSON.stringify(totals)}::jsonb where id = ${run.id} and posted_at is null and cancelled_at is null`.execute(tx)
}

/** What a run comes to, in tiyn and ten-thousandths; by method: how many accounts. */
export type RunTotals = {
  readonly bills: Readonly<Record<keyof typeof noBills, number>>
  readonly services: { readonly [S in Service]?: ServiceTotals }
  /** What homes with so many residents used, `electricity 3` → [sum, homes]: to compare one's own with. */
  readonly homes: Readonly<Record<string, readonly [used: number, homes: number]>>
}
type ServiceTotals = Readonly<Record<keyof typeof noService, number>>
const noBills = { count: 0, opening: 0, charged: 0, recalculated: 0, penalty: 0, paid: 0, closing: 0 }
const noService = { accounts: 0, quantity: 0, charged: 0, common: 0, penalty: 0, vat: 0, reading: 0, average: 0, norm: 0 }

function addUp(settled: readonly Settled[]): RunTotals {
  const bills = { ...noBills }
  const by: { [S in Service]?: typeof noService } = {}
  const homes: Record<string, readonly [number, number]> = {}
  for (const { bill, charges } of settled) {
    bills.count += 1
    for (const part of ['opening', 'charged', 'recalculated', 'penalty', 'paid', 'closing'] as const) bills[part] += Number(bill[part])
    for (const { service, kind, amount, vat = 0n, quantity = 0n, method, residents } of charges) {
      const sums = (by[service] ??= { ...noService })
      if (kind === 'charge') {
        sums.accounts += 1
        sums.quantity += Number(quantity)
        sums.charged += Number(amount)
        if (method) sums[method] += 1
        if (method === 'reading' && residents) {
          const [used, count] = homes[`${service} ${residents}`] ?? [0, 0]
          homes[`${service} ${residents}`] = [used + Number(quantity), count + 1]
        }
      }
      if (kind === 'common' || kind === 'penalty') sums[kind] += Number(amount)
      sums.vat += Number(vat)
    }
  }
  return { bills, services: by, homes }
}

function together(a: RunTotals, b: RunTotals): RunTotals {
  const add = <T extends Readonly<Record<string, number>>>(one: T, other: T): T => Object.fromEntries(Object.keys(one).map((name) => [name, one[name]! + other[name]!])) as T
  return {
    bills: add(a.bills, b.bills),
    homes: Object.fromEntries([...new Set([...Object.keys(a.homes), ...Object.keys(b.homes)])].map((key) => [key, [(a.homes[key]?.[0] ?? 0) + (b.homes[key]?.[0] ?? 0), (a.homes[key]?.[1] ?? 0) + (b.homes[key]?.[1] ?? 0)] as const])),
    services: Object.fromEntries(services.flatMap((service) => {
      const [one, other] = [a.services[service], b.services[service]]
      return one || other ? [[service, one && other ? add(one, other) : one ?? other]] : []
    })),
  }
}
