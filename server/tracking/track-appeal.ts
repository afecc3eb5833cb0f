import { z } from 'zod'
import type { Transaction } from 'kysely'
import { versionOf, taskOf, type AppealCase } from '../../regulation/appeal-case.ts'
import { actionsFor } from '../../regulation/lifecycle.ts'
import { applicant } from '../../regulation/holders.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { answerWays, appealKinds, languages, type AppealId } from '../../regulation/vocabulary.ts'
import { termsOf } from '../appeals/appeal-terms.ts'
import { chipOf, termsView as viewOfTerms } from '../appeals/card.ts'
import { findTracked, getAppealUnseen, type AppealRecord, type TrackedLine } from '../appeals/find-appeal.ts'
import { bilingual, fileView, moment, termChip, termsView } from '../appeals/views.ts'
import { openOperation, reading, type RequestContext } from '../operation.ts'
import { replyText } from '../../regulation/reply-document.ts'
import type { Group } from '../people/group.ts'
import type { DB } from '../schema.ts'
import { isTrackingCode } from './tracking-code.ts'

/** The way as a line a consumer understands; each stage with the moment it was reached. */
export const trackingStages = ['received', 'registered', 'with_executive', 'in_work', 'answer_ready', 'answered'] as const
export const trackingEnds = ['redirected', 'joined', 'dismissed', 'withdrawn', 'annulled'] as const

export const trackingView = z.object({
  number: z.string(),
  stage: z.enum(trackingStages),
  end: z.enum(trackingEnds).optional().describe('The way ended otherwise than with an answer'),
  full: z.object({
    kind: z.enum(appealKinds), language: z.enum(languages), answerWay: z.enum(answerWays),
    name: z.string(), address: z.string(), email: z.string().optional(), phone: z.string().optional(),
    subject: z.string(), text: z.string(), receivedAt: moment,
    numbers: z.array(z.object({ organization: bilingual, number: z.string() })),
    files: z.array(fileView),
    stages: z.array(z.object({ stage: z.enum(trackingStages), at: moment.optional() })),
    term: termChip,
    terms: termsView.describe('Every clock, its date and why'),
    extension: z.object({ reason: z.string(), workingDays: z.number().int() }).optional(),
    answer: z.object({ text: z.string(), body: z.string().optional().describe('As it was written, where it is more than paragraphs: see `regulation/reply-document.ts`'), at: moment, files: z.array(fileView), organization: bilingual, said: z.string().optional() }).optional(),
    redirectedTo: bilingual.optional(),
    joinedTo: z.string().optional(),
    reason: z.string().optional(),
    rating: z.object({ score: z.number().int(), comment: z.string().optional() }).optional(),
    can: z.object({ withdraw: z.boolean(), rate: z.boolean(), writeAgain: z.boolean() }),
  }).optional().describe('Only with the code of the tracking link'),
})
export type TrackingView = z.output<typeof trackingView>

export const trackingInput = z.object({
  number: z.string().max(60),
  code: z.string().max(40).optional().describe('The secret of the tracking link'),
})

/** п. 11.6.5: the applicant looks at the registered appeal and the answer. Without the code: only where it stands. */
export const trackAppeal = openOperation
  .meta({ permission: 'applicant', clause: '11.6.5' })
  .route({ method: 'GET', path: '/tracking/{number}', summary: 'Where an appeal stands; with its code, the appeal and its answer', tags: ['tracking'] })
  .use(reading)
  .input(trackingInput)
  .output(trackingView)
  .handler(async ({ context, input }) => {
    if (!input.code) {
      const [line] = await findTracked(context.tx, input.number)
      if (!line) throw new Refusal('appeal_not_found')
      const { appeal } = await getAppealUnseen(context.tx, line.id)
      return { number: line.number, ...standing(appeal) }
    }
    const { line, record } = await openTracked(context, input.number, input.code)
    return fullView(context, line, record)
  })

/** The appeal behind a number and its code; anything else is told nothing more than that they do not fit. */
export async function openTracked(context: RequestContext, number: string, code: string): Promise<{ line: TrackedLine; record: AppealRecord }> {
  const tx = context.db as Transaction<DB>
  const line = (await findTracked(tx, number)).find((found) => isTrackingCode(context.config, found.id, code))
  if (!line) throw new Refusal('wrong_tracking_code')
  return { line, record: await getAppealUnseen(tx, line.id) }
}

function standing(appeal: AppealCase): Pick<TrackingView, 'stage' | 'end'> {
  const end = trackingEnds.find((e) => e === appeal.state)
  return { stage: stageOf(appeal), ...(end && { end }) }
}

function stageOf(appeal: AppealCase): TrackingView['stage'] {
  switch (appeal.state) {
    case 'on_resolution': return 'with_executive'
    case 'in_progress': return 'in_work'
    case 'reply_approved': return 'answer_ready'
    case 'dispatched':
    case 'closed': return 'answered'
    default: return 'registered'
  }
}

async function fullView(context: RequestContext, line: TrackedLine, { appeal, contents, history, files, texts }: AppealRecord): Promise<TrackingView> {
  const tx = context.db as Transaction<DB>
  const answered = appeal.dispatch?.status === 'delivered' ? appeal.dispatch : undefined
  const main = appeal.joinedTo && (await mainOf(tx, appeal.joinedTo.main))
  const may = new Set(actionsFor(new Set([applicant]), appeal).map((a) => a.action))
  const task = appeal.reply && taskOf(appeal, appeal.reply.task)
  const reason = history.findLast((fact) => ['dismiss', 'redirect', 'withdraw', 'annul'].includes(fact.action))?.data as { reason?: string } | undefined
  return {
    number: line.number,
    ...standing(appeal),
    full: {
      kind: appeal.kind, language: appeal.language, answerWay: appeal.answerWay, name: contents.applicant_name,
      address: contents.applicant_address, ...(contents.applicant_email && { email: contents.applicant_email }),
      ...(contents.applicant_phone && { phone: contents.applicant_phone }),
      subject: contents.subject, text: contents.body, receivedAt: appeal.receivedAt.toString(),
      numbers: appeal.numbers.map((n) => ({ organization: context.group.organizations.get(n.organization)!.shortName, number: n.number })),
      files: files.filter((file) => file.task === null).map(asFile),
      stages: stagesOf(history, appeal),
      term: chipOf(context, appeal),
      terms: viewOfTerms(termsOf(context.group, appeal)),
      ...(appeal.extension && { extension: { reason: appeal.extension.reason, workingDays: appeal.extension.workingDays } }),
      ...(answered && task && {
        answer: {
          ...answerText(texts.get(versionOf(task)?.digest ?? '') ?? ''), at: answered.at.toString(),
          files: files.filter((file) => file.task === task.id && file.part !== 'aside').map(asFile),
          organization: context.group.organizations.get(task.organization)!.name,
          ...(answered.evidence.way === 'phone' && { said: answered.evidence.said }),
        },
      }),
      ...(appeal.redirectedTo && { redirectedTo: redirectedName(context.group, appeal.redirectedTo) }),
      ...(main && appeal.joinedTo && { joinedTo: appeal.joinedTo.number, ...joinedAnswer(context, main) }),
      ...(appeal.state !== 'closed' && reason?.reason && trackingEnds.some((end) => end === appeal.state) && { reason: reason.reason }),
      ...(appeal.rating && { rating: appeal.rating }),
      can: { withdraw: may.has('withdraw'), rate: may.has('rate'), writeAgain: ['dispatched', 'closed', 'redirected', 'dismissed', 'annulled'].includes(appeal.state) },
    },
  }
}

/** The appeal that is answered: the one joined to, or what that one was itself joined to later. */
async function mainOf(tx: Transaction<DB>, id: AppealId): Promise<AppealRecord> {
  const found = await getAppealUnseen(tx, id)
  return found.appeal.joinedTo ? mainOf(tx, found.appeal.joinedTo.main) : found
}

/** Who joined another's appeal reads its answer too, when there is one. */
function joinedAnswer(context: RequestContext, main: AppealRecord) {
  const { appeal, texts } = main
  const task = appeal.reply && taskOf(appeal, appeal.reply.task)
  if (!task || appeal.dispatch?.status !== 'delivered') return {}
  return {
    answer: {
      ...answerText(texts.get(versionOf(task)?.digest ?? '') ?? ''), at: appeal.dispatch.at.toString(), files: [],
      organization: context.group.organizations.get(task.organization)!.name,
    },
  }
}

/** Its words; with headings, lists or tables also as it was written. */
const answerText = (body: string): { text: string; body?: string } => ({ text: replyText(body), ...(body.startsWith('{') && { body }) })

function stagesOf(history: AppealRecord['history'], appeal: AppealCase) {
  const at = (...actions: string[]) => history.find((fact) => actions.includes(fact.action))?.at.toString()
  const reached: Record<TrackingView['stage'], string | undefined> = {
    received: appeal.receivedAt.toString(),
    registered: appeal.registeredAt.toString(),
    with_executive: at('send_for_resolution'),
    in_work: at('impose_resolution', 'send_inquiry'),
    answer_ready: appeal.reply ? history.findLast((fact) => ['endorse', 'accept_explanation'].includes(fact.action))?.at.toString() : undefined,
    answered: appeal.dispatch?.status === 'delivered' ? appeal.dispatch.at.toString() : undefined,
  }
  return trackingStages.map((stage) => ({ stage, ...(reached[stage] && { at: reached[stage] }) }))
}

function redirectedName(group: Group, to: NonNullable<AppealCase['redirectedTo']>) {
  return 'outside' in to ? { kk: to.outside, ru: to.outside } : group.organizations.get(to.organization)!.name
}

const asFile = (file: { id: string; name: string; media_type: string; size_bytes: number }) =>
  ({ id: file.id, name: file.name, mediaType: file.media_type, size: file.size_bytes })
