import type { GeneratedAlways } from 'kysely'

export type DispatchTables = {
  post_registries: {
    id: GeneratedAlways<number>
    organization_id: string
    year: number
    n: number
    made_on: Temporal.PlainDate
    made_by: string
    posted_on: Temporal.PlainDate | null
    posted_by: string | null
    cancelled_on: Temporal.PlainDate | null
  }
  post_items: {
    registry_id: number
    place: number
    appeal_id: number
    letter_number: string
    addressee: string
    address: string
    post_number: string | null
  }
}
