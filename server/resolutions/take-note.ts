import { actionOperation } from '../appeals/action-operation.ts'

/** п. 6.3: whoever got the resolution for information says that they have read it. */
export const takeNote = actionOperation({
  action: 'take_note',
  path: '/note-taken',
  summary: 'Say that a resolution sent for information was read',
  input: {},
  decide: () => ({}),
})
