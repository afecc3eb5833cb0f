import { actionOperation, words } from '../appeals/action-operation.ts'

/** п. 4.3: what was registered by mistake is annulled with a reason: its numbers stay in their journals and are never given again. */
export const annulAppeal = actionOperation({
  action: 'annul',
  path: '/annulment',
  summary: 'Annul a registration made by mistake; its numbers stay, struck through',
  input: { reason: words(1_000) },
  decide: async ({ reason }, { tools }) => {
    await tools.annulNumbers(reason)
    return { reason }
  },
})
