import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { offerOn, services, tariffPlans, writeQuantity } from '../../regulation/tariffs.ts'
import { recountDraft } from '../ledger/draft.ts'
import { getAccount, servicesOf } from '../ledger/find-account.ts'
import { keepReading, metersOf, type MeterRow } from '../ledger/meters.ts'
import { closedThrough } from '../ledger/post-lines.ts'
import { words, optionalWords } from '../appeals/action-operation.ts'
import { day } from '../appeals/views.ts'
import { inTransaction, staffOperation, type Ctx } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { accountId, asServing, figure, note, readFigures, readNearDay, rowId, typedDay } from './fields.ts'

const done = z.object({ done: z.literal(true) })

/** Who lives there from a day on, by what paper; another row, never an edit. Closed months are corrected, not rewritten. */
export const changeTerms = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/terms', successStatus: 201, summary: 'Residents and benefit from a day on', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({ id: accountId, from: typedDay, residents: z.number().int('field_invalid').min(0, 'field_invalid').max(50, 'field_invalid'), benefit: z.boolean(), basis: words(300).describe('The paper it rests on') }))
  .output(done)
  .handler(async ({ context, input }) => {
    const actor = asServing(context)
    const { tx, now } = context
    const { from } = await beginChange(context, input.id, input.from)
    const { rows: [holds] } = await sql<{ from_day: Temporal.PlainDate; residents: number; benefit: boolean; basis: string }>`
      select from_day, residents, benefit, basis from account_terms where account_id = ${input.id} and from_day <= ${from} order by from_day desc, id desc limit 1`.execute(tx)
    // The same, sent twice, is one change.
    if (holds?.from_day.equals(from) && holds.residents === input.residents && holds.benefit === input.benefit && holds.basis === input.basis) return { done: true as const }
    await tx.insertInto('account_terms').values({ account_id: input.id, from_day: from, residents: input.residents, benefit: input.benefit, basis: input.basis, made_by: actor.id, made_at: now }).execute()
    await note(tx, { account: input.id, kind: 'terms', by: actor.id, now, details: { from: from.toString(), residents: String(input.residents), benefit: String(input.benefit), basis: input.basis } })
    return { done: true as const }
  })

/** Another tariff plan from a day on; zones only where day and night are counted apart. */
export const changePlan = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/plan', successStatus: 201, summary: 'Another tariff plan from a day on', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({ id: accountId, service: z.enum(services), plan: z.enum(tariffPlans), from: typedDay }))
  .output(done)
  .handler(async ({ context, input }) => {
    const actor = asServing(context)
    const { tx, now, group } = context
    const { from } = await beginChange(context, input.id, input.from)
    const taken = (await servicesOf(tx, input.id, from)).find(({ service }) => service === input.service)
    if (!taken) throw refuseField('service', 'field_invalid')
    if (taken.plan === input.plan) return { done: true as const }
    const meters = await metersOf(tx, input.id)
    if (input.plan === 'zones' && !meters.some((meter) => meter.service === input.service && meter.registers === 2)) throw refuseField('plan', 'two_registers_needed')
    if (!offerOn(group.tariffs, from)?.tariffs.some((one) => one.service === input.service && one.plan === input.plan && one.group === taken.consumer_group)) throw refuseField('plan', 'no_tariff')
    await tx.insertInto('account_services').values({ account_id: input.id, service: input.service, consumer_group: taken.consumer_group, plan: input.plan, from_day: from, to_day: null }).execute()
    await note(tx, { account: input.id, kind: 'plan', by: actor.id, now, details: { service: input.service, plan: input.plan, before: taken.plan, from: from.toString() } })
    return { done: true as const }
  })

/** A meter taken down with its last figure and another put up with its first: both readings are there, or neither. */
export const replaceMeter = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/meters/{meter}/replacement', successStatus: 201, summary: 'Put another meter in the place of one', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({
    id: accountId, meter: rowId, on: typedDay, last: z.object({ value: figure, night: figure.optional() }), basis: words(300).describe('The act of replacement'),
    serial: words(40), digits: z.number().int('field_invalid').min(3, 'field_invalid').max(9, 'field_invalid'), registers: z.union([z.literal(1), z.literal(2)]), seals: optionalWords(120), verifiedOn: day.optional(), nextVerificationOn: day.optional(),
    first: z.object({ value: figure, night: figure.optional() }),
  }))
  .output(z.object({ meter: rowId }))
  .handler(async ({ context, input }) => {
    const actor = asServing(context)
    const { tx, now, group } = context
    const on = readNearDay(input.on, 'on')
    await recountDraft(tx, group, [input.id], { from: on })
    const meter = await getMeter(tx, input.id, input.meter)
    const verified = verificationOf(input.verifiedOn, input.nextVerificationOn, dateOf(now))
    const plan = (await servicesOf(tx, input.id, on)).find(({ service }) => service === meter.service)?.plan
    if (plan === 'zones' && input.registers === 1) throw refuseField('registers', 'two_registers_needed')
    const taken = { takenOn: on, source: 'inspector' as const, by: actor.id, settled: true, reason: input.basis }
    await at('last', () => keepReading(tx, group, input.id, { meter: meter.id, ...readFigures(input.last), ...taken }, now))
    await sql`update meters set removed_on = ${on} where id = ${meter.id}`.execute(tx)
    const { rows: [made] } = await sql<{ id: number }>`
      insert into meters (account_id, service, serial, digits, registers, seals, verified_on, next_verification_on, installed_on)
      values (${input.id}, ${meter.service}, ${input.serial}, ${input.digits}, ${input.registers}, ${input.seals ?? ''}, ${verified.on ?? null}, ${verified.next ?? null}, ${on})
      on conflict (service, serial) do nothing returning id`.execute(tx)
    if (!made) throw refuseField('serial', 'serial_taken')
    await at('first', () => keepReading(tx, group, input.id, { meter: made.id, ...readFigures(input.first), ...taken }, now))
    await note(tx, {
      account: input.id, kind: 'meter_replaced', by: actor.id, now,
      details: { service: meter.service, before: meter.serial, serial: input.serial, on: on.toString(), last: writeQuantity(readFigures(input.last).value, ','), first: writeQuantity(readFigures(input.first).value, ','), basis: input.basis },
    })
    return { meter: made.id }
  })

/** A meter was verified: until when it may be counted by. */
export const verifyMeter = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/meters/{meter}/verification', successStatus: 201, summary: 'Note that a meter was verified', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({ id: accountId, meter: rowId, verifiedOn: typedDay, nextVerificationOn: typedDay, basis: optionalWords(300).describe('The certificate') }))
  .output(done)
  .handler(async ({ context, input }) => {
    const actor = asServing(context)
    const { tx, now, group } = context
    // Overdue or not, the meter may be counted otherwise in the month that is being counted.
    await recountDraft(tx, group, [input.id], { from: readNearDay(input.verifiedOn, 'verifiedOn') })
    const meter = await getMeter(tx, input.id, input.meter)
    const { on, next } = verificationOf(input.verifiedOn, input.nextVerificationOn, dateOf(now))
    if (meter.verified_on?.equals(on!) && meter.next_verification_on?.equals(next!)) return { done: true as const }
    if (meter.verified_on && Temporal.PlainDate.compare(on!, meter.verified_on) < 0) throw refuseField('verifiedOn', 'field_invalid')
    await sql`update meters set verified_on = ${on!}, next_verification_on = ${next!} where id = ${meter.id}`.execute(tx)
    await note(tx, {
      account: input.id, kind: 'verification', by: actor.id, now,
      details: { service: meter.service, serial: meter.serial, on: on!.toString(), next: next!.toString(), ...(meter.next_verification_on && { before: meter.next_verification_on.toString() }), ...(input.basis && { basis: input.basis }) },
    })
    return { done: true as const }
  })

/** Other seals on a meter. */
export const changeSeals = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/meters/{meter}/seals', successStatus: 201, summary: 'Note a meter\'s seals', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({ id: accountId, meter: rowId, seals: words(120), basis: optionalWords(300) }))
  .output(done)
  .handler(async ({ context, input }) => {
    const actor = asServing(context)
    const { tx, now } = context
    const meter = await getMeter(tx, input.id, input.meter)
    if (meter.seals === input.seals) return { done: true as const }
    await sql`update meters set seals = ${input.seals} where id = ${meter.id}`.execute(tx)
    await note(tx, { account: input.id, kind: 'seals', by: actor.id, now, details: { service: meter.service, serial: meter.serial, seals: input.seals, before: meter.seals, ...(input.basis && { basis: input.basis }) } })
    return { done: true as const }
  })

/** The account locked, so that two changes at once come one after the other; a day of a closed month is refused. */
async function beginChange({ tx, now, group }: Ctx, id: number, typed: string): Promise<{ from: Temporal.PlainDate }> {
  const from = readNearDay(typed, 'from')
  await recountDraft(tx, group, [id], { from })
  await sql`select 1 from accounts where id = ${id} for update`.execute(tx)
  const account = await getAccount(tx, id, dateOf(now))
  if (Temporal.PlainDate.compare(dateOf(now).add({ years: 1 }), from) < 0 || Temporal.PlainDate.compare(from, account.opened_on) < 0) throw refuseField('from', 'field_invalid')
  const closed = await closedThrough(tx)
  if (closed && Temporal.PlainDate.compare(from, closed) <= 0) throw refuseField('from', 'period_closed')
  return { from }
}

/** One meter of the account, standing, locked. */
async function getMeter(tx: Transaction<DB>, account: number, id: number): Promise<MeterRow> {
  await sql`select 1 from meters where id = ${id} for update`.execute(tx)
  const meter = (await metersOf(tx, account)).find((one) => one.id === id)
  if (!meter) throw new Refusal('meter_unknown', { clause: '11.3.1' })
  return meter
}

function verificationOf(verified: string | undefined, next: string | undefined, today: Temporal.PlainDate): { on?: Temporal.PlainDate; next?: Temporal.PlainDate } {
  const on = verified ? readNearDay(verified, 'verifiedOn') : undefined
  const until = next ? readNearDay(next, 'nextVerificationOn') : undefined
  if (on && Temporal.PlainDate.compare(today, on) < 0) throw refuseField('verifiedOn', 'date_in_future')
  if (on && until && Temporal.PlainDate.compare(until, on) <= 0) throw refuseField('nextVerificationOn', 'field_invalid')
  return { ...(on && { on }), ...(until && { next: until }) }
}

/** Faults of one of two readings stand at that one; the day is asked for once. */
async function at<T>(part: 'last' | 'first', keep: () => Promise<T>): Promise<T> {
  try {
    return await keep()
  } catch (error) {
    if (!(error instanceof Refusal) || error.faults.length === 0) throw error
    throw new Refusal(error.code, { clause: '11.3.1', faults: error.faults.map((fault) => ({ ...fault, field: fault.field === 'takenOn' ? 'on' : fault.field.startsWith(part) ? fault.field : `${part}.${fault.field}` })) })
  }
}
