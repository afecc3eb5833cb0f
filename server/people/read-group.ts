import { readFileSync } from 'node:fs'
import { sql, type Kysely } from 'kysely'
import { LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import type { DeadlinePolicy } from '../../regulation/deadline-policies.ts'
import { clauses, type ClauseNumber } from '../../regulation/clauses.ts'
import { consumerGroups, readQuantity, readTenge, services } from '../../regulation/tariffs.ts'
import { isIban } from '../../regulation/identifiers.ts'
import { readHolder } from '../../regulation/holders.ts'
import { formatFault } from '../../regulation/numbering.ts'
import { appealKinds, channels, eChancelleryChannels, feedbackChannels, roles, unitKinds } from '../../regulation/vocabulary.ts'
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
const clauseNumber = z.enum(Object.keys(clauses) as [ClauseNumber, ...ClauseNumber[]])
const numberFormat = z.string().superRefine((format, ctx) => {
  const fault = formatFault(format)
  if (fault) ctx.addIssue({ code: 'custom', message: `is not a number format: ${JSON.stringify(fault)}` })
})

const tenge = z.string().transform((text, context) => {
  const price = readTenge(text)
  if (price === undefined) context.addIssue('write a price as tenge and tiyn, in quotes: \'24.10\'')
  return price ?? 0n
})
const quantity = z.string().transform((text, context) => {
  const read = readQuantity(text)
  if (read === undefined) context.addIssue('write a quantity with at most four decimals, in quotes: \'0.0190\'')
  return read ?? 0n
})
const validity = { service: z.enum(services), group: z.enum(consumerGroups), from: plainDate, to: plainDate.optional() }
const tariffBook = z.strictObject({
  vat: z.array(z.strictObject({ from: plainDate, percent: z.number().int().min(0).max(100) })).min(1)
    .refine((periods) => periods.every(({ from }, i) => i === 0 || Temporal.PlainDate.compare(periods[i - 1]!.from, from) < 0), 'periods of VAT follow one another'),
  norms: z.strictObject({ heating: quantity, hotWater: quantity, coldWater: quantity, electricity: quantity.optional() }),
  heatingMonths: z.array(z.number().int().min(1).max(12)).optional(),
  list: z.array(z.discriminatedUnion('plan', [
    z.strictObject({ ...validity, plan: z.literal('flat'), price: tenge, commonMeter: z.boolean().optional() }),
    z.strictObject({
      ...validity, plan: z.literal('tiers'), stove: z.boolean(),
      tiers: z.array(z.strictObject({ perResident: z.number().int().positive().optional(), benefit: z.number().int().positive().optional(), price: tenge })).min(2)
        .refine((tiers) => tiers.every(({ perResident }, i) => (i === tiers.length - 1 ? perResident === undefined : perResident !== undefined && perResident > (tiers[i - 1]?.perResident ?? 0))), 'limits rise, and the last tier has none'),
    }),
    z.strictObject({ ...validity, plan: z.literal('zones'), day: tenge, night: tenge }),
  ])),
}).transform(({ list, ...book }) => ({ ...book, tariffs: list }))

/** «18» or «1,5» as whole hundredths. */
const hundredths = z.string().regex(/^\d{1,4}(\.\d{1,2})?$/, 'write a number with at most two decimals, in quotes: \'1.5\'').transform((text) => Number(readTenge(text) ?? 0n))
const supplier = z.strictObject({
  name: bilingual, organization: z.string().optional(), bin: z.string().regex(/^\d{12}$/), iban: z.string().refine(isIban, 'is no IBAN of Kazakhstan'),
  bik: z.string().regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/), kbe: z.string().regex(/^\d{2}$/), knp: z.string().regex(/^\d{3}$/),
})
const cabinet = z.strictObject({
  organization: z.string(), settlesIn: z.string(), master: z.enum(['own', 'outside']),
  window: z.strictObject({ from: z.number().int().min(1).max(31), to: z.number().int().min(1).max(31) }).refine(({ from, to }) => from <= to, 'the window ends before it begins'),
  readingsOf: z.array(z.enum(services)),
  rules: z.strictObject({
    averageMonths: z.number().int().min(0).max(12), averageOf: z.number().int().min(1).max(12), spikeTimes: z.number().int().min(2).max(100),
    lapsedDays: z.number().int().min(0).max(365), payByDay: z.number().int().min(1).max(28),
    penalties: z.array(z.strictObject({ from: plainDate, percent: hundredths, coefficient: hundredths })),
  }).transform(({ penalties, ...rules }) => ({ ...rules, penalties: penalties.map(({ from, percent, coefficient }) => ({ from, basisPoints: percent, coefficient })) })),
  suppliers: z.record(z.enum(services), supplier),
  paymentQr: z.discriminatedUnion('provider', [z.strictObject({ provider: z.literal('requisites') }), z.strictObject({ provider: z.literal('link'), template: z.string().startsWith('https://') })]),
  billers: z.array(z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]*$/), name: z.string().min(1), addresses: z.array(z.string().min(2)) })),
})

const groupFile = z.strictObject({
  name: bilingual,
  organizations: z.array(z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    code: z.string().min(1),
    name: bilingual,
    shortName: bilingual,
    phone: z.string(),
    numbers: z.strictObject({ feedback: numberFormat, incoming: numberFormat, e_chancellery: numberFormat, outgoing: numberFormat }),
    letterhead: z.strictObject({ address: bilingual, email: z.email(), bin: z.string().regex(/^\d{12}$/), instruction: z.string().min(1) }),
    eChancellery: z.strictObject({ channel: z.enum(eChancelleryChannels) }).optional(),
    route: z.strictObject({
      routes: z.array(z.strictObject({
        channels: z.array(z.enum(channels)).min(1).optional(),
        registers: z.enum(roles),
        setsTasks: z.strictObject({ role: z.enum(roles), within: z.enum(['organization', 'unit']) }),
        controller: z.enum(['required', 'optional']),
        letter: z.enum(['required', 'optional']),
        copies: z.array(z.string()),
        observers: z.array(z.string()),
        informed: z.array(z.string()),
        clauses: z.strictObject({ register: clauseNumber, resolution: clauseNumber, task: clauseNumber }),
      })).min(1).refine((routes) => !routes.at(-1)?.channels && routes.slice(0, -1).every((route) => route.channels), 'the last route, and only it, names no channels'),
      endorsement: z.enum(['serial', 'parallel']),
      lawyerFor: z.array(z.enum(appealKinds)),
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
  }).refine((policy) => (policy.extensionLimit ?? policy.amount) >= policy.amount, 'extensionLimit is shorter than amount')
    .refine(({ validFrom, validTo }) => !validTo || Temporal.PlainDate.compare(validFrom, validTo) < 0, 'validTo is not after validFrom')).min(1),
  tariffs: tariffBook,
  cabinet,
  overrides: z.array(z.strictObject({ date: plainDate, kind: z.enum(['off', 'work']), basis: bilingual })),
})

/** The group file does not say what it must; every fault with its place. */
export class GroupFault extends Error {
  override readonly name = 'GroupFault'
}

/** Reads and checks a group file; what refers to something must find it. Throws `GroupFault` with every fault found. */
export function readGroup(file: string): Group {
  const lines = new LineCounter()
  const document = parseDocument(readText(file), { lineCounter: lines })
  if (document.errors.length > 0) throw faultsIn(file, document.errors.map((error) => error.message))
  const parsed = groupFile.safeParse(document.toJS())
  if (!parsed.success) {
    throw faultsIn(file, parsed.error.issues.map(({ path, message }) => `line ${lineOf(document, lines, path)}, ${path.join('.')}: ${message}`))
  }
  const { data } = parsed
  const organizations = new Map<string, Organization>(data.organizations.map(({ units: _, route, ...organization }) => [
    organization.id, { ...organization, profile: { organization: organization.id, ...route } },
  ]))
  const allUnits = data.organizations.flatMap(({ id, units }) => units.map((unit): Unit => ({ ...unit, organization: id })))
  const group: Group = {
    ...data, organizations, units: new Map(allUnits.map((unit) => [unit.id, unit])), policies: data.policies as readonly DeadlinePolicy[],
  }
  const faults = [
    ...repeated('organizations', data.organizations), ...repeated('units', allUnits), ...repeated('sites', data.sites), ...lostReferences(group),
  ]
  if (faults.length > 0) throw faultsIn(file, faults)
  return group
}

const faultsIn = (file: string, faults: readonly string[]): GroupFault => new GroupFault(`${file}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw faultsIn(file, [`cannot be read (${(error as NodeJS.ErrnoException).code}): give the path of a group file in GROUP_FILE`])
  }
}

/** The line of a place in the file; of what it is missing from, where it is missing. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  const node = document.getIn(path, true) as { readonly range?: readonly [number, number, number] | null } | undefined
  if (node?.range || path.length === 0) return lines.linePos(node?.range?.[0] ?? 0).line
  return lineOf(document, lines, path.slice(0, -1))
}

const repeated = (list: string, things: readonly { readonly id: string }[]): string[] =>
  [...Map.groupBy(things, ({ id }) => id)].filter(([, same]) => same.length > 1).map(([id]) => `${list}: ${id} is there more than once`)

function lostReferences({ organizations, units, feedback, policies, cabinet: accounts }: Group): string[] {
  const known = (id: string | undefined) => id !== undefined && organizations.has(id)
  const names = (text: string) => {
    const named = readHolder(text)
    return 'role' in named && known(named.organization) && (roles as readonly string[]).includes(named.role)
      && (!named.unit || units.get(named.unit)?.organization === named.organization)
  }
  return [
    ...(known(feedback.organization) ? [] : [`feedback.organization: there is no ${feedback.organization}`]),
    ...[...organizations.values()].flatMap(({ id, profile }) => [
      ...[...profile.routes.flatMap((route) => [...route.observers, ...route.informed, ...route.copies]), profile.lawyers].filter((text) => !names(text)).map((text) => `${id}.route: ${text} names no role of the group`),
      ...(profile.inquiryUnit && units.get(profile.inquiryUnit)?.organization !== id ? [`${id}.route.inquiryUnit: ${profile.inquiryUnit} is not its unit`] : []),
    ]),
    ...(known(accounts.organization) ? [] : [`cabinet.organization: there is no ${accounts.organization}`]),
    ...(units.get(accounts.settlesIn)?.organization === accounts.organization ? [] : [`cabinet.settlesIn: ${accounts.settlesIn} is not a unit of ${accounts.organization}`]),
    ...Object.entries(accounts.suppliers).flatMap(([service, { organization }]) => (organization && !known(organization) ? [`cabinet.suppliers.${service}: there is no ${organization}`] : [])),
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
