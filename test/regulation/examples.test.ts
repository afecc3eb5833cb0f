import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { parse } from 'yaml'
import type { DeadlinePolicy } from '../../regulation/deadline-policies.ts'
import { extensionFault, passedByExtension, reminderDays, terms, termState, type Extension, type TermStep } from '../../regulation/deadlines.ts'
import { checkBin, checkEmail, checkIin, checkPhone, type Checked } from '../../regulation/identifiers.ts'
import { zone } from '../../regulation/local-day.ts'
import { formatFault, formatNumber, normalizeNumber, type NumberParts } from '../../regulation/numbering.ts'
import { registrationMoment } from '../../regulation/registration-moment.ts'
import type { AppealKind, Channel } from '../../regulation/vocabulary.ts'
import { estimate, readQuantity, writeQuantity, type ConsumerGroup, type Service } from '../../regulation/tariffs.ts'
import { readGroup } from '../../server/people/read-group.ts'
import { dayOff, isWorkingDay, makeWorkingCalendar, workingDaysBetween, workingDaysOf, yearConfirmed } from '../../regulation/working-calendar.ts'

type Row = { readonly clause: string }
type Appeal = Row & { kind: AppealKind; channel: Channel; organization: string; received: string; registered?: string }

const calendar = makeWorkingCalendar()
const day = (text: string) => Temporal.PlainDate.from(text)
const moment = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant()

/** The tables in `regulation/examples`: every row names its clause and is one promise. */
function table<T extends Row>(rows: readonly T[], name: (row: T) => string, promise: (row: T) => void): void {
  test.each(rows.map((row) => ({ title: `${row.clause}: ${name(row)}`, row })))('$title', ({ row }) => {
    expect(row.clause).toMatch(/\S/)
    promise(row)
  })
}
const read = <T>(name: string): T =>
  parse(readFileSync(new URL(`../../regulation/examples/${name}.yaml`, import.meta.url), 'utf8')) as T

describe('the working calendar', () => {
  const { years, days, between } = read<{
    years: (Row & { year: number; kurban_ait_confirmed: boolean; free_weekdays: string[]; worked_weekends: string[]; working_days: number; by_month: number[] })[]
    days: (Row & { date: string; reason?: string })[]
    between: (Row & { from: string; to: string; days: number })[]
  }>('working-calendar')
  table(years, (row) => `${row.year}`, (row) => {
    const first = day(`${row.year}-01-01`)
    const all = Array.from({ length: first.daysInYear }, (_, i) => first.add({ days: i }))
    const named = (dates: Temporal.PlainDate[]) => dates.map((date) => date.toString().slice(5))
    expect(named(all.filter((date) => date.dayOfWeek < 6 && !isWorkingDay(calendar, date)))).toEqual(row.free_weekdays)
    expect(named(all.filter((date) => date.dayOfWeek > 5 && isWorkingDay(calendar, date)))).toEqual(row.worked_weekends)
    const worked = workingDaysOf(calendar, row.year)
    expect(row.by_month.map((_, i) => worked.filter((date) => date.month === i + 1).length)).toEqual(row.by_month)
    expect(worked).toHaveLength(row.working_days)
    expect(yearConfirmed(calendar, row.year)).toBe(row.kurban_ait_confirmed)
  })
  table(days, (row) => `${row.date} ${row.reason ?? 'is worked'}`, (row) => {
    expect(dayOff(calendar, day(row.date))?.reason.ru).toBe(row.reason)
  })
  table(between, (row) => `${row.from} to ${row.to}`, (row) => {
    expect(workingDaysBetween(calendar, day(row.from), day(row.to))).toBe(row.days)
    expect(workingDaysBetween(calendar, day(row.to), day(row.from))).toBe(0 - row.days)
  })
})

describe('what a service costs (п. 11.3.1)', () => {
  type Ask = Row & { service: Service; group?: ConsumerGroup; on?: string; residents: number; stove?: boolean; benefit?: boolean; commonMeter?: boolean; quantity?: string; day?: string; night?: string; area?: string }
  const { estimates, none } = read<{ estimates: (Ask & { plan: string; lines: string[]; net?: string; vat?: string; total: string })[]; none: Ask[] }>('tariffs')
  const { tariffs } = readGroup('groups/sevkazenergo.yaml')
  const tenge = (tiyn: bigint) => `${tiyn / 100n}.${String(tiyn % 100n).padStart(2, '0')}`
  const of = ({ service, group = 'household', on = '2026-11-23', residents, stove = false, benefit = false, commonMeter = false, quantity, day: byDay, night, area }: Ask) => estimate(tariffs, {
    service, group, on: day(on), residents, stove, benefit, commonMeter, ...(quantity !== undefined && { quantity: readQuantity(quantity)! }), ...(area && { area: readQuantity(area)! }),
    ...(byDay && night && { zones: { day: readQuantity(byDay)!, night: readQuantity(night)! } }),
  })
  table(estimates, (row) => `${row.service} ${row.plan} ${row.total}`, (row) => {
    const found = of(row).find(({ plan }) => plan === row.plan)!
    expect(found.lines.map((line) => `${writeQuantity(line.quantity)} × ${tenge(line.price)} = ${tenge(line.net)}`)).toEqual(row.lines)
    if (row.net) expect(tenge(found.net)).toBe(row.net)
    if (row.vat) expect(tenge(found.vat)).toBe(row.vat)
    expect(tenge(found.total)).toBe(row.total)
  })
  table(none, (row) => `${row.service} on ${row.on ?? 'today'} without a figure`, (row) => expect(of(row)).toEqual([]))
  test('plans are offered cheapest first, and lines always add up', () => {
    const asked = { service: 'electricity', group: 'household', on: day('2026-11-23'), residents: 2, stove: false, benefit: false, commonMeter: false } as const
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 100_000_000n }), fc.bigInt({ min: 0n, max: 100_000_000n }), (byDay, night) => {
      const found = estimate(tariffs, { ...asked, zones: { day: byDay, night } })
      expect(found.map(({ plan }) => plan).toSorted()).toEqual(['flat', 'tiers', 'zones'])
      for (const [i, one] of found.entries()) {
        expect(one.lines.reduce((sum, line) => sum + line.net, 0n)).toBe(one.net)
        expect(one.lines.reduce((sum, line) => sum + line.quantity, 0n)).toBe(byDay + night)
        expect(one.net + one.vat).toBe(one.total)
        if (i > 0) expect(found[i - 1]!.total <= one.total).toBe(true)
      }
    }))
  })
  test.each([['480', 4_800_000n], ['54,3', 543_000n], [' 0.0190 ', 190n], ['1.00001', undefined], ['-1', undefined], ['', undefined], ['1e5', undefined], ['1 000', undefined]])('«%s» is read as a quantity', (typed, quantity) => {
    expect(readQuantity(typed)).toBe(quantity)
  })
})

describe('terms', () => {
  const examples = read<{
    policies: Record<string, Omit<DeadlinePolicy, 'id' | 'validFrom' | 'ground'> & { ground: string }>
    counting: (Row & Pick<DeadlinePolicy, 'amount' | 'unit'> & { start: string; due: string })[]
    terms: (Appeal & { what: string; extended_to?: number; due: Record<string, string>; binding: string })[]
    extensions: (Appeal & { already?: number; to: number; fault?: string; passes?: string[] })[]
    explanations: (Row & { policy: string; start: string; extended_to?: number; steps: string[] })[]
    states: (Row & { due: string; day: string; state: string; left: number })[]
    reminders: (Row & { due: string; days: string[] })[]
    registration: (Row & { received: string; at_once: boolean; registered: string })[]
  }>('deadlines')
  const policies: DeadlinePolicy[] = Object.entries(examples.policies).map(([id, policy]) =>
    ({ ...policy, id, validFrom: day('2024-01-01'), ground: { kk: policy.ground, ru: policy.ground } }))
  const extended = (amount: number | undefined): Extension | undefined =>
    amount ? { amount, order: { by: 'executive', at: moment('2026-11-24T10:00') } } : undefined
  const termsOf = (row: Appeal, amount?: number) => terms({
    ...row, policies, calendar, extension: extended(amount),
    receivedAt: moment(row.received), registeredAt: moment(row.registered ?? row.received),
  })
  const oneClock = (policy: DeadlinePolicy, start: string, amount?: number) => terms({
    policies: [policy], calendar, organization: 'skes', channel: 'site_feedback', kind: 'claim',
    receivedAt: moment(`${start}T12:00`), registeredAt: moment(`${start}T12:00`), extension: extended(amount),
  }).binding

  table(examples.counting, (row) => `${row.amount} ${row.unit} from ${row.start}`, ({ amount, unit, start, due }) => {
    expect(oneClock({ ...policies[0]!, amount, unit }, start).dueOn.toString()).toBe(due)
  })
  table(examples.terms, (row) => row.what, (row) => {
    const { clocks, binding } = termsOf(row, row.extended_to)
    expect(Object.fromEntries(clocks.map((clock) => [clock.policyId, clock.dueOn.toString()]))).toEqual(row.due)
    expect(binding.policyId).toBe(row.binding)
  })
  table(examples.extensions, (row) => `${row.kind} extended to ${row.to}: ${row.fault ?? 'lawful'}`, (row) => {
    const before = termsOf(row, row.already)
    expect(extensionFault(before, row.to)?.code).toBe(row.fault)
    if (row.passes) expect(passedByExtension(before, calendar, row.to).map((clock) => clock.policyId)).toEqual(row.passes)
  })
  table(examples.explanations, (row) => `${row.policy} from ${row.start} explained`, (row) => {
    const policy = policies.find(({ id }) => id === row.policy)!
    expect(oneClock(policy, row.start, row.extended_to).steps.map(line)).toEqual(row.steps)
  })
  table(examples.states, (row) => `due ${row.due}, on ${row.day} ${row.state}`, (row) => {
    expect(termState(calendar, day(row.due), day(row.day))).toEqual({ state: row.state, workingDaysLeft: row.left })
  })
  table(examples.reminders, (row) => `reminders of ${row.due}`, (row) => {
    expect(reminderDays(calendar, day(row.due)).map(String)).toEqual(row.days)
  })
  table(examples.registration, (row) => `received ${row.received}, registered ${row.registered}`, (row) => {
    expect(registrationMoment(calendar, moment(row.received), row.at_once).toString()).toBe(moment(row.registered).toString())
  })
})

describe('identifiers', () => {
  const examples = read<Record<string, (Row & { typed: string; kept?: string; fault?: string })[]>>('identifiers')
  const checks: Record<string, (text: string) => Checked<string>> = { iin: checkIin, bin: checkBin, phone: checkPhone, email: checkEmail }
  describe.each(Object.keys(checks))('%s', (kind) => {
    table(examples[kind]!, (row) => `«${row.typed}»`, ({ typed, kept, fault }) => {
      expect(checks[kind]!(typed)).toEqual(fault ? { ok: false, fault } : { ok: true, value: kept })
    })
  })
})

describe('numbers', () => {
  const { formats, faults, spellings, strangers } = read<{
    formats: (Row & { format: string; parts: NumberParts; number: string })[]
    faults: (Row & { format: string; fault: string })[]
    spellings: (Row & { number: string; typed: string[] })[]
    strangers: (Row & { number: string; typed: string[] })[]
  }>('numbering')
  table(formats, (row) => row.number, (row) => {
    expect(formatFault(row.format)).toBeUndefined()
    expect(formatNumber(row.format, row.parts)).toBe(row.number)
  })
  table(faults, (row) => row.format, (row) => expect(formatFault(row.format)).toBe(row.fault))
  table(spellings, (row) => `${row.number} is found`, (row) => {
    for (const typed of row.typed) expect(normalizeNumber(typed), typed).toBe(normalizeNumber(row.number))
  })
  table(strangers, (row) => `${row.number} is not mistaken`, (row) => {
    for (const typed of row.typed) expect(normalizeNumber(typed), typed).not.toBe(normalizeNumber(row.number))
  })
})

function line(step: TermStep): string {
  const about = 'reason' in step ? step.reason?.ru : 'count' in step ? step.count : undefined
  return [step.date, step.kind, about].filter((part) => part !== undefined).join(' ')
}
