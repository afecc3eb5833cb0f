import { z } from 'zod'
import { taskOf, versionOf } from '../../regulation/appeal-case.ts'
import { replyText } from '../../regulation/reply-document.ts'
import { findAnswered, getAppeal } from '../appeals/find-appeal.ts'
import { appealId, day } from '../appeals/views.ts'
import { reading, staffOperation } from '../operation.ts'

/** п. 7.1: how much the same was answered before: the nearest in words among the answers one may read. */
export const pastAnswers = staffOperation
  .meta({ clause: '7.1' })
  .route({ method: 'GET', path: '/appeals/{appealId}/past-answers', summary: 'Similar appeals that were answered, with their answers', tags: ['replies'] })
  .use(reading)
  .input(z.object({ appealId }))
  .output(z.array(z.object({ id: appealId, number: z.string(), subject: z.string(), answeredOn: day, language: z.string(), text: z.string() })))
  .handler(async ({ context: { tx, actor }, input }) => {
    const of = await getAppeal(tx, actor.holders, input.appealId)
    const found = []
    for (const id of await findAnswered(tx, actor.holders, of, 5)) {
      const { appeal, line, texts } = await getAppeal(tx, actor.holders, id)
      const body = texts.get(versionOf(taskOf(appeal, appeal.reply?.task ?? 0))?.digest ?? '')
      if (body && line.answered_on) found.push({ id, number: line.number, subject: line.subject, answeredOn: line.answered_on.toString(), language: line.language, text: replyText(body) })
    }
    return found
  })
