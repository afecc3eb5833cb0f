import { sql, type RawBuilder, type Transaction } from 'kysely'
import { judgeReading, waitsForOffice, type Judged, type ReadingDoubt, type ReadingSource, type Value } from '../../regulation/readings.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { writeQuantity, type Quantity, type Service } from '../../regulation/tariffs.ts'
import type { Group } from '../people/group.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { closedThrough } from './post-lines.ts'

/** A meter with its last accepted reading, the one that waits for the office, and what it counts in a usual month. */
export type MeterRow = {
  readonly id: number
  readonly account_id: number
  readonly service: Service
  readonly serial: string
  readonly digits: number
  readonly registers: 1 | 2
  readonly seals: string
  readonly verified_on: Temporal.PlainDate | null
  readonly next_verification_on: Temporal.PlainDate | null
  readonly installed_on: Temporal.PlainDate
  readonly removed_on: Temporal.PlainDate | null
  readonly last_id: number | null
  readonly last_value: number | null
  readonly last_night: number | null
  readonly last_on: Temporal.PlainDate | null
  readonly waiting_value: number | null
  readonly waiting_on: Temporal.PlainDate | null
  readonly usual: number | null
}

export const metersOf = (tx: Transaction<DB>, account: number): Promise<MeterRow[]> => meters(tx, sql`m.account_id = ${account} and m.removed_on is null`)

async function meters(tx: Transaction<DB>, where: RawBuilder<unknown>): Promise<MeterRow[]> {
  const { rows } = await sql<MeterRow>`
    select m.*, l.id as last_id, l.value as last_value, l.night as last_night, l.taken_on as last_on, w.value as waiting_value, w.taken_on as waiting_on, u.usual
    from meters m
    left join lateral (select id, value, night, taken_on from readings where meter_id = m.id and accepted_at is not null order by taken_on desc, id desc limit 1) l on true
    left join lateral (select value, taken_on from readings where meter_id = m.id and accepted_at is null and refused_at is null order by taken_on desc, id desc limit 1) w on true
    left join lateral (
      select round(avg(quantity))::bigint as usual from (
        select quantity from ledger_lines where account_id = m.account_id and kind = 'charge' and service = m.service and meter_id = m.id and method = 'reading' and quantity >= 0
        order by period desc limit 3) three) u on true
    where ${where} order by m.service, m.id`.execute(tx)
  return rows
}

export type NewReading = Value & {
  readonly meter: number
  readonly takenOn: Temporal.PlainDate
  readonly source: ReadingSource
  readonly by: string | null
  /** Whoever sends it has looked again and says that it is right. */
  readonly confirmed?: boolean | undefined
  readonly reason?: string | undefined
  readonly photo?: string | undefined
  /** The last reading that the sender saw; another one since is told instead of being written over. */
  readonly seen?: number | null | undefined
  readonly cause?: string | undefined
  /** The office does not ask itself. */
  readonly settled?: boolean | undefined
}
export type KeptReading = { readonly id: number; readonly state: 'sent' | 'accepted'; readonly used: Quantity; readonly doubts: readonly ReadingDoubt[]; readonly repeated: boolean }

/** What a reading would be taken for, without keeping it: for the estimate beside the field. */
export async function judge(tx: Transaction<DB>, group: Group, meter: MeterRow, given: Value, takenOn: Temporal.PlainDate, today: Temporal.PlainDate): Promise<Judged> {
  const { window, rules: { spikeTimes } } = group.cabinet
  return judgeReading({
    meter: { digits: meter.digits, registers: meter.registers, installedOn: meter.installed_on, ...(meter.next_verification_on && { nextVerificationOn: meter.next_verification_on }), ...(meter.removed_on && { removedOn: meter.removed_on }) },
    given, takenOn, today, window, spikeTimes, closedThrough: await closedThrough(tx),
    ...(meter.last_on && { last: { value: BigInt(meter.last_value!), ...(meter.last_night !== null && { night: BigInt(meter.last_night) }), takenOn: meter.last_on } }),
    ...(meter.usual !== null && { usual: BigInt(meter.usual) }),
  })
}

/**
 * The only door by which readings come in: judged, confirmed where they are odd, then accepted or left to the office.
 * @throws Refusal at `value`, `night`, `takenOn`; reading_doubtful; reading_changed_meanwhile
 */
export async function keepReading(tx: Transaction<DB>, group: Group, account: number, given: NewReading, now: Temporal.Instant): Promise<KeptReading> {
  // Two devices at once: the second waits, and is told what the first one sent.
  await sql`select 1 from meters where id = ${given.meter} for update`.execute(tx)
  if (given.cause) {
    const known = await tx.selectFrom('readings').select(['id', 'accepted_at']).where('cause', '=', given.cause).executeTakeFirst()
    if (known) return { id: known.id, state: known.accepted_at ? 'accepted' : 'sent', used: 0n, doubts: [], repeated: true }
  }
  const [meter] = await meters(tx, sql`m.id = ${given.meter} and m.account_id = ${account}`)
  if (!meter) throw new Refusal('meter_unknown', { clause: '11.3.1' })
  if (given.seen !== undefined && given.seen !== meter.last_id) throw new Refusal('reading_changed_meanwhile', { details: { value: meter.last_value === null ? '—' : writeQuantity(BigInt(meter.last_value), ',') } })
  const judged = await judge(tx, group, meter, given, given.takenOn, dateOf(now))
  if (!judged.ok) throw refuseField(judged.field, judged.code, judged.details)
  const asked = judged.doubts.filter((doubt) => ['lower', 'rolled_over', 'spike', 'zero'].includes(doubt))
  if (asked.length > 0 && !given.settled && !(given.confirmed && (given.reason || given.photo || asked.every((doubt) => doubt === 'zero')))) {
    throw new Refusal('reading_doubtful', { clause: '11.3.1', details: { doubts: asked.join(', ') } })
  }
  const accepted = given.settled || !judged.doubts.some(waitsForOffice)
  const { id } = await tx.insertInto('readings').values({
    meter_id: meter.id, taken_on: given.takenOn, value: Number(given.value), night: given.night === undefined ? null : Number(given.night), source: given.source, sent_by: given.by, sent_at: now,
    reason: given.reason ?? null, photo_id: given.photo ?? null, doubts: [...judged.doubts], accepted_at: accepted ? now : null, accepted_by: given.settled ? given.by : null,
    refused_at: null, refused_by: null, refused_for: null, cause: given.cause ?? null,
  }).returning('id').executeTakeFirstOrThrow()
  return { id, state: accepted ? 'accepted' : 'sent', used: judged.used.value + (judged.used.night ?? 0n), doubts: judged.doubts, repeated: false }
}

export type ReadingState = 'sent' | 'accepted' | 'billed' | 'refused'
export type ReadingRow = {
  readonly id: number; readonly meter_id: number; readonly serial: string; readonly service: Service; readonly taken_on: Temporal.PlainDate; readonly value: number; readonly night: number | null; readonly source: ReadingSource
  readonly sent_at: Temporal.Instant; readonly reason: string | null; readonly refused_for: string | null; readonly doubts: readonly ReadingDoubt[]; readonly state: ReadingState; readonly billed_in: Temporal.PlainDate | null
}

/** Readings of an account, newest first, each with how far it has come: sent, accepted, billed. */
export async function readingsOf(tx: Transaction<DB>, account: number, limit: number): Promise<ReadingRow[]> {
  const { rows } = await sql<ReadingRow>`
    select r.id, r.meter_id, m.serial, m.service, r.taken_on, r.value, r.night, r.source, r.sent_at, r.reason, r.refused_for, r.doubts, l.period as billed_in,
      case when r.refused_at is not null then 'refused' when r.accepted_at is null then 'sent' when l.period is not null then 'billed' else 'accepted' end as state
    from meters m join readings r on r.meter_id = m.id
    left join lateral (
      select l.period from ledger_lines l join settlement_runs s on s.id = l.run_id and s.posted_at is not null
      where l.account_id = m.account_id and l.kind = 'charge' and l.reading_id = r.id limit 1) l on true
    where m.account_id = ${account} order by r.taken_on desc, r.id desc limit ${limit}`.execute(tx)
  return rows
}
