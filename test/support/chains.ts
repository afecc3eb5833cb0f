import { entryHash, eventHash } from '../../server/appeals/chain.ts'
import { query } from './query.ts'

/** Walks every chain there is, events and journals alike, working each hash out anew; gives the links that do not hold. */
export async function brokenLinks(databaseUrl: string): Promise<string[]> {
  const { rows: events } = await query<{ appeal_id: string; seq: number; at: Date; by_person: string | null; as_holder: string; action: string; data: unknown; prev_hash: Buffer | null; hash: Buffer }>(
    databaseUrl, 'select * from appeal_events order by appeal_id, seq')
  const { rows: entries } = await query<{ organization_id: string; journal: string; year: number; n: number; number: string; appeal_id: string | null; reserved_for: string | null; registered_at: Date; registrar: string | null; prev_hash: Buffer | null; hash: Buffer }>(
    databaseUrl, 'select * from journal_entries order by organization_id, journal, year, n')
  return [
    ...events.filter((e, i) => {
      const previous = e.seq === 1 ? null : events[i - 1]!.hash
      const told = { appeal: Number(e.appeal_id), seq: e.seq, at: isoOf(e.at), by: e.by_person, as: e.as_holder, action: e.action, data: e.data }
      return !eventHash(previous, told).equals(e.hash) || (e.prev_hash ?? Buffer.alloc(0)).compare(previous ?? Buffer.alloc(0)) !== 0
    }).map((e) => `event ${e.appeal_id}/${e.seq}`),
    ...entries.filter((e, i) => {
      const previous = e.n === 1 ? null : entries[i - 1]!.hash
      const told = {
        organization: e.organization_id, journal: e.journal, year: e.year, n: e.n, number: e.number, appeal: e.appeal_id === null ? null : Number(e.appeal_id),
        at: isoOf(e.registered_at), registrar: e.registrar, reservedFor: e.reserved_for ?? undefined,
      }
      return !entryHash(previous, told).equals(e.hash)
    }).map((e) => `entry ${e.organization_id} ${e.journal} ${e.year} ${e.n}`),
  ]
}

const isoOf = (at: Date): string => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toString()
