import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { checkPaper, lacks, paperFields, type Paper, type PaperField } from '../../regulation/paper-form.ts'
import { Refusal, refuseField, type Fault } from '../../regulation/refusals.ts'
import { registrarOf, routeOf } from '../../regulation/route-profiles.ts'
import { languages } from '../../regulation/vocabulary.ts'
import { calendarOf } from '../appeals/appeal-terms.ts'
import { canonicalJson } from '../appeals/chain.ts'
import { day, moment } from '../appeals/views.ts'
import { openOperation, type RequestContext } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { trackingCode, trackingUrl } from '../tracking/tracking-code.ts'
import { workingDaysBetween } from '../../regulation/working-calendar.ts'
import { consentVersion } from '../appeals/consent.ts'

const text = (field: PaperField) => z.string().optional().describe(`At most ${paperFields[field].max} characters`)

const letterBody = z.object({
  organization: z.string().max(40),
  language: z.enum(languages).default('ru'),
  group: z.string().max(40).optional().describe('person if absent'),
  lastName: text('lastName'), firstName: text('firstName'), middleName: text('middleName'),
  companyName: text('companyName'), outgoingNumber: text('outgoingNumber'), outgoingOn: text('outgoingOn'),
  address: text('address'), phone: text('phone'), email: text('email'), identifier: text('identifier'), account: text('account'),
  kind: z.string().max(40).optional(), subject: text('subject'), text: text('text'),
  answerWay: z.string().max(40).optional().describe('email if absent'),
  consent: z.boolean().optional().describe('Consent to the processing of personal data; must be true'),
  files: z.array(z.uuid()).max(10).default([]).describe('Ids from POST /uploads: the signed letter, and what goes with it'),
})
export type LetterBody = z.input<typeof letterBody>

/** A letter as checked: everything wrong with it at once, in the order of the page, or what it says. */
type LetterCheck = { readonly faults: readonly Fault[]; readonly value?: Paper }

/**
 * By the form everything of п. 4.2 must be there, and the signed letter with it: what a registrar may pass over on a
 * paper that lies before him is a fault here, where the writer can still mend it. Today: the local day.
 */
function checkLetter(body: LetterBody, today: Temporal.PlainDate): LetterCheck {
  const checked = checkPaper({ ...body, answerWay: body.answerWay || 'email', signed: true, sheets: 0, acknowledged: lacks }, today)
  const faults: Fault[] = checked.ok ? [] : [...checked.faults]
  for (const field of needed(body)) {
    if (!body[field]?.trim() && faults.every((fault) => fault.field !== field)) faults.push({ field, code: 'field_missing' })
  }
  if (!body.files?.length) faults.push({ field: 'files', code: 'letter_needed' })
  if (body.consent !== true) faults.push({ field: 'consent', code: 'consent_needed' })
  const place = ({ field }: Fault) => pageOrder.indexOf(field)
  return { faults: faults.toSorted((a, b) => place(a) - place(b)), ...(checked.ok && faults.length === 0 && { value: checked.value }) }
}

export const letterFaults = (body: LetterBody, today: Temporal.PlainDate): readonly Fault[] => checkLetter(body, today).faults

/** п. 4.2: of group I surname, name, address and phone; of group II its name, outgoing number and date, and phones. By post nothing comes without an address. */
const needed = ({ group, answerWay }: LetterBody): readonly PaperField[] => (group === 'company'
  ? ['companyName', 'outgoingNumber', 'outgoingOn', 'phone', ...(answerWay === 'post' ? ['address' as const] : [])]
  : ['lastName', 'firstName', 'address', 'phone'])

const pageOrder = [
  'files', 'kind', 'subject', 'text', 'group', 'lastName', 'firstName', 'middleName', 'companyName', 'outgoingNumber', 'outgoingOn', 'address', 'phone', 'email',
  'identifier', 'account', 'answerWay', 'consent',
]

/** п. 4.1, 11.3.4: the e-chancellery of an organization: a signed letter, registered at once in a journal of its own. */
export const receiveLetter = openOperation
  .meta({ permission: 'anyone', clause: '11.3.4' })
  .route({
    method: 'POST', path: '/e-chancellery', successStatus: 201, summary: 'Send a signed letter to an organization\'s e-chancellery; its number is given at once',
    tags: ['intake'], description: 'п. 4.1, 11.3.4. Send an `Idempotency-Key`: the same key with the same content is answered with the same appeal.', inputStructure: 'detailed',
  })
  .input(z.object({
    headers: z.object({ 'idempotency-key': z.string().min(8, 'field_invalid').max(200, 'field_too_long').optional() }).loose(),
    body: letterBody,
  }))
  .output(z.object({ number: z.string(), code: z.string(), trackingUrl: z.string(), receivedAt: moment, dueOn: day, workingDays: z.number().int() }))
  .handler(async ({ context, input: { headers, body } }) => {
    const { config, group, now } = context
    const organization = group.organizations.get(body.organization)
    if (!organization?.eChancellery) throw refuseField('organization', 'organization_unknown')
    const { faults, value: letter } = checkLetter(body, dateOf(now))
    if (!letter) throw new Refusal('invalid_input', { faults, clause: '4.2' })
    if (body.files.length > config.uploadMaxFiles) throw refuseField('files', 'too_many_files', { max: config.uploadMaxFiles })
    if (!(await showsSignature(context, body.files))) throw refuseField('files', 'letter_needed')
    const { channel } = organization.eChancellery
    const registered = await context.registrar.register({
      organization: organization.id, journal: 'e_chancellery', channel, kind: letter.kind, language: body.language, answerWay: letter.answerWay,
      receivedAt: now, registeredAt: now, handlers: [registrarOf(organization.profile, channel)], readers: [],
      clauses: { ...routeOf(organization.profile, channel).clauses, register: '11.3.4' }, subject: letter.subject, body: letter.text,
      applicant: {
        group: letter.group, name: letter.name, address: letter.address, email: letter.email, phone: letter.phone, identifier: letter.identifier,
        account: letter.account, outgoingNumber: letter.outgoingNumber, outgoingOn: letter.outgoingOn,
      },
      consentVersion, files: body.files,
      once: { scope: 'e_chancellery', key: headers['idempotency-key'] ?? crypto.randomUUID(), digest: createHash('sha256').update(canonicalJson(body)).digest() },
    })
    return {
      number: registered.number, code: trackingCode(config, registered.id), trackingUrl: trackingUrl(config, body.language, registered),
      receivedAt: registered.registeredAt.toString(), dueOn: registered.dueOn.toString(),
      workingDays: workingDaysBetween(calendarOf(group), dateOf(registered.registeredAt), registered.dueOn),
    }
  })

/** A signature is seen on a PDF or a picture; a table or a recording alone is no signed letter. Files that are gone are told of later. */
async function showsSignature({ db }: RequestContext, files: readonly string[]): Promise<boolean> {
  const found = await (db as Kysely<DB>).selectFrom('files').select('media_type').where('id', 'in', files).execute()
  return found.length < files.length || found.some(({ media_type: type }) => type === 'application/pdf' || type.startsWith('image/'))
}
