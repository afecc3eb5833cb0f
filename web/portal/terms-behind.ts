import { termsOf } from '../../server/appeals/appeal-terms.ts'
import { termsView } from '../../server/appeals/card.ts'
import type { TermsView } from '../../server/appeals/views.ts'
import { dateOf } from '../../server/platform/clock.ts'
import type { Group } from '../../server/people/group.ts'
import type { TrackingView } from '../../server/tracking/track-appeal.ts'

/**
 * The day-by-day ground of an appeal's due date, as the applicant may read it. Nothing rather than the ground of
 * another date: the tracking view does not tell the channel, so the one whose clocks end on the day is taken.
 */
export function termsBehind(group: Group, full: NonNullable<TrackingView['full']>): TermsView | undefined {
  const registeredAt = full.stages.find(({ stage }) => stage === 'registered')?.at ?? full.receivedAt
  const [received, registered] = [Temporal.Instant.from(full.receivedAt), Temporal.Instant.from(registeredAt)]
  const key = [full.kind, dateOf(received), dateOf(registered), full.extension?.workingDays ?? 0, full.term.dueOn].join(' ')
  const views = known.get(group) ?? new Map<string, TermsView | undefined>()
  known.set(group, views)
  if (!views.has(key)) {
    if (views.size > 1_000) views.clear()
    views.set(key, group.sites.map(({ channel }) => termsView(termsOf(group, {
      organization: group.feedback.organization, channel, kind: full.kind, receivedAt: received, registeredAt: registered,
      extension: full.extension && { workingDays: full.extension.workingDays, reason: full.extension.reason, by: '', at: registered },
    }))).find(({ dueOn }) => dueOn === full.term.dueOn))
  }
  return views.get(key)
}

/** What was written on the same day has the same ground. */
const known = new WeakMap<Group, Map<string, TermsView | undefined>>()
