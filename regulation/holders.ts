import type { OrganizationId, PersonId, Role, UnitId } from './vocabulary.ts'

/**
 * A holder is whoever may read or must act, written as one comparable word:
 * `person:7f3…`, `executive@skes`, `unit_head@skes/billing`. An appeal keeps the holders its history named;
 * a person carries the holders their roles give. The two sets meeting is the whole of access control.
 */
export type Holder = string

export type RoleAssignment = {
  readonly role: Role
  readonly organization: OrganizationId
  /** Absent: the role holds for the whole organization. Unit ids are unique within the group. */
  readonly unit?: UnitId | undefined
}

export const person = (id: PersonId): Holder => `person:${id}`
export const holder = (role: Role, organization: OrganizationId, unit?: UnitId): Holder =>
  unit ? `${role}@${organization}/${unit}` : `${role}@${organization}`

/** The applicant, by the secret of the tracking link or a verified e-mail address. */
export const applicant: Holder = 'applicant'
/** Acts that the system does by itself (evidence of delivery, for one). */
export const system: Holder = 'system'

/** Every holder a member of staff stands for. A role within a unit does not stand for the organization's. */
export function holdersOf(id: PersonId, assignments: readonly RoleAssignment[]): ReadonlySet<Holder> {
  return new Set([person(id), ...assignments.map((a) => holder(a.role, a.organization, a.unit))])
}

export const meets = (held: ReadonlySet<Holder>, named: readonly Holder[]): boolean => named.some((h) => held.has(h))

/** `unit_head@skes/billing` → its parts, for showing who a step waits for; a person's holder has no role. */
export function readHolder(text: Holder):
  | { readonly person: PersonId }
  | { readonly role: string; readonly organization?: OrganizationId; readonly unit?: UnitId } {
  if (text.startsWith('person:')) return { person: text.slice('person:'.length) }
  const [role = text, place] = text.split('@')
  const [organization, unit] = place?.split('/') ?? []
  return { role, ...(organization && { organization }), ...(unit && { unit }) }
}

/** The organization of a role's holder; the paper of an appeal is always in some organization's charge. */
export function organizationOf(text: Holder): OrganizationId {
  const read = readHolder(text)
  if (!('organization' in read) || !read.organization) throw new TypeError(`${text} belongs to no organization`)
  return read.organization
}
