import { z } from 'zod'
import { holder } from '../../regulation/holders.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { appealKinds, channels, languages, type OrganizationId } from '../../regulation/vocabulary.ts'
import { optionalWords, words } from '../appeals/action-operation.ts'
import {
  countWaiting, findIntakeItems, getIntakeItem as find, intakeStatuses, putIntakeItem, returnItem, type IntakeItem, type IntakeStatus,
} from '../appeals/intake-items.ts'
import { appealId, fileView, moment } from '../appeals/views.ts'
import { inTransaction, reading, staffOperation } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { instantOf } from '../platform/clock.ts'

const itemId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

export const intakeItemView = z.object({
  id: itemId, organization: z.string(), channel: z.enum(channels), unit: z.string().optional(),
  sentBy: z.object({ id: z.string(), name: z.string() }).optional(), receivedAt: moment, sentAt: moment, words: z.string(),
  kind: z.enum(appealKinds).optional(), language: z.enum(languages), applicantName: z.string().optional(), applicantContacts: z.string().optional(),
  bookEntry: z.number().int().optional().describe('The review book\'s entry it is a scan of'),
  files: z.array(fileView.extend({ src: z.string() })),
  status: z.enum(intakeStatuses),
  appeal: z.object({ id: appealId, number: z.string() }).optional(),
  returnReason: z.string().optional(), settledAt: moment.optional(),
})

/** п. 4.9, 5.2: what was sent to the chancellery: its queue for registrars, one's own for whoever sends. */
export const listIntakeItems = staffOperation
  .meta({ clause: '4.9' })
  .route({ method: 'GET', path: '/intake-items', summary: 'What channels brought for registration', tags: ['intake'] })
  .use(reading)
  .input(z.object({
    mine: z.coerce.boolean().default(false).describe('Those I sent'), organization: z.string().max(40).optional(),
    status: z.enum(intakeStatuses).optional(), channel: z.enum(channels).optional(),
    before: itemId.optional().describe('The last one seen'), limit: z.coerce.number().int().min(1).max(100).default(50),
  }))
  .output(z.object({ items: z.array(intakeItemView), more: z.boolean(), waiting: z.number().int().describe('In my chancelleries, counted to a thousand') }))
  .handler(async ({ context: { tx, actor, group }, input }) => {
    const mine = chancelleries(actor, [...group.organizations.keys()])
    const asked = input.organization ? mine.filter((id) => id === input.organization) : mine
    if (!input.mine && asked.length === 0) throw new Refusal('not_permitted', { clause: '4.3' })
    const items = await findIntakeItems(tx, {
      ...(input.mine ? { sentBy: actor.id } : { organizations: asked }),
      status: input.status, channel: input.channel, before: input.before, limit: input.limit,
    })
    return { items: items.map(viewOf), more: items.length === input.limit, waiting: mine.length > 0 ? await countWaiting(tx, mine) : 0 }
  })

export const getIntakeItem = staffOperation
  .meta({ clause: '4.9' })
  .route({ method: 'GET', path: '/intake-items/{id}', summary: 'One item, with its scans', tags: ['intake'] })
  .use(reading)
  .input(z.object({ id: itemId }))
  .output(intakeItemView)
  .handler(async ({ context: { tx, actor }, input }) => viewOf(await readableItem(tx, actor, input.id)))

/** Whoever registers for its organization, or sent it; for others it is not there. */
export async function readableItem(tx: Parameters<typeof find>[0], actor: Staff, id: number): Promise<IntakeItem> {
  const item = await find(tx, id)
  if (!actor.holders.has(holder('registrar', item.organization_id)) && item.sent_by !== actor.id) throw new Refusal('not_found')
  return item
}

/** п. 4.9, 5.2: a district or a service centre takes a paper in and sends its scan to the right chancellery. */
export const sendIntakeItem = staffOperation
  .meta({ clause: '4.9' })
  .route({ method: 'POST', path: '/intake-items', successStatus: 201, summary: 'Send a scan to the chancellery that registers it', tags: ['intake'] })
  .use(inTransaction)
  .input(z.object({
    unit: z.string().max(60).describe('The place it was taken in'),
    receivedAt: moment.optional(), words: optionalWords(4_000), kind: z.enum(appealKinds).optional(), language: z.enum(languages).default('ru'),
    applicantName: optionalWords(200), applicantContacts: optionalWords(400),
    files: z.array(z.uuid()).min(1, 'file_empty').max(30),
  }))
  .output(z.object({ id: itemId }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const unit = group.units.get(input.unit)
    if (!unit) throw refuseField('unit', 'unit_unknown')
    const place = { organization: unit.organization, unit: unit.id }
    if (!(['front_desk', 'district_head'] as const).some((role) => actor.holders.has(holder(role, place.organization, place.unit)))) {
      throw new Refusal('not_permitted', { clause: '4.9' })
    }
    const receivedAt = input.receivedAt ? instantOf(input.receivedAt) : now
    if (!receivedAt) throw refuseField('receivedAt', 'field_invalid')
    if (Temporal.Instant.compare(receivedAt, now.add({ minutes: 1 })) > 0) throw refuseField('receivedAt', 'date_in_future')
    const district = ['grid_district', 'sales_district'].includes(unit.kind)
    const id = await putIntakeItem(tx, group, {
      ...place, channel: district ? 'district_office' : 'paper_service_centre', by: actor.id, receivedAt, now, words: input.words ?? '',
      kind: input.kind, language: input.language, applicantName: input.applicantName, applicantContacts: input.applicantContacts, files: input.files,
    })
    return { id }
  })

/** An unreadable scan or another's paper goes back to whoever sent it, with the reason. */
export const returnIntakeItem = staffOperation
  .meta({ clause: '4.9' })
  .route({ method: 'POST', path: '/intake-items/{id}/return', summary: 'Return an item to its sender', tags: ['intake'] })
  .use(inTransaction)
  .input(z.object({ id: itemId, reason: words(1_000) }))
  .output(z.object({ id: itemId }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const item = await readableItem(tx, actor, input.id)
    if (!actor.holders.has(holder('registrar', item.organization_id))) throw new Refusal('not_permitted', { clause: '4.3' })
    await returnItem(tx, group, input.id, { reason: input.reason, by: actor.id, now })
    return { id: input.id }
  })

const chancelleries = (actor: Staff, organizations: readonly OrganizationId[]): OrganizationId[] =>
  organizations.filter((id) => actor.holders.has(holder('registrar', id)))

function viewOf(item: IntakeItem): z.input<typeof intakeItemView> {
  const status: IntakeStatus = item.appeal_id ? 'registered' : item.return_reason ? 'returned' : 'waiting'
  return {
    id: item.id, organization: item.organization_id, channel: item.channel, ...(item.unit_id && { unit: item.unit_id }),
    ...(item.sent_by && { sentBy: { id: item.sent_by, name: item.sender ?? '' } }), receivedAt: item.received_at.toString(), sentAt: item.sent_at.toString(),
    words: item.words, ...(item.kind && { kind: item.kind }), language: item.language, ...(item.applicant_name && { applicantName: item.applicant_name }),
    ...(item.applicant_contacts && { applicantContacts: item.applicant_contacts }), ...(item.book_entry_id && { bookEntry: item.book_entry_id }),
    files: item.files.map((file) => ({
      id: file.id, name: file.name, mediaType: file.media_type, size: file.size_bytes, src: `/api/v1/intake-items/${item.id}/files/${file.id}`,
    })),
    status, ...(item.appeal_id && { appeal: { id: item.appeal_id, number: item.number ?? '' } }),
    ...(item.return_reason && { returnReason: item.return_reason }), ...(item.settled_at && { settledAt: item.settled_at.toString() }),
  }
}
