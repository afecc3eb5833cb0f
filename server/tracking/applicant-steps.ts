import { z } from 'zod'
import type { Action, FactData } from '../../regulation/appeal-facts.ts'
import { lifecycle } from '../../regulation/lifecycle.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { actionDone, optionalWords } from '../appeals/action-operation.ts'
import { advanceAppeal, asApplicant } from '../appeals/advance-appeal.ts'
import { inTransaction, openOperation, type Ctx } from '../operation.ts'
import { openTracked, trackingInput } from './track-appeal.ts'

const byCode = trackingInput.required()

/** The applicant takes the appeal back while it is not answered. */
export const withdrawAppeal = openOperation
  .meta({ permission: 'applicant', clause: lifecycle.withdraw.clause })
  .route({ method: 'POST', path: '/tracking/{number}/withdrawal', summary: 'Withdraw one\'s appeal', tags: ['tracking'] })
  .use(inTransaction)
  .input(byCode.extend({ reason: optionalWords(2_000) }))
  .output(actionDone)
  .handler(({ context, input }) => step(context, input, 'withdraw', { reason: input.reason }))

/** Does this answer your question? One rating, from 1 to 5. */
export const rateAnswer = openOperation
  .meta({ permission: 'applicant', clause: lifecycle.rate.clause })
  .route({ method: 'POST', path: '/tracking/{number}/rating', summary: 'Rate the answer', tags: ['tracking'] })
  .use(inTransaction)
  .input(byCode.extend({ score: z.coerce.number().int().min(1, 'field_invalid').max(5, 'field_invalid'), comment: optionalWords(2_000) }))
  .output(actionDone)
  .handler(({ context, input }) => step(context, input, 'rate', { score: input.score, comment: input.comment }))

async function step<A extends Action>(context: Ctx, input: { number: string; code: string }, action: A, data: FactData[A]) {
  const { line, record } = await openTracked(context, input.number, input.code)
  if (action === 'rate' && record.appeal.rating) throw new Refusal('already_rated')
  const after = await advanceAppeal(context, { appeal: line.id, action, by: asApplicant, decide: () => data })
  return { state: after.state, seen: after.lastSeq }
}
