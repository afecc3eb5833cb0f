import { actionOperation, words } from '../appeals/action-operation.ts'

/** Spam, or nothing that could be answered. It keeps its number and can be restored. */
export const dismissAppeal = actionOperation({
  action: 'dismiss',
  path: '/dismissal',
  summary: 'Dismiss spam, with a reason that stays visible',
  input: { reason: words(500) },
  decide: ({ reason }) => ({ reason }),
})
