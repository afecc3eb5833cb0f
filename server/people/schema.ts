import type { GeneratedAlways } from 'kysely'
import type { Role } from '../../regulation/vocabulary.ts'

/** Tables of people and their sign-ins; see `0001_people.sql`. */
export type PeopleTables = {
  organizations: { id: string }
  org_units: { id: string; organization_id: string }
  people: {
    id: string
    email: string
    name: string
    password_hash: string | null
    totp_secret: string | null
    totp_step: number | null
    created_at: Temporal.Instant
  }
  role_assignments: {
    id: GeneratedAlways<number>
    person_id: string
    role: Role
    organization_id: string
    unit_id: string | null
    valid_from: Temporal.PlainDate
    valid_to: Temporal.PlainDate | null
  }
  sessions: {
    token_hash: Buffer
    id: string
    person_id: string
    created_at: Temporal.Instant
    last_seen_at: Temporal.Instant
    expires_at: Temporal.Instant
    address: string
    agent: string
  }
  sign_in_codes: { email: string; code_hash: Buffer; expires_at: Temporal.Instant; attempts: number }
  sign_in_attempts: { id: GeneratedAlways<number>; key: string; at: Temporal.Instant }
  deputies: {
    id: GeneratedAlways<number>
    person_id: string
    deputy_id: string
    from_day: Temporal.PlainDate
    to_day: Temporal.PlainDate
    named_by: string
    named_at: Temporal.Instant
    ended_at: Temporal.Instant | null
  }
}
