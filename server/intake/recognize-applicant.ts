import { z } from 'zod'
import { checkEmail, checkPhone } from '../../regulation/identifiers.ts'
import { applicantGroups } from '../../regulation/vocabulary.ts'
import { lineView } from '../appeals/card.ts'
import { recognizeApplicant as find, type Recognized } from '../appeals/find-appeal.ts'
import { appealLine, day } from '../appeals/views.ts'
import { reading, staffOperation } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'

const hint = z.string().max(254).optional()
const matches = ['phone', 'email', 'identifier', 'account', 'name'] as const

/** Subjects at least so alike (trigrams, 0–1) are likely about the same. */
const alike = 0.25

/**
 * п. 4.2: who is writing, from earlier appeals that this registrar may read; with them their earlier appeals, and those
 * still open that say much the same: likely duplicates.
 */
export const recognizeApplicant = staffOperation
  .meta({ clause: '4.2' })
  .route({ method: 'GET', path: '/applicants', summary: 'Recognize an applicant from what was typed so far', tags: ['intake'] })
  .use(reading)
  .input(z.object({ organization: z.string().max(40).optional(), phone: hint, email: hint, account: hint, identifier: hint, name: hint, subject: hint }))
  .output(z.object({
    applicants: z.array(z.object({
      group: z.enum(applicantGroups), name: z.string(), address: z.string(), email: z.string().optional(), phone: z.string().optional(),
      identifier: z.string().optional(), account: z.string().optional(), appeals: z.number().int(), lastOn: day, matched: z.enum(matches),
    })),
    earlier: z.array(appealLine),
    duplicates: z.array(appealLine),
  }))
  .handler(async ({ context, input }) => {
    const phone = input.phone ? checkPhone(input.phone) : undefined
    const email = input.email ? checkEmail(input.email) : undefined
    const rows = await find(context.tx, context.actor.holders, {
      phone: phone?.ok ? phone.value : undefined, email: email?.ok ? email.value : undefined,
      account: input.account?.trim(), identifier: input.identifier?.replace(/\D/g, ''), name: input.name,
    }, input.subject ?? '', 60)
    const open = rows.filter((row) => ['registered', 'on_resolution', 'in_progress', 'reply_approved'].includes(row.state))
    const duplicates = open.filter((row) => row.matched !== 'name' && (!input.subject || row.likeness >= alike) || row.likeness >= 0.6)
    return {
      applicants: applicantsOf(rows).slice(0, 5),
      earlier: rows.slice(0, 10).map((row) => lineView(context, row)),
      duplicates: duplicates.slice(0, 5).map((row) => lineView(context, row)),
    }
  })

/** One of each applicant as last known, those surest to be meant first. */
function applicantsOf(rows: readonly Recognized[]) {
  const known = new Map<string, Recognized[]>()
  for (const row of rows) {
    if (!row.applicant_name) continue
    const key = `${row.applicant_name.toLowerCase()} ${row.applicant_phone ?? row.applicant_address.toLowerCase()}`
    known.set(key, [...(known.get(key) ?? []), row])
  }
  return [...known.values()]
    .map((own) => ({ newest: own[0]!, count: own.length }))
    .toSorted((a, b) => matches.indexOf(a.newest.matched) - matches.indexOf(b.newest.matched) || b.count - a.count)
    .map(({ newest, count }) => ({
      group: newest.applicant_group, name: newest.applicant_name, address: newest.applicant_address,
      ...(newest.applicant_email && { email: newest.applicant_email }), ...(newest.applicant_phone && { phone: newest.applicant_phone }),
      ...(newest.applicant_identifier && { identifier: newest.applicant_identifier }), ...(newest.applicant_account && { account: newest.applicant_account }),
      appeals: count, lastOn: dateOf(newest.received_at).toString(), matched: newest.matched,
    }))
}
