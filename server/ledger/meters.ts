import { sql, type RawBuilder, type Transaction } from 'kysely'
import { judgeReading, waitsForOffice, type Judged, type ReadingDoubt, type ReadingSource, type Value } from '../../regulation/readings.ts'
import { Refusal, refuseField, type RefusalCode, type RefusalDetails } from '../../regulation/refusals.ts'
import { writeQuantity, type Quantity, type Service } from '../../regulation/tariffs.ts'
import type { Group } from '../people/group.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { closedThrough } from './post-lines.ts'

/** A meter with its last accepted reading, the one that waits for the office, and what it counts in a usual month. */
export type MeterRow = {
  readonly id: number
  readonly account_id: number | null
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

/** What the meter `m` counts in a usual month: the mean of the last three that were read. */
const usualOf = sql`
  select round(avg(quantity))::bigint as usual from (
    select quantity from ledger_lines where account_id = m.account_id and kind = 'charge' and service = m.service and meter_id = m.id and method = 'reading' and quantity >= 0
    order by period desc limit 3) three`

async function meters(tx: Transaction<DB>, where: RawBuilder<unknown>): Promise<MeterRow[]> {
  const { rows } = await sql<MeterRow>`
    select m.*, l.id as last_id, l.value as last_value, l.night as last_night, l.taken_on as last_on, w.value as waiting_value, w.taken_on as waiting_on, u.usual
    from meters m
    left join lateral (select id, value, night, taken_on from readings where meter_id = m.id and accepted_at is not null order by taken_on desc, id desc limit 1) l on true
    left join lateral (select value, taken_on from readings where meter_id = m.id and accepted_at is null and refused_at is null order by taken_on desc, id desc limit 1) w on true
    left join lateral (${usualOf}) u on true
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
  return judgeOn(group, meter, given, takenOn, today, await closedThrough(tx))
}

function judgeOn({ cabinet: { window, rules: { spikeTimes } } }: Group, meter: MeterRow, given: Value, takenOn: Temporal.PlainDate, today: Temporal.PlainDate, closed: Temporal.PlainDate | undefined): Judged {
  return judgeReading({
    meter: { digits: meter.digits, registers: meter.registers, installedOn: meter.installed_on, ...(meter.next_verification_on && { nextVerificationOn: meter.next_verification_on }), ...(meter.removed_on && { removedOn: meter.removed_on }) },
    given, takenOn, today, window, spikeTimes, closedThrough: closed,
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

/** `account`: none, of a meter of the whole house. */
export type BulkReading = NewReading & { readonly account: number | null; readonly cause: string }
export type BulkKept = { readonly ok: true; readonly state: 'sent' | 'accepted'; readonly repeated: boolean } | { readonly ok: false; readonly field: string; readonly code: RefusalCode; readonly details?: RefusalDetails | undefined }

/**
 * Many readings of a file through the same door, in a handful of statements; what is odd waits for the office, unless
 * another system has settled it. Answers stand in the order given. `keep: false`: only what would come of them.
 */
export async function keepReadings(tx: Transaction<DB>, group: Group, given: readonly BulkReading[], now: Temporal.Instant, { keep = true }: { readonly keep?: boolean } = {}): Promise<BulkKept[]> {
  const ids = [...new Set(given.map(({ meter }) => meter))]
  // In one order always: two files at once wait for one another and do not meet crosswise.
  if (keep) await sql`select 1 from meters where id = any(${ids}::bigint[]) order by id for update`.execute(tx)
  const { rows: kept } = await sql<{ cause: string; accepted: boolean }>`select cause, accepted_at is not null as accepted from readings where cause = any(${given.map(({ cause }) => cause)}::text[])`.execute(tx)
  const known = new Map(kept.map(({ cause, accepted }) => [cause, accepted]))
  const found = new Map((await meters(tx, sql`m.id = any(${ids}::bigint[])`)).map((row) => [row.id, row]))
  const closed = await closedThrough(tx)
  const today = dateOf(now)
  const fresh: (NewReading & { readonly doubts: readonly ReadingDoubt[]; readonly accepted: boolean })[] = []
  const answers = given.map((one): BulkKept => {
    const repeated = known.get(one.cause)
    if (repeated !== undefined) return { ok: true, state: repeated ? 'accepted' : 'sent', repeated: true }
    const meter = found.get(one.meter)
    if (!meter || meter.account_id !== one.account) return { ok: false, field: 'meter', code: 'meter_unknown' }
    // What another system has counted by holds on the day the meter was taken down, too.
    const judged = judgeOn(group, one.settled && meter.removed_on ? { ...meter, removed_on: meter.removed_on.add({ days: 1 }) } : meter, one, one.takenOn, today, closed)
    if (!judged.ok) return judged
    const accepted = one.settled === true || !judged.doubts.some(waitsForOffice)
    fresh.push({ ...one, doubts: judged.doubts, accepted })
    known.set(one.cause, accepted)
    // A further line of the same meter is judged against this one.
    if (accepted) found.set(meter.id, { ...meter, last_value: Number(one.value), last_night: one.night === undefined ? null : Number(one.night), last_on: one.takenOn })
    return { ok: true, state: accepted ? 'accepted' : 'sent', repeated: false }
  })
  if (!keep) return answers
  const rows = JSON.stringify(fresh.map((one, n) => ({
    n, meter_id: one.meter, taken_on: one.takenOn.toString(), value: String(one.value), night: one.night === undefined ? null : String(one.night), source: one.source, sent_by: one.by, reason: one.reason ?? null, doubts: one.doubts, accepted: one.accepted, cause: one.cause,
  })))
  await sql`
    insert into readings (meter_id, taken_on, value, night, source, sent_by, sent_at, reason, doubts, accepted_at, cause)
    select meter_id, taken_on, value, night, source, sent_by, ${now}, reason, array(select jsonb_array_elements_text(doubts)), case when accepted then ${now}::timestamptz end, cause
    from jsonb_to_recordset(${rows}::jsonb) as r (meter_id bigint, taken_on date, value bigint, night bigint, source text, sent_by text, reason text, doubts jsonb, accepted boolean, cause text, n bigint) order by n`.execute(tx)
  return answers
}

/**
 * The office says once whether an odd reading counts.
 * @throws Refusal not_found; reading_settled; period or order at `takenOn`, where another reading has come since
 */
export async function decideReading(tx: Transaction<DB>, group: Group, decided: { readonly reading: number; readonly by: string; readonly refusedFor?: string | undefined }, now: Temporal.Instant): Promise<'accepted' | 'refused'> {
  const { rows: [asked] } = await sql<{ meter_id: number }>`select meter_id from readings where id = ${decided.reading}`.execute(tx)
  if (!asked) throw new Refusal('not_found', { clause: '11.3.1' })
  await sql`select 1 from meters where id = ${asked.meter_id} for update`.execute(tx)
  const { rows: [kept] } = await sql<{ taken_on: Temporal.PlainDate; value: number; night: number | null; settled: boolean }>`
    select taken_on, value, night, accepted_at is not null or refused_at is not null as settled from readings where id = ${decided.reading} for update`.execute(tx)
  if (kept!.settled) throw new Refusal('reading_settled', { clause: '11.3.1' })
  if (decided.refusedFor !== undefined) {
    await sql`update readings set refused_at = ${now}, refused_by = ${decided.by}, refused_for = ${decided.refusedFor} where id = ${decided.reading}`.execute(tx)
    return 'refused'
  }
  const [meter] = await meters(tx, sql`m.id = ${asked.meter_id}`)
  // It was judged for its day when it came: a month closed since does not make it wrong, a later reading does.
  const judged = judgeOn(group, meter!, { value: BigInt(kept!.value), ...(kept!.night !== null && { night: BigInt(kept!.night) }) }, kept!.taken_on, dateOf(now), undefined)
  if (!judged.ok) throw new Refusal(judged.code, { clause: '11.3.1', ...(judged.details && { details: judged.details }) })
  await sql`update readings set accepted_at = ${now}, accepted_by = ${decided.by} where id = ${decided.reading}`.execute(tx)
  return 'accepted'
}

/** A reading that the office must look at, with what it stands against. */
export type WaitingReading = {
  readonly id: number; readonly account_id: number; readonly number: string; readonly holder_name: string; readonly address: string; readonly flat: string; readonly service: Service; readonly serial: string; readonly digits: number
  readonly taken_on: Temporal.PlainDate; readonly value: number; readonly night: number | null; readonly source: ReadingSource; readonly sent_at: Temporal.Instant; readonly reason: string | null; readonly photo_id: string | null; readonly doubts: readonly ReadingDoubt[]
  readonly last_value: number | null; readonly last_night: number | null; readonly last_on: Temporal.PlainDate | null; readonly usual: number | null
}

/** Odd readings, the longest waiting first; `after` is the last one seen. */
export async function waitingReadings(tx: Transaction<DB>, ask: { readonly after?: { readonly at: Temporal.Instant; readonly id: number } | undefined; readonly limit: number }): Promise<WaitingReading[]> {
  const after = ask.after ? sql`and (r.sent_at, r.id) > (${ask.after.at}, ${ask.after.id})` : sql``
  const { rows } = await sql<WaitingReading>`
    select r.id, a.id as account_id, a.number, a.holder_name, b.address, p.flat, m.service, m.serial, m.digits, r.taken_on, r.value, r.night, r.source, r.sent_at, r.reason, r.photo_id, r.doubts,
      l.value as last_value, l.night as last_night, l.taken_on as last_on, u.usual
    from (select * from readings r where r.accepted_at is null and r.refused_at is null ${after} order by r.sent_at, r.id limit ${ask.limit}) r
    join meters m on m.id = r.meter_id join accounts a on a.id = m.account_id join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id
    left join lateral (select value, night, taken_on from readings where meter_id = m.id and accepted_at is not null order by taken_on desc, id desc limit 1) l on true
    left join lateral (${usualOf}) u on true
    order by r.sent_at, r.id`.execute(tx)
  return rows
}

/** How many wait, counted to a thousand. */
export async function countWaitingReadings(tx: Transaction<DB>): Promise<number> {
  const { rows: [found] } = await sql<{ count: number }>`select count(*)::int as count from (select 1 from readings where accepted_at is null and refused_at is null limit 1000) w`.execute(tx)
  return found!.count
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
