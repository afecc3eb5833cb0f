import { sql, type RawBuilder, type Transaction } from 'kysely'
import { z } from 'zod'
import { keptUntil } from '../../regulation/originals.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { actionOperation, words } from '../appeals/action-operation.ts'
import { advanceAppeal } from '../appeals/advance-appeal.ts'
import { originalsInFile } from '../appeals/original-index.ts'
import { appealId, day } from '../appeals/views.ts'
import { inTransaction, reading, staffOperation, type Ctx } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import type { Group } from '../people/group.ts'
import { dateOf, yearOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { batch, eachOf, keeperOf, lineOf, mustKeep, originalLine } from './keeping.ts'
import { stepper } from './move-original.ts'

export const caseFileId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

export const caseFileView = z.object({
  id: caseFileId, organization: z.string(), unit: z.string(), index: z.string(), title: z.string(), year: z.number().int(),
  retentionYears: z.number().int().optional().describe('Absent: kept for ever'), ground: z.string(), openedOn: day, closedOn: day.optional(),
  keptUntil: day.optional().describe('The last day it must be kept; known once it is closed'), papers: z.number().int(), sheets: z.number().int(),
  act: z.object({ id: z.number().int(), number: z.string(), carriedOut: z.boolean() }).optional(),
})
export type CaseFile = z.input<typeof caseFileView>

/** п. 7.8: the case files of one's organizations, by year and index. */
export const listCaseFiles = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'GET', path: '/case-files', summary: 'Case files with their retention terms', tags: ['originals'] })
  .use(reading)
  .input(z.object({ organization: z.string().max(40).optional(), year: z.coerce.number().int().min(1990).max(2100).optional(), show: z.enum(['open', 'closed', 'due', 'all']).default('all').describe('`due`: their retention is over') }))
  .output(z.array(caseFileView))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const mine = keeperOf(actor, group).organizations
    const which = input.show === 'open' ? sql`and f.closed_on is null` : input.show === 'closed' ? sql`and f.closed_on is not null`
      : input.show === 'due' ? sql`and f.act_id is null and extract(year from f.closed_on) + f.retention_years < ${dateOf(now).year}` : sql``
    return findCaseFiles(tx, sql`f.organization_id = any(${input.organization ? mine.filter((id) => id === input.organization) : [...mine]}::text[])
      ${input.year ? sql`and f.year = ${input.year}` : sql``} ${which} order by f.year desc, f.index limit 500`)
  })

export const openCaseFile = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'POST', path: '/case-files', successStatus: 201, summary: 'Open a case file', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({
    unit: z.string().max(60), index: words(20), title: words(300), year: z.number().int().min(1990).max(2100).optional(),
    retentionYears: z.number().int().min(1).max(75).optional().describe('Absent: kept for ever'), ground: words(200),
  }))
  .output(z.object({ id: caseFileId }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const unit = group.units.get(input.unit)
    if (!unit) throw refuseField('unit', 'unit_unknown')
    mustKeep(actor, unit.organization)
    const { rows: [made] } = await sql<{ id: number }>`
      insert into case_files (organization_id, unit_id, index, title, year, retention_years, ground, opened_on, opened_by)
      values (${unit.organization}, ${unit.id}, ${input.index}, ${input.title}, ${input.year ?? yearOf(now)}, ${input.retentionYears ?? null}, ${input.ground},
        ${dateOf(now)}, ${actor.id})
      on conflict (organization_id, year, index) do nothing returning id`.execute(tx)
    if (!made) throw refuseField('index', 'case_file_repeated')
    return { id: made.id }
  })

export const readCaseFile = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'GET', path: '/case-files/{id}', summary: 'A case file and its papers', tags: ['originals'] })
  .use(reading)
  .input(z.object({ id: caseFileId, after: appealId.optional().describe('The last one seen'), limit: z.coerce.number().int().min(1).max(200).default(100) }))
  .output(z.object({ caseFile: caseFileView, originals: z.array(originalLine), more: z.boolean() }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const caseFile = await getCaseFile(tx, actor, group, input.id)
    const rows = await originalsInFile(tx, input.id, input)
    return { caseFile, originals: rows.map((row) => lineOf(row, dateOf(now))), more: rows.length === input.limit }
  })

/** Its retention term runs from the year in which it was closed. */
export const closeCaseFile = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'POST', path: '/case-files/{id}/close', summary: 'Close a case file; its retention term begins', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ id: caseFileId }))
  .output(caseFileView)
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const known = await getCaseFile(tx, actor, group, input.id, { lock: true })
    if (known.closedOn) throw new Refusal('case_file_closed')
    await sql`update case_files set closed_on = ${dateOf(now)}, closed_by = ${actor.id} where id = ${input.id}`.execute(tx)
    return getCaseFile(tx, actor, group, input.id)
  })

/** Closed by mistake: it takes papers again, until an act names it. */
export const reopenCaseFile = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'POST', path: '/case-files/{id}/reopen', summary: 'Open a closed case file again', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ id: caseFileId }))
  .output(caseFileView)
  .handler(async ({ context: { tx, actor, group }, input }) => {
    const known = await getCaseFile(tx, actor, group, input.id, { lock: true })
    if (!known.closedOn) throw new Refusal('case_file_open')
    if (known.act) throw new Refusal('case_file_in_act', { details: { number: known.act.number } })
    await sql`update case_files set closed_on = null, closed_by = null where id = ${input.id}`.execute(tx)
    return getCaseFile(tx, actor, group, input.id)
  })

const filing = { caseFile: caseFileId }

/** п. 7.8: the paper goes into a case file. */
export const fileOriginal = actionOperation({
  action: 'file_original',
  path: '/original/case-file',
  summary: 'Put the paper into a case file',
  input: filing,
  decide: ({ caseFile }, { ctx }) => openFile(ctx, caseFile),
})

export const fileOriginals = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'POST', path: '/originals/case-file', summary: 'Put papers into one case file', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ appeals: batch, ...filing }))
  .output(z.object({ done: z.number().int() }))
  .handler(async ({ context, input }) => {
    const data = await openFile(context, input.caseFile)
    return eachOf(input.appeals, (appeal) => advanceAppeal(context, { appeal, action: 'file_original', by: stepper(context.actor), decide: () => data }))
  })

async function openFile({ tx, actor, group }: Ctx & { readonly actor: Staff }, id: number): Promise<{ caseFile: number; index: string }> {
  const [known] = await findCaseFiles(tx, sql`f.id = ${id} and f.organization_id = any(${[...keeperOf(actor, group).organizations]}::text[]) for share of f`)
  if (!known) throw refuseField('caseFile', 'case_file_unknown')
  if (known.closedOn) throw refuseField('caseFile', 'case_file_closed')
  return { caseFile: id, index: `${known.index}/${known.year}` }
}

/** One case file of an organization whose papers one keeps; refuses with `not_found`. */
export async function getCaseFile(tx: Transaction<DB>, actor: Staff, group: Group, id: number, { lock = false } = {}): Promise<CaseFile> {
  const [found] = await findCaseFiles(tx, sql`f.id = ${id} and f.organization_id = any(${[...keeperOf(actor, group).organizations]}::text[]) ${lock ? sql`for update of f` : sql``}`)
  if (!found) throw new Refusal('not_found')
  return found
}

export async function findCaseFiles(tx: Transaction<DB>, where: RawBuilder<unknown>): Promise<CaseFile[]> {
  type Row = {
    id: number; organization_id: string; unit_id: string; index: string; title: string; year: number; retention_years: number | null; ground: string
    opened_on: Temporal.PlainDate; closed_on: Temporal.PlainDate | null; act_id: number | null; act_year: number; act_n: number; carried_out_on: unknown; papers: number; sheets: number
  }
  const { rows } = await sql<Row>`
    select f.*, a.year as act_year, a.n as act_n, a.carried_out_on, p.papers, p.sheets
    from case_files f left join destruction_acts a on a.id = f.act_id cross join lateral (
      select count(*)::int as papers, coalesce(sum(sheets), 0)::int as sheets from originals where case_file_id = f.id) p
    where ${where}`.execute(tx)
  return rows.map((row) => ({
    id: row.id, organization: row.organization_id, unit: row.unit_id, index: row.index, title: row.title, year: row.year, ground: row.ground,
    ...(row.retention_years && { retentionYears: row.retention_years }), openedOn: row.opened_on.toString(),
    ...(row.closed_on && { closedOn: row.closed_on.toString() }),
    ...(row.closed_on && row.retention_years && { keptUntil: keptUntil(row.closed_on, row.retention_years).toString() }),
    papers: row.papers, sheets: row.sheets,
    ...(row.act_id && { act: { id: row.act_id, number: actNumber({ year: row.act_year, n: row.act_n }), carriedOut: row.carried_out_on !== null } }),
  }))
}

/** The number of an act of destruction within its organization. */
export const actNumber = ({ year, n }: { year: number; n: number }): string => `${n}/${year}`
