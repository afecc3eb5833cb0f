import { executiveOf } from '../../regulation/route-profiles.ts'
import { actionOperation, optionalWords } from '../appeals/action-operation.ts'

/** п. 11.6.9: the contact centre's head sends what is the group's sales company's to its general director. */
export const sendForResolution = actionOperation({
  action: 'send_for_resolution',
  path: '/send-for-resolution',
  summary: 'Send an appeal to the executive for a resolution',
  input: { note: optionalWords(2_000) },
  decide: async ({ note }, { appeal, tools }) => ({
    organization: appeal.organization,
    executive: executiveOf(appeal.organization),
    number: await tools.incomingNumber(appeal.organization),
    note,
  }),
})
