// Runs a script on the Node of the lock file, whatever Node this is.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const pinned = [join('node_modules', 'node', 'bin', 'node'), join('node_modules', 'node', 'bin', 'node.exe')].find(existsSync)
const { status, signal } = spawnSync(pinned ?? process.execPath, process.argv.slice(2), { stdio: 'inherit' })
process.exit(signal ? 1 : (status ?? 1))
