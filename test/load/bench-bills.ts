import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { composeBills, gatherBills } from '../../server/bills/compose-bill.ts'
import type { Config } from '../../server/config.ts'
import { fillTown } from '../../server/ledger/fill-town.ts'
import { openTypesetter } from '../../server/papers/typeset.ts'
import { readGroup } from '../../server/people/read-group.ts'
import { now as clockNow } from '../../server/platform/clock.ts'
import { countSettlement } from '../../server/settlement/count-settlement.ts'
import { beginRun } from '../../server/settlement/settle-month.ts'
import type { DB } from '../../server/schema.ts'
import { p95, perSecond, type Figure } from './report.ts'
import type { System } from './system.ts'

/** So many are printed; BENCH_FULL=1 is what a town's post takes at once. */
const printed = process.env['BENCH_FULL'] ? 10_000 : 1_000
const accounts = 2 * printed + 200
/** As many as one part of a bulk print. */
const part = 500

/** Bills to PDF/A: one by one, as a household asks for its own, and many in parts, as they are printed, against the typesetter alone on as many others of the same town. */
export async function benchBills({ pool }: System): Promise<Figure[]> {
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  const tx = db as unknown as Transaction<DB>
  const group = readGroup('groups/sevkazenergo.yaml')
  const config = { secret: 'a secret of the bench, long enough to be taken', publicUrl: 'https://jauap.example.kz' } as Config
  const period = Temporal.PlainDate.from('2026-09-01')
  const { person_id: head } = await db.selectFrom('role_assignments').select('person_id').where('unit_id', '=', group.cabinet.settlesIn).where('role', '=', 'unit_head').executeTakeFirstOrThrow()
  const { rows: [before] } = await sql<{ last: number }>`select coalesce(max(id), 0)::bigint as last from accounts`.execute(db)
  if (before!.last === 0) {
    await fillTown(db, { accounts, from: period, months: 1, sentBy: head })
    const run = await db.transaction().execute((t) => beginRun(t, { period, by: head, now: clockNow() }))
    await countSettlement({ db, group }, { run })
    await sql`update settlement_runs set posted_at = now(), posted_by = ${head} where id = ${run}`.execute(db)
    await sql`analyze`.execute(db)
  }
  const { rows } = await sql<{ id: number }>`select account_id as id from bills where period = ${period} order by account_id limit ${accounts}`.execute(db)
  const ids = rows.map(({ id }) => id)
  const typesetter = openTypesetter()
  try {
    const sheets = async (of: readonly number[]) => composeBills({ config, group }, period, await gatherBills(tx, group, of, period), 'ru', Temporal.PlainDate.from('2026-10-05'))
    for (const id of ids.slice(-100)) await typesetter.typeset('bill', await sheets([id]))
    const took: number[] = []
    for (const id of ids.slice(-200, -100)) {
      const start = performance.now()
      await typesetter.typeset('bill', await sheets([id]))
      took.push(performance.now() - start)
    }
    const one = took.toSorted((a, b) => a - b)[94]!

    // Never the same bills twice: the typesetter remembers what it has set, over all of its threads.
    let [whole, only] = [0, 0]
    for (let from = 0; from < printed; from += part) {
      const composed = await sheets(ids.slice(printed + from, printed + from + part))
      let start = performance.now()
      await typesetter.typeset('bill', composed)
      only += performance.now() - start
      start = performance.now()
      await typesetter.typeset('bill', await sheets(ids.slice(from, from + part)))
      whole += performance.now() - start
    }
    return [
      { work: 'one bill, read and set to PDF/A', measured: p95(one), against: '50 ms', ratio: 50 / one, aim: { atLeast: 1 } },
      { work: `${printed.toLocaleString('en')} bills in parts of ${part}`, measured: `${(whole / 1_000).toFixed(0)} s, ${perSecond(printed * 1_000 / whole)}`, against: `${perSecond(printed * 1_000 / only)}, the typesetter alone`, ratio: only / whole, aim: { atLeast: 0.7 } },
    ]
  } finally {
    await typesetter.stop()
  }
}
