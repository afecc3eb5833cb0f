import { z } from 'zod'
import { extensionFault, passedByExtension } from '../../regulation/deadlines.ts'
import { refuseField } from '../../regulation/refusals.ts'
import { appealKinds, channels } from '../../regulation/vocabulary.ts'
import { calendarOf, termsOf } from '../appeals/appeal-terms.ts'
import { termsView as viewOf } from '../appeals/card.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import { appealId, moment, termsView } from '../appeals/views.ts'
import { openOperation, reading, staffOperation } from '../operation.ts'
import { instantOf } from '../platform/clock.ts'

/** The deadline engine, asked by anybody: every clock, its date and why; and how it would be when extended. */
export const readTerms = openOperation
  .meta({ permission: 'anyone', clause: '11.6.16' })
  .route({ method: 'GET', path: '/terms', summary: 'By when an appeal must be answered, and why', tags: ['terms'] })
  .input(z.object({
    organization: z.string().max(40),
    kind: z.enum(appealKinds),
    channel: z.enum(channels),
    at: z.string().max(40).optional().describe('When it was received and registered: an instant, a local date and time, or a day in Asia/Almaty; now if absent'),
    registeredAt: z.string().max(40).optional().describe('When it was registered, if later'),
    extendedTo: z.coerce.number().int().min(1).max(60).optional().describe('Working days in all after an extension'),
  }))
  .output(termsView.extend({ receivedAt: moment, registeredAt: moment, extended: termsView.optional(), extendable: z.number().int().optional() }))
  .handler(({ context, input }) => {
    if (!context.group.organizations.has(input.organization)) throw refuseField('organization', 'organization_unknown')
    const receivedAt = input.at ? read(input.at, 'at') : context.now
    const registeredAt = input.registeredAt ? read(input.registeredAt, 'registeredAt') : receivedAt
    if (Temporal.Instant.compare(registeredAt, receivedAt) < 0) throw refuseField('registeredAt', 'field_invalid')
    const facts = { organization: input.organization, kind: input.kind, channel: input.channel, receivedAt, registeredAt, extension: undefined }
    const terms = termsOf(context.group, facts)
    const extendable = terms.clocks.find((clock) => clock.extensionLimit !== undefined)?.extensionLimit
    const longest = input.extendedTo ?? extendable
    const fault = longest === undefined ? undefined : extensionFault(terms, longest)
    if (fault && input.extendedTo) throw refuseField('extendedTo', fault.code, fault.details)
    return {
      ...viewOf(terms), receivedAt: receivedAt.toString(), registeredAt: registeredAt.toString(),
      ...(extendable !== undefined && { extendable }),
      ...(longest !== undefined && !fault && {
        extended: viewOf(termsOf(context.group, { ...facts, extension: { workingDays: longest, reason: '', by: '', at: context.now } })),
      }),
    }
  })

/** What an extension would do to one appeal, before it is ordered: the new date and the laws' clocks it would pass. */
export const previewExtension = staffOperation
  .meta({ clause: '11.6.16' })
  .route({ method: 'GET', path: '/appeals/{appealId}/extension', summary: 'What an extension would do', tags: ['terms'] })
  .use(reading)
  .input(z.object({ appealId, workingDays: z.coerce.number().int().min(1).max(60) }))
  .output(z.object({ terms: termsView, passes: z.array(z.string()) }))
  .handler(async ({ context, input }) => {
    const { appeal } = await getAppeal(context.tx, context.actor.holders, input.appealId)
    const terms = termsOf(context.group, appeal)
    const fault = extensionFault(terms, input.workingDays)
    if (fault) throw refuseField('workingDays', fault.code, fault.details)
    const extended = termsOf(context.group, { ...appeal, extension: { workingDays: input.workingDays, reason: '', by: '', at: context.now } })
    return { terms: viewOf(extended), passes: passedByExtension(terms, calendarOf(context.group), input.workingDays).map((clock) => clock.policyId) }
  })

function read(text: string, field: string): Temporal.Instant {
  const instant = instantOf(text)
  if (!instant) throw refuseField(field, 'field_invalid')
  return instant
}
