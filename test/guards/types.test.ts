import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const tsc = join('node_modules', '.bin', 'tsc')

it.each([['everything but the desk', '.'], ['regulation/, with no Node and no DOM to lean on', 'regulation'], ['the desk', 'web/desk'], ['the islands', 'web/islands']])(
  'the compiler agrees with %s', (_, project) => {
    const { status, stdout } = spawnSync(tsc, ['-p', project], { encoding: 'utf8' })
    expect(status, stdout).toBe(0)
  },
)
