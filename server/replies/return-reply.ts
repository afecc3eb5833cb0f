import { actionOperation, words } from '../appeals/action-operation.ts'

/** The approved reply goes back to its executor before it is sent (п. 11.6.12–13). */
export const returnReply = actionOperation({
  action: 'return_reply',
  path: '/reply/return',
  summary: 'Return an approved reply to its executor',
  input: { comment: words(4_000) },
  decide: ({ comment }) => ({ comment }),
})
