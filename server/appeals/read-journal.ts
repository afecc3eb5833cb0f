import { sql, type Transaction } from 'kysely'
import type { Journal } from '../../regulation/appeal-facts.ts'
import type { DB } from '../schema.ts'
import { entryHash } from './chain.ts'

export type SeriesName = { readonly organization: string; readonly journal: Journal; readonly year: number }
type EntryRow = { n: number; number: string; appeal_id: number | null; registered_at: Temporal.Instant; registrar: string | null; reserved_for: string | null; prev_hash: Buffer | null; hash: Buffer }

export async function findEntries(tx: Transaction<DB>, ask: SeriesName & { before?: number | undefined; limit: number }): Promise<EntryRow[]> {
  const before = ask.before ? sql`and n < ${ask.before}` : sql``
  const { rows } = await sql<EntryRow>`
    select n, number, appeal_id, registered_at, registrar, reserved_for, prev_hash, hash from journal_entries
    where organization_id = ${ask.organization} and journal = ${ask.journal} and year = ${ask.year} ${before}
    order by n desc limit ${ask.limit}`.execute(tx)
  return rows
}

export type Verification = { whole: boolean; entries: number; brokenAt?: number; fault?: 'gap' | 'changed' | 'counter' }

/** Walks a series in pages, working every hash out anew. */
export async function verifySeries(tx: Transaction<DB>, { organization, journal, year }: SeriesName): Promise<Verification> {
  let entries = 0
  let previous: Buffer | null = null
  for (;;) {
    const { rows }: { rows: EntryRow[] } = await sql<EntryRow>`
      select n, number, appeal_id, registered_at, registrar, reserved_for, prev_hash, hash from journal_entries
      where organization_id = ${organization} and journal = ${journal} and year = ${year} and n > ${entries}
      order by n limit 5000`.execute(tx)
    for (const row of rows) {
      if (row.n !== entries + 1) return { whole: false, entries, brokenAt: entries + 1, fault: 'gap' }
      const hash = entryHash(previous, {
        organization, journal, year, n: row.n, number: row.number, appeal: row.appeal_id, at: row.registered_at.toString(), registrar: row.registrar, reservedFor: row.reserved_for ?? undefined,
      })
      if (!hash.equals(row.hash)) return { whole: false, entries, brokenAt: row.n, fault: 'changed' }
      previous = hash
      entries = row.n
    }
    if (rows.length === 0) break
  }
  const { rows: [series] } = await sql<{ last_n: number; last_hash: Buffer | null }>`
    select last_n, last_hash from journal_series where organization_id = ${organization} and journal = ${journal} and year = ${year}`.execute(tx)
  if ((series?.last_n ?? 0) !== entries) return { whole: false, entries, brokenAt: entries + 1, fault: 'counter' }
  // Whoever rewrites an entry and every link after it still ends in another hash.
  if (previous && !series?.last_hash?.equals(previous)) return { whole: false, entries, brokenAt: entries, fault: 'changed' }
  return { whole: true, entries }
}
