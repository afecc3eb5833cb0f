import { z } from 'zod'
import { refuseField, Refusal } from '../../regulation/refusals.ts'
import { answerWays } from '../../regulation/vocabulary.ts'
import { actionOperation, optionalWords, words } from '../appeals/action-operation.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import { day, moment } from '../appeals/views.ts'
import { readDay } from '../input-faults.ts'
import { dateOf } from '../platform/clock.ts'

/**
 * п. 7.7, 11.6.13, 11.6.4: the answer goes the way the applicant chose. A call is its own evidence: who called is the
 * actor, when and what was said are told here; so is a letter posted or handed out. An e-mail is evidenced when the
 * mail server takes it.
 */
export const dispatchReply = actionOperation({
  action: 'dispatch_reply',
  path: '/dispatch',
  summary: 'Send the approved answer to the applicant',
  input: {
    way: z.enum(answerWays),
    call: z.object({ calledAt: moment, said: words(4_000) }).optional(),
    post: z.object({ sentOn: day, postNumber: optionalWords(60).describe('The post\'s own number of a registered letter') }).optional(),
    pickup: z.object({ handedOn: day, to: words(200).describe('Who took it') }).optional(),
    closeAfter: z.boolean().default(true).describe('Close the task once the answer is delivered'),
  },
  decide: async ({ way, call, post, pickup, closeAfter }, { ctx, id }) => {
    if (way === 'email') {
      const { contents } = await getAppeal(ctx.tx, ctx.actor.holders, id)
      if (!contents.applicant_email) throw new Refusal('nothing_to_send_to')
      return { way, closeAfter }
    }
    if (way === 'post') {
      if (!post) throw refuseField('post.sentOn', 'field_missing')
      return { way, closeAfter, evidence: { way, sentOn: notLater(post.sentOn, ctx.now, 'post.sentOn'), postNumber: post.postNumber } }
    }
    if (way === 'pickup') {
      if (!pickup) throw refuseField('pickup.to', 'field_missing')
      return { way, closeAfter, evidence: { way, handedOn: notLater(pickup.handedOn, ctx.now, 'pickup.handedOn'), to: pickup.to } }
    }
    if (!call) throw refuseField('call.said', 'field_missing')
    return { way, closeAfter, evidence: { way, calledAt: calledBefore(call.calledAt, ctx.now), said: call.said } }
  },
})

function notLater(text: string, now: Temporal.Instant, field: string): string {
  const on = readDay(text, field)
  if (Temporal.PlainDate.compare(on, dateOf(now)) > 0) throw refuseField(field, 'date_in_future')
  return on.toString()
}

function calledBefore(text: string, now: Temporal.Instant): string {
  try {
    const calledAt = Temporal.Instant.from(text)
    if (Temporal.Instant.compare(calledAt, now) <= 0) return calledAt.toString()
  } catch {
    throw refuseField('call.calledAt', 'field_invalid')
  }
  throw refuseField('call.calledAt', 'call_in_future')
}
