import { z } from 'zod'
import { lineView } from '../appeals/card.ts'
import { findOwn } from '../appeals/find-appeal.ts'
import { appealLine } from '../appeals/views.ts'
import { reading, signedInOperation } from '../operation.ts'
import { trackingCode } from './tracking-code.ts'

/** What a consumer wrote with the e-mail address they have proved to be theirs. */
export const myAppeals = signedInOperation
  .meta({ clause: '11.6.5' })
  .route({ method: 'GET', path: '/my/appeals', summary: 'The appeals written with one\'s own address', tags: ['tracking'] })
  .use(reading)
  .output(z.array(appealLine.extend({ code: z.string() })))
  .handler(async ({ context }) => {
    const lines = await findOwn(context.tx, context.actor.email, 100)
    return lines.map((line) => ({ ...lineView(context, line), code: trackingCode(context.config, line.id) }))
  })
