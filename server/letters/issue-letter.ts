import { Refusal } from '../../regulation/refusals.ts'
import { holder } from '../../regulation/holders.ts'
import { actionOperation } from '../appeals/action-operation.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import { approvedReply, composeLetter, signatoryOf } from './compose-letter.ts'
import { keepLetter } from '../appeals/letter-files.ts'

/**
 * п. 7.6: the approved reply on the letterhead: it gets its outgoing number, is set, and kept byte for byte. The number,
 * the PDF and the fact are there together or not at all.
 */
export const issueLetter = actionOperation({
  action: 'issue_letter',
  path: '/letter',
  summary: 'Make out the approved reply on the letterhead',
  input: {},
  decide: async (_, { ctx, appeal, id, tools }) => {
    const { contents, texts } = await getAppeal(ctx.tx, ctx.actor.holders, id)
    const reply = approvedReply(appeal, texts)
    const signatory = reply && signatoryOf(reply.task)
    if (!reply || !signatory) throw new Refusal('out_of_turn', { clause: '7.6', details: { state: appeal.state } })
    const { task, body } = reply
    const number = await tools.outgoingNumber(task.organization)
    const pdf = await ctx.typesetter.typeset('letter', await composeLetter(ctx, { id, appeal, contents, task, body, number: number.number, seq: appeal.lastSeq + 1 }))
    const kept = await keepLetter(ctx, { pdf, name: `${number.number}.pdf`, appeal: id, task: task.id, by: ctx.actor.id })
    return {
      task: task.id, version: appeal.reply!.version, organization: task.organization, number, file: kept.id, digest: kept.digest,
      signatory, executive: holder('executive', task.organization),
    }
  },
})
