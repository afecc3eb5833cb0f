import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entryHash } from '../../server/appeals/chain.ts'
import { Client, demoSignIns, feedback, startApp, type RunningApp } from '../support/app.ts'
import { atOnce } from '../support/at-once.ts'
import { brokenLinks } from '../support/chains.ts'
import { countOf, query } from '../support/query.ts'

let first: RunningApp
let second: RunningApp
let keeper: Client
const year = Temporal.Now.zonedDateTimeISO('Asia/Almaty').year
const registrations = 300

beforeAll(async () => {
  first = await startApp({ env: { PROCESS: 'web' } })
  second = await startApp({ databaseUrl: first.databaseUrl, env: { PROCESS: 'web' } })
  keeper = await new Client(second).signIn(demoSignIns(second).find((who) => who.role === 'registrar' && who.organization === 'skes')!)
})
afterAll(async () => {
  await second?.stop()
  await first?.stop()
})

const verify = async () => (await keeper.get(`/journal/verification?organization=skes&year=${year}`)).body
const numberOf = (n: number) => `${year}-${String(n).padStart(6, '0')}`

describe('the journal of registration (п. 4.3, 11.6.5)', () => {
  it(`gives ${registrations} appeals, fifty at once at two processes, the numbers 1 to ${registrations}, though others are refused between them`, async () => {
    const clients = [new Client(first), new Client(second)]
    const refused: number[] = []
    const numbers = await atOnce(Array.from({ length: registrations }), 50, async (_, i) => {
      const client = clients[i % 2]!
      if (i % 10 === 0) refused.push((await client.post('/appeals', feedback({ files: [crypto.randomUUID()] }))).status)
      const { status, body } = await client.post('/appeals', feedback({ subject: `Обращение ${i}` }))
      expect(status, JSON.stringify(body)).toBe(201)
      return body.number as string
    })
    expect([...numbers].sort()).toEqual(Array.from({ length: registrations }, (_, i) => numberOf(i + 1)))
    expect(refused).toEqual(Array.from({ length: registrations / 10 }, () => 422))
    expect(await countOf(first.databaseUrl, 'appeals')).toBe(registrations)
    expect(await verify()).toEqual({ whole: true, entries: registrations, annulled: 0, reserved: 0 })
    expect(await brokenLinks(first.databaseUrl)).toEqual([])
  }, 60_000)

  it('is read newest first, page by page, each number once', async () => {
    const seen: number[] = []
    for (let before = ''; ;) {
      const { body } = await keeper.get(`/journal?organization=skes&year=${year}&limit=70${before}`)
      seen.push(...body.entries.map((entry: { n: number }) => entry.n))
      if (!body.more) break
      before = `&before=${seen.at(-1)}`
    }
    expect(seen).toEqual(Array.from({ length: registrations }, (_, i) => registrations - i))
  })

  it('stands in the order in which the appeals were registered, each appeal in it once', async () => {
    const { rows } = await query(first.databaseUrl, `
      select 1 from journal_entries e join journal_entries earlier on (earlier.organization_id, earlier.journal, earlier.year, earlier.n) = (e.organization_id, e.journal, e.year, e.n - 1)
      where earlier.registered_at > e.registered_at + interval '5 seconds'
      union all select 1 from journal_entries group by appeal_id, organization_id, journal having count(*) > 1`)
    expect(rows).toEqual([])
  })
})

describe('what was written once (п. 4.3)', () => {
  const changes = [
    'update journal_entries set number = number', 'delete from journal_entries', 'truncate journal_entries cascade', 'truncate appeals cascade',
    'update appeal_events set data = data', 'delete from appeal_events', 'truncate appeal_events cascade',
    'update journal_series set last_n = last_n - 1', 'delete from journal_series',
  ]
  it.each(changes)('is kept by the database itself: %s', async (change) => {
    for (const session of ['', 'set session_replication_role = replica; ']) {
      await expect(query(first.databaseUrl, `${session}${change}`), session).rejects.toMatchObject({ code: '23001' })
    }
    expect(await verify()).toEqual({ whole: true, entries: registrations, annulled: 0, reserved: 0 })
  })

  it('cannot be added to with a gap, nor twice', async () => {
    const insert = (n: number) => query(first.databaseUrl, `
      insert into journal_entries (organization_id, journal, year, n, number, number_key, appeal_id, registered_at, prev_hash, hash)
      select organization_id, journal, year, $1::int, 'x' || $1::int, 'x', appeal_id, registered_at, hash, hash from journal_entries where n = $2`, [n, registrations])
    await expect(insert(registrations + 2)).rejects.toMatchObject({ code: '23503' })
    await expect(insert(registrations)).rejects.toMatchObject({ code: '23505' })
  })
})

describe('whoever owns the database and switches its guards off (п. 4.3)', () => {
  const unguarded = (text: string) => query(first.databaseUrl, `
    begin; alter table journal_entries disable trigger all; ${text}; alter table journal_entries enable trigger all;
    alter table journal_entries enable always trigger journal_entries_append_only; alter table journal_entries enable always trigger journal_entries_no_truncate; commit`)

  it.each([
    ['another number', `number = 'другой'`, `number = '${numberOf(7)}'`],
    ['another moment', `registered_at = registered_at - interval '1 day'`, `registered_at = registered_at + interval '1 day'`],
    ['another appeal', 'appeal_id = appeal_id + 1', 'appeal_id = appeal_id - 1'],
    ['another registrar', `registrar = (select id from people order by id limit 1)`, 'registrar = null'],
    ['another hash', `hash = '\\x00'`, `hash = (select prev_hash from journal_entries later where later.n = 8)`],
  ])('is found out by the entry they changed: %s', async (_, spoil, mend) => {
    await unguarded(`update journal_entries set ${spoil} where n = 7`)
    expect(await verify()).toMatchObject({ whole: false, brokenAt: 7, fault: 'changed' })
    await unguarded(`update journal_entries set ${mend} where n = 7`)
    expect(await verify()).toEqual({ whole: true, entries: registrations, annulled: 0, reserved: 0 })
  })

  it('is found out where they rewrote the last entry and its hash with it', async () => {
    const { rows: [e] } = await query<{ organization_id: string; journal: string; year: number; n: number; number: string; appeal_id: string; registered_at: Date; prev_hash: Buffer; hash: Buffer }>(
      first.databaseUrl, 'select * from journal_entries where n = $1', [registrations])
    const forged = entryHash(e!.prev_hash, {
      organization: e!.organization_id, journal: e!.journal, year: e!.year, n: e!.n, number: 'поддельный', appeal: Number(e!.appeal_id),
      at: Temporal.Instant.fromEpochMilliseconds(e!.registered_at.getTime()).toString(), registrar: null,
    })
    await unguarded(`update journal_entries set number = 'поддельный', hash = '\\x${forged.toString('hex')}' where n = ${registrations}`)
    expect(await verify()).toMatchObject({ whole: false, brokenAt: registrations, fault: 'changed' })
    await unguarded(`update journal_entries set number = '${numberOf(registrations)}', hash = '\\x${e!.hash.toString('hex')}' where n = ${registrations}`)
    expect(await verify()).toEqual({ whole: true, entries: registrations, annulled: 0, reserved: 0 })
  })

  it('is found out where they took an entry away, from the end or from the middle', async () => {
    await unguarded(`delete from journal_entries where n = ${registrations}`)
    expect(await verify()).toEqual({ whole: false, entries: registrations - 1, brokenAt: registrations, fault: 'counter' })
    await unguarded('delete from journal_entries where n = 9')
    expect(await verify()).toEqual({ whole: false, entries: 8, brokenAt: 9, fault: 'gap' })
  })
})
