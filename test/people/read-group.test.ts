import { routeOf } from '../../regulation/route-profiles.ts'
import type { Channel } from '../../regulation/vocabulary.ts'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GroupFault, readGroup, syncGroup } from '../../server/people/read-group.ts'
import { groupFile, openStage, type Stage } from './stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'jauap-group-'))
const text = readFileSync(groupFile, 'utf8')
let stage: Stage
beforeAll(async () => { stage = await openStage() })
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await stage?.close()
})

/** What is said of the group file after this change; nothing where it is taken. */
function faultsAfter(from: string | RegExp, to: string): string[] {
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  const file = join(folder, 'group.yaml')
  writeFileSync(file, changed)
  try {
    readGroup(file)
    return []
  } catch (error) {
    if (!(error instanceof GroupFault)) throw error
    return error.message.split('\n').slice(1).map((line) => line.trim())
  }
}
const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length

describe('the group file of this repository', () => {
  const group = readGroup(groupFile)

  it('has the four companies, each with the way its tasks are set', () => {
    const setters = (channel: Channel) => [...group.organizations].map(([id, { profile }]) => [id, routeOf(profile, channel).setsTasks.role])
    expect(setters('site_feedback')).toEqual([['ske', 'registrar'], ['skes', 'contact_centre_head'], ['skrec', 'unit_head'], ['pts', 'registrar']])
    expect(setters('paper_chancellery')).toEqual([['ske', 'registrar'], ['skes', 'registrar'], ['skrec', 'registrar'], ['pts', 'registrar']])
    expect(routeOf(group.organizations.get('skrec')!.profile, 'site_feedback').observers).toEqual(['quality_lead@skes', 'quality_lead@skrec'])
    expect([...group.organizations.values()].filter(({ profile }) => profile.inquiryUnit).map(({ id }) => id)).toEqual(['skrec', 'pts'])
  })

  it('reads days as days', () => {
    expect(group.policies.every(({ validFrom }) => validFrom instanceof Temporal.PlainDate)).toBe(true)
  })

  it('says everything in both languages', () => {
    const texts = [...group.organizations.values(), ...group.units.values(), ...group.sites].map(({ name }) => name)
    expect(texts.filter(({ ru, kk }) => !ru.trim() || !kk.trim())).toEqual([])
  })
})

describe('a fault in the group file', () => {
  it.each<[what: string, from: string | RegExp, to: string, said: () => string]>([
    ['a word of another list', 'kind: contact_centre', 'kind: call_centre', () => `line ${lineOf('kind: contact_centre')}, organizations.1.units.2.kind: `],
    ['a missing translation', ', kk: Байланыс орталығы', '', () => `line ${lineOf('kk: Байланыс орталығы')}, organizations.1.units.2.name.kk: `],
    ['an unknown setting', 'validFrom: 2010-01-01', 'validFrom: 2010-01-01\n    colour: red', () => `line ${lineOf('id: law-claim')}, policies.1: `],
    ['a day that is none', 'validFrom: 2010-01-01', 'validFrom: 2010-02-30', () => `line ${lineOf('validFrom: 2010-01-01')}, policies.1.validFrom: is not a day (YYYY-MM-DD)`],
    ['a term of no days', 'amount: 15', 'amount: 0', () => `line ${lineOf('amount: 15')}, policies.2.amount: `],
    ['an extension shorter than the term', 'extensionLimit: 14', 'extensionLimit: 9', () => `line ${lineOf('id: regulation-feedback')}, policies.0: extensionLimit is shorter than amount`],
    ['a policy that ends before it begins', 'validFrom: 2010-01-01', 'validFrom: 2010-01-01\n    validTo: 2009-01-01', () => `line ${lineOf('id: law-claim')}, policies.1: validTo is not after validFrom`],
    ['a number format without its number', "incoming: 'ВХ-{unit}-{n:5}'", "incoming: 'ВХ-{unit}'", () => `line ${lineOf('incoming:')}, organizations.0.numbers.incoming: is not a number format`],
    ['a mailbox that is none', 'feedback@sevkazenergo.kz', 'feedback', () => `line ${lineOf('feedback@sevkazenergo.kz')}, feedback.mailbox: `],
    ['an unknown owner of feedback', 'organization: skes\n', 'organization: sbyt\n', () => 'feedback.organization: there is no sbyt'],
    ['an inquiry unit of another company', 'inquiryUnit: pts-consumers', 'inquiryUnit: skrec-consumers', () => 'pts.route.inquiryUnit: skrec-consumers is not its unit'],
    ['an observer nobody can be', '[quality_lead@skes, quality_lead@skrec]', '[quality_head@skrec]', () => 'skrec.route: quality_head@skrec names no role of the group'],
    ['an observer in a unit there is not', '[quality_lead@skes, quality_lead@skrec]', '[unit_head@skrec/pts-heat]', () => 'skrec.route: unit_head@skrec/pts-heat names no role of the group'],
    ['two units of one id', 'id: pts-heat', 'id: pts-consumers', () => 'units: pts-consumers is there more than once'],
    ['two companies of one id', '- id: pts', '- id: skrec', () => 'organizations: skrec is there more than once'],
    ['a bracket left open', 'task: \'4.6\' } }', 'task: \'4.6\'', () => 'at line'],
  ])('is told with its place: %s', (_, from, to, said) => {
    const faults = faultsAfter(from, to)
    expect(faults.join('\n')).toContain(said())
  })

  it('does not hide the next one', () => {
    expect(faultsAfter(/amount: 1[05]/g, 'amount: none')).toHaveLength(3)
  })

  it('of there being no file names the setting', () => {
    expect(() => readGroup(join(folder, 'none.yaml'))).toThrow(/none\.yaml:\n {2}cannot be read \(ENOENT\).*GROUP_FILE/)
  })
})

describe('the database', () => {
  it('knows the group after a start, and forgets nobody when a unit leaves the file', async () => {
    const group = readGroup(groupFile)
    await syncGroup(stage.db, { ...group, units: new Map([...group.units].slice(1)) })
    await syncGroup(stage.db, group)
    const units = await stage.db.selectFrom('org_units').select('id').execute()
    expect(units.map(({ id }) => id).toSorted()).toEqual([...group.units.keys()].toSorted())
  })
})
