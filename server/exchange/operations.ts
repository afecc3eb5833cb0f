import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { refusals, Refusal, type Fault, type RefusalCode } from '../../regulation/refusals.ts'
import { moment } from '../appeals/views.ts'
import { settlesMonths } from '../ledger/find-account.ts'
import { inTransaction, reading, staffOperation, type RequestContext } from '../operation.ts'
import type { Actor, Staff } from '../people/actor.ts'
import type { Group } from '../people/group.ts'
import { addJobs } from '../platform/jobs.ts'
import type { DB } from '../schema.ts'
import { exchangeKinds, formats, type ExchangeKind } from './formats.ts'
import { writeCell, type Fields } from './read-rows.ts'

/** Whoever settles months, and IT administrators of the settlement centre or of the group's head company (п. 11.3.1). */
export const exchanges = (actor: Actor, group: Group): actor is Staff => {
  const [head] = group.organizations.keys()
  const administers = actor.kind === 'staff' && actor.assignments.some(({ role, organization }) => role === 'it_admin' && (organization === head || organization === group.cabinet.organization))
  return administers || settlesMonths(actor, group)
}
export function asExchanging({ actor, group }: Pick<RequestContext, 'actor' | 'group'>): Staff {
  if (actor.kind === 'nobody') throw new Refusal('not_signed_in')
  if (!exchanges(actor, group)) throw new Refusal('not_permitted', { clause: '11.3.1' })
  return actor
}

const importId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const code = z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]])
const details = z.record(z.string(), z.union([z.string(), z.number()])).optional()
const verdicts = ['new', 'changed', 'unchanged', 'refused'] as const
const count = z.number().int()
const importView = z.object({
  id: importId, kind: z.enum(exchangeKinds), file: z.string(), state: z.enum(['checking', 'staged', 'applying', 'applied', 'cancelled', 'failed']), rows: count,
  done: count.describe('Rows judged, or taken once it is being applied'), counts: z.object({ new: count, changed: count, unchanged: count, refused: count }).describe('What would come of the rows; once it is being applied, what came of them'),
  period: z.string().optional().describe('YYYY-MM, of charges'), fault: z.object({ code, details }).optional().describe('Why it could not be taken at all'), madeAt: moment, madeBy: z.string(), appliedAt: moment.optional(), appliedBy: z.string().optional(),
})
export type ExchangeImport = z.output<typeof importView>
const rowView = z.object({
  n: count.describe('The line of the file'), cells: z.record(z.string(), z.string()), verdict: z.enum(verdicts).optional(), was: z.record(z.string(), z.string()).describe('What stands here in the columns that differ; empty: nothing'), faults: z.array(z.object({ field: z.string(), code, details })),
})
export type ExchangeRow = z.output<typeof rowView>

/** п. 11.3.1: files that were brought, newest first; and who is the master of charges. */
const listImports = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/exchange/imports', summary: 'Files of an outside billing system, newest first', tags: ['exchange'] })
  .use(reading)
  .input(z.object({ before: importId.optional().describe('`next` of the page before') }))
  .output(z.object({ imports: z.array(importView), next: importId.optional(), master: z.enum(['own', 'outside']) }))
  .handler(async ({ context, input }) => {
    asExchanging(context)
    const page = await imports(context.tx, sql`i.state is not null and i.id < ${input.before ?? Number.MAX_SAFE_INTEGER} order by i.id desc limit 50`)
    return { imports: page, ...(page.length === 50 && { next: page.at(-1)!.id }), master: context.group.cabinet.master }
  })

/** How far a file is, what would come of it or came, and its rows of one verdict. */
const readImport = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/exchange/imports/{id}', summary: 'A file of an outside billing system: progress, counts, rows with why they were refused', tags: ['exchange'] })
  .use(reading)
  .input(z.object({ id: importId, verdict: z.enum(verdicts).optional(), after: z.coerce.number().int().min(0).max(10_000_000).default(0).describe('`next` of the page before') }))
  .output(z.object({ import: importView, columns: z.array(z.string()), rows: z.array(rowView), next: count.optional() }))
  .handler(async ({ context, input }) => {
    asExchanging(context)
    const found = await getImport(context.tx, input.id)
    const rows = await rowsOf(context.tx, found, { verdict: input.verdict, after: input.after, limit: 100 })
    return { import: found, columns: formats[found.kind].columns.map(({ name }) => name), rows, ...(rows.length === 100 && { next: rows.at(-1)!.n }) }
  })

/** What was judged is judged again and written in the background; a file is applied once. */
const applyImport = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/exchange/imports/{id}/application', summary: 'Apply a file that was laid out', tags: ['exchange'] })
  .use(inTransaction)
  .input(z.object({ id: importId }))
  .output(importView)
  .handler(async ({ context, input }) => {
    const actor = asExchanging(context)
    const { tx, now } = context
    await lockStaged(tx, input.id, ['staged'])
    await sql`
      update exchange_imports set state = 'applying', applied_by = ${actor.id}, applied_at = ${now}, added = 0, changed = 0, unchanged = 0 where id = ${input.id}`.execute(tx)
    await addJobs(tx, [{ name: 'apply_import', payload: { import: input.id }, key: `apply_import:${input.id}` }])
    return getImport(tx, input.id)
  })

const cancelImport = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/exchange/imports/{id}/cancel', summary: 'Throw away a file that was laid out', tags: ['exchange'] })
  .use(inTransaction)
  .input(z.object({ id: importId }))
  .output(importView)
  .handler(async ({ context, input }) => {
    asExchanging(context)
    await lockStaged(context.tx, input.id, ['checking', 'staged'])
    await sql`update exchange_imports set state = 'cancelled', cancelled_at = ${context.now} where id = ${input.id}`.execute(context.tx)
    return getImport(context.tx, input.id)
  })

export const exchange = { listImports, readImport, applyImport, cancelImport }

async function lockStaged(tx: Transaction<DB>, id: number, states: readonly string[]): Promise<void> {
  const { rows: [found] } = await sql<{ state: string }>`select state from exchange_imports where id = ${id} and state is not null for update`.execute(tx)
  if (!found) throw new Refusal('not_found', { clause: '11.3.1' })
  if (!states.includes(found.state)) throw new Refusal(found.state === 'checking' ? 'import_checking' : 'import_settled', { clause: '11.3.1' })
}

export async function getImport(tx: Transaction<DB>, id: number): Promise<ExchangeImport> {
  const [found] = await imports(tx, sql`i.state is not null and i.id = ${id}`)
  if (!found) throw new Refusal('not_found', { clause: '11.3.1' })
  return found
}

type ImportRow = {
  id: number; kind: ExchangeKind; file_name: string; state: ExchangeImport['state']; rows: number; refused: number; added: number; changed: number; unchanged: number; period: Temporal.PlainDate | null; fault: ExchangeImport['fault'] | null
  made_at: Temporal.Instant; made_by: string; applied_at: Temporal.Instant | null; applied_by: string | null
}
async function imports(tx: Transaction<DB>, where: ReturnType<typeof sql>): Promise<ExchangeImport[]> {
  const { rows } = await sql<ImportRow>`
    select i.id, i.kind, i.file_name, i.state, i.rows, i.refused, i.added, i.changed, i.unchanged, i.period, i.fault, i.made_at, m.name as made_by, i.applied_at, a.name as applied_by
    from exchange_imports i join people m on m.id = i.made_by left join people a on a.id = i.applied_by where ${where}`.execute(tx)
  return rows.map((row) => ({
    id: row.id, kind: row.kind, file: row.file_name, state: row.state, rows: row.rows, done: Math.min(row.rows, row.added + row.changed + row.unchanged + row.refused), counts: { new: row.added, changed: row.changed, unchanged: row.unchanged, refused: row.refused },
    madeAt: row.made_at.toString(), madeBy: row.made_by, ...(row.period && { period: row.period.toPlainYearMonth().toString() }), ...(row.fault && { fault: row.fault }), ...(row.applied_at && { appliedAt: row.applied_at.toString() }), ...(row.applied_by && { appliedBy: row.applied_by }),
  }))
}

/** Rows as a file writes them, with what was said of each. */
export async function rowsOf(tx: Transaction<DB>, { id, kind }: Pick<ExchangeImport, 'id' | 'kind'>, ask: { readonly verdict?: ExchangeRow['verdict']; readonly after: number; readonly limit: number }): Promise<ExchangeRow[]> {
  const { rows } = await sql<{ n: number; fields: Fields; given: Readonly<Record<string, string>>; verdict: ExchangeRow['verdict'] | null; was: Fields; faults: (Fault & { details?: Record<string, string | number> })[] }>`
    select n, fields, given, verdict, was, faults from exchange_rows where import_id = ${id} and n > ${ask.after} ${ask.verdict ? sql`and verdict = ${ask.verdict}` : sql``} order by n limit ${ask.limit}`.execute(tx)
  return rows.map((row) => ({
    n: row.n, ...(row.verdict && { verdict: row.verdict }), was: Object.fromEntries(formats[kind].columns.flatMap((column) => (column.name in row.was ? [[column.name, writeCell(column, row.was[column.name]).text]] : []))), faults: row.faults.map(({ field, code: told, details: more }) => ({ field, code: told, ...(more && { details: more }) })),
    cells: Object.fromEntries(formats[kind].columns.flatMap((column) => {
      const text = row.given[column.name] ?? writeCell(column, row.fields[column.name]).text
      return text === '' ? [] : [[column.name, text]]
    })),
  }))
}
