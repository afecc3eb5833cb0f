import { PassThrough, Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Transaction } from 'kysely'
import { Refusal, refusalWords } from '../../regulation/refusals.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { accountWords } from '../../web/i18n/accounts.ts'
import { formatDay } from '../../web/i18n/format.ts'
import type { AppEnv, RequestContext } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { serveFile } from '../platform/files.ts'
import { problem } from '../problem.ts'
import type { DB } from '../schema.ts'
import { asServing } from './fields.ts'
import { getImport, importReadings, type RefusedLine } from './import-readings.ts'
import { officeSources } from './readings.ts'

/** A file of twenty thousand lines weighs a tenth of this. */
const fileLimit = 8 * 1024 * 1024

/** Files of the office's work on accounts (п. 11.3.1): readings brought in by file, what of them was refused, and photos of meters. */
export function serveAccountPapers(app: Hono<AppEnv>): void {
  // Lines of JSON while it goes: {done, of} … and at the end what came of it, or the problem it ended with.
  app.post('/api/v1/accounts/reading-imports', bodyLimit({ maxSize: fileLimit, onError: () => { throw new Refusal('file_too_large', { details: { name: '', max: fileLimit / 1024 / 1024 } }) } }), async (c) => {
    const { context, actor } = ask(c)
    const name = (c.req.query('name') ?? '').trim().slice(0, 200) || 'readings'
    const source = officeSources.find((one) => one === c.req.query('source')) ?? 'inspector'
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length === 0) throw new Refusal('file_empty', { details: { name } })
    const stream = new PassThrough()
    const say = (line: unknown) => { if (!stream.destroyed) stream.write(`${JSON.stringify(line)}\n`) }
    // Whoever closes the page does not stop it: what is begun is brought to its end and told in the list.
    void importReadings(context, { by: actor, bytes, name, source, onProgress: (done, of) => say({ done, of }) })
      .then((result) => say({ result }), (error: unknown) => {
        if (!(error instanceof Refusal)) context.log.error({ err: error, request: context.requestId }, 'readings of a file were not taken')
        say({ problem: error instanceof Refusal ? problem({ code: error.code, details: error.details, faults: error.faults }, context.language, context.requestId) : { status: 500, title: '' } })
      })
      .finally(() => stream.end())
    return new Response(Readable.toWeb(stream) as never, { headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'x-content-type-options': 'nosniff' } })
  })
  app.get('/api/v1/accounts/reading-imports/:id/report.xlsx', async (c) => {
    const { context } = ask(c)
    const { lines } = await getImport(context.db as Transaction<DB>, whole(c.req.param('id')))
    return workbook(`readings-${c.req.param('id')}.xlsx`, reportRows(lines, languageOf(c)), [8, 16, 18, 18, 14, 14, 14, 70])
  })
  app.get('/api/v1/accounts/reading-imports/sample.xlsx', (c) => {
    ask(c)
    const words = accountWords[languageOf(c)]
    return workbook('readings.xlsx', [words.importColumns], [16, 18, 18, 14, 14, 14])
  })
  app.get('/api/v1/accounts/readings/:id/photo', async (c) => {
    const { context } = ask(c)
    const file = await context.db.selectFrom('readings').innerJoin('files', 'files.id', 'readings.photo_id').select(['files.id', 'files.name', 'files.media_type']).where('readings.id', '=', whole(c.req.param('id'))).executeTakeFirst()
    if (!file) throw new Refusal('not_found')
    return serveFile(context.files, { id: file.id, name: file.name, mediaType: file.media_type })
  })
}

function ask(c: Context<AppEnv>): { context: RequestContext; actor: Staff } {
  const context = c.get('context')
  if (context.actor.kind === 'nobody') throw new Refusal('not_signed_in')
  return { context, actor: asServing(context) }
}
const languageOf = (c: Context<AppEnv>): Language => (c.req.query('language') === 'kk' ? 'kk' : 'ru')

function whole(text: string | undefined): number {
  if (!text || !/^[1-9]\d{0,14}$/.test(text)) throw new Refusal('not_found')
  return Number(text)
}

/** As the screen tells it: what was written, then why each field was refused. */
function reportRows(lines: readonly RefusedLine[], language: Language): string[][] {
  const words = accountWords[language]
  return [[words.row, ...words.importColumns, words.why], ...lines.map(({ row, fields, faults }) => [
    String(row), fields.account, fields.meter, fields.service, fields.value, fields.night, fields.day,
    faults.map(({ code, details }) => refusalWords(code, language, Object.fromEntries(Object.entries(details ?? {}).map(([key, value]) => [key, typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value])))).join(' '),
  ])]
}

async function workbook(name: string, rows: readonly (readonly string[])[], widths: readonly number[]): Promise<Response> {
  const stream = new PassThrough()
  const write = async () => {
    const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
    const sheet = book.addWorksheet('1', { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.columns = widths.map((width) => ({ width }))
    for (const [i, row] of rows.entries()) {
      const line = sheet.addRow([...row])
      if (i === 0) line.font = { bold: true }
      line.commit()
    }
    sheet.commit()
    await book.commit()
  }
  write().catch((error: unknown) => stream.destroy(error as Error))
  return new Response(Readable.toWeb(stream) as never, {
    headers: { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' },
  })
}
