import { sql } from 'kysely'
import { refuseField, Refusal } from '../../regulation/refusals.ts'
import { actionOperation, type Deciding } from '../appeals/action-operation.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import { appealId } from '../appeals/views.ts'

/** A second appeal about the same joins the first: answered once, both numbers find the answer. */
export const joinDuplicate = actionOperation({
  action: 'join',
  path: '/join',
  summary: 'Join a duplicate to the appeal it repeats',
  input: { main: appealId },
  decide: async ({ main }, { ctx, id }) => {
    await oneJoinAtATime(ctx)
    if (main === id) throw refuseField('main', 'main_not_fit')
    const found = await getAppeal(ctx.tx, ctx.actor.holders, main).catch((error: unknown) => {
      if (error instanceof Refusal) throw refuseField('main', 'main_not_fit')
      throw error
    })
    if (['joined', 'dismissed', 'withdrawn', 'annulled'].includes(found.appeal.state)) throw refuseField('main', 'main_not_fit')
    return { main, mainNumber: found.line.number }
  },
})

/** Two appeals joined to each other at once would both end, and nobody would answer: the second join sees the first. */
async function oneJoinAtATime({ tx }: Deciding['ctx']): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('join an appeal', 0))`.execute(tx)
}
