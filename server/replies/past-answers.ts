import { sql } from 'kysely'
import { z } from 'zod'
import { taskOf, versionOf } from '../../regulation/appeal-case.ts'
import { replyText } from '../../regulation/reply-document.ts'
import { findAnswered, getAppeal } from '../appeals/find-appeal.ts'
import { appealId, day } from '../appeals/views.ts'
import { reading, staffOperation, type Ctx } from '../operation.ts'

const answered = z.object({ id: appealId, number: z.string(), subject: z.string(), answeredOn: day, language: z.string(), text: z.string() })
const faq = z.object({ id: z.number().int(), question: z.string(), text: z.string(), mine: z.boolean() })

/** п. 7.1: what stands beside a reply being written: how much the same was answered before, and questions that are asked often. */
export const pastAnswers = staffOperation
  .meta({ clause: '7.1' })
  .route({ method: 'GET', path: '/appeals/{appealId}/past-answers', summary: 'Similar appeals that were answered, and questions asked often', tags: ['replies'] })
  .use(reading)
  .input(z.object({ appealId }))
  .output(z.object({ answers: z.array(answered), faq: z.array(faq) }))
  .handler(async ({ context: { tx, actor }, input }) => {
    const of = await getAppeal(tx, actor.holders, input.appealId)
    const answers = []
    for (const id of await findAnswered(tx, actor.holders, of, 5)) {
      const { appeal, line, texts } = await getAppeal(tx, actor.holders, id)
      const body = texts.get(versionOf(taskOf(appeal, appeal.reply?.task ?? 0))?.digest ?? '')
      if (body && line.answered_on) answers.push({ id, number: line.number, subject: line.subject, answeredOn: line.answered_on.toString(), language: line.language, text: replyText(body) })
    }
    const asked = await findFaq(tx, { organization: of.appeal.organization, language: of.line.language, words: `${of.contents.subject} ${of.contents.body}` })
    return { answers, faq: asked.map(({ id, title, body, made_by }) => ({ id, question: title, text: replyText(body), mine: made_by === actor.id })) }
  })

/** Questions of an organization nearest to these words. */
async function findFaq(tx: Ctx['tx'], { organization, language, words }: { organization: string; language: string; words: string }) {
  const asked = [...new Set(words.toLowerCase().match(/\p{L}{4,}/gu) ?? [])].slice(0, 20)
  if (asked.length === 0) return []
  const query = sql`${sql.join(asked.map((word) => sql`plainto_tsquery('russian', ${word})`), sql` || `)}`
  const { rows } = await sql<{ id: number; title: string; body: string; made_by: string }>`
    select id, title, body, made_by from reply_templates
    where organization_id = ${organization} and language = ${language} and kind = 'faq' and removed_at is null and to_tsvector('russian', topic || ' ' || title) @@ (${query})
    order by ts_rank(to_tsvector('russian', topic || ' ' || title), (${query})) desc, id limit 3`.execute(tx)
  return rows
}
