import { sql, type Transaction } from 'kysely'
import type { GivenNumber, Journal } from '../../regulation/appeal-facts.ts'
import { formatNumber, normalizeNumber } from '../../regulation/numbering.ts'
import { yearOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { entryHash } from './chain.ts'

export type Series = { readonly organization: string; readonly journal: Journal; readonly format: string; readonly unit: string }
export type NewEntry = { readonly appeal: number; readonly at: Temporal.Instant; readonly registrar: string | null }

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
      at: entry.at.toString(), registrar: entry.registrar,
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

async function insertEntries(tx: Transaction<DB>, series: Series, year: number, entries: readonly Entry[]): Promise<void> {
  await tx.insertInto('journal_entries').values(entries.map(entryRow)).execute()
  await sql`update journal_series set last_hash = ${entries.at(-1)!.hash}
    where organization_id = ${series.organization} and journal = ${series.journal} and year = ${year}`.execute(tx)
}

const entryRow = (entry: Entry) => ({
  organization_id: entry.organization, journal: entry.journal, year: entry.year, n: entry.n, number: entry.number,
  number_key: entry.numberKey, appeal_id: entry.appeal, registered_at: entry.at, registrar: entry.registrar,
  prev_hash: entry.previous, hash: entry.hash,
})
