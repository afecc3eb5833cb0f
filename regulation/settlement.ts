import { addLines, owed, penalty, type Balance, type Balances, type Line, type LineKind, type PenaltyRate } from './ledger.ts'
import { mostOf, usedBetween } from './readings.ts'
import { fits, halfUp, normOf, offerOn, priceBy, quantityScale, type ConsumerGroup, type Estimate, type Offer, type Quantity, type Service, type Tariff, type TariffBook, type TariffPlan, type Tiyn } from './tariffs.ts'

/**
 * What a month costs a house and everybody in it (п. 11.3.1): by reading, by average, by norm; tiers by residents and
 * stove; zones; each one's part of common-house needs; the penalty on what was not paid in time. Pure: the same facts
 * give the same lines.
 */
export type SettlementRules = {
  /** So many months without a reading are counted by average, then by norm. */
  readonly averageMonths: number
  /** Of so many months read the average is made. */
  readonly averageOf: number
  readonly spikeTimes: number
  /** Days after a verification lapsed that are still counted by average. */
  readonly lapsedDays: number
  /** The day of the next month by which a bill is to be paid. */
  readonly payByDay: number
  readonly penalties: readonly PenaltyRate[]
}

export type ReadingFact = { readonly id: number; readonly value: Quantity; readonly night?: Quantity | undefined; /** The office has looked at what was odd about it. */ readonly settled?: boolean }
export type Used = { readonly day: Quantity; readonly night: Quantity }

export type MeterMonth = {
  readonly meter: number
  readonly registers: 1 | 2
  readonly digits: number
  readonly nextVerificationOn?: Temporal.PlainDate | undefined
  /** Up to which reading was billed. */
  readonly since?: ReadingFact | undefined
  /** The newest accepted one of the month. */
  readonly taken?: ReadingFact | undefined
  /** What the month before was charged for it, if by reading. */
  readonly before?: Used | undefined
  /** Used by the meter that this one took the place of, since it was last billed. */
  readonly carried?: Quantity | undefined
  /** Of it, what was used in the night zone stands apart. */
  readonly carriedNight?: Quantity | undefined
  /** What was charged without a reading since `since`, and for how many months. */
  readonly estimated?: { readonly used: Used; readonly months: number } | undefined
  /** What was used in earlier months that were read, newest first. Needed where `needsPast` says so. */
  readonly past?: readonly Used[] | undefined
}

/** What an exception is told to be; absent: nobody has decided. */
export const decisions = ['reading', 'average', 'norm', 'nothing'] as const
export type Decision = (typeof decisions)[number]
export const exceptionKinds = ['lower', 'spike', 'no_first_reading', 'no_average', 'no_norm', 'no_tariff', 'no_zones'] as const
export type ExceptionKind = (typeof exceptionKinds)[number]

export type ServiceMonth = {
  readonly service: Service
  readonly group: ConsumerGroup
  readonly plan: TariffPlan
  readonly meter?: MeterMonth | undefined
  readonly decision?: Decision | undefined
}
export type AccountMonth = {
  readonly account: number
  readonly residents: number
  readonly benefit: boolean
  readonly stove: boolean
  readonly commonMeter: boolean
  readonly area: Quantity
  readonly services: readonly ServiceMonth[]
  /** At the end of the last settled month, and what of it that month's own bill charged. */
  readonly opening: Balances
  readonly lastCharged: ReadonlyMap<Service, Tiyn>
  /** What people and banks brought in this month. */
  readonly lines: readonly (Line & { readonly on?: Temporal.PlainDate | undefined })[]
}
/** What counts all that a house uses: every meter of it with the reading it was last shared by and this month's. */
export type CommonMonth = {
  readonly meters: readonly (Pick<MeterMonth, 'meter' | 'digits'> & { readonly since: ReadingFact; readonly taken: ReadingFact })[]
  /** What its homes were charged in months between, in which it was not read. */
  readonly charged: Quantity
}
export type HouseMonth = { readonly accounts: readonly AccountMonth[]; readonly common?: CommonMonth | undefined }

export type ChargeMethod = 'reading' | 'average' | 'norm'
export type Charge = Line & {
  readonly kind: LineKind
  readonly net?: Tiyn
  readonly vat?: Tiyn
  readonly quantity?: Quantity
  readonly night?: Quantity
  readonly method?: ChargeMethod
  readonly plan?: TariffPlan
  readonly residents?: number
  readonly meter?: number
  readonly since?: number | undefined
  readonly reading?: number | undefined
}
export type Bill = { readonly opening: Tiyn; readonly charged: Tiyn; readonly recalculated: Tiyn; readonly penalty: Tiyn; readonly paid: Tiyn; readonly closing: Tiyn; readonly balances: ReadonlyMap<Service, Balance> }
export type SettlementException = { readonly service: Service; readonly kind: ExceptionKind; readonly details: Readonly<Record<string, string>> }
export type Settled = { readonly account: number; readonly charges: readonly Charge[]; readonly exceptions: readonly SettlementException[]; readonly bill: Bill }

/** What holds for every account of a month, looked up once. */
export type Month = {
  readonly period: Temporal.PlainDate
  readonly end: Temporal.PlainDate
  readonly offer: Offer | undefined
  readonly book: TariffBook
  readonly rules: SettlementRules
  readonly penalty: PenaltyRate | undefined
  readonly days: number
  /** The day of this month by which last month's bill is to be paid. */
  readonly payByDay: number
}
export function monthOf(book: TariffBook, rules: SettlementRules, period: Temporal.PlainDate): Month {
  const end = period.add({ months: 1 }).subtract({ days: 1 })
  return { period, end, book, rules, days: end.day, payByDay: Math.min(rules.payByDay, end.day), offer: offerOn(book, end), penalty: rules.penalties.filter(({ from }) => Temporal.PlainDate.compare(from, end) <= 0).at(-1) }
}

/** Settles a house together: the rest of its common meters is shared by all. */
export function settleHouse(month: Month, house: HouseMonth): Settled[] {
  const charged = house.accounts.map((account) => chargeAccount(month, account))
  const electricity = charged.reduce((sum, { charges }) => sum + charges.reduce((used, one) => used + (one.service === 'electricity' && one.kind === 'charge' ? (one.quantity ?? 0n) : 0n), 0n), 0n)
  const rest = commonRest(house.common, electricity)
  const area = house.accounts.reduce((sum, one) => sum + one.area, 0n)
  return house.accounts.map((account, i) => {
    const { charges, exceptions } = charged[i]!
    const common = rest > 0n ? commonPart(month, account, halfUp(rest * account.area, area), house.common!) : undefined
    const all = [...charges, ...(common ? [common] : []), ...penaltiesOf(month, account)]
    return { account: account.account, charges: all, exceptions, bill: billOf(account, all) }
  })
}

/** Common meters less what all of the house used since they were last shared; never less than nothing. */
function commonRest(common: CommonMonth | undefined, individual: Quantity): Quantity {
  if (!common) return 0n
  const rest = common.meters.reduce((sum, meter) => sum + usedBetween(meter, meter.since.value, meter.taken.value, mostOf(meter, undefined, 0)), 0n) - common.charged - individual
  return rest > 0n ? rest : 0n
}

function commonPart(month: Month, account: AccountMonth, quantity: Quantity, { meters: [first] }: CommonMonth): Charge | undefined {
  const service = account.services.find((one) => one.service === 'electricity')
  const tariff = service && tariffFor(month, account, { ...service, plan: 'flat' })
  if (!service || !tariff || quantity === 0n) return undefined
  const { net, vat, total } = priceBy(tariff, month.offer!.vatPercent, { quantity, residents: account.residents, benefit: account.benefit })!
  return { service: 'electricity', kind: 'common', amount: total, net, vat, quantity, method: 'reading', plan: 'flat', meter: first!.meter, since: first!.since.id, reading: first!.taken.id }
}

function chargeAccount(month: Month, account: AccountMonth): { charges: Charge[]; exceptions: SettlementException[] } {
  const charges: Charge[] = []
  const exceptions: SettlementException[] = []
  for (const service of account.services) {
    const except = (kind: ExceptionKind, details: Readonly<Record<string, string>> = {}) => void exceptions.push({ service: service.service, kind, details })
    const tariff = tariffFor(month, account, service)
    if (!tariff) {
      except('no_tariff', { plan: service.plan })
      continue
    }
    const metered = service.meter && usedBy(month, service.meter, service.decision, except)
    const norm = metered ? undefined : drained(service, account, charges) ?? normOf(month.book, { service: service.service, residents: account.residents, area: account.area })
    if (service.decision === 'nothing') continue
    // A home without a heat meter pays for heat only while homes are heated.
    if (!metered && service.service === 'heating' && month.book.heatingMonths?.includes(month.period.month) === false) continue
    if (!metered && norm === undefined) {
      except('no_norm')
      continue
    }
    const used: Used = metered?.used ?? { day: norm!, night: 0n }
    charges.push(price(month, account, service, tariff, used, metered))
  }
  return { charges, exceptions }
}

/** What was drained is the water that came in, where any of it is counted; services stand in the order of bills, water before sewage. */
function drained({ service }: ServiceMonth, { services: taken }: AccountMonth, charges: readonly Charge[]): Quantity | undefined {
  if (service !== 'sewage' || !taken.some((one) => isWater(one.service) && one.meter)) return undefined
  return charges.reduce((sum, one) => sum + (isWater(one.service) ? (one.quantity ?? 0n) : 0n), 0n)
}
const isWater = (service: Service): boolean => service === 'hot_water' || service === 'cold_water'

/** A negative quantity gives back: what was estimated before turned out to be too much. */
function price(month: Month, account: AccountMonth, { service, meter }: ServiceMonth, tariff: Tariff, used: Used, metered: Metered | undefined): Charge {
  const all = used.day + used.night
  const less = all < 0n
  const quantity = less ? -all : all
  const zones = tariff.plan === 'zones' ? (less ? { day: quantity, night: 0n } : { day: used.day, night: used.night }) : undefined
  const priced = priceBy(tariff, month.offer!.vatPercent, { quantity, residents: account.residents, benefit: account.benefit, ...(zones && { zones }) })!
  return {
    service, kind: 'charge', amount: less ? -priced.total : priced.total, net: less ? -priced.net : priced.net, vat: less ? -priced.vat : priced.vat, quantity: all, ...(meter?.registers === 2 && { night: used.night }),
    method: metered?.method ?? (service === 'sewage' && account.services.some((one) => one.meter) ? 'reading' : 'norm'), plan: tariff.plan, residents: account.residents,
    ...(meter && { meter: meter.meter, since: meter.since?.id, reading: metered?.reading }),
  }
}

const tariffFor = ({ offer }: Month, { stove, commonMeter }: AccountMonth, { service, group, plan }: Pick<ServiceMonth, 'service' | 'group' | 'plan'>): Tariff | undefined =>
  offer?.tariffs.find((tariff) => tariff.plan === plan && fits(tariff, { service, group, stove, commonMeter }))

type Metered = { readonly method: ChargeMethod; readonly used: Used; readonly reading?: number }

/** Whether `past` must be known before this meter can be counted; most need only the month before. */
export function needsPast({ spikeTimes }: Pick<SettlementRules, 'spikeTimes'>, { taken, since, before, estimated }: MeterMonth, end: Temporal.PlainDate, nextVerificationOn?: Temporal.PlainDate): boolean {
  if (!taken || !since || !before || before.day < 0n || before.night < 0n || estimated || lapsed({ nextVerificationOn }, end) !== undefined) return true
  const used = allOf(taken) - allOf(since)
  const usual = before.day + before.night
  return used < 0n || (usual > 0n && used > usual * BigInt(spikeTimes))
}

const allOf = ({ value, night = 0n }: ReadingFact): Quantity => value + night

/** Days since the verification lapsed, at the end of a month; undefined: it has not. */
const lapsed = ({ nextVerificationOn }: Pick<MeterMonth, 'nextVerificationOn'>, end: Temporal.PlainDate): number | undefined =>
  nextVerificationOn && Temporal.PlainDate.compare(nextVerificationOn, end) < 0 ? nextVerificationOn.until(end).days : undefined

/** By reading; without one by average, so long as the rules allow; undefined: by norm. What is odd is told, and counted carefully until somebody decides. */
function usedBy({ end, rules }: Month, meter: MeterMonth, decision: Decision | undefined, except: (kind: ExceptionKind, details?: Readonly<Record<string, string>>) => void): Metered | undefined {
  const { since, taken, estimated, registers } = meter
  const average = averageOf(meter, rules)
  const byAverage = (): Metered | undefined => average && { method: 'average', used: average }
  if (decision === 'norm') return undefined
  if (decision === 'average') return byAverage()
  const days = lapsed(meter, end)
  if (days !== undefined) return days <= rules.lapsedDays ? byAverage() : undefined
  if (!since) {
    except('no_first_reading')
    return undefined
  }
  if (!taken) return (estimated?.months ?? 0) < rules.averageMonths ? byAverage() : undefined

  const usual = average ? average.day + average.night : undefined
  const most = mostOf(meter, usual, rules.spikeTimes)
  const read = { day: usedBetween(meter, since.value, taken.value, most), night: usedBetween(meter, since.night ?? 0n, taken.night ?? 0n, most) }
  const used = { day: read.day + (meter.carried ?? 0n) + (registers === 1 ? (meter.carriedNight ?? 0n) : 0n) - (estimated?.used.day ?? 0n), night: read.night + (registers === 2 ? (meter.carriedNight ?? 0n) : 0n) - (estimated?.used.night ?? 0n) }
  const byReading: Metered = { method: 'reading', used, reading: taken.id }
  if (decision === 'reading' || taken.settled) return byReading
  const all = read.day + read.night
  const less = taken.value < since.value || (taken.night ?? 0n) < (since.night ?? 0n)
  if (read.day < 0n || read.night < 0n || (less && usual === undefined)) {
    except('lower', { since: String(since.value / quantityScale), taken: String(taken.value / quantityScale) })
    return byAverage()
  }
  const months = BigInt(1 + (estimated?.months ?? 0))
  if (usual !== undefined && usual > 0n && all > usual * BigInt(rules.spikeTimes) * months) {
    except('spike', { used: String(all / quantityScale), usual: String(usual / quantityScale) })
    return byAverage()
  }
  return byReading
}

/** The mean of the last months that were read, each zone by its own. */
function averageOf({ past, before }: MeterMonth, { averageOf: months }: SettlementRules): Used | undefined {
  const known = (past ?? (before ? [before] : [])).slice(0, months)
  if (known.length === 0) return undefined
  const mean = (of: (month: Used) => Quantity) => halfUp(known.reduce((sum, one) => sum + of(one), 0n), BigInt(known.length))
  const night = mean((one) => one.night)
  return { day: mean((one) => one.day + one.night) - night, night }
}

/** On each service's principal that was not paid by its day; what last month's bill charged is late only after this month's pay-by day. */
function penaltiesOf(month: Month, { opening, lastCharged, lines }: AccountMonth): Charge[] {
  const { penalty: rate } = month
  const charges: Charge[] = []
  if (!rate) return charges
  for (const [service, { principal, penalty: owing }] of opening) {
    if (principal <= 0n) continue
    const fresh = lastCharged.get(service) ?? 0n
    const amount = penalty(lateDays(principal, fresh > 0n ? fresh : 0n, lines.filter((line) => line.service === service && line.amount < 0n && line.kind !== 'penalty_payment'), month), rate, principal - (owing > 0n ? owing : 0n))
    if (amount > 0n) charges.push({ service, kind: 'penalty', amount })
  }
  return charges
}

/** Principal that was late, times the days it was: until the pay-by day without what is fresh, each payment from its day on. */
function lateDays(principal: Tiyn, fresh: Tiyn, lines: AccountMonth['lines'], { period, end, payByDay, days }: Month): bigint {
  // A line of another month that this one's bill shows: from the first day, or not yet.
  const dayOf = (on: Temporal.PlainDate | undefined): number =>
    !on || Temporal.PlainDate.compare(on, period) < 0 ? 0 : Temporal.PlainDate.compare(on, end) > 0 ? days : on.day
  const paid = lines.map(({ amount, on }) => ({ amount, day: dayOf(on) }))
  const steps = [...new Set([0, payByDay, ...paid.map(({ day }) => day)])].sort((a, b) => a - b)
  return steps.reduce((sum, from, i) => {
    const late = paid.reduce((left, { amount, day }) => (day <= from ? left + amount : left), principal) - (from < payByDay ? fresh : 0n)
    return late > 0n ? sum + late * BigInt((steps[i + 1] ?? days) - from) : sum
  }, 0n)
}

function billOf({ opening, lines }: AccountMonth, charges: readonly Charge[]): Bill {
  const sums = { opening: owed(opening), charged: 0n, recalculated: 0n, penalty: 0n, paid: 0n }
  for (const { kind, amount } of lines) sums[partOf[kind]] += amount
  for (const { kind, amount } of charges) sums[partOf[kind]] += amount
  const balances = addLines(addLines(opening, lines), charges)
  return { ...sums, closing: owed(balances), balances }
}

/** Where in the bill's sums a line stands. */
const partOf = { opening: 'opening', charge: 'charged', common: 'charged', recalculation: 'recalculated', penalty: 'penalty', payment: 'paid', penalty_payment: 'paid' } as const satisfies Record<LineKind, string>

/** How a charge came about, worked out again from its facts: for the bill's page, and to find what another fact would make of it. */
export type ChargeFacts = {
  readonly on: Temporal.PlainDate
  readonly service: Service
  readonly group: ConsumerGroup
  readonly plan: TariffPlan
  readonly stove: boolean
  readonly commonMeter: boolean
  readonly residents: number
  readonly benefit: boolean
  readonly quantity: Quantity
  readonly night?: Quantity | undefined
}
export function workingOf(book: TariffBook, facts: ChargeFacts): Omit<Estimate, 'byNorm'> | undefined {
  const offer = offerOn(book, facts.on)
  const tariff = offer?.tariffs.find((one) => one.plan === facts.plan && fits(one, facts))
  const less = facts.quantity < 0n
  const quantity = less ? -facts.quantity : facts.quantity
  const night = facts.plan === 'zones' && !less ? (facts.night ?? 0n) : 0n
  return tariff && priceBy(tariff, offer!.vatPercent, { quantity, residents: facts.residents, benefit: facts.benefit, ...(facts.plan === 'zones' && { zones: { day: quantity - night, night } }) })
}
