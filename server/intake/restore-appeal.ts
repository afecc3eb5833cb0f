import { actionOperation, optionalWords } from '../appeals/action-operation.ts'

/** Undoes a dismissal or a joining: the appeal is in triage again. */
export const restoreAppeal = actionOperation({
  action: 'restore',
  path: '/restoration',
  summary: 'Restore a dismissed or joined appeal to triage',
  input: { reason: optionalWords(500) },
  decide: ({ reason }) => ({ reason }),
})
