import { z } from 'zod'
import { holder } from '../../regulation/holders.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { moment } from '../appeals/views.ts'
import { inTransaction, reading, staffOperation, type RequestContext } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { listMessages, resendMessage } from '../platform/outbox.ts'

/** п. 11.6.7: whoever sees to the delivery of letters sees those that did not leave, or whose fate is unknown. */
export const troubledMessages = staffOperation
  .route({ method: 'GET', path: '/messages', summary: 'Letters that failed, or whose fate is unknown', tags: ['messages'] })
  .use(reading)
  .output(z.array(z.object({
    id: z.number().int(), template: z.string(), recipient: z.string(), subject: z.string(), status: z.enum(['failed', 'unsure']),
    outcome: z.string().optional(), createdAt: moment,
  })))
  .handler(async ({ context }) => {
    maySee(context)
    const rows = await listMessages(context.db, { limit: 100, statuses: ['failed', 'unsure'] })
    return rows.map((row) => ({
      id: row.id, template: row.template, recipient: row.recipient, subject: row.subject, status: row.status as 'failed' | 'unsure',
      ...(row.outcome && { outcome: row.outcome }), createdAt: row.created_at.toString(),
    }))
  })

/** A person decides that a letter goes again, knowing that it may arrive twice. */
export const resend = staffOperation
  .route({ method: 'POST', path: '/messages/{id}/resending', summary: 'Send a letter again, by a person\'s decision', tags: ['messages'] })
  .use(inTransaction)
  .input(z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) }))
  .output(z.object({ done: z.literal(true) }))
  .handler(async ({ context, input }) => {
    maySee(context)
    if (!(await resendMessage(context.tx, input.id))) throw new Refusal('not_found')
    return { done: true }
  })

function maySee({ actor, group }: RequestContext & { readonly actor: Staff }): void {
  const { organization, handler } = group.feedback
  const sees = actor.assignments.some((a) => a.role === 'it_admin') || actor.holders.has(holder(handler, organization))
  if (!sees) throw new Refusal('not_permitted')
}
