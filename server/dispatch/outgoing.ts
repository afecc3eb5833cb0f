import { z } from 'zod'
import { answerWays } from '../../regulation/vocabulary.ts'
import { lineView } from '../appeals/card.ts'
import { findOutgoing } from '../appeals/find-appeal.ts'
import { appealLine } from '../appeals/views.ts'
import { reading, staffOperation } from '../operation.ts'

export const stages = ['letter', 'signing', 'dispatch'] as const

/** п. 7.6–7.7: answers on their way out that wait for me: the letterhead, the signature, the sending. */
export const listOutgoing = staffOperation
  .meta({ clause: '7.7' })
  .route({ method: 'GET', path: '/outgoing', summary: 'Answers to be put on the letterhead, signed or sent', tags: ['dispatch'] })
  .use(reading)
  .input(z.object({ stage: z.enum(stages).default('dispatch'), way: z.enum(answerWays).optional(), limit: z.coerce.number().int().min(1).max(500).default(200) }))
  .output(z.object({
    lines: z.array(appealLine.extend({ answerWay: z.enum(answerWays), address: z.string(), email: z.string().optional(), letter: z.string().optional(), registry: z.string().optional() })),
    more: z.boolean(),
  }))
  .handler(async ({ context, input }) => {
    const rows = await findOutgoing(context.tx, context.actor.holders, input)
    return {
      lines: rows.map((row) => ({
        ...lineView(context, row), answerWay: row.answer_way, address: row.applicant_address, ...(row.applicant_email && { email: row.applicant_email }),
        ...(row.letter_number && { letter: row.letter_number }), ...(row.registry && { registry: row.registry }),
      })),
      more: rows.length === input.limit,
    }
  })
