import { describe, expect, it } from 'vitest'
import { mac, pageToken, readCode, readPageToken, sameMac, verifyMac } from '../../server/platform/sign.ts'

const secret = 'a secret of this test only, thirty-two characters and more'
const now = Temporal.Instant.from('2026-11-23T05:00:00Z')
const maxAge = Temporal.Duration.from({ hours: 24 })
const page = { purpose: 'write', now, maxAge }

describe('codes', () => {
  it('are the same for the same text and have only letters that cannot be mistaken', () => {
    const code = mac(secret, 'tracking', '42', 10)
    expect(code).toBe(mac(secret, 'tracking', '42', 10))
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/)
  })

  it('differ by text, by purpose and by secret', () => {
    const codes = [mac(secret, 'tracking', '42', 10), mac(secret, 'tracking', '43', 10), mac(secret, 'other', '42', 10), mac(`${secret}!`, 'tracking', '42', 10)]
    expect(new Set(codes).size).toBe(4)
  })

  it('are recognised however a person types them', () => {
    const code = mac(secret, 'tracking', '42', 10)
    const typed = ` ${code.slice(0, 5).toLowerCase()}-${code.slice(5)} `.replace(/0/g, 'o').replace(/1/g, 'l')
    expect(verifyMac(secret, 'tracking', '42', typed, 10)).toBe(true)
    expect(verifyMac(secret, 'tracking', '43', typed, 10)).toBe(false)
    expect(readCode('ab-IL o')).toBe('AB110')
  })

  it('are not the same as a longer or shorter one', () => {
    expect(sameMac('ABC', 'AB')).toBe(false)
    expect(sameMac('ABC', 'ABD')).toBe(false)
    expect(sameMac('ABC', 'ABC')).toBe(true)
  })
})

describe('page tokens', () => {
  it('tell when the page was made, and no two are alike', () => {
    const token = pageToken(secret, page)
    const read = readPageToken(secret, token, page)
    expect(read).toMatchObject({ ok: true })
    expect(read.ok && read.issuedAt.equals(now)).toBe(true)
    expect(pageToken(secret, page)).not.toBe(token)
  })

  it('grow stale after a day but keep their nonce', () => {
    const token = pageToken(secret, page)
    const later = { ...page, now: now.add({ hours: 24, seconds: 1 }) }
    expect(readPageToken(secret, token, { ...page, now: now.add({ hours: 24 }) }).ok).toBe(true)
    expect(readPageToken(secret, token, later)).toEqual({ ok: false, why: 'stale', nonce: token.split('.')[1] })
  })

  it('of another purpose, another secret or a changed word are foreign', () => {
    const token = pageToken(secret, page)
    const foreign = { ok: false, why: 'foreign' }
    expect(readPageToken(secret, token, { ...page, purpose: 'withdraw' })).toEqual(foreign)
    expect(readPageToken(`${secret}!`, token, page)).toEqual(foreign)
    expect(readPageToken(secret, `1${token}`, page)).toEqual(foreign)
    for (const nonsense of ['', '.', '..', 'a.b.c', 'щ'.repeat(100)]) expect(readPageToken(secret, nonsense, page)).toEqual(foreign)
  })
})
