import { call } from '@orpc/server'
import { Refusal } from '../../regulation/refusals.ts'
import { serveFile } from '../../server/platform/files.ts'
import { readForm } from '../../server/platform/multipart.ts'
import { readCode } from '../../server/platform/sign.ts'
import { rateAnswer, withdrawAppeal } from '../../server/tracking/applicant-steps.ts'
import { trackAppeal, type TrackingView } from '../../server/tracking/track-appeal.ts'
import { keepPrivate, show } from './answer.tsx'
import { AppealPage } from './pages/appeal.tsx'
import { SentPage } from './pages/sent.tsx'
import { FindPage, StatePage } from './pages/track.tsx'
import { WithdrawPage } from './pages/withdraw.tsx'
import { statusOf, toldBy, wordsOf } from './refusal.ts'
import { at, type PortalRequest, type View } from './view.ts'

/** Everything an applicant does with the number and the code. Nothing of it is kept by caches or told to referrers. */

export const askNumber = (c: PortalRequest, view: View) => show(c, <FindPage view={view} />)

/** The form goes to the address of the appeal, so that it can be kept as a bookmark. */
export async function findByNumber(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  const { fields } = await readForm(c.req.raw, view.context.files, noFiles)
  const number = (fields.get('number') ?? '').trim()
  // As it was given out, whatever it looks like as read from paper.
  const code = readCode(fields.get('code') ?? '')
  if (number === '') return show(c, <FindPage view={view} code={code} fault={wordsOf({ code: 'field_missing', details: {}, faults: [] }, view.language)} />, 422)
  try {
    const found = await call(trackAppeal, { number, ...(code && { code }) }, { context: view.context })
    return c.redirect(at(view, `/track/${encodeURIComponent(found.number)}${code && `/${code}`}`), 303)
  } catch (error) {
    const told = toldBy(error)
    return show(c, <FindPage view={view} number={number} code={code} fault={wordsOf(told, view.language)} />, statusOf(told) as 404)
  }
}

export async function showState(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  const number = c.req.param('number') ?? ''
  try {
    return await show(c, <StatePage view={view} tracking={await call(trackAppeal, { number }, { context: view.context })} />)
  } catch (error) {
    const told = toldBy(error)
    return show(c, <FindPage view={view} number={number} fault={wordsOf(told, view.language)} />, statusOf(told) as 404)
  }
}

export async function showAppeal(c: PortalRequest, view: View, notice?: string): Promise<Response> {
  keepPrivate(c)
  const { number, code } = access(c)
  try {
    const tracking = await opened(view, number, code)
    return await show(c, <AppealPage view={view} tracking={tracking} code={code} terms={tracking.full.terms} notice={notice} />, notice ? 409 : 200)
  } catch (error) {
    const told = toldBy(error)
    return show(c, <FindPage view={view} number={number} fault={wordsOf(told, view.language)} />, statusOf(told) as 404)
  }
}

export async function showSent(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  const { number, code } = access(c)
  const tracking = await opened(view, number, code)
  return show(c, <SentPage view={view} number={tracking.number} code={code} full={tracking.full} />)
}

/** Only what the tracking page lists: a file's id alone opens nothing. */
export async function openFile(c: PortalRequest, view: View): Promise<Response> {
  const { number, code } = access(c)
  const { full } = await opened(view, number, code)
  const file = [...full.files, ...(full.answer?.files ?? [])].find(({ id }) => id === c.req.param('file'))
  if (!file) throw new Refusal('not_found')
  return serveFile(view.context.files, file)
}

export async function rate(c: PortalRequest, view: View): Promise<Response> {
  const { number, code } = access(c)
  const { fields } = await readForm(c.req.raw, view.context.files, noFiles)
  try {
    await call(rateAnswer, { number, code, score: fields.get('score') as never, comment: fields.get('comment') ?? undefined }, { context: view.context })
  } catch (error) {
    const told = toldBy(error)
    if (told.code !== 'already_rated') return showAppeal(c, view, wordsOf(told, view.language))
  }
  return c.redirect(`${own(view, number, code)}#rated`, 303)
}

/** Asks once. */
export async function askToWithdraw(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  const { number, code } = access(c)
  const { full } = await opened(view, number, code)
  if (!full.can.withdraw) return c.redirect(own(view, number, code), 303)
  return show(c, <WithdrawPage view={view} number={number} code={code} />)
}

export async function withdraw(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  const { number, code } = access(c)
  const { fields } = await readForm(c.req.raw, view.context.files, noFiles)
  const reason = fields.get('reason') ?? ''
  try {
    await call(withdrawAppeal, { number, code, reason }, { context: view.context })
  } catch (error) {
    const told = toldBy(error)
    const [fault] = told.faults
    if (fault) return show(c, <WithdrawPage view={view} number={number} code={code} reason={reason} fault={wordsOf({ ...fault, details: fault.details ?? {}, faults: [] }, view.language)} />, 422)
    if (told.code !== 'out_of_turn') throw error
  }
  return c.redirect(own(view, number, code), 303)
}

/** An appeal opened by its code, as the tracking page and a repeated form need it. */
export async function opened(view: View, number: string, code: string): Promise<TrackingView & { full: NonNullable<TrackingView['full']> }> {
  const { full, ...rest } = await call(trackAppeal, { number, code }, { context: view.context })
  if (!full) throw new Refusal('wrong_tracking_code')
  return { ...rest, full }
}

const noFiles = { maxFiles: 0, maxFileBytes: 0, maxFieldBytes: 64 * 1024 }

const access = (c: PortalRequest) => ({ number: c.req.param('number') ?? '', code: c.req.param('code') ?? '' })

const own = (view: View, number: string, code: string) => at(view, `/track/${encodeURIComponent(number)}/${encodeURIComponent(code)}`)
