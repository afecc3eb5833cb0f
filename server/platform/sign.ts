import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** What only the holder of the installation's secret can make. Each purpose has a key of its own. */

/**
 * A code of `length` letters (at most 51) for a text: digits and capital letters without I, L, O and U, so that it
 * can be read aloud and typed from paper. Ten letters are 50 bits.
 */
export function mac(secret: string, purpose: string, text: string, length: number): string {
  const digest = createHmac('sha256', keyFor(secret, purpose)).update(text).digest()
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from({ length }, (_, i) => letters[Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2)]).join('')
}

/** Compares two codes in a time that tells nothing. */
export function sameMac(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Whether `given` is the code of this text; forgiving of case, spaces, dashes and letters that look alike. */
export const verifyMac = (secret: string, purpose: string, text: string, given: string, length: number): boolean =>
  sameMac(mac(secret, purpose, text, length), readCode(given))

/** A code as typed by a person: O is 0, I and L are 1, everything but letters and digits is dropped. */
export const readCode = (typed: string): string =>
  typed.toUpperCase().replace(/[^0-9A-Z]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')

/** A mark that a page was made here: when, and a nonce that no other page has. */
export function pageToken(secret: string, page: { readonly purpose: string; readonly now: Temporal.Instant }): string {
  const said = `${page.now.epochMilliseconds.toString(36)}.${randomBytes(12).toString('base64url')}`
  return `${said}.${mac(secret, `page:${page.purpose}`, said, pageMacLength)}`
}

export type PageToken =
  | { readonly ok: true; readonly nonce: string; readonly issuedAt: Temporal.Instant }
  /** Ours, but older than allowed: show the page again with what was typed. */
  | { readonly ok: false; readonly why: 'stale'; readonly nonce: string }
  /** Not made here, or for another purpose. */
  | { readonly ok: false; readonly why: 'foreign' }

export function readPageToken(
  secret: string,
  token: string,
  page: { readonly purpose: string; readonly now: Temporal.Instant; readonly maxAge: Temporal.Duration },
): PageToken {
  const [at = '', nonce = '', code = ''] = token.split('.')
  if (!sameMac(mac(secret, `page:${page.purpose}`, `${at}.${nonce}`, pageMacLength), code)) return { ok: false, why: 'foreign' }
  const issuedAt = Temporal.Instant.fromEpochMilliseconds(Number.parseInt(at, 36))
  const age = page.now.since(issuedAt).total('seconds')
  return age > page.maxAge.total('seconds') ? { ok: false, why: 'stale', nonce } : { ok: true, nonce, issuedAt }
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const pageMacLength = 26
const keyFor = (secret: string, purpose: string): Buffer => createHmac('sha256', secret).update(`jauap:${purpose}`).digest()
