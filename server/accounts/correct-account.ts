import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { workingOf, type ChargeFacts } from '../../regulation/settlement.ts'
import { normOf, readQuantity, services, writeQuantity, writeSigned, type ConsumerGroup, type Estimate, type Service, type TariffPlan } from '../../regulation/tariffs.ts'
import { words } from '../appeals/action-operation.ts'
import { getAccount } from '../ledger/find-account.ts'
import { postCorrection } from '../ledger/post-lines.ts'
import { inTransaction, reading, staffOperation, type Ctx } from '../operation.ts'
import type { Group } from '../people/group.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { accountId, asSettling, month, rowId, tiyn } from './fields.ts'

const posted = z.object({ id: rowId, period: month.describe('The month whose bill will show it'), amount: tiyn })
const largest = 100_000_000_00

/** An account set right by an amount, with its reason; above nothing: charged, below: given back. */
export const correctAccount = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/corrections', successStatus: 201, summary: 'Correct an account by an amount', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({
    id: accountId, service: z.enum(services), amount: z.number('amount_invalid').int('amount_invalid').min(-largest, 'amount_invalid').max(largest, 'amount_invalid').refine((amount) => amount !== 0, 'amount_invalid').describe('Tiyn; below nothing: given back'), reason: words(500),
    seen: z.number().int().min(0).describe('The newest correction one saw, 0 where there was none: the same sent twice is one correction'),
  }))
  .output(posted)
  .handler(async ({ context, input }) => {
    const actor = await begin(context, input.id)
    const { tx, now } = context
    const { rows: [newest] } = await sql<{ id: number | null }>`select max(id) as id from corrections where account_id = ${input.id}`.execute(tx)
    if ((newest?.id ?? 0) !== input.seen) throw new Refusal('account_changed_meanwhile', { clause: '11.3.1' })
    const { id, period } = await postCorrection(tx, { account: input.id, service: input.service, amount: BigInt(input.amount), reason: input.reason, by: actor.id, now })
    return { id, period: period.toPlainYearMonth().toString(), amount: input.amount }
  })

const facts = {
  id: accountId, period: month.describe('The closed month that was charged wrong'), service: z.enum(services), residents: z.number().int('field_invalid').min(0, 'field_invalid').max(50, 'field_invalid').optional(), benefit: z.boolean().optional(),
  quantity: z.string().max(40, 'field_too_long').optional(), night: z.string().max(40, 'field_too_long').optional().describe('The part of the night zone'),
}
const side = z.object({ residents: z.number().int(), benefit: z.boolean(), quantity: z.string(), night: z.string().optional(), amount: tiyn, lines: z.array(z.object({ what: z.enum(['flat', 'tier', 'day', 'night']), tier: z.number().int().optional(), quantity: z.string(), price: tiyn, net: tiyn })), vatPercent: z.number() })
const previewView = z.object({ before: side, after: side, earlier: tiyn.describe('What earlier recalculations of this charge have changed'), difference: tiyn, byNorm: z.boolean() })
export type Recalculation = z.output<typeof previewView>

/** What other facts would make of a charge of a closed month, at that month's tariffs; nothing is kept. */
export const previewRecalculation = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/recalculations/preview', summary: 'What other facts would make of a charge', tags: ['accounts'] })
  .use(reading)
  .input(z.object(facts))
  .output(previewView)
  .handler(async ({ context, input }) => {
    asSettling(context)
    return recalculate(context.tx, context.group, input)
  })

/** A charge of a closed month counted anew with other facts; the difference stands in the month that is open. */
export const recalculateCharge = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/recalculations', successStatus: 201, summary: 'Recalculate a charge of a closed month', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({ ...facts, reason: words(500), difference: tiyn.optional().describe('As the preview showed it') }))
  .output(posted)
  .handler(async ({ context, input }) => {
    const actor = await begin(context, input.id)
    const { tx, now, group } = context
    const { difference } = await recalculate(tx, group, input)
    if (difference === 0) throw new Refusal('nothing_changes', { clause: '11.3.1' })
    if (input.difference !== undefined && input.difference !== difference) throw new Refusal('account_changed_meanwhile', { clause: '11.3.1' })
    const { id, period } = await postCorrection(tx, { account: input.id, service: input.service, amount: BigInt(difference), reason: input.reason, corrects: firstOf(input.period), by: actor.id, now })
    return { id, period: period.toPlainYearMonth().toString(), amount: difference }
  })

/** Only whoever settles, only where the ledger is ours; two at once come one after the other. */
async function begin(context: Ctx, id: number) {
  const actor = asSettling(context)
  if (context.group.cabinet.master === 'outside') throw new Refusal('outside_master', { clause: '11.3.1' })
  await sql`select 1 from accounts where id = ${id} for update`.execute(context.tx)
  await getAccount(context.tx, id, dateOf(context.now))
  return actor
}

const firstOf = (period: string) => Temporal.PlainDate.from(`${period}-01`)

type Asked = { readonly id: number; readonly period: string; readonly service: Service; readonly residents?: number | undefined; readonly benefit?: boolean | undefined; readonly quantity?: string | undefined; readonly night?: string | undefined }

async function recalculate(tx: Transaction<DB>, group: Group, asked: Asked): Promise<Recalculation> {
  const period = firstOf(asked.period)
  const end = period.add({ months: 1 }).subtract({ days: 1 })
  const { rows: [charge] } = await sql<{
    amount: number; quantity: number | null; night: number | null; plan: TariffPlan | null; method: string | null; residents: number | null; stove: boolean; common_heat_meter: boolean; area: number; benefit: boolean; consumer_group: ConsumerGroup; earlier: number
  }>`
    select l.amount, l.quantity, l.night, l.plan, l.method, l.residents, p.stove, b.common_heat_meter, p.area, coalesce(t.benefit, false) as benefit, coalesce(v.consumer_group, 'household') as consumer_group,
      (select coalesce(sum(c.amount), 0)::bigint from corrections c where c.account_id = l.account_id and c.service = l.service and c.corrects = l.period) as earlier
    from ledger_lines l join settlement_runs r on r.id = l.run_id and r.posted_at is not null
    join accounts a on a.id = l.account_id join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id
    left join lateral (select benefit from account_terms where account_id = a.id and from_day <= ${end} order by from_day desc, id desc limit 1) t on true
    left join lateral (select consumer_group from account_services where account_id = a.id and service = l.service and from_day <= ${end} order by from_day desc, id desc limit 1) v on true
    where l.account_id = ${asked.id} and l.period = ${period} and l.kind = 'charge' and l.service = ${asked.service} and l.entry = 0`.execute(tx)
  if (!charge?.plan || charge.quantity === null || charge.method === 'outside') throw refuseField('period', 'line_not_recalculable')
  const plan = charge.plan
  const residents = charge.residents ?? 1
  const base = { on: end, service: asked.service, group: charge.consumer_group, plan, stove: charge.stove, commonMeter: charge.common_heat_meter }
  const before: ChargeFacts = { ...base, residents, benefit: charge.benefit, quantity: BigInt(charge.quantity), ...(charge.night !== null && { night: BigInt(charge.night) }) }
  const after: ChargeFacts = { ...before, residents: asked.residents ?? residents, benefit: asked.benefit ?? charge.benefit, ...quantityOf(group, asked, charge, before) }
  if (after.night !== undefined && after.night > after.quantity) throw refuseField('night', 'quantity_invalid')
  const [was, is] = [workingOf(group.tariffs, before), workingOf(group.tariffs, after)]
  // A home that was another then, with a stove or without a heat meter, cannot be told apart from what is known now.
  if (!was || !is || signed(before, was) !== charge.amount) throw refuseField('period', 'line_not_recalculable')
  const amount = signed(after, is)
  return {
    before: { ...sideOf(before, was), amount: charge.amount }, after: { ...sideOf(after, is), amount }, earlier: charge.earlier, byNorm: charge.method === 'norm',
    // What was recalculated before has already changed it.
    difference: amount - charge.amount - charge.earlier,
  }
}

/** As given; of a home that is counted by norm, the norm of other residents. */
function quantityOf(group: Group, asked: Asked, charge: { readonly method: string | null; readonly area: number; readonly night: number | null }, before: ChargeFacts): Partial<ChargeFacts> {
  const typed = (text: string | undefined, field: string) => {
    if (text === undefined || text.trim() === '') return undefined
    const read = readQuantity(text)
    if (read === undefined) throw refuseField(field, 'quantity_invalid')
    return read
  }
  const quantity = typed(asked.quantity, 'quantity')
  const night = typed(asked.night, 'night')
  if (night !== undefined && charge.night === null) throw refuseField('night', 'unknown_field')
  const byNorm = quantity === undefined && charge.method === 'norm' && asked.residents !== undefined && asked.residents !== before.residents ? normOf(group.tariffs, { service: asked.service, residents: asked.residents, area: BigInt(charge.area) }) : undefined
  return { ...((quantity ?? byNorm) !== undefined && { quantity: (quantity ?? byNorm)! }), ...(night !== undefined && { night }) }
}

const signed = ({ quantity }: ChargeFacts, { total }: Omit<Estimate, 'byNorm'>): number => Number(quantity < 0n ? -total : total)
const sideOf = (of: ChargeFacts, working: Omit<Estimate, 'byNorm'>) => ({
  residents: of.residents, benefit: of.benefit, quantity: writeSigned(of.quantity), ...(of.night !== undefined && { night: writeSigned(of.night) }), vatPercent: working.vatPercent,
  lines: working.lines.map((line) => ({ what: line.what, ...(line.tier && { tier: line.tier }), quantity: writeQuantity(line.quantity), price: Number(line.price), net: Number(line.net) })),
})
