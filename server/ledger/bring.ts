import { sql, type Transaction } from 'kysely'
import type { Fault, RefusalCode, RefusalDetails } from '../../regulation/refusals.ts'
import { offerOn, services, type ConsumerGroup, type Service, type TariffPlan } from '../../regulation/tariffs.ts'
import type { Group } from '../people/group.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { coverHouses, recountDraft } from './draft.ts'
import { closedThrough } from './post-lines.ts'

/** What came of a row that another system brings, or would come of it: a known row is compared with what stands here. */
export type Brought =
  | { readonly verdict: 'new' | 'unchanged' }
  | { readonly verdict: 'changed'; /** What stands here in the columns that differ. */ readonly was: Was }
  | { readonly verdict: 'refused'; readonly faults: readonly Fault[] }
type Was = Readonly<Record<string, Temporal.PlainDate | string | number | boolean | null>>
export type Bringing = { readonly group: Group; readonly by: string; readonly now: Temporal.Instant; /** False: only told, nothing written. */ readonly write: boolean }

export const refused = (field: string, code: RefusalCode, details?: RefusalDetails): Brought & { verdict: 'refused' } => ({ verdict: 'refused', faults: [{ field, code, ...(details && { details }) }] })
export const added: Brought = { verdict: 'new' }
export const unchanged: Brought = { verdict: 'unchanged' }
const compared = (was: Was): Brought => (Object.keys(was).length > 0 ? { verdict: 'changed', was } : unchanged)
/** Of these columns, those that differ, as they stand here. */
const differing = <Name extends string>(names: readonly Name[], here: { readonly [N in Name]: Was[string] }, row: { readonly [N in Name]: Was[string] }): Was =>
  Object.fromEntries(names.filter((name) => String(row[name] ?? '') !== String(here[name] ?? '')).map((name) => [name, here[name]]))

/** Days as ISO, areas in ten-thousandths; null: an empty cell; absent: the file does not tell. A service is `plan/group`, null: not taken. */
export type GivenAccount = {
  readonly number: string; readonly holder: string; readonly address: string; readonly flat?: string | null; readonly district?: string | null; readonly area: string; readonly stove?: boolean | null; readonly common_heat_meter?: boolean | null
  readonly residents?: number | null; readonly benefit?: boolean | null; readonly opened_on: string; readonly closed_on?: string | null; readonly since?: string | null
} & { readonly [S in Service]?: string | null }

type Standing = {
  id: number; number: string; holder: string; address: string; flat: string; district: string; area: number; stove: boolean; common_heat_meter: boolean; opened_on: Temporal.PlainDate; closed_on: Temporal.PlainDate | null
  residents: number | null; benefit: boolean | null; taken: Partial<Record<Service, { plan: string; from: string }>>
}

/** Accounts brought up to date by their numbers: what changes with time becomes another dated row, and only where it differs. */
export async function bringAccounts(tx: Transaction<DB>, given: readonly GivenAccount[], { group, by, now, write }: Bringing): Promise<Brought[]> {
  const numbers = given.map(({ number }) => number)
  const addresses = [...new Set(given.map(({ address }) => address))]
  if (write) {
    const { rows: known } = await sql<{ id: number }>`select id from accounts where number = any(${numbers}::text[])`.execute(tx)
    await recountDraft(tx, group, known.map(({ id }) => id), { addresses })
    await sql`select 1 from accounts where number = any(${numbers}::text[]) order by id for update`.execute(tx)
  }
  const closed = await closedThrough(tx)
  const open = (closed?.add({ days: 1 }) ?? dateOf(now).with({ day: 1 })).toString()
  const asked = JSON.stringify(given.map(({ number, since }) => ({ number, since: since ?? null })))
  const { rows } = await sql<Standing>`
    select a.id, a.number, a.holder_name as holder, b.address, p.flat, b.district, p.area, p.stove, b.common_heat_meter, a.opened_on, a.closed_on, t.residents, t.benefit, coalesce(s.taken, '{}') as taken
    from jsonb_to_recordset(${asked}::jsonb) as g (number text, since date) join accounts a on a.number = g.number join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id
    cross join lateral (select coalesce(g.since, greatest(${open}::date, a.opened_on)) as day) d
    left join lateral (select residents, benefit from account_terms where account_id = a.id and from_day <= d.day order by from_day desc, id desc limit 1) t on true
    left join lateral (
      select jsonb_object_agg(service, jsonb_build_object('plan', plan || '/' || consumer_group, 'from', from_day)) as taken from (
        select distinct on (service) service, plan, consumer_group, from_day from account_services where account_id = a.id and from_day <= d.day and (to_day is null or to_day >= d.day) order by service, from_day desc, id desc) o) s on true`.execute(tx)
  const known = new Map(rows.map((row) => [row.number, row]))
  const house = await housesOf(tx, addresses)

  const homes: unknown[] = []
  const terms: unknown[] = []
  const taken: unknown[] = []
  const ended: unknown[] = []
  const answers = given.map((one): Brought => {
    const was = known.get(one.number)
    const since = one.since ?? (was && open > one.opened_on ? open : one.opened_on)
    const closes = one.closed_on === undefined ? (was?.closed_on?.toString() ?? null) : one.closed_on
    if (closes !== null && closes < one.opened_on) return refused('closed_on', 'outage_ends_first')
    if (was && one.since && closed && one.since <= closed.toString()) return refused('since', 'period_closed')
    const plans = services.flatMap((service) => (one[service] === undefined ? [] : [{ service, plan: one[service], had: was?.taken[service] }])).filter(({ plan, had }) => (plan ?? undefined) !== had?.plan)
    const late = plans.find(({ plan, had }) => plan === null && had && had.from >= since)
    if (late) return refused(late.service, 'service_begins_later')
    if (group.cabinet.master === 'own') {
      const offer = offerOn(group.tariffs, Temporal.PlainDate.from(since > open ? since : open))?.tariffs ?? []
      const without = plans.find(({ service, plan }) => plan && !offer.some((tariff) => tariff.service === service && plan === `${tariff.plan}/${tariff.group}`))
      if (without) return refused(without.service, 'no_tariff')
    }
    // A house stays written as it is, whatever the letters of the file; what is not told of it stays as well.
    const at = { flat: '', stove: false, ...was, ...(house.get(one.address) ?? { address: one.address, district: '', common_heat_meter: false }) }
    const home = {
      number: one.number, id: was?.id ?? null, holder: one.holder, address: at.address, flat: one.flat ?? (one.flat === undefined ? at.flat : ''), district: one.district ?? at.district, area: one.area, stove: one.stove ?? at.stove,
      common_heat_meter: one.common_heat_meter ?? at.common_heat_meter, opened_on: one.opened_on, closed_on: closes,
    }
    const changes = was ? differing(['holder', 'address', 'flat', 'district', 'area', 'stove', 'common_heat_meter', 'opened_on', 'closed_on'], was, home) : {}
    const lives = { residents: one.residents ?? was?.residents ?? null, benefit: one.benefit ?? was?.benefit ?? null }
    const livesChanged = (['residents', 'benefit'] as const).filter((name) => (one[name] ?? null) !== null && lives[name] !== (was?.[name] ?? null))
    if (livesChanged.length > 0) terms.push({ number: one.number, day: since, residents: lives.residents ?? 1, benefit: lives.benefit ?? false })
    for (const { service, plan } of plans) {
      if (plan) taken.push({ number: one.number, service, plan: plan.split('/')[0] as TariffPlan, consumers: plan.split('/')[1] as ConsumerGroup, day: since })
      else ended.push({ number: one.number, service, day: since })
    }
    if (!was || Object.keys(changes).length > 0) homes.push(home)
    return was ? compared({ ...changes, ...Object.fromEntries(livesChanged.map((name) => [name, was[name]])), ...Object.fromEntries(plans.map(({ service, had }) => [service, had?.plan ?? null])) }) : added
  })
  if (!write) return answers

  const home = sql`jsonb_to_recordset(${JSON.stringify(homes)}::jsonb) as g (number text, id bigint, holder text, address text, flat text, district text, area bigint, stove boolean, common_heat_meter boolean, opened_on date, closed_on date)`
  await sql`insert into buildings (address, district, common_heat_meter) select distinct on (lower(address)) address, district, common_heat_meter from ${home} order by lower(address) on conflict (lower(address)) do nothing`.execute(tx)
  await sql`
    update buildings b set district = g.district, common_heat_meter = g.common_heat_meter from ${home} where lower(b.address) = lower(g.address) and (b.district, b.common_heat_meter) is distinct from (g.district, g.common_heat_meter)`.execute(tx)
  await sql`
    insert into premises (building_id, flat, area, stove) select distinct on (b.id, g.flat) b.id, g.flat, g.area, g.stove from ${home} join buildings b on lower(b.address) = lower(g.address) order by b.id, g.flat on conflict (building_id, flat) do nothing`.execute(tx)
  await sql`
    update premises p set area = g.area, stove = g.stove from ${home} join buildings b on lower(b.address) = lower(g.address) where p.building_id = b.id and p.flat = g.flat and (p.area, p.stove) is distinct from (g.area, g.stove)`.execute(tx)
  const place = sql`join buildings b on lower(b.address) = lower(g.address) join premises p on p.building_id = b.id and p.flat = g.flat`
  await sql`insert into accounts (number, premises_id, holder_name, opened_on, closed_on) select g.number, p.id, g.holder, g.opened_on, g.closed_on from ${home} ${place} where g.id is null order by g.number`.execute(tx)
  await sql`update accounts a set premises_id = p.id, holder_name = g.holder, opened_on = g.opened_on, closed_on = g.closed_on from ${home} ${place} where g.id = a.id`.execute(tx)
  await sql`
    insert into account_terms (account_id, from_day, residents, benefit, basis, made_by, made_at)
    select a.id, g.day, g.residents, g.benefit, ${'Внешняя биллинговая система'}, ${by}, ${now} from jsonb_to_recordset(${JSON.stringify(terms)}::jsonb) as g (number text, day date, residents smallint, benefit boolean) join accounts a on a.number = g.number order by a.id`.execute(tx)
  await sql`
    insert into account_services (account_id, service, consumer_group, plan, from_day)
    select a.id, g.service, g.consumers, g.plan, g.day from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) as g (number text, service service, consumers text, plan text, day date) join accounts a on a.number = g.number order by a.id, g.service`.execute(tx)
  await sql`
    update account_services s set to_day = g.day - 1 from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as g (number text, service service, day date) join accounts a on a.number = g.number
    where s.account_id = a.id and s.service = g.service and s.from_day < g.day and (s.to_day is null or s.to_day >= g.day)`.execute(tx)
  await coverHouses(tx, group, addresses)
  return answers
}

type House = { readonly id: number; readonly address: string; readonly district: string; readonly common_heat_meter: boolean }
/** Houses by their addresses as given, in small or capital letters. */
async function housesOf(tx: Transaction<DB>, addresses: readonly string[]): Promise<ReadonlyMap<string, House>> {
  const { rows } = await sql<House & { given: string }>`
    select g.given, b.id, b.address, b.district, b.common_heat_meter from unnest(${[...new Set(addresses)]}::text[]) g(given) join buildings b on lower(b.address) = lower(g.given)`.execute(tx)
  return new Map(rows.map(({ given, ...row }) => [given, row]))
}

export type GivenMeter = {
  readonly account?: string | null; readonly address?: string | null; readonly service: Service; readonly serial: string; readonly digits: number; readonly registers: number; readonly seals?: string | null
  readonly verified_on?: string | null; readonly next_verification_on?: string | null; readonly installed_on: string; readonly removed_on?: string | null
}
type StandingMeter = {
  id: number; account_id: number | null; building_id: number | null; service: Service; serial: string; digits: number; registers: number; seals: string
  verified_on: Temporal.PlainDate | null; next_verification_on: Temporal.PlainDate | null; installed_on: Temporal.PlainDate; removed_on: Temporal.PlainDate | null
}

/** Meters brought up to date by service and serial number; whose they are never changes. */
export async function bringMeters(tx: Transaction<DB>, given: readonly GivenMeter[], { group, now, write }: Bringing): Promise<Brought[]> {
  const today = dateOf(now).toString()
  const accounts = new Map((await sql<{ number: string; id: number }>`select number, id from accounts where number = any(${given.map(({ account }) => account ?? '')}::text[])`.execute(tx)).rows.map((row) => [row.number, row.id]))
  if (write) await recountDraft(tx, group, [...accounts.values()], { addresses: given.flatMap(({ address }) => address ?? []) })
  const houses = await housesOf(tx, given.flatMap(({ address }) => address ?? []))
  const { rows } = await sql<StandingMeter>`
    select m.* from jsonb_to_recordset(${JSON.stringify(given.map(({ service, serial }) => ({ service, serial })))}::jsonb) as g (service service, serial text) join meters m on m.service = g.service and m.serial = g.serial`.execute(tx)
  const known = new Map(rows.map((row) => [`${row.service} ${row.serial}`, row]))
  const kept: unknown[] = []
  const answers = given.map((one): Brought => {
    if (!one.account && !one.address) return refused('account', 'field_missing')
    if (one.account && one.address) return refused('address', 'unknown_field')
    const account = one.account ? accounts.get(one.account) : undefined
    const building = one.address ? houses.get(one.address)?.id : undefined
    if (one.account && !account) return refused('account', 'account_unknown')
    if (one.address && !building) return refused('address', 'house_unknown')
    const was = known.get(`${one.service} ${one.serial}`)
    if (was && (was.account_id !== (account ?? null) || was.building_id !== (building ?? null))) return refused('serial', 'serial_taken')
    if (was && was.registers !== one.registers) return refused('registers', 'registers_fixed')
    const day = (name: 'verified_on' | 'next_verification_on' | 'removed_on') => (one[name] === undefined ? (was?.[name]?.toString() ?? null) : one[name])
    const row = {
      id: was?.id ?? null, account: account ?? null, building: building ?? null, service: one.service, serial: one.serial, digits: one.digits, registers: one.registers, seals: one.seals ?? (one.seals === undefined ? was?.seals ?? '' : ''),
      verified_on: day('verified_on'), next_verification_on: day('next_verification_on'), installed_on: one.installed_on, removed_on: day('removed_on'),
    }
    for (const name of ['installed_on', 'removed_on'] as const) if ((row[name] ?? '') > today) return refused(name, 'date_in_future')
    if (row.removed_on && row.removed_on < row.installed_on) return refused('removed_on', 'outage_ends_first')
    if (row.verified_on && row.next_verification_on && row.next_verification_on < row.verified_on) return refused('next_verification_on', 'outage_ends_first')
    const changes = was ? differing(['digits', 'seals', 'verified_on', 'next_verification_on', 'installed_on', 'removed_on'], was, row) : {}
    if (!was || Object.keys(changes).length > 0) kept.push(row)
    return was ? compared(changes) : added
  })
  if (!write || kept.length === 0) return answers
  const rowsGiven = sql`jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as g (id bigint, account bigint, building bigint, service service, serial text, digits smallint, registers smallint, seals text, verified_on date, next_verification_on date, installed_on date, removed_on date)`
  await sql`
    insert into meters (account_id, building_id, service, serial, digits, registers, seals, verified_on, next_verification_on, installed_on, removed_on)
    select account, building, service, serial, digits, registers, seals, verified_on, next_verification_on, installed_on, removed_on from ${rowsGiven} where id is null order by serial`.execute(tx)
  await sql`
    update meters m set digits = g.digits, seals = g.seals, verified_on = g.verified_on, next_verification_on = g.next_verification_on, installed_on = g.installed_on, removed_on = g.removed_on from ${rowsGiven} where m.id = g.id`.execute(tx)
  return answers
}
