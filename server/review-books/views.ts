import { z } from 'zod'
import { appealStates } from '../../regulation/appeal-case.ts'
import { bookClock } from '../../regulation/review-book.ts'
import { routeOf } from '../../regulation/route-profiles.ts'
import { appealKinds, languages } from '../../regulation/vocabulary.ts'
import { appealId, day, fileView, moment } from '../appeals/views.ts'
import type { RequestContext } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { keepsBooksOf, type Book, type BookEntry } from './find-books.ts'

export const bookId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

export const bookView = z.object({
  id: bookId, organization: z.string(), unit: z.string(), title: z.string(), openedOn: day, closedOn: day.optional(), entries: z.number().int(),
  keeps: z.boolean().describe('Whether I write in it'),
})

export const bookEntryView = z.object({
  id: bookId, book: bookId, unit: z.string(), n: z.number().int(), writtenAt: moment, kind: z.enum(appealKinds), language: z.enum(languages),
  applicantName: z.string().optional(), applicantContacts: z.string().optional(), words: z.string(),
  clock: z.object({ dueAt: moment, state: z.enum(['running', 'late', 'met', 'missed']), minutesLeft: z.number().int(), clause: z.string() }),
  sentAt: moment.optional(), returnReason: z.string().optional(), files: z.array(fileView.extend({ src: z.string() })),
  appeal: z.object({ id: appealId, number: z.string(), state: z.enum(appealStates), registrar: z.string().optional(), answeredOn: day.optional() }).optional(),
  writtenBack: z.object({ measures: z.string(), replyNumber: z.string(), at: moment }).optional(),
  can: z.object({ send: z.boolean(), writeBack: z.boolean() }),
})

export const bookOf = (book: Book, actor: Staff): z.input<typeof bookView> => ({
  id: book.id, organization: book.organization_id, unit: book.unit_id, title: book.title, openedOn: book.opened_on.toString(),
  ...(book.closed_on && { closedOn: book.closed_on.toString() }), entries: book.entries, keeps: keepsBooksOf(actor, book.organization_id, book.unit_id),
})

export function entryOf(entry: BookEntry, { group, now }: Pick<RequestContext, 'group' | 'now'>, actor: Staff): z.input<typeof bookEntryView> {
  const clock = bookClock(entry.written_at, entry.sent_at ?? undefined, now)
  // The scan's clause is the one that leads to its registration: п. 5.1 to п. 5.3, п. 6.1 to п. 6.2.
  const registered = routeOf(group.organizations.get(entry.organization_id)!.profile, 'review_book').clauses.register
  const keeps = keepsBooksOf(actor, entry.organization_id, entry.unit_id)
  const answered = entry.state === 'dispatched' || entry.state === 'closed'
  return {
    id: entry.id, book: entry.book_id, unit: entry.unit_id, n: entry.n, writtenAt: entry.written_at.toString(), kind: entry.kind, language: entry.language,
    words: entry.words, ...(entry.applicant_name && { applicantName: entry.applicant_name }), ...(entry.applicant_contacts && { applicantContacts: entry.applicant_contacts }),
    clock: { dueAt: clock.dueAt.toString(), state: clock.state, minutesLeft: clock.minutesLeft, clause: registered === '6.2' ? '6.1' : '5.1' },
    ...(entry.sent_at && { sentAt: entry.sent_at.toString() }), ...(entry.return_reason && { returnReason: entry.return_reason }),
    files: entry.files.map((file) => ({ id: file.id, name: file.name, mediaType: file.media_type, size: file.size_bytes, src: `/api/v1/intake-items/${entry.item_id}/files/${file.id}` })),
    ...(entry.appeal_id && {
      appeal: {
        id: entry.appeal_id, number: entry.number ?? '', state: entry.state!, ...(entry.registered_by && { registrar: entry.registered_by }),
        ...(entry.answered_on && { answeredOn: entry.answered_on.toString() }),
      },
    }),
    ...(entry.written_back_at && { writtenBack: { measures: entry.measures ?? '', replyNumber: entry.reply_number ?? '', at: entry.written_back_at.toString() } }),
    can: { send: keeps && (!entry.sent_at || Boolean(entry.return_reason)), writeBack: keeps && answered && !entry.written_back_at },
  }
}
