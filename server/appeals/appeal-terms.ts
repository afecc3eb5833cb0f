import type { AppealCase } from '../../regulation/appeal-case.ts'
import { terms, type Clock, type Terms } from '../../regulation/deadlines.ts'
import { makeWorkingCalendar, type WorkingCalendar } from '../../regulation/working-calendar.ts'
import type { Group } from '../people/group.ts'

/** Every clock that runs over a case, with the extension it was given. */
export function termsOf(group: Group, appeal: TermFacts): Terms {
  return terms({
    policies: group.policies, calendar: calendarOf(group), organization: appeal.organization, channel: appeal.channel,
    kind: appeal.kind, receivedAt: appeal.receivedAt, registeredAt: appeal.registeredAt,
    extension: appeal.extension && {
      amount: appeal.extension.workingDays, order: { by: appeal.extension.by, at: appeal.extension.at, reason: appeal.extension.reason },
    },
  })
}

export type TermFacts = Pick<AppealCase, 'organization' | 'channel' | 'kind' | 'receivedAt' | 'registeredAt' | 'extension'>

/** The earliest clock, by which the answer is due. */
export const bindingTerm = (group: Group, appeal: TermFacts): Clock => termsOf(group, appeal).binding

const calendars = new WeakMap<Group, WorkingCalendar>()

/** The group's working calendar; made once, for it remembers the years it has worked out. */
export function calendarOf(group: Group): WorkingCalendar {
  const known = calendars.get(group) ?? makeWorkingCalendar(group.overrides)
  calendars.set(group, known)
  return known
}
