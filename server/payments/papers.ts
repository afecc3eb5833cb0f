import { PassThrough, Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { Refusal, refusalWords, refuseField } from '../../regulation/refusals.ts'
import { formatDay } from '../../web/i18n/format.ts'
import { paymentWords } from '../../web/i18n/payments.ts'
import type { AppEnv } from '../operation.ts'
import type { DB } from '../schema.ts'
import { asSettling, getBatch, stageBatch } from './batches.ts'
import { findPayments, newestFirst, paymentFilter, whereOf } from './payments.ts'
import { readAmount } from './read-registry.ts'

const fileLimit = 20 * 1024 * 1024
const pageSize = 2_000

/** Files of payments (п. 11.3.1): a bank's registry in, what of it was refused and the list of payments out. */
export function servePaymentFiles(app: Hono<AppEnv>): void {
  app.post('/api/v1/payment-batches', bodyLimit({ maxSize: fileLimit, onError: () => { throw new Refusal('file_too_large', { details: { name: '', max: fileLimit / 1024 / 1024 } }) } }), async (c) => {
    const context = c.get('context')
    const by = asSettling(context)
    const name = (c.req.query('name') ?? '').trim().slice(0, 200) || 'registry'
    const source = (c.req.query('source') ?? '').trim()
    if (!/^[\w .-]{2,60}$/u.test(source) && !/^[\p{L}\d .-]{2,60}$/u.test(source)) throw refuseField('source', 'field_missing')
    const typed = (c.req.query('total') ?? '').trim()
    const total = typed === '' ? undefined : readAmount(typed)
    if (typed !== '' && total === undefined) throw refuseField('total', 'amount_invalid')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length === 0) throw new Refusal('file_empty', { details: { name } })
    const id = await stageBatch(context, { by, bytes, name, source, total })
    return c.json({ id }, 201)
  })
  app.get('/api/v1/payment-batches/:id/refused.csv', async (c) => {
    const context = c.get('context')
    asSettling(context)
    const id = Number(c.req.param('id'))
    if (!Number.isSafeInteger(id)) throw new Refusal('not_found')
    const language = c.req.query('language') === 'kk' ? 'kk' as const : 'ru' as const
    await getBatch(context.db as Transaction<DB>, id)
    const { rows } = await sql<{ n: number; raw: string; fault: never }>`select n, raw, fault from payment_batch_lines where batch_id = ${id} and fault is not null order by n limit 50000`.execute(context.db)
    // A cell that begins as a formula is written as words: a spreadsheet runs nothing of what a bank sent.
    const cell = (text: string) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
    const text = [paymentWords[language].refusedColumns, ...rows.map((row) => [String(row.n), row.raw, refusalWords(row.fault, language)])].map((cells) => cells.map(cell).join(';')).join('\r\n')
    return c.body(`\uFEFF${text}\r\n`, 200, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="refused-${id}.csv"`, 'cache-control': 'private, no-store' })
  })
  app.get('/api/v1/payments.xlsx', (c) => {
    const context = c.get('context')
    asSettling(context)
    const given = z.object(paymentFilter).safeParse(Object.fromEntries(Object.entries(c.req.query()).filter(([name, value]) => value !== '' && name in paymentFilter)))
    if (!given.success) throw new Refusal('invalid_input', { faults: given.error.issues.map(({ path }) => ({ field: path.join('.'), code: 'field_invalid' })) })
    const where = whereOf(given.data)
    const words = paymentWords[c.req.query('language') === 'kk' ? 'kk' : 'ru']
    const stream = new PassThrough()
    const write = async () => {
      const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
      const sheet = book.addWorksheet('1', { views: [{ state: 'frozen', ySplit: 1 }] })
      sheet.columns = words.columns.map((header, i) => ({ header, width: [12, 14, 18, 28, 16, 22, 26, 14, 14][i]!, ...(i === 4 && { style: { numFmt: '#,##0.00' } }) }))
      sheet.getRow(1).font = { bold: true }
      for (let before: number | undefined; ;) {
        const page = await findPayments(context.db as Transaction<DB>, sql`${where} ${newestFirst(pageSize, before)}`)
        for (const one of page) sheet.addRow([formatDay(one.paidOn), one.source, one.account ?? one.given, one.holder ?? '', one.amount / 100, one.reference, one.reason ?? '', one.period ?? '', words.states[one.state]]).commit()
        if (page.length < pageSize) break
        before = page.at(-1)!.id
      }
      sheet.commit()
      await book.commit()
    }
    write().catch((error: unknown) => stream.destroy(error as Error))
    return new Response(Readable.toWeb(stream) as never, { headers: { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'content-disposition': 'attachment; filename="payments.xlsx"', 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' } })
  })
}
