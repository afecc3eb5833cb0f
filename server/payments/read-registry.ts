import type { TableRow } from '../platform/tables.ts'
import type { RefusalCode } from '../../regulation/refusals.ts'
import { readTenge, type Tiyn } from '../../regulation/tariffs.ts'

/** A bank's file as its lines, each with what it says or why it says nothing; and the total the bank itself wrote, if it did. */
export type RegistryLine = {
  readonly n: number
  readonly raw: string
  readonly account: string | undefined
  readonly amount: Tiyn | undefined
  readonly paidOn: Temporal.PlainDate | undefined
  readonly reference: string | undefined
  readonly fault: RefusalCode | undefined
}
export type Registry = { readonly lines: readonly RegistryLine[]; readonly declared: { readonly total?: Tiyn; readonly count?: number } }

/**
 * Reads a registry of payments (docs/payments.md): columns by the names of a heading, in Russian, Kazakh or English, or
 * in the order account, amount, day, reference; a last line «ИТОГО» tells the total, and how many lines there are.
 */
export function readRegistry(rows: readonly TableRow[], today: Temporal.PlainDate): Registry {
  const at = headingOf(rows[0]?.cells ?? [])
  const body = at ? rows.slice(1) : rows
  const columns = at ?? inOrder
  const totals = body.filter(({ cells }) => cells.some((cell) => /^(итого|всего|барлығы|жиыны|total)/i.test(cell)))
  const lines = body.filter((row) => !totals.includes(row)).map((row) => lineOf(row, columns, today))
  const sums = (totals.at(-1)?.cells ?? []).map((cell) => cell.replace(/^\D+/, '')).filter((cell) => cell !== '')
  const total = sums.map(readAmount).filter((sum) => sum !== undefined).at(-1)
  const count = sums.length > 1 && /^\d{1,6}$/.test(sums[0]!) ? Number(sums[0]) : undefined
  return { lines, declared: { ...(total !== undefined && { total }), ...(count !== undefined && { count }) } }
}

type Columns = Readonly<Record<'account' | 'amount' | 'day' | 'reference', number>>
const inOrder: Columns = { account: 0, amount: 1, day: 2, reference: 3 }
const names: Readonly<Record<keyof Columns, RegExp>> = {
  account: /^(л\/?с|л\.\s?с|лицевой|номер счета|дербес|account|acc)/i, amount: /^(сумма|сомасы?|amount|sum)/i, day: /^(дата|күні?|date|day)/i, reference: /^(реф|№ ?(док|плат)|номер (док|плат)|квитанц|сілтеме|төлем нөмірі|reference|ref|txn|id)/i,
}

function headingOf(cells: readonly string[]): Columns | undefined {
  const at = (name: keyof Columns) => cells.findIndex((cell) => names[name].test(cell.replaceAll('ё', 'е').trim()))
  const columns: Columns = { account: at('account'), amount: at('amount'), day: at('day'), reference: at('reference') }
  return columns.account >= 0 && columns.amount >= 0 ? columns : undefined
}

function lineOf({ n, cells }: TableRow, columns: Columns, today: Temporal.PlainDate): RegistryLine {
  const cell = (name: keyof Columns) => (cells[columns[name]] ?? '').trim()
  const account = cell('account').replaceAll(/\s/g, '')
  const amount = readAmount(cell('amount'))
  const paidOn = readPaidOn(cell('day'))
  const reference = cell('reference')
  const fault: RefusalCode | undefined = account === '' || account.length > 30 ? 'account_unknown' : amount === undefined || amount <= 0n ? 'amount_invalid' : !paidOn ? 'field_invalid'
    : Temporal.PlainDate.compare(today, paidOn) < 0 ? 'date_in_future' : reference === '' || reference.length > 100 ? 'reference_missing' : undefined
  return { n, raw: cells.join('; ').slice(0, 500), account: account || undefined, amount, paidOn, reference: reference || undefined, fault }
}

/** «1 250,50», «1250.5», «1,250.50», with ₸ or тг or without; a minus is none. */
export function readAmount(text: string): Tiyn | undefined {
  const bare = text.replaceAll(/[\s\u00A0₸]|тг\.?|тенге|KZT/gi, '')
  const plain = /^\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(bare) ? bare.replaceAll(',', '') : bare.replace(',', '.')
  return readTenge(plain)
}

/** 23.11.2026, 23/11/2026, 2026-11-23 or 20261123, with a time after it or without. */
export function readPaidOn(text: string): Temporal.PlainDate | undefined {
  const [, d, m, y] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})(?:\D.*)?$/.exec(text) ?? []
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:[\sT]?\d.*)?$/.exec(text) ?? []
  try {
    return Temporal.PlainDate.from({ year: Number(y ?? year), month: Number(m ?? month), day: Number(d ?? day) }, { overflow: 'reject' })
  } catch {
    return undefined
  }
}
