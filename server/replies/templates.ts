import { sql } from 'kysely'
import { z } from 'zod'
import { taskOf } from '../../regulation/appeal-case.ts'
import { MalformedReply, replyText } from '../../regulation/reply-document.ts'
import { fillTemplate } from '../../regulation/reply-template.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { languages } from '../../regulation/vocabulary.ts'
import { formatDate } from '../../web/i18n/format.ts'
import { words } from '../appeals/action-operation.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import { appealId } from '../appeals/views.ts'
import { inTransaction, reading, staffOperation } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'

const templateId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** п. 7.1: the organization's templates in the appeal's language, filled with what the appeal says. */
export const listTemplates = staffOperation
  .meta({ clause: '7.1' })
  .route({ method: 'GET', path: '/appeals/{appealId}/tasks/{task}/templates', summary: 'Templates of replies, filled from the appeal', tags: ['replies'] })
  .use(reading)
  .input(z.object({ appealId, task: z.coerce.number().int().positive() }))
  .output(z.array(z.object({ id: templateId, topic: z.string(), title: z.string(), body: z.string(), mine: z.boolean() })))
  .handler(async ({ context: { tx, actor, group }, input }) => {
    const { appeal, contents, line } = await getAppeal(tx, actor.holders, input.appealId)
    const task = taskOf(appeal, input.task)
    if (!task) throw new Refusal('appeal_not_found')
    const { rows } = await sql<{ id: number; topic: string; title: string; body: string; made_by: string }>`
      select id, topic, title, body, made_by from reply_templates
      where organization_id = ${task.organization} and language = ${appeal.language} and kind = 'template' and removed_at is null order by topic, title limit 200`.execute(tx)
    const values = {
      applicant: contents.applicant_name, number: line.number, date: formatDate(dateOf(appeal.registeredAt).toString(), appeal.language), subject: contents.subject,
      account: contents.applicant_account ?? '', address: contents.applicant_address, organization: group.organizations.get(task.organization)!.name[appeal.language],
    }
    return rows.map(({ made_by, body, ...row }) => ({ ...row, body: fillTemplate(body, values), mine: made_by === actor.id }))
  })

/** Kept for everybody of one's organizations; under the same topic and title it takes the place of the earlier one. */
export const saveTemplate = staffOperation
  .meta({ clause: '7.1' })
  .route({ method: 'POST', path: '/reply-templates', successStatus: 201, summary: 'Keep a text as a template of replies', tags: ['replies'] })
  .use(inTransaction)
  .input(z.object({
    organization: z.string().max(40), language: z.enum(languages),
    kind: z.enum(['template', 'faq']).default('template').describe('`faq`: a question asked often (its title) with its answer'), topic: words(100), title: words(150), body: words(80_000),
  }))
  .output(z.object({ id: templateId }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    if (!actor.assignments.some((one) => one.organization === input.organization)) throw new Refusal('not_permitted', { clause: '7.1' })
    try {
      replyText(input.body)
    } catch (error) {
      if (error instanceof MalformedReply) throw refuseField('body', 'field_invalid')
      throw error
    }
    const { rows: [kept] } = await sql<{ id: number }>`
      insert into reply_templates (organization_id, language, kind, topic, title, body, made_by, made_at)
      values (${input.organization}, ${input.language}, ${input.kind}, ${input.topic}, ${input.title}, ${input.body}, ${actor.id}, ${now})
      on conflict (organization_id, language, topic, title, removed_at) do update set body = excluded.body, kind = excluded.kind, made_by = excluded.made_by, made_at = excluded.made_at
      returning id`.execute(tx)
    return { id: kept!.id }
  })

export const removeTemplate = staffOperation
  .meta({ clause: '7.1' })
  .route({ method: 'DELETE', path: '/reply-templates/{id}', summary: 'Remove a template of one\'s own', tags: ['replies'] })
  .use(inTransaction)
  .input(z.object({ id: templateId }))
  .output(z.object({ id: templateId }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    const { rows } = await sql`update reply_templates set removed_at = ${now} where id = ${input.id} and made_by = ${actor.id} and removed_at is null returning id`.execute(tx)
    if (rows.length === 0) throw new Refusal('not_found')
    return { id: input.id }
  })
