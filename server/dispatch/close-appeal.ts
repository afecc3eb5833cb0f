import { actionOperation, optionalWords } from '../appeals/action-operation.ts'

/** «Снять с контроля», п. 11.6.13: by the contact centre's head or the controller, never by the executor. */
export const closeAppeal = actionOperation({
  action: 'close',
  path: '/closing',
  summary: 'Close: take an answered appeal off control',
  input: { note: optionalWords(2_000) },
  decide: ({ note }) => ({ note }),
})
