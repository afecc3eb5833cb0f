import { z } from 'zod'
import type { FactData } from '../../regulation/appeal-facts.ts'
import { readHolder } from '../../regulation/holders.ts'
import { refuseField } from '../../regulation/refusals.ts'
import type { AppealCase } from '../../regulation/appeal-case.ts'
import { actionOperation, optionalWords, words } from '../appeals/action-operation.ts'
import { advanceAppeal } from '../appeals/advance-appeal.ts'
import { day } from '../appeals/views.ts'
import { readDay } from '../input-faults.ts'
import { inTransaction, staffOperation, type Ctx } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { dateOf } from '../platform/clock.ts'
import { batch, eachOf, unitOf } from './keeping.ts'

const placing = { unit: z.string().max(60), shelf: optionalWords(60) }
const handing = { to: z.string().max(60), returnOn: day.optional(), purpose: words(300) }

/** п. 4.7: the paper is put into its place in the chancellery: again, wherever else it was. */
export const keepOriginal = actionOperation({
  action: 'keep_original',
  path: '/original/place',
  summary: 'Put the paper into its place',
  input: placing,
  decide: (input, { ctx, appeal }) => place(ctx, appeal, input),
})

/** п. 4.8: the paper is given to a colleague; it is theirs when they have signed for it. */
export const handOverOriginal = actionOperation({
  action: 'hand_over_original',
  path: '/original/hand-over',
  summary: 'Hand the paper over to a colleague',
  input: handing,
  decide: (input, { ctx }) => handOver(ctx, input),
})

/** п. 4.8: whoever was given the paper signs for it. */
export const acceptOriginal = actionOperation({
  action: 'accept_original', path: '/original/acceptance', summary: 'Sign for the paper', input: {}, decide: () => ({}),
})

export const refuseOriginal = actionOperation({
  action: 'refuse_original', path: '/original/refusal', summary: 'Do not take the paper, and say why',
  input: { reason: words(1_000) },
  decide: ({ reason }) => ({ reason }),
})

/** The same for many papers at once: all of them or none. */
export const placeOriginals = staffOperation
  .meta({ clause: '4.7' })
  .route({ method: 'POST', path: '/originals/place', summary: 'Put papers into one place', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ appeals: batch, ...placing }))
  .output(z.object({ done: z.number().int() }))
  .handler(({ context, input }) => eachOf(input.appeals, (appeal) => advanceAppeal(context, {
    appeal, action: 'keep_original', by: stepper(context.actor), decide: (known) => place(context, known, input),
  })))

export const handOverOriginals = staffOperation
  .meta({ clause: '4.8' })
  .route({ method: 'POST', path: '/originals/hand-over', summary: 'Hand papers over to one colleague', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ appeals: batch, ...handing }))
  .output(z.object({ done: z.number().int() }))
  .handler(async ({ context, input }) => {
    const data = await handOver(context, input)
    return eachOf(input.appeals, (appeal) => advanceAppeal(context, { appeal, action: 'hand_over_original', by: stepper(context.actor), decide: () => data }))
  })

export const acceptOriginals = staffOperation
  .meta({ clause: '4.8' })
  .route({ method: 'POST', path: '/originals/acceptance', summary: 'Sign for papers handed over to me', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ appeals: batch }))
  .output(z.object({ done: z.number().int() }))
  .handler(({ context, input }) => eachOf(input.appeals, (appeal) => advanceAppeal(context, { appeal, action: 'accept_original', by: stepper(context.actor), decide: () => ({}) })))

export const stepper = (actor: Staff) => ({ person: actor.id, holders: actor.holders })

/** A unit of the organization that keeps the paper. */
function place({ group, actor }: Pick<Ctx, 'group'> & { readonly actor: Staff }, appeal: AppealCase, { unit, shelf }: { unit: string; shelf?: string | undefined }): FactData['keep_original'] {
  const known = group.units.get(unit)
  const [mine] = [appeal.original!.keeper, ...appeal.handlers].filter((one) => actor.holders.has(one)).map(readHolder)
  if (!known || !mine || !('organization' in mine) || known.organization !== mine.organization) throw refuseField('unit', 'unit_unknown')
  return { unit, shelf }
}

async function handOver(ctx: Ctx & { readonly actor: Staff }, { to, returnOn, purpose }: { to: string; returnOn?: string | undefined; purpose: string }): Promise<FactData['hand_over_original']> {
  if (to === ctx.actor.id) throw refuseField('to', 'person_not_fit')
  const unit = await unitOf(ctx, to)
  if (!unit) throw refuseField('to', 'person_not_fit')
  if (returnOn && Temporal.PlainDate.compare(readDay(returnOn, 'returnOn'), dateOf(ctx.now)) < 0) throw refuseField('returnOn', 'due_date_past')
  return { to, unit, returnOn, purpose }
}
