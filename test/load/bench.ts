import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { makeRegistrar } from '../../server/appeals/register-appeal.ts'
import { listAppeals, findWork, searchAppeals } from '../../server/appeals/find-appeal.ts'
import { readGroup } from '../../server/people/read-group.ts'
import { typeParsers } from '../../server/platform/database.ts'
import { startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts'
import type { DB } from '../../server/schema.ts'
import { fill } from './fill.ts'
import { median, run, type Measured } from './measure.ts'
import { replayRegistration, sampleAppeal, type Recorded } from './replay.ts'

/**
 * Measures on this machine, in one run, each work against its limit, so that the machine's noise cancels out.
 * `BENCH_FULL=1` goes on to a million appeals. Figures go to the screen and to `.cache/bench.json`.
 */

type Figure = { readonly work: string; readonly measured: string; readonly limit: string; readonly ratio: number; readonly aim: string }
const figures: Figure[] = []
/** Each list's own time at the smallest size. */
const first = new Map<string, number>()
const seconds = Number(process.env['BENCH_SECONDS'] ?? 2)

const dataDir = mkdtempSync(join(tmpdir(), 'jauap-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'database') })
const app = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, DATABASE_URL: server.url, SECRET: randomBytes(32).toString('hex'), DEMO: 'true', PORT: '0', HOST: '127.0.0.1', DATA_DIR: join(dataDir, 'app'), LOG_LEVEL: 'error' },
})
const url = await new Promise<string>((done, fail) => {
  createInterface({ input: app.stdout }).on('line', (line) => { if (line.startsWith('ready ')) done(line.slice(6).replace('localhost', '127.0.0.1')) })
  app.once('exit', () => fail(new Error('the app did not start')))
})
const pool = new pg.Pool({ connectionString: server.url, max: 60, types: typeParsers as pg.CustomTypesConfig })

try {
  const recorded = await recordRegistration()
  await benchRegistration(recorded)
  await benchPages()
  for (const size of [1_000, 100_000, ...(process.env['BENCH_FULL'] ? [1_000_000] : [])]) await benchLists(size)
  print()
} finally {
  app.kill('SIGTERM')
  await new Promise((done) => app.once('exit', done))
  await pool.end()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

/** The statements of one registration, as the registrar itself sends them. */
async function recordRegistration(): Promise<Recorded[]> {
  const queries: Recorded[] = []
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: server.url, max: 1, types: typeParsers as pg.CustomTypesConfig }) }), log: (event) => { queries.push({ sql: event.query.sql, parameters: [...event.query.parameters] }) } })
  const group = readGroup('groups/sevkazenergo.yaml')
  await makeRegistrar(db, group).register(sampleAppeal(group))
  await db.destroy()
  return queries.filter(({ sql }) => !/^(begin|commit|rollback)/.test(sql))
}

async function benchRegistration(recorded: readonly Recorded[]): Promise<void> {
  let n = 0
  const overHttp = async () => {
    const response = await fetch(`${url}/api/v1/appeals`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': `bench-key-${++n}` },
      body: JSON.stringify({ name: 'Сергеев Пётр', address: 'Петропавловск, Жамбыла 12', email: `p${n}@example.kz`, kind: 'complaint', subject: 'Начислили дважды', text: 'В счёте за октябрь электроэнергия начислена дважды. Прошу пересчитать.', answerWay: 'email', consent: true }),
    })
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }
  for (const clients of [1, 10, 50]) {
    const http: number[] = []
    const plain: number[] = []
    for (let round = 0; round < 3; round++) {
      http.push((await run(clients, seconds, overHttp)).perSecond)
      plain.push((await run(clients, seconds, () => replayRegistration(pool, recorded))).perSecond)
    }
    figures.push({
      work: `register an appeal, ${clients} at once`, measured: `${Math.round(median(http))}/s`, limit: `${Math.round(median(plain))}/s the same statements by plain SQL`,
      ratio: median(http) / median(plain), aim: clients === 50 ? '≥ 3' : '≥ 0.6',
    })
  }
}

async function benchPages(): Promise<void> {
  const { number, code } = (await (await fetch(`${url}/api/v1/appeals`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Сергеев Пётр', address: 'Петропавловск', email: 'p@example.kz', kind: 'complaint', subject: 'Начислили дважды', text: 'Прошу пересчитать.', answerWay: 'email', consent: true }),
  })).json()) as { number: string; code: string }
  const front = await (await fetch(`${url}/ru/`)).text()
  const file = /\/assets\/[^"]+\.css/.exec(front)?.[0] ?? '/ru/'
  const get = (path: string) => async () => { await (await fetch(url + path)).arrayBuffer() }
  for (const [work, path] of [['front page', '/ru/'], ['tracking page, state only', `/ru/track/${number}`], ['tracking page, whole', `/ru/track/${number}/${code}`]] as const) {
    const page: number[] = []
    const still: number[] = []
    for (let round = 0; round < 3; round++) {
      page.push((await run(10, seconds, get(path))).perSecond)
      still.push((await run(10, seconds, get(file))).perSecond)
    }
    figures.push({ work, measured: `${Math.round(median(page))}/s`, limit: `${Math.round(median(still))}/s a static file of the same process`, ratio: median(page) / median(still), aim: '≥ 0.5' })
  }
}

async function benchLists(size: number): Promise<void> {
  await fill(pool, size)
  const signIns = JSON.parse(readFileSync(join(dataDir, 'app', 'demo-sign-ins.json'), 'utf8')) as { role: string; email: string; password: string }[]
  const head = signIns.find((one) => one.role === 'contact_centre_head')!
  const signedIn = await fetch(`${url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(head) })
  const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!
  const holders = new Set(['contact_centre_head@skes'])
  const { rows: [some] } = await pool.query<{ id: number; number: string }>('select max(id) as id, max(number) as number from appeals')
  const works: [string, string, (db: Kysely<DB>) => Promise<unknown>][] = [
    ['list, newest first', '/appeals', (db) => listAppeals(db as never, holders, { limit: 50 })],
    ['list, by state', '/appeals?state=in_progress', (db) => listAppeals(db as never, holders, { state: 'in_progress', limit: 50 })],
    ['my work', '/work', (db) => findWork(db as never, holders, { limit: 50 })],
    ['search, number', `/appeals/search?text=${some!.number}`, (db) => searchAppeals(db as never, holders, some!.number, 20)],
    ['search, surname', `/appeals/search?text=${encodeURIComponent('Кенжебеков')}`, (db) => searchAppeals(db as never, holders, 'Кенжебеков', 20)],
    ['search, common words', `/appeals/search?text=${encodeURIComponent('пересчитать счёт')}`, (db) => searchAppeals(db as never, holders, 'пересчитать счёт', 20)],
  ]
  for (const [work, path, query] of works) {
    const queries: Recorded[] = []
    const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }), log: (event) => { queries.push({ sql: event.query.sql, parameters: [...event.query.parameters] }) } })
    await query(db)
    const bare = await run(4, seconds, async () => { for (const [i, q] of queries.entries()) await pool.query({ name: `${work} ${size} ${i}`, text: q.sql, values: q.parameters as unknown[] }) })
    const http = await run(4, seconds, async () => {
      const response = await fetch(`${url}/api/v1${path}`, { headers: { cookie } })
      if (!response.ok) throw new Error(`${path}: ${response.status}`)
      await response.arrayBuffer()
    })
    if (!first.has(work)) first.set(work, http.p95)
    const growth = http.p95 / first.get(work)!
    figures.push({ work: `${work}, of ${size.toLocaleString('en')}`, measured: ms(http), limit: `${ms(bare)} the bare SQL`, ratio: bare.p95 / http.p95, aim: `≥ 0.5; growth ${growth.toFixed(1)} ≤ 3` })
  }
}

function ms({ p95 }: Measured): string {
  return `p95 ${p95.toFixed(1)} ms`
}

function print(): void {
  const rows = figures.map((f) => [f.work, f.measured, f.limit, f.ratio.toFixed(2), f.aim])
  const widths = ['work', 'measured', 'against', 'ratio', 'aim'].map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)))
  for (const row of [['work', 'measured', 'against', 'ratio', 'aim'], ...rows]) console.log(row.map((cell, i) => cell.padEnd(widths[i]!)).join('  '))
  mkdirSync('.cache', { recursive: true })
  writeFileSync('.cache/bench.json', JSON.stringify(figures, null, 2))
}
