import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { AppealState } from '../../regulation/appeal-case.ts'
import { outcomeOf } from '../appeals/intake-items.ts'
import { holder, type Holder } from '../../regulation/holders.ts'
import { Refusal } from '../../regulation/refusals.ts'
import type { AppealKind, Language } from '../../regulation/vocabulary.ts'
import type { Staff } from '../people/actor.ts'
import type { DB } from '../schema.ts'

export type Book = {
  readonly id: number
  readonly organization_id: string
  readonly unit_id: string
  readonly title: string
  readonly opened_on: Temporal.PlainDate
  readonly closed_on: Temporal.PlainDate | null
  readonly entries: number
}

export type BookEntry = {
  readonly id: number
  readonly book_id: number
  readonly organization_id: string
  readonly unit_id: string
  readonly n: number
  readonly written_at: Temporal.Instant
  readonly kind: AppealKind
  readonly language: Language
  readonly applicant_name: string | null
  readonly applicant_contacts: string | null
  readonly words: string
  readonly sent_at: Temporal.Instant | null
  readonly return_reason: string | null
  readonly item_id: number | null
  readonly files: readonly { readonly id: string; readonly name: string; readonly media_type: string; readonly size_bytes: number }[]
  readonly appeal_id: number | null
  readonly number: string | null
  readonly registered_by: string | null
  readonly state: AppealState | null
  readonly answered_on: Temporal.PlainDate | null
  readonly measures: string | null
  readonly reply_number: string | null
  readonly written_back_at: Temporal.Instant | null
}

/** Whose books one keeps: those of the places where one is the front desk or the head of the district. */
export const keepsBooksOf = (actor: Staff, organization: string, unit: string): boolean =>
  (['front_desk', 'district_head'] as const).some((role) => actor.holders.has(holder(role, organization, unit)))

const readers = ['registrar', 'quality_lead', 'executive', 'it_admin'] as const

/** Books of one's own places, and of organizations whose papers, quality or direction are one's matter. */
const mine = (holders: ReadonlySet<Holder>): RawBuilder<unknown> => {
  const names = [...holders]
  const organizations = names.flatMap((one) => readers.flatMap((role) => (one.startsWith(`${role}@`) && !one.includes('/') ? [one.slice(role.length + 1)] : [])))
  const units = names.flatMap((one) => (/^(front_desk|district_head)@[^/]+\//.test(one) ? [one.slice(one.indexOf('/') + 1)] : []))
  return sql`(b.organization_id = any(${organizations}::text[]) or b.unit_id = any(${units}::text[]))`
}

export async function findBooks(tx: Transaction<DB>, actor: Staff): Promise<Book[]> {
  const { rows } = await sql<Book>`
    select b.id, b.organization_id, b.unit_id, b.title, b.opened_on, b.closed_on,
      coalesce((select max(e.n) from book_entries e where e.book_id = b.id), 0) as entries
    from review_books b where ${mine(actor.holders)} order by b.closed_on nulls first, b.id desc limit 200`.execute(tx)
  return rows
}

/** One book that this person may see; refuses with `not_found`. With `lock`, entries wait for this transaction. */
export async function getBook(tx: Transaction<DB>, actor: Staff, id: number, { lock = false } = {}): Promise<Book> {
  const { rows: [book] } = await sql<Book>`
    select b.*, coalesce((select max(e.n) from book_entries e where e.book_id = b.id), 0) as entries
    from review_books b where b.id = ${id} and ${mine(actor.holders)} ${lock ? sql`for update of b` : sql``}`.execute(tx)
  if (!book) throw new Refusal('not_found')
  return book
}

export async function findBookEntries(tx: Transaction<DB>, book: number, ask: { before?: number | undefined; limit: number }): Promise<BookEntry[]> {
  return entries(tx, sql`e.book_id = ${book} ${ask.before ? sql`and e.n < ${ask.before}` : sql``} order by e.n desc limit ${ask.limit}`)
}

/** What waits to be done in one's books: scans to send (the oldest first), scans that came back, answers to write back. */
export async function findBookTasks(tx: Transaction<DB>, actor: Staff): Promise<BookEntry[]> {
  return entries(tx, sql`${mine(actor.holders)} and b.id in (select id from review_books where closed_on is null or closed_on > now() - interval '1 year')
    and (e.sent_at is null or (e.written_back_at is null and (i.return_reason is not null or a.state in ('dispatched', 'closed'))))
    order by e.sent_at nulls first, e.written_at limit 100`)
}

export async function getBookEntry(tx: Transaction<DB>, actor: Staff, id: number): Promise<BookEntry> {
  const [entry] = await entries(tx, sql`e.id = ${id} and ${mine(actor.holders)}`)
  if (!entry) throw new Refusal('not_found')
  return entry
}

async function entries(tx: Transaction<DB>, where: RawBuilder<unknown>): Promise<BookEntry[]> {
  const { rows } = await sql<BookEntry>`
    select e.id, e.book_id, b.organization_id, b.unit_id, e.n, e.written_at, e.kind, e.language, e.applicant_name, e.applicant_contacts, e.words,
      e.sent_at, i.id as item_id, i.return_reason, i.appeal_id, a.number, a.state, a.answered_on, p.name as registered_by,
      e.measures, e.reply_number, e.written_back_at,
      coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'media_type', f.media_type, 'size_bytes', f.size_bytes) order by f.created_at, f.id)
        from files f where f.intake_item_id = i.id), '[]') as files
    from book_entries e join review_books b on b.id = e.book_id
    ${outcomeOf(sql`e.intake_item_id`)} left join people p on p.id = i.settled_by and i.appeal_id is not null
    where ${where}`.execute(tx)
  return rows
}
