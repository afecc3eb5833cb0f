import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { readingDoubts, readingSources } from '../../regulation/readings.ts'
import { services, tariffPlans, writeQuantity, type Service } from '../../regulation/tariffs.ts'
import { recognizeApplicant } from '../appeals/find-appeal.ts'
import { appealId, day, moment } from '../appeals/views.ts'
import { balanceOf } from '../ledger/balances.ts'
import { getAccount, searchAccounts, servesAccounts, servicesOf, settlesMonths, type AccountRow } from '../ledger/find-account.ts'
import { countWaitingReadings, readingsOf } from '../ledger/meters.ts'
import { billsOf } from '../ledger/read-bill.ts'
import { accountChangeKinds, type AccountChangeKind } from '../ledger/schema.ts'
import { reading, staffOperation } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { accountId, asServing, atWindow, month, tiyn } from './fields.ts'

const line = z.object({ id: accountId, number: z.string(), holder: z.string(), address: z.string(), closed: z.boolean() })
export type AccountLine = z.output<typeof line>
/** The most a search shows; who wants more types more. */
const searchLimit = 20

/** п. 11.3.1: accounts by number, surname or address, at most twenty. */
export const searchAccountsVerb = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/accounts', summary: 'Find an account by number, surname or address', tags: ['accounts'] })
  .use(reading)
  .input(z.object({ text: z.string().max(200, 'field_too_long').default('') }))
  .output(z.object({ accounts: z.array(line), more: z.boolean() }))
  .handler(async ({ context, input }) => {
    asServing(context)
    if (input.text.trim().length < 2) return { accounts: [], more: false }
    const found = await searchAccounts(context.tx, input.text, searchLimit + 1, dateOf(context.now))
    return { accounts: found.slice(0, searchLimit).map((row) => ({ id: row.id, number: row.number, holder: row.holder_name, address: addressOf(row), closed: row.closed_on !== null })), more: found.length > searchLimit }
  })

/** What waits for whoever serves accounts, and what they may; for the others there is nothing. */
export const officeWork = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/accounts/work', summary: 'What waits for the office on consumers\' accounts, and what one may do there', tags: ['accounts'] })
  .use(reading)
  .output(z.object({ serves: z.boolean(), settles: z.boolean(), window: z.boolean(), outside: z.boolean(), readings: z.number().int(), requests: z.number().int() }))
  .handler(async ({ context: { tx, actor, group } }) => {
    const may = { serves: servesAccounts(actor, group), settles: settlesMonths(actor, group), window: atWindow(actor, group), outside: group.cabinet.master === 'outside' }
    if (!may.serves) return { ...may, readings: 0, requests: 0 }
    const { rows: [open] } = await sql<{ count: number }>`select count(*)::int as count from (select 1 from link_requests where settled_at is null limit 1000) w`.execute(tx)
    return { ...may, readings: await countWaitingReadings(tx), requests: open!.count }
  })

const meterView = z.object({
  id: z.number().int(), service: z.enum(services), serial: z.string(), digits: z.number().int(), registers: z.union([z.literal(1), z.literal(2)]), seals: z.string(), verifiedOn: day.optional(), nextVerificationOn: day.optional(),
  verification: z.object({ state: z.enum(['lapsed', 'within30', 'within60']), days: z.number().int().describe('Until it lapses, or since') }).optional(), installedOn: day, removedOn: day.optional(),
  last: z.object({ value: z.string(), night: z.string().optional(), on: day }).optional(),
})
export type MeterView = z.output<typeof meterView>
const readingView = z.object({
  id: z.number().int(), serial: z.string(), service: z.enum(services), on: day, value: z.string(), night: z.string().optional(), source: z.enum(readingSources), sentAt: moment,
  state: z.enum(['sent', 'accepted', 'billed', 'refused']), billedIn: month.optional(), reason: z.string().optional(), refusedFor: z.string().optional(), doubts: z.array(z.enum(readingDoubts)),
})
const cardView = z.object({
  id: accountId, number: z.string(), holder: z.string(), address: z.string(), district: z.string(), area: z.string().describe('Square metres'), stove: z.boolean(), commonHeatMeter: z.boolean(), openedOn: day, closedOn: day.optional(),
  openFrom: day.describe('The first day of what is not yet closed'),
  residents: z.number().int().optional(), benefit: z.boolean().optional(),
  terms: z.array(z.object({ from: day, residents: z.number().int(), benefit: z.boolean(), basis: z.string(), by: z.string().optional(), at: moment, holds: z.boolean() })),
  services: z.array(z.object({ service: z.enum(services), plan: z.enum(tariffPlans), from: day, principal: tiyn, penalty: tiyn, plans: z.array(z.enum(tariffPlans)).describe('What could be chosen') })), owed: tiyn,
  meters: z.array(meterView), readings: z.array(readingView),
  bills: z.array(z.object({ period: month, opening: tiyn, charged: tiyn, recalculated: tiyn, penalty: tiyn, paid: tiyn, closing: tiyn })),
  payments: z.array(z.object({ id: z.number().int(), on: day, amount: tiyn, source: z.string(), reference: z.string() })),
  corrections: z.array(z.object({ id: z.number().int(), service: z.enum(services), amount: tiyn, reason: z.string(), corrects: month.optional(), by: z.string(), at: moment })),
  access: z.array(z.object({ id: z.number().int(), email: z.string(), way: z.enum(['code', 'office', 'shared']), since: moment })),
  changes: z.array(z.object({ kind: z.enum(accountChangeKinds), details: z.record(z.string(), z.string()), by: z.string(), at: moment })),
  appeals: z.array(z.object({ id: appealId, number: z.string(), subject: z.string() })),
})
export type AccountCard = z.output<typeof cardView>

/** Everything that is known of an account; its appeals only as far as the reader may see them. */
export const readAccount = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/accounts/{id}', summary: 'An account: who lives there, meters, readings, balances, bills, payments, access', tags: ['accounts'] })
  .use(reading)
  .input(z.object({ id: accountId }))
  .output(cardView)
  .handler(async ({ context, input: { id } }) => {
    const actor = asServing(context)
    const { tx, now, group } = context
    const today = dateOf(now)
    const account = await getAccount(tx, id, today)
    const [terms, taken, meters, readings, { balances, bill }, bills, payments, corrections, access, changes, appeals] = await Promise.all([
      termsOf(tx, id), servicesOf(tx, id, today), allMetersOf(tx, id), readingsOf(tx, id, 40), balanceOf(tx, id), billsOf(tx, id, 24), paymentsOf(tx, id), correctionsOf(tx, id), accessOf(tx, id), changesOf(tx, id),
      recognizeApplicant(tx, actor.holders, { account: account.number }, '', 10),
    ])
    const shown = services.filter((service) => taken.some((one) => one.service === service) || balances.has(service))
    return {
      id, number: account.number, holder: account.holder_name, address: addressOf(account), district: account.district, area: writeQuantity(BigInt(account.area)), stove: account.stove, commonHeatMeter: account.common_heat_meter,
      openedOn: account.opened_on.toString(), ...(account.closed_on && { closedOn: account.closed_on.toString() }), openFrom: (bill ? bill.period.add({ months: 1 }) : account.opened_on).toString(),
      ...(account.residents !== null && { residents: account.residents, benefit: account.benefit ?? false }),
      terms: terms.map((row) => ({ from: row.from_day.toString(), residents: row.residents, benefit: row.benefit, basis: row.basis, ...(row.by && { by: row.by }), at: row.made_at.toString(), holds: row.id === termHolding(terms, today) })),
      services: shown.flatMap((service) => {
        const one = taken.find((row) => row.service === service)
        const { principal, penalty } = balances.get(service) ?? { principal: 0n, penalty: 0n }
        const standing = meters.filter((meter) => meter.service === service && !meter.removed_on)
        const plans = [...new Set(group.tariffs.tariffs.filter((tariff) => tariff.service === service && tariff.group === (one?.consumer_group ?? 'household')).map(({ plan }) => plan))].filter((plan) => plan !== 'zones' || standing.some(({ registers }) => registers === 2))
        return [{ service, plan: one?.plan ?? 'flat' as const, from: (one?.from_day ?? account.opened_on).toString(), principal: Number(principal), penalty: Number(penalty), plans }]
      }),
      owed: Number([...balances.values()].reduce((sum, { principal, penalty }) => sum + principal + penalty, 0n)),
      meters: meters.map((row) => meterOf(row, today)),
      readings: readings.map((row) => ({
        id: row.id, serial: row.serial, service: row.service, on: row.taken_on.toString(), value: writeQuantity(BigInt(row.value)), ...(row.night !== null && { night: writeQuantity(BigInt(row.night)) }), source: row.source, sentAt: row.sent_at.toString(),
        state: row.state, doubts: [...row.doubts], ...(row.billed_in && { billedIn: row.billed_in.toPlainYearMonth().toString() }), ...(row.reason && { reason: row.reason }), ...(row.refused_for && { refusedFor: row.refused_for }),
      })),
      bills: bills.map((row) => ({ period: row.period.toPlainYearMonth().toString(), opening: row.opening, charged: row.charged, recalculated: row.recalculated, penalty: row.penalty, paid: row.paid, closing: row.closing })),
      payments: payments.map((row) => ({ id: row.id, on: row.paid_on.toString(), amount: row.amount, source: row.source, reference: row.reference })),
      corrections: corrections.map((row) => ({ id: row.id, service: row.service, amount: row.amount, reason: row.reason, by: row.by, at: row.made_at.toString(), ...(row.corrects && { corrects: row.corrects.toPlainYearMonth().toString() }) })),
      access: access.map((row) => ({ id: row.id, email: row.email, way: row.way, since: row.granted_at.toString() })),
      changes: changes.map((row) => ({ kind: row.kind, details: row.details, by: row.by, at: row.made_at.toString() })),
      appeals: appeals.map((one) => ({ id: one.id, number: one.number, subject: one.subject })),
    }
  })

export const addressOf = ({ address, flat }: Pick<AccountRow, 'address' | 'flat'>): string => (flat ? `${address}, ${flat}` : address)

type TermRow = { id: number; from_day: Temporal.PlainDate; residents: number; benefit: boolean; basis: string; by: string | null; made_at: Temporal.Instant }
const termsOf = async (tx: Transaction<DB>, id: number): Promise<TermRow[]> => (await sql<TermRow>`
  select t.id, t.from_day, t.residents, t.benefit, t.basis, p.name as by, t.made_at from account_terms t left join people p on p.id = t.made_by where t.account_id = ${id} order by t.from_day desc, t.id desc limit 50`.execute(tx)).rows
const termHolding = (terms: readonly TermRow[], today: Temporal.PlainDate): number | undefined => terms.find(({ from_day }) => Temporal.PlainDate.compare(from_day, today) <= 0)?.id

type CardMeter = {
  id: number; service: Service; serial: string; digits: number; registers: 1 | 2; seals: string; verified_on: Temporal.PlainDate | null; next_verification_on: Temporal.PlainDate | null; installed_on: Temporal.PlainDate; removed_on: Temporal.PlainDate | null
  value: number | null; night: number | null; taken_on: Temporal.PlainDate | null
}
/** Those that were taken down too: their readings stand in earlier bills. */
const allMetersOf = async (tx: Transaction<DB>, id: number): Promise<CardMeter[]> => (await sql<CardMeter>`
  select m.id, m.service, m.serial, m.digits, m.registers, m.seals, m.verified_on, m.next_verification_on, m.installed_on, m.removed_on, l.value, l.night, l.taken_on
  from meters m left join lateral (select value, night, taken_on from readings where meter_id = m.id and accepted_at is not null order by taken_on desc, id desc limit 1) l on true
  where m.account_id = ${id} order by m.removed_on is not null, m.service, m.id limit 60`.execute(tx)).rows

function meterOf(row: CardMeter, today: Temporal.PlainDate): MeterView {
  const days = row.next_verification_on && !row.removed_on ? today.until(row.next_verification_on).days : undefined
  return {
    id: row.id, service: row.service, serial: row.serial, digits: row.digits, registers: row.registers, seals: row.seals, installedOn: row.installed_on.toString(),
    ...(row.verified_on && { verifiedOn: row.verified_on.toString() }), ...(row.next_verification_on && { nextVerificationOn: row.next_verification_on.toString() }), ...(row.removed_on && { removedOn: row.removed_on.toString() }),
    ...(days !== undefined && days <= 60 && { verification: { state: days < 0 ? 'lapsed' as const : days <= 30 ? 'within30' as const : 'within60' as const, days: Math.abs(days) } }),
    ...(row.value !== null && { last: { value: writeQuantity(BigInt(row.value)), on: row.taken_on!.toString(), ...(row.night !== null && { night: writeQuantity(BigInt(row.night)) }) } }),
  }
}

const paymentsOf = async (tx: Transaction<DB>, id: number) => (await sql<{ id: number; paid_on: Temporal.PlainDate; amount: number; source: string; reference: string }>`
  select id, paid_on, amount, source, reference from payments where account_id = ${id} order by paid_on desc, id desc limit 24`.execute(tx)).rows
const correctionsOf = async (tx: Transaction<DB>, id: number) => (await sql<{ id: number; service: Service; corrects: Temporal.PlainDate | null; amount: number; reason: string; by: string; made_at: Temporal.Instant }>`
  select c.id, c.service, c.corrects, c.amount, c.reason, p.name as by, c.made_at from corrections c join people p on p.id = c.made_by where c.account_id = ${id} order by c.id desc limit 24`.execute(tx)).rows
const accessOf = async (tx: Transaction<DB>, id: number) => (await sql<{ id: number; email: string; way: 'code' | 'office' | 'shared'; granted_at: Temporal.Instant }>`
  select x.id, p.email, x.way, x.granted_at from account_access x join people p on p.id = x.person_id where x.account_id = ${id} and x.ended_at is null order by x.id limit 50`.execute(tx)).rows
const changesOf = async (tx: Transaction<DB>, id: number) => (await sql<{ kind: AccountChangeKind; details: Record<string, string>; by: string; made_at: Temporal.Instant }>`
  select c.kind, c.details, p.name as by, c.made_at from account_changes c join people p on p.id = c.made_by where c.account_id = ${id} order by c.id desc limit 40`.execute(tx)).rows
