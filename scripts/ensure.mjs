// Run before start and test, on whatever Node the host has (20 or newer): installs what the lock file says and
// builds what the browser loads, each only when something changed since it was last done whole.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

const installed = join('node_modules', '.jauap-installed')
const built = join('dist', '.jauap-built')

const lock = hash(['package-lock.json'])
if (stampOf(installed) !== lock) {
  say('installing what the lock file says (once; about a minute)')
  npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(installed, lock)
}

const sources = hash([...filesOf('web'), ...filesOf('regulation'), 'server/routes.ts', 'vite.config.ts', 'package-lock.json'])
if (stampOf(built) !== sources) {
  say('building the desk')
  run(process.execPath, [join('scripts', 'on-pinned-node.mjs'), join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'])
  mkdirSync('dist', { recursive: true })
  writeFileSync(built, sources)
}

function say(words) {
  process.stderr.write(`jauap: ${words} …\n`)
}

function stampOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function hash(files) {
  const sum = createHash('sha256')
  for (const file of files) if (existsSync(file)) sum.update(file).update('\0').update(readFileSync(file)).update('\0')
  return sum.digest('hex')
}

function filesOf(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesOf(path) : [path]
  })
}

function npm(args) {
  const cli = process.env.npm_execpath
  if (cli) run(process.execPath, [cli, ...args])
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args)
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (error || status !== 0) {
    process.stderr.write(`jauap: ${args.slice(-3).join(' ')} failed${error ? `: ${error.message}` : ''}\n`)
    process.exit(status ?? 1)
  }
}
