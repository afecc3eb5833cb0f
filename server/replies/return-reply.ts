import { actionOperation, words } from '../appeals/action-operation.ts'
import { setAside } from '../appeals/letter-files.ts'

/** The approved reply goes back to its executor before it is sent (п. 11.6.12–13); a letter made of it is taken back, its number annulled. */
export const returnReply = actionOperation({
  action: 'return_reply',
  path: '/reply/return',
  summary: 'Return an approved reply to its executor',
  input: { comment: words(4_000) },
  decide: async ({ comment }, { ctx, appeal, tools }) => {
    const { letter } = appeal
    if (letter) {
      await tools.annulNumber(letter.number, comment)
      await setAside(ctx.tx, [letter.file, ...(letter.signature?.way === 'handwritten' ? [letter.signature.scan] : [])])
    }
    return { comment }
  },
})
