import type { Context, Hono } from 'hono'
import type { Transaction } from 'kysely'
import { taskOf, versionOf } from '../../regulation/appeal-case.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { findDraft } from '../appeals/drafts.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import { servePages } from '../files.ts'
import type { AppEnv } from '../operation.ts'
import type { DB } from '../schema.ts'
import { asPdf } from '../papers/print-appeal.ts'
import { composeLetter } from './compose-letter.ts'

/** The letter as it would look: of the draft as it was last saved, else of the last version; as PDF, and page by page (п. 7.6). */
export function serveLetterPreview(app: Hono<AppEnv>): void {
  const path = '/api/v1/appeals/:appealId/tasks/:task/letter-preview.pdf'
  app.get(path, async (c) => asPdf(await preview(c), 'preview.pdf'))
  servePages(app, path, async (c) => ({ bytes: await preview(c), mediaType: 'application/pdf' }))
}

async function preview(c: Context<AppEnv>): Promise<Uint8Array> {
  const context = c.get('context')
  const { actor, db, typesetter } = context
  if (actor.kind !== 'staff') throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted')
  const [id, number] = [Number(c.req.param('appealId')), Number(c.req.param('task'))] as const
  if (![id, number].every((one) => Number.isSafeInteger(one) && one > 0)) throw new Refusal('appeal_not_found')
  const tx = db as Transaction<DB>
  const { appeal, contents, texts } = await getAppeal(tx, actor.holders, id)
  const task = taskOf(appeal, number)
  if (!task) throw new Refusal('appeal_not_found')
  const last = versionOf(task)
  const draft = await findDraft(tx, id, number)
  const body = draft && (!last || Temporal.Instant.compare(draft.updated_at, last.at) > 0) ? draft.body : (texts.get(last?.digest ?? '') ?? '')
  return typesetter.typeset('letter', await composeLetter({ ...context, tx }, { id, appeal, contents, task, body }))
}
