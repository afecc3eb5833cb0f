import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kurbanAitDays } from '../../regulation/holidays.ts'
import { localDay } from '../../regulation/local-day.ts'
import {
  addWorkingDays, coversYear, dayOff, isWorkingDay, makeWorkingCalendar, nationalOverrides, nextWorkingDay, workingDaysBetween,
  workedByOrder, yearConfirmed, type DayOverride,
} from '../../regulation/working-calendar.ts'

const calendar = makeWorkingCalendar()
const day = (text: string) => Temporal.PlainDate.from(text)
const basis = { kk: 'Бұйрық', ru: 'Приказ' }
const anyDay = fc.integer({ min: 0, max: 365 * 8 }).map((days) => day('2024-01-01').add({ days }))

describe('days moved by order', () => {
  const anyOverrides = fc.array(fc.record({ date: anyDay, kind: fc.constantFrom<DayOverride['kind']>('off', 'work') })
    .map((override) => ({ ...override, basis })), { maxLength: 20 })

  test('the order decides about its day and about no other', () => {
    fc.assert(fc.property(anyOverrides, anyDay, (overrides, other) => {
      const moved = makeWorkingCalendar(overrides)
      const last = new Map(overrides.map((override) => [override.date.toString(), override.kind]))
      for (const [date, kind] of last) expect(isWorkingDay(moved, day(date))).toBe(kind === 'work')
      if (!last.has(other.toString())) expect(dayOff(moved, other)).toEqual(dayOff(calendar, other))
    }))
  })
  test('a moved day names its order, a holiday made free again keeps its name', () => {
    const moved = makeWorkingCalendar([
      { date: day('2026-11-24'), kind: 'off', basis }, { date: day('2026-11-28'), kind: 'work', basis },
      { date: day('2026-07-06'), kind: 'off', basis },
    ])
    expect(dayOff(moved, day('2026-11-24'))).toEqual({ kind: 'moved', reason: basis })
    expect(workedByOrder(moved, day('2026-11-28'))).toEqual(basis)
    expect(dayOff(moved, day('2026-07-06'))?.reason.ru).toBe('День Столицы')
  })
  test('a group may take back a national move', () => {
    const back = makeWorkingCalendar(nationalOverrides.map(({ date, kind }) => ({ date, basis, kind: kind === 'off' ? 'work' : 'off' })))
    expect(isWorkingDay(back, day('2025-01-03'))).toBe(true)
    expect(isWorkingDay(back, day('2025-01-05'))).toBe(false)
  })
})

describe('Kurban Ait', () => {
  test('the table is the twelfth month, tenth day of the Umm al-Qura calendar', () => {
    const islamic = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
    for (const { date } of kurbanAitDays) {
      const parts = islamic.formatToParts(date.toZonedDateTime('UTC').epochMilliseconds)
      expect(parts.filter((part) => part.type !== 'literal' && part.type !== 'era').map((part) => part.value)).toEqual(['12', '10'])
    }
  })
  test('a year not in the table is not confirmed until its day is announced', () => {
    expect(yearConfirmed(calendar, 2030)).toBe(false)
    const announced = makeWorkingCalendar([], [{ date: day('2030-04-15'), confirmed: true }])
    expect(yearConfirmed(announced, 2030)).toBe(true)
    expect(dayOff(announced, day('2030-04-15'))?.reason.ru).toBe('Первый день Курбан айта')
    expect(isWorkingDay(announced, day('2030-04-16'))).toBe(true)
  })
  test('an announced day takes the place of the expected one', () => {
    const announced = makeWorkingCalendar([], [{ date: day('2028-05-04'), confirmed: true }])
    expect(isWorkingDay(announced, day('2028-05-04'))).toBe(false)
    expect(isWorkingDay(announced, day('2028-05-05'))).toBe(true)
  })
})

describe('counting', () => {
  test('adding and counting agree, forwards and backwards', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 600 }), (start, n) => {
      const after = addWorkingDays(calendar, start, n)
      expect(isWorkingDay(calendar, after)).toBe(true)
      expect(workingDaysBetween(calendar, start, after)).toBe(n)
      const before = addWorkingDays(calendar, start, -n)
      expect(isWorkingDay(calendar, before)).toBe(true)
      expect(workingDaysBetween(calendar, before, nextWorkingDay(calendar, start))).toBe(n)
      expect(addWorkingDays(calendar, start, 0)).toBe(start)
    }))
  })
  test('counting is walking day by day', () => {
    fc.assert(fc.property(anyDay, fc.nat(400), (from, length) => {
      const days = Array.from({ length }, (_, i) => from.add({ days: i + 1 }))
      expect(workingDaysBetween(calendar, from, from.add({ days: length }))).toBe(days.filter((date) => isWorkingDay(calendar, date)).length)
    }))
  })
  test('the next working day is the day itself when it is worked', () => {
    expect(nextWorkingDay(calendar, day('2026-03-20')).toString()).toBe('2026-03-20')
    expect(nextWorkingDay(calendar, day('2026-03-21')).toString()).toBe('2026-03-26')
  })
  test('a year beyond the calendar is refused instead of worked out without end', () => {
    expect([1999, 2000, 2199, 2200].map(coversYear)).toEqual([false, true, true, false])
    expect(() => isWorkingDay(calendar, day('2200-01-01'))).toThrow(RangeError)
  })
})

test('a day is the local one: UTC+6 before 1 March 2024, UTC+5 since', () => {
  expect(localDay(Temporal.Instant.from('2024-01-31T17:59:59Z')).toString()).toBe('2024-01-31')
  expect(localDay(Temporal.Instant.from('2024-01-31T18:00:00Z')).toString()).toBe('2024-02-01')
  expect(localDay(Temporal.Instant.from('2026-11-23T18:59:59Z')).toString()).toBe('2026-11-23')
  expect(localDay(Temporal.Instant.from('2026-11-23T19:00:00Z')).toString()).toBe('2026-11-24')
})
