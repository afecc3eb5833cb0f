import type { Generated, GeneratedAlways, Selectable } from 'kysely'
import type { LineKind } from '../../regulation/ledger.ts'
import type { ReadingSource } from '../../regulation/readings.ts'
import type { ConsumerGroup, Service, TariffPlan } from '../../regulation/tariffs.ts'

/** Tables of the consumers' ledger, п. 11.3.1: quantities in ten-thousandths, money in tiyn, months by their first day. */
export type LedgerTables = {
  buildings: { id: GeneratedAlways<number>; address: string; district: string; common_heat_meter: boolean }
  premises: { id: GeneratedAlways<number>; building_id: number; flat: string; area: number; stove: boolean }
  accounts: { id: GeneratedAlways<number>; number: string; premises_id: number; holder_name: string; secret_version: number; opened_on: Temporal.PlainDate; closed_on: Temporal.PlainDate | null }
  account_terms: {
    id: GeneratedAlways<number>; account_id: number; from_day: Temporal.PlainDate; residents: number; benefit: boolean; basis: string
    made_by: string | null; made_at: Temporal.Instant
  }
  account_services: { id: GeneratedAlways<number>; account_id: number; service: Service; consumer_group: ConsumerGroup; plan: TariffPlan; from_day: Temporal.PlainDate; to_day: Temporal.PlainDate | null }
  meters: {
    id: GeneratedAlways<number>; account_id: number | null; building_id: number | null; service: Service; serial: string; digits: number; registers: number; seals: string
    verified_on: Temporal.PlainDate | null; next_verification_on: Temporal.PlainDate | null; installed_on: Temporal.PlainDate; removed_on: Temporal.PlainDate | null
  }
  readings: {
    id: GeneratedAlways<number>; meter_id: number; taken_on: Temporal.PlainDate; value: number; night: number | null; source: ReadingSource; sent_by: string | null; sent_at: Temporal.Instant
    reason: string | null; photo_id: string | null; doubts: string[]; accepted_at: Temporal.Instant | null; accepted_by: string | null
    refused_at: Temporal.Instant | null; refused_by: string | null; refused_for: string | null; cause: string | null
  }
  settlement_runs: {
    id: GeneratedAlways<number>; period: Temporal.PlainDate; started_by: string; started_at: Temporal.Instant; accounts: number; counted_at: Temporal.Instant | null; totals: unknown
    posted_at: Temporal.Instant | null; posted_by: string | null; cancelled_at: Temporal.Instant | null
  }
  settlement_chunks: { run_id: number; n: number; from_building: number; to_building: number; accounts: number; done_at: Temporal.Instant | null; totals: unknown }
  settlement_exceptions: {
    run_id: number; account_id: number; service: Service; kind: string; details: Record<string, string>; decision: string | null; decided_by: string | null; decided_at: Temporal.Instant | null
  }
  ledger_lines: {
    account_id: number; period: Temporal.PlainDate; kind: LineKind; service: Service; entry: number; amount: number; net: number | null; vat: number | null; quantity: number | null; night: number | null
    method: 'reading' | 'average' | 'norm' | 'outside' | null; plan: TariffPlan | null; residents: number | null; meter_id: number | null; since_reading: number | null; reading_id: number | null
    run_id: number | null; on_day: Temporal.PlainDate | null
  }
  bills: {
    account_id: number; period: Temporal.PlainDate; run_id: number; opening: number; charged: number; recalculated: number; penalty: number; paid: number; closing: number
    balances: Record<string, [principal: number, penalty: number]>
  }
  corrections: {
    id: GeneratedAlways<number>; account_id: number; service: Service; corrects: Temporal.PlainDate | null; amount: number; reason: string; made_by: string; made_at: Temporal.Instant; kind: Generated<LineKind | null>
  }
  payment_batches: {
    id: GeneratedAlways<number>; source: string; file_name: string; sha256: Buffer; lines: number; faults: Generated<number>; total: number; declared_total: number | null; made_by: string; made_at: Temporal.Instant
    booked_at: Temporal.Instant | null; booked_by: string | null; cancelled_at: Temporal.Instant | null
  }
  payment_batch_lines: { batch_id: number; n: number; raw: string; account: string | null; amount: number | null; paid_on: Temporal.PlainDate | null; reference: string | null; fault: string | null }
  payments: {
    id: GeneratedAlways<number>; source: string; reference: string; account_given: string; account_id: number | null; amount: number; paid_on: Temporal.PlainDate; received_at: Temporal.Instant
    batch_id: number | null; period: Temporal.PlainDate | null; settled_by: string | null; returned_at: Temporal.Instant | null; returned_for: string | null
  }
  account_access: {
    id: GeneratedAlways<number>; account_id: number; person_id: string; way: 'code' | 'office' | 'shared'; granted_by: string; granted_at: Temporal.Instant
    ended_at: Temporal.Instant | null; ended_by: string | null
  }
  link_requests: {
    id: GeneratedAlways<number>; account_given: string; account_id: number | null; person_id: string; words: string; asked_at: Temporal.Instant
    settled_at: Temporal.Instant | null; settled_by: string | null; refused_for: string | null
  }
  cabinet_messages: { appeal_id: number; person_id: string; organization_id: string; account_id: number | null; period: Temporal.PlainDate | null; service: Service | null }
  account_changes: { id: GeneratedAlways<number>; account_id: number; kind: AccountChangeKind; details: Record<string, string>; made_by: string; made_at: Temporal.Instant }
  bill_prints: {
    id: GeneratedAlways<number>; period: Temporal.PlainDate; district: string | null; building_id: number | null; language: 'ru' | 'kk'; bills: number; made_by: string; made_at: Temporal.Instant
    cancelled_at: Temporal.Instant | null; troubled_at: Temporal.Instant | null; removed_at: Temporal.Instant | null
  }
  bill_print_parts: { print_id: number; n: number; accounts: number[]; first_address: string; last_address: string; done_at: Temporal.Instant | null; file_id: string | null }
  exchange_imports: {
    id: GeneratedAlways<number>; kind: string; file_name: string; rows: number; refused: number; report: unknown; made_by: string; made_at: Temporal.Instant
    state: Generated<'checking' | 'staged' | 'applying' | 'applied' | 'cancelled' | 'failed' | null>; period: Generated<Temporal.PlainDate | null>; run_id: Generated<number | null>
    checked_through: Generated<number>; applied_through: Generated<number>; added: Generated<number>; changed: Generated<number>; unchanged: Generated<number>; fault: Generated<unknown>
    applied_by: Generated<string | null>; applied_at: Generated<Temporal.Instant | null>; finished_at: Generated<Temporal.Instant | null>; cancelled_at: Generated<Temporal.Instant | null>
  }
  exchange_rows: { import_id: number; n: number; fields: unknown; given: Generated<unknown>; verdict: 'new' | 'changed' | 'unchanged' | 'refused' | null; was: Generated<unknown>; faults: Generated<unknown> }
}

export const accountChangeKinds = ['terms', 'plan', 'meter_replaced', 'verification', 'seals', 'secret_shown', 'secret_renewed', 'access_granted', 'access_ended'] as const
export type AccountChangeKind = (typeof accountChangeKinds)[number]

export type BillRow = Selectable<LedgerTables['bills']>
