import { PassThrough, Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Transaction } from 'kysely'
import { Refusal, refusalWords, refuseField } from '../../regulation/refusals.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { exchangeWords } from '../../web/i18n/exchange.ts'
import { formatDay } from '../../web/i18n/format.ts'
import { readDay } from '../input-faults.ts'
import type { AppEnv, RequestContext } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { exportPages, type ExportFilter } from './exports.ts'
import { exchangeKinds, formats, typeOf, type Column, type ExchangeKind } from './formats.ts'
import { stageImport } from './imports.ts'
import { asExchanging, getImport, rowsOf } from './operations.ts'
import { writeCell, type Fields } from './read-rows.ts'

/** Two hundred and fifty thousand rows of the widest kind weigh less. */
const fileLimit = 60 * 1024 * 1024
/** A sheet holds a million rows and a little. */
const sheetRows = 1_000_000
const kinds = exchangeKinds.join('|')

/** Files of the exchange with an outside billing system (п. 11.3.1): in as they are, out streamed, templates, reports of what was refused. */
export function serveExchangeFiles(app: Hono<AppEnv>): void {
  app.post(`/api/v1/exchange/:kind{${kinds}}`, bodyLimit({ maxSize: fileLimit, onError: () => { throw new Refusal('file_too_large', { details: { name: '', max: fileLimit / 1024 / 1024 } }) } }), async (c) => {
    const { context, actor } = ask(c)
    const name = (c.req.query('name') ?? '').trim().slice(0, 200) || c.req.param('kind')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length === 0) throw new Refusal('file_empty', { details: { name } })
    return c.json({ id: await stageImport(context, { by: actor, kind: c.req.param('kind') as ExchangeKind, bytes, name }) }, 201)
  })
  app.get(`/api/v1/exchange/:kind{(${kinds})\\.(csv|xlsx)}`, (c) => {
    const { context } = ask(c)
    const [kind, ending] = c.req.param('kind').split('.') as [ExchangeKind, 'csv' | 'xlsx']
    const pages = exportPages(context.db, kind, filterOf(c), dateOf(context.now))
    return ending === 'csv' ? csv(kind, csvPages(formats[kind].columns, pages)) : workbook(kind, (book) => writeSheets(book, formats[kind].columns, pages))
  })
  app.get(`/api/v1/exchange/templates/:file{(${kinds})\\.(csv|xlsx)}`, (c) => {
    ask(c)
    const [kind, ending] = c.req.param('file').split('.') as [ExchangeKind, 'csv' | 'xlsx']
    const { columns } = formats[kind]
    return ending === 'csv' ? csv(`${kind}-template`, csvPages(columns, nothing())) : workbook(`${kind}-template`, async (book) => {
      await writeSheets(book, columns, nothing())
      explain(book, columns, languageOf(c))
    })
  })
  app.get('/api/v1/exchange/imports/:id{[1-9][0-9]{0,14}}/refused.csv', async (c) => {
    const { context } = ask(c)
    const tx = context.db as Transaction<DB>
    const found = await getImport(tx, Number(c.req.param('id')))
    const { columns } = formats[found.kind]
    const words = exchangeWords[languageOf(c)]
    async function* lines(): AsyncGenerator<string> {
      yield `\uFEFF${line([words.row, ...columns.map(({ name }) => name), words.why])}`
      for (let after = 0; ;) {
        const rows = await rowsOf(tx, found, { verdict: 'refused', after, limit: 1_000 })
        if (rows.length === 0) return
        yield rows.map((row) => line([String(row.n), ...columns.map(({ name }) => harmless(row.cells[name] ?? '')), row.faults.map(({ field, code, details }) => `${words.columns[field as Column['name']] ?? field}: ${refusalWords(code, languageOf(c), shown(details))}`).join(' ')])).join('')
        after = rows.at(-1)!.n
      }
    }
    return csv(`refused-${found.id}`, lines())
  })
}

function ask(c: Context<AppEnv>): { context: RequestContext; actor: Staff } {
  const context = c.get('context')
  return { context, actor: asExchanging(context) }
}
const languageOf = (c: Context<AppEnv>): Language => (c.req.query('language') === 'kk' ? 'kk' : 'ru')
async function* nothing(): AsyncGenerator<readonly Fields[]> {}
const shown = (details: Readonly<Record<string, string | number>> = {}) => Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value]))

/** @throws Refusal at `period`, `from`, `to`, `since` */
function filterOf(c: Context<AppEnv>): ExportFilter {
  const day = (name: 'from' | 'to') => { const text = c.req.query(name); return text ? { [name]: readDay(text, name) } : {} }
  const [period, since] = [c.req.query('period'), c.req.query('since')]
  if (period && !/^\d{4}-\d{2}$/.test(period)) throw refuseField('period', 'field_invalid')
  try {
    return { ...(period && { period: readDay(`${period}-01`, 'period') }), ...day('from'), ...day('to'), ...(since && { since: Temporal.Instant.from(since) }) }
  } catch (error) {
    throw error instanceof Refusal ? error : refuseField('since', 'field_invalid')
  }
}

const line = (cells: readonly string[]): string => `${cells.map((text) => (/[;"\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(';')}\r\n`
/** What could not be read is written so that a spreadsheet does not run it. */
const harmless = (text: string): string => (/^[=+@\t]|^-(?![\d.,]+$)/.test(text) ? `'${text}` : text)

async function* csvPages(columns: readonly Column[], pages: AsyncIterable<readonly Fields[]>): AsyncGenerator<string> {
  yield `\uFEFF${line(columns.map(({ name }) => name))}`
  for await (const page of pages) yield page.map((fields) => line(columns.map((column) => writeCell(column, fields[column.name]).text))).join('')
}

async function writeSheets(book: ExcelJS.stream.xlsx.WorkbookWriter, columns: readonly Column[], pages: AsyncIterable<readonly Fields[]>): Promise<void> {
  const begin = (n: number) => {
    const sheet = book.addWorksheet(String(n), { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.columns = columns.map(({ name, type }) => ({ header: name, width: Math.max(12, name.length + 2, type === 'text' ? 20 : 0), ...(type === 'money' && { style: { numFmt: '#,##0.00' } }) }))
    sheet.getRow(1).font = { bold: true }
    sheet.getRow(1).commit()
    return sheet
  }
  let [sheet, rows, n] = [begin(1), 0, 1]
  for await (const page of pages) {
    if (rows + page.length > sheetRows) {
      sheet.commit()
      sheet = begin(++n)
      rows = 0
    }
    rows += page.length
    for (const fields of page) {
      sheet.addRow(columns.map((column) => {
        const { text, number } = writeCell(column, fields[column.name])
        return number ?? (text === '' ? null : text)
      })).commit()
    }
  }
  sheet.commit()
}

/** The second sheet of a template tells what stands in each column. */
function explain(book: ExcelJS.stream.xlsx.WorkbookWriter, columns: readonly Column[], language: Language): void {
  const words = exchangeWords[language]
  const sheet = book.addWorksheet(words.about)
  sheet.columns = [24, 28, 12, 24, 40, 80].map((width) => ({ width }))
  for (const row of [[words.column, '', words.required, words.example, '', words.about], ...columns.map((one) => [one.name, words.columns[one.name], one.required ? words.yes : '', one.example, typeOf(one).replaceAll('`', ''), one.about.replaceAll('`', '')])]) sheet.addRow(row).commit()
  sheet.commit()
}

const headers = (type: string, name: string) => ({ 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' })
const csv = (name: string, parts: AsyncGenerator<string>): Response => new Response(Readable.toWeb(Readable.from(encoded(parts))) as never, { headers: headers('text/csv; charset=utf-8', `${name}.csv`) })
async function* encoded(parts: AsyncGenerator<string>): AsyncGenerator<Buffer> {
  for await (const one of parts) yield Buffer.from(one)
}

function workbook(name: string, write: (book: ExcelJS.stream.xlsx.WorkbookWriter) => Promise<void>): Response {
  const stream = new PassThrough()
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
  write(book).then(() => book.commit()).catch((error: unknown) => stream.destroy(error as Error))
  return new Response(Readable.toWeb(stream) as never, { headers: headers('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', `${name}.xlsx`) })
}
