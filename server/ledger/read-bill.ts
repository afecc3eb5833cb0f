import { sql, type Transaction } from 'kysely'
import type { LineKind } from '../../regulation/ledger.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { workingOf } from '../../regulation/settlement.ts'
import { services, writeQuantity, writeSigned, type ConsumerGroup, type EstimateLine, type Service, type TariffPlan } from '../../regulation/tariffs.ts'
import type { Group } from '../people/group.ts'
import type { DB } from '../schema.ts'
import { balancesIn } from './balances.ts'
import type { BillRow } from './schema.ts'

/** One month's bill as its page and its paper show it: money in tiyn, quantities as text, days as ISO. */
export type Bill = {
  readonly period: string
  readonly payBy: string
  readonly lines: readonly BillLine[]
  readonly services: readonly BillService[]
  readonly total: Sums
  readonly payments: readonly { readonly on: string; readonly amount: number }[]
  readonly recalculations: readonly { readonly service: Service; readonly amount: number; readonly reason: string; readonly corrects?: string }[]
}
export type Sums = { readonly opening: number; readonly charged: number; readonly recalculated: number; readonly penalty: number; readonly paid: number; readonly closing: number }
export type BillService = Sums & { readonly service: Service }
export type BillLine = {
  readonly service: Service
  readonly kind: 'charge' | 'common'
  /** How the quantity came about; `outside`: another system charged it. */
  readonly method: 'reading' | 'average' | 'norm' | 'outside'
  readonly plan?: TariffPlan
  readonly quantity: string
  readonly night?: string
  readonly residents?: number
  readonly meter?: string
  readonly previous?: ShownReading
  readonly current?: ShownReading
  /** Tiers, zones and prices that make the sum up; absent where the tariffs of that month are not known here. */
  readonly working?: readonly { readonly what: EstimateLine['what']; readonly tier?: number; readonly quantity: string; readonly price: number; readonly net: number }[]
  readonly net: number
  readonly vat: number
  readonly vatPercent?: number
  readonly amount: number
}
export type ShownReading = { readonly value: string; readonly night?: string; readonly on: string }

/** Months that have a posted bill, newest first. */
export async function billsOf(tx: Transaction<DB>, account: number, limit: number): Promise<BillRow[]> {
  const { rows } = await sql<BillRow>`
    select b.* from bills b join settlement_runs r on r.id = b.run_id and r.posted_at is not null where b.account_id = ${account} order by b.period desc limit ${limit}`.execute(tx)
  return rows
}

/** The bill of a month; `not_found` where it was not posted. `account`: what was asked for was allowed before. */
export async function readBill(tx: Transaction<DB>, group: Group, account: number, period: Temporal.PlainDate): Promise<Bill> {
  const bill = (await readBills(tx, group, [account], period)).get(account)
  if (!bill) throw new Refusal('not_found', { clause: '11.3.1' })
  return bill
}

/** The posted bills of a month of many accounts, read together; an account without one is absent. */
export async function readBills(tx: Transaction<DB>, group: Group, accounts: readonly number[], period: Temporal.PlainDate): Promise<Map<number, Bill>> {
  const { rows: bills } = await sql<BillRow & { before: BillRow['balances'] | null }>`
    select b.*, p.balances as before from bills b join settlement_runs r on r.id = b.run_id and r.posted_at is not null
    left join bills p on p.account_id = b.account_id and p.period = ${period.subtract({ months: 1 })}
    where b.account_id = any(${accounts}::bigint[]) and b.period = ${period}`.execute(tx)
  if (bills.length === 0) return new Map()
  const lines = Map.groupBy(await readLines(tx, accounts, period, period), ({ account_id }) => account_id)
  return new Map(bills.map((bill) => [bill.account_id, billOf(group, bill, lines.get(bill.account_id) ?? [])]))
}

/** Lines of accounts from one month to another, with what their bills tell beside them: meters, readings, reasons. */
async function readLines(tx: Transaction<DB>, accounts: readonly number[], from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select l.account_id, l.period, l.kind, l.service, l.entry, l.amount, l.net, l.vat, l.quantity, l.night, l.method, l.plan, l.residents, l.on_day, m.serial, c.reason, c.corrects,
      s.value as since_value, s.night as since_night, s.taken_on as since_on, r.value as read_value, r.night as read_night, r.taken_on as read_on,
      p.stove, b.common_heat_meter, coalesce(t.benefit, false) as benefit, v.consumer_group
    from ledger_lines l join accounts a on a.id = l.account_id join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id
    cross join lateral (select (l.period + interval '1 month' - interval '1 day')::date as day) e
    left join meters m on m.id = l.meter_id left join readings s on s.id = l.since_reading left join readings r on r.id = l.reading_id
    left join corrections c on l.kind = 'recalculation' and c.id = l.entry
    left join lateral (select benefit from account_terms where account_id = a.id and from_day <= e.day order by from_day desc, id desc limit 1) t on l.kind in ('charge', 'common')
    left join lateral (select consumer_group from account_services where account_id = a.id and service = l.service and from_day <= e.day order by from_day desc, id desc limit 1) v on l.kind in ('charge', 'common')
    where l.account_id = any(${accounts}::bigint[]) and l.period between ${from} and ${to} order by l.account_id, l.period, l.service, l.kind, l.entry`.execute(tx)
  return rows
}

function billOf(group: Group, bill: BillRow & { readonly before: BillRow['balances'] | null }, rows: readonly LineRow[]): Bill {
  const { period } = bill
  const opening = bill.before ? balancesIn(bill.before) : new Map()
  const closing = balancesIn(bill.balances)
  const sum = (service: Service, ...kinds: LineKind[]) => rows.reduce((total, row) => total + (row.service === service && kinds.includes(row.kind) ? row.amount : 0), 0)
  const whole = (service: Service, of: typeof closing) => Number((of.get(service)?.principal ?? 0n) + (of.get(service)?.penalty ?? 0n))
  const shown = services.filter((service) => opening.has(service) || closing.has(service) || rows.some((row) => row.service === service))
  return {
    period: period.toPlainYearMonth().toString(), payBy: payByOf(group, period).toString(),
    lines: rows.filter((row) => row.kind === 'charge' || row.kind === 'common').map((row) => lineOf(group, row)),
    services: shown.map((service) => ({
      // Where the month before had no bill, what was brought in from then stands at the opening.
      service, opening: whole(service, closing) - sum(service, 'charge', 'common', 'recalculation', 'penalty', 'payment', 'penalty_payment'), charged: sum(service, 'charge', 'common'),
      recalculated: sum(service, 'recalculation'), penalty: sum(service, 'penalty'), paid: sum(service, 'payment', 'penalty_payment'), closing: whole(service, closing),
    })),
    total: { opening: bill.opening, charged: bill.charged, recalculated: bill.recalculated, penalty: bill.penalty, paid: bill.paid, closing: bill.closing },
    payments: [...Map.groupBy(rows.filter(({ kind }) => kind === 'payment' || kind === 'penalty_payment'), (row) => row.entry).values()]
      .map((parts) => ({ on: (parts[0]!.on_day ?? period).toString(), amount: -parts.reduce((total, { amount }) => total + amount, 0) })).toSorted((a, b) => (a.on < b.on ? -1 : 1)),
    recalculations: rows.filter(({ kind }) => kind === 'recalculation').map((row) => ({
      service: row.service, amount: row.amount, reason: row.reason ?? '', ...(row.corrects && { corrects: row.corrects.toPlainYearMonth().toString() }),
    })),
  }
}

/** The day by which a month's bill is to be paid. */
export const payByOf = ({ cabinet: { rules } }: Group, period: Temporal.PlainDate): Temporal.PlainDate => period.add({ months: 1 }).with({ day: rules.payByDay })

type LineRow = {
  account_id: number; period: Temporal.PlainDate; kind: LineKind; service: Service; entry: number; amount: number; net: number | null; vat: number | null; quantity: number | null; night: number | null; method: BillLine['method'] | null; plan: TariffPlan | null; residents: number | null
  on_day: Temporal.PlainDate | null; serial: string | null; reason: string | null; corrects: Temporal.PlainDate | null; since_value: number | null; since_night: number | null; since_on: Temporal.PlainDate | null
  read_value: number | null; read_night: number | null; read_on: Temporal.PlainDate | null; stove: boolean; common_heat_meter: boolean; benefit: boolean; consumer_group: ConsumerGroup | null
}

function lineOf(group: Group, row: LineRow): BillLine {
  const on = row.period.add({ months: 1 }).subtract({ days: 1 })
  const working = row.plan && row.quantity !== null && row.method !== 'outside' ? workingOf(group.tariffs, {
    on, service: row.service, group: row.consumer_group ?? 'household', plan: row.plan, stove: row.stove, commonMeter: row.common_heat_meter, residents: row.residents ?? 1, benefit: row.benefit,
    quantity: BigInt(row.quantity), ...(row.night !== null && { night: BigInt(row.night) }),
  }) : undefined
  // Shown only where it comes to the sum that stands there: tariffs may have been set right since.
  const holds = working && Number(working.total) === Math.abs(row.amount)
  return {
    service: row.service, kind: row.kind as 'charge' | 'common', method: row.method ?? 'outside', quantity: signed(row.quantity ?? 0), ...(row.night !== null && { night: signed(row.night) }), ...(row.plan && { plan: row.plan }),
    ...(row.residents !== null && { residents: row.residents }), ...(row.serial && { meter: row.serial }),
    ...(row.since_on && { previous: readingOf(row.since_value!, row.since_night, row.since_on) }), ...(row.read_on && { current: readingOf(row.read_value!, row.read_night, row.read_on) }),
    ...(holds && { vatPercent: working.vatPercent, working: working.lines.map((line) => ({ what: line.what, ...(line.tier && { tier: line.tier }), quantity: writeQuantity(line.quantity), price: Number(line.price), net: Number(line.net) })) }),
    net: row.net ?? row.amount, vat: row.vat ?? 0, amount: row.amount,
  }
}

const readingOf = (value: number, night: number | null, on: Temporal.PlainDate): ShownReading => ({ value: writeQuantity(BigInt(value)), ...(night !== null && { night: writeQuantity(BigInt(night)) }), on: on.toString() })
const signed = (quantity: number): string => writeSigned(BigInt(quantity))

/** The ledger card (карточка): one row a month and service, oldest first; what is not yet billed stands at the end. */
export type CardRow = Sums & { readonly period: string; readonly service: Service; readonly quantity?: string; readonly method?: BillLine['method']; readonly previous?: string; readonly current?: string; readonly billed: boolean }

export async function readCard(tx: Transaction<DB>, account: number, from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<CardRow[]> {
  const { rows } = await sql<{
    period: Temporal.PlainDate; service: Service; charged: number; recalculated: number; penalty: number; paid: number; opened: number; quantity: number | null; method: BillLine['method'] | null
    previous: number | null; current: number | null; billed: boolean
  }>`
    select l.period, l.service, sum(l.amount) filter (where l.kind in ('charge', 'common'))::bigint as charged, sum(l.amount) filter (where l.kind = 'recalculation')::bigint as recalculated,
      sum(l.amount) filter (where l.kind = 'penalty')::bigint as penalty, sum(l.amount) filter (where l.kind in ('payment', 'penalty_payment'))::bigint as paid, sum(l.amount) filter (where l.kind = 'opening')::bigint as opened,
      max(l.quantity) filter (where l.kind = 'charge')::bigint as quantity, max(l.method) filter (where l.kind = 'charge') as method, max(s.value)::bigint as previous, max(r.value)::bigint as current,
      bool_or(b.account_id is not null) as billed
    from ledger_lines l
    left join readings s on l.kind = 'charge' and s.id = l.since_reading left join readings r on l.kind = 'charge' and r.id = l.reading_id
    left join settlement_runs q on q.id = l.run_id
    left join lateral (select b.account_id from bills b join settlement_runs n on n.id = b.run_id and n.posted_at is not null where b.account_id = l.account_id and b.period = l.period) b on true
    where l.account_id = ${account} and (l.run_id is null or q.posted_at is not null) group by l.period, l.service order by l.period, l.service`.execute(tx)
  const running = new Map<Service, number>()
  return [...Map.groupBy(rows, ({ period }) => period.toPlainYearMonth().toString())].flatMap(([period, own]): CardRow[] => {
    const touched = own.map((row): CardRow => {
      const opening = (running.get(row.service) ?? 0) + (row.opened ?? 0)
      const sums = { opening, charged: row.charged ?? 0, recalculated: row.recalculated ?? 0, penalty: row.penalty ?? 0, paid: row.paid ?? 0 }
      const closing = opening + sums.charged + sums.recalculated + sums.penalty + sums.paid
      running.set(row.service, closing)
      return {
        period, service: row.service, ...sums, closing, billed: row.billed, ...(row.quantity !== null && { quantity: signed(row.quantity) }), ...(row.method && { method: row.method }),
        ...(row.previous !== null && { previous: writeQuantity(BigInt(row.previous)) }), ...(row.current !== null && { current: writeQuantity(BigInt(row.current)) }),
      }
    })
    const [{ period: month, billed }] = own as [typeof own[number]]
    if (Temporal.PlainDate.compare(month, from) < 0 || Temporal.PlainDate.compare(to, month) < 0) return []
    // A service that a month does not touch still owes what it owed.
    const standing = [...running].filter(([service, closing]) => closing !== 0 && !own.some((row) => row.service === service)).map(([service, closing]): CardRow => ({ period, service, opening: closing, charged: 0, recalculated: 0, penalty: 0, paid: 0, closing, billed }))
    return [...touched, ...standing]
  })
}

/** Prices without VAT, in tiyn, by which months and services of a card were charged: `2026-10 electricity`. */
export async function readCardPrices(tx: Transaction<DB>, group: Group, account: number, from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<Map<string, readonly number[]>> {
  const rows = (await readLines(tx, [account], from, to)).filter(({ kind }) => kind === 'charge')
  return new Map(rows.map((row) => [`${row.period.toPlainYearMonth().toString()} ${row.service}`, (lineOf(group, row).working ?? []).map(({ price }) => price)]))
}
