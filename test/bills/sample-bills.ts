import { services, type Service } from '../../regulation/tariffs.ts'
import type { GatheredBill } from '../../server/bills/compose-bill.ts'
import { linesOf } from '../../server/bills/compose-card.ts'
import type { Bill, BillLine, CardRow, Sums } from '../../server/ledger/read-bill.ts'
import type { Config } from '../../server/config.ts'
import { readGroup } from '../../server/people/read-group.ts'

/** Bills as they are read, made by hand: what a paper must hold, however odd. */
export const group = readGroup('groups/sevkazenergo.yaml')
export const config = { secret: 'a secret of the tests, long enough to be taken', publicUrl: 'https://jauap.example.kz' } as Config
export const period = Temporal.PlainDate.from('2026-10-01')
export const today = Temporal.PlainDate.from('2026-11-05')

export const sums = (changes: Partial<Sums>): Sums => {
  const all = { opening: 0, charged: 0, recalculated: 0, penalty: 0, paid: 0, ...changes }
  return { ...all, closing: all.opening + all.charged + all.recalculated + all.penalty + all.paid }
}
const reading = (value: string, on: string, night?: string) => ({ value, on, ...(night && { night }) })
export const line = (changes: Partial<BillLine>): BillLine => {
  const { net = 0, vat = Math.round(net * 0.16) } = changes
  return { service: 'electricity', kind: 'charge', method: 'reading', quantity: '0', net, vat, vatPercent: 16, amount: net + vat, ...changes }
}
const flat = (quantity: string, price: number, net: number): Partial<BillLine> => ({ quantity, net, plan: 'flat', working: [{ what: 'flat', quantity, price, net }] })

export const tiers = line({
  plan: 'tiers', quantity: '480', meter: 'E00000001', previous: reading('12345', '2026-09-22'), current: reading('12825', '2026-10-22'), net: 1_250_700, residents: 3,
  working: [{ what: 'tier', tier: 1, quantity: '300', price: 2300, net: 690_000 }, { what: 'tier', tier: 2, quantity: '150', price: 2990, net: 448_500 }, { what: 'tier', tier: 3, quantity: '30', price: 3740, net: 112_200 }],
})
export const zones = line({
  plan: 'zones', quantity: '305', night: '95', meter: 'E00000002', previous: reading('12345', '2026-09-22', '4100'), current: reading('12555', '2026-10-22', '4195'), net: 679_000,
  working: [{ what: 'day', quantity: '210', price: 2790, net: 585_900 }, { what: 'night', quantity: '95', price: 980, net: 93_100 }],
})
const lines: BillLine[] = [
  tiers, line({ kind: 'common', ...flat('7.71', 2410, 18_581) }), line({ service: 'heating', method: 'norm', ...flat('1.0317', 645_000, 665_447) }),
  line({ service: 'hot_water', method: 'average', ...flat('6.5', 41_200, 267_800) }), line({ service: 'cold_water', ...flat('8.25', 11_800, 97_350), previous: reading('310', '2026-09-22'), current: reading('318.25', '2026-10-22') }),
  line({ service: 'sewage', ...flat('14.75', 9600, 141_600) }), line({ service: 'waste', method: 'norm', ...flat('3', 42_000, 126_000) }),
]

/** A whole bill; `changes` say what it is about. */
export function sampleBill(changes: { readonly bill?: Partial<Bill>; readonly account?: Partial<GatheredBill['account']>; readonly meters?: GatheredBill['meters'] } = {}): GatheredBill {
  const own = changes.bill?.lines ?? lines
  const services = [...Map.groupBy(own, ({ service }) => service)].map(([service, of], i) =>
    ({ service, ...sums({ opening: 450_000, charged: of.reduce((all, { amount }) => all + amount, 0), paid: -440_000, penalty: i === 0 ? 1_250 : 0, recalculated: i === 0 ? -45_000 : 0 }) }))
  const all = (of: keyof Sums) => services.reduce((total, one) => total + one[of], 0)
  return {
    account: {
      id: 1, number: '1000001', holder_name: 'Сергеев Пётр Ильич', secret_version: 1, opened_on: Temporal.PlainDate.from('2020-01-01'), closed_on: null, building_id: 1, address: 'г. Петропавловск, ул. Жамбыла, 1', flat: '12', district: 'г. Петропавловск',
      area: 543_000, stove: false, common_heat_meter: false, residents: 3, benefit: false, ...changes.account,
    },
    bill: {
      period: '2026-10', payBy: '2026-11-25', lines: own, services,
      total: { opening: all('opening'), charged: all('charged'), recalculated: all('recalculated'), penalty: all('penalty'), paid: all('paid'), closing: all('closing') },
      payments: [{ on: '2026-10-12', amount: 2_000_000 }, { on: '2026-10-24', amount: 640_000 }],
      recalculations: [{ service: 'electricity', amount: -45_000, reason: 'Показания за сентябрь были списаны неверно', corrects: '2026-09' }], ...changes.bill,
    },
    meters: changes.meters ?? [
      { account_id: 1, service: 'electricity', serial: 'E00000001', next_verification_on: Temporal.PlainDate.from('2031-04-18') },
      { account_id: 1, service: 'hot_water', serial: 'H00000001', next_verification_on: Temporal.PlainDate.from('2026-12-01') },
      { account_id: 1, service: 'cold_water', serial: 'C00000001', next_verification_on: Temporal.PlainDate.from('2026-10-01') },
    ],
  }
}

/** A year's card, its last month not yet billed. */
export function sampleCard(language: 'ru' | 'kk') {
  const [from, to] = [Temporal.PlainDate.from('2025-11-01'), Temporal.PlainDate.from('2026-10-01')]
  const standing = new Map<Service, number>()
  const rows = Array.from({ length: 12 }, (_, n) => from.add({ months: n })).flatMap((at, n) => services.map((service, i): CardRow => {
    const opening = standing.get(service) ?? 0
    const charged = n === 11 ? 0 : 150_000 * (i + 1) + 1_217 * n
    const own = sums({ opening, charged, paid: n > 0 ? -opening - (n === 5 ? 5_000 : 0) : 0, recalculated: n === 7 && i === 0 ? -45_000 : 0, penalty: n === 3 && i < 2 ? 1_250 : 0 })
    standing.set(service, own.closing)
    return {
      ...own, service, period: at.toPlainYearMonth().toString(), billed: n < 11, method: 'reading', ...(n < 11 && { quantity: i === 1 ? '1.0317' : `${140 + n}.5` }),
      ...(i !== 1 && i < 4 && n < 11 && { previous: `${12_345 + n * 150}`, current: `${12_495 + n * 150}` }),
    }
  }))
  const prices = new Map(rows.map(({ period: at, service }) => [`${at} ${service}`, service === 'electricity' ? [2300, 2990, 3740] : [41_200]]))
  return { group, account: sampleBill().account, span: { from, to }, lines: linesOf(rows, prices, language), unbilled: true, now: Temporal.Instant.from('2026-11-05T05:00:00Z'), language }
}
