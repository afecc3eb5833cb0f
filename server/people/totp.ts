import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Time-based one-time passwords, RFC 6238: SHA-1, six digits, steps of thirty seconds, as every authenticator expects. */

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function newTotpSecret(): string {
  return Array.from(randomBytes(32), (byte) => base32[byte & 31]).join('')
}

export const totpUri = (secret: string, account: string): string =>
  `otpauth://totp/Jauap:${encodeURIComponent(account)}?secret=${secret}&issuer=Jauap`

/** The step whose code this is, the present one or a neighbour for clocks that differ; undefined: wrong. */
export function matchingStep(secret: string, code: string, at: Temporal.Instant, after = -1): number | undefined {
  const present = Math.floor(at.epochMilliseconds / 30_000)
  return [present, present - 1, present + 1].find((step) => step > after && equal(totp(secret, step), code.replace(/\s/g, '')))
}

export function totp(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', decode(secret)).update(counter).digest()
  const offset = digest[19]! & 15
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/** `timingSafeEqual` throws at bytes of different length, and six letters of another alphabet have more of them. */
const equal = (right: string, given: string): boolean => /^\d{6}$/.test(given) && timingSafeEqual(Buffer.from(right), Buffer.from(given))

function decode(text: string): Buffer {
  let bits = 0
  let held = 0
  const bytes: number[] = []
  for (const letter of text) {
    held = (held << 5) | base32.indexOf(letter)
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((held >> bits) & 255)
    }
  }
  return Buffer.from(bytes)
}
