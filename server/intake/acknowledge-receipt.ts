import { z } from 'zod'
import { actionOperation } from '../appeals/action-operation.ts'

/** п. 4.4: whoever brought the paper got a slip, or the mark was put on their second copy. */
export const acknowledgeReceipt = actionOperation({
  action: 'acknowledge_receipt',
  path: '/receipt',
  summary: 'Note that a slip was given or the second copy was marked',
  input: { by: z.enum(['slip', 'second_copy']) },
  decide: ({ by }) => ({ by }),
})
