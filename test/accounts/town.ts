import type { RunningApp } from '../support/app.ts'
import { query } from '../support/query.ts'

export const today = (): Temporal.PlainDate => Temporal.Now.plainDateISO('Asia/Almaty')
export const thisMonth = (): Temporal.PlainDate => today().with({ day: 1 })

/** An odd reading as a consumer's sending leaves it: it waits for the office. */
export async function sentReading(app: RunningApp, account: number, meter: number, value: number, reason: string, photo: string | null = null): Promise<number> {
  const { rows: [last] } = await query<{ value: string }>(app.databaseUrl, 'select r.value from readings r join meters m on m.id = r.meter_id where m.id = $1 and m.account_id = $2 and r.accepted_at is not null order by r.taken_on desc, r.id desc limit 1', [meter, account])
  const { rows: [made] } = await query<{ id: string }>(app.databaseUrl, `
    insert into readings (meter_id, taken_on, value, source, sent_at, reason, photo_id, doubts) values ($1, $2, $3, 'consumer', clock_timestamp(), $4, $5, $6) returning id`,
  [meter, today().toString(), value * 10_000, reason, photo, [value * 10_000 < Number(last!.value) ? 'lower' : 'spike']])
  return Number(made!.id)
}

/** As if it had been taken on the first of the month: another has come since. */
export async function setBack(app: RunningApp, reading: number): Promise<void> {
  await query(app.databaseUrl, 'alter table readings disable trigger readings_kept')
  await query(app.databaseUrl, 'update readings set taken_on = $1 where id = $2', [thisMonth().toString(), reading])
  await query(app.databaseUrl, 'alter table readings enable trigger readings_kept')
}
