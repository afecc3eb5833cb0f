import { z } from 'zod'
import type { Action, FactData } from '../../regulation/appeal-facts.ts'
import type { AppealCase } from '../../regulation/appeal-case.ts'
import { lifecycle } from '../../regulation/lifecycle.ts'
import { inTransaction, staffOperation, type Ctx } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { advanceAppeal, type Tools } from './advance-appeal.ts'
import { appealId } from './views.ts'

/** What a verb's decision is given: the request, the case as it stands, and what else it may write. */
export type Deciding = { readonly ctx: Ctx & { readonly actor: Staff }; readonly appeal: AppealCase; readonly id: number; readonly tools: Tools }

/**
 * A step of the lifecycle as an operation for staff. The clause and who may take it come from the lifecycle;
 * a verb adds its words, its input and its decision.
 */
export function actionOperation<A extends Action, Shape extends z.ZodRawShape>(contract: {
  readonly action: A
  readonly path: `/${string}`
  readonly summary: string
  readonly input: Shape
  readonly decide: (input: z.output<z.ZodObject<Shape>>, deciding: Deciding) => FactData[A] | Promise<FactData[A]>
}) {
  const { clause, on } = lifecycle[contract.action]
  const path = on === 'task' ? (`/appeals/{appealId}/tasks/{task}${contract.path}` as const) : (`/appeals/{appealId}${contract.path}` as const)
  return staffOperation
    .meta({ permission: 'staff', clause })
    .route({ method: 'POST', path, summary: contract.summary, description: `п. ${clause}`, tags: ['appeals'] })
    .use(inTransaction)
    .input(z.object({
      ...contract.input,
      appealId,
      seen: z.number().int().positive().optional().describe('`seen` of the card the person acted on'),
      ...(on === 'task' ? { task: z.coerce.number().int().positive() } : {}),
    }))
    .output(actionDone)
    .handler(async ({ context, input }) => {
      const given = input as unknown as { appealId: number; seen?: number; task?: number } & z.output<z.ZodObject<Shape>>
      const after = await advanceAppeal(context, {
        appeal: given.appealId, action: contract.action, task: given.task, seen: given.seen,
        by: { person: context.actor.id, holders: context.actor.holders },
        decide: (appeal, tools) => contract.decide(given, { ctx: context, appeal, id: given.appealId, tools }),
      })
      return { state: after.state, seen: after.lastSeq }
    })
}

export const actionDone = z.object({ state: z.string(), seen: z.number().int() })

/** Words a person writes into a step. */
export const words = (max: number) => z.string().trim().min(1, 'field_missing').max(max, 'field_too_long')
export const optionalWords = (max: number) => z.string().trim().max(max, 'field_too_long').optional().transform((text) => text || undefined)
export const taskNumber = z.number().int().positive()
