import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { Journal } from '../../regulation/appeal-facts.ts'
import type { AppealState } from '../../regulation/appeal-case.ts'
import type { AppealKind, Channel } from '../../regulation/vocabulary.ts'
import { normalizeNumber } from '../../regulation/numbering.ts'
import type { DB } from '../schema.ts'
import { entryHash, markHash, type MarkLink } from './chain.ts'
import { commonWord, wordsQuery } from './words-query.ts'

export type SeriesName = { readonly organization: string; readonly journal: Journal; readonly year: number }

export const entryStates = ['open', 'answered', 'late', 'annulled', 'reserved'] as const
export type EntryState = (typeof entryStates)[number]

export type JournalFilter = SeriesName & {
  /** Local days, both included. */
  readonly from?: Temporal.PlainDate | undefined
  readonly to?: Temporal.PlainDate | undefined
  readonly channel?: Channel | undefined
  readonly kind?: AppealKind | undefined
  readonly state?: EntryState | undefined
  /** A number, an applicant, or words of the summary. */
  readonly text?: string | undefined
  readonly today: Temporal.PlainDate
}

/** A line of the journal as clerks keep it; of a reservation only its own columns are there. */
export type JournalRow = {
  readonly n: number
  readonly number: string
  readonly appeal_id: number | null
  readonly registered_at: Temporal.Instant
  readonly hash: Buffer
  readonly registrar: string | null
  readonly reserved_for: string | null
  readonly annulled_for: string | null
  readonly received_at: Temporal.Instant | null
  readonly channel: Channel | null
  readonly kind: AppealKind | null
  readonly state: AppealState | null
  readonly due_on: Temporal.PlainDate | null
  readonly answered_on: Temporal.PlainDate | null
  readonly subject: string | null
  readonly applicant_name: string | null
  readonly outgoing_number: string | null
  readonly outgoing_on: Temporal.PlainDate | null
  /** The text of the last resolution, and the units it names. */
  readonly resolution: string | null
  readonly units: readonly string[] | null
}

/** A page of a journal; `after` is the last place seen, in the order asked for. */
export async function findEntries(
  tx: Transaction<DB>, filter: JournalFilter, ask: { order: 'newest' | 'oldest'; after?: number | undefined; limit: number },
): Promise<JournalRow[]> {
  const newest = ask.order === 'newest'
  const after = ask.after === undefined ? sql`` : newest ? sql`and e.n < ${ask.after}` : sql`and e.n > ${ask.after}`
  const { rows } = await sql<JournalRow>`
    select e.*, p.name as registrar, r.data ->> 'text' as resolution,
      (select json_agg(x ->> 'unit') from jsonb_array_elements(r.data -> 'executors') x) as units
    from (
      select e.n, e.number, coalesce(e.appeal_id, filled.appeal_id) as appeal_id, e.registered_at, e.hash, e.registrar as registrar_id, e.reserved_for,
        annulled.reason as annulled_for, a.received_at, a.channel, a.kind, a.state, a.due_on, a.answered_on, c.subject, c.applicant_name,
        c.outgoing_number, c.outgoing_on
      from journal_entries e ${joined}
      where ${await conditions(tx, filter)} ${after}
      order by e.n ${newest ? sql`desc` : sql`asc`} limit ${ask.limit}
    ) e
    left join people p on p.id = e.registrar_id
    left join lateral (
      select v.data from appeal_events v where v.appeal_id = e.appeal_id and v.action = 'impose_resolution' order by v.seq desc limit 1
    ) r on true
    order by e.n ${newest ? sql`desc` : sql`asc`}`.execute(tx)
  return rows
}

/** How many entries a filter holds, counted to `most`. */
export async function countEntries(tx: Transaction<DB>, filter: JournalFilter, most: number): Promise<number> {
  const { rows: [found] } = await sql<{ count: number }>`
    select count(*)::int as count from (select 1 from journal_entries e ${joined} where ${await conditions(tx, filter)} limit ${most}) found`.execute(tx)
  return found!.count
}

const joined = sql`
  left join journal_marks filled on (filled.organization_id, filled.journal, filled.year, filled.n, filled.mark) = (e.organization_id, e.journal, e.year, e.n, 'filled')
  left join journal_marks annulled on (annulled.organization_id, annulled.journal, annulled.year, annulled.n, annulled.mark) = (e.organization_id, e.journal, e.year, e.n, 'annulled')
  left join appeals a on a.id = coalesce(e.appeal_id, filled.appeal_id)
  left join appeal_contents c on c.appeal_id = a.id`

async function conditions(tx: Transaction<DB>, filter: JournalFilter): Promise<RawBuilder<unknown>> {
  const { organization, journal, year, from, to, channel, kind, state, text, today } = filter
  const begins = (day: Temporal.PlainDate) => day.toZonedDateTime('Asia/Almaty').toInstant()
  return sql.join([
    sql`e.organization_id = ${organization} and e.journal = ${journal} and e.year = ${year}`,
    ...(from ? [sql`e.registered_at >= ${begins(from)}`] : []),
    ...(to ? [sql`e.registered_at < ${begins(to.add({ days: 1 }))}`] : []),
    ...(channel ? [sql`a.channel = ${channel}`] : []),
    ...(kind ? [sql`a.kind = ${kind}`] : []),
    ...(state ? [stateIs[state](today)] : []),
    ...(text?.trim() ? [await matches(tx, filter, text.trim())] : []),
  ], sql` and `)
}

const open = sql`a.answered_on is null and a.state in ('registered', 'on_resolution', 'in_progress', 'reply_approved')`
const stateIs: Readonly<Record<EntryState, (today: Temporal.PlainDate) => RawBuilder<unknown>>> = {
  open: () => open,
  answered: () => sql`a.answered_on is not null`,
  late: (today) => sql`${open} and a.due_on < ${today}`,
  annulled: () => sql`annulled.n is not null`,
  reserved: () => sql`e.appeal_id is null and filled.n is null and annulled.n is null`,
}

/** The places in the series that a number or words name; words that too many appeals have are looked for while walking. */
async function matches(tx: Transaction<DB>, { organization, journal, year }: SeriesName, text: string): Promise<RawBuilder<unknown>> {
  const inSeries = sql`(organization_id, journal, year) = (${organization}, ${journal}, ${year})`
  const key = normalizeNumber(text)
  const bare = /^\d{1,9}$/.test(key) ? sql`or n = ${Number(key)}` : sql``
  const { rows: numbered } = /\d/.test(key) ? await sql<{ n: number }>`
    select n from journal_entries where ${inSeries} and (number_key like ${`${key.replace(/[\\%_]/g, '\\$&')}%`} ${bare}) limit ${commonWord}`.execute(tx) : { rows: [] }
  const places = numbered.map((row) => row.n)
  const query = wordsQuery(text)
  if (!query) return sql`e.n = any(${places}::int[])`
  const { rows: hits } = await sql<{ appeal_id: number }>`select appeal_id from appeal_contents where search @@ (${query}) limit ${commonWord + 1}`.execute(tx)
  if (hits.length > commonWord) return sql`(e.n = any(${places}::int[]) or c.search @@ (${query}))`
  const appeals = hits.map((hit) => hit.appeal_id)
  const { rows: worded } = await sql<{ n: number }>`
    select n from journal_entries where ${inSeries} and appeal_id = any(${appeals}::bigint[])
    union select n from journal_marks where ${inSeries} and mark = 'filled' and appeal_id = any(${appeals}::bigint[])`.execute(tx)
  return sql`e.n = any(${[...places, ...worded.map((row) => row.n)]}::int[])`
}

/** Numbers taken for papers that have not come yet. */
export async function findReservations(tx: Transaction<DB>, { organization, journal }: Omit<SeriesName, 'year'>): Promise<{ year: number; n: number; number: string; reason: string; by: string | null; at: Temporal.Instant }[]> {
  const { rows } = await sql<{ year: number; n: number; number: string; reason: string; by: string | null; at: Temporal.Instant }>`
    select e.year, e.n, e.number, e.reserved_for as reason, p.name as by, e.registered_at as at
    from journal_entries e left join people p on p.id = e.registrar
    where e.organization_id = ${organization} and e.journal = ${journal} and e.appeal_id is null
      and not exists (select 1 from journal_marks m where (m.organization_id, m.journal, m.year, m.n) = (e.organization_id, e.journal, e.year, e.n))
    order by e.year, e.n limit 200`.execute(tx)
  return rows
}

export type Verification = {
  whole: boolean
  entries: number
  /** Of a whole series: entries without a live paper. */
  annulled?: number
  reserved?: number
  brokenAt?: number
  fault?: 'gap' | 'changed' | 'counter' | 'mark'
}

/** Walks a series in pages, working every hash out anew: first the entries, then what became of them. */
export async function verifySeries(tx: Transaction<DB>, name: SeriesName): Promise<Verification> {
  const { organization, journal, year } = name
  let entries = 0
  let previous: Buffer | null = null
  const fails = (brokenAt: number, fault: Verification['fault']): Verification => ({ whole: false, entries, brokenAt, fault: fault! })
  for (;;) {
    const { rows }: { rows: EntryRow[] } = await sql<EntryRow>`
      select n, number, appeal_id, registered_at, registrar, reserved_for, prev_hash, hash from journal_entries
      where organization_id = ${organization} and journal = ${journal} and year = ${year} and n > ${entries}
      order by n limit 5000`.execute(tx)
    for (const row of rows) {
      if (row.n !== entries + 1) return fails(entries + 1, 'gap')
      const hash = entryHash(previous, {
        organization, journal, year, n: row.n, number: row.number, appeal: row.appeal_id, at: row.registered_at.toString(), registrar: row.registrar,
        reservedFor: row.reserved_for ?? undefined,
      })
      if (!hash.equals(row.hash)) return fails(row.n, 'changed')
      previous = hash
      entries = row.n
    }
    if (rows.length === 0) break
  }
  const { rows: [series] } = await sql<{ last_n: number; last_hash: Buffer | null; last_mark: number; last_mark_hash: Buffer | null }>`
    select last_n, last_hash, last_mark, last_mark_hash from journal_series where organization_id = ${organization} and journal = ${journal} and year = ${year}`.execute(tx)
  if ((series?.last_n ?? 0) !== entries) return fails(entries + 1, 'counter')
  // Whoever rewrites an entry and every link after it still ends in another hash.
  if (previous && !series?.last_hash?.equals(previous)) return fails(entries, 'changed')
  const marks = await verifyMarks(tx, name, series)
  if (marks.brokenAt !== undefined) return fails(marks.brokenAt, 'mark')
  const reserved = entries === 0 ? 0 : await countEntries(tx, { ...name, state: 'reserved', today: Temporal.PlainDate.from('2000-01-01') }, 100_000)
  return { whole: true, entries, annulled: marks.annulled, reserved }
}

async function verifyMarks(
  tx: Transaction<DB>, { organization, journal, year }: SeriesName, series: { last_mark: number; last_mark_hash: Buffer | null } | undefined,
): Promise<{ annulled: number; brokenAt?: number }> {
  const { rows } = await sql<MarkRow>`
    select seq, n, mark, appeal_id, reason, by_person, at, hash from journal_marks
    where organization_id = ${organization} and journal = ${journal} and year = ${year} order by seq`.execute(tx)
  let previous: Buffer | null = null
  for (const [i, row] of rows.entries()) {
    const hash = markHash(previous, {
      organization, journal, year, seq: row.seq, n: row.n, mark: row.mark, appeal: row.appeal_id, reason: row.reason, by: row.by_person, at: row.at.toString(),
    })
    if (row.seq !== i + 1 || !hash.equals(row.hash)) return { annulled: 0, brokenAt: row.n }
    previous = hash
  }
  const ends = rows.length === (series?.last_mark ?? 0) && (!previous || series?.last_mark_hash?.equals(previous))
  return ends ? { annulled: rows.filter(({ mark }) => mark === 'annulled').length } : { annulled: 0, brokenAt: rows.at(-1)?.n ?? 0 }
}

type EntryRow = { n: number; number: string; appeal_id: number | null; registered_at: Temporal.Instant; registrar: string | null; reserved_for: string | null; prev_hash: Buffer | null; hash: Buffer }
type MarkRow = { seq: number; n: number; mark: MarkLink['mark']; appeal_id: number | null; reason: string | null; by_person: string | null; at: Temporal.Instant; hash: Buffer }
