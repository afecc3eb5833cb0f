import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { holder } from '../../regulation/holders.ts'
import { checkPaper, lacks, paperFields, type PaperField } from '../../regulation/paper-form.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { registrarOf, routeOf } from '../../regulation/route-profiles.ts'
import { languages, paperChannels, type PaperChannel, type UnitKind } from '../../regulation/vocabulary.ts'
import { canonicalJson } from '../appeals/chain.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import { getIntakeItem, type IntakeItem } from '../appeals/intake-items.ts'
import { appealId, day, moment } from '../appeals/views.ts'
import { reading, staffOperation, type Ctx } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import type { Organization } from '../people/group.ts'
import { dateOf } from '../platform/clock.ts'
import { trackingUrl } from '../tracking/tracking-code.ts'

const text = (field: PaperField) => z.string().optional().describe(`At most ${paperFields[field].max} characters`)

const paperBody = z.object({
  organization: z.string().max(40),
  channel: z.enum(paperChannels).describe('How it was delivered'),
  language: z.enum(languages).default('ru'),
  receivedAt: moment.optional().describe('When it came, if earlier than now'),
  group: z.string().max(40).optional().describe('person if absent'),
  lastName: text('lastName'), firstName: text('firstName'), middleName: text('middleName'),
  companyName: text('companyName'), outgoingNumber: text('outgoingNumber'), outgoingOn: text('outgoingOn'),
  address: text('address'), phone: text('phone'), email: text('email'), identifier: text('identifier'), account: text('account'),
  kind: z.string().max(40).optional(), subject: text('subject'), text: text('text'),
  answerWay: z.string().max(40).optional().describe('post if absent'),
  signed: z.boolean().default(true),
  noWrittenReply: z.boolean().default(false).describe('Form 3: no written reply is needed if granted'),
  sheets: z.number().int().optional().describe('Sheets of the paper; 0: there is only its scan'),
  acknowledged: z.array(z.enum(lacks)).default([]).describe('What the paper does not say and the registrar has seen'),
  files: z.array(z.uuid()).max(30).default([]).describe('Ids from POST /uploads'),
  item: z.number().int().positive().optional().describe('The intake item it is; its scans come along'),
  reserved: z.object({ year: z.number().int().min(2000).max(2100), n: z.number().int().positive().max(2_147_483_647) }).optional()
    .describe('The reserved number it takes'),
  repeatOf: appealId.optional().describe('The earlier appeal it follows'),
})

/**
 * п. 4.2–4.3, 4.10, 5.3, 6.2: a registrar enters a paper into the journal of incoming documents; its number is given at
 * once. What the paper lacks is acknowledged and stays as a mark.
 */
export const registerPaper = staffOperation
  .meta({ clause: '4.3' })
  .route({
    method: 'POST', path: '/register', successStatus: 201, summary: 'Register a paper in the journal of incoming documents', tags: ['intake'],
    description: 'п. 4.2–4.3. Send an `Idempotency-Key`: the same key with the same content is answered with the same appeal.',
    inputStructure: 'detailed',
  })
  .use(reading)
  .input(z.object({
    headers: z.object({ 'idempotency-key': z.string().min(8, 'field_invalid').max(200, 'field_too_long').optional() }).loose().default({}),
    body: paperBody,
  }))
  .output(z.object({
    id: appealId, number: z.string(), registeredAt: moment, dueOn: day, trackingUrl: z.string(), lacks: z.array(z.enum(lacks)),
  }))
  .handler(async ({ context, input: { headers, body } }) => {
    const { actor, now } = context
    const organization = context.group.organizations.get(body.organization)
    if (!organization) throw refuseField('organization', 'organization_unknown')
    const registrar = registrarOf(organization.profile, body.channel)
    if (!actor.holders.has(registrar)) throw new Refusal('not_permitted', { clause: '4.3' })

    const item = body.item === undefined ? undefined : await waitingItem(context, organization, body.item)
    if (!isHere(context, organization, body.channel, item)) throw refuseField('channel', 'channel_not_here')
    const checked = checkPaper({ ...body, acknowledged: body.acknowledged }, dateOf(now))
    if (!checked.ok) throw refuseAll(checked.faults)
    const paper = checked.value
    const receivedAt = readMoment(body.receivedAt, now)
    await checkFiles(context, body.files)
    if (body.repeatOf) await getAppeal(context.tx, actor.holders, body.repeatOf).catch(() => { throw refuseField('repeatOf', 'appeal_not_found') })

    const registered = await context.registrar.register({
      organization: organization.id, journal: 'incoming', channel: body.channel, kind: paper.kind, language: body.language,
      answerWay: paper.answerWay, receivedAt, registeredAt: now, handlers: [registrar],
      readers: item?.unit_id ? (['front_desk', 'district_head'] as const).map((role) => holder(role, organization.id, item.unit_id!)) : [],
      by: { person: actor.id, holder: registrar }, repeatOf: body.repeatOf, reserved: body.reserved, item: item?.id,
      clauses: routeOf(organization.profile, body.channel).clauses,
      lacks: paper.lacks.length > 0 ? paper.lacks : undefined, noWrittenReply: paper.noWrittenReply || undefined,
      sheets: paper.sheets > 0 ? paper.sheets : undefined, sentFrom: item?.unit_id ?? undefined,
      subject: paper.subject, body: paper.text,
      applicant: {
        group: paper.group, name: paper.name, address: paper.address, email: paper.email, phone: paper.phone, identifier: paper.identifier,
        account: paper.account, outgoingNumber: paper.outgoingNumber, outgoingOn: paper.outgoingOn,
      },
      files: [...new Set([...(item?.files.map((file) => file.id) ?? []), ...body.files])],
      once: {
        scope: `register ${actor.id}`, key: headers['idempotency-key'] ?? crypto.randomUUID(),
        digest: createHash('sha256').update(canonicalJson(body)).digest(),
      },
    })
    return {
      id: registered.id, number: registered.number, registeredAt: registered.registeredAt.toString(), dueOn: registered.dueOn.toString(),
      trackingUrl: trackingUrl(context.config, body.language, registered), lacks: [...paper.lacks],
    }
  })

/** Where each way of delivery ends: an organization without such a place does not register by it. */
const places: Readonly<Record<PaperChannel, readonly UnitKind[]>> = {
  paper_secretariat: ['secretariat'], paper_chancellery: ['chancellery'], paper_service_centre: ['service_centre', 'retail_office'],
  review_book: ['service_centre', 'retail_office', 'grid_district', 'sales_district'], district_office: ['grid_district', 'sales_district'],
  email: ['secretariat', 'chancellery'],
}

function isHere({ group }: Ctx, organization: Organization, channel: PaperChannel, item: IntakeItem | undefined): boolean {
  // An entry of the review book is registered from its scan, never without one (п. 5.1, 6.1).
  if (channel === 'review_book' ? !item?.book_entry_id : item?.book_entry_id) return false
  return [...group.units.values()].some((unit) => unit.organization === organization.id && places[channel].includes(unit.kind))
}

/** Taken together with its number: one that another clerk has settled meanwhile is refused there as `item_taken`. */
async function waitingItem({ tx }: Ctx, organization: Organization, id: number): Promise<IntakeItem> {
  const item = await getIntakeItem(tx, id)
  if (item.organization_id !== organization.id) throw new Refusal('not_found')
  return item
}

async function checkFiles({ tx, actor }: Ctx & { readonly actor: Staff }, files: readonly string[]): Promise<void> {
  if (files.length === 0) return
  const { rows } = await sql`
    select id from files where id = any(${[...files]}::uuid[]) and uploaded_by = ${actor.id}`.execute(tx)
  if (rows.length !== new Set(files).size) throw refuseField('files', 'file_unknown')
}

/** When the paper came: not later than now, and not more than a year ago, which is a slip of the hand. */
function readMoment(text: string | undefined, now: Temporal.Instant): Temporal.Instant {
  if (!text) return now
  let at: Temporal.Instant
  try {
    at = Temporal.Instant.from(text).round('millisecond')
  } catch {
    throw refuseField('receivedAt', 'field_invalid')
  }
  if (Temporal.Instant.compare(at, now.add({ minutes: 1 })) > 0) throw refuseField('receivedAt', 'date_in_future')
  if (Temporal.Instant.compare(at, now.subtract({ hours: 24 * 366 })) < 0) throw refuseField('receivedAt', 'received_too_early')
  return at
}

/** Only lacks: it can be registered with marks once they are acknowledged. */
function refuseAll(faults: readonly { readonly field: string; readonly code: string }[]): Refusal {
  const code = faults.every((fault) => fault.code === 'lacks_unacknowledged') ? 'lacks_unacknowledged' : 'invalid_input'
  return new Refusal(code, { faults: faults as Refusal['faults'], clause: '4.2' })
}
