import { z } from 'zod'
import { approvalSteps } from '../../regulation/approvals.ts'
import { leadOf, taskOf } from '../../regulation/appeal-case.ts'
import { holder } from '../../regulation/holders.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { MalformedReply, replyText } from '../../regulation/reply-document.ts'
import { actionOperation, words } from '../appeals/action-operation.ts'
import { replyBody } from '../appeals/reply-body.ts'
import { attachFiles } from '../appeals/attach-files.ts'
import { findDraft } from '../appeals/drafts.ts'

/** п. 7.1, 11.6.12: the executor submits a version of the reply for endorsement; every version is kept. */
export const submitVersion = actionOperation({
  action: 'submit_version',
  path: '/versions',
  summary: 'Submit a version of the reply for endorsement',
  input: {
    body: replyBody,
    revision: z.number().int().min(0).optional().describe('The revision of the draft this text stands over: another text saved since refuses'),
    lawyerNeeded: z.boolean().default(false).describe('The law must be checked, п. 7.5'),
    files: z.array(z.uuid()).max(10).default([]),
    questions: z.array(z.object({ text: words(500), answered: z.boolean() })).max(20).default([]).describe('What the appeal asks, and whether this text answers it'),
    task: z.coerce.number().int().positive(),
  },
  decide: async ({ body, revision, lawyerNeeded, files, questions, task: taskId }, { appeal, ctx, id, tools }) => {
    const text = body.trim()
    if (wordsOf(text) === '') throw refuseField('body', 'reply_empty')
    const draft = revision === undefined ? undefined : await findDraft(ctx.tx, id, taskId)
    if (draft && draft.revision > revision! && draft.body !== body) throw new Refusal('draft_changed_meanwhile')
    const task = taskOf(appeal, taskId)!
    const { profile } = ctx.group.organizations.get(task.organization)!
    const unitHead = holder('unit_head', task.organization, leadOf(task).unit)
    await attachFiles(ctx.tx, { appeal: id, task: taskId, by: ctx.actor.id, files })
    return {
      task: taskId,
      version: task.versions.length + 1,
      digest: await tools.keepText(text),
      ...(questions.length > 0 && { questions }),
      steps: approvalSteps({
        authorHeadsUnit: ctx.actor.holders.has(unitHead), lawyerNeeded: lawyerNeeded || profile.lawyerFor.includes(appeal.kind), unitHead,
        lawyers: profile.lawyers, endorsement: profile.endorsement,
        executive: task.executive,
      }),
    }
  },
})

/** The words of a reply; refuses at its field what no paper can show. */
function wordsOf(text: string): string {
  try {
    return replyText(text).trim()
  } catch (error) {
    if (error instanceof MalformedReply) throw refuseField('body', 'field_invalid')
    throw error
  }
}
