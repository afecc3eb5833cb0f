import type { AppealKind, Bilingual, Channel, OrganizationId } from './vocabulary.ts'

/**
 * One clock that may run over an appeal. Data: a group's configuration lists them (`groups/*.yaml`).
 * A policy that names no organization, channel or kind applies to all of them.
 */
export type DeadlinePolicy = {
  /** Rows of one id are editions of one rule: of those valid on a day, the latest `validFrom` speaks. */
  readonly id: string
  readonly organizations?: readonly OrganizationId[] | undefined
  readonly channels?: readonly Channel[] | undefined
  readonly kinds?: readonly AppealKind[] | undefined
  /** Appeals received on or after this day (and before `validTo`, if given) run this clock. */
  readonly validFrom: Temporal.PlainDate
  readonly validTo?: Temporal.PlainDate | undefined
  /** Whole days, at least 1; day 1 is the next working or calendar day. */
  readonly amount: number
  readonly unit: 'working_days' | 'calendar_days'
  readonly startsFrom: 'received' | 'registered'
  /**
   * Greatest amount an extension may reach, in working days in all from the start; absent: cannot be extended.
   * п. 11.6.16 extends in working days, so a clock of calendar days is never extended, whatever stands here.
   */
  readonly extensionLimit?: number | undefined
  /** A law's clock may not be passed silently: extending past it needs an acknowledged warning. */
  readonly source: 'regulation' | 'law' | 'policy'
  /** Clause of the regulation (`11.6.16`) or the law's article, as printed on screen. */
  readonly ground: Bilingual
}
