import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkBin, checkEmail, checkIin, checkPhone } from '../../regulation/identifiers.ts'
import { formatFault, formatNumber, normalizeNumber } from '../../regulation/numbering.ts'

const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`))

test('what a check gives it takes again unchanged, whatever was typed', () => {
  const typed = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.stringMatching(/^\+?[78]? ?\(?7[0-9]{2}\)?[ -]?[0-9]{3}-?[0-9]{4}$/), fc.emailAddress())
  fc.assert(fc.property(typed, (text) => {
    for (const check of [checkIin, checkBin, checkPhone, checkEmail]) {
      const checked = check(text)
      if (checked.ok) expect(check(checked.value)).toEqual(checked)
    }
    const phone = checkPhone(text)
    if (phone.ok) expect(phone.value).toMatch(/^\+77[0-9]{9}$/)
  }))
})

test('at most one check digit is right for a stem; any other is a slip of the pen', () => {
  fc.assert(fc.property(digits(4), (series) => {
    const checked = [...'0123456789'].map((check) => checkIin(`9001013${series}${check}`))
    const right = checked.filter(({ ok }) => ok).length
    expect(right).toBeLessThanOrEqual(1)
    const faults = checked.flatMap((one) => one.ok ? [] : [one.fault])
    expect(new Set(faults)).toEqual(new Set([right === 1 ? 'checksum' : 'unusable']))
  }))
})

test('every ordinary e-mail address is taken', () => {
  fc.assert(fc.property(fc.emailAddress(), (address) => { expect(checkEmail(address).ok, address).toBe(true) }))
})

test('one identifier is never both a person’s and a company’s', () => {
  fc.assert(fc.property(digits(12), (text) => {
    expect(checkIin(text).ok && checkBin(text).ok).toBe(false)
  }))
})

test('a foreigner born on 29 February of a leap year of either century is taken as a date', () => {
  const faults = (stem: string) => [...'0123456789'].map((check) => checkIin(`${stem}${check}`)).map((checked) => checked.ok ? undefined : checked.fault)
  expect(faults('00022900123')).not.toContain('date')
  expect(faults('01022900123')).toEqual(Array(10).fill('date'))
})

test('a number is found by any beginning a person has typed so far, up to a zero', () => {
  const format = fc.constantFrom('ВХ-{unit}-{n:5}', '{yyyy}-{n:6}', '{unit}/{yy}-{n}')
  const parts = fc.record({ n: fc.integer({ min: 1, max: 9_999_999 }), year: fc.integer({ min: 2020, max: 2099 }), unit: fc.constantFrom('СЭС', 'SK', 'ПТС') })
  fc.assert(fc.property(format, parts, fc.nat(20), (pattern, values, length) => {
    expect(formatFault(pattern)).toBeUndefined()
    const number = formatNumber(pattern, values)
    const key = normalizeNumber(number)
    expect(normalizeNumber(key)).toBe(key)
    expect(normalizeNumber(` № ${number.toLowerCase().replaceAll('-', ' ')}`)).toBe(key)
    const typed = number.slice(0, length)
    expect(key.startsWith(normalizeNumber(typed).replace(/-$/, ''))).toBe(true)
  }))
})

test('two numbers of one journal and year never share a key', () => {
  const n = fc.integer({ min: 1, max: 9_999_999 })
  fc.assert(fc.property(n, n, (one, other) => {
    for (const format of ['ВХ-{unit}-{n:5}', '{yyyy}-{n:6}']) {
      const key = (number: number) => normalizeNumber(formatNumber(format, { n: number, year: 2026, unit: 'СЭС' }))
      expect(key(one) === key(other)).toBe(one === other)
    }
  }))
})
