import { Readable } from 'node:stream'
import { setImmediate as others } from 'node:timers/promises'
import ExcelJS from 'exceljs'
import { Refusal } from '../../regulation/refusals.ts'

/**
 * The rows of a table somebody sent, as text: XLSX (its first sheet) or CSV (UTF-8 or cp1251; commas, semicolons or
 * tabs). Days are ISO, numbers have a point. Empty rows are left out, with their numbers kept.
 * @throws Refusal table_unreadable, table_too_long
 */
export type TableRow = { readonly n: number; readonly cells: readonly string[] }
export type TableLimits = { readonly maxRows: number; readonly maxColumns?: number }

export async function readTable(bytes: Uint8Array, limits: TableLimits): Promise<TableRow[]> {
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b
  const rows: TableRow[] = []
  for await (const row of zipped ? sheetRows(bytes, limits) : csvRows(bytes)) {
    if (row.cells.every((cell) => cell === '')) continue
    if (rows.length === limits.maxRows) throw new Refusal('table_too_long', { details: { max: limits.maxRows } })
    // A long table is read while others are served.
    if (rows.length % 1_000 === 999) await others()
    rows.push({ n: row.n, cells: row.cells.slice(0, limits.maxColumns ?? 40).map((cell) => cell.slice(0, 500)) })
  }
  return rows
}

async function* sheetRows(bytes: Uint8Array, { maxColumns = 40 }: TableLimits): AsyncGenerator<TableRow> {
  try {
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([Buffer.from(bytes)]), { worksheets: 'emit', sharedStrings: 'cache', styles: 'cache', hyperlinks: 'ignore', entries: 'ignore' })
    for await (const sheet of reader) {
      for await (const row of sheet) {
        const cells: string[] = []
        for (let i = 1; i <= Math.min(row.cellCount, maxColumns); i++) cells.push(cellText(row.getCell(i).value))
        yield { n: row.number, cells }
      }
      return
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('table_unreadable')
  }
  throw new Refusal('table_unreadable')
}

function cellText(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return String(value).trim()
  if ('richText' in value) return value.richText.map(({ text }) => text).join('').trim()
  if ('result' in value) return cellText(value.result as ExcelJS.CellValue)
  return 'text' in value ? String(value.text).trim() : ''
}

function* csvRows(bytes: Uint8Array): Generator<TableRow> {
  const text = decode(bytes)
  if (text.includes('\u0000')) throw new Refusal('table_unreadable')
  const head = text.slice(0, 2_000).split('\n', 1)[0] ?? ''
  const separator = [';', '\t', ','].map((sign): [string, number] => [sign, head.split(sign).length]).reduce((best, one) => (one[1] > best[1] ? one : best))[0]
  let [n, cells, cell, quoted] = [1, [] as string[], '', false]
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[i + 1] === '"') { cell += '"'; i++ } else quoted = false
    } else if (sign === '"' && cell.trim() === '') { quoted = true; cell = '' } else if (sign === separator) { cells.push(cell.trim()); cell = '' } else if (sign === '\n') {
      yield { n: n++, cells: [...cells, cell.trim()] }
      ;[cells, cell] = [[], '']
    } else if (sign !== '\r') cell += sign
  }
  if (cells.length > 0 || cell.trim() !== '') yield { n, cells: [...cells, cell.trim()] }
}

/** What banks and old programs write is cp1251, which is never right UTF-8. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}
