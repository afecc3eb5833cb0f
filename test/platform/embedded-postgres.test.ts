import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts'
import { query } from '../support/query.ts'

let dataDir: string
const home = () => join(dataDir, 'postgres')

beforeAll(() => {
  dataDir = folderForAll()
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('the embedded database', () => {
  it('starts over a first start that was cut short, and knows Cyrillic letters', async () => {
    // What a killed initdb leaves behind.
    mkdirSync(join(home(), 'data.new'), { recursive: true })
    writeFileSync(join(home(), 'data.new', 'PG_VERSION'), '18\n')
    const server = await startEmbeddedPostgres({ dataDir })
    try {
      await query(server.url, 'create extension pg_trgm')
      const { rows } = await query(server.url, `select cardinality(show_trgm('қала')) as trigrams, current_setting('server_encoding') as encoding, current_setting('jit') as jit, current_setting('fsync') as fsync`)
      expect(rows).toEqual([{ trigrams: expect.any(Number), encoding: 'UTF8', jit: 'off', fsync: 'on' }])
      expect(rows[0]!.trigrams).toBeGreaterThan(0)
      await query(server.url, 'create table kept (word text)')
    } finally {
      await server.stop()
    }
    expect(existsSync(join(home(), 'data', 'postmaster.pid')), 'it is gone with the app').toBe(false)
    expect(existsSync(join(home(), 'app.pid'))).toBe(false)
  })

  it('keeps what was committed when the app is killed, and stops the server it left', async () => {
    const { app, url } = await hold()
    await query(url, `insert into kept values ('сақталды')`)
    const left = postmaster()
    await kill(app)
    expect(alive(left), 'the server outlives its app').toBe(true)
    const server = await startEmbeddedPostgres({ dataDir })
    try {
      expect(alive(left)).toBe(false)
      expect((await query(server.url, 'select word from kept')).rows).toEqual([{ word: 'сақталды' }])
    } finally {
      await server.stop()
    }
  })

  it('refuses a second app on the folder of a living one, which goes on undisturbed', async () => {
    const { app, url } = await hold()
    try {
      await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/another Jauap already uses .* DATA_DIR/)
      expect((await query(url, 'select 1 as one')).rows).toEqual([{ one: 1 }])
    } finally {
      await kill(app)
    }
  })

  it('is not kept from starting by numbers that now belong to other programs', async () => {
    const left = postmaster()
    process.kill(left, 'SIGKILL')
    while (alive(left)) await new Promise((done) => setTimeout(done, 20))
    const file = join(home(), 'data', 'postmaster.pid')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)))
    writeFileSync(join(home(), 'app.pid'), `${process.pid} another life`)
    const server = await startEmbeddedPostgres({ dataDir })
    try {
      expect((await query(server.url, 'select 1 from kept')).rowCount).toBe(1)
    } finally {
      await server.stop()
    }
  })

  it('lets no other account read its password or its data', () => {
    expect(statSync(join(home(), 'password')).mode & 0o077).toBe(0)
    expect(statSync(join(home(), 'data')).mode & 0o077).toBe(0)
  })

  it('runs under a folder closed to others, and takes away what a test wrote', async () => {
    const closed = mkdtempSync(join(tmpdir(), 'jauap-closed-'))
    try {
      const server = await startEmbeddedPostgres({ dataDir: closed, durable: false })
      const sign = join(closed, 'postgres-is-at')
      const at = existsSync(sign) ? readFileSync(sign, 'utf8').trim() : join(closed, 'postgres')
      expect(existsSync(join(at, 'data'))).toBe(true)
      expect((await query(server.url, 'select 1')).rowCount).toBe(1)
      await server.stop()
      expect(existsSync(at)).toBe(false)
    } finally {
      rmSync(closed, { recursive: true, force: true })
    }
  })
})

function folderForAll(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jauap-embedded-'))
  chmodSync(folder, 0o755)
  return folder
}

async function hold(): Promise<{ app: ChildProcess; url: string }> {
  const app = spawn(process.execPath, ['--import', 'tsx', 'test/platform/hold-postgres.ts', dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(app.stdout!, 'data')) as [Buffer]
  return { app, url: line.toString().trim() }
}

async function kill(app: ChildProcess): Promise<void> {
  const gone = once(app, 'exit')
  app.kill('SIGKILL')
  await gone
}

const postmaster = (): number => Number(readFileSync(join(home(), 'data', 'postmaster.pid'), 'utf8').split('\n')[0])

/** Living, and not merely waiting for its parent to notice that it ended. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !existsSync('/proc/self/stat') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
