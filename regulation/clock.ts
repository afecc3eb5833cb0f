import type { DeadlinePolicy } from './deadline-policies.ts'
import type { Bilingual } from './vocabulary.ts'

/** п. 11.6.16: by order of the executive the term is `amount` working days in all, counted from its start. */
export type Extension = {
  readonly amount: number
  readonly order: { readonly by: string; readonly at: Temporal.Instant; readonly reason?: string | undefined }
}

/** One policy running over one appeal. It is missed from the day after `dueOn`. */
export type Clock = {
  readonly policyId: string
  readonly source: DeadlinePolicy['source']
  readonly ground: DeadlinePolicy['ground']
  readonly amount: number
  readonly unit: DeadlinePolicy['unit']
  readonly startsFrom: DeadlinePolicy['startsFrom']
  /** The day of that moment in Asia/Almaty, a day off too; counting begins on the day after. */
  readonly startDate: Temporal.PlainDate
  /** Always a working day. */
  readonly dueOn: Temporal.PlainDate
  readonly originalDueOn: Temporal.PlainDate
  /** Present if the clock can be extended: the most working days in all. */
  readonly extensionLimit?: number | undefined
  /** Present if the extension lengthened this clock; `amount` is cut to the limit. */
  readonly extension?: Extension | undefined
  readonly steps: readonly TermStep[]
}

/**
 * One line of the explanation of a date, in the order of the days:
 * - `start`: the day of receipt or registration, which is not counted; `reason` if it is a day off
 * - `counted`: days `from`…`date` were counted one by one, `count` of the term has passed with the last
 * - `day_off`: not counted, or not fit to be the last day, because of `reason`
 * - `worked`: a day otherwise free that the order in `reason` makes a working one; it is counted
 * - `moved`: the last day `from` was a day off, so the term ends on `date`, by `reason`
 * - `extended`: the term would have ended on `date`; the order lengthened it to `count` working days in all
 * - `due`: the last day, to its end
 */
export type TermStep =
  | { readonly kind: 'start'; readonly date: Temporal.PlainDate; readonly reason?: Bilingual | undefined }
  | { readonly kind: 'counted'; readonly from: Temporal.PlainDate; readonly date: Temporal.PlainDate; readonly count: number }
  | { readonly kind: 'day_off' | 'worked'; readonly date: Temporal.PlainDate; readonly reason: Bilingual }
  | { readonly kind: 'moved'; readonly from: Temporal.PlainDate; readonly date: Temporal.PlainDate; readonly reason: Bilingual }
  | { readonly kind: 'extended'; readonly date: Temporal.PlainDate; readonly count: number; readonly order: Extension['order'] }
  | { readonly kind: 'due'; readonly date: Temporal.PlainDate }
