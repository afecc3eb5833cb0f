import { z } from 'zod'
import { extensionFault } from '../../regulation/deadlines.ts'
import { refuseField, Refusal } from '../../regulation/refusals.ts'
import { actionOperation, words } from '../appeals/action-operation.ts'
import { termsOf } from '../appeals/appeal-terms.ts'

/** п. 11.6.16: the executor or unit head asks the executive for more time, with a reason. */
export const requestExtension = actionOperation({
  action: 'request_extension',
  path: '/extension-request',
  summary: 'Ask the executive to extend the term',
  input: {
    reason: words(2_000), workingDays: z.number().int().min(1).max(60), task: z.coerce.number().int().positive(),
  },
  decide: ({ reason, workingDays, task }, { appeal, ctx }) => {
    const fault = extensionFault(termsOf(ctx.group, appeal), workingDays)
    if (fault) throw fault.code === 'not_extendable' ? new Refusal(fault.code) : refuseField('workingDays', fault.code, fault.details)
    return { task, reason, workingDays }
  },
})
