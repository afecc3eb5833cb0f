import type { Hono } from 'hono'
import type { Transaction } from 'kysely'
import QRCode from 'qrcode'
import type { AppealKind } from '../../regulation/vocabulary.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { bindingTerm } from '../appeals/appeal-terms.ts'
import { getAppeal, type AppealRecord } from '../appeals/find-appeal.ts'
import { findNames } from '../people/find-names.ts'
import { formatDate, formatDateTime } from '../../web/i18n/format.ts'
import { vocabulary } from '../../web/i18n/vocabulary.ts'
import type { AppEnv, RequestContext } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { trackingUrl } from '../tracking/tracking-code.ts'
import type { AppealForm, Slip } from './papers.ts'

/** Papers of one appeal, for whoever may read it: the slip (п. 4.4), and its form as Appendix 3, 4 or 5 has it. */
export function serveAppealPapers(app: Hono<AppEnv>): void {
  app.get('/api/v1/appeals/:appealId/slip.pdf', async (c) => {
    const context = c.get('context')
    const record = await readable(context, c.req.param('appealId'))
    return asPdf(await context.typesetter.typeset('slip', await slipOf(context, record)), `${record.line.number}.pdf`)
  })
  app.get('/api/v1/appeals/:appealId/form.pdf', async (c) => {
    const context = c.get('context')
    const record = await readable(context, c.req.param('appealId'))
    return asPdf(await context.typesetter.typeset('appeal_form', formOf(context, record)), `${record.line.number}-form.pdf`)
  })
}

async function readable({ actor, db }: RequestContext, given: string): Promise<AppealRecord> {
  if (actor.kind !== 'staff') throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted')
  const id = Number(given)
  if (!Number.isSafeInteger(id) || id < 1) throw new Refusal('appeal_not_found')
  return getAppeal(db as Transaction<DB>, actor.holders, id)
}

async function slipOf({ config, db, group }: RequestContext, { line, appeal, history, contents }: AppealRecord): Promise<Slip> {
  const organization = group.organizations.get(line.organization_id)!
  const [by] = history.flatMap((fact) => (fact.action === 'register' && fact.by ? [fact.by] : []))
  const url = trackingUrl(config, line.language, line)
  const [date = '', time = ''] = formatDateTime(appeal.registeredAt.toString()).split(' ')
  return {
    language: line.language, organization: organization.name[line.language], number: line.number, date, time, phone: organization.phone,
    acceptedBy: by ? (await findNames(db as Transaction<DB>, [by]))(by).name : organization.shortName[line.language],
    subject: contents.subject, ...(appeal.original && { sheets: appeal.original.sheets }),
    dueOn: formatDate(bindingTerm(group, appeal).dueOn.toString(), line.language), url: decodeURI(url),
    qr: await QRCode.toString(url, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }),
  }
}

function formOf({ group }: RequestContext, { line, appeal, contents }: AppealRecord): AppealForm {
  const on = dateOf(appeal.receivedAt)
  return {
    ...formFor(line.kind), organization: group.organizations.get(line.organization_id)!.name[line.language], name: contents.applicant_name,
    address: contents.applicant_address, phone: contents.applicant_phone ?? '', email: contents.applicant_email ?? '',
    text: contents.body || contents.subject, noWrittenReply: appeal.noWrittenReply,
    day: String(on.day), month: String(on.month).padStart(2, '0'), year: String(on.year),
    registered: `${line.number} · ${formatDateTime(appeal.registeredAt.toString())} · ${vocabulary[line.language].channels[line.channel]}`,
  }
}

/** Which appendix an appeal of a kind is written on, and which of its two words names it; a question has no form of its own. */
export function formFor(kind: AppealKind): Pick<AppealForm, 'form' | 'word'> {
  if (kind === 'complaint') return { form: 4, word: 'first' }
  if (kind === 'claim') return { form: 4, word: 'second' }
  if (kind === 'review') return { form: 5, word: 'first' }
  if (kind === 'suggestion') return { form: 5, word: 'second' }
  return { form: 3 }
}

/** A made paper, shown in place. */
export function asPdf(pdf: Uint8Array, name: string): Response {
  return new Response(pdf as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': 'application/pdf', 'content-length': String(pdf.length), 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(name)}`, 'content-security-policy': "default-src 'none'; frame-ancestors 'self'",
    },
  })
}
