import { randomBytes } from 'node:crypto'
import type { Transaction } from 'kysely'
import { holder } from '../../regulation/holders.ts'
import { advanceAppeal } from '../../server/appeals/advance-appeal.ts'
import { readGroup } from '../../server/people/read-group.ts'
import { now } from '../../server/platform/clock.ts'
import type { DB } from '../../server/schema.ts'
import { rates } from './measure.ts'
import { record, replay } from './record.ts'
import { perSecond, type Figure } from './report.ts'
import type { System } from './system.ts'

/**
 * A step of the appeal's way over HTTP against its statements. Every step goes through the same door; a note is the
 * one that may be taken over and over. Each lands on the next of the open appeals.
 */
export async function benchSteps({ client, pool, databaseUrl, signIn }: System): Promise<Figure[]> {
  const { who, cookie } = await signIn('contact_centre_head')
  const { rows: open } = await pool.query<{ id: number }>(`select id from appeals where state in ('registered', 'on_resolution', 'in_progress') and number like '20__-%' and id > 1000 order by id`)
  const { rows: [person] } = await pool.query<{ id: string }>('select id from people where email = $1', [who.email])
  const first = open[0]!.id
  const group = readGroup('groups/sevkazenergo.yaml')
  const recorded = await record(databaseUrl, (db) => db.transaction().execute((tx) => advanceAppeal({ tx: tx as Transaction<DB>, group, now: now() }, {
    appeal: first, action: 'add_note', by: { person: person!.id, holders: new Set([holder('contact_centre_head', 'skes')]) }, decide: () => note,
  })))

  let turn = 0
  const next = () => open[turn++ % open.length]!.id
  const overHttp = () => client.post(`/api/v1/appeals/${next()}/notes`, note, { cookie })
  const plain = () => {
    const id = next()
    const hash = randomBytes(32)
    return replay(pool, recorded, (value, given) => {
      const seq = 1 + ((given[0]?.['last_seq'] as number | undefined) ?? 0)
      if (Buffer.isBuffer(value)) return hash
      if (value === first) return id
      if (typeof value === 'number') return seq
      return typeof value === 'string' ? value.replace(/("appeals?":\[?)\d+/, `$1${id}`).replace(/"seq":\d+/, `"seq":${seq}`) : value
    })
  }

  const figures: Figure[] = []
  for (const clients of [1, 10]) {
    const [http, sql] = await rates(clients, overHttp, plain)
    figures.push({ work: `take a step, ${clients} at once`, measured: perSecond(http), against: `${perSecond(sql)} plain SQL`, ratio: http / sql, aim: { atLeast: 0.6 } })
  }
  return figures
}

const note = { text: 'Позвонил заявителю, просит перезвонить после обеда.' }
