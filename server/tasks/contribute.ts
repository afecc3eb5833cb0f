import { z } from 'zod'
import { taskOf } from '../../regulation/appeal-case.ts'
import { actionOperation, words } from '../appeals/action-operation.ts'

/** п. 7.3: a co-executor gives the leading executor their part of the answer. */
export const contribute = actionOperation({
  action: 'contribute',
  path: '/contributions',
  summary: 'Give the leading executor one\'s part of the answer',
  input: { text: words(10_000), task: z.coerce.number().int().positive() },
  decide: ({ text, task: taskId }, { appeal, ctx }) => {
    const place = taskOf(appeal, taskId)!.executors.find((e) => e.person === ctx.actor.id)!
    return { task: taskId, unit: place.unit, text }
  },
})
