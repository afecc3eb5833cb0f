import { sql, type RawBuilder, type Transaction } from 'kysely'
import { holder } from '../../regulation/holders.ts'
import { Refusal } from '../../regulation/refusals.ts'
import type { ConsumerGroup, Service, TariffPlan } from '../../regulation/tariffs.ts'
import type { Actor, Staff } from '../people/actor.ts'
import type { Group } from '../people/group.ts'
import type { DB } from '../schema.ts'

/** An account as it stands on a day: where, whose, who lives there. */
export type AccountRow = {
  readonly id: number
  readonly number: string
  readonly holder_name: string
  readonly secret_version: number
  readonly opened_on: Temporal.PlainDate
  readonly closed_on: Temporal.PlainDate | null
  readonly building_id: number
  readonly address: string
  readonly flat: string
  readonly district: string
  readonly area: number
  readonly stove: boolean
  readonly common_heat_meter: boolean
  readonly residents: number | null
  readonly benefit: boolean | null
}

/** The account of somebody who was given it; what was not is absent. */
export async function getMine(tx: Transaction<DB>, person: string, account: number, on: Temporal.PlainDate): Promise<AccountRow> {
  const [found] = await accounts(tx, on, sql`a.id = ${account} and exists (select 1 from account_access x where x.account_id = a.id and x.person_id = ${person} and x.ended_at is null)`)
  if (!found) throw new Refusal('account_unknown', { clause: '11.3.1' })
  return found
}

export const findMine = (tx: Transaction<DB>, person: string, on: Temporal.PlainDate): Promise<AccountRow[]> =>
  accounts(tx, on, sql`a.id in (select account_id from account_access where person_id = ${person} and ended_at is null)`)

export async function getAccount(tx: Transaction<DB>, account: number, on: Temporal.PlainDate): Promise<AccountRow> {
  const [found] = await accounts(tx, on, sql`a.id = ${account}`)
  if (!found) throw new Refusal('account_unknown', { clause: '11.3.1' })
  return found
}

/** Many accounts together; whoever asks may see them. */
export const findAccounts = (tx: Transaction<DB>, ids: readonly number[], on: Temporal.PlainDate): Promise<AccountRow[]> => accounts(tx, on, sql`a.id = any(${ids}::bigint[])`)

/** By number, surname or address; at most so many. Of an address every word counts, in any order; the last may be the flat. */
export async function searchAccounts(tx: Transaction<DB>, words: string, limit: number, on: Temporal.PlainDate): Promise<AccountRow[]> {
  const asked = words.trim()
  const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&')
  // A house's number stands alone: 3 is not 13.
  const parts = asked.split(/[\s,]+/).filter(Boolean).slice(0, 8).map((part) => (/^\d/.test(part) ? `% ${escaped(part)},%` : `%${escaped(part)}%`))
  const flat = asked.split(/[\s,]+/).filter(Boolean).at(-1) ?? ''
  const { rows } = await sql<{ id: number }>`
    (select id from accounts where number like ${`${escaped(asked)}%`} order by number limit ${limit})
    union (select id from accounts where length(${asked}) > 2 and holder_name ilike ${`%${escaped(asked)}%`} limit ${limit})
    union (select a.id from buildings b join premises p on p.building_id = b.id join accounts a on a.premises_id = p.id where length(${asked}) > 2 and b.address || ',' ilike all(${parts}::text[]) order by a.number limit ${limit})
    union (
      select a.id from buildings b join premises p on p.building_id = b.id join accounts a on a.premises_id = p.id
      where ${parts.length > 1} and length(${asked}) > 2 and b.address || ',' ilike all(${parts.slice(0, -1)}::text[]) and lower(p.flat) = lower(${flat}) order by a.number limit ${limit})`.execute(tx)
  return accounts(tx, on, sql`a.id = any(${rows.slice(0, limit).map(({ id }) => id)}::bigint[])`)
}

export async function findByNumber(tx: Transaction<DB>, number: string): Promise<{ id: number; number: string; secret_version: number } | undefined> {
  return tx.selectFrom('accounts').select(['id', 'number', 'secret_version']).where('number', '=', number.trim()).executeTakeFirst()
}

async function accounts(tx: Transaction<DB>, on: Temporal.PlainDate, where: RawBuilder<unknown>): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select a.id, a.number, a.holder_name, a.secret_version, a.opened_on, a.closed_on, b.id as building_id, b.address, b.district, b.common_heat_meter, p.flat, p.area, p.stove, t.residents, t.benefit
    from accounts a join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id
    left join lateral (select residents, benefit from account_terms where account_id = a.id and from_day <= ${on} order by from_day desc, id desc limit 1) t on true
    where ${where} order by a.number`.execute(tx)
  return rows
}

export type ServiceRow = { readonly service: Service; readonly consumer_group: ConsumerGroup; readonly plan: TariffPlan; readonly from_day: Temporal.PlainDate }

/** What an account takes on a day, and by which plan. */
export async function servicesOf(tx: Transaction<DB>, account: number, on: Temporal.PlainDate): Promise<ServiceRow[]> {
  const { rows } = await sql<ServiceRow>`
    select distinct on (service) service, consumer_group, plan, from_day from account_services
    where account_id = ${account} and from_day <= ${on} and (to_day is null or to_day >= ${on}) order by service, from_day desc, id desc`.execute(tx)
  return rows
}

/** Whoever serves accounts at a window or on the telephone. */
export const servesAccounts = (actor: Actor, { cabinet: { organization, settlesIn } }: Group): actor is Staff =>
  actor.kind === 'staff' && (['front_desk', 'contact_centre_agent', 'contact_centre_head', 'district_head'] as const).some((role) => actor.assignments.some((one) => one.role === role && one.organization === organization))
  || settles(actor, { organization, settlesIn })

/** Whoever counts months, takes the banks' files and corrects accounts. */
export const settlesMonths = (actor: Actor, { cabinet }: Group): actor is Staff => settles(actor, cabinet)

/** Whoever posts a counted month: after that it is for ever. */
export const postsMonths = (actor: Actor, { cabinet: { organization, settlesIn } }: Group): actor is Staff =>
  actor.kind === 'staff' && actor.holders.has(holder('unit_head', organization, settlesIn))

const settles = (actor: Actor, { organization, settlesIn }: Pick<Group['cabinet'], 'organization' | 'settlesIn'>): actor is Staff =>
  actor.kind === 'staff' && (['unit_head', 'executor'] as const).some((role) => actor.assignments.some((one) => one.role === role && one.organization === organization && one.unit === settlesIn))
