import { sql } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { languages } from '../../regulation/vocabulary.ts'
import { optionalWords, words } from '../appeals/action-operation.ts'
import { putIntakeItem } from '../appeals/intake-items.ts'
import { moment } from '../appeals/views.ts'
import { inTransaction, reading, staffOperation, type Ctx } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { dateOf, instantOf } from '../platform/clock.ts'
import { findBookEntries, getBook, getBookEntry, keepsBooksOf, type BookEntry } from './find-books.ts'
import { bookEntryView, bookId, bookOf, bookView, entryOf } from './views.ts'

const kinds = ['complaint', 'claim', 'review', 'suggestion'] as const
const scans = z.array(z.uuid()).min(1, 'file_empty').max(10)

/** One book with its entries, newest first. */
export const readBook = staffOperation
  .meta({ clause: '5.1' })
  .route({ method: 'GET', path: '/review-books/{id}', summary: 'A review book and its entries', tags: ['review books'] })
  .use(reading)
  .input(z.object({ id: bookId, before: z.coerce.number().int().positive().max(2_147_483_647).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }))
  .output(z.object({ book: bookView, entries: z.array(bookEntryView), more: z.boolean() }))
  .handler(async ({ context, input }) => {
    const book = await getBook(context.tx, context.actor, input.id)
    const entries = await findBookEntries(context.tx, input.id, input)
    return { book: bookOf(book, context.actor), entries: entries.map((entry) => entryOf(entry, context, context.actor)), more: entries.length === input.limit }
  })

/** п. 5.1, 6.1: a consumer wrote in the book; from that moment the thirty minutes run. With `files` its scan is sent at once. */
export const recordBookEntry = staffOperation
  .meta({ clause: '5.1' })
  .route({ method: 'POST', path: '/review-books/{id}/entries', successStatus: 201, summary: 'Record an entry of a review book', tags: ['review books'] })
  .use(inTransaction)
  .input(z.object({
    id: bookId, writtenAt: moment.optional().describe('When the consumer wrote it; now if absent'), kind: z.enum(kinds), language: z.enum(languages).default('ru'),
    applicantName: optionalWords(200), applicantContacts: optionalWords(400), words: optionalWords(4_000), files: scans.optional(),
  }))
  .output(z.object({ id: bookId, n: z.number().int() }))
  .handler(async ({ context, input }) => {
    const { tx, actor, now } = context
    const book = await getBook(tx, actor, input.id, { lock: true })
    if (!keepsBooksOf(actor, book.organization_id, book.unit_id)) throw new Refusal('not_permitted', { clause: '5.1' })
    if (book.closed_on) throw new Refusal('book_closed')
    const writtenAt = input.writtenAt ? instantOf(input.writtenAt) : now
    if (!writtenAt) throw refuseField('writtenAt', 'field_invalid')
    if (Temporal.Instant.compare(writtenAt, now.add({ minutes: 1 })) > 0) throw refuseField('writtenAt', 'date_in_future')
    if (Temporal.PlainDate.compare(dateOf(writtenAt), book.opened_on) < 0) throw refuseField('writtenAt', 'received_too_early')
    const { rows: [made] } = await sql<{ id: number; n: number }>`
      insert into book_entries (book_id, n, written_at, recorded_at, recorded_by, kind, language, applicant_name, applicant_contacts, words)
      values (${book.id}, ${book.entries + 1}, ${writtenAt}, ${now}, ${actor.id}, ${input.kind}, ${input.language}, ${input.applicantName ?? null},
        ${input.applicantContacts ?? null}, ${input.words ?? ''}) returning id, n`.execute(tx)
    if (input.files) await send(context, await getBookEntry(tx, actor, made!.id), input.files)
    return made!
  })

/** п. 5.1, 6.1: the scan goes to the registrar of the book's organization; after a return, again. */
export const sendBookEntry = staffOperation
  .meta({ clause: '6.1' })
  .route({ method: 'POST', path: '/book-entries/{id}/scan', summary: 'Send the scan of an entry to its registrar', tags: ['review books'] })
  .use(inTransaction)
  .input(z.object({ id: bookId, files: scans }))
  .output(z.object({ id: bookId }))
  .handler(async ({ context, input }) => {
    const { tx, actor } = context
    await sql`select 1 from book_entries where id = ${input.id} for update`.execute(tx)
    const entry = await getBookEntry(tx, actor, input.id)
    if (!keepsBooksOf(actor, entry.organization_id, entry.unit_id)) throw new Refusal('not_permitted', { clause: '6.1' })
    if (entry.sent_at && !entry.return_reason) throw new Refusal('entry_sent')
    await send(context, entry, input.files)
    return { id: entry.id }
  })

/** п. 5.6, 6.4: the measures and the number of the answer were written into the book, under the entry. */
export const writeBack = staffOperation
  .meta({ clause: '6.1' })
  .route({ method: 'POST', path: '/book-entries/{id}/write-back', summary: 'Note that measures and answer were written into the book', tags: ['review books'] })
  .use(inTransaction)
  .input(z.object({ id: bookId, measures: words(2_000), replyNumber: words(60) }))
  .output(z.object({ id: bookId }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    const entry = await getBookEntry(tx, actor, input.id)
    if (!keepsBooksOf(actor, entry.organization_id, entry.unit_id)) throw new Refusal('not_permitted', { clause: '6.1' })
    if (entry.state !== 'dispatched' && entry.state !== 'closed') throw new Refusal('entry_not_answered')
    await sql`
      update book_entries set measures = ${input.measures}, reply_number = ${input.replyNumber}, written_back_at = ${now}, written_back_by = ${actor.id}
      where id = ${input.id}`.execute(tx)
    return { id: input.id }
  })

async function send({ tx, group, actor, now }: Ctx & { readonly actor: Staff }, entry: BookEntry, files: readonly string[]): Promise<void> {
  const item = await putIntakeItem(tx, group, {
    organization: entry.organization_id, channel: 'review_book', unit: entry.unit_id, by: actor.id, receivedAt: entry.written_at, now,
    words: entry.words, kind: entry.kind, language: entry.language, applicantName: entry.applicant_name ?? undefined,
    applicantContacts: entry.applicant_contacts ?? undefined, bookEntry: entry.id, files,
  })
  await sql`
    update book_entries set intake_item_id = ${item}, sent_at = coalesce(sent_at, ${now}), sent_by = coalesce(sent_by, ${actor.id}) where id = ${entry.id}`.execute(tx)
}
