import { z } from 'zod'
import { refuseField, Refusal } from '../../regulation/refusals.ts'
import { taskOf, versionOf, type AppealCase } from '../../regulation/appeal-case.ts'
import { dispatchWays, type DispatchEvidence, type DispatchWay, type FactData } from '../../regulation/appeal-facts.ts'
import { findingKinds, type Finding, type FindingKind } from '../../regulation/reply-gate.ts'
import { routeOf } from '../../regulation/route-profiles.ts'
import { actionOperation, optionalWords, words, type Deciding } from '../appeals/action-operation.ts'
import { keepReceipt } from '../appeals/letter-files.ts'
import { getAppeal, type AppealRecord } from '../appeals/find-appeal.ts'
import { day, moment } from '../appeals/views.ts'
import { readDay } from '../input-faults.ts'
import { dateOf } from '../platform/clock.ts'
import { gateOf } from './gate.ts'

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
    way: z.enum(dispatchWays),
    call: z.object({ calledAt: moment, said: words(4_000) }).optional(),
    post: z.object({ sentOn: day, postNumber: optionalWords(60).describe('The post\'s own number of a registered letter') }).optional(),
    pickup: z.object({ handedOn: day, to: words(200).describe('Who took it'), receipt: z.uuid().optional().describe('Upload: the receipt they signed') }).optional(),
    granted: optionalWords(1_000).describe('Way `none`: what was granted; its author had asked for no letter'),
    overridden: z.array(z.object({ finding: z.enum(findingKinds), reason: words(500) })).max(10).default([]).describe('What the gate finds and is sent all the same'),
    closeAfter: z.boolean().default(true).describe('Close the task once the answer is delivered'),
  },
  decide: (input, deciding) => decideDispatch(input, deciding),
})

/** What leaves, by which way, with what evidence; the same for one answer and for a whole registry of the post. */
export async function decideDispatch(
  input: Input & { readonly closeAfter: boolean; readonly overridden: readonly { finding: FindingKind; reason: string }[] },
  { ctx, appeal, id }: Pick<Deciding, 'ctx' | 'appeal' | 'id'>,
): Promise<FactData['dispatch_reply']> {
  const record = await getAppeal(ctx.tx, ctx.actor.holders, id)
  const written = input.way !== 'phone' && input.way !== 'none'
  if (written && appeal.letterRequired && !appeal.letter?.signature) throw new Refusal('letter_needed_first', { clause: '7.6' })
  // What is told by a call is no letter: the gate looks at what leaves in writing.
  const overridden = written ? pass(gateOf(ctx.group, appeal, record), input.overridden) : []
  if (input.way === 'pickup' && input.pickup?.receipt && appeal.reply) await keepReceipt(ctx.tx, { receipt: input.pickup.receipt, appeal: id, task: appeal.reply.task, by: ctx.actor.id })
  const copies = routeOf(ctx.group.organizations.get(appeal.organization)!.profile, appeal.channel).copies
  return {
    way: input.way, closeAfter: input.closeAfter, ...evidenceOf(input, record, appeal, ctx.now),
    ...(copies.length > 0 && { copies }), ...(overridden.length > 0 && { overridden }),
  }
}

/** Every finding is mended by now, or goes with its reason. */
function pass(findings: readonly Finding[], overridden: readonly { finding: FindingKind; reason: string }[]): typeof overridden {
  const open = findings.filter(({ kind }) => !overridden.some(({ finding }) => finding === kind))
  if (open.length > 0) {
    throw new Refusal('gate_closed', { clause: '11.6.13', details: { findings: [...new Set(open.map(({ kind }) => kind))].join(', ') } })
  }
  return overridden.filter(({ finding }) => findings.some(({ kind }) => kind === finding))
}

type Input = {
  readonly way: DispatchWay; readonly call?: { calledAt: string; said: string } | undefined; readonly granted?: string | undefined
  readonly post?: { sentOn: string; postNumber?: string | undefined } | undefined; readonly pickup?: { handedOn: string; to: string; receipt?: string | undefined } | undefined
}

/** What proves that the answer left; of an e-mail its server tells later. */
function evidenceOf({ way, call, post, pickup, granted }: Input, { contents }: AppealRecord, appeal: AppealCase, now: Temporal.Instant): { evidence?: DispatchEvidence } {
  // No evidence is older than what it proves.
  const answeredOn = dateOf(appeal.letter?.at ?? versionOf(appeal.reply && taskOf(appeal, appeal.reply.task))?.at ?? appeal.registeredAt)
  const notBefore = (on: Temporal.PlainDate, field: string): Temporal.PlainDate => {
    if (Temporal.PlainDate.compare(on, answeredOn) < 0) throw refuseField(field, 'before_answer', { day: answeredOn.toString() })
    return on
  }
  const dayOf = (text: string, field: string) => notBefore(notLater(text, now, field), field).toString()
  switch (way) {
    case 'email':
      if (!contents.applicant_email) throw new Refusal('nothing_to_send_to')
      return {}
    case 'post':
      if (!post) throw refuseField('post.sentOn', 'field_missing')
      return { evidence: { way, sentOn: dayOf(post.sentOn, 'post.sentOn'), postNumber: post.postNumber } }
    case 'pickup':
      if (!pickup) throw refuseField('pickup.to', 'field_missing')
      return { evidence: { way, handedOn: dayOf(pickup.handedOn, 'pickup.handedOn'), to: pickup.to, receipt: pickup.receipt } }
    case 'phone': {
      if (!call) throw refuseField('call.said', 'field_missing')
      const calledAt = calledBefore(call.calledAt, now)
      notBefore(dateOf(calledAt), 'call.calledAt')
      return { evidence: { way, calledAt: calledAt.toString(), said: call.said } }
    }
    case 'none':
      if (!appeal.noWrittenReply) throw refuseField('way', 'reply_needed')
      if (!granted) throw refuseField('granted', 'field_missing')
      return { evidence: { way, granted } }
  }
}

function notLater(text: string, now: Temporal.Instant, field: string): Temporal.PlainDate {
  const on = readDay(text, field)
  if (Temporal.PlainDate.compare(on, dateOf(now)) > 0) throw refuseField(field, 'date_in_future')
  return on
}

function calledBefore(text: string, now: Temporal.Instant): Temporal.Instant {
  try {
    const calledAt = Temporal.Instant.from(text)
    if (Temporal.Instant.compare(calledAt, now) <= 0) return calledAt
  } catch {
    throw refuseField('call.calledAt', 'field_invalid')
  }
  throw refuseField('call.calledAt', 'call_in_future')
}
