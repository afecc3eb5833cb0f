import { actionOperation, words } from './action-operation.ts'

/** An internal note on the timeline; the applicant never sees it. */
export const addNote = actionOperation({
  action: 'add_note',
  path: '/notes',
  summary: 'Leave an internal note',
  input: { text: words(4_000) },
  decide: ({ text }) => ({ text }),
})
