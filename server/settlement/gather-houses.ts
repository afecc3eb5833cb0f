import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { Line } from '../../regulation/ledger.ts'
import { needsPast, type AccountMonth, type CommonMonth, type Decision, type HouseMonth, type MeterMonth, type Month, type ReadingFact, type ServiceMonth, type Used } from '../../regulation/settlement.ts'
import type { ConsumerGroup, Service, TariffPlan, Tiyn } from '../../regulation/tariffs.ts'
import { balancesIn } from '../ledger/balances.ts'
import type { BillRow } from '../ledger/schema.ts'
import type { DB } from '../schema.ts'

/** All that a month's settlement asks of some houses, read in a handful of statements whatever their number. */
export async function gatherHouses(tx: Transaction<DB>, { period, end, rules }: Month, run: number, houses: { readonly from: number; readonly to: number }): Promise<HouseMonth[]> {
  const before = period.subtract({ months: 1 })
  const accounts = (await sql<AccountRow>`
    select a.id, p.building_id, p.area, p.stove, b.common_heat_meter, t.residents, t.benefit
    from premises p join buildings b on b.id = p.building_id join accounts a on a.premises_id = p.id
    left join lateral (select residents, benefit from account_terms where account_id = a.id and from_day <= ${end} order by from_day desc, id desc limit 1) t on true
    where p.building_id between ${houses.from} and ${houses.to} and a.opened_on <= ${end} and (a.closed_on is null or a.closed_on >= ${period})
    order by p.building_id, a.id`.execute(tx)).rows
  const ids = accounts.map(({ id }) => id)
  if (ids.length === 0) return []
  const services = (await sql<ServiceRow>`
    select account_id, service, consumer_group, plan from account_services
    where account_id = any(${ids}::bigint[]) and from_day <= ${end} and (to_day is null or to_day >= ${period}) order by account_id, service, from_day`.execute(tx)).rows
  const meters = (await sql<MeterRow>`
    select m.id, m.account_id, m.service, m.registers, m.digits, case when m.next_verification_on < ${end} then m.next_verification_on end as next_verification_on, m.removed_on is not null and m.removed_on <= ${end} as removed,
      coalesce(s.id, f.id) as since_id, coalesce(s.value, f.value) as since_value, coalesce(s.night, f.night) as since_night, coalesce(s.taken_on, f.taken_on) as since_on,
      t.id as taken_id, t.value as taken_value, t.night as taken_night, t.settled, l.quantity, l.night as charged_night, l.method
    from meters m
    -- Put up this month in the place of another: it counts from its first reading, even where that is all there is yet.
    cross join lateral (select m.installed_on >= ${period} and exists (select 1 from meters o where o.account_id = m.account_id and o.service = m.service and o.removed_on between ${period} and ${end}) as instead) n
    left join ledger_lines l on l.account_id = m.account_id and l.period = ${before} and l.kind = 'charge' and l.service = m.service and l.entry = 0 and l.meter_id = m.id
    left join readings s on s.id = coalesce(l.reading_id, l.since_reading)
    -- Of a meter that was charged by norm until it had a reading, that first one; else the newest before the month.
    left join lateral (
      select id, value, night, taken_on from readings where s.id is null and meter_id = m.id and accepted_at is not null and (taken_on < ${period} or (n.instead and taken_on = m.installed_on))
      order by (case when l.account_id is null then ${period} - taken_on else taken_on - ${period} end), case when n.instead or l.account_id is not null then -id else id end desc limit 1) f on true
    left join lateral (
      select id, value, night, accepted_by is not null as settled from readings
      where meter_id = m.id and accepted_at is not null and taken_on <= ${end} order by taken_on desc, id desc limit 1) t on n.instead or t.id is distinct from coalesce(s.id, f.id)
    where m.account_id = any(${ids}::bigint[]) and m.installed_on <= ${end} and (m.removed_on is null or m.removed_on >= ${period}) order by m.account_id, m.service, m.id`.execute(tx)).rows
  const commonOf = await commonsOf(tx, { period, end }, houses)
  const bills = await lastBills(tx, ids, period)
  const charged = (await sql<{ account_id: number; service: Service; amount: number }>`
    select account_id, service, sum(amount)::bigint as amount from ledger_lines where account_id = any(${ids}::bigint[]) and period = ${before} and kind in ('charge', 'common') group by account_id, service`.execute(tx)).rows
  // Who had no bill the month before, is new or was closed for a while: what was brought in since the last one counts.
  const late = ids.flatMap((id) => (bills.get(id)?.period.equals(before) ? [] : [{ id, since: bills.get(id)?.period ?? Temporal.PlainDate.from('1900-01-01') }]))
  const lines = (await sql<{ account_id: number; service: Service; kind: Line['kind']; amount: number; on_day: Temporal.PlainDate | null }>`
    select account_id, service, kind, amount, case when period = ${period} then on_day end as on_day from ledger_lines where account_id = any(${ids}::bigint[]) and period = ${period} and run_id is null
    union all
    select l.account_id, l.service, l.kind, l.amount, null from unnest(${late.map(({ id }) => id)}::bigint[], ${late.map(({ since }) => since)}::date[]) a(id, since) join ledger_lines l on l.account_id = a.id and l.period > a.since and l.period < ${period} and l.run_id is null`.execute(tx)).rows
  const decided = new Map((await sql<{ account_id: number; service: Service; decision: Decision }>`
    select account_id, service, decision from settlement_exceptions where run_id = ${run} and account_id = any(${ids}::bigint[]) and decision is not null order by decided_at`.execute(tx)).rows
    .map((row) => [`${row.account_id} ${row.service}`, row.decision]))

  const counting = Map.groupBy(meters.filter((row) => !row.removed), (row) => `${row.account_id} ${row.service}`)
  const removed = Map.groupBy(meters.filter((row) => row.removed), (row) => `${row.account_id} ${row.service}`)
  const needed = meters.filter((row) => needsPast(rules, { ...meterOf(row), estimated: row.method !== null && row.method !== 'reading' ? none : undefined }, end, row.next_verification_on ?? undefined)).map(({ id }) => id)
  const past = needed.length > 0 ? await pastOf(tx, ids, needed, new Map(meters.map((row) => [row.id, row.since_on])), period, rules.averageOf) : new Map<number, Past>()

  const servicesOf = Map.groupBy(services, (row) => row.account_id)
  const chargedOf = Map.groupBy(charged, (row) => row.account_id)
  const linesOf = Map.groupBy(lines, (row) => row.account_id)
  return [...Map.groupBy(accounts, (row) => row.building_id)].map(([building, inHouse]): HouseMonth => {
    const common = commonOf.get(building)
    return {
      ...(common && { common }),
      accounts: inHouse.map((row): AccountMonth => ({
        account: row.id, residents: row.residents ?? 1, benefit: row.benefit ?? false, stove: row.stove, commonMeter: row.common_heat_meter, area: BigInt(row.area),
        // Of two rows of a service the later holds.
        services: [...new Map((servicesOf.get(row.id) ?? []).map((one) => [one.service, one])).values()].map((one): ServiceMonth => {
          const key = `${row.id} ${one.service}`
          const [meter] = counting.get(key) ?? []
          return { service: one.service, group: one.consumer_group, plan: one.plan, decision: decided.get(key), ...(meter && { meter: { ...meterOf(meter), ...past.get(meter.id), ...carriedFrom(removed.get(key), past) } }) }
        }),
        opening: bills.has(row.id) ? balancesIn(bills.get(row.id)!.balances) : new Map(),
        lastCharged: new Map((chargedOf.get(row.id) ?? []).map(({ service, amount }): [Service, Tiyn] => [service, BigInt(amount)])),
        lines: (linesOf.get(row.id) ?? []).map((line) => ({ service: line.service, kind: line.kind, amount: BigInt(line.amount), ...(line.on_day && { on: line.on_day }) })),
      })),
    }
  })
}

type Past = Pick<MeterMonth, 'past' | 'estimated'>
const none = { used: { day: 0n, night: 0n }, months: 0 }

type PastLine = { meter_id: number; period: Temporal.PlainDate; quantity: number; night: number | null; method: string }
/** The last months that were read, and what was charged without a reading since `since`. */
async function pastOf(tx: Transaction<DB>, accounts: readonly number[], meters: readonly number[], since: ReadonlyMap<number, Temporal.PlainDate | null>, period: Temporal.PlainDate, averageOf: number): Promise<Map<number, Past>> {
  const charged = async (some: readonly number[], when: RawBuilder<unknown>) => (await sql<PastLine>`
    select meter_id, period, quantity, night, method from ledger_lines
    where account_id = any(${accounts}::bigint[]) and meter_id = any(${some}::bigint[]) and kind = 'charge' and ${when} order by meter_id, period desc`.execute(tx)).rows
  const from = period.subtract({ months: 13 })
  const lately = Map.groupBy(await charged(meters, sql`period >= ${from} and period < ${period}`), (row) => row.meter_id)
  // Not read for longer than that: everything that was charged meanwhile was an estimate.
  const unread = meters.filter((meter) => lately.has(meter) && !lately.get(meter)!.some(({ method }) => method === 'reading'))
  const earlier = unread.length > 0 ? Map.groupBy(await charged(unread, sql`period < ${from}`), (row) => row.meter_id) : new Map<number, PastLine[]>()
  return new Map([...lately].map(([meter, rows]): [number, Past] => {
    const months = [...rows, ...(earlier.get(meter) ?? [])]
    const read = months.findIndex(({ method }) => method === 'reading')
    const first = since.get(meter)?.with({ day: 1 })
    const guessed = months.slice(0, read === -1 ? months.length : read).filter((row) => !first || Temporal.PlainDate.compare(row.period, first) >= 0)
    const sum = (of: (used: Used) => bigint) => guessed.reduce((total, { quantity, night }) => total + of(usedIn(quantity, night)), 0n)
    return [meter, {
      // A month that gave back what had been estimated tells nothing of what is used.
      past: months.filter(({ method, quantity, night }) => method === 'reading' && (night ?? 0) >= 0 && quantity >= (night ?? 0)).slice(0, averageOf).map(({ quantity, night }) => usedIn(quantity, night)),
      ...(guessed.length > 0 && { estimated: { months: guessed.length, used: { day: sum((used) => used.day), night: sum((used) => used.night) } } }),
    }]
  }))
}

type LastBill = Pick<BillRow, 'account_id' | 'period' | 'balances'>
/** The last bill of each account before a month: nearly always that of the month before. */
async function lastBills(tx: Transaction<DB>, accounts: readonly number[], period: Temporal.PlainDate): Promise<Map<number, LastBill>> {
  const { rows: fresh } = await sql<LastBill>`select account_id, period, balances from bills where account_id = any(${accounts}::bigint[]) and period = ${period.subtract({ months: 1 })}`.execute(tx)
  const known = new Set(fresh.map((row) => row.account_id))
  const { rows: older } = await sql<LastBill>`
    select b.* from unnest(${accounts.filter((id) => !known.has(id))}::bigint[]) a(id)
    cross join lateral (select account_id, period, balances from bills where account_id = a.id and period < ${period} order by period desc limit 1) b`.execute(tx)
  return new Map([...fresh, ...older].map((row) => [row.account_id, row]))
}

/**
 * Houses whose every common meter was read this month and in an earlier one, and what their homes were charged in the
 * months between. An earlier month counts by what was known of it when it was counted: only that was shared.
 */
async function commonsOf(tx: Transaction<DB>, { period, end }: Pick<Month, 'period' | 'end'>, houses: { readonly from: number; readonly to: number }): Promise<Map<number, CommonMonth>> {
  const from = period.subtract({ months: 13 })
  const { rows } = await sql<CommonRow>`
    with counted as materialized (
      select r.period, c.from_building, c.to_building, c.done_at from settlement_runs r join settlement_chunks c on c.run_id = r.id and c.to_building >= ${houses.from} and c.from_building <= ${houses.to}
      where r.posted_at is not null and r.period >= ${from} and r.period < ${period}
    )
    select distinct on (m.id, k.month) m.building_id, m.id as meter, m.digits, k.month, k.id, k.value
    from meters m left join lateral (
      select date_trunc('month', r.taken_on)::date as month, r.id, r.value, r.taken_on from readings r
      where r.meter_id = m.id and r.accepted_at is not null and r.taken_on between ${from} and ${end}
        and not exists (select 1 from counted c where c.period = date_trunc('month', r.taken_on)::date and m.building_id between c.from_building and c.to_building and r.accepted_at > c.done_at)) k on true
    where m.building_id between ${houses.from} and ${houses.to} and m.service = 'electricity' and m.removed_on is null
    order by m.id, k.month, k.taken_on desc, k.id desc`.execute(tx)
  const read = new Map([...Map.groupBy(rows, (row) => row.building_id)].flatMap(([building, all]) => {
    const meters = [...Map.groupBy(all, (row) => row.meter).values()].map((some) => new Map(some.map((row) => [String(row.month), row])))
    const ends = [...meters[0]!.keys()].filter((month) => meters.every((one) => one.has(month))).sort()
    const since = ends.findLast((month) => month < String(period))
    if (!since || ends.at(-1) !== String(period)) return []
    const at = (row: CommonRow) => ({ id: row.id, value: BigInt(row.value) })
    return [[building, { since, meters: meters.map((one) => ({ meter: one.get(since)!.meter, digits: one.get(since)!.digits, since: at(one.get(since)!), taken: at(one.get(String(period))!) })) }] as const]
  }))
  const missed = [...read].filter(([, { since }]) => since < String(period.subtract({ months: 1 })))
  const { rows: charged } = await sql<{ building_id: number; quantity: number }>`
    select p.building_id, sum(l.quantity)::bigint as quantity from unnest(${missed.map(([building]) => building)}::bigint[], ${missed.map(([, { since }]) => since)}::date[]) h(id, since)
    join premises p on p.building_id = h.id join accounts a on a.premises_id = p.id
    join ledger_lines l on l.account_id = a.id and l.period > h.since and l.period < ${period} and l.service = 'electricity' and l.kind = 'charge' and l.entry = 0 group by p.building_id`.execute(tx)
  const chargedOf = new Map(charged.map((row) => [row.building_id, BigInt(row.quantity)]))
  return new Map([...read].map(([building, { meters }]) => [building, { meters, charged: chargedOf.get(building) ?? 0n }]))
}

/** What a line charged, by zones. */
const usedIn = (quantity: number, night: number | null): Used => ({ day: BigInt(quantity - (night ?? 0)), night: BigInt(night ?? 0) })

const meterOf = (row: MeterRow): MeterMonth => ({
  meter: row.id, registers: row.registers, digits: row.digits, ...(row.next_verification_on && { nextVerificationOn: row.next_verification_on }),
  since: factOf(row.since_id, row.since_value, row.since_night), taken: factOf(row.taken_id, row.taken_value, row.taken_night, row.settled ?? false),
  ...(row.method === 'reading' && row.quantity !== null && { before: usedIn(row.quantity, row.charged_night) }),
})

const factOf = (id: number | null, value: number | null, night: number | null, settled = false): ReadingFact | undefined =>
  id === null ? undefined : { id, value: BigInt(value!), ...(night !== null && { night: BigInt(night) }), settled }

/** What meters taken down this month had counted since they were last billed, less what was charged for it without a reading. */
function carriedFrom(rows: readonly MeterRow[] = [], past: ReadonlyMap<number, Past>): Pick<MeterMonth, 'carried' | 'carriedNight'> {
  const known = rows.filter((row) => row.taken_value !== null && row.since_value !== null && row.taken_value >= row.since_value)
  if (known.length === 0) return {}
  const sum = (of: (row: MeterRow, guessed: Used) => bigint) => known.reduce((total, row) => total + of(row, past.get(row.id)?.estimated?.used ?? none.used), 0n)
  return { carried: sum((row, guessed) => BigInt(row.taken_value! - row.since_value!) - guessed.day), carriedNight: sum((row, guessed) => BigInt((row.taken_night ?? 0) - (row.since_night ?? 0)) - guessed.night) }
}

type AccountRow = { id: number; building_id: number; area: number; stove: boolean; common_heat_meter: boolean; residents: number | null; benefit: boolean | null }
type ServiceRow = { account_id: number; service: Service; consumer_group: ConsumerGroup; plan: TariffPlan }
type MeterRow = {
  id: number; account_id: number; service: Service; registers: 1 | 2; digits: number; next_verification_on: Temporal.PlainDate | null; removed: boolean
  since_id: number | null; since_value: number | null; since_night: number | null; since_on: Temporal.PlainDate | null
  taken_id: number | null; taken_value: number | null; taken_night: number | null; settled: boolean | null; quantity: number | null; charged_night: number | null; method: string | null
}
type CommonRow = { building_id: number; meter: number; digits: number; month: Temporal.PlainDate | null; id: number; value: number }
