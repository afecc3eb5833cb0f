import { call } from '@orpc/server'
import { signInWithCode, requestCode } from '../../server/people/sign-in-by-code.ts'
import { signOut } from '../../server/people/sign-in.ts'
import { readForm } from '../../server/platform/multipart.ts'
import { keepPrivate, show } from './answer.tsx'
import { CodePage, SignInPage } from './pages/sign-in.tsx'
import { inWords } from './parts/error-summary.tsx'
import { statusOf, toldBy, wordsOf } from './refusal.ts'
import { at, type PortalRequest, type View } from './view.ts'

/** An address proved by a one-time code opens what was written with it; nobody needs a password. Who was asked for it on the way somewhere is taken there. */

/** A room of the cabinet, as it may come back from a browser: never another site. */
const wished = (to: string | null | undefined): string => (to && /^\/my(?:\/[\w-]+)*(?:\?[\w=&%.-]*)?$/.test(to) ? to : '/my')
/** The way to sign in and back to the page that was asked for. */
export const signInFor = (c: PortalRequest, view: View): string =>
  at(view, c.req.method === 'GET' && view.here !== '/my' ? `/sign-in?to=${encodeURIComponent(view.here)}` : '/sign-in')

export async function askAddress(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  return view.context.actor.kind === 'nobody' ? show(c, <SignInPage view={view} to={wished(c.req.query('to'))} />) : c.redirect(at(view, wished(c.req.query('to'))), 303)
}

export async function sendCode(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  const { fields } = await readForm(c.req.raw, view.context.files, noFiles)
  const email = (fields.get('email') ?? '').trim()
  const to = wished(fields.get('to'))
  try {
    await call(requestCode, { email }, { context: view.context })
    return await show(c, <CodePage view={view} email={email} to={to} />)
  } catch (error) {
    return show(c, <SignInPage view={view} email={email} to={to} {...said(error, view)} />, statusOf(toldBy(error)) as 422)
  }
}

export async function enter(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  const { fields } = await readForm(c.req.raw, view.context.files, noFiles)
  const email = fields.get('email') ?? ''
  const to = wished(fields.get('to'))
  try {
    await call(signInWithCode, { email, code: fields.get('code') ?? '' }, { context: view.context })
    return c.redirect(at(view, to), 303)
  } catch (error) {
    return show(c, <CodePage view={view} email={email} to={to} {...said(error, view)} />, statusOf(toldBy(error)) as 422)
  }
}

export async function leave(c: PortalRequest, view: View): Promise<Response> {
  await call(signOut, undefined, { context: view.context })
  return c.redirect(at(view, '/'), 303)
}

const noFiles = { maxFiles: 0, maxFileBytes: 0, maxFieldBytes: 16 * 1024 }

function said(error: unknown, { language }: View) {
  const told = toldBy(error)
  return told.faults.length > 0 ? { faults: inWords(told.faults, language) } : { notice: wordsOf(told, language) }
}
