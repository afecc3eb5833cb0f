import { z } from 'zod'
import { refuseField, Refusal } from '../../regulation/refusals.ts'
import { answerWays } from '../../regulation/vocabulary.ts'
import { actionOperation, words } from '../appeals/action-operation.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import { moment } from '../appeals/views.ts'

/**
 * п. 11.6.13, 11.6.4: the answer goes the way the applicant chose. A call is its own evidence: who called is the
 * actor, when and what was said are told here. An e-mail is evidenced when the mail server takes it.
 */
export const dispatchReply = actionOperation({
  action: 'dispatch_reply',
  path: '/dispatch',
  summary: 'Send the approved answer to the applicant',
  input: {
    way: z.enum(answerWays),
    call: z.object({ calledAt: moment, said: words(4_000) }).optional(),
    closeAfter: z.boolean().default(true).describe('Close the task once the answer is delivered'),
  },
  decide: async ({ way, call, closeAfter }, { ctx, id }) => {
    if (way === 'email') {
      const { contents } = await getAppeal(ctx.tx, ctx.actor.holders, id)
      if (!contents.applicant_email) throw new Refusal('nothing_to_send_to')
      return { way, closeAfter }
    }
    if (!call) throw refuseField('call.said', 'field_missing')
    return { way, closeAfter, evidence: { way, calledAt: calledBefore(call.calledAt, ctx.now), said: call.said } }
  },
})

function calledBefore(text: string, now: Temporal.Instant): string {
  try {
    const calledAt = Temporal.Instant.from(text)
    if (Temporal.Instant.compare(calledAt, now) <= 0) return calledAt.toString()
  } catch {
    throw refuseField('call.calledAt', 'field_invalid')
  }
  throw refuseField('call.calledAt', 'call_in_future')
}
