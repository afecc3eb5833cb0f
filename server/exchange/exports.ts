import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely'
import { services, type Service } from '../../regulation/tariffs.ts'
import { balancesIn, balancesOf } from '../ledger/balances.ts'
import { mirroredKinds } from '../ledger/mirror-month.ts'
import type { BillRow } from '../ledger/schema.ts'
import type { DB } from '../schema.ts'
import type { ExchangeKind } from './formats.ts'
import type { Fields } from './read-rows.ts'

export type ExportFilter = { readonly period?: Temporal.PlainDate | undefined; readonly from?: Temporal.PlainDate | undefined; readonly to?: Temporal.PlainDate | undefined; readonly since?: Temporal.Instant | undefined }

const pageSize = 1_000
const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))

/** Everything of a kind, a page at a time by key: what is exported may be as long as the ledger (п. 11.3.1). */
export function exportPages(db: Kysely<DB>, kind: ExchangeKind, filter: ExportFilter, today: Temporal.PlainDate): AsyncGenerator<readonly Fields[]> {
  switch (kind) {
    case 'accounts': return accounts(db, today)
    case 'meters': return meters(db)
    case 'readings': return filter.since ? readingsSince(db, filter, filter.since) : readings(db, filter)
    case 'charges': return charges(db, filter)
    case 'payments': return payments(db, filter)
    case 'balances': return balances(db, filter)
  }
}

/** Pages of `read` by a growing number. */
async function* byKey<Row extends { readonly key: number }>(read: (after: number) => Promise<readonly Row[]>, fields: (row: Row) => Fields): AsyncGenerator<readonly Fields[]> {
  for (let after = 0; ;) {
    const rows = await read(after)
    if (rows.length === 0) return
    yield rows.map(fields)
    after = rows.at(-1)!.key
  }
}

type AccountRow = {
  key: number; number: string; holder_name: string; address: string; flat: string; district: string; area: number; stove: boolean; common_heat_meter: boolean; residents: number | null; benefit: boolean | null
  opened_on: Temporal.PlainDate; closed_on: Temporal.PlainDate | null; taken: Partial<Record<Service, string>>
}
const accounts = (db: Kysely<DB>, today: Temporal.PlainDate) => byKey(async (after) => (await sql<AccountRow>`
  select a.id as key, a.number, a.holder_name, b.address, p.flat, b.district, p.area, p.stove, b.common_heat_meter, t.residents, t.benefit, a.opened_on, a.closed_on, coalesce(s.taken, '{}') as taken
  from accounts a join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id cross join lateral (select greatest(${today}::date, a.opened_on) as day) d
  left join lateral (select residents, benefit from account_terms where account_id = a.id and from_day <= d.day order by from_day desc, id desc limit 1) t on true
  left join lateral (
    select jsonb_object_agg(service, plan || '/' || consumer_group) as taken from (
      select distinct on (service) service, plan, consumer_group from account_services where account_id = a.id and from_day <= d.day and (to_day is null or to_day >= d.day) order by service, from_day desc, id desc) o) s on true
  where a.id > ${after} order by a.id limit ${pageSize}`.execute(db)).rows, (row): Fields => ({
  number: row.number, holder: row.holder_name, address: row.address, flat: row.flat, district: row.district, area: String(row.area), stove: row.stove, common_heat_meter: row.common_heat_meter, residents: row.residents, benefit: row.benefit,
  opened_on: row.opened_on.toString(), closed_on: text(row.closed_on), since: null, ...Object.fromEntries(services.map((service) => [service, row.taken[service] ?? null])),
}))

type MeterRow = {
  key: number; account: string | null; address: string | null; service: Service; serial: string; digits: number; registers: number; seals: string
  verified_on: Temporal.PlainDate | null; next_verification_on: Temporal.PlainDate | null; installed_on: Temporal.PlainDate; removed_on: Temporal.PlainDate | null
}
const meters = (db: Kysely<DB>) => byKey(async (after) => (await sql<MeterRow>`
  select m.id as key, a.number as account, b.address, m.service, m.serial, m.digits, m.registers, m.seals, m.verified_on, m.next_verification_on, m.installed_on, m.removed_on
  from meters m left join accounts a on a.id = m.account_id left join buildings b on b.id = m.building_id where m.id > ${after} order by m.id limit ${pageSize}`.execute(db)).rows, ({ key: _, ...row }): Fields => ({
  ...row, verified_on: text(row.verified_on), next_verification_on: text(row.next_verification_on), installed_on: row.installed_on.toString(), removed_on: text(row.removed_on),
}))

type ReadingRow = { id: number; account: string | null; service: Service; serial: string; taken_on: Temporal.PlainDate; value: number; night: number | null; source: string; accepted_at: Temporal.Instant }
const readingFields = (row: ReadingRow): Fields => ({ account: row.account, service: row.service, serial: row.serial, day: row.taken_on.toString(), value: String(row.value), night: text(row.night), source: row.source })
const readingColumns = sql`r.id, a.number as account, m.service, m.serial, r.taken_on, r.value, r.night, r.source, r.accepted_at from readings r join meters m on m.id = r.meter_id left join accounts a on a.id = m.account_id`
const within = ({ from, to }: ExportFilter, column: RawBuilder<unknown>) => sql`${column} between ${from ?? '0001-01-01'} and ${to ?? '9999-12-31'}`

/** Meter by meter, each in the order of its days: so it may come in again. */
async function* readings(db: Kysely<DB>, filter: ExportFilter): AsyncGenerator<readonly Fields[]> {
  for (let after = 0; ;) {
    const { rows: [page] } = await sql<{ last: number | null }>`select max(id) as last from (select id from meters where id > ${after} order by id limit 200) m`.execute(db)
    if (!page?.last) return
    const { rows } = await sql<ReadingRow>`select ${readingColumns} where r.meter_id > ${after} and r.meter_id <= ${page.last} and r.accepted_at is not null and ${within(filter, sql`r.taken_on`)} order by r.meter_id, r.taken_on, r.id`.execute(db)
    if (rows.length > 0) yield rows.map(readingFields)
    after = page.last
  }
}

/** What is being written while others ask has an earlier moment than what they have: so much is told twice. */
const overlap = { minutes: 10 }

/** In the order they were accepted: the next request asks since the moment of the last one. */
async function* readingsSince(db: Kysely<DB>, filter: ExportFilter, since: Temporal.Instant): AsyncGenerator<readonly Fields[]> {
  for (let [at, id] = [since.subtract(overlap), 0]; ;) {
    const { rows } = await sql<ReadingRow>`select ${readingColumns} where r.accepted_at is not null and (r.accepted_at, r.id) > (${at}, ${id}) and ${within(filter, sql`r.taken_on`)} order by r.accepted_at, r.id limit ${pageSize}`.execute(db)
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(readingFields)
    ;[at, id] = [last.accepted_at, last.id]
  }
}

type ChargeRow = { account: string; period: Temporal.PlainDate; service: Service; kind: string; method: string | null; quantity: number | null; net: number | null; vat: number | null; amount: number }
/** Lines of one posted month; without one, of the last. Corrections of a month stand in the month whose bill shows them. */
async function* charges(db: Kysely<DB>, filter: ExportFilter): AsyncGenerator<readonly Fields[]> {
  const { rows: [run] } = await sql<{ period: Temporal.PlainDate }>`
    select period from settlement_runs where posted_at is not null ${filter.period ? sql`and period = ${filter.period}` : sql``} order by period desc limit 1`.execute(db)
  if (!run) return
  for (let after = 0; ;) {
    const { rows: page } = await sql<{ id: number }>`select id from accounts where id > ${after} order by id limit ${pageSize}`.execute(db)
    if (page.length === 0) return
    const { rows } = await sql<ChargeRow>`
      select a.number as account, l.period, l.service, l.kind, max(l.method) as method, sum(l.quantity)::bigint as quantity, sum(l.net)::bigint as net, sum(l.vat)::bigint as vat, sum(l.amount)::bigint as amount
      from ledger_lines l join accounts a on a.id = l.account_id left join settlement_runs r on r.id = l.run_id
      where l.account_id = any(${page.map(({ id }) => id)}::bigint[]) and l.period = ${run.period} and l.kind = any(${mirroredKinds}::line_kind[]) and (l.run_id is null or r.posted_at is not null)
      group by l.account_id, a.number, l.period, l.service, l.kind order by l.account_id, l.service, l.kind`.execute(db)
    if (rows.length > 0) yield rows.map((row): Fields => ({
      account: row.account, period: row.period.toPlainYearMonth().toString(), service: row.service, kind: row.kind, method: row.method, quantity: text(row.quantity), net: text(row.net), vat: text(row.vat), amount: String(row.amount),
    }))
    after = page.at(-1)!.id
  }
}

type PaymentRow = { key: number; account: string; paid_on: Temporal.PlainDate; amount: number; source: string; reference: string }
const payments = (db: Kysely<DB>, filter: ExportFilter) => byKey(async (after) => (await sql<PaymentRow>`
  select y.id as key, a.number as account, y.paid_on, y.amount, y.source, y.reference from payments y join accounts a on a.id = y.account_id
  where y.id > ${after} and ${within(filter, sql`y.paid_on`)} ${filter.period ? sql`and y.period = ${filter.period}` : sql``} order by y.id limit ${pageSize}`.execute(db)).rows, (row): Fields => ({
  account: row.account, day: row.paid_on.toString(), amount: String(row.amount), source: row.source, reference: row.reference,
}))

/** What is owed now, or was at the end of a posted month; services that owe nothing are left out. */
async function* balances(db: Kysely<DB>, { period }: ExportFilter): AsyncGenerator<readonly Fields[]> {
  for (let after = 0; ;) {
    const { rows: page } = await sql<{ id: number; number: string; balances: BillRow['balances'] | null }>`
      select a.id, a.number, b.balances from (select id, number from accounts where id > ${after} order by id limit ${pageSize}) a
      left join lateral (select b.balances from bills b join settlement_runs r on r.id = b.run_id and r.posted_at is not null where b.account_id = a.id and b.period = ${period ?? null}::date) b on true order by a.id`.execute(db)
    if (page.length === 0) return
    const now = period ? undefined : await balancesOf(db as Transaction<DB>, page.map(({ id }) => id))
    yield page.flatMap(({ id, number, balances: kept }) => {
      const all = now ? now.get(id)!.balances : balancesIn(kept ?? {})
      return services.flatMap((service): Fields[] => {
        const { principal = 0n, penalty = 0n } = all.get(service) ?? {}
        return principal === 0n && penalty === 0n ? [] : [{ account: number, service, principal: String(principal), penalty: String(penalty) }]
      })
    })
    after = page.at(-1)!.id
  }
}
