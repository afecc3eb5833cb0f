import type { RefusalCode } from './refusals.ts'
import { quantityScale, type Quantity } from './tariffs.ts'

/** What meters are read by, and what is odd about a reading (п. 11.3.1). */
export const readingSources = ['consumer', 'inspector', 'office', 'automatic', 'estimated'] as const
export type ReadingSource = (typeof readingSources)[number]

/**
 * Doubts do not refuse a reading: whoever sends it says that it is right, and why. `lower` and `spike` then wait for
 * the office; the others are only told.
 */
export const readingDoubts = ['lower', 'rolled_over', 'spike', 'zero', 'verification_overdue', 'outside_window'] as const
export type ReadingDoubt = (typeof readingDoubts)[number]
/** A reason or a photo is asked for. */
export const asksReason = (doubt: ReadingDoubt): boolean => ['lower', 'rolled_over', 'spike'].includes(doubt)
/** Counted only after somebody of the office has looked. */
export const waitsForOffice = (doubt: ReadingDoubt): boolean => ['lower', 'spike'].includes(doubt)

export type MeterFacts = {
  readonly digits: number
  readonly registers: 1 | 2
  readonly nextVerificationOn?: Temporal.PlainDate | undefined
  readonly installedOn: Temporal.PlainDate
  readonly removedOn?: Temporal.PlainDate | undefined
}
export type Value = { readonly value: Quantity; readonly night?: Quantity | undefined }

/** Days of the month in which readings are taken, both included; 31 stands for the last. */
export type ReadingWindow = { readonly from: number; readonly to: number }

export type ReadingAsked = {
  readonly meter: MeterFacts
  readonly given: Value
  readonly takenOn: Temporal.PlainDate
  readonly today: Temporal.PlainDate
  readonly last?: (Value & { readonly takenOn: Temporal.PlainDate }) | undefined
  /** What it counts in a usual month. */
  readonly usual?: Quantity | undefined
  readonly window: ReadingWindow
  /** So many times the usual is odd. */
  readonly spikeTimes: number
  /** The last day of the last month that was closed. */
  readonly closedThrough?: Temporal.PlainDate | undefined
}
export type Judged =
  | { readonly ok: false; readonly field: 'value' | 'night' | 'takenOn' | 'meter'; readonly code: RefusalCode; readonly details?: Readonly<Record<string, string | number>> }
  | { readonly ok: true; readonly used: Value; readonly doubts: readonly ReadingDoubt[] }

/** What was used since the last reading, and what is odd about it. */
export function judgeReading({ meter, given, takenOn, today, last, usual, window, spikeTimes, closedThrough }: ReadingAsked): Judged {
  const before = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) < 0
  if (before(today, takenOn)) return { ok: false, field: 'takenOn', code: 'date_in_future' }
  if (meter.removedOn && !before(takenOn, meter.removedOn)) return { ok: false, field: 'meter', code: 'meter_removed' }
  if (before(takenOn, meter.installedOn)) return { ok: false, field: 'takenOn', code: 'reading_before_meter' }
  // What is read today goes into the next bill, though this month was closed early.
  if (closedThrough && !before(closedThrough, takenOn) && !takenOn.equals(today)) return { ok: false, field: 'takenOn', code: 'period_closed' }
  if (last && before(takenOn, last.takenOn)) return { ok: false, field: 'takenOn', code: 'reading_before_last', details: { last: last.takenOn.toString() } }
  const capacity = 10n ** BigInt(meter.digits) * quantityScale
  if (given.value >= capacity) return { ok: false, field: 'value', code: 'reading_beyond_digits', details: { digits: meter.digits } }
  if (meter.registers === 2 && given.night === undefined) return { ok: false, field: 'night', code: 'field_missing' }
  if (meter.registers === 1 && given.night !== undefined) return { ok: false, field: 'night', code: 'unknown_field' }
  if (given.night !== undefined && given.night >= capacity) return { ok: false, field: 'night', code: 'reading_beyond_digits', details: { digits: meter.digits } }

  const doubts: ReadingDoubt[] = []
  const usedOf = (now: Quantity, then: Quantity): Quantity => {
    const used = usedBetween(meter, then, now, mostOf(meter, usual, spikeTimes))
    if (now < then) doubts.push(used < 0n ? 'lower' : 'rolled_over')
    return used < 0n ? 0n : used
  }
  const used: Value = last === undefined ? { value: 0n, ...(given.night !== undefined && { night: 0n }) }
    : { value: usedOf(given.value, last.value), ...(given.night !== undefined && { night: usedOf(given.night, last.night ?? 0n) }) }
  const all = used.value + (used.night ?? 0n)
  if (last && usual !== undefined && usual > 0n && all > usual * BigInt(spikeTimes)) doubts.push('spike')
  if (last && all === 0n && !doubts.includes('lower') && !takenOn.equals(last.takenOn)) doubts.push('zero')
  if (meter.nextVerificationOn && before(meter.nextVerificationOn, takenOn)) doubts.push('verification_overdue')
  if (!isOpen(window, takenOn)) doubts.push('outside_window')
  return { ok: true, used, doubts: [...new Set(doubts)] }
}

/** Past its last digit a meter goes on from zero; one that would have counted more than `most` was read lower: below nothing. */
export function usedBetween({ digits }: { readonly digits: number }, then: Quantity, now: Quantity, most: Quantity): Quantity {
  const round = now < then ? 10n ** BigInt(digits) * quantityScale - then + now : undefined
  return round !== undefined && round <= most ? round : now - then
}
/** What a meter is believed to have used since it was last read. */
export const mostOf = ({ digits }: { readonly digits: number }, usual: Quantity | undefined, spikeTimes: number): Quantity =>
  usual === undefined ? 10n ** BigInt(digits) * quantityScale / 10n : usual * BigInt(spikeTimes)

/** Whether readings of a day go into this month's bill. */
export const isOpen = ({ from, to }: ReadingWindow, on: Temporal.PlainDate): boolean => on.day >= from && on.day <= Math.min(to, on.daysInMonth)

/** The days of the window that a day falls into, or of the next one. */
export function windowOf(window: ReadingWindow, on: Temporal.PlainDate): { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate } {
  const month = on.day <= Math.min(window.to, on.daysInMonth) ? on : on.add({ months: 1 })
  return { from: month.with({ day: Math.min(window.from, month.daysInMonth) }), to: month.with({ day: Math.min(window.to, month.daysInMonth) }) }
}
