import type { GeneratedAlways } from 'kysely'
import type { Language } from '../../regulation/vocabulary.ts'

export type ReplyTables = {
  reply_templates: {
    id: GeneratedAlways<number>
    organization_id: string
    language: Language
    kind: 'template' | 'faq'
    topic: string
    title: string
    body: string
    made_by: string
    made_at: Temporal.Instant
    removed_at: Temporal.Instant | null
  }
}
