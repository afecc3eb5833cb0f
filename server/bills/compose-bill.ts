import type { Transaction } from 'kysely'
import { sql } from 'kysely'
import { writeQuantity, type Service } from '../../regulation/tariffs.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { billWords, signedTenge } from '../../web/i18n/bills.ts'
import { formatDay, formatQuantity } from '../../web/i18n/format.ts'
import { formatTenge, tariffWords } from '../../web/i18n/tariffs.ts'
import type { Config } from '../config.ts'
import { accountSecret } from '../ledger/account-secret.ts'
import { findAccounts, type AccountRow } from '../ledger/find-account.ts'
import { payByOf, readBills, type Bill, type BillLine, type ShownReading, type Sums } from '../ledger/read-bill.ts'
import type { BillPrint, BillSheets } from '../papers/papers.ts'
import type { Group } from '../people/group.ts'
import type { DB } from '../schema.ts'
import { payeesOf, paymentQr, qrPicture } from './payment-qr.ts'

type Installation = { readonly config: Config; readonly group: Group }
export type BillMeter = { readonly account_id: number; readonly service: Service; readonly serial: string; readonly next_verification_on: Temporal.PlainDate | null }
/** Everything a bill's paper tells, read. */
export type GatheredBill = { readonly account: AccountRow; readonly bill: Bill; readonly meters: readonly BillMeter[] }

/** So many days ahead a meter's verification is warned of. */
const warnDays = 60

/** Bills of a month as read for their papers, in the order of `accounts`; who has no posted bill is left out. */
export async function gatherBills(tx: Transaction<DB>, group: Group, accounts: readonly number[], period: Temporal.PlainDate): Promise<GatheredBill[]> {
  const end = period.add({ months: 1 }).subtract({ days: 1 })
  const bills = await readBills(tx, group, accounts, period)
  const rows = new Map((await findAccounts(tx, accounts, end)).map((row) => [row.id, row]))
  const { rows: meters } = await sql<BillMeter>`
    select account_id, service, serial, next_verification_on from meters
    where account_id = any(${accounts}::bigint[]) and (removed_on is null or removed_on > ${end}) and installed_on <= ${end} order by service, id`.execute(tx)
  const own = Map.groupBy(meters, ({ account_id }) => account_id)
  return accounts.flatMap((id) => {
    const [account, bill] = [rows.get(id), bills.get(id)]
    return account && bill ? [{ account, bill, meters: own.get(id) ?? [] }] : []
  })
}

/** п. 11.3.1: bills of one month (счёт-квитанция) as they are printed: `today` is what verifications are near to. */
export function composeBills({ config, group }: Installation, period: Temporal.PlainDate, gathered: readonly GatheredBill[], language: Language, today: Temporal.PlainDate): BillSheets {
  const words = billWords[language]
  const { name, phone, letterhead } = group.organizations.get(group.cabinet.organization)!
  const month = period.toPlainYearMonth().toString()
  return {
    language, title: words.title, organization: { name: name[language], address: letterhead.address[language], phone }, month: words.forMonth(month), dueBy: words.toPayBy(payByOf(group, period).toString()), account: words.account,
    charges: { title: words.charges, columns: [words.service, words.unit, words.previous, words.current, words.quantity, words.price, words.net, words.vat(vatOf(gathered)), words.sum] },
    balances: { title: words.balances, columns: [words.service, words.opening, words.charged, words.recalculated, words.penalty, words.paid, words.closing], total: words.total },
    payees: { title: words.suppliers, columns: [words.supplier, words.bin, words.iban, words.bik, words.kbe, words.knp, `${words.toPay}, ₸`] },
    meters: words.meters, cabinet: { title: words.cabinet, code: words.code, url: `${config.publicUrl}/${language}/my` }, qrHint: words.qr[group.cabinet.paymentQr.provider],
    bills: gathered.map((one) => printOf({ config, group }, one, language, today)),
  }
}

/** The percent that stands above the column, where every line has the same. */
function vatOf(gathered: readonly GatheredBill[]): number | undefined {
  const percents = new Set(gathered.flatMap(({ bill }) => bill.lines.flatMap(({ vatPercent }) => vatPercent ?? [])))
  return percents.size === 1 ? [...percents][0] : undefined
}

function printOf({ config, group }: Installation, { account, bill, meters }: GatheredBill, language: Language, today: Temporal.PlainDate): BillPrint {
  const words = billWords[language]
  const named = tariffWords[language]
  const due = Math.max(0, bill.total.closing)
  const payees = payeesOf(group, bill.services, due)
  return {
    number: account.number, due: `${formatTenge(due)} ₸`, ...(due === 0 && { note: bill.total.closing < 0 ? words.paidAhead(formatTenge(-bill.total.closing)) : words.nothingToPay }),
    facts: factsOf(account, language), lines: bill.lines.map((line) => lineOf(line, language)),
    services: bill.services.map((one) => [named.services[one.service], ...sumsOf(one)]), total: sumsOf(bill.total),
    remarks: [
      [words.payments, bill.payments.length === 0 ? words.noPayments : bill.payments.map(({ on, amount }) => `${formatDay(on)} — ${signedTenge(amount)} ₸`).join('; ')],
      ...bill.recalculations.map(({ service, amount, reason, corrects }) =>
        [words.recalculations, `${named.services[service]}${corrects ? `, ${words.recalculatedFor(corrects)}` : ''}: ${signedTenge(amount)} ₸${reason && ` — ${reason}`}`] as const),
    ],
    meters: meters.map(({ service, serial, next_verification_on: next }) => ({
      name: `${named.services[service]}, № ${serial}`, verification: next ? `${words.nextVerification} ${formatDay(next.toString())}` : '', ...(next && warningOf(today.until(next).days, language)),
    })),
    payees: payees.map(({ supplier, services, sum }) => [
      `${supplier.name[language]} (${services.map((service, i) => (i === 0 ? named.services[service] : named.services[service].toLocaleLowerCase(language))).join(', ')})`, supplier.bin, supplier.iban, supplier.bik, supplier.kbe, supplier.knp, formatTenge(sum),
    ]),
    cabinet: { how: words.cabinetHow(account.number), code: accountSecret(config, account) },
    ...(due > 0 && { qr: qrPicture(paymentQr(group, { account: account.number, sum: due, period: bill.period, payees, language })) }),
  }
}

/** Whose account it is, where, how large. */
export function factsOf(account: AccountRow, language: Language): (readonly [string, string])[] {
  const words = billWords[language]
  return [
    [words.holder, account.holder_name], [words.address, account.flat ? `${account.address}, ${words.flat(account.flat)}` : account.address],
    [words.area, formatQuantity(writeQuantity(BigInt(account.area)))], [words.residents, String(account.residents ?? 1)],
  ]
}

function lineOf(line: BillLine, language: Language): BillPrint['lines'][number] {
  const words = billWords[language]
  const named = tariffWords[language]
  const working = line.working ?? []
  const one = working.length === 1 && working[0]!.what === 'flat' ? working[0] : undefined
  return {
    service: line.kind === 'common' ? `${named.services[line.service]}: ${words.common.toLocaleLowerCase(language)}` : named.services[line.service],
    how: line.kind === 'common' ? '' : line.quantity.startsWith('-') ? words.givenBack : words.methods[line.method],
    unit: named.units[line.service], previous: readingOf(line.previous, language), current: readingOf(line.current, language),
    quantity: formatQuantity(line.quantity), price: one ? formatTenge(one.price) : '', net: signedTenge(line.net), vat: signedTenge(line.vat), sum: signedTenge(line.amount),
    parts: one ? [] : working.map((part) => ({
      name: part.what === 'tier' ? words.tier(part.tier ?? 1) : words.parts[part.what], quantity: formatQuantity(part.quantity), price: formatTenge(part.price), net: formatTenge(part.net),
    })),
  }
}

function readingOf(shown: ShownReading | undefined, language: Language): string[] {
  if (!shown) return []
  const { day, night } = billWords[language]
  return [...(shown.night === undefined ? [formatQuantity(shown.value)] : [`${day} ${formatQuantity(shown.value)}`, `${night} ${formatQuantity(shown.night)}`]), formatDay(shown.on)]
}

function warningOf(days: number, language: Language): { warning?: string } {
  const words = billWords[language]
  return days < 0 ? { warning: words.verificationLapsed } : days <= warnDays ? { warning: words.verificationSoon(days) } : {}
}

/** What was paid stands as people say it, above nothing. */
export const sumsOf = ({ opening, charged, recalculated, penalty, paid, closing }: Sums): string[] => [opening, charged, recalculated, penalty, -paid, closing].map(signedTenge)
