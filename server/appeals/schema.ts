import type { Generated, GeneratedAlways } from 'kysely'
import type { Journal } from '../../regulation/appeal-facts.ts'
import type { AppealState } from '../../regulation/appeal-case.ts'
import type { AnswerWay, ApplicantGroup, AppealKind, Channel, Language } from '../../regulation/vocabulary.ts'

/** The tables behind the three doors. Only files of this folder name them in SQL. */
export type AppealTables = {
  appeals: {
    id: GeneratedAlways<number>
    organization_id: string
    number: string
    channel: Channel
    kind: AppealKind
    language: Language
    state: AppealState
    answer_way: AnswerWay
    received_at: Temporal.Instant
    registered_at: Temporal.Instant
    due_on: Temporal.PlainDate | null
    answered_on: Temporal.PlainDate | null
    repeat_of: number | null
    joined_to: number | null
    last_seq: number
    last_hash: Buffer
  }
  appeal_contents: {
    appeal_id: number
    subject: string
    body: string
    applicant_group: ApplicantGroup
    applicant_name: string
    applicant_address: string
    applicant_email: string | null
    applicant_phone: string | null
    applicant_identifier: string | null
    consent_version: string | null
    applicant_account: string | null
    outgoing_number: string | null
    outgoing_on: Temporal.PlainDate | null
    search: GeneratedAlways<string>
  }
  appeal_events: {
    appeal_id: number
    seq: number
    at: Temporal.Instant
    by_person: string | null
    as_holder: string
    action: string
    data: unknown
    prev_hash: Buffer | null
    hash: Buffer
  }
  appeal_texts: { appeal_id: number; digest: string; body: string }
  appeal_readers: { holder: string; appeal_id: number }
  work_items: {
    holder: string
    queue: string
    appeal_id: number
    task: number
    due_on: Temporal.PlainDate
    since: Temporal.Instant
  }
  reply_drafts: {
    appeal_id: number
    task: number
    body: string
    revision: number
    updated_by: string
    updated_at: Temporal.Instant
  }
  journal_series: {
    organization_id: string
    journal: Journal
    year: number
    last_n: Generated<number>
    last_hash: Buffer | null
    last_mark: Generated<number>
    last_mark_hash: Buffer | null
  }
  journal_entries: {
    organization_id: string
    journal: Journal
    year: number
    n: number
    number: string
    number_key: string
    /** Null: reserved */
    appeal_id: number | null
    registered_at: Temporal.Instant
    registrar: string | null
    reserved_for: string | null
    prev_hash: Buffer | null
    hash: Buffer
  }
  journal_marks: {
    organization_id: string
    journal: Journal
    year: number
    seq: number
    n: number
    mark: 'filled' | 'annulled'
    appeal_id: number | null
    reason: string | null
    by_person: string | null
    at: Temporal.Instant
    prev_hash: Buffer | null
    hash: Buffer
  }
  intake_items: {
    id: GeneratedAlways<number>
    organization_id: string
    channel: Channel
    unit_id: string | null
    sent_by: string | null
    received_at: Temporal.Instant
    sent_at: Temporal.Instant
    words: string
    kind: AppealKind | null
    language: Language
    applicant_name: string | null
    applicant_contacts: string | null
    book_entry_id: number | null
    appeal_id: number | null
    settled_at: Temporal.Instant | null
    settled_by: string | null
    return_reason: string | null
  }
  originals: {
    appeal_id: number
    organization_id: string
    sheets: number
    unit_id: string | null
    shelf: string | null
    person_id: string | null
    since: Temporal.Instant
    return_on: Temporal.PlainDate | null
    offered_to: string | null
    case_file_id: number | null
    destroyed_by: string | null
  }
  idempotency_keys: {
    scope: string
    key: string
    request_digest: Buffer
    appeal_id: number
    created_at: Temporal.Instant
  }
}
