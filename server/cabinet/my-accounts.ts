import { sql } from 'kysely'
import { z } from 'zod'
import { owed } from '../../regulation/ledger.ts'
import { windowOf } from '../../regulation/readings.ts'
import { services, tariffPlans, writeQuantity } from '../../regulation/tariffs.ts'
import { day } from '../appeals/views.ts'
import { balanceOf } from '../ledger/balances.ts'
import { findMine, getMine, servicesOf, type AccountRow } from '../ledger/find-account.ts'
import { metersOf, type MeterRow } from '../ledger/meters.ts'
import { payByOf } from '../ledger/read-bill.ts'
import { reading, signedInOperation } from '../operation.ts'
import type { Group } from '../people/group.ts'
import { dateOf } from '../platform/clock.ts'

export const accountId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
export const tiyn = z.number().int().describe('Whole tiyn; below nothing: paid ahead')
export const month = z.string().describe('YYYY-MM')
const place = { id: accountId, number: z.string(), holder: z.string(), address: z.string() }

export const meterView = z.object({
  id: z.number().int(), service: z.enum(services), serial: z.string(), digits: z.number().int(), registers: z.union([z.literal(1), z.literal(2)]),
  last: z.object({ id: z.number().int(), value: z.string(), night: z.string().optional(), on: day }).optional(),
  waiting: z.object({ value: z.string(), on: day }).optional().describe('Sent, and looked at by the office before it counts'),
  usual: z.string().optional().describe('What it counts in a usual month'),
  nextVerificationOn: day.optional(), verificationDays: z.number().int().optional().describe('Days until then; below nothing: lapsed'), readable: z.boolean().describe('Whether its household hands readings in'), given: z.boolean().describe('A reading of this window is there'),
})
export type MeterView = z.output<typeof meterView>

/** п. 11.3.1: the accounts that were opened to whoever is signed in. */
export const myAccounts = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/accounts', summary: 'One\'s own accounts and what is owed on each', tags: ['cabinet'] })
  .use(reading)
  .output(z.array(z.object({ ...place, owed: tiyn })))
  .handler(async ({ context: { tx, actor, now } }) => {
    const mine = await findMine(tx, actor.id, dateOf(now))
    return Promise.all(mine.map(async (account) => ({ ...placeOf(account), owed: Number(owed((await balanceOf(tx, account.id)).balances)) })))
  })

/** Debt and its day first, then the meters that want a reading: the cabinet's first page. */
export const readAccount = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/accounts/{account}', summary: 'An account: what is owed now and by service, its meters, who lives there', tags: ['cabinet'] })
  .use(reading)
  .input(z.object({ account: accountId }))
  .output(z.object({
    ...place, area: z.string(), residents: z.number().int(), benefit: z.boolean(), stove: z.boolean(),
    owed: tiyn, payBy: day.optional().describe('Of the last bill'), bill: z.object({ period: month, closing: tiyn, paidSince: tiyn }).optional(),
    balances: z.array(z.object({ service: z.enum(services), principal: tiyn, penalty: tiyn })),
    services: z.array(z.object({ service: z.enum(services), plan: z.enum(tariffPlans) })),
    meters: z.array(meterView), window: z.object({ from: day, to: day, open: z.boolean() }),
  }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const today = dateOf(now)
    const account = await getMine(tx, actor.id, input.account, today)
    const { bill, balances, since } = await balanceOf(tx, account.id)
    const window = windowOf(group.cabinet.window, today)
    return {
      ...placeOf(account), area: writeQuantity(BigInt(account.area)), residents: account.residents ?? 1, benefit: account.benefit ?? false, stove: account.stove,
      owed: Number(owed(balances)),
      ...(bill && { payBy: payByOf(group, bill.period).toString(), bill: { period: bill.period.toPlainYearMonth().toString(), closing: bill.closing, paidSince: -since.reduce((sum, line) => sum + (line.kind === 'payment' || line.kind === 'penalty_payment' ? Number(line.amount) : 0), 0) } }),
      balances: [...balances].filter(([, { principal, penalty }]) => principal !== 0n || penalty !== 0n).map(([service, { principal, penalty }]) => ({ service, principal: Number(principal), penalty: Number(penalty) })),
      services: (await servicesOf(tx, account.id, today)).map(({ service, plan }) => ({ service, plan })),
      meters: (await metersOf(tx, account.id)).map((meter) => meterViewOf(group, meter, today)),
      window: { from: window.from.toString(), to: window.to.toString(), open: Temporal.PlainDate.compare(window.from, today) <= 0 },
    }
  })

export const placeOf = ({ id, number, holder_name, address, flat }: AccountRow) => ({ id, number, holder: holder_name, address: flat ? `${address}, ${flat}` : address })

export function meterViewOf({ cabinet }: Group, meter: MeterRow, today: Temporal.PlainDate): MeterView {
  const { from } = windowOf(cabinet.window, today)
  const newest = [meter.last_on, meter.waiting_on].filter((on) => on !== null).toSorted(Temporal.PlainDate.compare).at(-1)
  return {
    id: meter.id, service: meter.service, serial: meter.serial, digits: meter.digits, registers: meter.registers, readable: cabinet.readingsOf.includes(meter.service), given: newest !== undefined && Temporal.PlainDate.compare(from, newest) <= 0,
    ...(meter.last_on && { last: { id: meter.last_id!, value: writeQuantity(BigInt(meter.last_value!)), ...(meter.last_night !== null && { night: writeQuantity(BigInt(meter.last_night)) }), on: meter.last_on.toString() } }),
    ...(meter.waiting_on && { waiting: { value: writeQuantity(BigInt(meter.waiting_value!)), on: meter.waiting_on.toString() } }),
    ...(meter.usual !== null && { usual: String(Math.round(meter.usual / 10_000)) }),
    ...(meter.next_verification_on && { nextVerificationOn: meter.next_verification_on.toString(), verificationDays: today.until(meter.next_verification_on).days }),
  }
}

/** Ended by whoever holds it; the account goes on without them. */
export const unlinkAccount = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/cabinet/accounts/{account}/unlink', summary: 'Take an account out of one\'s cabinet', tags: ['cabinet'] })
  .use(reading)
  .input(z.object({ account: accountId }))
  .output(z.object({ done: z.literal(true) }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    await getMine(tx, actor.id, input.account, dateOf(now))
    await sql`update account_access set ended_at = ${now}, ended_by = ${actor.id} where account_id = ${input.account} and person_id = ${actor.id} and ended_at is null`.execute(tx)
    return { done: true as const }
  })
