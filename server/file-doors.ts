import { exchangeKinds } from './exchange/formats.ts'
import type { Permission } from './operation.ts'

/**
 * Doors that take or give files, and so stand beside the router: what they are, for the API's document. A test holds the
 * list to the doors that are there.
 */
type Door = {
  readonly id: string
  readonly method: 'get' | 'post'
  /** Under `/api/v1`; a name in braces stands for a part. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly permission: Permission
  /** Query by name, in words; with a `!` one must be given. */
  readonly query?: Readonly<Record<string, string>>
  /** What a part may be, where it is no number. */
  readonly parts?: Readonly<Record<string, readonly string[]>>
}

const language = { language: '`ru` or `kk`' }
const span = { from: 'YYYY-MM', to: 'YYYY-MM', ...language }
const staff = 'staff' as const
const tables = exchangeKinds.flatMap((kind) => [`${kind}.csv`, `${kind}.xlsx`])

export const fileDoors: readonly Door[] = [
  { id: 'receiveUpload', method: 'post', path: '/uploads', tag: 'intake', permission: 'anyone', summary: 'Upload a file, to attach by its id: kept for a day until it is', query: { 'name!': 'The file\'s name' } },
  { id: 'downloadUpload', method: 'get', path: '/uploads/{file}', tag: 'intake', permission: staff, summary: 'A file that one has uploaded' },
  { id: 'downloadFile', method: 'get', path: '/appeals/{appealId}/files/{fileId}', tag: 'appeals', permission: staff, summary: 'A file of an appeal one may read', query: { download: 'To be saved' } },
  { id: 'downloadItemFile', method: 'get', path: '/intake-items/{item}/files/{file}', tag: 'intake', permission: staff, summary: 'A file of what waits for registration', query: { download: 'To be saved' } },
  { id: 'printSlip', method: 'get', path: '/appeals/{appealId}/slip.pdf', tag: 'appeals', permission: staff, summary: 'The slip for who brought a paper (п. 4.4)' },
  { id: 'printForm', method: 'get', path: '/appeals/{appealId}/form.pdf', tag: 'appeals', permission: staff, summary: 'An appeal on its form of Appendix 3, 4 or 5' },
  { id: 'printReceipt', method: 'get', path: '/appeals/{appealId}/receipt.pdf', tag: 'replies', permission: staff, summary: 'The receipt to be signed by who picks an answer up (п. 7.7)', query: language },
  { id: 'previewLetter', method: 'get', path: '/appeals/{appealId}/tasks/{task}/letter-preview.pdf', tag: 'replies', permission: staff, summary: 'The letter as it would look' },
  { id: 'printRegistry', method: 'get', path: '/post-registries/{id}/registry.pdf', tag: 'replies', permission: staff, summary: 'A registry of the post' },
  { id: 'printEnvelopes', method: 'get', path: '/post-registries/{id}/envelopes.pdf', tag: 'replies', permission: staff, summary: 'The envelopes of a registry' },
  { id: 'exportJournal', method: 'get', path: '/journal.xlsx', tag: 'journal', permission: staff, summary: 'A journal as filtered, as a workbook', query: { 'organization!': 'Its code', 'year!': 'YYYY', ...language } },
  { id: 'printJournal', method: 'get', path: '/journal.pdf', tag: 'journal', permission: staff, summary: 'A journal as filtered, on A4', query: { 'organization!': 'Its code', 'year!': 'YYYY', ...language } },
  { id: 'printLabels', method: 'get', path: '/originals/labels.pdf', tag: 'originals', permission: staff, summary: 'Labels of papers', query: { ids: 'Appeals, by commas' } },
  { id: 'printHandOver', method: 'get', path: '/originals/hand-over.pdf', tag: 'originals', permission: staff, summary: 'The hand-over of papers, to be signed', query: { ids: 'Appeals, by commas' } },
  { id: 'printOriginals', method: 'get', path: '/originals.pdf', tag: 'originals', permission: staff, summary: 'Papers and where they lie' },
  { id: 'printStockTake', method: 'get', path: '/stock-takes/{id}/sheet.pdf', tag: 'originals', permission: staff, summary: 'The sheet of a stock-take' },
  { id: 'printCaseFile', method: 'get', path: '/case-files/{id}/case-file.pdf', tag: 'originals', permission: staff, summary: 'A case file\'s inventory' },
  { id: 'printAct', method: 'get', path: '/destruction-acts/{id}/act.pdf', tag: 'originals', permission: staff, summary: 'An act of destruction' },
  { id: 'printBook', method: 'get', path: '/review-books/{id}/pages.pdf', tag: 'originals', permission: staff, summary: 'The pages of a review book (Appendix 6)', query: { blank: 'Empty ones' } },
  { id: 'billPdf', method: 'get', path: '/accounts/{id}/bills/{period}/bill.pdf', tag: 'cabinet', permission: 'signed_in', summary: 'A month\'s bill (п. 11.3.1)', query: language },
  { id: 'cardPdf', method: 'get', path: '/accounts/{id}/card.pdf', tag: 'cabinet', permission: 'signed_in', summary: 'The ledger card of up to a year', query: span },
  { id: 'cardXlsx', method: 'get', path: '/accounts/{id}/card.xlsx', tag: 'cabinet', permission: 'signed_in', summary: 'The ledger card of up to a year, as a workbook', query: span },
  { id: 'printedBills', method: 'get', path: '/bill-prints/{id}/parts/{n}', tag: 'settlement', permission: staff, summary: 'A part of bills that were printed together' },
  { id: 'bringReadings', method: 'post', path: '/accounts/reading-imports', tag: 'accounts', permission: staff, summary: 'Readings of a file, CSV or XLSX; answers lines of JSON: {done, of} while it goes, {result} at the end', query: { name: 'The file\'s name', source: '`inspector`, `office` or `automatic`' } },
  { id: 'refusedReadings', method: 'get', path: '/accounts/reading-imports/{id}/report.xlsx', tag: 'accounts', permission: staff, summary: 'Every refused line of a file of readings', query: language },
  { id: 'readingsTemplate', method: 'get', path: '/accounts/reading-imports/sample.xlsx', tag: 'accounts', permission: staff, summary: 'A template for readings', query: language },
  { id: 'readingPhoto', method: 'get', path: '/accounts/readings/{id}/photo', tag: 'accounts', permission: staff, summary: 'The photo of a meter that came with a reading' },
  { id: 'bringRegistry', method: 'post', path: '/payment-batches', tag: 'payments', permission: staff, summary: 'A bank\'s registry: CSV, text in windows-1251, XLSX', query: { 'source!': 'The bank', name: 'The file\'s name', total: 'Its total in tenge' } },
  { id: 'refusedPayments', method: 'get', path: '/payment-batches/{id}/refused.csv', tag: 'payments', permission: staff, summary: 'Every refused line of a registry', query: language },
  { id: 'exportPayments', method: 'get', path: '/payments.xlsx', tag: 'payments', permission: staff, summary: 'Payments as filtered, as a workbook', query: language },
  { id: 'bringFile', method: 'post', path: '/exchange/{kind}', tag: 'exchange', permission: staff, summary: 'A file of accounts, meters, readings, charges, payments or balances, CSV or XLSX: laid out and judged in the background', query: { name: 'The file\'s name' }, parts: { kind: exchangeKinds } },
  { id: 'exportFile', method: 'get', path: '/exchange/{kind}', tag: 'exchange', permission: staff, summary: 'Everything of a kind: `accounts.csv`, `readings.xlsx` …', query: { period: 'YYYY-MM, of charges, payments and balances', from: 'A day, of readings and payments', to: 'A day', since: 'A moment: readings accepted after it' }, parts: { kind: tables } },
  { id: 'exchangeTemplate', method: 'get', path: '/exchange/templates/{file}', tag: 'exchange', permission: staff, summary: 'An empty file with its columns: `accounts.csv`, `meters.xlsx` …', query: language, parts: { file: tables } },
  { id: 'refusedRows', method: 'get', path: '/exchange/imports/{id}/refused.csv', tag: 'exchange', permission: staff, summary: 'Every refused row of a file', query: language },
]

const binary = { schema: { type: 'string', format: 'binary' } }

/** As OpenAPI has it. */
export function fileDoorPaths(): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {}
  for (const { id, method, path, tag, summary, query = {}, parts = {} } of fileDoors) {
    const parameters = [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string', ...(parts[name!] && { enum: parts[name!] }) } })),
      ...Object.entries(query).map(([name, description]) => ({ name: name.replace('!', ''), in: 'query', required: name.endsWith('!'), description, schema: { type: 'string' } })),
    ]
    ;(paths[path] ??= {})[method] = {
      operationId: id, tags: [tag], summary, parameters,
      ...(method === 'post' && { requestBody: { required: true, content: { 'application/octet-stream': binary } } }),
      responses: method === 'post' ? { 201: { description: 'Taken', content: { 'application/json': { schema: { type: 'object', properties: { id: { type: 'string' } } } } } } } : { 200: { description: 'The file', content: { '*/*': binary } } },
    }
  }
  return paths
}
