import { sql, type RawBuilder, type Transaction } from 'kysely'
import { z } from 'zod'
import { holder } from '../../regulation/holders.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { words } from '../appeals/action-operation.ts'
import { advanceAppeal } from '../appeals/advance-appeal.ts'
import { originalsInFile, originalsOut } from '../appeals/original-index.ts'
import { day } from '../appeals/views.ts'
import { inTransaction, reading, staffOperation } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import type { Group } from '../people/group.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { actNumber, caseFileId, caseFileView, findCaseFiles } from './case-files.ts'
import { mustKeep } from './keeping.ts'
import { stepper } from './move-original.ts'

const actId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

export const actStates = ['drawn', 'approved', 'carried_out', 'cancelled'] as const
export const actView = z.object({
  id: actId, organization: z.string(), number: z.string(), state: z.enum(actStates), commission: z.string(), drawnOn: day, drawnBy: z.string(),
  approvedOn: day.optional(), approvedBy: z.string().optional(), carriedOutOn: day.optional(), way: z.string().optional(), cancelledOn: day.optional(),
  papers: z.number().int(), sheets: z.number().int(),
  can: z.object({ approve: z.boolean(), carryOut: z.boolean(), cancel: z.boolean() }),
})
export type DestructionAct = z.input<typeof actView>

/** п. 7.8: acts of destruction: of one's chancelleries, and those one approves. */
export const listActs = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'GET', path: '/destruction-acts', summary: 'Acts of destruction, newest first', tags: ['originals'] })
  .use(reading)
  .output(z.array(actView))
  .handler(({ context: { tx, actor, group } }) => findActs(tx, actor, group, sql`true order by a.id desc limit 200`))

export const readAct = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'GET', path: '/destruction-acts/{id}', summary: 'An act of destruction and its case files', tags: ['originals'] })
  .use(reading)
  .input(z.object({ id: actId }))
  .output(z.object({ act: actView, caseFiles: z.array(caseFileView) }))
  .handler(async ({ context: { tx, actor, group }, input }) => ({
    act: await getAct(tx, actor, group, input.id), caseFiles: await findCaseFiles(tx, sql`f.act_id = ${input.id} order by f.year, f.index`),
  }))

/** Names the case files whose retention is over, and the commission that looked at them. */
export const drawAct = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'POST', path: '/destruction-acts', successStatus: 201, summary: 'Draw up an act of destruction', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ organization: z.string().max(40), caseFiles: z.array(caseFileId).min(1, 'field_missing').max(100), commission: words(1_000) }))
  .output(z.object({ id: actId, number: z.string() }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    mustKeep(actor, input.organization)
    const today = dateOf(now)
    const wanted = [...new Set(input.caseFiles)]
    const files = await findCaseFiles(tx, sql`f.id = any(${wanted}::bigint[]) and f.organization_id = ${input.organization} for update of f`)
    for (const [i, id] of wanted.entries()) {
      const field = `caseFiles.${i}`
      const file = files.find((one) => one.id === id)
      if (!file) throw refuseField(field, 'case_file_unknown')
      if (file.act) throw refuseField(field, 'case_file_in_act', { number: file.act.number })
      if (!file.closedOn) throw refuseField(field, 'case_file_open')
      if (!file.keptUntil || Temporal.PlainDate.compare(file.keptUntil, today) >= 0) throw refuseField(field, 'still_kept', { until: file.keptUntil ?? '—' })
    }
    // Two acts of one organization wait for one another, so that no number is given twice or left out.
    await sql`select 1 from organizations where id = ${input.organization} for update`.execute(tx)
    const { rows: [made] } = await sql<{ id: number; year: number; n: number }>`
      insert into destruction_acts (organization_id, year, n, commission, drawn_on, drawn_by)
      select ${input.organization}, ${today.year}::int, coalesce(max(n), 0) + 1, ${input.commission}, ${today}, ${actor.id} from destruction_acts
      where organization_id = ${input.organization} and year = ${today.year} returning id, year, n`.execute(tx)
    await sql`update case_files set act_id = ${made!.id} where id = any(${wanted}::bigint[])`.execute(tx)
    return { id: made!.id, number: actNumber(made!) }
  })

/** The executive of the organization approves it; not whoever drew it up. */
export const approveAct = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'POST', path: '/destruction-acts/{id}/approval', summary: 'Approve an act of destruction', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ id: actId }))
  .output(actView)
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const act = await getAct(tx, actor, group, input.id, { lock: true })
    if (act.state !== 'drawn') throw new Refusal('act_out_of_turn')
    if (!act.can.approve) throw new Refusal('not_permitted', { clause: '7.8' })
    await sql`update destruction_acts set approved_on = ${dateOf(now)}, approved_by = ${actor.id} where id = ${input.id}`.execute(tx)
    return getAct(tx, actor, group, input.id)
  })

/** Drawn up by mistake: its case files are free again, its number stays. */
export const cancelAct = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'POST', path: '/destruction-acts/{id}/cancel', summary: 'Cancel an act that was not approved', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ id: actId }))
  .output(actView)
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const act = await getAct(tx, actor, group, input.id, { lock: true })
    if (act.state !== 'drawn') throw new Refusal('act_out_of_turn')
    if (!act.can.cancel) throw new Refusal('not_permitted', { clause: '7.8' })
    await sql`update destruction_acts set cancelled_on = ${dateOf(now)} where id = ${input.id}`.execute(tx)
    await sql`update case_files set act_id = null where act_id = ${input.id}`.execute(tx)
    return getAct(tx, actor, group, input.id)
  })

/** The papers were destroyed: every one of them says so in its own history. Refused while one of them is with somebody. */
export const carryOutAct = staffOperation
  .meta({ clause: '7.8' })
  .route({ method: 'POST', path: '/destruction-acts/{id}/carried-out', summary: 'Note that the papers of an act were destroyed', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ id: actId, way: words(300) }))
  .output(actView)
  .handler(async ({ context, input }) => {
    const { tx, actor, group, now } = context
    const act = await getAct(tx, actor, group, input.id, { lock: true })
    if (act.state !== 'approved') throw new Refusal('act_out_of_turn')
    if (!act.can.carryOut) throw new Refusal('not_permitted', { clause: '7.8' })
    const out = await originalsOut(tx, input.id)
    if (out.length > 0) throw new Refusal('papers_missing', { details: { numbers: out.map((one) => one.number).join(', ') } })
    for (const file of await findCaseFiles(tx, sql`f.act_id = ${input.id}`)) {
      for (const paper of await originalsInFile(tx, Number(file.id), { limit: 100_000 })) {
        await advanceAppeal(context, { appeal: paper.appeal_id, action: 'destroy_original', by: stepper(actor), decide: () => ({ act: act.number, actId: input.id }) })
      }
    }
    await sql`update destruction_acts set carried_out_on = ${dateOf(now)}, carried_out_by = ${actor.id}, way = ${input.way} where id = ${input.id}`.execute(tx)
    return getAct(tx, actor, group, input.id)
  })

/** One act that this person keeps or approves; refuses with `not_found`. */
export async function getAct(tx: Transaction<DB>, actor: Staff, group: Group, id: number, { lock = false } = {}): Promise<DestructionAct> {
  if (lock) await sql`select 1 from destruction_acts where id = ${id} for update`.execute(tx)
  const [found] = await findActs(tx, actor, group, sql`a.id = ${id}`)
  if (!found) throw new Refusal('not_found')
  return found
}

async function findActs(tx: Transaction<DB>, actor: Staff, group: Group, where: RawBuilder<unknown>): Promise<DestructionAct[]> {
  const keeps = (organization: string) => actor.holders.has(holder('registrar', organization))
  const approves = (organization: string) => actor.holders.has(holder('executive', organization))
  type Row = {
    id: number; organization_id: string; year: number; n: number; commission: string; drawn_on: Temporal.PlainDate; drawn_by: string; drawer: string
    approved_on: Temporal.PlainDate | null; approver: string | null; carried_out_on: Temporal.PlainDate | null; way: string | null; cancelled_on: Temporal.PlainDate | null
    papers: number; sheets: number
  }
  const { rows } = await sql<Row>`
    select a.*, d.name as drawer, p.name as approver, c.papers, c.sheets
    from destruction_acts a join people d on d.id = a.drawn_by left join people p on p.id = a.approved_by cross join lateral (
      select count(*)::int as papers, coalesce(sum(o.sheets), 0)::int as sheets from case_files f join originals o on o.case_file_id = f.id where f.act_id = a.id) c
    where a.organization_id = any(${[...group.organizations.keys()].filter((id) => keeps(id) || approves(id))}::text[]) and ${where}`.execute(tx)
  return rows.map((row) => {
    const state = row.cancelled_on ? 'cancelled' : row.carried_out_on ? 'carried_out' : row.approved_on ? 'approved' : 'drawn'
    return {
      id: row.id, organization: row.organization_id, number: actNumber(row), state, commission: row.commission, drawnOn: row.drawn_on.toString(), drawnBy: row.drawer,
      ...(row.approved_on && { approvedOn: row.approved_on.toString() }), ...(row.approver && { approvedBy: row.approver }),
      ...(row.carried_out_on && { carriedOutOn: row.carried_out_on.toString() }), ...(row.way && { way: row.way }),
      ...(row.cancelled_on && { cancelledOn: row.cancelled_on.toString() }), papers: row.papers, sheets: row.sheets,
      can: {
        approve: state === 'drawn' && approves(row.organization_id) && row.drawn_by !== actor.id,
        carryOut: state === 'approved' && keeps(row.organization_id), cancel: state === 'drawn' && keeps(row.organization_id),
      },
    }
  })
}
