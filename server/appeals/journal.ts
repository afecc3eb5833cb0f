import { sql, type Transaction } from 'kysely'
import type { GivenNumber, Journal } from '../../regulation/appeal-facts.ts'
import type { AppealId, PersonId } from '../../regulation/vocabulary.ts'
import { refuseField } from '../../regulation/refusals.ts'
import { formatNumber, normalizeNumber } from '../../regulation/numbering.ts'
import { yearOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { entryHash, markHash, type MarkLink } from './chain.ts'

export type Series = { readonly organization: string; readonly journal: Journal; readonly format: string; readonly unit: string }
export type NewEntry = { readonly appeal: number | null; readonly at: Temporal.Instant; readonly registrar: string | null; readonly reservedFor?: string | undefined }

/** An entry as it will stand in the journal. */
export type Entry = NewEntry & GivenNumber & { readonly year: number; readonly n: number; readonly numberKey: string; readonly previous: Buffer | null; readonly hash: Buffer }

/**
 * Takes the next `count` places of a series, holding its row until the transaction ends: whoever rolls back
 * gives them back, so a series has no gap. Call it as late as can be.
 */
export async function takePlaces(tx: Transaction<DB>, series: Series, year: number, count: number): Promise<{ from: number; previous: Buffer | null }> {
  const { rows } = await sql<{ last_n: number; last_hash: Buffer | null }>`
    insert into journal_series as s (organization_id, journal, year, last_n)
    values (${series.organization}, ${series.journal}, ${year}, ${count})
    on conflict (organization_id, journal, year) do update set last_n = s.last_n + excluded.last_n
    returning last_n, last_hash`.execute(tx)
  const row = rows[0]!
  return { from: row.last_n - count + 1, previous: row.last_hash }
}

/** Writes the entries for taken places, chained one to the next. */
export function chainEntries(series: Series, year: number, from: number, previous: Buffer | null, news: readonly NewEntry[]): Entry[] {
  let last = previous
  return news.map((entry, i) => {
    const n = from + i
    const number = formatNumber(series.format, { unit: series.unit, n, year })
    const hash = entryHash(last, {
      organization: series.organization, journal: series.journal, year, n, number, appeal: entry.appeal,
      at: entry.at.toString(), registrar: entry.registrar, reservedFor: entry.reservedFor,
    })
    const made = {
      ...entry, organization: series.organization, journal: series.journal, number, numberKey: normalizeNumber(number),
      year, n, previous: last, hash,
    }
    last = hash
    return made
  })
}

/** Gives one appeal its next number in a journal, within the caller's transaction. */
export async function giveNumber(tx: Transaction<DB>, series: Series, entry: NewEntry): Promise<GivenNumber> {
  const year = yearOf(entry.at)
  const { from, previous } = await takePlaces(tx, series, year, 1)
  const [made] = chainEntries(series, year, from, previous, [entry])
  await insertEntries(tx, series, year, [made!])
  return { organization: series.organization, journal: series.journal, number: made!.number }
}

/** Takes a number for a paper that is yet to be registered; `reason` says which, and stays. п. 4.3 */
export async function reserveNumber(
  tx: Transaction<DB>, series: Series, { reason, by, at }: { reason: string; by: PersonId; at: Temporal.Instant },
): Promise<GivenNumber & { readonly year: number; readonly n: number }> {
  const year = yearOf(at)
  const { from, previous } = await takePlaces(tx, series, year, 1)
  const [made] = chainEntries(series, year, from, previous, [{ appeal: null, at, registrar: by, reservedFor: reason }])
  await insertEntries(tx, series, year, [made!])
  return { organization: series.organization, journal: series.journal, number: made!.number, year, n: from }
}

/** A place in a journal. */
export type EntryPlace = { readonly organization: string; readonly journal: Journal; readonly year: number; readonly n: number }

/** Locks the series and gives a reserved number that nobody has filled or annulled; refuses with `reservation_unknown`. */
export async function holdReserved(tx: Transaction<DB>, place: EntryPlace): Promise<GivenNumber> {
  await sql`select 1 from journal_series where organization_id = ${place.organization} and journal = ${place.journal} and year = ${place.year} for update`.execute(tx)
  const { rows: [entry] } = await sql<{ number: string }>`
    select e.number from journal_entries e
    where organization_id = ${place.organization} and journal = ${place.journal} and year = ${place.year} and n = ${place.n} and appeal_id is null
      and not exists (select 1 from journal_marks m where (m.organization_id, m.journal, m.year, m.n) = (e.organization_id, e.journal, e.year, e.n))`.execute(tx)
  if (!entry) throw refuseField('reserved', 'reservation_unknown')
  return { organization: place.organization, journal: place.journal, number: entry.number }
}

/** Writes what became of an entry: its reserved number was filled by an appeal, or it was annulled with a reason. */
export async function markEntry(
  tx: Transaction<DB>, place: EntryPlace,
  { mark, appeal, reason, by, at }: { mark: MarkLink['mark']; appeal: AppealId | null; reason: string | null; by: PersonId | null; at: Temporal.Instant },
): Promise<void> {
  const { organization, journal, year, n } = place
  const { rows: [series] } = await sql<{ last_mark: number; last_mark_hash: Buffer | null }>`
    update journal_series set last_mark = last_mark + 1
    where organization_id = ${organization} and journal = ${journal} and year = ${year} returning last_mark, last_mark_hash`.execute(tx)
  const { last_mark: seq, last_mark_hash: previous } = series!
  const hash = markHash(previous, { organization, journal, year, seq, n, mark, appeal, reason, by, at: at.toString() })
  await sql`
    with marked as (
      insert into journal_marks (organization_id, journal, year, seq, n, mark, appeal_id, reason, by_person, at, prev_hash, hash)
      values (${organization}, ${journal}, ${year}, ${seq}, ${n}, ${mark}, ${appeal}, ${reason}, ${by}, ${at}, ${previous}, ${hash})
    )
    update journal_series set last_mark_hash = ${hash}
    where organization_id = ${organization} and journal = ${journal} and year = ${year}`.execute(tx)
}

/** Annuls every number an appeal has, or the given one: they stay where they are, with the reason beside them. */
export async function annulEntries(
  tx: Transaction<DB>, appeal: AppealId, why: { reason: string; by: PersonId; at: Temporal.Instant }, only?: GivenNumber,
): Promise<void> {
  const { rows } = await sql<EntryPlace>`
    select e.organization_id as organization, e.journal, e.year, e.n from journal_entries e
    left join journal_marks m on (m.organization_id, m.journal, m.year, m.n, m.mark) = (e.organization_id, e.journal, e.year, e.n, 'filled')
    where (e.appeal_id = ${appeal} or m.appeal_id = ${appeal})
      ${only ? sql`and e.organization_id = ${only.organization} and e.journal = ${only.journal} and e.number = ${only.number}` : sql``}
      and not exists (select 1 from journal_marks a where (a.organization_id, a.journal, a.year, a.n, a.mark) = (e.organization_id, e.journal, e.year, e.n, 'annulled'))
    order by 1, 2, 3, 4`.execute(tx)
  for (const place of rows) await markEntry(tx, place, { mark: 'annulled', appeal, ...why })
}

async function insertEntries(tx: Transaction<DB>, series: Series, year: number, entries: readonly Entry[]): Promise<void> {
  await tx.insertInto('journal_entries').values(entries.map(entryRow)).execute()
  await sql`update journal_series set last_hash = ${entries.at(-1)!.hash}
    where organization_id = ${series.organization} and journal = ${series.journal} and year = ${year}`.execute(tx)
}

const entryRow = (entry: Entry) => ({
  organization_id: entry.organization, journal: entry.journal, year: entry.year, n: entry.n, number: entry.number,
  number_key: entry.numberKey, appeal_id: entry.appeal, registered_at: entry.at, registrar: entry.registrar,
  prev_hash: entry.previous, hash: entry.hash, reserved_for: entry.reservedFor ?? null,
})
