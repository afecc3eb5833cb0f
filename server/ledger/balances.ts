import { sql, type Transaction } from 'kysely'
import { addLines, type Balance, type Balances, type Line } from '../../regulation/ledger.ts'
import { services, type Service, type Tiyn } from '../../regulation/tariffs.ts'
import type { DB } from '../schema.ts'
import type { BillRow } from './schema.ts'

/** A balance as a bill keeps it. */
export const balancesIn = (kept: BillRow['balances']): Map<Service, Balance> =>
  new Map(services.filter((service) => kept[service]).map((service) => [service, { principal: BigInt(kept[service]![0]), penalty: BigInt(kept[service]![1]) }]))
export const keptBalances = (balances: Balances): Record<string, [number, number]> =>
  Object.fromEntries([...balances].map(([service, { principal, penalty }]) => [service, [Number(principal), Number(penalty)]]))

/** The last posted bill of an account and its balances now: that bill's, and every line since. */
export async function balanceOf(tx: Transaction<DB>, account: number): Promise<{ readonly bill: BillRow | undefined; readonly balances: Map<Service, Balance>; readonly since: readonly Line[] }> {
  const bill = await lastBill(tx, account)
  const { rows } = await sql<{ service: Service; kind: Line['kind']; amount: number }>`
    select service, kind, amount from ledger_lines where account_id = ${account} and period > ${bill?.period ?? '0001-01-01'} and run_id is null`.execute(tx)
  const since = rows.map(({ service, kind, amount }): Line => ({ service, kind, amount: BigInt(amount) }))
  return { bill, balances: addLines(bill ? balancesIn(bill.balances) : new Map(), since), since }
}

/** The newest bill that was posted. */
export async function lastBill(tx: Transaction<DB>, account: number): Promise<BillRow | undefined> {
  const { rows: [bill] } = await sql<BillRow>`
    select b.* from bills b join settlement_runs r on r.id = b.run_id and r.posted_at is not null where b.account_id = ${account} order by b.period desc limit 1`.execute(tx)
  return bill
}

/** What the last bill charged, by service: money paid ahead is split so. */
export async function lastCharges(tx: Transaction<DB>, account: number): Promise<Map<Service, Tiyn>> {
  const { rows } = await sql<{ service: Service; amount: number }>`
    select l.service, sum(l.amount)::bigint as amount from ledger_lines l
    where l.account_id = ${account} and l.kind in ('charge', 'common') and l.period = (
      select b.period from bills b join settlement_runs r on r.id = b.run_id and r.posted_at is not null where b.account_id = ${account} order by b.period desc limit 1)
    group by l.service`.execute(tx)
  return new Map(rows.map(({ service, amount }) => [service, BigInt(amount)]))
}

/** Balances of many accounts and what each was charged last, by service: as `balanceOf` and `lastCharges`, read together. */
export async function balancesOf(tx: Transaction<DB>, accounts: readonly number[]): Promise<Map<number, { readonly balances: Map<Service, Balance>; readonly charged: Map<Service, Tiyn> }>> {
  const { rows: bills } = await sql<{ id: number; period: Temporal.PlainDate | null; balances: BillRow['balances'] | null }>`
    select a.id, b.period, b.balances from unnest(${accounts}::bigint[]) a(id)
    left join lateral (select b.period, b.balances from bills b join settlement_runs r on r.id = b.run_id and r.posted_at is not null where b.account_id = a.id order by b.period desc limit 1) b on true`.execute(tx)
  const since = JSON.stringify(bills.map(({ id, period }) => ({ id, period: period?.toString() ?? '0001-01-01' })))
  const { rows: lines } = await sql<{ account_id: number; service: Service; kind: Line['kind']; amount: number }>`
    select l.account_id, l.service, l.kind, l.amount from jsonb_to_recordset(${since}::jsonb) as s (id bigint, period date) join ledger_lines l on l.account_id = s.id and l.period > s.period and l.run_id is null order by l.account_id, l.period, l.kind, l.service, l.entry`.execute(tx)
  const { rows: charges } = await sql<{ account_id: number; service: Service; amount: number }>`
    select l.account_id, l.service, sum(l.amount)::bigint as amount from jsonb_to_recordset(${since}::jsonb) as s (id bigint, period date) join ledger_lines l on l.account_id = s.id and l.period = s.period and l.kind in ('charge', 'common')
    group by l.account_id, l.service order by l.account_id, l.service`.execute(tx)
  const linesOf = Map.groupBy(lines, (row) => row.account_id)
  const chargesOf = Map.groupBy(charges, (row) => row.account_id)
  return new Map(bills.map(({ id, balances }) => [id, {
    balances: addLines(balances ? balancesIn(balances) : new Map(), (linesOf.get(id) ?? []).map(({ service, kind, amount }) => ({ service, kind, amount: BigInt(amount) }))),
    charged: new Map((chargesOf.get(id) ?? []).map(({ service, amount }): [Service, Tiyn] => [service, BigInt(amount)])),
  }]))
}
