import type { Hono, MiddlewareHandler } from 'hono'
import { collectDefaultMetrics, Histogram, register } from 'prom-client'
import type { AppEnv } from './operation.ts'

collectDefaultMetrics()
const seconds = new Histogram({
  name: 'http_request_seconds', help: 'Time to answer a request', labelNames: ['method', 'area', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
})

/** Times every request, by the area it asks for; never by a path that could name a person. */
export function observe(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const stop = seconds.startTimer({ method: c.req.method, area: areaOf(c.req.path) })
    await next()
    stop({ status: String(c.res.status) })
  }
}

const areaOf = (path: string): string => (/^\/(api\/v1|api\/rpc|desk|assets)\b/.exec(path)?.[1] ?? 'portal').replace('/', '_')

export function serveMetrics(app: Hono<AppEnv>): void {
  app.get('/metrics', async (c) => c.body(await register.metrics(), 200, { 'content-type': register.contentType }))
}
