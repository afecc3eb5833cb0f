import { PassThrough, Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import type { Transaction } from 'kysely'
import { services } from '../../regulation/tariffs.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { billWords, signedTenge } from '../../web/i18n/bills.ts'
import { formatDateTime, formatQuantity } from '../../web/i18n/format.ts'
import { formatTenge, tariffWords } from '../../web/i18n/tariffs.ts'
import type { AccountRow } from '../ledger/find-account.ts'
import { readCard, readCardPrices, type CardRow, type Sums } from '../ledger/read-bill.ts'
import type { LedgerCardPrint } from '../papers/papers.ts'
import type { Group } from '../people/group.ts'
import type { DB } from '../schema.ts'
import { factsOf } from './compose-bill.ts'

/** A row of the card (п. 11.3.1) before it is written: money in tiyn. `month` and `total` sum up what stands above them. */
export type CardLine = Sums & {
  readonly mark?: 'month' | 'total'
  /** YYYY-MM; of the total: none. */
  readonly period: string
  readonly name: string
  readonly previous?: string | undefined
  readonly current?: string | undefined
  readonly quantity?: string | undefined
  /** Tiyn without VAT, one a tier or zone. */
  readonly prices: readonly number[]
  /** Only of sums: what was to be paid after that month. */
  readonly toPay?: number
}
export type Span = { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate }

/** An account's card of a span of months, oldest first, with sums. */
export async function gatherCard(tx: Transaction<DB>, group: Group, account: number, { from, to }: Span, language: Language): Promise<{ readonly lines: readonly CardLine[]; readonly unbilled: boolean }> {
  const rows = await readCard(tx, account, from, to)
  return { lines: linesOf(rows, await readCardPrices(tx, group, account, from, to), language), unbilled: rows.some(({ billed }) => !billed) }
}

/** The months' rows with a sum under each and one under all. */
export function linesOf(rows: readonly CardRow[], prices: ReadonlyMap<string, readonly number[]>, language: Language): CardLine[] {
  if (rows.length === 0) return []
  const words = billWords[language]
  const months = [...Map.groupBy(rows, ({ period }) => period)].map(([period, own]) => {
    const sum = addUp(own)
    const lines = own.toSorted((a, b) => services.indexOf(a.service) - services.indexOf(b.service)).map((row): CardLine => ({ ...row, name: tariffWords[language].services[row.service], prices: prices.get(`${period} ${row.service}`) ?? [] }))
    return { lines, sum: { ...sum, mark: 'month', period, name: words.monthTotal, prices: [], toPay: Math.max(0, sum.closing) } as const }
  })
  const last = months.at(-1)!.sum
  const all = addUp(months.map(({ sum }) => sum))
  // What was brought in later stands in the opening of all.
  const opening = last.closing - all.charged - all.recalculated - all.penalty - all.paid
  return [
    ...months.flatMap(({ lines, sum }) => [...lines, sum]),
    { ...all, opening, closing: last.closing, mark: 'total', period: '', name: words.total, prices: [], toPay: Math.max(0, last.closing) },
  ]
}

function addUp(rows: readonly Sums[]): Sums {
  const all = (of: keyof Sums) => rows.reduce((sum, row) => sum + row[of], 0)
  return { opening: all('opening'), charged: all('charged'), recalculated: all('recalculated'), penalty: all('penalty'), paid: all('paid'), closing: all('closing') }
}

export const cardColumns = (language: Language): string[] => {
  const words = billWords[language]
  return [words.period, words.service, words.opening, words.previous, words.current, words.quantity, words.price, words.charged, words.recalculated, words.penalty, words.paid, words.closing, words.toPay]
}

type Card = { readonly group: Group; readonly account: AccountRow; readonly span: Span; readonly lines: readonly CardLine[]; readonly unbilled: boolean; readonly now: Temporal.Instant; readonly language: Language }

/** The card on paper. */
export function composeCard({ group, account, span, lines, unbilled, now, language }: Card): LedgerCardPrint {
  const words = billWords[language]
  return {
    language, organization: group.organizations.get(group.cabinet.organization)!.name[language], title: words.card, span: spanWords(span, language), printed: formatDateTime(now.toString()),
    facts: [[words.account, account.number], ...factsOf(account, language)], columns: cardColumns(language),
    rows: lines.map((line) => ({
      ...(line.mark && { mark: line.mark }),
      cells: [
        shortMonth(line.period), line.name, signedTenge(line.opening), formatQuantity(line.previous ?? ''), formatQuantity(line.current ?? ''), formatQuantity(line.quantity ?? ''), line.prices.map(formatTenge).join(' / '),
        ...[line.charged, line.recalculated, line.penalty, -line.paid, line.closing].map(signedTenge), line.toPay === undefined ? '' : signedTenge(line.toPay),
      ],
    })),
    notes: lines.length === 0 ? [words.cardEmpty] : [words.priceNet, ...(unbilled ? [words.notBilled] : [])],
  }
}

/** The card as a workbook: sums and quantities as numbers, the head kept in view, the account above nothing else. */
export function writeCard({ account, span, lines, unbilled, language }: Card): Readable {
  const stream = new PassThrough()
  fill(stream, { account, span, lines, unbilled, language }).catch((error: unknown) => stream.destroy(error as Error))
  return stream
}

async function fill(stream: PassThrough, { account, span, lines, unbilled, language }: Pick<Card, 'account' | 'span' | 'lines' | 'unbilled' | 'language'>): Promise<void> {
  const words = billWords[language]
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
  const sheet = workbook.addWorksheet(words.sheet, { views: [{ state: 'frozen', xSplit: 2, ySplit: headRow }], pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: `${headRow}:${headRow}` } })
  sheet.columns = widths.map((width) => ({ width }))
  const put = (cells: readonly (string | number | null)[], bold = false) => {
    const row = sheet.addRow([...cells])
    if (bold) row.font = { bold }
    return row
  }
  put([`${words.card}, ${spanWords(span, language)}`], true).commit()
  put([`${words.account} ${account.number}. ${factsOf(account, language).map(([name, said]) => `${name}: ${said}`).join('. ')}`]).commit()
  put([]).commit()
  const head = put(cardColumns(language), true)
  head.alignment = { wrapText: true, vertical: 'top' }
  head.commit()
  for (const line of lines) {
    const row = put([
      shortMonth(line.period), line.name, tenge(line.opening), number(line.previous), number(line.current), number(line.quantity), line.prices.length === 1 ? tenge(line.prices[0]!) : line.prices.map(formatTenge).join(' / ') || null,
      ...[line.charged, line.recalculated, line.penalty, -line.paid, line.closing].map(tenge), line.toPay === undefined ? null : tenge(line.toPay),
    ], line.mark !== undefined)
    for (const column of [3, 7, 8, 9, 10, 11, 12, 13]) row.getCell(column).numFmt = '#,##0.00'
    for (const column of [4, 5, 6]) row.getCell(column).numFmt = '#,##0.####'
    row.commit()
  }
  for (const note of lines.length === 0 ? [words.cardEmpty] : [words.priceNet, ...(unbilled ? [words.notBilled] : [])]) put([note]).commit()
  sheet.commit()
  await workbook.commit()
}

const headRow = 4
const widths = [10, 20, 16, 14, 14, 12, 16, 14, 14, 12, 14, 16, 14]
const tenge = (tiyn: number): number => tiyn / 100
const number = (quantity: string | undefined): number | null => (quantity === undefined ? null : Number(quantity))
const spanWords = ({ from, to }: Span, language: Language): string => billWords[language].cardSpan(from.toPlainYearMonth().toString(), to.toPlainYearMonth().toString())
/** 2026-10 → 10.2026 */
const shortMonth = (period: string): string => period.split('-').toReversed().join('.')
