import type { Context, Hono } from 'hono'
import { owed } from '../../regulation/ledger.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { readTenge } from '../../regulation/tariffs.ts'
import { balanceOf } from '../ledger/balances.ts'
import { findByNumber, getAccount } from '../ledger/find-account.ts'
import type { AppEnv, RequestContext } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import type { Transaction } from 'kysely'
import type { DB } from '../schema.ts'
import { bookPayment } from './batches.ts'

/** What the bank is told: 0 done, 1 no such account, 2 cancelled, 3 paid before, 4 under way, 5 any other fault. */
type Result = 0 | 1 | 2 | 5
type Told = { readonly txn_id: string; readonly prv_txn_id?: string; readonly result: Result; readonly sum: string; readonly comment: string; readonly fields?: Readonly<Record<string, { readonly '@name': string; readonly '#text': string }>> }

/**
 * `GET /biller/:biller?command=check|pay&txn_id&account&sum&txn_date`: the online protocol by which a bank asks what is
 * owed and brings a payment (п. 11.3.1, docs/payments.md). Only from the biller's own addresses. The same `txn_id` is
 * answered with the same payment, however often and however close together it comes.
 */
export function serveBiller(app: Hono<AppEnv>): void {
  app.get('/biller/:biller', async (c) => {
    const context = c.get('context')
    const biller = context.group.cabinet.billers.find(({ id }) => id === c.req.param('biller'))
    if (!biller) throw new Refusal('not_found')
    if (!biller.addresses.includes(context.address)) throw new Refusal('not_permitted')
    const { command, txn_id: txn = '', account = '', sum = '', txn_date: date = '' } = c.req.query()
    if (!/^[\w-]{1,60}$/.test(txn)) return tell(c, { txn_id: txn.slice(0, 60), result: 5, sum: '0.00', comment: 'txn_id' })
    if (command === 'check') return tell(c, await check(context, txn, account))
    if (command === 'pay') return tell(c, await pay(context, biller.id, { txn, account, sum, date }))
    return tell(c, { txn_id: txn, result: 5, sum: '0.00', comment: 'command' })
  })
}

/** The debt now, and enough of the name for the payer to see that it is the right one. */
async function check({ db, now }: RequestContext, txn: string, number: string): Promise<Told> {
  const tx = db as Transaction<DB>
  const found = await findByNumber(tx, number.slice(0, 30))
  if (!found) return { txn_id: txn, result: 1, sum: '0.00', comment: 'account not found' }
  const account = await getAccount(tx, found.id, dateOf(now))
  const debt = owed((await balanceOf(tx, found.id)).balances)
  return {
    txn_id: txn, result: 0, sum: tenge(debt > 0n ? debt : 0n), comment: '',
    fields: { field1: { '@name': 'holder', '#text': masked(account.holder_name) }, field2: { '@name': 'address', '#text': account.address } },
  }
}

async function pay({ db, now, log }: RequestContext, source: string, { txn, account, sum, date }: { readonly txn: string; readonly account: string; readonly sum: string; readonly date: string }): Promise<Told> {
  const amount = readTenge(sum.trim())
  const paidOn = readMoment(date)
  const wrong = (comment: string, result: Result = 5): Told => ({ txn_id: txn, result, sum: sum.slice(0, 20), comment })
  if (amount === undefined || amount <= 0n) return wrong('sum')
  if (!paidOn || Temporal.PlainDate.compare(dateOf(now), paidOn) < 0) return wrong('txn_date')
  try {
    return await db.transaction().execute(async (tx) => {
      // Without an account a bank's payment is not taken: its payer is told at once. One that was taken is answered as it was.
      const known = await tx.selectFrom('payments').select('id').where('source', '=', source).where('reference', '=', txn).executeTakeFirst()
      if (!known && !(await findByNumber(tx, account.slice(0, 30)))) return wrong('account not found', 1)
      const booked = await bookPayment(tx, { source, reference: txn, account, amount, paidOn, now })
      return { txn_id: txn, prv_txn_id: String(booked.id), result: booked.returned ? 2 as const : 0 as const, sum: tenge(BigInt(booked.amount)), comment: booked.repeated ? 'repeated' : '' }
    })
  } catch (error) {
    log.error({ err: error }, 'a payment of a biller was not taken')
    return wrong('try again')
  }
}

/** YYYYMMDDHHMMSS, local; undefined: it is none. */
function readMoment(text: string): Temporal.PlainDate | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  try {
    return Temporal.PlainDateTime.from({ year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute), second: Number(second) }, { overflow: 'reject' }).toPlainDate()
  } catch {
    return undefined
  }
}

/** «Сергеев Пётр» → «С***** Пётр»: the payer knows whose it is, a stranger learns no surname. */
const masked = (name: string): string => name.split(' ').map((word, i) => (i === 0 ? `${word[0] ?? ''}${'*'.repeat(Math.max(0, word.length - 1))}` : word)).join(' ')

const tenge = (tiyn: bigint): string => `${tiyn / 100n}.${String(tiyn % 100n).padStart(2, '0')}`

function tell(c: Context<AppEnv>, told: Told): Response {
  c.header('cache-control', 'no-store')
  const xml = c.req.query('format') === 'xml' || /\b(application|text)\/xml\b/.test(c.req.header('accept') ?? '')
  if (!xml) return c.json(told)
  const { fields, ...plain } = told
  const element = (name: string, text: string, attributes = '') => `<${name}${attributes}>${escaped(text)}</${name}>`
  const body = Object.entries(plain).map(([name, value]) => element(name, String(value))).join('')
    + (fields ? `<fields>${Object.entries(fields).map(([name, field]) => element(name, field['#text'], ` name="${escaped(field['@name'])}"`)).join('')}</fields>` : '')
  return c.body(`<?xml version="1.0" encoding="UTF-8"?><response>${body}</response>`, 200, { 'content-type': 'application/xml; charset=utf-8' })
}

const escaped = (text: string): string => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
