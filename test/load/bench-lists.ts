import { call } from '@orpc/server'
import type { Kysely } from 'kysely'
import { holder, holdersOf } from '../../regulation/holders.ts'
import { allAppeals, card, myQueues, myWork, search } from '../../server/appeals/read-appeals.ts'
import type { RequestContext } from '../../server/operation.ts'
import { readGroup } from '../../server/people/read-group.ts'
import { now } from '../../server/platform/clock.ts'
import type { DB } from '../../server/schema.ts'
import { asked } from './fill-words.ts'
import { times } from './measure.ts'
import { record, type Recorded } from './record.ts'
import { p95, type Figure } from './report.ts'
import type { System } from './system.ts'

/** What the widest reader of the desk asks, over HTTP, against the same statements sent bare; and how its time grew since the smallest size. */
export async function benchLists(system: System, size: number, smallest: Map<string, number>): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { work, asks } of await screens(system.pool, size)) {
    const { http, sql } = await againstBare(system, asks)
    const of = size.toLocaleString('en')
    figures.push({ work: `${work}, of ${of}`, measured: p95(http), against: `${p95(sql)} bare SQL`, ratio: sql / http, aim: { atLeast: 0.5 } })
    const before = smallest.get(work)
    if (before === undefined) smallest.set(work, http)
    else figures.push({ work: `${work}, growth to ${of}`, measured: p95(http), against: `${p95(before)} of the smallest`, ratio: http / before, aim: { atMost: 3 } })
  }
  return figures
}

/** The 95th of 100 times of asking over HTTP, and of the statements this sends, sent bare; in milliseconds. */
export async function againstBare({ client, pool, databaseUrl, signIn }: System, asks: readonly Ask[]): Promise<{ http: number; sql: number }> {
  const { cookie } = await signIn('contact_centre_head')
  const bare: Recorded[][] = []
  for (const { run } of asks) bare.push(await record(databaseUrl, (db) => run(contextOf(db))))
  const [http, sql] = await times(
    (i) => client.get(`/api/v1${asks[i % asks.length]!.path}`, { cookie }),
    async (i) => { for (const statement of bare[i % bare.length]!) await pool.query({ ...statement, values: [...statement.values] }) },
  )
  return { http, sql }
}

export type Ask = { readonly path: string; readonly run: (context: RequestContext) => Promise<unknown> }

async function screens(pool: System['pool'], size: number): Promise<{ work: string; asks: Ask[] }[]> {
  const { rows: some } = await pool.query<{ id: number; number: string }>('select id, number from appeals where id % greatest($1 / 20, 1) = 0 order by id limit 20', [size])
  const list = (input: { state?: 'on_resolution' | 'closed' | 'dismissed'; before?: number }): Ask => ({
    path: `/appeals?${new URLSearchParams(Object.entries(input).map(([name, value]) => [name, String(value)]))}`, run: (context) => call(allAppeals, input as never, { context }),
  })
  const words = (text: string): Ask => ({ path: `/appeals/search?text=${encodeURIComponent(text)}`, run: (context) => call(search, { text } as never, { context }) })
  return [
    { work: 'list, newest first', asks: [list({}), ...some.map(({ id }) => list({ before: id }))] },
    { work: 'list, of a state', asks: [list({ state: 'on_resolution' }), list({ state: 'closed' }), list({ state: 'dismissed' }), ...some.map(({ id }) => list({ state: 'dismissed', before: id }))] },
    { work: 'my work', asks: [{ path: '/work', run: (context) => call(myWork, {} as never, { context }) }] },
    { work: 'my queues', asks: [{ path: '/work/queues', run: (context) => call(myQueues, undefined as never, { context }) }] },
    { work: 'card', asks: some.map(({ id }) => ({ path: `/appeals/${id}`, run: (context: RequestContext) => call(card, { appealId: id } as never, { context }) })) },
    { work: 'search, number', asks: some.map(({ number }) => words(number)) },
    { work: 'search, surname', asks: [asked.surname, 'Ивановский', 'Тлеубаев', 'Кузнецова'].map(words) },
    { work: 'search, common words', asks: [asked.common, 'электроэнергия', 'есептегіш'].map(words) },
    { work: 'search, rare word', asks: [words(asked.rare)] },
  ]
}

const group = readGroup('groups/sevkazenergo.yaml')
const place = { role: 'contact_centre_head', organization: 'skes' } as const

/** The head of the contact centre, who reads every appeal. */
const contextOf = (db: Kysely<DB>): RequestContext => ({
  db, group, now: now(), language: 'ru', address: '', requestId: '', headers: new Headers(), cookies: [],
  actor: { kind: 'staff', id: 'bench', name: '', email: '', assignments: [place], holders: new Set([...holdersOf('bench', [place]), holder(place.role, place.organization)]) },
} as unknown as RequestContext)
