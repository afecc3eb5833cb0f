import type { GeneratedAlways } from 'kysely'
import type { Service } from '../../regulation/tariffs.ts'

export type OutageTables = {
  outages: {
    id: GeneratedAlways<number>; organization_id: string; service: Service; starts_at: Temporal.Instant; ends_at: Temporal.Instant; reason_kk: string; reason_ru: string; places: string
    made_by: string; made_at: Temporal.Instant; cancelled_at: Temporal.Instant | null; cancelled_by: string | null
  }
  outage_buildings: { outage_id: number; building_id: number }
}
