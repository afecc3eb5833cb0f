import { call } from '@orpc/server'
import { refusalWords } from '../../regulation/refusals.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { letterFaults, receiveLetter } from '../../server/intake/receive-letter.ts'
import { recordFiles } from '../../server/intake/receive-upload.ts'
import type { Organization } from '../../server/people/group.ts'
import { dateOf } from '../../server/platform/clock.ts'
import { readForm } from '../../server/platform/multipart.ts'
import { pageToken, readPageToken } from '../../server/platform/sign.ts'
import { keepPrivate, show } from './answer.tsx'
import { inWords, type FieldFault } from './parts/error-summary.tsx'
import { LetterDoorsPage, LetterPage } from './pages/letter.tsx'
import { statusOf, toldBy, wordsOf } from './refusal.ts'
import { oncePerForm } from './sent-files.ts'
import type { PortalRequest, View } from './view.ts'
import { readWriteInput } from './write-input.ts'

const purpose = 'e-chancellery'
const tokenHolds = Temporal.Duration.from({ hours: 24 })
const names = [
  'group', 'lastName', 'firstName', 'middleName', 'companyName', 'outgoingNumber', 'outgoingOn', 'address', 'phone', 'email', 'kind', 'subject', 'text', 'answerWay', 'consent',
] as const

const withOne = ({ group }: View): Organization[] => [...group.organizations.values()].filter(({ eChancellery }) => eChancellery)

export const chooseChancellery = (c: PortalRequest, view: View) => show(c, <LetterDoorsPage view={view} organizations={withOne(view)} />)

export function startLetter(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  return show(c, <LetterPage view={view} organization={asked(c, view)} values={{}} kept={[]} token={tokenFor(view)} />)
}

/** The letter comes in (п. 11.3.4). Every answer but the last shows the form again with all that was typed and accepted. */
export async function takeLetter(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  const { context, language, words } = view
  const { config, now } = context
  const organization = asked(c, view)
  const form = await readForm(c.req.raw, context.files, { maxFiles: config.uploadMaxFiles, maxFileBytes: config.uploadMaxBytes })
  const token = readPageToken(config.secret, form.fields.get('token') ?? '', { purpose, now, maxAge: tokenHolds })
  const files = form.files.filter((file) => file.ok).map(({ file }) => file)
  if (!token.ok && token.why === 'foreign') {
    await Promise.all(files.map(({ id }) => context.files.remove(id)))
    throw new Refusal('foreign_form')
  }
  await recordFiles(context, files, { by: null, now })
  const { kept } = readWriteInput(form.fields, oncePerForm(token.nonce, files))
  const values = Object.fromEntries(names.map((name) => [name, form.fields.get(name) ?? undefined]))
  const again = (status: 409 | 422 | 429 | 403, say: { faults?: readonly FieldFault[]; notice?: string }) =>
    show(c, <LetterPage view={view} organization={organization} values={values} kept={kept} token={status === 409 ? tokenFor(view) : form.fields.get('token')!} {...say} />, status)
  if (!token.ok) return again(409, { notice: words.write.stale })
  if (form.fields.get('website')) return again(422, { notice: words.write.trap })

  const { consent, ...typed } = values
  const body = { ...typed, organization: organization.id, language, consent: consent === 'yes', files: kept.map(({ id }) => id) }
  const refused = form.files.flatMap((file) => (file.ok ? [] : [{ field: 'files', code: file.refusal.code, details: file.refusal.details }]))
  const faults = [...refused.slice(0, 1), ...letterFaults(body, dateOf(now)).filter(({ field }) => field !== 'files' || refused.length === 0)]
  if (faults.length > 0) return again(422, { faults: inWords(faults, language) })
  try {
    const { number, code } = await call(receiveLetter, { headers: { 'idempotency-key': `page:${token.nonce}` }, body }, { context })
    return c.redirect(`/${language}/sent/${encodeURIComponent(number)}/${code}`, 303)
  } catch (error) {
    const said = toldBy(error)
    if (said.faults.some(({ code }) => code === 'file_unknown') || said.code === 'file_unknown') {
      return again(422, { faults: [{ field: 'files', message: refusalWords('file_unknown', language) }] })
    }
    const status = statusOf(said)
    return again(status === 409 || status === 429 || status === 403 ? status : 422, said.faults.length > 0 ? { faults: inWords(said.faults, language) } : { notice: wordsOf(said, language) })
  }
}

function asked(c: PortalRequest, view: View): Organization {
  const organization = withOne(view).find(({ id }) => id === c.req.param('organization'))
  if (!organization) throw new Refusal('not_found')
  return organization
}

const tokenFor = ({ context: { config, now } }: View): string => pageToken(config.secret, { purpose, now })
