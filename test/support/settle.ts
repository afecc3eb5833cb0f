import { createHash } from 'node:crypto'
import { query } from './query.ts'

/** Everything a run wrote, as one figure. */
export async function printOf(databaseUrl: string, run: number): Promise<string> {
  const { rows: [lines] } = await query<{ text: string }>(databaseUrl, `select string_agg(concat_ws(',', account_id, kind, service, amount, net, vat, quantity, night, method, plan, residents, meter_id, since_reading, reading_id), ';' order by account_id, kind, service) as text from ledger_lines where run_id = $1`, [run])
  const { rows: [bills] } = await query<{ text: string }>(databaseUrl, `select string_agg(concat_ws(',', account_id, opening, charged, recalculated, penalty, paid, closing, balances), ';' order by account_id) as text from bills where run_id = $1`, [run])
  return createHash('sha256').update(`${lines!.text}|${bills!.text}`).digest('hex')
}
