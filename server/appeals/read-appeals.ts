import { z } from 'zod'
import { appealStates } from '../../regulation/appeal-case.ts'
import { queues } from '../../regulation/lifecycle.ts'
import { appealKinds } from '../../regulation/vocabulary.ts'
import { reading, staffOperation } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import { cardOf, lineView, workView } from './card.ts'
import { countWork, findSimilar, findWork, getAppeal, listAppeals, searchAppeals } from './find-appeal.ts'
import { appealId, appealLine, cardView, workLine } from './views.ts'

const pageSize = z.coerce.number().int().min(1).max(100).default(50)

/** My work today: what waits for me, soonest first. */
export const myWork = staffOperation
  .route({ method: 'GET', path: '/work', summary: 'What waits for me, soonest first', tags: ['work'] })
  .use(reading)
  .input(z.object({
    queue: z.enum(queues).optional(), limit: pageSize,
    afterDueOn: z.iso.date('field_invalid').optional(), afterId: appealId.optional(),
  }))
  .output(z.object({ lines: z.array(workLine), more: z.boolean() }))
  .handler(async ({ context, input }) => {
    const after = input.afterDueOn && input.afterId ? { dueOn: Temporal.PlainDate.from(input.afterDueOn), id: input.afterId } : undefined
    const lines = await findWork(context.tx, context.actor.holders, { queue: input.queue, after, limit: input.limit })
    return { lines: lines.map((line) => workView(context, line)), more: lines.length === input.limit }
  })

export const myQueues = staffOperation
  .route({ method: 'GET', path: '/work/queues', summary: 'How much waits in each of my queues', tags: ['work'] })
  .use(reading)
  .output(z.array(z.object({ queue: z.enum(queues), count: z.number().int(), late: z.number().int() })))
  .handler(async ({ context }) => {
    const counts = await countWork(context.tx, context.actor.holders, dateOf(context.now))
    return counts as { queue: (typeof queues)[number]; count: number; late: number }[]
  })

export const allAppeals = staffOperation
  .route({ method: 'GET', path: '/appeals', summary: 'All appeals I may read, newest first', tags: ['appeals'] })
  .use(reading)
  .input(z.object({
    state: z.enum(appealStates).optional(), kind: z.enum(appealKinds).optional(), organization: z.string().optional(),
    before: appealId.optional().describe('The id of the last line seen'), limit: pageSize,
  }))
  .output(z.object({ lines: z.array(appealLine), more: z.boolean() }))
  .handler(async ({ context, input }) => {
    const lines = await listAppeals(context.tx, context.actor.holders, input)
    return { lines: lines.map((line) => lineView(context, line)), more: lines.length === input.limit }
  })

export const search = staffOperation
  .route({ method: 'GET', path: '/appeals/search', summary: 'Search by number, surname, phone, e-mail and words', tags: ['appeals'] })
  .use(reading)
  .input(z.object({ text: z.string().max(200, 'field_too_long'), limit: z.coerce.number().int().min(1).max(50).default(20) }))
  .output(z.array(appealLine))
  .handler(async ({ context, input }) => {
    const lines = await searchAppeals(context.tx, context.actor.holders, input.text, input.limit)
    return lines.map((line) => lineView(context, line))
  })

export const card = staffOperation
  .route({ method: 'GET', path: '/appeals/{appealId}', summary: 'The card of one appeal', tags: ['appeals'] })
  .use(reading)
  .input(z.object({ appealId }))
  .output(cardView)
  .handler(async ({ context, input }) => {
    const record = await getAppeal(context.tx, context.actor.holders, input.appealId)
    return cardOf(context, context.actor.holders, record)
  })

export const similarAppeals = staffOperation
  .route({ method: 'GET', path: '/appeals/{appealId}/similar', summary: 'Other appeals of the same applicant: likely duplicates', tags: ['appeals'] })
  .use(reading)
  .input(z.object({ appealId }))
  .output(z.array(appealLine))
  .handler(async ({ context, input }) => {
    const record = await getAppeal(context.tx, context.actor.holders, input.appealId)
    const lines = await findSimilar(context.tx, context.actor.holders, record, 10)
    return lines.map((line) => lineView(context, line))
  })
