import { actionOperation, words } from '../appeals/action-operation.ts'

/** п. 11.6.16: the executive declines the extension an executor asked for. */
export const refuseExtension = actionOperation({
  action: 'refuse_extension',
  path: '/extension/refusal',
  summary: 'Refuse an extension that was asked for',
  input: { reason: words(2_000) },
  decide: ({ reason }) => ({ reason }),
})
