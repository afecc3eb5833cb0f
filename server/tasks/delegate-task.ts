import { z } from 'zod'
import { leadOf, taskOf } from '../../regulation/appeal-case.ts'
import { refuseField } from '../../regulation/refusals.ts'
import { actionOperation, words } from '../appeals/action-operation.ts'
import { isAssigned } from '../people/is-assigned.ts'

/** п. 11.6.11: the executor hands the task to a colleague of the same unit, with a reason. */
export const delegateTask = actionOperation({
  action: 'delegate',
  path: '/delegation',
  summary: 'Delegate a task to a colleague of the unit',
  input: { executor: z.string(), reason: words(2_000), task: z.coerce.number().int().positive() },
  decide: async ({ executor, reason, task: taskId }, { appeal, ctx }) => {
    const task = taskOf(appeal, taskId)!
    const { unit, person } = leadOf(task)
    const fits = executor !== person && (await isAssigned(ctx, executor, ['executor', 'unit_head'], task.organization, unit))
    if (!fits) throw refuseField('executor', 'person_not_fit')
    return { task: taskId, unit, executor, reason }
  },
})
