import { PassThrough, Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import type { Context, Hono } from 'hono'
import type { Kysely, Transaction } from 'kysely'
import { z } from 'zod'
import { Refusal } from '../../regulation/refusals.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { formatDateTime, formatDay } from '../../web/i18n/format.ts'
import { journalPaper } from '../../web/i18n/journal.ts'
import { vocabulary } from '../../web/i18n/vocabulary.ts'
import { countEntries, findEntries, type JournalFilter, type JournalRow } from '../appeals/read-journal.ts'
import type { AppEnv, RequestContext } from '../operation.ts'
import type { Group } from '../people/group.ts'
import type { DB } from '../schema.ts'
import { filterOf, journalFilter, mayRead } from './read-journal.ts'

/** Rows read at a time: an export holds no more of a journal in memory. */
const pageSize = 2_000
/** The most rows that are printed: some two hundred sheets. */
const printLimit = 5_000

/** п. 4.3: a journal as filtered, for a spreadsheet or on A4, with the columns clerks expect. */
export function serveJournal(app: Hono<AppEnv>): void {
  app.get('/api/v1/journal.xlsx', async (c) => {
    const { context, filter, language } = ask(c)
    const stream = new PassThrough()
    writeWorkbook(stream, context, filter, language).catch((error: unknown) => stream.destroy(error as Error))
    return new Response(Readable.toWeb(stream) as never, { headers: saved(`${filter.organization}-${filter.journal}-${filter.year}.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet') })
  })
  app.get('/api/v1/journal.pdf', async (c) => {
    const { context, filter, language } = ask(c)
    const count = await countEntries(context.db as Transaction<DB>, filter, 1_000_000)
    if (count > printLimit) throw new Refusal('too_many_rows', { details: { count, max: printLimit } })
    const paper = journalPaper[language]
    const rows = []
    for await (const row of entries(context.db, filter)) {
      const cells = cellsOf(row, context.group, language)
      rows.push({ cells: [cells[0]!, cells[1]!, cells[5]!, cells[6]!, cells[7]!, cells[8]!, cells[10]!], ...(row.annulled_for ? { mark: 'annulled' as const } : row.appeal_id ? {} : { mark: 'reserved' as const }) })
    }
    const pdf = await context.typesetter.typeset('journal', {
      language, title: paper.titles[filter.journal], organization: context.group.organizations.get(filter.organization)!.name[language],
      period: [filter.from ? formatDay(filter.from.toString()) : `01.01.${filter.year}`, formatDay((filter.to ?? filter.today).toString())].join('–'),
      printed: formatDateTime(context.now.toString()), columns: [0, 1, 5, 6, 7, 8, 10].map((i) => paper.columns[i]!), rows,
    })
    return new Response(pdf as Uint8Array<ArrayBuffer>, { headers: { ...saved(`${filter.organization}-${filter.journal}-${filter.year}.pdf`, 'application/pdf'), 'content-disposition': 'inline' } })
  })
}

function ask(c: Context<AppEnv>): { context: RequestContext; filter: JournalFilter; language: Language } {
  const context = c.get('context')
  const { actor, now } = context
  if (actor.kind !== 'staff') throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted')
  const given = Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== ''))
  const read = z.object({ ...journalFilter, language: z.enum(['kk', 'ru']).default('ru') }).safeParse(given)
  if (!read.success) throw new Refusal('invalid_input', { faults: read.error.issues.map(({ path }) => ({ field: path.join('.'), code: 'field_invalid' })) })
  const { language, ...asked } = read.data
  mayRead(actor, asked.organization)
  return { context, filter: filterOf(asked, now), language }
}

/** Everything a filter holds, as it was written, page by page. */
async function* entries(db: Kysely<DB>, filter: JournalFilter): AsyncGenerator<JournalRow> {
  for (let after = 0; ;) {
    const rows = await findEntries(db as Transaction<DB>, filter, { order: 'oldest', after, limit: pageSize })
    yield* rows
    if (rows.length < pageSize) return
    after = rows.at(-1)!.n
  }
}

async function writeWorkbook(stream: PassThrough, { db, group }: RequestContext, filter: JournalFilter, language: Language): Promise<void> {
  const paper = journalPaper[language]
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
  const sheet = workbook.addWorksheet(paper.sheet, { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = paper.columns.map((header, i) => ({ header, width: widths[i]! }))
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: paper.columns.length } }
  const head = sheet.getRow(1)
  head.font = { bold: true }
  head.commit()
  for await (const row of entries(db, filter)) {
    const line = sheet.addRow(cellsOf(row, group, language))
    if (row.annulled_for) line.font = { strike: true }
    line.commit()
    if (stream.writableLength > 4_000_000) await new Promise((done) => { stream.once('drain', done) })
  }
  sheet.commit()
  await workbook.commit()
}

const widths = [11, 17, 17, 18, 14, 40, 50, 40, 30, 12, 34, 26]

/** All columns of an entry as text: a spreadsheet runs nothing that was written in one. */
function cellsOf(row: JournalRow, group: Group, language: Language): string[] {
  const named = vocabulary[language]
  const paper = journalPaper[language]
  const note = row.annulled_for ? paper.annulled(row.annulled_for)
    : !row.appeal_id ? paper.reserved(row.reserved_for ?? '') : row.answered_on ? paper.answered(formatDay(row.answered_on.toString())) : row.state ? named.states[row.state] : ''
  const outgoing = row.outgoing_number ? `, ${row.outgoing_number}${row.outgoing_on ? ` ${paper.of} ${formatDay(row.outgoing_on.toString())}` : ''}` : ''
  return [
    formatDay(row.registered_at.toString()), row.number, row.received_at ? formatDateTime(row.received_at.toString()) : '',
    row.channel ? named.channels[row.channel] : '', row.kind ? named.kinds[row.kind] : '', `${row.applicant_name ?? ''}${outgoing}`, row.subject ?? '',
    row.resolution ?? '', (row.units ?? []).map((unit) => group.units.get(unit)?.name[language] ?? unit).join(', '),
    row.due_on ? formatDay(row.due_on.toString()) : '', note, row.registrar ?? '',
  ]
}

const saved = (name: string, type: string) => ({
  'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff',
})
