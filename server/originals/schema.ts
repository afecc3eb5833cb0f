import type { GeneratedAlways } from 'kysely'

/** Tables of what becomes of papers (п. 4.7–4.8, 7.8); where each one is, the index `originals` of the appeals tells. */
export type OriginalTables = {
  case_files: {
    id: GeneratedAlways<number>
    organization_id: string
    unit_id: string
    index: string
    title: string
    year: number
    retention_years: number | null
    ground: string
    opened_on: Temporal.PlainDate
    opened_by: string
    closed_on: Temporal.PlainDate | null
    closed_by: string | null
    act_id: number | null
  }
  destruction_acts: {
    id: GeneratedAlways<number>
    organization_id: string
    year: number
    n: number
    commission: string
    drawn_on: Temporal.PlainDate
    drawn_by: string
    approved_on: Temporal.PlainDate | null
    approved_by: string | null
    carried_out_on: Temporal.PlainDate | null
    carried_out_by: string | null
    way: string | null
    cancelled_on: Temporal.PlainDate | null
  }
  stock_takes: {
    id: GeneratedAlways<number>
    organization_id: string
    unit_id: string
    started_at: Temporal.Instant
    started_by: string
    closed_at: Temporal.Instant | null
    closed_by: string | null
  }
  stock_take_lines: {
    stock_take_id: number
    appeal_id: number
    expected: boolean
    found_at: Temporal.Instant | null
    found_by: string | null
  }
}
