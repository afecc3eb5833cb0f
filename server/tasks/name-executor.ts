import { z } from 'zod'
import { taskOf } from '../../regulation/appeal-case.ts'
import { holder } from '../../regulation/holders.ts'
import { refuseField } from '../../regulation/refusals.ts'
import { actionOperation, optionalWords } from '../appeals/action-operation.ts'
import { isAssigned } from '../people/is-assigned.ts'

/** п. 11.6.11: the unit head names who considers the appeal and prepares the answer; may name another later. */
export const nameExecutor = actionOperation({
  action: 'name_executor',
  path: '/executor',
  summary: 'Name the responsible executor in one\'s unit',
  input: { executor: z.string(), note: optionalWords(2_000), task: z.coerce.number().int().positive() },
  decide: async ({ executor, note, task: taskId }, { appeal, ctx }) => {
    const task = taskOf(appeal, taskId)!
    const place = task.executors.find((e) => ctx.actor.holders.has(holder('unit_head', task.organization, e.unit)))!
    if (!(await isAssigned(ctx, executor, ['executor', 'unit_head'], task.organization, place.unit))) {
      throw refuseField('executor', 'person_not_fit')
    }
    return { task: taskId, unit: place.unit, executor, note }
  },
})
