import { z } from 'zod'
import { taskOf, versionOf, type AppealCase } from '../../regulation/appeal-case.ts'
import { checkReply, findingKinds, type Finding } from '../../regulation/reply-gate.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { getAppeal, type AppealRecord } from '../appeals/find-appeal.ts'
import { replyBody } from '../appeals/reply-body.ts'
import { appealId } from '../appeals/views.ts'
import { reading, staffOperation } from '../operation.ts'
import type { Group } from '../people/group.ts'

export const findingView = z.object({ kind: z.enum(findingKinds), detail: z.string().optional() })

/** What the gate finds in the reply as it was approved: looked at before it is sent (п. 11.6.13). */
export const readGate = staffOperation
  .meta({ clause: '11.6.13' })
  .route({ method: 'GET', path: '/appeals/{appealId}/gate', summary: 'What to look at before the answer is sent', tags: ['replies'] })
  .use(reading)
  .input(z.object({ appealId }))
  .output(z.array(findingView))
  .handler(async ({ context: { tx, actor, group }, input }) => {
    const record = await getAppeal(tx, actor.holders, input.appealId)
    return gateOf(group, record.appeal, record).map(viewOf)
  })

/** The same while it is still being written. */
export const checkDraft = staffOperation
  .meta({ clause: '11.6.13' })
  .route({ method: 'POST', path: '/appeals/{appealId}/tasks/{task}/draft/check', summary: 'What the gate would find in a draft', tags: ['replies'] })
  .use(reading)
  .input(z.object({
    appealId, task: z.coerce.number().int().positive(), body: replyBody, attachments: z.number().int().min(0).max(100).default(0),
    questions: z.array(z.object({ text: z.string().max(500), answered: z.boolean() })).max(20).default([]),
  }))
  .output(z.array(findingView))
  .handler(async ({ context: { tx, actor, group }, input }) => {
    const record = await getAppeal(tx, actor.holders, input.appealId)
    if (!taskOf(record.appeal, input.task)) throw new Refusal('appeal_not_found')
    const attached = record.files.filter((file) => file.task === input.task && file.part === null).length
    return checkReply({ ...aboutApplicant(group, record.appeal, record), reply: input.body, questions: input.questions, attachments: attached + input.attachments }).map(viewOf)
  })

const viewOf = ({ kind, detail }: Finding) => ({ kind, ...(detail && { detail }) })

export function gateOf(group: Group, appeal: AppealCase, record: Pick<AppealRecord, 'contents' | 'texts' | 'files'>): Finding[] {
  const task = appeal.reply && taskOf(appeal, appeal.reply.task)
  const version = versionOf(task)
  if (!task || !version) return []
  return checkReply({
    ...aboutApplicant(group, appeal, record), reply: record.texts.get(version.digest) ?? '', questions: version.questions,
    attachments: record.files.filter((file) => file.task === task.id && file.part === null).length,
  })
}

function aboutApplicant(group: Group, appeal: AppealCase, { contents }: Pick<AppealRecord, 'contents'>) {
  return {
    language: appeal.language,
    applicant: {
      phone: contents.applicant_phone ?? undefined, email: contents.applicant_email ?? undefined, identifier: contents.applicant_identifier ?? undefined,
      account: contents.applicant_account ?? undefined,
    },
    known: [
      ...appeal.numbers.map((given) => given.number),
      ...[...group.organizations.values()].flatMap(({ phone, letterhead }) => [phone, letterhead.bin, letterhead.email]), ...group.sites.map((site) => site.phone), group.feedback.mailbox,
    ],
  }
}
