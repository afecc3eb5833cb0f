import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import type { DemoSignIn } from '../../server/people/demo-people.ts'
import { typeParsers } from '../../server/platform/database.ts'
import { startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts'
import { openClient, type Client } from './client.ts'

/** What is measured: a durable PostgreSQL and the web side of the app, each a process of its own. */
export type System = {
  readonly databaseUrl: string
  readonly pool: pg.Pool
  readonly client: Client
  readonly signIn: (role: string) => Promise<{ readonly who: DemoSignIn; readonly cookie: string }>
  readonly stop: () => Promise<void>
}

/** The worker is left out: letters that follow from a registration would be written in somebody else's seconds. */
export async function startSystem(): Promise<System> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jauap-bench-'))
  const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'database'), kept: false })
  const app = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env, DATABASE_URL: server.url, SECRET: randomBytes(32).toString('hex'), DEMO: 'true', PROCESS: 'web', PORT: '0', HOST: '127.0.0.1',
      DATA_DIR: join(dataDir, 'app'), LOG_LEVEL: 'error',
    },
  })
  const url = await new Promise<string>((done, fail) => {
    createInterface({ input: app.stdout }).on('line', (line) => { if (line.startsWith('ready ')) done(line.slice('ready '.length).replace('localhost', '127.0.0.1')) })
    app.once('exit', () => fail(new Error('the app did not start')))
  })
  const client = openClient(url)
  const pool = new pg.Pool({ connectionString: server.url, max: 60, types: typeParsers as pg.CustomTypesConfig, options: '-c jit=off -c timezone=UTC' })

  return {
    databaseUrl: server.url, pool, client,
    async signIn(role) {
      const signIns = JSON.parse(readFileSync(join(dataDir, 'app', 'demo-sign-ins.json'), 'utf8')) as DemoSignIn[]
      const who = signIns.find((one) => one.role === role)!
      const { headers } = await client.post('/api/v1/session', { email: who.email, password: who.password })
      return { who, cookie: headers['set-cookie']![0]!.split(';')[0]! }
    },
    async stop() {
      client.close()
      await pool.end()
      const gone = new Promise((done) => app.once('exit', done))
      app.kill('SIGTERM')
      await gone
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
