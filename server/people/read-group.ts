import { readFileSync } from 'node:fs'
import { sql, type Kysely } from 'kysely'
import { parse } from 'yaml'
import { z } from 'zod'
import type { DeadlinePolicy } from '../../regulation/deadline-policies.ts'
import { readHolder } from '../../regulation/holders.ts'
import { formatFault } from '../../regulation/numbering.ts'
import { appealKinds, channels, feedbackChannels, roles, unitKinds } from '../../regulation/vocabulary.ts'
import type { DB } from '../schema.ts'
import type { Group, Organization, Unit } from './group.ts'

const bilingual = z.object({ ru: z.string().min(1), kk: z.string().min(1) })
const plainDate = z.union([z.string(), z.date()]).transform((value, ctx) => {
  try {
    return Temporal.PlainDate.from(value instanceof Date ? value.toISOString().slice(0, 10) : value)
  } catch {
    ctx.addIssue({ code: 'custom', message: 'is not a day (YYYY-MM-DD)' })
    return z.NEVER
  }
})
const numberFormat = z.string().superRefine((format, ctx) => {
  const fault = formatFault(format)
  if (fault) ctx.addIssue({ code: 'custom', message: `is not a number format: ${JSON.stringify(fault)}` })
})

const groupFile = z.strictObject({
  name: bilingual,
  organizations: z.array(z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    code: z.string().min(1),
    name: bilingual,
    shortName: bilingual,
    phone: z.string(),
    numbers: z.strictObject({ feedback: numberFormat, incoming: numberFormat }),
    route: z.strictObject({
      setsTasks: z.strictObject({ role: z.enum(roles), within: z.enum(['organization', 'unit']) }),
      observers: z.array(z.string()),
      lawyers: z.string(),
      inquiryUnit: z.string().optional(),
    }),
    units: z.array(z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]*$/), kind: z.enum(unitKinds), code: z.string(), name: bilingual })),
  })).min(1),
  feedback: z.strictObject({ organization: z.string(), handler: z.enum(roles), readers: z.array(z.enum(roles)), mailbox: z.email() }),
  sites: z.array(z.strictObject({
    id: z.string(), channel: z.enum(feedbackChannels), name: bilingual, owner: bilingual, phone: z.string(), hours: bilingual,
  })).min(1),
  outsideBodies: z.array(bilingual),
  policies: z.array(z.strictObject({
    id: z.string(),
    organizations: z.array(z.string()).optional(),
    channels: z.array(z.enum(channels)).optional(),
    kinds: z.array(z.enum(appealKinds)).optional(),
    validFrom: plainDate,
    validTo: plainDate.optional(),
    amount: z.number().int().min(1).max(1_000),
    unit: z.enum(['working_days', 'calendar_days']),
    startsFrom: z.enum(['received', 'registered']),
    extensionLimit: z.number().int().optional(),
    source: z.enum(['regulation', 'law', 'policy']),
    ground: bilingual,
  }).refine((policy) => (policy.extensionLimit ?? policy.amount) >= policy.amount, 'extensionLimit is shorter than amount')).min(1),
  overrides: z.array(z.strictObject({ date: plainDate, kind: z.enum(['off', 'work']), basis: bilingual })),
})

/** The group file does not say what it must; every fault with its place. */
export class GroupFault extends Error {
  override readonly name = 'GroupFault'
}

/** Reads and checks a group file; what refers to something must find it. */
export function readGroup(file: string): Group {
  const parsed = groupFile.safeParse(parse(readFileSync(file, 'utf8')))
  if (!parsed.success) {
    throw new GroupFault(`${file}:\n${parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n')}`)
  }
  const { data } = parsed
  const organizations = new Map<string, Organization>(data.organizations.map(({ units: _, route, ...organization }) => [
    organization.id, { ...organization, profile: { organization: organization.id, ...route } },
  ]))
  const units = new Map<string, Unit>(data.organizations.flatMap(({ id, units: own }) => own.map((unit): [string, Unit] => [unit.id, { ...unit, organization: id }])))
  const group: Group = { ...data, organizations, units, policies: data.policies as readonly DeadlinePolicy[] }
  const faults = lostReferences(group)
  if (faults.length > 0) throw new GroupFault(`${file}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  return group
}

function lostReferences({ organizations, units, feedback, policies }: Group): string[] {
  const known = (id: string | undefined) => id !== undefined && organizations.has(id)
  return [
    ...(known(feedback.organization) ? [] : [`feedback.organization: there is no ${feedback.organization}`]),
    ...[...organizations.values()].flatMap(({ id, profile }) => [
      ...[...profile.observers, profile.lawyers].filter((holder) => {
        const read = readHolder(holder)
        return 'person' in read || !known(read.organization) || !(roles as readonly string[]).includes(read.role)
      }).map((holder) => `${id}.route: ${holder} names no role of an organization`),
      ...(profile.inquiryUnit && units.get(profile.inquiryUnit)?.organization !== id ? [`${id}.route.inquiryUnit: ${profile.inquiryUnit} is not its unit`] : []),
    ]),
    ...policies.flatMap((policy) => (policy.organizations ?? []).filter((id) => !known(id)).map((id) => `policies.${policy.id}: there is no ${id}`)),
  ]
}

/** Makes the group's organizations and units known to the database; none is ever removed. */
export async function syncGroup(db: Kysely<DB>, group: Group): Promise<void> {
  await sql`insert into organizations (id) select unnest(${[...group.organizations.keys()]}::text[]) on conflict do nothing`.execute(db)
  const units = [...group.units.values()]
  await sql`insert into org_units (id, organization_id)
    select * from unnest(${units.map((u) => u.id)}::text[], ${units.map((u) => u.organization)}::text[])
    on conflict (id) do update set organization_id = excluded.organization_id`.execute(db)
}
