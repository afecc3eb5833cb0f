import { actionOperation, words } from '../appeals/action-operation.ts'

/** The executive sends an appeal back to whoever asked for the resolution («Вернуть инициатору»). */
export const returnForTriage = actionOperation({
  action: 'return_for_triage',
  path: '/return-for-triage',
  summary: 'Return an appeal to triage without a resolution',
  input: { reason: words(2_000) },
  decide: ({ reason }) => ({ reason }),
})
