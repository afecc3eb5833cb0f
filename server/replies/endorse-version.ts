import { z } from 'zod'
import { taskOf, versionOf, versionStatus } from '../../regulation/appeal-case.ts'
import { meets } from '../../regulation/holders.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { actionOperation, optionalWords, words, type Deciding } from '../appeals/action-operation.ts'
import { replyBody } from '../appeals/reply-body.ts'

const seenVersion = { task: z.coerce.number().int().positive(), version: z.number().int().positive().describe('The version that was read') }

/** п. 7.4–7.5, 11.6.15: one person's approval of one version, at their step. */
export const endorseVersion = actionOperation({
  action: 'endorse',
  path: '/endorsement',
  summary: 'Endorse a version of the reply',
  input: { ...seenVersion, comment: optionalWords(4_000), lawyerNeeded: z.boolean().default(false).describe('The unit head wants the law checked, п. 7.5') },
  decide: ({ task, version, comment, lawyerNeeded }, deciding) => {
    const step = myStep(deciding, task, version)
    const { organization } = taskOf(deciding.appeal, task)!
    return {
      task, version, step, comment,
      ...(lawyerNeeded && step === 'unit_head' && { lawyers: deciding.ctx.group.organizations.get(organization)!.profile.lawyers }),
    }
  },
})

/** п. 7.4: back to the executor with comments and, where the endorser corrected it, the corrected text. */
export const returnVersion = actionOperation({
  action: 'return_version',
  path: '/endorsement/return',
  summary: 'Return a version to its executor with comments and corrections',
  input: { ...seenVersion, comment: words(4_000), correction: replyBody.optional().transform((text) => text || undefined) },
  decide: async ({ task, version, comment, correction }, deciding) => ({
    task, version, step: myStep(deciding, task, version), comment,
    correction: correction && (await deciding.tools.keepText(correction)),
  }),
})

function myStep({ appeal, ctx }: Deciding, task: number, seen: number) {
  const version = versionOf(taskOf(appeal, task))!
  const status = versionStatus(version)
  if (version.number !== seen || status.status !== 'pending') throw new Refusal('changed_meanwhile')
  if (version.author === ctx.actor.id) throw new Refusal('own_version')
  // Whoever stands at two open steps at once (a deputy, for one) endorses the first, then the other.
  return status.open.find((step) => meets(ctx.actor.holders, step.holders))!.kind
}
