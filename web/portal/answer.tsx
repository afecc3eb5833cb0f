import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import type { JSXNode } from 'hono/jsx'
import type { PortalEnv, PortalRequest } from './view.ts'

type Node = JSXNode | Promise<unknown> | unknown

/** A page as a document. */
export async function show(c: PortalRequest, page: Node, status: 200 | 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 500 = 200): Promise<Response> {
  return c.html(await documentOf(page), status)
}

export const documentOf = async (page: Node): Promise<string> => `<!doctype html>${String(await page)}`

/** For pages that hold what is a person's own: no copies, no traces in logs of others, no search engines. */
export function keepPrivate(c: PortalRequest): void {
  c.header('cache-control', 'no-store')
  c.header('referrer-policy', 'no-referrer')
  c.header('x-robots-tag', 'noindex, nofollow')
}

/** Pages leave compressed where the browser takes it: on a village connection that is seconds. */
export const compressPages: MiddlewareHandler<PortalEnv> = async (c, next) => {
  await next()
  const { res } = c
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '') || res.headers.has('content-encoding')) return
  if (!res.headers.get('content-type')?.startsWith('text/html')) return
  const packed = await pack(await res.arrayBuffer(), { level: constants.Z_BEST_SPEED + 2 })
  const headers = new Headers(res.headers)
  headers.set('content-encoding', 'gzip')
  headers.append('vary', 'accept-encoding')
  headers.delete('content-length')
  c.res = undefined
  c.res = new Response(new Uint8Array(packed), { status: res.status, headers })
}

const pack = promisify<ArrayBuffer, { level: number }, Buffer>(gzip)
