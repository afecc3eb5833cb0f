import { globSync, readFileSync } from 'node:fs'
import { clauses, type ClauseNumber } from '../regulation/clauses.ts'
import { lifecycle } from '../regulation/lifecycle.ts'
import { refusals } from '../regulation/refusals.ts'
import { settings } from '../server/config.ts'
import { exchangeDocs } from '../server/exchange/formats.ts'
import { permissionsTable } from './permissions.ts'

/** The documents made from the code itself, by path. A test compares them with what is committed. */
export function generatedDocs(): Record<string, string> {
  return { 'docs/clauses.md': clausesTable(), 'docs/settings.md': settingsTable(), 'docs/refusals.md': refusalsTable(), 'docs/permissions.md': permissionsTable(), 'docs/exchange.md': exchangeDocs() }
}

/** Which files keep a clause, and which tests prove it: wherever they cite it as `п. N`. */
export function citations(): { rules: ReadonlyMap<string, string[]>; tests: ReadonlyMap<string, string[]> } {
  const rules = cited(globSync(['regulation/*.ts', 'server/**/*.ts']).filter((file) => !/clauses\.ts$|refusals\.ts$/.test(file)))
  for (const [action, step] of Object.entries(lifecycle)) add(rules, step.clause, `lifecycle: ${action}`)
  const tests = cited(globSync(['test/**/*.test.ts', 'test/**/*.test.tsx', 'regulation/examples/*.yaml']))
  return { rules, tests }
}

function clausesTable(): string {
  const { rules, tests } = citations()
  const rows = (Object.keys(clauses) as ClauseNumber[]).map((number) =>
    `| ${number} | ${clauses[number].ru} | ${list(rules.get(number))} | ${list(tests.get(number))} |`)
  return `# Clause → rule → test

Made by \`npm run docs\` from the citations «п. N» in the code and the tests; a test keeps it true both ways.

| п. | what it asks, in our words | kept by | proved by |
|---|---|---|---|
${rows.join('\n')}
`
}

function settingsTable(): string {
  const rows = Object.entries(settings).map(([name, { schema, meaning }]) => {
    const fallback = schema.safeParse(undefined)
    return `| \`${name}\` | ${fallback.success && fallback.data !== undefined ? `\`${fallback.data}\`` : '—'} | ${meaning} |`
  })
  return `# Settings

All from the environment, checked at start; each that does not fit is named with its remedy. Made by \`npm run docs\`.

| name | default | meaning |
|---|---|---|
${rows.join('\n')}
`
}

function refusalsTable(): string {
  const rows = Object.entries(refusals).map(([code, { status, words }]) => `| \`${code}\` | ${status} | ${words.ru} | ${words.kk} |`)
  return `# Refusals

Every "no" the system says. The API sends them as problem documents (RFC 9457), each fault at its field. Made by \`npm run docs\`.

| code | status | ru | kk |
|---|---|---|---|
${rows.join('\n')}
`
}

/** `п. 11.6.8–11.6.17`, `п. 7.4–7.5`, `п. 4.6, 11.6.10` and the like, spread out to the clauses known. */
export function clausesIn(text: string): ClauseNumber[] {
  const known = Object.keys(clauses) as ClauseNumber[]
  const found = new Set<ClauseNumber>()
  for (const [, list = ''] of text.matchAll(/(?:п\.\s*|clause:\s*')((?:\d+(?:\.\d+)+(?:\s*[–,-]\s*)?(?:\d+(?=[^.\d]|$))?)+)/g)) {
    for (const part of list.split(',')) {
      const [from = '', to] = part.trim().split(/[–-]/).map((end) => end.trim())
      if (!to) { if (known.includes(from as ClauseNumber)) found.add(from as ClauseNumber); continue }
      const stem = from.split('.').slice(0, -1)
      const last = to.includes('.') ? to : [...stem, to].join('.')
      for (let n = Number(from.split('.').at(-1)); n <= Number(last.split('.').at(-1)); n++) {
        const number = [...stem, n].join('.') as ClauseNumber
        if (known.includes(number)) found.add(number)
      }
    }
  }
  return [...found]
}

function cited(files: readonly string[]): Map<string, string[]> {
  const byClause = new Map<string, string[]>()
  for (const file of [...files].sort()) for (const number of clausesIn(readFileSync(file, 'utf8'))) add(byClause, number, `\`${file}\``)
  return byClause
}

function add(map: Map<string, string[]>, number: string, where: string): void {
  map.set(number, [...(map.get(number) ?? []), where])
}

const list = (places: readonly string[] | undefined): string => (places ?? ['**nothing**']).join('<br>')
