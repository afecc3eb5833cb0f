import { call } from '@orpc/server'
import { checkFeedback } from '../../regulation/intake-form.ts'
import { Refusal, refusalWords, type Fault } from '../../regulation/refusals.ts'
import { receiveFeedback } from '../../server/intake/receive-feedback.ts'
import { recordFiles } from '../../server/intake/receive-upload.ts'
import { readForm, type Form } from '../../server/platform/multipart.ts'
import { pageToken, readPageToken } from '../../server/platform/sign.ts'
import { show } from './answer.tsx'
import { inWords, type FieldFault } from './parts/error-summary.tsx'
import { WritePage } from './pages/write.tsx'
import { statusOf, toldBy, wordsOf } from './refusal.ts'
import { oncePerForm } from './sent-files.ts'
import type { PortalRequest, View } from './view.ts'
import { asBody, asFeedback, readWriteInput, type WriteInput } from './write-input.ts'

const tokenHolds = Temporal.Duration.from({ hours: 24 })
const purpose = 'write'

export const writeToken = ({ context: { config, now } }: View): string => pageToken(config.secret, { purpose, now })

/**
 * The form comes in. Every answer but the last shows the form again with all that was typed and every file that was
 * accepted; the last leads to the number. A second press of the same form is answered with the same number.
 */
export async function receiveWrite(c: PortalRequest, view: View): Promise<Response> {
  const { context, door, language, words } = view
  const { config } = context
  const form = await readForm(c.req.raw, context.files, { maxFiles: config.uploadMaxFiles, maxFileBytes: config.uploadMaxBytes })
  const token = readPageToken(config.secret, form.fields.get('token') ?? '', { purpose, now: context.now, maxAge: tokenHolds })
  const files = form.files.filter((file) => file.ok).map(({ file }) => file)
  if (!token.ok && token.why === 'foreign') {
    await Promise.all(files.map(({ id }) => context.files.remove(id)))
    throw new Refusal('foreign_form')
  }
  await recordFiles(context, files, { by: null, now: context.now })
  const input = readWriteInput(form.fields, oncePerForm(token.nonce, files))

  const again = (status: 409 | 422 | 429 | 403, say: { faults?: readonly FieldFault[]; notice?: string }) =>
    show(c, <WritePage view={view} input={input} token={status === 409 ? writeToken(view) : form.fields.get('token')!} {...say} />, status)
  if (!token.ok) return again(409, { notice: words.write.stale })
  if (form.fields.get('website')) return again(422, { notice: words.write.trap })
  const faults = faultsOf(form, input, config.uploadMaxFiles)
  if (faults.length > 0) return again(422, { faults: inWords(faults, language) })

  try {
    const body = asBody(input, view, door.site.channel)
    const { number, code } = await call(receiveFeedback, { headers: { 'idempotency-key': `page:${token.nonce}` }, body }, { context })
    return c.redirect(`/${language}/sent/${encodeURIComponent(number)}/${code}`, 303)
  } catch (error) {
    const told = toldBy(error)
    const gone = told.faults.some(({ code }) => code === 'file_unknown') || told.code === 'file_unknown'
    if (gone) return again(422, { faults: [{ field: 'files', message: refusalWords('file_unknown', language) }] })
    const status = statusOf(told)
    return again(status === 409 || status === 429 || status === 403 ? status : 422,
      told.faults.length > 0 ? { faults: inWords(told.faults, language) } : { notice: wordsOf(told, language) })
  }
}

/** Everything wrong at once, in the order of the page: what was typed, and the files that were refused. */
function faultsOf(form: Form, input: WriteInput, maxFiles: number): Fault[] {
  const checked = checkFeedback(asFeedback(input))
  const refused = form.files.filter((file) => !file.ok)
    .map(({ refusal }): Fault => ({ field: 'files', code: refusal.code, details: refusal.details }))
  const tooMany = input.kept.length > maxFiles && refused.every(({ code }) => code !== 'too_many_files')
  const faults = [
    ...(checked.ok ? [] : checked.faults), ...refused.slice(0, 1),
    ...(tooMany && refused.length === 0 ? [{ field: 'files', code: 'too_many_files', details: { max: maxFiles } } as const] : []),
  ]
  return faults.toSorted((a, b) => pageOrder.indexOf(a.field) - pageOrder.indexOf(b.field))
}

const pageOrder = ['kind', 'subject', 'text', 'files', 'group', 'name', 'identifier', 'address', 'answerWay', 'email', 'phone', 'consent']
