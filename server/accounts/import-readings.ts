import { createHash } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { Refusal, type Fault } from '../../regulation/refusals.ts'
import { services, type Quantity, type Service } from '../../regulation/tariffs.ts'
import { tariffWords } from '../../web/i18n/tariffs.ts'
import { moment } from '../appeals/views.ts'
import { keepReadings, type BulkReading } from '../ledger/meters.ts'
import { reading, staffOperation, type RequestContext } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { now as clockNow } from '../platform/clock.ts'
import { readTable, type TableRow } from '../platform/tables.ts'
import type { DB } from '../schema.ts'
import { asServing, readFigure, readNearDay, rowId } from './fields.ts'
import { officeSources } from './readings.ts'

/** The most lines of a file, and how many are judged and kept together. */
export const importLimit = 20_000
const chunk = 500
const columns = ['account', 'meter', 'service', 'value', 'night', 'day'] as const
type Column = (typeof columns)[number]
type Fields = Readonly<Record<Column, string>>
export type RefusedLine = { readonly row: number; readonly fields: Fields; readonly faults: readonly Fault[] }
export type Imported = { readonly id: number; readonly rows: number; readonly kept: number; readonly waiting: number; readonly repeated: number; readonly refused: number }

/**
 * Readings of a file (п. 11.3.1): every line judged as one sent alone, good ones kept, odd ones left to the office, the
 * others reported with why. The cause of a reading is its file and line: the same file twice doubles nothing.
 */
export async function importReadings(context: Pick<RequestContext, 'db' | 'group' | 'now'>, given: {
  readonly by: Staff; readonly bytes: Uint8Array; readonly name: string; readonly source: (typeof officeSources)[number]; readonly onProgress?: (done: number, of: number) => void
}): Promise<Imported> {
  const { db, group, now } = context
  const hash = createHash('sha256').update(given.bytes).digest('hex').slice(0, 40)
  const lines = readLines(await readTable(given.bytes, { maxRows: importLimit + 1, maxColumns: 20 }))
  if (lines.length === 0) throw new Refusal('table_empty')
  if (lines.length > importLimit) throw new Refusal('table_too_long', { details: { max: importLimit } })
  const refused: RefusedLine[] = []
  const sum = { kept: 0, waiting: 0, repeated: 0 }
  for (let from = 0; from < lines.length; from += chunk) {
    given.onProgress?.(from, lines.length)
    await db.transaction().execute(async (tx) => {
      const part = lines.slice(from, from + chunk)
      const meters = await metersFor(tx, part.map(({ fields }) => fields.account))
      const readings: (BulkReading & { readonly line: Line })[] = []
      for (const line of part) {
        try {
          const { account, meter } = pick(meters, line.fields)
          readings.push({
            line, account, meter, value: readFigure(line.fields.value, 'value'), ...(line.fields.night !== '' && { night: readFigure(line.fields.night, 'night') as Quantity }), takenOn: readTypedDay(line.fields.day),
            source: given.source, by: given.by.id, cause: `import:${hash}:${line.n}`, reason: `${given.name}, ${line.n}`.slice(0, 300),
          })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          refused.push({ row: line.n, fields: line.fields, faults: error.faults.length > 0 ? error.faults : [{ field: 'meter', code: error.code, details: error.details }] })
        }
      }
      for (const [i, answer] of (await keepReadings(tx, group, readings, clockNow())).entries()) {
        const { line } = readings[i]!
        if (!answer.ok) refused.push({ row: line.n, fields: line.fields, faults: [{ field: answer.field === 'takenOn' ? 'day' : answer.field, code: answer.code, details: answer.details }] })
        else if (answer.repeated) sum.repeated++
        else if (answer.state === 'sent') sum.waiting++
        else sum.kept++
      }
    })
  }
  refused.sort((a, b) => a.row - b.row)
  const { id } = await db.insertInto('exchange_imports').values({
    kind: 'readings', file_name: given.name, rows: lines.length, refused: refused.length, report: JSON.stringify(refused), made_by: given.by.id, made_at: now,
  }).returning('id').executeTakeFirstOrThrow()
  return { id, rows: lines.length, ...sum, refused: refused.length }
}

type Line = { readonly n: number; readonly fields: Fields }

/** By the names of the first row, in either language; without names in the order account, meter or service, value, night, day. */
function readLines(rows: readonly TableRow[]): Line[] {
  const [head] = rows
  if (!head) return []
  const places = head.cells.map((cell) => columns.find((column) => heads[column].some((name) => plain(cell) === plain(name))))
  const named = places.includes('account') && places.includes('value')
  return (named ? rows.slice(1) : rows).map(({ n, cells }): Line => {
    const at = (column: Column) => (named ? (cells[places.indexOf(column)] ?? '') : '')
    const [account = '', second = '', value = '', night = '', day = ''] = cells
    return { n, fields: named ? { account: at('account'), meter: at('meter'), service: at('service'), value: at('value'), night: at('night'), day: at('day') } : { account, meter: serviceOf(second) ? '' : second, service: serviceOf(second) ? second : '', value, night, day } }
  })
}

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е').replaceAll(/[^\p{L}\p{N}]/gu, '')
const heads: Readonly<Record<Column, readonly string[]>> = {
  account: ['account', 'лицевой счёт', 'счёт', 'л/с', 'номер счёта', 'дербес шот', 'шот'], meter: ['serial', 'meter', 'прибор учёта', 'прибор', 'номер прибора', '№ прибора', 'счётчик', 'есептегіш', 'есептегіш нөмірі'],
  service: ['service', 'услуга', 'қызмет'], value: ['value', 'показание', 'показания', 'день', 'показание день', 'көрсеткіш', 'күндіз'], night: ['night', 'ночь', 'показание ночь', 'түнде', 'түн'], day: ['day', 'date', 'дата', 'дата снятия', 'күні', 'алынған күні'],
}
const serviceOf = (text: string): Service | undefined =>
  services.find((service) => plain(text) !== '' && [service, tariffWords.ru.services[service], tariffWords.kk.services[service]].some((name) => plain(name) === plain(text)))

type Standing = { readonly id: number; readonly account_id: number; readonly number: string; readonly service: Service; readonly serial: string }

/** Every meter of the accounts of some lines, by the account's number; an account without a meter has none. */
async function metersFor(tx: Transaction<DB>, numbers: readonly string[]): Promise<ReadonlyMap<string, readonly Standing[]>> {
  const { rows } = await sql<{ number: string; account_id: number; id: number | null; service: Service; serial: string }>`
    select a.number, a.id as account_id, m.id, m.service, m.serial from accounts a left join meters m on m.account_id = a.id and m.removed_on is null where a.number = any(${[...new Set(numbers)]}::text[])`.execute(tx)
  return new Map([...Map.groupBy(rows, ({ number }) => number)].map(([number, all]) => [number, all.flatMap((one) => (one.id === null ? [] : [{ ...one, id: one.id }]))]))
}

function pick(meters: ReadonlyMap<string, readonly Standing[]>, { account, meter, service }: Fields): { account: number; meter: number } {
  const standing = meters.get(account)
  if (!standing) throw refuse('account', account === '' ? 'field_missing' : 'account_unknown')
  const asked = service === '' ? undefined : serviceOf(service)
  if (service !== '' && !asked) throw refuse('service', 'field_invalid')
  if (meter === '' && !asked) throw refuse('meter', 'field_missing')
  const found = standing.filter((one) => (meter === '' || one.serial === meter) && (!asked || one.service === asked))
  if (found.length > 1) throw refuse('meter', 'meter_ambiguous')
  if (!found[0]) throw refuse('meter', 'meter_unknown')
  return { account: found[0].account_id, meter: found[0].id }
}
const refuse = (field: Column, code: Fault['code']): Refusal => new Refusal('invalid_input', { faults: [{ field, code }] })

/** «2026-11-23» or «23.11.2026». */
function readTypedDay(text: string): Temporal.PlainDate {
  if (text === '') throw refuse('day', 'field_missing')
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? []
  return readNearDay(year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : text, 'day')
}

const importView = z.object({ id: rowId, file: z.string(), rows: z.number().int(), refused: z.number().int(), by: z.string(), at: moment })
export type ReadingImport = z.output<typeof importView>

/** Files of readings that were taken, newest first. */
export const listReadingImports = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/accounts/reading-imports', summary: 'Files of readings that were taken', tags: ['accounts'] })
  .use(reading)
  .output(z.array(importView))
  .handler(async ({ context }) => {
    asServing(context)
    const { rows } = await sql<{ id: number; file_name: string; rows: number; refused: number; name: string; made_at: Temporal.Instant }>`
      select i.id, i.file_name, i.rows, i.refused, p.name, i.made_at from exchange_imports i join people p on p.id = i.made_by where i.kind = 'readings' and i.state is null order by i.id desc limit 50`.execute(context.tx)
    return rows.map((row) => ({ id: row.id, file: row.file_name, rows: row.rows, refused: row.refused, by: row.name, at: row.made_at.toString() }))
  })

/** The lines of a file that were refused, with what was written and why; the first thousand, the rest is in the workbook. */
export const readReadingImport = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/accounts/reading-imports/{id}', summary: 'What of a file of readings was refused, and why', tags: ['accounts'] })
  .use(reading)
  .input(z.object({ id: rowId }))
  .output(importView.extend({ lines: z.array(z.object({
    row: z.number().int(), fields: z.object({ account: z.string(), meter: z.string(), service: z.string(), value: z.string(), night: z.string(), day: z.string() }),
    faults: z.array(z.object({ field: z.string(), code: z.string(), details: z.record(z.string(), z.union([z.string(), z.number()])).optional() })),
  })) }))
  .handler(async ({ context, input }) => {
    asServing(context)
    const { lines, ...found } = await getImport(context.tx, input.id)
    return { ...found, lines: lines.slice(0, 1_000).map((line) => ({ row: line.row, fields: line.fields, faults: line.faults.map(({ field, code, details }) => ({ field, code, ...(details && { details }) })) })) }
  })

export async function getImport(tx: Transaction<DB>, id: number): Promise<ReadingImport & { readonly lines: readonly RefusedLine[] }> {
  const { rows: [row] } = await sql<{ id: number; file_name: string; rows: number; refused: number; report: readonly RefusedLine[]; name: string; made_at: Temporal.Instant }>`
    select i.id, i.file_name, i.rows, i.refused, i.report, p.name, i.made_at from exchange_imports i join people p on p.id = i.made_by where i.id = ${id} and i.kind = 'readings' and i.state is null`.execute(tx)
  if (!row) throw new Refusal('not_found', { clause: '11.3.1' })
  return { id: row.id, file: row.file_name, rows: row.rows, refused: row.refused, by: row.name, at: row.made_at.toString(), lines: row.report }
}
