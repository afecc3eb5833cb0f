import type { GeneratedAlways } from 'kysely'
import type { AppealKind, Language } from '../../regulation/vocabulary.ts'

/** Tables of the review books (п. 5.1, 6.1). */
export type ReviewBookTables = {
  review_books: {
    id: GeneratedAlways<number>
    organization_id: string
    unit_id: string
    title: string
    opened_on: Temporal.PlainDate
    opened_by: string
    closed_on: Temporal.PlainDate | null
    closed_by: string | null
  }
  book_entries: {
    id: GeneratedAlways<number>
    book_id: number
    n: number
    written_at: Temporal.Instant
    recorded_at: Temporal.Instant
    recorded_by: string
    kind: AppealKind
    language: Language
    applicant_name: string | null
    applicant_contacts: string | null
    words: string
    sent_at: Temporal.Instant | null
    sent_by: string | null
    intake_item_id: number | null
    measures: string | null
    reply_number: string | null
    written_back_at: Temporal.Instant | null
    written_back_by: string | null
  }
}
