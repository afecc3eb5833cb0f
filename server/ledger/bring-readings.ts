import { sql, type Transaction } from 'kysely'
import type { ReadingSource } from '../../regulation/readings.ts'
import type { Service } from '../../regulation/tariffs.ts'
import type { DB } from '../schema.ts'
import { added, refused, unchanged, type Bringing, type Brought } from './bring.ts'
import { keepReadings, type BulkReading } from './meters.ts'

export type GivenReading = { readonly account?: string | null; readonly service: Service; readonly serial: string; readonly day: string; readonly value: string; readonly night?: string | null; readonly source?: ReadingSource | null; readonly cause: string }

/** Readings that another system counts by, through the door of all readings: accepted, unless they are there already or cannot be. */
export async function bringReadings(tx: Transaction<DB>, given: readonly GivenReading[], { group, by, now, write }: Bringing): Promise<Brought[]> {
  const { rows: meters } = await sql<{ id: number; service: Service; serial: string; account_id: number | null; number: string | null }>`
    select m.id, m.service, m.serial, m.account_id, a.number from jsonb_to_recordset(${JSON.stringify(given.map(({ service, serial }) => ({ service, serial })))}::jsonb) as g (service service, serial text)
    join meters m on m.service = g.service and m.serial = g.serial left join accounts a on a.id = m.account_id`.execute(tx)
  const standing = new Map(meters.map((row) => [`${row.service} ${row.serial}`, row]))
  const mark = (meter: number, day: string, value: string | number, night: string | number | null | undefined) => `${meter} ${day} ${value} ${night ?? ''}`
  const { rows: kept } = await sql<{ meter_id: number; taken_on: Temporal.PlainDate; value: number; night: number | null }>`
    select meter_id, taken_on, value, night from readings where meter_id = any(${meters.map(({ id }) => id)}::bigint[]) and taken_on = any(${[...new Set(given.map(({ day }) => day))]}::date[]) and accepted_at is not null`.execute(tx)
  const known = new Set(kept.map((row) => mark(row.meter_id, row.taken_on.toString(), row.value, row.night)))
  const answers: Brought[] = []
  const fresh: (BulkReading & { readonly at: number })[] = []
  for (const [at, one] of given.entries()) {
    const meter = standing.get(`${one.service} ${one.serial}`)
    if (!meter || (one.account ?? null) !== meter.number) answers[at] = refused('serial', 'meter_unknown')
    else if (known.has(mark(meter.id, one.day, one.value, one.night))) answers[at] = unchanged
    else {
      known.add(mark(meter.id, one.day, one.value, one.night))
      fresh.push({
        at, account: meter.account_id, meter: meter.id, takenOn: Temporal.PlainDate.from(one.day), value: BigInt(one.value), ...(one.night != null && { night: BigInt(one.night) }), source: one.source ?? 'office', by, settled: true, cause: one.cause,
      })
    }
  }
  for (const [i, answer] of (await keepReadings(tx, group, fresh, now, { keep: write })).entries()) {
    answers[fresh[i]!.at] = answer.ok ? added : refused(answer.field === 'takenOn' ? 'day' : answer.field === 'meter' ? 'serial' : answer.field, answer.code, answer.details)
  }
  return answers
}
