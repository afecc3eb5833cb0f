import { appealKinds, type AppealKind } from '../../regulation/vocabulary.ts'
import { termsOf } from '../../server/appeals/appeal-terms.ts'
import { dateOf } from '../../server/platform/clock.ts'
import type { Group } from '../../server/people/group.ts'
import type { View } from './view.ts'

export type DueDay = { readonly day: string; readonly amount: number; readonly unit: 'working_days' | 'calendar_days' }
export type DueDays = Readonly<Record<AppealKind, DueDay>>

/** By when an appeal of each kind is answered if it is written now. Worked out once a day, for every reader alike. */
export function dueDays({ group, door, context: { now } }: View): DueDays {
  const key = `${door.site.channel} ${dateOf(now).toString()}`
  const days = known.get(group) ?? new Map<string, DueDays>()
  const remembered = days.get(key)
  if (remembered) return remembered
  const made = Object.fromEntries(appealKinds.map((kind) => {
    const { binding } = termsOf(group, {
      organization: group.feedback.organization, channel: door.site.channel, kind, receivedAt: now, registeredAt: now, extension: undefined,
    })
    return [kind, { day: binding.dueOn.toString(), amount: binding.amount, unit: binding.unit }]
  })) as DueDays
  if (days.size > 8) days.clear()
  known.set(group, days.set(key, made))
  return made
}

const known = new WeakMap<Group, Map<string, DueDays>>()
