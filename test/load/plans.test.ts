import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { countWork, findOwn, findTracked, findWork, getAppeal, getAppealUnseen, listAppeals, recognizeApplicant, searchAppeals } from '../../server/appeals/find-appeal.ts'
import { countWaiting, findIntakeItems } from '../../server/appeals/intake-items.ts'
import { originalPlaces } from '../../regulation/originals.ts'
import { countOriginals, findOriginals, soughtOriginals } from '../../server/appeals/original-index.ts'
import { countEntries, findEntries } from '../../server/appeals/read-journal.ts'
import { itemRows } from '../../server/appeals/work-items.ts'
import { fillDemoPeople } from '../../server/people/demo-people.ts'
import { readGroup, syncGroup } from '../../server/people/read-group.ts'
import { typeParsers } from '../../server/platform/database.ts'
import type { DB } from '../../server/schema.ts'
import { freshDatabase } from '../support/database.ts'
import { asked } from './fill-words.ts'
import { fill } from './fill.ts'
import { scans, type Plan } from './plans.ts'

/** Tables that grow with the appeals: no query of a screen may read one from end to end. */
const large = new Set(['appeals', 'appeal_contents', 'appeal_events', 'appeal_readers', 'work_items', 'journal_entries', 'files', 'appeal_texts', 'intake_items', 'journal_marks', 'originals'])

let database: Awaited<ReturnType<typeof freshDatabase>>
let pool: pg.Pool
let sent: { sql: string; parameters: readonly unknown[] }[] = []
let tx: Transaction<DB>
let dataDir: string
let some: { id: number; number: string }

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 2, types: typeParsers as pg.CustomTypesConfig })
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }), log: ({ query }) => { sent.push({ sql: query.sql, parameters: [...query.parameters] }) } })
  tx = db as unknown as Transaction<DB>
  await syncGroup(db, readGroup('groups/sevkazenergo.yaml'))
  dataDir = mkdtempSync(join(tmpdir(), 'jauap-plans-'))
  await fillDemoPeople(db, { dataDir })
  await fill(pool, 20_000)
  await pool.query(`insert into intake_items (organization_id, channel, received_at, sent_at, words, language, settled_at, return_reason)
    select 'skes', 'district_office', now(), now(), '', 'ru', case when n % 100 > 0 then now() end, case when n % 100 > 0 then 'x' end from generate_series(1, 20000) n`)
  await pool.query(`insert into originals (appeal_id, organization_id, sheets, unit_id, person_id, since)
    select id, 'skes', 1, case when id % 25 = 1 then 'skes-chancellery' else 'skes-management' end, case when id % 40 = 0 then (select person_id from role_assignments limit 1) end, registered_at from appeals`)
  await pool.query('analyze originals')
  await pool.query('analyze intake_items')
  const { rows } = await pool.query<{ id: number; number: string }>('select id, number from appeals order by id offset 10000 limit 1')
  some = rows[0]!
})
afterAll(async () => {
  await pool?.end()
  await database?.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

const head = new Set(['contact_centre_head@skes', 'person:somebody'])
const nobody = new Set(['person:somebody'])
const today = Temporal.PlainDate.from('2023-09-20')
const journal = { organization: 'skes', journal: 'feedback', year: 2023, today } as const

it.each<[string, () => Promise<unknown>]>([
  ['my work', () => findWork(tx, head, { limit: 50 })],
  ['my work, one queue, second page', () => findWork(tx, head, { queue: 'triage', after: { dueOn: today, id: some.id }, limit: 50 })],
  ['the counts of my queues', () => countWork(tx, head, today)],
  ['all appeals', () => listAppeals(tx, head, { limit: 50 })],
  ['all appeals of a narrow reader', () => listAppeals(tx, nobody, { limit: 50 })],
  ['appeals in a state', () => listAppeals(tx, head, { state: 'in_progress', limit: 50 })],
  ['appeals in a state of a narrow reader', () => listAppeals(tx, nobody, { state: 'closed', limit: 50 })],
  ['search by number', () => searchAppeals(tx, head, some.number, 20)],
  ['search by surname', () => searchAppeals(tx, head, asked.surname, 20)],
  ['search by a rare word', () => searchAppeals(tx, head, asked.rare, 20)],
  ['search by phone', () => searchAppeals(tx, head, '8 701 000 15 00', 20)],
  ['search by common words', () => searchAppeals(tx, head, asked.common, 20)],
  ['the card', () => getAppeal(tx, head, some.id)],
  ['the tracking page', async () => { await findTracked(tx, some.number); await getAppealUnseen(tx, some.id) }],
  ['a consumer\'s own appeals', () => findOwn(tx, 'p15000@example.kz', 100)],
  ['an applicant recognized by everything at once', () => recognizeApplicant(tx, head, {
    phone: '+77010000001', email: 'p15000@example.kz', account: '1', identifier: '900101300000', name: 'Иван',
  }, 'Начислили', 60)],
  ['the queue of what channels brought', () => findIntakeItems(tx, { organizations: ['skes', 'pts'], status: 'waiting', limit: 50 })],
  ['what I sent', () => findIntakeItems(tx, { sentBy: 'somebody', limit: 50 })],
  ['how much waits for registration', () => countWaiting(tx, ['skes'])],
  ['the journal', () => findEntries(tx, { organization: 'skes', journal: 'feedback', year: 2023, today: Temporal.PlainDate.from('2023-12-01') }, { order: 'newest', limit: 50 })],
  ['the journal by a number', () => findEntries(tx, { ...journal, text: `2023-${some.id}` }, { order: 'newest', limit: 50 })],
  ['the journal by a surname', () => findEntries(tx, { ...journal, text: asked.surname }, { order: 'newest', limit: 50 })],
  ['the journal by a rare word, counted', () => countEntries(tx, { ...journal, text: asked.rare }, 100_000)],
  ...originalPlaces.map((place): [string, () => Promise<unknown>] => [`papers: ${place}`, () => findOriginals(tx, { person: 'somebody', organizations: ['skes'] }, { place, today, limit: 50 })]),
  ['the figures on the tabs of papers', () => countOriginals(tx, { person: 'somebody', organizations: ['skes'] }, ['with_me', 'offered_to_me', 'offered', 'overdue'], today)],
  ['a paper by its number', () => soughtOriginals(tx, { person: 'somebody', organizations: ['skes'] }, { number: some.number }, () => true)],
  ['what should lie in a unit', () => sql`select appeal_id from originals where unit_id = 'skes-chancellery' and person_id is null and destroyed_by is null`.execute(tx)],
])('%s reads no large table from end to end', async (_, ask) => {
  sent = []
  await ask()
  expect(sent.length).toBeGreaterThan(0)
  for (const { sql: text, parameters } of sent.slice()) {
    const { rows } = await pool.query({ text: `explain (format json) ${text}`, values: parameters as unknown[] })
    expect(scans((rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan, large), text).toEqual([])
  }
})

it('would notice a query without an index', async () => {
  const { rows } = await pool.query('explain (format json) select 1 from appeal_contents where applicant_address = $1', ['x'])
  expect(scans((rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan, large)).toEqual(['appeal_contents'])
})

it('reads appeals as their ways leave them: state, readers and work are those folded from the facts', async () => {
  const { rows } = await pool.query<{ id: number; state: string; last_seq: number; readers: string[]; work: string[] }>(`
    select id, state, last_seq,
      (select array_agg(holder order by holder) from appeal_readers where appeal_id = id) as readers,
      (select coalesce(array_agg(queue || ' ' || holder || ' ' || task order by queue, holder), '{}') from work_items where appeal_id = id) as work
    from appeals order by id limit 1000`)
  for (const { id, state, last_seq, readers, work } of rows) {
    const { appeal } = await getAppealUnseen(tx, id)
    const waiting = itemRows(appeal, id, today).map((item) => `${item.queue} ${item.holder} ${item.task}`)
    expect({ state: appeal.state, seq: appeal.lastSeq, readers: [...appeal.readers].toSorted(), work: waiting.toSorted() })
      .toEqual({ state, seq: last_seq, readers: readers.toSorted(), work: work.toSorted() })
  }
})
