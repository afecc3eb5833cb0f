import { actionOperation, words } from '../appeals/action-operation.ts'

/** п. 7.7: the letter came back, by post or by e-mail: the answer is not given, and is to be sent another way. */
export const reportBounce = actionOperation({
  action: 'report_bounce',
  path: '/dispatch/bounce',
  summary: 'Say that the letter came back',
  input: { reason: words(1_000) },
  decide: ({ reason }) => ({ reason }),
})
