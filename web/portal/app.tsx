import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { appealKinds, languages, type Language } from '../../regulation/vocabulary.ts'
import { Refusal } from '../../regulation/refusals.ts'
import type { Services } from '../../server/operation.ts'
import type { TrackingView } from '../../server/tracking/track-appeal.ts'
import { askAddress, enter, leave, sendCode } from './account.tsx'
import { compressPages, documentOf, keepPrivate, show } from './answer.tsx'
import {
  askOffice, giveReadings, goTo, link, sendDispute, sendMessage, share, showAccess, showAccount, showBill, showBills, showCabinet, showCard, showConsumption, showDispute, showMessages, showPayments, showReadings,
  startMessage, takeAccess, unlink,
} from './cabinet.tsx'
import { chooseChancellery, startLetter, takeLetter } from './e-chancellery.tsx'
import { blankForm, fillForm, makeForm, showForms } from './forms.tsx'
import { showGenuine } from './genuine.tsx'
import { loadAssets } from './assets.ts'
import { showLetter, showMailbox } from './mailbox.tsx'
import { ErrorPage, type ErrorStatus } from './pages/error.tsx'
import { FrontPage } from './pages/front.tsx'
import { ConsentPage, RulesPage } from './pages/texts.tsx'
import { WritePage } from './pages/write.tsx'
import { receiveWrite, writeToken } from './receive-write.tsx'
import { statusOf, toldBy, wordsOf } from './refusal.ts'
import { showOutages } from './outages.tsx'
import { showTariffs } from './tariffs.tsx'
import { askNumber, askToWithdraw, findByNumber, openFile, opened, rate, showAppeal, showSent, showState, withdraw } from './tracking.tsx'
import { viewOf, type PortalEnv, type PortalRequest, type View } from './view.ts'

/** Grouped, for the router would read a bare `ru|kk` as two patterns of which the first ends nowhere. */
const inLanguage = '/:language{(?:ru|kk)}'

type Answer = (c: PortalRequest, view: View) => Promise<Response> | Response

/** The public pages. Every one works without scripts and in both languages; the language is in the path. */
export function portal(services: Services): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const assets = loadAssets()
  const fronts = new Map<string, string>()

  const get = (paths: string | readonly string[], answer: Answer) => {
    for (const path of [paths].flat()) app.get(`${inLanguage}${path}`, (c) => answer(c, pageView(c)))
  }
  const post = (paths: string | readonly string[], answer: Answer) => {
    for (const path of [paths].flat()) app.post(`${inLanguage}${path}`, (c) => answer(c, pageView(c)))
  }
  const pageView = (c: PortalRequest): View => {
    const language = c.req.param('language') as Language
    if (getCookie(c, 'language') !== language && c.req.method === 'GET') rememberLanguage(c, language)
    return viewOf(c, assets, language)
  }

  app.get('/assets/:address', (c) => assets.serve(c.req.param('address'), /\bbr\b/.test(c.req.header('accept-encoding') ?? '')) ?? c.notFound())
  app.get('/favicon.ico', (c) => c.redirect(assets.url('icon.svg')))
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /ru/track/\nDisallow: /kk/track/\nDisallow: /ru/sent/\nDisallow: /kk/sent/\nDisallow: /dev/\n'))
  app.use(compressPages)
  app.use(async (c, next) => {
    if (c.req.method === 'POST' && !isOurs(c)) throw new Refusal('foreign_form')
    await next()
  })

  app.get('/', (c) => c.redirect(`/${languageFor(c)}/`))
  get(['', '/', '/erc', '/erc/'], async (c, view) => {
    const key = `${view.language}${view.door.base}`
    const page = fronts.get(key) ?? await documentOf(<FrontPage view={{ ...view, here: `${view.door.base}/` }} />)
    fronts.set(key, page)
    c.header('cache-control', 'no-cache')
    return c.html(page)
  })
  get('/consent', (c, view) => show(c, <ConsentPage view={view} />))
  get('/rules', (c, view) => show(c, <RulesPage view={view} />))

  get(['/write', '/erc/write'], startWriting)
  post(['/write', '/erc/write'], (c, view) => {
    keepPrivate(c)
    return receiveWrite(c, view)
  })
  get('/e-chancellery', chooseChancellery)
  get('/e-chancellery/:organization', startLetter)
  post('/e-chancellery/:organization', takeLetter)
  get('/forms', showForms)
  get('/forms/:form{[345]\\.pdf}', blankForm)
  get('/forms/:form{[345]}', fillForm)
  post('/forms/:form{[345]}', makeForm)
  get('/sent/:number/:code', showSent)

  get('/track', askNumber)
  post('/track', findByNumber)
  get('/track/:number', showState)
  get('/track/:number/:code', (c, view) => showAppeal(c, view))
  get('/track/:number/:code/files/:file', openFile)
  post('/track/:number/:code/rating', rate)
  get('/track/:number/:code/withdraw', askToWithdraw)
  post('/track/:number/:code/withdraw', withdraw)

  get('/letter/:code', showGenuine)
  get('/tariffs', showTariffs)
  get(['/outages', '/erc/outages'], showOutages)
  get('/my', showCabinet)
  get('/my/go/:wish{(?:readings|debt)}', goTo)
  post('/my/link', link)
  post('/my/ask', askOffice)
  get('/my/messages', showMessages)
  post('/my/messages', sendMessage)
  get('/my/messages/write', startMessage)
  const one = '/my/:account{[0-9]{1,15}}'
  get(one, showAccount)
  post(`${one}/unlink`, unlink)
  get(`${one}/readings`, showReadings)
  post(`${one}/readings`, giveReadings)
  get(`${one}/bills`, showBills)
  get(`${one}/bills/:period`, showBill)
  get(`${one}/bills/:period/dispute`, showDispute)
  post(`${one}/bills/:period/dispute`, sendDispute)
  get(`${one}/card`, showCard)
  get(`${one}/payments`, showPayments)
  get(`${one}/consumption`, showConsumption)
  get(`${one}/access`, showAccess)
  post(`${one}/access`, share)
  post(`${one}/access/:access{[0-9]{1,15}}/end`, takeAccess)
  get('/sign-in', askAddress)
  post('/sign-in', sendCode)
  post('/sign-in/code', enter)
  post('/sign-out', leave)

  app.get('/dev/mailbox', (c) => showMailbox(c, viewOf(c, assets, languageFor(c))))
  app.get('/dev/mailbox/:id', (c) => showLetter(c, viewOf(c, assets, languageFor(c))))

  app.all('*', (c) => failed(c, viewOf(c, assets, languageFor(c)), 404))
  app.onError((error, c) => {
    const view = viewOf(c, assets, languageFor(c))
    try {
      const told = toldBy(error)
      return failed(c, view, statusOf(told), told.code === 'not_found' ? undefined : wordsOf(told, view.language))
    } catch {
      services.log.error({ err: error, request: view.context.requestId }, 'a page failed')
      return failed(c, view, 500)
    }
  })
  return app
}

/** An empty form; one that follows an earlier appeal knows the applicant, and whoever answers will see both. */
async function startWriting(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  const { repeat, code, kind } = c.req.query()
  const earlier = repeat && code ? (await opened(view, repeat, code)) : undefined
  const input = {
    values: {
      ...(appealKinds.some((known) => known === kind) && { kind }),
      ...(earlier && repeated(earlier.full)),
    },
    kept: [],
    ...(earlier && repeat && code && { repeat: { number: earlier.number, code } }),
  }
  return show(c, <WritePage view={view} input={input} token={writeToken(view)} fresh={!earlier} />)
}

const repeated = ({ name, address, email, phone, kind, answerWay, subject }: NonNullable<TrackingView['full']>) =>
  ({ name, address, kind, answerWay, subject, ...(email && { email }), ...(phone && { phone }) })

function failed(c: PortalRequest, view: View, status: ErrorStatus, said?: string): Promise<Response> {
  keepPrivate(c)
  return show(c, <ErrorPage view={view} status={status} said={said} />, status)
}

/** A browser says where a form was sent from; one that does not is not the kind that can be misled. */
function isOurs(c: PortalRequest): boolean {
  const from = c.req.header('sec-fetch-site')
  return from === undefined || from === 'same-origin' || from === 'none'
}

function languageFor(c: PortalRequest): Language {
  const said = /^\/(ru|kk)(?=\/|$)/.exec(c.req.path)?.[1] ?? getCookie(c, 'language')
  return languages.find((language) => language === said) ?? c.get('context').language
}

function rememberLanguage(c: PortalRequest, language: Language): void {
  setCookie(c, 'language', language, { path: '/', maxAge: 31_536_000, sameSite: 'Lax', httpOnly: true })
}
