import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { createServer, connect as tcpConnect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { binaries, claim, endLeftover, homeOf, keptPassword, type Uid } from './postgres-home.ts'

/**
 * A real PostgreSQL 18 from a package, for one machine and its loopback: started with the app, stopped with it.
 * Production sets DATABASE_URL instead.
 */
export type EmbeddedPostgres = { readonly url: string; readonly stop: () => Promise<void> }

export type EmbeddedOptions = {
  readonly dataDir: string
  /** Another PostgreSQL's `bin`, to run on its version. */
  readonly binDir?: string | undefined
  /** False only where what is written may be lost, as in tests: nothing is synced. */
  readonly durable?: boolean
  /** False: the end takes the data away. As `durable` where it is not told. */
  readonly kept?: boolean
}

/** The user it runs as where the app is root: PostgreSQL refuses to be root itself. */
const nobody = 65_534

/** Throws DataDirInUse where another app runs on the folder. */
export async function startEmbeddedPostgres({ dataDir, binDir, durable = true, kept = durable }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const uid = process.getuid?.() === 0 ? nobody : undefined
  const bin = binaries(uid, binDir)
  const home = homeOf(dataDir, uid, kept)
  const letGo = claim(home, dataDir)
  try {
    const data = join(home, 'data')
    const password = keptPassword(home, uid)
    if (!existsSync(join(data, 'PG_VERSION'))) await initialize(bin, home, data, uid)
    await endLeftover(data)
    const { server, gone, port } = await serve(bin, data, password, uid, durable)
    return {
      url: urlOf(port, password),
      async stop() {
        // SIGINT: fast shutdown, which rolls back what is open and writes a checkpoint.
        server.ref()
        if (server.exitCode === null) server.kill('SIGINT')
        await gone
        letGo()
        if (!kept) rmSync(home, { recursive: true, force: true })
      },
    }
  } catch (error) {
    letGo()
    throw error
  }
}

const urlOf = (port: number, password: string) => `postgres://jauap:${password}@127.0.0.1:${port}/jauap`

/** Who runs a binary, and where: the app's own folder may be closed to that user. */
const as = (uid: Uid, cwd: string) => ({ cwd, ...(uid !== undefined && { uid, gid: uid }) })

/** Made aside and put in place whole, so that one cut short is not taken for a database. */
async function initialize(bin: string, home: string, data: string, uid: Uid): Promise<void> {
  const fresh = `${data}.new`
  rmSync(fresh, { recursive: true, force: true })
  rmSync(data, { recursive: true, force: true })
  await promisify(execFile)(join(bin, 'initdb'), [
    '-D', fresh, '-U', 'jauap', '--pwfile', join(home, 'password'), '--auth=scram-sha-256', '--no-sync', '--encoding=UTF8',
    // Trigrams need a locale that knows Cyrillic letters; macOS has no C.UTF-8.
    `--locale=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
  ], as(uid, home))
  renameSync(fresh, data)
}

async function serve(bin: string, data: string, password: string, uid: Uid, durable: boolean): Promise<{ server: ChildProcess; gone: Promise<unknown>; port: number }> {
  const port = await freePort()
  const server = spawn(join(bin, 'postgres'), [
    '-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=',
    '-c', 'jit=off', '-c', 'shared_buffers=128MB', '-c', 'max_connections=100', '-c', 'timezone=UTC', '-c', 'log_timezone=UTC',
    '-c', 'logging_collector=off', '-c', 'max_wal_size=2GB',
    ...(durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']),
  ], { ...as(uid, data), stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => { said = (said + chunk.toString()).slice(-4_000) })
  let ended = false
  const gone = new Promise<void>((done) => server.once('exit', () => done()).once('error', (error) => { said += error.message; done() }))
  void gone.then(() => { ended = true })
  try {
    await untilReady(port, password, () => { if (ended) throw new Error(`PostgreSQL did not start:\n${said}`) })
  } catch (error) {
    if (!ended) server.kill('SIGINT')
    await gone
    throw error
  }
  server.unref()
  ;(server.stderr as unknown as { unref?: () => void }).unref?.()
  return { server, gone, port }
}

/** Asks until it answers and has the app's database; `check` throws once there is nobody to ask. */
async function untilReady(port: number, password: string, check: () => void): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((done) => setTimeout(done, 20))) {
    check()
    if (!await listens(port)) continue
    const client = new pg.Client({ connectionString: urlOf(port, password).replace(/jauap$/, 'postgres') })
    try {
      await client.connect()
      const { rows } = await client.query('select 1 from pg_database where datname = $1', ['jauap'])
      if (rows.length === 0) await client.query('create database jauap')
      return
    } catch (error) {
      check()
      // 57P03: it is still starting up, or recovering.
      if ((error as { code?: string }).code !== '57P03') throw error
    } finally {
      await client.end().catch(() => {})
    }
  }
  throw new Error('PostgreSQL did not answer within a minute')
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
}

function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = tcpConnect(port, '127.0.0.1')
    socket.once('connect', () => { socket.destroy(); done(true) })
    socket.once('error', () => done(false))
  })
}
