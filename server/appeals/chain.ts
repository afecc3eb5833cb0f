import { createHash } from 'node:crypto'

/**
 * The hash of one link: SHA-256 over the previous link's hash and the canonical JSON of what the link says.
 * Canonical: keys sorted, no white space, absent values left out, so it can be recomputed from what the
 * database gives back.
 */
export function linkHash(previous: Buffer | null, content: unknown): Buffer {
  return createHash('sha256').update(previous ?? '').update(canonicalJson(content)).digest()
}

export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value).filter(([, member]) => member !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`
}

/** What an event's link says. */
export type EventLink = { appeal: number; seq: number; at: string; by: string | null; as: string; action: string; data: unknown }
/** What a journal entry's link says. */
export type EntryLink = {
  organization: string
  journal: string
  year: number
  n: number
  number: string
  /** Null: the number is reserved for a paper yet to come, `reservedFor` says which. */
  appeal: number | null
  at: string
  registrar: string | null
  reservedFor?: string | undefined
}
/** What a mark's link says: an entry was annulled, or its reserved number was filled. */
export type MarkLink = {
  organization: string
  journal: string
  year: number
  seq: number
  n: number
  mark: 'filled' | 'annulled'
  appeal: number | null
  reason: string | null
  by: string | null
  at: string
}

export const eventHash = (previous: Buffer | null, link: EventLink): Buffer => linkHash(previous, link)
export const markHash = (previous: Buffer | null, link: MarkLink): Buffer => linkHash(previous, link)
export const entryHash = (previous: Buffer | null, link: EntryLink): Buffer => linkHash(previous, link)
