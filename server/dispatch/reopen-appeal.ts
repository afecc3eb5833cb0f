import { actionOperation, words } from '../appeals/action-operation.ts'

/** п. 11.6.13: what was closed too early stands under control again. */
export const reopenAppeal = actionOperation({
  action: 'reopen',
  path: '/reopening',
  summary: 'Put a closed appeal under control again',
  input: { reason: words(1_000) },
  decide: ({ reason }) => ({ reason }),
})
