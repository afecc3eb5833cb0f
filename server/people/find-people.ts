import { sql } from 'kysely'
import { z } from 'zod'
import { roles, unitKinds } from '../../regulation/vocabulary.ts'
import { bilingual } from '../appeals/views.ts'
import { openOperation, reading, staffOperation } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'

/** Colleagues by role and place, for naming executors, specialists and controllers. */
export const findPeople = staffOperation
  .route({ method: 'GET', path: '/people', summary: 'Colleagues by role, organization and unit', tags: ['people'] })
  .use(reading)
  .input(z.object({ role: z.enum(roles).optional(), organization: z.string().max(60).optional(), unit: z.string().max(60).optional() }))
  .output(z.array(z.object({ id: z.string(), name: z.string(), role: z.enum(roles), organization: z.string(), unit: z.string().optional() })))
  .handler(async ({ context: { tx, now }, input }) => {
    const today = dateOf(now)
    const { rows } = await sql<{ id: string; name: string; role: (typeof roles)[number]; organization: string; unit: string | null }>`
      select p.id, p.name, r.role, r.organization_id as organization, r.unit_id as unit
      from role_assignments r join people p on p.id = r.person_id
      where r.valid_from <= ${today} and (r.valid_to is null or r.valid_to > ${today})
        ${input.role ? sql`and r.role = ${input.role}` : sql``}
        ${input.organization ? sql`and r.organization_id = ${input.organization}` : sql``}
        ${input.unit ? sql`and r.unit_id = ${input.unit}` : sql``}
      order by p.name limit 500`.execute(tx)
    return rows.map(({ unit, ...row }) => ({ ...row, ...(unit && { unit }) }))
  })

/** The group as everybody may see it: organizations, their units, outside bodies. */
export const listOrganizations = openOperation
  .route({ method: 'GET', path: '/organizations', summary: 'The group: organizations and their units', tags: ['people'] })
  .output(z.object({
    name: bilingual,
    organizations: z.array(z.object({
      id: z.string(), name: bilingual, shortName: bilingual, phone: z.string(), inquiryUnit: z.string().optional(),
      units: z.array(z.object({ id: z.string(), kind: z.enum(unitKinds), name: bilingual })),
    })),
    outsideBodies: z.array(bilingual),
    cabinet: z.object({ organization: z.string(), settlesIn: z.string() }).describe('Who serves the consumers\' accounts, and the unit that settles months'),
  }))
  .handler(({ context: { group } }) => ({
    name: group.name,
    organizations: [...group.organizations.values()].map(({ id, name, shortName, phone, profile }) => ({
      id, name, shortName, phone, ...(profile.inquiryUnit && { inquiryUnit: profile.inquiryUnit }),
      units: [...group.units.values()].filter((unit) => unit.organization === id).map((unit) => ({ id: unit.id, kind: unit.kind, name: unit.name })),
    })),
    outsideBodies: [...group.outsideBodies],
    cabinet: { organization: group.cabinet.organization, settlesIn: group.cabinet.settlesIn },
  }))

/** Sign-ins of the demo group, where one is filled in; none where the database is one's own. */
export const demoSignIns = openOperation
  .route({ method: 'GET', path: '/demo-sign-ins', summary: 'Sign-ins of the demo group, if there is one', tags: ['people'] })
  .output(z.array(z.object({ role: z.enum(roles), organization: z.string(), unit: z.string().optional(), email: z.string(), password: z.string(), name: z.string() })))
  .handler(({ context }) => [...context.demo])
