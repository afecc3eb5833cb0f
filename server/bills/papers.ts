import { Readable } from 'node:stream'
import type { Context, Hono } from 'hono'
import type { Transaction } from 'kysely'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { lastBill } from '../ledger/balances.ts'
import { getAccount, getMine, servesAccounts, settlesMonths, type AccountRow } from '../ledger/find-account.ts'
import type { AppEnv, RequestContext } from '../operation.ts'
import { asPdf } from '../papers/print-appeal.ts'
import { dateOf } from '../platform/clock.ts'
import { serveFile } from '../platform/files.ts'
import type { DB } from '../schema.ts'
import { getPrintedPart } from './bill-prints.ts'
import { composeBills, gatherBills } from './compose-bill.ts'
import { composeCard, gatherCard, writeCard, type Span } from './compose-card.ts'

/** The most months a card holds. */
const cardMonths = 12

/** п. 11.3.1: papers of accounts, for whoever was given the account and for those who serve it: bills, the ledger card, printed parts. */
export function serveBillPapers(app: Hono<AppEnv>): void {
  app.get('/api/v1/accounts/:id/bills/:period/bill.pdf', async (c) => {
    const { context, account, language, tx } = await ask(c)
    const period = monthOf(c.req.param('period'))
    if (!period) throw new Refusal('not_found', { clause: '11.3.1' })
    const gathered = await gatherBills(tx, context.group, [account.id], period)
    if (gathered.length === 0) throw new Refusal('not_found', { clause: '11.3.1' })
    const sheets = composeBills(context, period, gathered, language, dateOf(context.now))
    const shown = (await mayLink(tx, context, account.id)) ? sheets : { ...sheets, bills: sheets.bills.map(({ cabinet: _, ...bill }) => bill) }
    return asPdf(await context.typesetter.typeset('bill', shown), `${account.number}-${c.req.param('period')}.pdf`)
  })
  app.get('/api/v1/accounts/:id/card.pdf', async (c) => {
    const asked = await askCard(c)
    return asPdf(await asked.context.typesetter.typeset('ledger_card', composeCard(asked)), `${cardName(asked)}.pdf`)
  })
  app.get('/api/v1/accounts/:id/card.xlsx', async (c) => {
    const asked = await askCard(c)
    return new Response(Readable.toWeb(writeCard(asked)) as never, {
      headers: {
        'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(cardName(asked))}.xlsx`,
      },
    })
  })
  app.get('/api/v1/bill-prints/:id/parts/:n', async (c) => {
    const { actor, group, db, files } = c.get('context')
    if (!settlesMonths(actor, group)) throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted', { clause: '11.3.1' })
    return serveFile(files, await getPrintedPart(db as Transaction<DB>, whole(c.req.param('id')), whole(c.req.param('n'))))
  })
}

type Asked = { readonly context: RequestContext; readonly tx: Transaction<DB>; readonly account: AccountRow; readonly language: Language }

async function ask(c: Context<AppEnv>): Promise<Asked> {
  const context = c.get('context')
  const { actor, db, group, now } = context
  const tx = db as Transaction<DB>
  if (actor.kind === 'nobody') throw new Refusal('not_signed_in')
  if (actor.kind === 'staff' && !servesAccounts(actor, group)) throw new Refusal('not_permitted', { clause: '11.3.1' })
  const [id, today] = [whole(c.req.param('id') ?? ''), dateOf(now)]
  const account = actor.kind === 'consumer' ? await getMine(tx, actor.id, id, today) : await getAccount(tx, id, today)
  return { context, tx, account, language: c.req.query('language') === 'kk' ? 'kk' : 'ru' }
}

/** The code of a bill links its account: whoever was lent access, and staff who only look, are not shown it. */
async function mayLink(tx: Transaction<DB>, { actor, group }: RequestContext, account: number): Promise<boolean> {
  if (actor.kind === 'staff') return settlesMonths(actor, group)
  if (actor.kind === 'nobody') return false
  const own = await tx.selectFrom('account_access').select('way').where('account_id', '=', account).where('person_id', '=', actor.id).where('ended_at', 'is', null).executeTakeFirst()
  return own !== undefined && own.way !== 'shared'
}

async function askCard(c: Context<AppEnv>) {
  const asked = await ask(c)
  const { context: { group, now }, tx, account, language } = asked
  const span = await spanOf(tx, account.id, dateOf(now), { from: c.req.query('from') || undefined, to: c.req.query('to') || undefined })
  return { ...asked, group, now, span, ...await gatherCard(tx, group, account.id, span, language) }
}

/** The months that are asked for; otherwise the last twelve, with the one that is not billed yet. */
async function spanOf(tx: Transaction<DB>, account: number, today: Temporal.PlainDate, given: { readonly from: string | undefined; readonly to: string | undefined }): Promise<Span> {
  const read = (field: 'from' | 'to') => {
    if (given[field] === undefined) return undefined
    const month = monthOf(given[field])
    if (!month) throw refuseField(field, 'field_invalid')
    return month
  }
  const [first, last] = [read('from'), read('to')]
  const to = last ?? (first ? earlier(first.add({ months: cardMonths - 1 }), await newestMonth(tx, account, today)) : await newestMonth(tx, account, today))
  const from = first ?? to.subtract({ months: cardMonths - 1 })
  if (Temporal.PlainDate.compare(to, from) < 0 || Temporal.PlainDate.compare(from.add({ months: cardMonths - 1 }), to) < 0) throw refuseField('from', 'card_too_long')
  return { from, to }
}

/** A month may be settled before it ends: what comes after that stands in the next. */
async function newestMonth(tx: Transaction<DB>, account: number, today: Temporal.PlainDate): Promise<Temporal.PlainDate> {
  const next = (await lastBill(tx, account))?.period.add({ months: 1 })
  const month = today.with({ day: 1 })
  return next && Temporal.PlainDate.compare(month, next) < 0 ? next : month
}

const earlier = (a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate => (Temporal.PlainDate.compare(a, b) < 0 ? a : b)
const cardName = ({ account, span }: { readonly account: AccountRow; readonly span: Span }): string => `${account.number}-${span.from.toPlainYearMonth().toString()}-${span.to.toPlainYearMonth().toString()}`
/** A number of an address; what is none finds nothing. */
const whole = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : 0)

/** «2026-10» as its first day. */
function monthOf(text: string): Temporal.PlainDate | undefined {
  return /^[1-9]\d{3}-(?:0[1-9]|1[0-2])$/.test(text) ? Temporal.PlainDate.from(`${text}-01`) : undefined
}
