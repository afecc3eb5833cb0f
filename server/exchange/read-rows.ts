import { setImmediate as others } from 'node:timers/promises'
import { Refusal, type Fault, type RefusalCode } from '../../regulation/refusals.ts'
import { consumerGroups, quantityScale, readQuantity, services, tariffPlans, writeQuantity } from '../../regulation/tariffs.ts'
import { exchangeWords } from '../../web/i18n/exchange.ts'
import { tariffWords } from '../../web/i18n/tariffs.ts'
import type { TableRow } from '../platform/tables.ts'
import { formats, type Column, type ExchangeKind } from './formats.ts'

/** A cell as it is kept: days and months as ISO, money in tiyn and quantities in ten-thousandths as text of digits; null: empty. A column that the file does not have is absent. */
export type Fields = Readonly<Record<string, string | number | boolean | null>>
/** `given`: cells that could not be read, as they were written. */
export type ReadRow = { readonly n: number; readonly fields: Fields; readonly given: Readonly<Record<string, string>>; readonly faults: readonly Fault[] }

/**
 * The rows of a file by the table of formats: the first names the columns; each cell is read or told as a fault.
 * @throws Refusal columns_unknown, columns_missing, exchange_empty
 */
export async function readRows(kind: ExchangeKind, [head, ...rows]: readonly TableRow[]): Promise<ReadRow[]> {
  if (!head) throw new Refusal('exchange_empty')
  const { columns, key } = formats[kind]
  const places = head.cells.map((cell) => columns.find(({ name }) => [name, exchangeWords.ru.columns[name], exchangeWords.kk.columns[name]].some((known) => known !== undefined && plain(known) === plain(cell))))
  const unknown = head.cells.filter((cell, i) => cell !== '' && !places[i])
  if (unknown.length > 0) throw new Refusal('columns_unknown', { details: { names: unknown.slice(0, 10).map((name) => name.slice(0, 40)).join(', ') } })
  const missing = columns.filter((column) => column.required && !places.includes(column))
  if (missing.length > 0) throw new Refusal('columns_missing', { details: { names: missing.map(({ name }) => name).join(', ') } })
  if (rows.length === 0) throw new Refusal('exchange_empty')
  const known = new Map<string, number>()
  const agree = kind === 'accounts' ? houseAgreement() : () => []
  const read: ReadRow[] = []
  for (const { n, cells } of rows) {
    // A long file is read while others are served.
    if (read.length % 1_000 === 999) await others()
    const fields: Record<string, string | number | boolean | null> = {}
    const given: Record<string, string> = {}
    const faults: Fault[] = []
    for (const [i, column] of places.entries()) {
      if (!column) continue
      const text = (cells[i] ?? '').trim()
      const cell = text === '' ? (column.required ? 'field_missing' as const : { value: null }) : readCell(column, text)
      if (typeof cell !== 'string') fields[column.name] = cell.value
      else {
        faults.push({ field: column.name, code: cell })
        given[column.name] = text.slice(0, 200)
      }
    }
    if (key && faults.length === 0) {
      const mark = key.map((name) => String(fields[name])).join('\u0000')
      const first = known.get(mark)
      if (first === undefined) known.set(mark, n)
      else faults.push({ field: key[0]!, code: 'row_repeated', details: { row: first } })
    }
    if (faults.length === 0) faults.push(...agree(fields, n))
    read.push({ n, fields, given, faults })
  }
  return read
}

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е').replaceAll(/[^\p{L}\p{N}]/gu, '')
const yes = ['1', 'да', 'иә', 'true', 'yes', 'y']
const no = ['0', 'нет', 'жоқ', 'false', 'no', 'n']
type Read = { readonly value: string | number | boolean } | RefusalCode

function readCell(column: Column, text: string): Read {
  switch (column.type) {
    case 'text': {
      const words = /^'[=+\-@\t]/.test(text) ? text.slice(1) : text
      if (words.length > column.max) return 'field_too_long'
      return column.pattern && !column.pattern.test(words) ? 'field_invalid' : { value: words }
    }
    case 'day': {
      const day = readDay(text)
      return day ? { value: day } : 'field_invalid'
    }
    case 'month': {
      const [, month, year] = /^(0[1-9]|1[0-2])\.(\d{4})$/.exec(text) ?? []
      const day = readDay(`${year ? `${year}-${month}` : text.slice(0, 7)}-01`)
      return day && (year !== undefined || /^\d{4}-\d{2}(-01)?$/.test(text)) ? { value: day.slice(0, 7) } : 'field_invalid'
    }
    case 'flag':
      return yes.includes(text.toLowerCase()) ? { value: true } : no.includes(text.toLowerCase()) ? { value: false } : 'field_invalid'
    case 'money': {
      const [, minus, whole, decimals = ''] = /^([-−]?)(\d{1,11})(?:[.,](\d{1,2}))?$/.exec(text.replaceAll(/[\s\u00A0]/g, '')) ?? []
      if (whole === undefined || (minus && !column.signed)) return 'amount_invalid'
      const tiyn = BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))
      return { value: String(minus ? -tiyn : tiyn) }
    }
    case 'quantity': {
      const [, minus, digits] = /^([-−]?)(.+)$/.exec(text.replaceAll(/[\s\u00A0]/g, '')) ?? []
      const read = digits === undefined ? undefined : readQuantity(digits)
      if (read === undefined || (minus && !column.signed)) return 'quantity_invalid'
      return column.name === 'area' && read === 0n ? 'quantity_invalid' : { value: String(minus ? -read : read) }
    }
    case 'whole': {
      const read = /^\d{1,4}$/.test(text) ? Number(text) : undefined
      return read === undefined || read < column.from || read > column.to ? 'field_invalid' : { value: read }
    }
    case 'choice': {
      const asked = plain(text)
      const found = column.of.find((one) => plain(one) === asked) ?? (column.name === 'service' ? services.find((one) => [tariffWords.ru.services[one], tariffWords.kk.services[one]].some((name) => plain(name) === asked)) : undefined)
      return found === undefined ? 'field_invalid' : { value: found }
    }
    case 'plan': {
      const [plan, group = 'household', ...more] = text.toLowerCase().split('/').map((part) => part.trim())
      return more.length > 0 || !tariffPlans.some((one) => one === plan) || !consumerGroups.some((one) => one === group) ? 'field_invalid' : { value: `${plan}/${group}` }
    }
  }
}

function readDay(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? []
  try {
    const read = Temporal.PlainDate.from(year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : '')
    return read.year < 1950 || read.year > 2150 ? undefined : read.toString()
  } catch {
    return undefined
  }
}

/** Rows of one house, and of one home, say the same of it: otherwise each import would write the other one's again. */
function houseAgreement(): (fields: Fields, n: number) => Fault[] {
  const houses = new Map<string, { readonly n: number; readonly fields: Fields }>()
  return (fields, n) => {
    const house = String(fields['address']).toLowerCase()
    return ([[house, ['district', 'common_heat_meter']], [`${house}\u0000${fields['flat'] ?? ''}`, ['area', 'stove']]] as const).flatMap(([place, names]) => {
      const first = houses.get(place)
      if (!first) houses.set(place, { n, fields })
      const differs = names.find((name) => first && (fields[name] ?? null) !== (first.fields[name] ?? null))
      return differs ? [{ field: differs, code: 'row_contradicts' as const, details: { row: first!.n } }] : []
    })
  }
}

/** A kept value as a file writes it; `number`: as a spreadsheet's number. */
export function writeCell(column: Column, value: string | number | boolean | null | undefined): { readonly text: string; readonly number?: number } {
  if (value === null || value === undefined) return { text: '' }
  switch (column.type) {
    case 'money':
    case 'quantity': {
      const read = BigInt(value)
      const all = read < 0n ? -read : read
      const text = `${read < 0n ? '-' : ''}${column.type === 'money' ? `${all / 100n}${all % 100n ? `.${String(all % 100n).padStart(2, '0')}` : ''}` : writeQuantity(all)}`
      return { text: text.replace('.', ','), number: column.type === 'money' ? Number(read) / 100 : Number(read) / Number(quantityScale) }
    }
    case 'flag': return { text: value ? '1' : '0', number: value ? 1 : 0 }
    case 'whole': return { text: String(value), number: Number(value) }
    // A spreadsheet runs nothing of what a file brings.
    case 'text': return { text: /^[=+\-@\t]/.test(String(value)) ? `'${value}` : String(value) }
    default: return { text: String(value) }
  }
}
