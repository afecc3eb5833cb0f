import { z } from 'zod'
import { journals } from '../../regulation/appeal-facts.ts'
import { holder } from '../../regulation/holders.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { findEntries, verifySeries } from '../appeals/read-journal.ts'
import { moment } from '../appeals/views.ts'
import { reading, staffOperation } from '../operation.ts'
import type { Staff } from '../people/actor.ts'

const series = {
  organization: z.string().max(40), journal: z.enum(journals).default('feedback'), year: z.coerce.number().int().min(2000).max(2100),
}

/** Who keeps the journals of an organization may read them. */
function mayRead(actor: Staff, organization: string): void {
  const keepers = (['registrar', 'contact_centre_head', 'executive', 'quality_lead', 'it_admin'] as const).map((role) => holder(role, organization))
  if (!keepers.some((keeper) => actor.holders.has(keeper))) throw new Refusal('not_permitted', { clause: '4.3' })
}

/** п. 4.3: the journal, newest first. */
export const readJournal = staffOperation
  .meta({ clause: '4.3' })
  .route({ method: 'GET', path: '/journal', summary: 'Entries of a journal, newest first', tags: ['journal'] })
  .use(reading)
  .input(z.object({ ...series, before: z.coerce.number().int().positive().max(2_147_483_647).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }))
  .output(z.object({
    entries: z.array(z.object({ n: z.number().int(), number: z.string(), appealId: z.number().int().nullable(), registeredAt: moment, hash: z.string() })),
    more: z.boolean(),
  }))
  .handler(async ({ context, input }) => {
    mayRead(context.actor, input.organization)
    const rows = await findEntries(context.tx, input)
    return {
      entries: rows.map((row) => ({ n: row.n, number: row.number, appealId: row.appeal_id, registeredAt: row.registered_at.toString(), hash: row.hash.toString('hex') })),
      more: rows.length === input.limit,
    }
  })

/** Proves at a press that the series has no gap and that nothing in it was changed. */
export const verifyJournal = staffOperation
  .meta({ clause: '4.3' })
  .route({ method: 'GET', path: '/journal/verification', summary: 'Check a journal\'s numbers and its hash chain', tags: ['journal'] })
  .use(reading)
  .input(z.object(series))
  .output(z.object({ whole: z.boolean(), entries: z.number().int(), brokenAt: z.number().int().optional(), fault: z.enum(['gap', 'changed', 'counter']).optional() }))
  .handler(({ context, input }) => {
    mayRead(context.actor, input.organization)
    // One snapshot, so that what is registered meanwhile is no fault.
    return context.db.transaction().setIsolationLevel('repeatable read').execute((tx) => verifySeries(tx, input))
  })
