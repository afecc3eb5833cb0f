import type { Clock, Extension, TermStep } from './clock.ts'
import type { DeadlinePolicy } from './deadline-policies.ts'
import { localDay } from './local-day.ts'
import { Refusal, type RefusalDetails } from './refusals.ts'
import { explain } from './term-steps.ts'
import type { AppealKind, Channel, OrganizationId } from './vocabulary.ts'
import {
  addWorkingDays, coversYear, isWorkingDay, nextWorkingDay, workingDaysBetween, type WorkingCalendar,
} from './working-calendar.ts'

export type { Clock, Extension, TermStep } from './clock.ts'

/** What the terms of one appeal depend on. */
export type TermFacts = {
  readonly policies: readonly DeadlinePolicy[]
  readonly calendar: WorkingCalendar
  readonly organization: OrganizationId
  readonly channel: Channel
  readonly kind: AppealKind
  readonly receivedAt: Temporal.Instant
  readonly registeredAt: Temporal.Instant
  readonly extension?: Extension | undefined
}

/** Every clock that applies, and the one by which the answer is due: the earliest, and of equals the law's. */
export type Terms = { readonly clocks: readonly Clock[]; readonly binding: Clock }

/**
 * Runs every policy valid on the local day of receipt that names this organization, channel and kind. Arrival
 * on a day off is the caller's matter (`registrationMoment`): here the two moments are taken as they are.
 * Refuses with `no_policy` where none applies or the calendar ends.
 */
export function terms(facts: TermFacts): Terms {
  const received = localDay(facts.receivedAt)
  const registered = localDay(facts.registeredAt)
  if (![received, registered].every((day) => coversYear(day.year) && coversYear(day.year + 2))) throw new Refusal('no_policy')
  const clocks = matching(facts, received)
    .map((policy) => clockOf(facts, policy, policy.startsFrom === 'received' ? received : registered))
  const [binding] = clocks.toSorted(byUrgency)
  if (!binding) throw new Refusal('no_policy')
  return { clocks, binding }
}

export type ExtensionFault = {
  readonly code: 'not_extendable' | 'extension_beyond_limit' | 'extension_shortens'
  readonly details?: RefusalDetails
}

/** Why the term may not be extended to so many working days in all; undefined: it may. п. 11.6.16 */
export function extensionFault({ clocks }: Terms, workingDays: number): ExtensionFault | undefined {
  const extendable = clocks.filter(isExtendable)
  const open = extendable.filter((clock) => amountOf(clock) < clock.extensionLimit)
  if (open.length === 0) return { code: 'not_extendable' }
  // The shortest limit holds for all: one order cannot lawfully pass any of them.
  const max = Math.min(...extendable.map((clock) => clock.extensionLimit))
  if (workingDays > max) return { code: 'extension_beyond_limit', details: { max } }
  return open.some((clock) => workingDays > amountOf(clock)) ? undefined : { code: 'extension_shortens' }
}

/** The law's clocks that would end before the term extended to so many working days: each must be acknowledged. */
export function passedByExtension({ clocks }: Terms, calendar: WorkingCalendar, workingDays: number): Clock[] {
  const extended = clocks.map((clock) => ({ clock, dueOn: dueAfterExtension(calendar, clock, workingDays) }))
  const last = extended
    .filter(({ clock, dueOn }) => !dueOn.equals(clock.dueOn))
    .map(({ dueOn }) => dueOn)
    .toSorted(Temporal.PlainDate.compare).at(-1)
  if (!last) return []
  return extended
    .filter(({ clock, dueOn }) => clock.source === 'law' && Temporal.PlainDate.compare(dueOn, last) < 0)
    .map(({ clock }) => clock)
}

export type TermState = {
  /** `soon`: three working days or fewer are left; `late`: the due day has ended. */
  readonly state: 'calm' | 'soon' | 'late'
  /** After today up to the due day: 0 on the due day, negative by the working days that passed since. */
  readonly workingDaysLeft: number
}

/** How a term stands on a day: today, or the day on which it was frozen by the answer. */
export function termState(calendar: WorkingCalendar, dueOn: Temporal.PlainDate, day: Temporal.PlainDate): TermState {
  const workingDaysLeft = workingDaysBetween(calendar, day, dueOn)
  if (Temporal.PlainDate.compare(day, dueOn) > 0) return { state: 'late', workingDaysLeft }
  return { state: workingDaysLeft <= 3 ? 'soon' : 'calm', workingDaysLeft }
}

/** The days on which executors are reminded: 3 and 1 working days before, and the due day itself. */
export function reminderDays(calendar: WorkingCalendar, dueOn: Temporal.PlainDate): Temporal.PlainDate[] {
  return [addWorkingDays(calendar, dueOn, -3), addWorkingDays(calendar, dueOn, -1), dueOn]
}

/** Whether an overdue answer is reminded of on a day: every working day after the due one. */
export function remindsOverdue(calendar: WorkingCalendar, dueOn: Temporal.PlainDate, day: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(day, dueOn) > 0 && isWorkingDay(calendar, day)
}

function matching({ policies, organization, channel, kind }: TermFacts, received: Temporal.PlainDate): DeadlinePolicy[] {
  const valid = policies.filter(({ validFrom, validTo }) =>
    Temporal.PlainDate.compare(validFrom, received) <= 0
    && (!validTo || Temporal.PlainDate.compare(received, validTo) < 0))
  return valid
    .filter((policy) => !valid.some((other) =>
      other.id === policy.id && Temporal.PlainDate.compare(other.validFrom, policy.validFrom) > 0))
    .filter((policy) => names(policy.organizations, organization) && names(policy.channels, channel) && names(policy.kinds, kind))
}

const names = <T>(list: readonly T[] | undefined, value: T): boolean => !list || list.includes(value)

function clockOf({ calendar, extension }: TermFacts, policy: DeadlinePolicy, startDate: Temporal.PlainDate): Clock {
  const { id: policyId, source, ground, amount, unit, startsFrom } = policy
  const extensionLimit = unit === 'working_days' ? policy.extensionLimit : undefined
  const originalDueOn = unit === 'working_days'
    ? addWorkingDays(calendar, startDate, amount)
    : nextWorkingDay(calendar, startDate.add({ days: amount }))
  const extendedTo = Math.min(extension?.amount ?? 0, extensionLimit ?? 0)
  const lengthened = extension && extendedTo > amount
  const clock = {
    policyId, source, ground, amount, unit, startsFrom, startDate, originalDueOn, extensionLimit,
    dueOn: lengthened ? addWorkingDays(calendar, startDate, extendedTo) : originalDueOn,
    extension: lengthened ? { ...extension, amount: extendedTo } : undefined,
  }
  // Explained when asked: lists and registration only need the dates.
  let steps: TermStep[] | undefined
  return { ...clock, get steps() { return steps ??= explain(calendar, clock) } }
}

const isExtendable = (clock: Clock): clock is Clock & { extensionLimit: number } => clock.extensionLimit !== undefined

const amountOf = (clock: Clock): number => clock.extension?.amount ?? clock.amount

function dueAfterExtension(calendar: WorkingCalendar, clock: Clock, workingDays: number): Temporal.PlainDate {
  const amount = Math.min(workingDays, clock.extensionLimit ?? 0)
  return amount > amountOf(clock) ? addWorkingDays(calendar, clock.startDate, amount) : clock.dueOn
}

const sources: readonly DeadlinePolicy['source'][] = ['law', 'regulation', 'policy']

const byUrgency = (a: Clock, b: Clock): number =>
  Temporal.PlainDate.compare(a.dueOn, b.dueOn) || sources.indexOf(a.source) - sources.indexOf(b.source)
