/**
 * What a service costs: tariffs with their validity, VAT by period, tiers by residents, zones, norms. Money is whole
 * tiyn without VAT in every line; VAT is counted once, on their sum; both are rounded half up. Quantities are whole
 * ten-thousandths of a unit, so that nothing is lost between a meter and a bill.
 */
export const services = ['electricity', 'heating', 'hot_water', 'cold_water', 'sewage', 'waste'] as const
export type Service = (typeof services)[number]
export const consumerGroups = ['household', 'other', 'budget'] as const
export type ConsumerGroup = (typeof consumerGroups)[number]
export const tariffPlans = ['flat', 'tiers', 'zones'] as const
export type TariffPlan = (typeof tariffPlans)[number]

/** Whole tiyn; a hundred make a tenge. */
export type Tiyn = bigint
/** Whole ten-thousandths of a unit (kWh, Gcal, m³, person). */
export type Quantity = bigint
export const quantityScale = 10_000n

export type Tariff = {
  readonly service: Service
  readonly group: ConsumerGroup
  readonly from: Temporal.PlainDate
  /** The last day; absent: until another takes its place. */
  readonly to?: Temporal.PlainDate | undefined
} & (
  /** `commonMeter`: for houses with one, or without; absent: for all. */
  | { readonly plan: 'flat'; readonly price: Tiyn; readonly commonMeter?: boolean | undefined }
  /** Monthly limits for each resident; the last tier has none. `benefit`: the limit of lone pensioners and of those with a benefit. */
  | { readonly plan: 'tiers'; readonly stove: boolean; readonly tiers: readonly { readonly perResident?: number | undefined; readonly benefit?: number | undefined; readonly price: Tiyn }[] }
  | { readonly plan: 'zones'; readonly day: Tiyn; readonly night: Tiyn }
)

export type TariffBook = {
  /** Months in which homes are heated; without a meter the others cost nothing. Absent: all. */
  readonly heatingMonths?: readonly number[] | undefined
  readonly tariffs: readonly Tariff[]
  readonly vat: readonly { readonly from: Temporal.PlainDate; readonly percent: number }[]
  readonly norms: {
    /** Gcal a month for a square metre, of a home without a meter. */
    readonly heating: Quantity
    /** m³ a month for a resident, of a home without a meter. */
    readonly hotWater: Quantity
    readonly coldWater: Quantity
    /** kWh a month for a resident, where a meter has failed; the calculator always asks for a figure. */
    readonly electricity?: Quantity | undefined
  }
}

export type Asked = {
  readonly service: Service
  readonly group: ConsumerGroup
  readonly on: Temporal.PlainDate
  readonly residents: number
  /** An electric stove stands in the home. */
  readonly stove: boolean
  readonly benefit: boolean
  readonly commonMeter: boolean
  /** What the meter counted; absent: by norm. */
  readonly quantity?: Quantity | undefined
  readonly zones?: { readonly day: Quantity; readonly night: Quantity } | undefined
  /** Square metres, for heat without a meter. */
  readonly area?: Quantity | undefined
}

export type EstimateLine = { readonly what: 'flat' | 'tier' | 'day' | 'night'; readonly tier?: number; readonly quantity: Quantity; readonly price: Tiyn; readonly net: Tiyn }
export type Estimate = {
  readonly plan: TariffPlan
  readonly byNorm: boolean
  readonly lines: readonly EstimateLine[]
  readonly net: Tiyn
  readonly vatPercent: number
  readonly vat: Tiyn
  readonly total: Tiyn
}

/** Every plan that the asked-for consumer could choose, cheapest first; none where no tariff holds on that day. */
export function estimate(book: TariffBook, asked: Asked): Estimate[] {
  const offer = offerOn(book, asked.on)
  const byNorm = asked.quantity === undefined && asked.zones === undefined
  const quantity = asked.zones ? asked.zones.day + asked.zones.night : (asked.quantity ?? normOf(book, asked))
  if (!offer || quantity === undefined) return []
  return offer.tariffs.filter((tariff) => fits(tariff, asked)).flatMap((tariff) => priceBy(tariff, offer.vatPercent, { ...asked, quantity }) ?? [])
    .map((priced): Estimate => ({ ...priced, byNorm }))
    .sort((a, b) => (a.total < b.total ? -1 : a.total > b.total ? 1 : 0))
}

/** The tariffs of one day and its VAT; undefined where the book begins later. */
export type Offer = { readonly vatPercent: number; readonly tariffs: readonly Tariff[] }
export function offerOn(book: TariffBook, on: Temporal.PlainDate): Offer | undefined {
  const percent = book.vat.filter(({ from }) => Temporal.PlainDate.compare(from, on) <= 0).at(-1)?.percent
  const tariffs = book.tariffs.filter(({ from, to }) => Temporal.PlainDate.compare(from, on) <= 0 && (!to || Temporal.PlainDate.compare(on, to) <= 0))
  return percent === undefined ? undefined : { vatPercent: percent, tariffs }
}

type Fitting = Pick<Asked, 'service' | 'group' | 'stove' | 'commonMeter'>
export const fits = (tariff: Tariff, { service, group, stove, commonMeter }: Fitting): boolean =>
  tariff.service === service && tariff.group === group
  && (tariff.plan !== 'tiers' || tariff.stove === stove) && (tariff.plan !== 'flat' || tariff.commonMeter === undefined || tariff.commonMeter === commonMeter)

type Priced = Pick<Asked, 'residents' | 'benefit' | 'zones'> & { readonly quantity: Quantity }
/** What a quantity costs by one tariff; undefined where its zones were not counted apart. */
export function priceBy(tariff: Tariff, vatPercent: number, priced: Priced): Omit<Estimate, 'byNorm'> | undefined {
  const lines = linesOf(tariff, priced)
  if (!lines) return undefined
  const net = lines.reduce((sum, line) => sum + line.net, 0n)
  const vat = halfUp(net * BigInt(vatPercent), 100n)
  return { plan: tariff.plan, lines, net, vatPercent, vat, total: net + vat }
}

function linesOf(tariff: Tariff, { quantity, residents, benefit, zones }: Priced): EstimateLine[] | undefined {
  switch (tariff.plan) {
    case 'flat':
      return [line('flat', quantity, tariff.price)]
    case 'zones':
      return zones && [line('day', zones.day, tariff.day), line('night', zones.night, tariff.night)]
    case 'tiers': {
      let left = quantity
      let below = 0n
      const lines: EstimateLine[] = []
      for (const [i, tier] of tariff.tiers.entries()) {
        const perResident = benefit ? (tier.benefit ?? tier.perResident) : tier.perResident
        const limit = perResident === undefined ? undefined : BigInt(perResident * residents) * quantityScale
        const part = limit === undefined || left < limit - below ? left : limit - below
        if (part > 0n || i === 0) lines.push({ ...line('tier', part, tier.price), tier: i + 1 })
        left -= part
        below = limit ?? below
        if (left === 0n) break
      }
      return lines
    }
  }
}

const line = (what: EstimateLine['what'], quantity: Quantity, price: Tiyn): EstimateLine => ({ what, quantity, price, net: halfUp(quantity * price, quantityScale) })

/** What a home without a meter is taken to use in a month. */
export function normOf({ norms }: Pick<TariffBook, 'norms'>, { service, residents, area }: Pick<Asked, 'service' | 'residents' | 'area'>): Quantity | undefined {
  switch (service) {
    case 'heating':
      return area === undefined ? undefined : halfUp(area * norms.heating, quantityScale)
    case 'hot_water':
      return norms.hotWater * BigInt(residents)
    case 'cold_water':
      return norms.coldWater * BigInt(residents)
    case 'sewage':
      return (norms.hotWater + norms.coldWater) * BigInt(residents)
    case 'waste':
      return quantityScale * BigInt(residents)
    case 'electricity':
      return norms.electricity === undefined ? undefined : norms.electricity * BigInt(residents)
  }
}

/** A quotient of whole numbers that are not negative, rounded half up. */
export function halfUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend * 2n + divisor) / (divisor * 2n)
}

/** Reads «54,3» or «54.3» as a quantity; undefined: it is none, or has more than four decimals. */
export function readQuantity(text: string): Quantity | undefined {
  const [, whole, decimals = ''] = /^\s*(\d{1,9})(?:[.,](\d{1,4}))?\s*$/.exec(text) ?? []
  return whole === undefined ? undefined : BigInt(whole) * quantityScale + BigInt(decimals.padEnd(4, '0'))
}

/** As people write it: «1,0317», «480»; never below nothing. */
export function writeQuantity(quantity: Quantity, separator = '.'): string {
  const decimals = String(quantity % quantityScale).padStart(4, '0').replace(/0+$/, '')
  return `${quantity / quantityScale}${decimals && separator}${decimals}`
}
/** The same of what may give back: «-50». */
export const writeSigned = (quantity: Quantity): string => (quantity < 0n ? `-${writeQuantity(-quantity)}` : writeQuantity(quantity))

/** Reads a price in tenge, «24.10», as tiyn; undefined: it is none. */
export function readTenge(text: string): Tiyn | undefined {
  const [, whole, decimals = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text) ?? []
  return whole === undefined ? undefined : BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))
}
