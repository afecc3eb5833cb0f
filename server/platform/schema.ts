import type { GeneratedAlways } from 'kysely'

/** What has become of a message; see `0003_messages.sql`. */
export type MessageStatus = 'waiting' | 'sending' | 'transmitting' | 'sent' | 'failed' | 'unsure'

/** Tables of the platform: stored files and the outbox. */
export type PlatformTables = {
  files: {
    id: string
    appeal_id: number | null
    /** Came with something not yet registered. */
    intake_item_id: number | null
    /** Null: came with the appeal; otherwise goes with the reply of that task. */
    task: number | null
    /** `letter`: leaves as the answer; `aside`: kept, shown to nobody outside. */
    part: 'letter' | 'aside' | null
    name: string
    media_type: string
    size_bytes: number
    sha256: string
    uploaded_by: string | null
    created_at: Temporal.Instant
  }
  messages: {
    id: GeneratedAlways<number>
    cause: string
    appeal_id: number | null
    template: string
    recipient: string
    language: 'ru' | 'kk'
    subject: string
    body: string
    attachments: string[]
    message_id: string
    status: MessageStatus
    attempts: number
    /** What the mail server last said, or why there is no answer. */
    outcome: string | null
    created_at: Temporal.Instant
    settled_at: Temporal.Instant | null
  }
}
