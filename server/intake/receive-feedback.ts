import { createHash } from 'node:crypto'
import { JSON_SCHEMA_REGISTRY } from '@orpc/zod/zod4'
import { z } from 'zod'
import { holder } from '../../regulation/holders.ts'
import { checkFeedback, feedbackFields } from '../../regulation/intake-form.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { answerWays, appealKinds, applicantGroups, feedbackChannels, languages, type AppealId } from '../../regulation/vocabulary.ts'
import { canonicalJson } from '../appeals/chain.ts'
import { calendarOf } from '../appeals/appeal-terms.ts'
import { consentVersion } from '../appeals/consent.ts'
import { findTracked } from '../appeals/find-appeal.ts'
import { day, moment } from '../appeals/views.ts'
import { openOperation, type RequestContext } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import { workingDaysBetween } from '../../regulation/working-calendar.ts'
import { isTrackingCode, trackingCode, trackingUrl } from '../tracking/tracking-code.ts'
import type { Transaction } from 'kysely'
import type { DB } from '../schema.ts'


/** Any text here, so that a wrong word is told together with every other fault of the form; OpenAPI lists the right ones. */
function oneOf(words: readonly string[]) {
  const schema = z.string().max(40, 'field_invalid')
  JSON_SCHEMA_REGISTRY.add(schema, { enum: [...words] })
  return schema.optional()
}

const text = (field: keyof typeof feedbackFields) =>
  z.string().optional().describe(`At most ${feedbackFields[field].max} characters`)

const feedbackBody = z.object({
  channel: z.enum(feedbackChannels).default('site_feedback'),
  language: z.enum(languages).default('ru'),
  group: oneOf(applicantGroups).describe('person if absent'),
  name: text('name'),
  address: text('address'),
  email: text('email'),
  phone: text('phone'),
  identifier: text('identifier').describe('ИИН of a person or БИН of a company; optional'),
  kind: oneOf(appealKinds),
  subject: text('subject'),
  text: text('text'),
  answerWay: oneOf(answerWays).describe('email needs `email`, phone needs `phone`'),
  consent: z.boolean().optional().describe('Consent to the processing of personal data; must be true'),
  files: z.array(z.uuid()).max(10).default([]).describe('Ids from POST /uploads'),
  repeatOf: z.object({ number: z.string().max(60), code: z.string().max(40) }).optional().describe('The earlier appeal this one follows'),
})
// Whether a field is there is asked with everything else about it (`checkFeedback`); OpenAPI says it all the same.
JSON_SCHEMA_REGISTRY.add(feedbackBody, {
  required: ['name', 'address', 'kind', 'subject', 'text', 'answerWay', 'consent'],
  examples: [{
    name: 'Сергеев Пётр Ильич', address: 'Петропавловск, ул. Жамбыла, 12', email: 'petr@example.kz', kind: 'complaint',
    subject: 'Начислили дважды', text: 'Прошу пересчитать счёт за октябрь.', answerWay: 'email', consent: true,
  }],
})

/** п. 11.6.2–6: the feedback form, by the page or by the API. The number is given at once. */
export const receiveFeedback = openOperation
  .meta({ permission: 'anyone', clause: '11.6.5' })
  .route({
    method: 'POST', path: '/appeals', successStatus: 201, summary: 'Write an appeal; its number is given at once', tags: ['intake'],
    description: 'п. 11.6.2–6. Send an `Idempotency-Key`: the same key with the same content is answered with the same appeal.',
    inputStructure: 'detailed',
  })
  .input(z.object({
    headers: z.object({ 'idempotency-key': z.string().min(8, 'field_invalid').max(200, 'field_too_long').optional() }).loose(),
    body: feedbackBody,
  }))
  .output(z.object({
    number: z.string(),
    code: z.string().describe('The secret of the tracking link; shown once here and in the confirmation'),
    trackingUrl: z.string(),
    receivedAt: moment,
    dueOn: day,
    workingDays: z.number().int().describe('Working days from today to the due day'),
  }))
  .handler(async ({ context, input: { headers, body } }) => {
    const checked = checkFeedback(body)
    if (!checked.ok) throw new Refusal('invalid_input', { faults: checked.faults, clause: '11.6.3' })
    const { group: applicantGroup, name, address, email, phone, identifier, kind, subject, text, answerWay } = checked.value
    if (body.files.length > context.config.uploadMaxFiles) throw refuseField('files', 'too_many_files', { max: context.config.uploadMaxFiles })

    const { feedback } = context.group
    const registered = await context.registrar.register({
      organization: feedback.organization, journal: 'feedback', channel: body.channel, kind, language: body.language, answerWay,
      receivedAt: context.now, registeredAt: context.now,
      handlers: [holder(feedback.handler, feedback.organization)],
      readers: feedback.readers.map((role) => holder(role, feedback.organization)),
      repeatOf: body.repeatOf && (await earlierAppeal(context, body.repeatOf)),
      subject, body: text,
      applicant: { group: applicantGroup, name, address, email, phone, identifier },
      consentVersion, files: body.files,
      once: {
        scope: 'feedback',
        key: headers['idempotency-key'] ?? crypto.randomUUID(),
        digest: createHash('sha256').update(canonicalJson(body)).digest(),
      },
    })
    return {
      number: registered.number,
      code: trackingCode(context.config, registered.id),
      trackingUrl: trackingUrl(context.config, body.language, registered),
      receivedAt: registered.registeredAt.toString(),
      dueOn: registered.dueOn.toString(),
      workingDays: workingDaysBetween(calendarOf(context.group), dateOf(registered.registeredAt), registered.dueOn),
    }
  })

/** The appeal a repeat follows; only who holds its code may link to it. */
async function earlierAppeal(context: RequestContext, { number, code }: { number: string; code: string }): Promise<AppealId> {
  const found = await findTracked(context.db as Transaction<DB>, number)
  const mine = found.find((line) => isTrackingCode(context.config, line.id, code))
  if (!mine) throw refuseField('repeatOf', 'wrong_tracking_code')
  return mine.id
}
