import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillDemoPeople } from '../../server/people/demo-people.ts'
import { openStage, visitor, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => { stage = await openStage() })
afterAll(() => stage?.close())

const fill = () => fillDemoPeople(stage.db, stage)
const rows = async () => ({
  people: await stage.db.selectFrom('people').select(['id', 'password_hash']).orderBy('id').execute(),
  roles: await stage.db.selectFrom('role_assignments').select(['id', 'person_id', 'unit_id']).orderBy('id').execute(),
})

describe('the people of the demo group', () => {
  it('stand in places of the group file, and each signs in', async () => {
    const { group } = stage.services
    for (const one of await fill()) {
      expect(group.organizations.has(one.organization), one.email).toBe(true)
      if (one.unit) expect(group.units.get(one.unit)?.organization, one.email).toBe(one.organization)
      expect(['unit_head', 'executor'].includes(one.role), one.email).toBe(Boolean(one.unit) && !['front_desk', 'district_head'].includes(one.role))
      const me = visitor(stage)
      await me.signIn({ email: one.email, password: one.password })
      expect(await me.currentPerson()).toMatchObject({ kind: 'staff', name: one.name, assignments: [{ role: one.role, organization: one.organization }] })
    }
  })

  it('can take every step an appeal may need: each inquiry unit has its head and a specialist', async () => {
    const people = await fill()
    for (const { id, profile } of stage.services.group.organizations.values()) {
      expect(people.some((one) => one.role === 'executive' && one.organization === id), id).toBe(true)
      if (!profile.inquiryUnit) continue
      const there = people.filter((one) => one.unit === profile.inquiryUnit).map((one) => one.role)
      expect(there.toSorted()).toEqual(['executor', 'unit_head'])
    }
  })

  it('are the same at the next start, and nothing is written', async () => {
    const [first, before] = [await fill(), await rows()]
    expect(await fill()).toEqual(first)
    expect(await rows()).toEqual(before)
  })

  it('are filled in again where the database is a new one', async () => {
    const [first] = await fill()
    const another = await openStage()
    const again = await fillDemoPeople(another.db, stage)
    expect(again[0]).toEqual(first)
    await visitor(another).signIn({ email: first!.email, password: first!.password })
    await another.close()
  })

  it('get the password that is told where the file was lost', async () => {
    const [before] = await fill()
    rmSync(join(stage.dataDir, 'demo-sign-ins.json'))
    const [after] = await fill()
    expect(after!.password).not.toBe(before!.password)
    await visitor(stage).signIn({ email: after!.email, password: after!.password })
  })
})
