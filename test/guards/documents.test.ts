import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clauses } from '../../regulation/clauses.ts'
import { citations, clausesIn, generatedDocs } from '../../scripts/generated-docs.ts'

describe('documents made from the code', () => {
  it.each(Object.entries(generatedDocs()))('%s is what `npm run docs` makes', (file, text) => {
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(text)
  })
})

describe('the table clause → rule → test', () => {
  const { rules, tests } = citations()

  it.each(Object.keys(clauses))('п. %s is kept by a rule and proved by a test', (number) => {
    expect(rules.get(number) ?? [], 'kept by').not.toEqual([])
    expect(tests.get(number) ?? [], 'proved by').not.toEqual([])
  })

  it('reads every way of citing', () => {
    expect(clausesIn('п. 11.6.8–11.6.10, 4.6')).toEqual(['11.6.8', '11.6.9', '11.6.10', '4.6'])
    expect(clausesIn('п. 7.4–7.5')).toEqual(['7.4', '7.5'])
    expect(clausesIn('п. 11.6.3–4')).toEqual(['11.6.3', '11.6.4'])
    expect(clausesIn('no clause 11.6.3 here')).toEqual([])
  })
})

describe('words', () => {
  it('call an appeal an appeal: no synonym of the glossary names anything in the code', () => {
    const banned = /\b\w*(?:[Tt]icket|[Pp]etition|[Gg]rievance|[Aa]ssignee|[Ww]atcher|customerId|userId)\w*\b/g
    const found = globSync(['regulation/**/*.ts', 'server/**/*.ts', 'web/**/*.{ts,tsx}', 'db/migrations/*.sql'])
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(banned)].map((match) => `${file}: ${match[0]}`))
    expect(found).toEqual([])
    expect('const ticketId = userId'.match(banned)).toEqual(['ticketId', 'userId'])
  })

  it('only the doors name the appeals\' tables in SQL', () => {
    const table = /\b(?:from|into|update|join|table)\s+(?:appeals|appeal_contents|appeal_events|appeal_texts|appeal_readers|work_items|reply_drafts|journal_series|journal_entries)\b/i
    const outside = globSync('server/**/*.ts').filter((file) => !file.startsWith('server/appeals/') && table.test(readFileSync(file, 'utf8')))
    expect(outside).toEqual([])
    expect(table.test('select 1 from appeals')).toBe(true)
  })
})
