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
  }
  journal_entries: {
    organization_id: string
    journal: Journal
    year: number
    n: number
    number: string
    number_key: string
    appeal_id: number
    registered_at: Temporal.Instant
    registrar: string | null
    prev_hash: Buffer | null
    hash: Buffer
  }
  idempotency_keys: {
    scope: string
    key: string
    request_digest: Buffer
    appeal_id: number
    created_at: Temporal.Instant
  }
}
