import {
  dotted, holidays, kurbanAitDays, kurbanAitName, nationalOverrides, type DayOverride, type KurbanAit,
} from './holidays.ts'
import type { Bilingual } from './vocabulary.ts'

export { nationalOverrides, type DayOverride } from './holidays.ts'

/** Kazakhstan's working days of a five-day week. Opaque: made by `makeWorkingCalendar`, asked by the functions here. */
export type WorkingCalendar = {
  readonly overrides: ReadonlyMap<string, DayOverride>
  readonly kurbanAit: ReadonlyMap<number, KurbanAit>
  /** Years already worked out. */
  readonly years: Map<number, Year>
}

/** Why nobody works on a day. */
export type DayOff = {
  readonly kind: 'weekend' | 'holiday' | 'transferred' | 'moved'
  readonly reason: Bilingual
  /** The holiday whose place a transferred day off takes. */
  readonly transferredFrom?: Temporal.PlainDate
}

/**
 * The rule, the ministry's moves (`nationalOverrides`), then `overrides`, of which the last word on a day wins.
 * `kurbanAit` adds to or corrects the built-in table. Make it once and keep it: it remembers the years it has
 * worked out.
 */
export function makeWorkingCalendar(
  overrides: readonly DayOverride[] = [], kurbanAit: readonly KurbanAit[] = [],
): WorkingCalendar {
  return {
    overrides: new Map([...nationalOverrides, ...overrides].map((o) => [o.date.toString(), o])),
    kurbanAit: new Map([...kurbanAitDays, ...kurbanAit].map((k) => [k.date.year, k])),
    years: new Map(),
  }
}

export function isWorkingDay(calendar: WorkingCalendar, date: Temporal.PlainDate): boolean {
  return dayOff(calendar, date) === undefined
}

/** Why `date` is not worked; undefined on a working day. A holiday on a Sunday is named as the holiday. */
export function dayOff(calendar: WorkingCalendar, date: Temporal.PlainDate): DayOff | undefined {
  return yearOf(calendar, date.year).off[date.dayOfYear - 1]
}

/** The order by which a day is worked that otherwise would be free. */
export function workedByOrder(calendar: WorkingCalendar, date: Temporal.PlainDate): Bilingual | undefined {
  return yearOf(calendar, date.year).worked.get(date.dayOfYear)
}

/**
 * The n-th working day after `start` (day 1 is the next working day), or before it for a negative n; `start`
 * itself, worked or not, for 0.
 */
export function addWorkingDays(calendar: WorkingCalendar, start: Temporal.PlainDate, n: number): Temporal.PlainDate {
  if (n === 0) return start
  let year = start.year
  const upTo = workingDaysUpTo(calendar, start)
  // The place of the wanted day among the working days of `year`, counted from 1.
  let place = n > 0 ? upTo + n : upTo - Number(isWorkingDay(calendar, start)) + n + 1
  while (place < 1) place += yearOf(calendar, --year).workingDays.length
  while (place > yearOf(calendar, year).workingDays.length) place -= yearOf(calendar, year++).workingDays.length
  return yearOf(calendar, year).workingDays[place - 1]!
}

/**
 * How many working days lie after `from` up to and including `to`; negative if `to` is earlier. It is 0 within one
 * day, 1 from a day to the next working day, and `between(a, b) = -between(b, a)`.
 */
export function workingDaysBetween(calendar: WorkingCalendar, from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  if (Temporal.PlainDate.compare(from, to) > 0) return 0 - workingDaysBetween(calendar, to, from)
  let whole = 0
  for (let year = from.year; year < to.year; year++) whole += yearOf(calendar, year).workingDays.length
  return whole + workingDaysUpTo(calendar, to) - workingDaysUpTo(calendar, from)
}

/** The date itself if it is worked, otherwise the first working day after it. */
export function nextWorkingDay(calendar: WorkingCalendar, date: Temporal.PlainDate): Temporal.PlainDate {
  return isWorkingDay(calendar, date) ? date : addWorkingDays(calendar, date, 1)
}

/** Every working day of a year, in order. */
export function workingDaysOf(calendar: WorkingCalendar, year: number): readonly Temporal.PlainDate[] {
  return yearOf(calendar, year).workingDays
}

/** Whether the day of Kurban Ait is announced for a year; until it is, dates around it may move by a day. */
export function yearConfirmed(calendar: WorkingCalendar, year: number): boolean {
  return calendar.kurbanAit.get(year)?.confirmed ?? false
}

/** One year by day of year: why each day is off, and the working days in order with their running count. */
type Year = {
  readonly off: readonly (DayOff | undefined)[]
  readonly worked: ReadonlyMap<number, Bilingual>
  readonly workingDays: readonly Temporal.PlainDate[]
  readonly upTo: readonly number[]
}

const workingDaysUpTo = (calendar: WorkingCalendar, date: Temporal.PlainDate): number =>
  yearOf(calendar, date.year).upTo[date.dayOfYear - 1]!

/** The years it answers for: a bound, so that no absurd date can make it grow without end. */
const [firstYear, lastYear] = [2000, 2199]

export const coversYear = (year: number): boolean => year >= firstYear && year <= lastYear

function yearOf(calendar: WorkingCalendar, year: number): Year {
  const known = calendar.years.get(year)
  if (known) return known
  if (!coversYear(year)) throw new RangeError(`no working calendar for the year ${year}`)
  const made = workOut(calendar, year)
  calendar.years.set(year, made)
  return made
}

function workOut(calendar: WorkingCalendar, year: number): Year {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 })
  const days = Array.from({ length: first.daysInYear }, (_, i) => first.add({ days: i }))
  const off = days.map(weekend)
  const worked = new Map<number, Bilingual>()
  const transfers = markHolidays(calendar, year, off)
  for (const from of transfers) {
    const free = off.indexOf(undefined, from.date.dayOfYear)
    off[free] = { kind: 'transferred', reason: transferReason(from), transferredFrom: from.date }
  }
  for (const [i, date] of days.entries()) {
    const override = calendar.overrides.get(date.toString())
    if (override?.kind === 'off') off[i] ??= { kind: 'moved', reason: override.basis }
    if (override?.kind === 'work' && off[i]) {
      off[i] = undefined
      worked.set(i + 1, override.basis)
    }
  }
  let count = 0
  return { off, worked, workingDays: days.filter((_, i) => !off[i]), upTo: off.map((day) => (day ? count : ++count)) }
}

type NamedDay = { readonly date: Temporal.PlainDate; readonly name: Bilingual }

/** Writes the year's holidays into `off`; those that fell on a weekend are returned, for their transfer. */
function markHolidays(calendar: WorkingCalendar, year: number, off: (DayOff | undefined)[]): NamedDay[] {
  const transfers: NamedDay[] = []
  for (const { month, day, name, transferred, from = year, until = year } of holidays) {
    if (year < from || year > until) continue
    const date = Temporal.PlainDate.from({ year, month, day })
    if (transferred && date.dayOfWeek > 5) transfers.push({ date, name })
    off[date.dayOfYear - 1] = { kind: 'holiday', reason: name }
  }
  const ait = calendar.kurbanAit.get(year)
  if (ait && off[ait.date.dayOfYear - 1]?.kind !== 'holiday') {
    off[ait.date.dayOfYear - 1] = { kind: 'holiday', reason: kurbanAitName }
  }
  return transfers
}

function weekend(date: Temporal.PlainDate): DayOff | undefined {
  if (date.dayOfWeek === 6) return { kind: 'weekend', reason: { kk: 'сенбі', ru: 'суббота' } }
  if (date.dayOfWeek === 7) return { kind: 'weekend', reason: { kk: 'жексенбі', ru: 'воскресенье' } }
  return undefined
}

const transferReason = ({ date, name }: NamedDay): Bilingual => ({
  kk: `${dotted(date.toString())} күнінен ауыстырылған демалыс: ${name.kk}`,
  ru: `перенос выходного с ${dotted(date.toString())}: ${name.ru}`,
})
