import type { Hono } from 'hono'
import type { Transaction } from 'kysely'
import { Refusal } from '../../regulation/refusals.ts'
import { formatDateTime, formatDay } from '../../web/i18n/format.ts'
import type { AppEnv } from '../operation.ts'
import type { DB } from '../schema.ts'
import { findBookEntries, getBook } from './find-books.ts'

/** Appendix 6: the pages of a review book as they stand, or a blank one to be bound in (`?blank`). */
export function serveBookPapers(app: Hono<AppEnv>): void {
  app.get('/api/v1/review-books/:id/pages.pdf', async (c) => {
    const { actor, db, group, typesetter } = c.get('context')
    if (actor.kind !== 'staff') throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted')
    const id = Number(c.req.param('id'))
    if (!Number.isSafeInteger(id) || id < 1) throw new Refusal('not_found')
    const book = await getBook(db as Transaction<DB>, actor, id)
    const entries = c.req.query('blank') === undefined ? await findBookEntries(db as Transaction<DB>, id, { limit: 500 }) : undefined
    const unit = group.units.get(book.unit_id)!
    const pdf = await typesetter.typeset('book_page', {
      organization: group.organizations.get(book.organization_id)!.name.ru, place: `${unit.name.kk} / ${unit.name.ru}`, title: book.title, openedOn: formatDay(book.opened_on.toString()),
      ...(entries && {
        entries: entries.toReversed().map((entry) => ({
          n: entry.n, writtenAt: formatDateTime(entry.written_at.toString()), applicant: [entry.applicant_name, entry.applicant_contacts].filter(Boolean).join(', '),
          text: entry.words, measures: entry.measures ?? '', reply: [entry.reply_number, entry.written_back_at && formatDay(entry.written_back_at.toString())].filter(Boolean).join(', '),
        })),
      }),
    })
    return new Response(pdf as Uint8Array<ArrayBuffer>, { headers: { 'content-type': 'application/pdf', 'content-disposition': 'inline', 'cache-control': 'private, no-store' } })
  })
}
