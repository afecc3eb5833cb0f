import { refuseField, Refusal } from '../../regulation/refusals.ts'
import { actionOperation } from '../appeals/action-operation.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import { appealId } from '../appeals/views.ts'

/** A second appeal about the same joins the first: answered once, both numbers find the answer. */
export const joinDuplicate = actionOperation({
  action: 'join',
  path: '/join',
  summary: 'Join a duplicate to the appeal it repeats',
  input: { main: appealId },
  decide: async ({ main }, { ctx, id }) => {
    if (main === id) throw refuseField('main', 'main_not_fit')
    const found = await getAppeal(ctx.tx, ctx.actor.holders, main).catch((error: unknown) => {
      if (error instanceof Refusal) throw refuseField('main', 'main_not_fit')
      throw error
    })
    if (['joined', 'dismissed', 'withdrawn'].includes(found.appeal.state)) throw refuseField('main', 'main_not_fit')
    return { main, mainNumber: found.line.number }
  },
})
