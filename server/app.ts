import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { ORPCError, onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fetch'
import { SimpleCsrfProtectionHandlerPlugin } from '@orpc/server/plugins'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { languages, type Language } from '../regulation/vocabulary.ts'
import { Refusal } from '../regulation/refusals.ts'
import { portal } from '../web/portal/app.tsx'
import { serveAccountPapers } from './accounts/papers.ts'
import { serveBillPapers } from './bills/papers.ts'
import { serveDesk } from './desk.ts'
import { serveExchangeFiles } from './exchange/papers.ts'
import { serveFiles } from './files.ts'
import { serveHealth } from './health.ts'
import { receiveUpload } from './intake/receive-upload.ts'
import { serveJournal } from './journal/export-journal.ts'
import { takeJsonOnly } from './json-body.ts'
import { serveLive, type LiveHub } from './live.ts'
import { observe, serveMetrics } from './metrics.ts'
import { openApiDocument } from './openapi.ts'
import type { AppEnv, RequestContext, Services } from './operation.ts'
import { servePostPapers } from './dispatch/papers.ts'
import { serveLetterPreview } from './letters/papers.ts'
import { serveOriginalPapers } from './originals/papers.ts'
import { serveAppealPapers } from './papers/print-appeal.ts'
import { serveBiller } from './payments/biller.ts'
import { servePaymentFiles } from './payments/papers.ts'
import { readActor } from './people/sessions.ts'
import { now } from './platform/clock.ts'
import { problem, problemHeaders, problemResponse } from './problem.ts'
import { serveBookPapers } from './review-books/papers.ts'
import { router } from './routes.ts'
import { guardWeb } from './web-guards.ts'

/** The most a JSON body may weigh; files go by their own, streaming door. */
const jsonLimit = 256 * 1024

/** The whole web side of the process: API, RPC for the desk, live updates, desk, portal. */
export function makeApp(services: Services, hub: LiveHub): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  const report = (error: unknown) => {
    if (!(error instanceof ORPCError)) services.log.error({ err: error }, 'an operation failed')
  }
  const api = new OpenAPIHandler(router, { interceptors: [onError(report)] })
  const rpc = new RPCHandler(router, { plugins: [new SimpleCsrfProtectionHandlerPlugin()], interceptors: [onError(report)] })

  serveHealth(app, services)
  serveMetrics(app)
  app.use(observe())
  app.use(guardWeb(services.config))
  serveLive(app, hub, (headers) => readActor(services, headers))
  app.use(async (c, next) => {
    c.set('context', await contextOf(services, c.req.raw, c.env))
    await next()
    for (const cookie of c.get('context').cookies) c.header('set-cookie', cookie, { append: true })
  })

  const openApi = openApiDocument(services.config)
  app.get('/api/v1/openapi.json', async (c) => c.body(await openApi(), 200, { 'content-type': 'application/json; charset=utf-8' }))
  app.post('/api/v1/uploads', (c) => receiveUpload(c.get('context'), c.req.raw))
  serveFiles(app)
  serveAppealPapers(app)
  serveJournal(app)
  serveBookPapers(app)
  serveOriginalPapers(app)
  serveLetterPreview(app)
  servePostPapers(app)
  serveBillPapers(app)
  servePaymentFiles(app)
  serveBiller(app)
  serveAccountPapers(app)
  serveExchangeFiles(app)
  app.use('/api/v1/*', limitBody(), takeJsonOnly, async (c) => {
    const context = c.get('context')
    const { response } = await api.handle(c.req.raw, { prefix: '/api/v1', context })
    return !response ? problemResponse(new Response('{}', { status: 404 }), context.language, context.requestId)
      : response.status >= 400 ? problemResponse(response, context.language, context.requestId) : response
  })
  app.use('/api/rpc/*', limitBody(), takeJsonOnly, async (c) => {
    const { response } = await rpc.handle(c.req.raw, { prefix: '/api/rpc', context: c.get('context') })
    return response ?? c.notFound()
  })
  serveDesk(app)
  app.route('/', portal(services))

  app.onError((error, c) => {
    const context = c.get('context') as RequestContext | undefined
    const language = languageOf(c.req.raw.headers)
    const requestId = context?.requestId ?? crypto.randomUUID()
    if (error instanceof Refusal) {
      const body = problem({ code: error.code, details: error.details, faults: error.faults }, language, requestId)
      return c.body(JSON.stringify(body), body.status, problemHeaders)
    }
    services.log.error({ err: error, request: requestId }, 'a request failed')
    return problemResponse(new Response('{}', { status: 500 }), language, requestId)
  })
  return app
}

function limitBody() {
  return bodyLimit({
    maxSize: jsonLimit,
    // The rest of the body is not waited for, so nothing more can be asked on this connection.
    onError: async (c) => {
      const refused = await problemResponse(new Response('{}', { status: 413 }), c.get('context').language, c.get('context').requestId)
      refused.headers.set('connection', 'close')
      return refused
    },
  })
}

async function contextOf(services: Services, request: Request, env: unknown): Promise<RequestContext> {
  const { headers } = request
  const socket = (env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket
  const forwarded = services.config.trustProxy ? headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return {
    ...services,
    actor: headers.has('cookie') ? await readActor(services, headers) : { kind: 'nobody' },
    now: now(),
    language: languageOf(headers),
    address: forwarded ?? socket?.remoteAddress ?? '',
    requestId: crypto.randomUUID(),
    headers,
    cookies: [],
  }
}

/** The language a client asks for; Russian where it asks for neither. */
export function languageOf(headers: Headers): Language {
  const asked = headers.get('accept-language')?.toLowerCase().split(',').map((tag) => tag.trim().slice(0, 2)) ?? []
  return asked.map((tag) => languages.find((language) => language === tag)).find((language) => language !== undefined) ?? 'ru'
}
