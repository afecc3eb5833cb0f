import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { NewAppeal } from '../../server/appeals/register-appeal.ts'
import type { Group } from '../../server/people/group.ts'
import { now } from '../../server/platform/clock.ts'

export type Recorded = { readonly sql: string; readonly parameters: readonly unknown[] }

export function sampleAppeal(group: Group): NewAppeal {
  const at = now()
  return {
    organization: group.feedback.organization, journal: 'feedback', channel: 'site_feedback', kind: 'complaint', language: 'ru', answerWay: 'email',
    receivedAt: at, registeredAt: at, handlers: ['contact_centre_head@skes'], readers: ['contact_centre_agent@skes'],
    subject: 'Начислили дважды', body: 'В счёте за октябрь электроэнергия начислена дважды. Прошу пересчитать.',
    applicant: { group: 'person', name: 'Сергеев Пётр', address: 'Петропавловск, Жамбыла 12', email: 'p@example.kz' }, files: [],
    once: { scope: 'bench', key: randomBytes(12).toString('hex'), digest: createHash('sha256').update('bench').digest() },
  }
}

/** The same statements sent by plain SQL: ids, place in the series, everything born, jobs, word of it. No rule is asked. */
export async function replayRegistration(pool: pg.Pool, [ids, places, births, jobs, word]: readonly Recorded[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows: [{ id }] } = await client.query(named('ids', ids!)) as unknown as { rows: [{ id: number }] }
    const { rows: [{ last_n: n, last_hash: previous }] } = await client.query(named('places', places!)) as unknown as { rows: [{ last_n: number; last_hash: Buffer }] }
    const hash = randomBytes(32)
    const number = `2026-${String(n).padStart(6, '0')}`
    await client.query(named('births', births!, (value) => Buffer.isBuffer(value) ? hash : typeof value === 'string' && value.startsWith('[{')
      ? JSON.stringify((JSON.parse(value) as object[]).map((birth) => ({
          ...birth, id, n, number, number_key: String(n), key: randomBytes(12).toString('hex'), event_hash: hash.toString('hex'),
          entry_hash: hash.toString('hex'), entry_prev: previous.toString('hex'),
        })))
      : value))
    await client.query(named('jobs', jobs!, (value) => typeof value === 'string' ? value.replace(/"appeal":\d+/g, `"appeal":${id}`) : value))
    await client.query(named('word', word!, (value) => typeof value === 'string' ? value.replace(/"appeals":\[\d+\]/, `"appeals":[${id}]`) : value))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

const named = (name: string, { sql, parameters }: Recorded, alter: (value: unknown) => unknown = (value) => value) => ({ name, text: sql, values: parameters.map(alter) })
