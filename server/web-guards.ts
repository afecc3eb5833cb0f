import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { AppEnv } from './operation.ts'
import type { Config } from './config.ts'

/**
 * Headers of every answer. Nothing inline runs, nothing foreign loads. What forces HTTPS follows PUBLIC_URL, for
 * an office network may be plain HTTP.
 */
export function guardWeb(config: Config): MiddlewareHandler<AppEnv> {
  const https = config.publicUrl.startsWith('https:')
  const portal = headers(https, { styles: [], connects: [] })
  // The desk's component library writes its theme into a style element; NCALayer, or KAZTOKEN in its place, listens on the signer's own machine.
  const desk = headers(https, { styles: ["'unsafe-inline'"], connects: config.ncanodeUrl ? ['wss://127.0.0.1:13579', 'https://127.0.0.1:24680'] : [] })
  return async (c, next) => {
    const own: [string, string | null][] = []
    await (c.req.path.startsWith('/desk') ? desk : portal)(c, async () => {
      await next()
      for (const name of stricter) own.push([name, c.res.headers.get(name)])
    })
    for (const [name, value] of own) if (value) c.res.headers.set(name, value)
  }
}

/** What an answer may have set for itself, stricter than for all: a file's policy, a private page's silence. */
const stricter = ['content-security-policy', 'referrer-policy']

function headers(https: boolean, more: { readonly styles: string[]; readonly connects: string[] }) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'", ...more.styles], imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"], connectSrc: ["'self'", ...more.connects], manifestSrc: ["'self'"], frameSrc: ["'self'"], objectSrc: ["'none'"], baseUri: ["'none'"],
      formAction: ["'self'"], frameAncestors: ["'self'"], ...(https && { upgradeInsecureRequests: [] }),
    },
    strictTransportSecurity: https ? 'max-age=31536000; includeSubDomains' : false,
    crossOriginOpenerPolicy: https ? 'same-origin' : false,
    originAgentCluster: false,
    referrerPolicy: 'same-origin',
    xFrameOptions: 'SAMEORIGIN',
  })
}
