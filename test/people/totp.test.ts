import { describe, expect, it } from 'vitest'
import { matchingStep, newTotpSecret, totp } from '../../server/people/totp.ts'

/** Base32 of the ASCII secret 12345678901234567890, RFC 6238 appendix B. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('codes of an authenticator', () => {
  // The standard prints eight digits; six are their end.
  it.each([
    [59, '94287082'], [1111111109, '07081804'], [1111111111, '14050471'], [1234567890, '89005924'], [2000000000, '69279037'], [20000000000, '65353130'],
  ])('are those of RFC 6238 at second %d', (second, digits) => {
    expect(totp(secret, Math.floor(second / 30))).toBe(digits.slice(2))
  })

  it('fit one step before and after, none further, and none twice', () => {
    const at = Temporal.Instant.from('2026-11-23T06:00:00Z')
    const present = at.epochMilliseconds / 30_000
    const fits = [-2, -1, 0, 1, 2].map((away) => matchingStep(secret, totp(secret, present + away), at))
    expect(fits).toEqual([undefined, present - 1, present, present + 1, undefined])
    expect(matchingStep(secret, totp(secret, present), at, present)).toBeUndefined()
  })

  it.each(['', '12345', '1234567', 'ыыыыыы', '１２３４５６'])('are not %j', (code) => {
    expect(matchingStep(secret, code, Temporal.Instant.from('2026-11-23T06:00:00Z'))).toBeUndefined()
  })

  it('come from secrets of 160 bits that every authenticator reads', () => {
    expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/)
    expect(newTotpSecret()).not.toBe(newTotpSecret())
  })
})
