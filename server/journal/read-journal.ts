import { z } from 'zod'
import { journals } from '../../regulation/appeal-facts.ts'
import { appealStates } from '../../regulation/appeal-case.ts'
import { holder } from '../../regulation/holders.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { appealKinds, channels } from '../../regulation/vocabulary.ts'
import { countEntries, entryStates, findEntries, verifySeries, type JournalFilter, type JournalRow } from '../appeals/read-journal.ts'
import { day, moment } from '../appeals/views.ts'
import { readDay } from '../input-faults.ts'
import { reading, staffOperation } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { dateOf } from '../platform/clock.ts'

export const series = {
  organization: z.string().max(40), journal: z.enum(journals).default('feedback'), year: z.coerce.number().int().min(2000).max(2100),
}
export const journalFilter = {
  ...series, from: day.optional(), to: day.optional(), channel: z.enum(channels).optional(), kind: z.enum(appealKinds).optional(),
  state: z.enum(entryStates).optional(), text: z.string().max(200).optional().describe('A number, an applicant or words of the summary'),
}

/** Who keeps the journals of an organization may read them. */
export function mayRead(actor: Staff, organization: string): void {
  const keepers = (['registrar', 'contact_centre_head', 'executive', 'quality_lead', 'it_admin'] as const).map((role) => holder(role, organization))
  if (!keepers.some((keeper) => actor.holders.has(keeper))) throw new Refusal('not_permitted', { clause: '4.3' })
}

type Asked = z.output<z.ZodObject<typeof journalFilter>>
export function filterOf({ from, to, ...asked }: Asked, now: Temporal.Instant): JournalFilter {
  return { ...asked, from: from ? readDay(from, 'from') : undefined, to: to ? readDay(to, 'to') : undefined, today: dateOf(now) }
}

const entryView = z.object({
  n: z.number().int(), number: z.string(), appealId: z.number().int().optional(), registeredAt: moment, hash: z.string(), registrar: z.string().optional(),
  reservedFor: z.string().optional(), annulledFor: z.string().optional(), receivedAt: moment.optional(), channel: z.enum(channels).optional(),
  kind: z.enum(appealKinds).optional(), state: z.enum(appealStates).optional(), dueOn: day.optional(), answeredOn: day.optional(),
  subject: z.string().optional(), applicant: z.string().optional(), outgoingNumber: z.string().optional(), outgoingOn: day.optional(),
  resolution: z.string().optional(), units: z.array(z.string()),
})

/** п. 4.3: the journal, newest first or as it was written; annulled and reserved numbers stay visible. */
export const readJournal = staffOperation
  .meta({ clause: '4.3' })
  .route({ method: 'GET', path: '/journal', summary: 'Entries of a journal, filtered', tags: ['journal'] })
  .use(reading)
  .input(z.object({
    ...journalFilter, order: z.enum(['newest', 'oldest']).default('newest'),
    before: z.coerce.number().int().positive().max(2_147_483_647).optional().describe('The last place seen'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }))
  .output(z.object({ entries: z.array(entryView), more: z.boolean(), count: z.number().int().optional().describe('With the first page, counted to 100,000') }))
  .handler(async ({ context, input: { order, before, limit, ...asked } }) => {
    mayRead(context.actor, asked.organization)
    const filter = filterOf(asked, context.now)
    const rows = await findEntries(context.tx, filter, { order, after: before, limit })
    const count = before === undefined ? await countEntries(context.tx, filter, 100_000) : undefined
    return { entries: rows.map(viewOf), more: rows.length === limit, ...(count !== undefined && { count }) }
  })

function viewOf(row: JournalRow): z.input<typeof entryView> {
  return {
    n: row.n, number: row.number, registeredAt: row.registered_at.toString(), hash: row.hash.toString('hex'), units: [...(row.units ?? [])],
    ...(row.appeal_id && { appealId: row.appeal_id }), ...(row.registrar && { registrar: row.registrar }),
    ...(row.reserved_for && { reservedFor: row.reserved_for }), ...(row.annulled_for && { annulledFor: row.annulled_for }),
    ...(row.received_at && { receivedAt: row.received_at.toString() }), ...(row.channel && { channel: row.channel }), ...(row.kind && { kind: row.kind }),
    ...(row.state && { state: row.state }), ...(row.due_on && { dueOn: row.due_on.toString() }), ...(row.answered_on && { answeredOn: row.answered_on.toString() }),
    ...(row.subject && { subject: row.subject }), ...(row.applicant_name && { applicant: row.applicant_name }),
    ...(row.outgoing_number && { outgoingNumber: row.outgoing_number }), ...(row.outgoing_on && { outgoingOn: row.outgoing_on.toString() }),
    ...(row.resolution && { resolution: row.resolution }),
  }
}

/** Proves at a press that the series has no gap and that nothing in it was changed. */
export const verifyJournal = staffOperation
  .meta({ clause: '4.3' })
  .route({ method: 'GET', path: '/journal/verification', summary: 'Check a journal\'s numbers and its hash chains', tags: ['journal'] })
  .use(reading)
  .input(z.object(series))
  .output(z.object({
    whole: z.boolean(), entries: z.number().int(), annulled: z.number().int().optional(), reserved: z.number().int().optional(), brokenAt: z.number().int().optional(),
    fault: z.enum(['gap', 'changed', 'counter', 'mark']).optional(),
  }))
  .handler(({ context, input }) => {
    mayRead(context.actor, input.organization)
    // One snapshot, so that what is registered meanwhile is no fault.
    return context.db.transaction().setIsolationLevel('repeatable read').execute((tx) => verifySeries(tx, input))
  })
