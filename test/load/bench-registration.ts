import { createHash, randomBytes } from 'node:crypto'
import { makeRegistrar, type NewAppeal } from '../../server/appeals/register-appeal.ts'
import { readGroup } from '../../server/people/read-group.ts'
import { now } from '../../server/platform/clock.ts'
import { rates } from './measure.ts'
import { record, replay } from './record.ts'
import { perSecond, type Figure } from './report.ts'
import type { System } from './system.ts'

/** Registrations over HTTP against the statements of one registration sent by plain SQL, no rule being asked. */
export async function benchRegistration({ client, pool, databaseUrl }: System): Promise<Figure[]> {
  const group = readGroup('groups/sevkazenergo.yaml')
  // The second of two: the first of a year has no entry before it.
  await makeAppeal(databaseUrl)
  const recorded = await makeAppeal(databaseUrl)
  const [taken, births] = [recorded.findIndex(({ text }) => text.includes('journal_series as s')), recorded.findIndex(({ text }) => text.includes('with births'))]
  const ids = recorded.findIndex(({ text }) => text.includes('nextval'))
  const [born] = JSON.parse(recorded[births]!.values.find(isBirths) as string) as Readonly<Record<string, unknown>>[]

  const plain = () => {
    const hash = randomBytes(32)
    return replay(pool, recorded, (value, given, at) => {
      if (at.statement < births) return value
      const id = given[ids]!['id'] as number
      const n = given[taken]!['last_n'] as number
      if (Buffer.isBuffer(value)) return hash
      if (isBirths(value)) {
        const hex = hash.toString('hex')
        return JSON.stringify([{ ...born, id, n, number: `2026-${n}`, number_key: `2026-${n}`, key: hex, event_hash: hex, entry_hash: hex, entry_prev: hex }])
      }
      return typeof value === 'string' ? value.replace(/("appeals?":\[?)\d+/, `$1${id}`) : value
    })
  }
  const overHttp = () => client.post('/api/v1/appeals', form, { 'idempotency-key': randomBytes(12).toString('hex') })

  const figures: Figure[] = []
  for (const clients of [1, 10, 50]) {
    const [http, sql] = await rates(clients, overHttp, plain)
    figures.push({ work: `register an appeal, ${clients} at once`, measured: perSecond(http), against: `${perSecond(sql)} plain SQL`, ratio: http / sql, aim: { atLeast: clients === 50 ? 3 : 0.6 } })
  }
  return figures

  function makeAppeal(url: string) {
    return record(url, (db) => makeRegistrar(db, group).register(appealOf(form)))
  }
}

export const form = {
  name: 'Сергеев Пётр Ильич', address: 'г. Петропавловск, ул. Жамбыла, 12, кв. 5', email: 'petr.sergeev@example.kz', kind: 'complaint', subject: 'Начислили дважды',
  text: 'В счёте за октябрь электроэнергия начислена дважды. Прошу пересчитать.', answerWay: 'email', consent: true,
} as const

const isBirths = (value: unknown): boolean => typeof value === 'string' && value.startsWith('[{"id"')

function appealOf({ name, address, email, kind, subject, text, answerWay }: typeof form): NewAppeal {
  const at = now()
  return {
    organization: 'skes', journal: 'feedback', channel: 'site_feedback', kind, language: 'ru', answerWay, receivedAt: at, registeredAt: at,
    handlers: ['contact_centre_head@skes'], readers: ['contact_centre_agent@skes'], subject, body: text, applicant: { group: 'person', name, address, email }, consentVersion: '2026-11',
    files: [], once: { scope: 'feedback', key: randomBytes(12).toString('hex'), digest: createHash('sha256').update('bench').digest() },
  }
}
