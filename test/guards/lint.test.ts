import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const oxlint = join('node_modules', '.bin', 'oxlint')
const lint = (...args: string[]) => {
  const { status, stdout } = spawnSync(oxlint, [...args, '--format', 'unix'], { encoding: 'utf8' })
  return { clean: status === 0, said: stdout }
}

/** Faults that must not be possible, planted where each rule watches. */
const planted: Record<string, { files: Record<string, string>; bites: string }> = {
  'regulation/ importing anything but itself': {
    files: { 'regulation/impure.ts': `import { readFileSync } from 'node:fs'\nexport const law = readFileSync('law.txt')\n` }, bites: 'no-restricted-imports',
  },
  'regulation/ reading the clock': {
    files: { 'regulation/clock.ts': 'export const today = () => Temporal.Now.plainDateISO()\n' }, bites: 'no-restricted-properties',
  },
  'platform/ knowing the domain': {
    files: { 'server/platform/knowing.ts': `import { foldCase } from '../appeals/card.ts'\nexport const x = foldCase\n` }, bites: 'no-restricted-imports',
  },
  'one capability importing another': {
    files: { 'server/tasks/reaching.ts': `import { extendTerm } from '../resolutions/extend-term.ts'\nexport const x = extendTerm\n` }, bites: 'no-restricted-imports',
  },
  'the browser importing the server': {
    files: { 'web/desk/reaching.ts': `import { router } from '../../server/routes.ts'\nexport const x = router\n` }, bites: 'no-restricted-imports',
  },
  'a circle of imports': {
    files: {
      'server/appeals/one.ts': `import { two } from './two.ts'\nexport const one = () => two\n`,
      'server/appeals/two.ts': `import { one } from './one.ts'\nexport const two = () => one\n`,
    },
    bites: 'no-cycle',
  },
}

const field = mkdtempSync(join('test', 'guards', 'planted-'))
afterAll(() => rmSync(field, { recursive: true, force: true }))

describe('the rule between capabilities', () => {
  it('watches every folder of the server: a new one is added to .oxlintrc.json', () => {
    const rooms = readdirSync('server', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    const rules = readFileSync('.oxlintrc.json', 'utf8')
    const capabilities = rooms.filter((name) => !['platform', 'people', 'appeals', 'ledger'].includes(name))
    expect(capabilities.filter((name) => !rules.includes(`**/server/${name}/*.ts`)), 'not watched').toEqual([])
    expect(capabilities.filter((name) => !new RegExp(`[(|/]${name}[|)/]`).test(rules)), 'not kept from the others').toEqual([])
  })
})

describe('the linter', () => {
  it('finds nothing to say about the tree', () => {
    const { clean, said } = lint('--ignore-pattern', 'test/guards/planted-*')
    expect(clean, said).toBe(true)
  })

  it.each(Object.entries(planted))('refuses %s', (name, { files, bites }) => {
    const folder = join(field, name.replace(/\W+/g, '-'))
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
    const { clean, said } = lint(folder)
    expect(clean, said).toBe(false)
    expect(said).toContain(bites)
  })

  it('lets the browser take the server\'s types', () => {
    mkdirSync(join(field, 'fine', 'web', 'desk'), { recursive: true })
    writeFileSync(join(field, 'fine', 'web', 'desk', 'typed.ts'), `import type { Router } from '../../server/routes.ts'\nexport type X = Router\n`)
    expect(lint(join(field, 'fine')).clean).toBe(true)
  })
})
