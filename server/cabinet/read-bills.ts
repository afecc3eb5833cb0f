import { sql } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { services, tariffPlans, writeQuantity, type Service } from '../../regulation/tariffs.ts'
import { day } from '../appeals/views.ts'
import { getMine } from '../ledger/find-account.ts'
import { billsOf, payByOf, readBill as billOf, readCard as cardOf } from '../ledger/read-bill.ts'
import { reading, signedInOperation } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import { accountId, month, tiyn } from './my-accounts.ts'

const sums = { opening: tiyn, charged: tiyn, recalculated: tiyn, penalty: tiyn, paid: tiyn, closing: tiyn }
const shownReading = z.object({ value: z.string(), night: z.string().optional(), on: day })
const methods = ['reading', 'average', 'norm', 'outside'] as const
export const billView = z.object({
  period: month, payBy: day, total: z.object(sums), services: z.array(z.object({ service: z.enum(services), ...sums })),
  lines: z.array(z.object({
    service: z.enum(services), kind: z.enum(['charge', 'common']), method: z.enum(methods), plan: z.enum(tariffPlans).optional(), quantity: z.string(), night: z.string().optional(), residents: z.number().int().optional(),
    meter: z.string().optional(), previous: shownReading.optional(), current: shownReading.optional(), net: tiyn, vat: tiyn, vatPercent: z.number().int().optional(), amount: tiyn,
    working: z.array(z.object({ what: z.enum(['flat', 'tier', 'day', 'night']), tier: z.number().int().optional(), quantity: z.string(), price: tiyn, net: tiyn })).optional(),
  })),
  payments: z.array(z.object({ on: day, amount: tiyn })),
  recalculations: z.array(z.object({ service: z.enum(services), amount: tiyn, reason: z.string(), corrects: month.optional() })),
})

/** п. 11.3.1: months that have a bill, newest first. */
export const listBills = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/accounts/{account}/bills', summary: 'Bills of an account, newest first', tags: ['cabinet'] })
  .use(reading)
  .input(z.object({ account: accountId }))
  .output(z.array(z.object({ period: month, payBy: day, ...sums })))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    await getMine(tx, actor.id, input.account, dateOf(now))
    return (await billsOf(tx, input.account, 60)).map(({ period, opening, charged, recalculated, penalty, paid, closing }) => ({
      period: period.toPlainYearMonth().toString(), payBy: payByOf(group, period).toString(), opening, charged, recalculated, penalty, paid, closing,
    }))
  })

export const readBill = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/accounts/{account}/bills/{period}', summary: 'The bill of a month, each line with its working', tags: ['cabinet'] })
  .use(reading)
  .input(z.object({ account: accountId, period: z.string().max(20) }))
  .output(billView)
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    await getMine(tx, actor.id, input.account, dateOf(now))
    return billOf(tx, group, input.account, readMonth(input.period, 'period')) as Promise<z.output<typeof billView>>
  })

/** п. 11.3.1: «карточка лицевого счёта» for at most a year. */
export const readCard = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/accounts/{account}/card', summary: 'The ledger card of up to a year', tags: ['cabinet'] })
  .use(reading)
  .input(z.object({ account: accountId, from: z.string().max(20).optional(), to: z.string().max(20).optional() }))
  .output(z.object({
    from: month, to: month,
    rows: z.array(z.object({ period: month, service: z.enum(services), ...sums, quantity: z.string().optional(), method: z.enum(methods).optional(), previous: z.string().optional(), current: z.string().optional(), billed: z.boolean() })),
  }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    const today = dateOf(now)
    await getMine(tx, actor.id, input.account, today)
    const to = input.to ? readMonth(input.to, 'to') : today.with({ day: 1 })
    const from = input.from ? readMonth(input.from, 'from') : to.subtract({ months: 11 })
    if (Temporal.PlainDate.compare(to, from) < 0 || Temporal.PlainDate.compare(from.add({ months: 11 }), to) < 0) throw refuseField('from', 'card_too_long')
    return { from: from.toPlainYearMonth().toString(), to: to.toPlainYearMonth().toString(), rows: await cardOf(tx, input.account, from, to) as never }
  })

/** What was paid: when, how much, through whom; newest first. */
export const listPayments = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/accounts/{account}/payments', summary: 'Payments of an account, newest first', tags: ['cabinet'] })
  .use(reading)
  .input(z.object({ account: accountId }))
  .output(z.array(z.object({ on: day, amount: tiyn, source: z.string(), reference: z.string() })))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    await getMine(tx, actor.id, input.account, dateOf(now))
    const { rows } = await sql<{ paid_on: Temporal.PlainDate; amount: number; source: string; reference: string }>`
      select paid_on, amount, source, reference from payments where account_id = ${input.account} order by paid_on desc, id desc limit 120`.execute(tx)
    return rows.map((row) => ({ on: row.paid_on.toString(), amount: row.amount, source: group.cabinet.billers.find(({ id }) => id === row.source)?.name ?? row.source, reference: row.reference }))
  })

/** A service month by month, with the same month a year before and what homes with as many residents used. */
export const readConsumption = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/accounts/{account}/consumption', summary: 'What was used, against last year and like homes', tags: ['cabinet'] })
  .use(reading)
  .input(z.object({ account: accountId, service: z.enum(services).default('electricity') }))
  .output(z.object({
    service: z.enum(services), offered: z.array(z.enum(services)),
    months: z.array(z.object({ period: month, used: z.string().optional(), lastYear: z.string().optional(), likeHomes: z.string().optional(), amount: tiyn.optional(), method: z.enum(methods).optional() })),
  }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    const today = dateOf(now)
    const account = await getMine(tx, actor.id, input.account, today)
    const { rows } = await sql<{ period: Temporal.PlainDate; service: Service; quantity: number | null; amount: number; method: 'reading' | null; homes: [number, number] | null }>`
      select l.period, l.service, l.quantity, l.amount, l.method, r.totals->'homes'->(l.service || ' ' || ${account.residents ?? 1}::int) as homes
      from ledger_lines l join settlement_runs r on r.id = l.run_id and r.posted_at is not null
      where l.account_id = ${account.id} and l.kind = 'charge' and l.period >= ${today.with({ day: 1 }).subtract({ months: 25 })} order by l.period`.execute(tx)
    const of = rows.filter(({ service }) => service === input.service)
    const at = new Map(of.map((row) => [row.period.toString(), row]))
    const last = of.at(-1)?.period
    const quantity = (row: (typeof rows)[number] | undefined) => (row?.quantity ? writeQuantity(BigInt(Math.max(0, row.quantity))) : undefined)
    return {
      service: input.service, offered: services.filter((service) => rows.some((row) => row.service === service && row.quantity)),
      months: last ? Array.from({ length: 12 }, (_, n) => last.subtract({ months: 11 - n })).map((period) => {
        const row = at.get(period.toString())
        const used = quantity(row)
        const lastYear = quantity(at.get(period.subtract({ months: 12 }).toString()))
        // Of fewer than five homes one could tell whose they are.
        const like = row?.homes && row.homes[1] >= 5 ? writeQuantity(BigInt(Math.round(row.homes[0] / row.homes[1]))) : undefined
        return { period: period.toPlainYearMonth().toString(), ...(used !== undefined && { used }), ...(lastYear !== undefined && { lastYear }), ...(like !== undefined && { likeHomes: like }), ...(row && { amount: row.amount, ...(row.method && { method: row.method }) }) }
      }) : [],
    }
  })

/** «2026-10» as its first day; refuses the field it stands in. */
export function readMonth(text: string, field: string): Temporal.PlainDate {
  if (!/^\d{4}-\d{2}$/.test(text)) throw refuseField(field, 'field_invalid')
  try {
    return Temporal.PlainDate.from(`${text}-01`)
  } catch {
    throw field === 'period' ? new Refusal('not_found') : refuseField(field, 'field_invalid')
  }
}
