import { z } from 'zod'
import { actionOperation, words } from '../appeals/action-operation.ts'

const task = z.coerce.number().int().positive()

/** п. 11.6.15: the contact centre's head takes a subsidiary's agreed explanation as the answer, or only as information. */
export const acceptExplanation = actionOperation({
  action: 'accept_explanation',
  path: '/explanation/acceptance',
  summary: 'Accept a subsidiary\'s explanation, as the answer or as information',
  input: { task, asReply: z.boolean().describe('It becomes the answer to the applicant') },
  decide: ({ task, asReply }) => ({ task, asReply }),
})

export const returnExplanation = actionOperation({
  action: 'return_explanation',
  path: '/explanation/return',
  summary: 'Return an explanation to the subsidiary\'s specialist',
  input: { task, comment: words(4_000) },
  decide: ({ task, comment }) => ({ task, comment }),
})
