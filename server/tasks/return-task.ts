import { z } from 'zod'
import { actionOperation, words } from '../appeals/action-operation.ts'

/** Not this unit's matter: the task goes back to whoever set it, with a reason. */
export const returnTask = actionOperation({
  action: 'return_task',
  path: '/return',
  summary: 'Return a task to whoever set it',
  input: { reason: words(2_000), task: z.coerce.number().int().positive() },
  decide: ({ reason, task }) => ({ task, reason }),
})
