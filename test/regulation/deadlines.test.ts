import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeadlinePolicy } from '../../regulation/deadline-policies.ts'
import { extensionFault, passedByExtension, remindsOverdue, terms, type Extension } from '../../regulation/deadlines.ts'
import { zone } from '../../regulation/local-day.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { isWorkingDay, makeWorkingCalendar } from '../../regulation/working-calendar.ts'

const calendar = makeWorkingCalendar()
const day = (text: string) => Temporal.PlainDate.from(text)
const at = (date: Temporal.PlainDate, minutes = 12 * 60) =>
  date.toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime().add({ minutes }) }).toInstant()
const policy = (more: Partial<DeadlinePolicy> = {}): DeadlinePolicy => ({
  id: 'feedback', validFrom: day('2024-01-01'), amount: 10, unit: 'working_days', startsFrom: 'registered',
  source: 'regulation', ground: { kk: '11.6.16-т.', ru: 'п. 11.6.16' }, ...more,
})
const ask = (policies: DeadlinePolicy[], start: Temporal.PlainDate | string, extendedTo?: number, minutes?: number) => {
  const moment = at(typeof start === 'string' ? day(start) : start, minutes)
  const extension: Extension | undefined = extendedTo ? { amount: extendedTo, order: { by: 'executive', at: moment } } : undefined
  return terms({
    policies, calendar, organization: 'skes', channel: 'site_feedback', kind: 'complaint', extension,
    receivedAt: moment, registeredAt: moment,
  })
}
const ids = (policies: DeadlinePolicy[], start: string) => ask(policies, start).clocks.map((clock) => clock.amount)

describe('which clocks run', () => {
  test('a rule runs from its first day and stops on the day it ends', () => {
    const general = policy({ id: 'general', amount: 15 })
    const dated = policy({ validFrom: day('2026-02-01'), validTo: day('2026-03-01') })
    expect(ids([general, dated], '2026-01-31')).toEqual([15])
    expect(ids([general, dated], '2026-02-01')).toEqual([15, 10])
    expect(ids([general, dated], '2026-02-28')).toEqual([15, 10])
    expect(ids([general, dated], '2026-03-01')).toEqual([15])
  })
  test('a later edition of a rule takes the place of the earlier, also where it names other kinds', () => {
    const editions = [policy(), policy({ amount: 7, validFrom: day('2027-01-01') })]
    expect(ids(editions, '2026-12-31')).toEqual([10])
    expect(ids(editions, '2027-01-01')).toEqual([7])
    const narrowed = [policy({ id: 'other', amount: 15 }), policy(), policy({ kinds: ['claim'], validFrom: day('2027-01-01') })]
    expect(ids(narrowed, '2027-01-01')).toEqual([15])
  })
  test('what no rule names is refused, not left without a term', () => {
    for (const none of [[], [policy({ kinds: ['claim'] })], [policy({ organizations: ['pts'] })], [policy({ channels: ['email'] })]]) {
      expect(() => ask(none, '2026-11-23')).toThrow(expect.objectContaining({ code: 'no_policy' }))
    }
    for (const absurd of ['1970-01-01', '2198-06-01', '9999-01-01']) {
      expect(() => ask([policy({ validFrom: day('1900-01-01') })], absurd)).toThrow(Refusal)
    }
  })
  test('of two clocks that end together the law binds', () => {
    const both = [policy(), policy({ id: 'law', source: 'law' }), policy({ id: 'house', source: 'policy' })]
    expect(ask(both, '2026-11-23').binding.policyId).toBe('law')
    expect(ask([both[2]!, both[0]!], '2026-11-23').binding.policyId).toBe('feedback')
  })
  test('a clock of calendar days is never extended', () => {
    const calendarDays = [policy({ unit: 'calendar_days', extensionLimit: 20 })]
    expect(ask(calendarDays, '2026-11-23', 20).binding.extension).toBeUndefined()
    expect(extensionFault(ask(calendarDays, '2026-11-23'), 20)?.code).toBe('not_extendable')
  })
  test('one order passes no limit of several extendable clocks', () => {
    const two = ask([policy({ extensionLimit: 14 }), policy({ id: 'general', amount: 15, extensionLimit: 30 })], '2026-11-23')
    expect(extensionFault(two, 14)).toBeUndefined()
    expect(extensionFault(two, 20)).toEqual({ code: 'extension_beyond_limit', details: { max: 14 } })
  })
  test('only a law passed by an extension must be acknowledged, not a clock of the house', () => {
    const others = [policy({ id: 'house', source: 'policy' }), policy({ id: 'law', source: 'law' })]
    const before = ask([policy({ extensionLimit: 14 }), ...others], '2026-11-23')
    expect(passedByExtension(before, calendar, 14).map((clock) => clock.policyId)).toEqual(['law'])
  })
  test('an overdue answer is reminded of on working days only', () => {
    const due = day('2026-12-04')
    expect(['2026-12-04', '2026-12-05', '2026-12-06', '2026-12-07'].map((date) => remindsOverdue(calendar, due, day(date))))
      .toEqual([false, false, false, true])
  })
})

const anyDay = fc.integer({ min: 0, max: 365 * 5 }).map((days) => day('2024-01-01').add({ days }))
const anyPolicy = fc.record({
  amount: fc.integer({ min: 1, max: 60 }),
  unit: fc.constantFrom<DeadlinePolicy['unit']>('working_days', 'calendar_days'),
}).map((more) => policy(more))

describe('whatever the day and the amount', () => {
  test('a term ends on a working day after its start', () => {
    fc.assert(fc.property(anyDay, anyPolicy, (start, one) => {
      const { dueOn, startDate } = ask([one], start).binding
      expect(isWorkingDay(calendar, dueOn)).toBe(true)
      expect(Temporal.PlainDate.compare(dueOn, startDate)).toBe(1)
    }))
  })
  test('a later start or a longer term never ends earlier', () => {
    fc.assert(fc.property(anyDay, anyPolicy, fc.nat(20), fc.nat(20), (start, one, later, longer) => {
      const { dueOn } = ask([one], start).binding
      expect(Temporal.PlainDate.compare(ask([one], start.add({ days: later })).binding.dueOn, dueOn)).toBeGreaterThanOrEqual(0)
      expect(Temporal.PlainDate.compare(ask([{ ...one, amount: one.amount + longer }], start).binding.dueOn, dueOn)).toBeGreaterThanOrEqual(0)
    }))
  })
  test('the hour of the day does not matter', () => {
    fc.assert(fc.property(anyDay, anyPolicy, fc.nat(24 * 60 - 1), (start, one, minutes) => {
      expect(ask([one], start, undefined, minutes).binding.dueOn).toEqual(ask([one], start).binding.dueOn)
    }))
  })
  test('an extension never shortens, never passes its limit, and warns of exactly the law it passes', () => {
    const claim = policy({ id: 'claim', source: 'law', unit: 'calendar_days', kinds: ['complaint'] })
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (start, workingDays) => {
      const policies = [policy({ extensionLimit: 14 }), claim]
      const before = ask(policies, start)
      const [feedback, law] = ask(policies, start, workingDays).clocks
      const limit = ask([policy({ amount: 14 })], start).binding.dueOn
      expect(Temporal.PlainDate.compare(feedback!.dueOn, feedback!.originalDueOn)).toBeGreaterThanOrEqual(0)
      expect(Temporal.PlainDate.compare(feedback!.dueOn, limit)).toBeLessThanOrEqual(0)
      expect(law!.dueOn).toEqual(before.clocks[1]!.dueOn)
      expect(extensionFault(before, workingDays) === undefined).toBe(workingDays > 10 && workingDays <= 14)
      const passes = workingDays > 10 && Temporal.PlainDate.compare(law!.dueOn, feedback!.dueOn) < 0
      expect(passedByExtension(before, calendar, workingDays).map((clock) => clock.policyId)).toEqual(passes ? ['claim'] : [])
    }))
  })
  test('the explanation tells every day of the term once, and ends where the term ends', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 40 }), fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }), (start, amount, to) => {
      const { steps, dueOn, extension } = ask([policy({ amount, extensionLimit: 50 })], start, to).binding
      const told = steps.flatMap((step) => {
        if (step.kind === 'day_off') return [step.date.toString()]
        if (step.kind !== 'counted') return []
        return Array.from({ length: step.from.until(step.date).days + 1 }, (_, i) => step.from.add({ days: i }).toString())
      })
      const whole = Array.from({ length: start.until(dueOn).days }, (_, i) => start.add({ days: i + 1 }).toString())
      expect(told).toEqual(whole)
      expect(steps.findLast((step) => step.kind === 'counted')?.count).toBe(extension?.amount ?? amount)
      expect(steps.at(-1)).toEqual({ kind: 'due', date: dueOn })
    }))
  })
})
