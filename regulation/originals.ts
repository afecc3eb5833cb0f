import type { Fact } from './appeal-facts.ts'
import type { Holder } from './holders.ts'
import type { PersonId, UnitId } from './vocabulary.ts'

/**
 * The paper itself, п. 4.7–4.8: in which unit it lies, or who has it and until when, each hand-over signed by whoever
 * gives and whoever takes; then in which case file (п. 7.8), and the act it was destroyed by.
 */
export type Original = {
  readonly sheets: number
  /** In whose charge it is: the chancellery that registered it, or that put it into its place last. */
  readonly keeper: Holder
  readonly unit?: UnitId | undefined
  readonly shelf?: string | undefined
  /** Who has it; absent: it lies in its unit. */
  readonly person?: PersonId | undefined
  readonly since: Temporal.Instant
  readonly returnOn?: Temporal.PlainDate | undefined
  /** Given and not yet signed for. */
  readonly offered?: { readonly to: PersonId; readonly unit: UnitId; readonly by: PersonId; readonly at: Temporal.Instant; readonly returnOn?: Temporal.PlainDate | undefined; readonly purpose: string } | undefined
  readonly caseFile?: { readonly id: number; readonly index: string } | undefined
  readonly destroyedBy?: string | undefined
}

/** Where papers stand, as whoever keeps or holds them asks for them. */
export const originalPlaces = ['with_me', 'offered_to_me', 'offered', 'lying', 'given_out', 'overdue', 'filed', 'destroyed'] as const
export type OriginalPlace = (typeof originalPlaces)[number]

/** Where it lies at first: with whoever registered the paper, until it is put into its place. */
export const bornOriginal = (fact: Fact<'register'>): Original => ({ sheets: fact.data.sheets ?? 1, keeper: fact.as, person: fact.by, since: fact.at })

/** The original after one more fact; undefined: the fact does not concern it. */
export function foldOriginal(before: Original, fact: Fact): Original | undefined {
  switch (fact.action) {
    case 'keep_original':
      return { ...before, keeper: fact.as, unit: fact.data.unit, shelf: fact.data.shelf, person: undefined, returnOn: undefined, offered: undefined, since: fact.at }
    case 'hand_over_original': {
      const { to, unit, purpose, returnOn } = fact.data
      return { ...before, offered: { to, unit, purpose, by: fact.by ?? '', at: fact.at, returnOn: returnOn ? Temporal.PlainDate.from(returnOn) : undefined } }
    }
    case 'accept_original':
      return before.offered && {
        ...before, person: before.offered.to, unit: before.offered.unit, shelf: undefined, returnOn: before.offered.returnOn, since: fact.at, offered: undefined,
      }
    case 'refuse_original':
      return { ...before, offered: undefined }
    case 'file_original':
      return { ...before, caseFile: { id: fact.data.caseFile, index: fact.data.index } }
    case 'destroy_original':
      return { ...before, destroyedBy: fact.data.act, person: undefined, offered: undefined, since: fact.at }
    default:
      return undefined
  }
}

/**
 * The last day a filed paper is kept: whole years from 1 January after the year in which its case file was closed
 * (`years` of the file's retention term).
 */
export function keptUntil(closedOn: Temporal.PlainDate, years: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year: closedOn.year + years, month: 12, day: 31 })
}
