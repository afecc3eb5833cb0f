import { sql } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { words } from '../appeals/action-operation.ts'
import { inTransaction, reading, staffOperation } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import { findBooks, findBookTasks, getBook, keepsBooksOf } from './find-books.ts'
import { bookEntryView, bookId, bookOf, bookView, entryOf } from './views.ts'

/** п. 5.1, 6.1: the review books one keeps or looks after, and what is to be done in them. */
export const listBooks = staffOperation
  .meta({ clause: '5.1' })
  .route({ method: 'GET', path: '/review-books', summary: 'Review books, and what is to be done in them', tags: ['review books'] })
  .use(reading)
  .output(z.object({ books: z.array(bookView), todo: z.array(bookEntryView) }))
  .handler(async ({ context }) => {
    const [books, todo] = [await findBooks(context.tx, context.actor), await findBookTasks(context.tx, context.actor)]
    return { books: books.map((book) => bookOf(book, context.actor)), todo: todo.map((entry) => entryOf(entry, context, context.actor)) }
  })

export const openBook = staffOperation
  .meta({ clause: '5.1' })
  .route({ method: 'POST', path: '/review-books', successStatus: 201, summary: 'Open a review book at a place', tags: ['review books'] })
  .use(inTransaction)
  .input(z.object({ unit: z.string().max(60), title: words(120) }))
  .output(z.object({ id: bookId }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const unit = group.units.get(input.unit)
    if (!unit) throw refuseField('unit', 'unit_unknown')
    if (!keepsBooksOf(actor, unit.organization, unit.id)) throw new Refusal('not_permitted', { clause: '5.1' })
    const { rows: [made] } = await sql<{ id: number }>`
      insert into review_books (organization_id, unit_id, title, opened_on, opened_by)
      values (${unit.organization}, ${unit.id}, ${input.title}, ${dateOf(now)}, ${actor.id}) returning id`.execute(tx)
    return { id: made!.id }
  })

export const closeBook = staffOperation
  .meta({ clause: '5.1' })
  .route({ method: 'POST', path: '/review-books/{id}/close', summary: 'Close a full book; refused while a scan waits to be sent', tags: ['review books'] })
  .use(inTransaction)
  .input(z.object({ id: bookId }))
  .output(z.object({ id: bookId }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    const book = await getBook(tx, actor, input.id, { lock: true })
    if (!keepsBooksOf(actor, book.organization_id, book.unit_id)) throw new Refusal('not_permitted', { clause: '5.1' })
    if (book.closed_on) throw new Refusal('book_closed')
    const { rows: unsent } = await sql`select 1 from book_entries where book_id = ${input.id} and sent_at is null limit 1`.execute(tx)
    if (unsent.length > 0) throw new Refusal('book_has_unsent')
    await sql`update review_books set closed_on = ${dateOf(now)}, closed_by = ${actor.id} where id = ${input.id}`.execute(tx)
    return { id: input.id }
  })
