import type { Clock, TermStep } from './clock.ts'
import type { Bilingual } from './vocabulary.ts'
import { dayOff, workedByOrder, type WorkingCalendar } from './working-calendar.ts'

/** Every step from the start to the due date. */
export function explain(calendar: WorkingCalendar, clock: Omit<Clock, 'steps'>): TermStep[] {
  const steps: TermStep[] = [{ kind: 'start', date: clock.startDate, reason: dayOff(calendar, clock.startDate)?.reason }]
  if (clock.unit === 'calendar_days') return [...steps, ...calendarDays(calendar, clock), { kind: 'due', date: clock.dueOn }]
  steps.push(...workingDays(calendar, clock.startDate, clock.originalDueOn, 0))
  if (clock.extension) {
    const { amount, order } = clock.extension
    steps.push({ kind: 'extended', date: clock.originalDueOn, count: amount, order })
    steps.push(...workingDays(calendar, clock.originalDueOn, clock.dueOn, clock.amount))
  }
  return [...steps, { kind: 'due', date: clock.dueOn }]
}

/** The days after `after` up to `last`, which is worked; `count` had passed before. */
function workingDays(calendar: WorkingCalendar, after: Temporal.PlainDate, last: Temporal.PlainDate, count: number): TermStep[] {
  const steps: TermStep[] = []
  let from: Temporal.PlainDate | undefined
  for (let date = nextDay(after); Temporal.PlainDate.compare(date, last) <= 0; date = nextDay(date)) {
    const off = dayOff(calendar, date)
    const order = workedByOrder(calendar, date)
    if ((off || order) && from) {
      steps.push({ kind: 'counted', from, date: date.subtract({ days: 1 }), count })
      from = undefined
    }
    if (off) steps.push({ kind: 'day_off', date, reason: off.reason })
    if (order) steps.push({ kind: 'worked', date, reason: order })
    if (off) continue
    from ??= date
    count += 1
  }
  return from ? [...steps, { kind: 'counted', from, date: last, count }] : steps
}

function calendarDays(calendar: WorkingCalendar, clock: Omit<Clock, 'steps'>): TermStep[] {
  const last = clock.startDate.add({ days: clock.amount })
  const steps: TermStep[] = [{ kind: 'counted', from: nextDay(clock.startDate), date: last, count: clock.amount }]
  if (last.equals(clock.dueOn)) return steps
  for (let date = last; !date.equals(clock.dueOn); date = nextDay(date)) {
    steps.push({ kind: 'day_off', date, reason: dayOff(calendar, date)!.reason })
  }
  return [...steps, { kind: 'moved', from: last, date: clock.dueOn, reason: lastDayOff }]
}

const lastDayOff: Bilingual = { kk: 'ҚР Азаматтық кодексі, 175-бап', ru: 'Гражданский кодекс РК, ст. 175' }

const nextDay = (date: Temporal.PlainDate): Temporal.PlainDate => date.add({ days: 1 })
