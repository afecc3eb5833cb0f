import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../regulation/refusals.ts'
import type { AppEnv } from './operation.ts'

/**
 * What is sent to the API is a JSON object in UTF-8 or nothing. Anything else is refused here: a wrong byte would be
 * kept as `�` in somebody's words, an array would be taken for an object without members, and what a plain form of a
 * foreign page can send is not even read.
 * @throws Refusal malformed_request
 */
export const takeJsonOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { raw } = c.req
  if (raw.method === 'GET' || raw.method === 'HEAD') return next()
  const bytes = await raw.arrayBuffer()
  if (bytes.byteLength > 0 && !/^application\/json\s*(;|$)/i.test(raw.headers.get('content-type') ?? '')) throw new Refusal('malformed_request')
  const text = readUtf8(bytes)
  if (text !== '' && !isObject(text)) throw new Refusal('malformed_request')
  c.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, signal: raw.signal, ...(text !== '' && { body: text }) })
  return next()
}

function readUtf8(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('malformed_request')
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
