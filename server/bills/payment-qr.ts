import QRCode from 'qrcode'
import { spread } from '../../regulation/ledger.ts'
import type { Service, Tiyn } from '../../regulation/tariffs.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { billWords } from '../../web/i18n/bills.ts'
import { formatTenge } from '../../web/i18n/tariffs.ts'
import type { Group, Supplier } from '../people/group.ts'

/** Who gets what of a payment: services of one receiver stand together. Sums in tiyn, nothing where nothing is owed. */
export type PayeePart = { readonly supplier: Supplier; readonly services: readonly Service[]; readonly sum: number }

/** A month's services by who sells them, with what each gets when `sum` is paid: the same parts as the ledger books (п. 11.3.1). */
export function payeesOf({ cabinet: { suppliers } }: Pick<Group, 'cabinet'>, closing: readonly { readonly service: Service; readonly closing: number }[], sum: number): PayeePart[] {
  const owed = new Map(closing.map((one) => [one.service, { principal: BigInt(one.closing), penalty: 0n }]))
  const parts = new Map<Service, Tiyn>(sum > 0 ? spread(BigInt(sum), owed).map(({ service, amount }) => [service, -amount]) : [])
  return [...Map.groupBy(closing, ({ service }) => `${suppliers[service].bin} ${suppliers[service].iban}`).values()].map((own) => ({
    supplier: suppliers[own[0]!.service], services: own.map(({ service }) => service), sum: own.reduce((total, { service }) => total + Number(parts.get(service) ?? 0n), 0),
  }))
}

export type PaymentAsked = {
  readonly account: string
  /** Whole tiyn, more than nothing. */
  readonly sum: number
  /** YYYY-MM */
  readonly period: string
  readonly payees: readonly PayeePart[]
  readonly language: Language
}
type PaymentQr = Group['cabinet']['paymentQr']

/** What each provider's QR holds. Another provider is another entry here and in the group file's `paymentQr`. */
const providers: { readonly [P in PaymentQr['provider']]: (settings: Extract<PaymentQr, { provider: P }>, asked: PaymentAsked) => string } = {
  /** Readable as it stands: what a payer types where the bank knows no code. */
  requisites: (_, { account, sum, period, payees, language }) => {
    const { account: accountWord, bin, iban, bik, kbe, knp } = billWords[language]
    return [
      `${accountWord} ${account}; ${period}; ${plainTenge(sum)} ₸`,
      ...payees.filter((payee) => payee.sum > 0).map((payee) => `${payee.supplier.name[language]}; ${bin} ${payee.supplier.bin}; ${iban} ${payee.supplier.iban}; ${bik} ${payee.supplier.bik}; ${kbe} ${payee.supplier.kbe}; ${knp} ${payee.supplier.knp}; ${plainTenge(payee.sum)} ₸`),
    ].join('\n')
  },
  /** The address of a payment page: account and sum in tenge with a point filled in, percent-encoded. */
  link: ({ template }, { account, sum }) => template.replaceAll(/\{(account|sum)\}/g, (_, name: string) => encodeURIComponent(name === 'account' ? account : (sum / 100).toFixed(2))),
}

/** The text that stands in a bill's payment QR, by the group's provider. */
export const paymentQr = ({ cabinet: { paymentQr: settings } }: Pick<Group, 'cabinet'>, asked: PaymentAsked): string =>
  settings.provider === 'link' ? providers.link(settings, asked) : providers.requisites(settings, asked)

const plainTenge = (tiyn: number): string => formatTenge(tiyn).replaceAll('\u00A0', ' ')

/** As an SVG of filled rectangles, a row's run each: the typesetter takes half the time of the package's own, which is drawn with strokes. */
export function qrPicture(text: string): string {
  const { modules: { size, data } } = QRCode.create(text, { errorCorrectionLevel: 'L' })
  const dark = (x: number, y: number) => x < size && data[y * size + x] === 1
  let path = ''
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!dark(x, y)) continue
      const from = x
      while (dark(x, y)) x++
      path += `M${from} ${y}h${x - from}v1H${from}z`
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${path}"/></svg>`
}
