import { z } from 'zod'
import { taskOf } from '../../regulation/appeal-case.ts'
import { actionsFor } from '../../regulation/lifecycle.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { findDraft, storeDraft } from '../appeals/drafts.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import { loadCase } from '../appeals/load-case.ts'
import { replyBody } from '../appeals/reply-body.ts'
import { appealId, moment } from '../appeals/views.ts'
import { inTransaction, reading, staffOperation } from '../operation.ts'

const place = { appealId, task: z.coerce.number().int().positive() }

/** The draft as it stands: what was last saved, else the endorser's corrected text, else the last version (п. 7.5). */
export const getDraft = staffOperation
  .meta({ clause: '7.1' })
  .route({ method: 'GET', path: '/appeals/{appealId}/tasks/{task}/draft', summary: 'The draft of a reply', tags: ['replies'] })
  .use(reading)
  .input(z.object(place))
  .output(z.object({ body: z.string(), revision: z.number().int(), savedAt: moment.optional() }))
  .handler(async ({ context: { tx, actor }, input }) => {
    const { appeal, texts } = await getAppeal(tx, actor.holders, input.appealId)
    const task = taskOf(appeal, input.task)
    if (!task) throw new Refusal('appeal_not_found')
    const draft = await findDraft(tx, input.appealId, input.task)
    const last = task.versions.at(-1)
    const correctedSince = last && draft && Temporal.Instant.compare(last.votes.at(-1)?.at ?? last.at, draft.updated_at) > 0
    if (draft && !correctedSince) return { body: draft.body, revision: draft.revision, savedAt: draft.updated_at.toString() }
    const digest = last?.votes.findLast((vote) => vote.correction)?.correction ?? last?.digest
    return { body: digest ? (texts.get(digest) ?? '') : '', revision: draft?.revision ?? 0 }
  })

/** Saved while it is typed; only the executor whose turn it is, and never over a newer text. */
export const saveDraft = staffOperation
  .meta({ clause: '7.1' })
  .route({ method: 'PUT', path: '/appeals/{appealId}/tasks/{task}/draft', summary: 'Save the draft of a reply', tags: ['replies'] })
  .use(inTransaction)
  .input(z.object({
    ...place,
    body: replyBody,
    revision: z.number().int().min(0).max(2_147_483_647).describe('The revision this text was written over'),
  }))
  .output(z.object({ revision: z.number().int(), savedAt: moment }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    await getAppeal(tx, actor.holders, input.appealId)
    const { appeal } = await loadCase(tx, input.appealId)
    const mine = actionsFor(actor.holders, appeal).some((a) => a.action === 'submit_version' && a.task === input.task)
    if (!mine) throw new Refusal('not_your_step', { clause: '7.1' })
    const revision = await storeDraft(tx, { appeal: input.appealId, task: input.task, body: input.body, over: input.revision, by: actor.id, at: now })
    return { revision, savedAt: now.toString() }
  })
