import { holder, type Holder } from './holders.ts'
import type { OrganizationId, Role, UnitId } from './vocabulary.ts'

/** Who does what next in one organization: data of its configuration, never an `if` (п. 4.5–4.6, 6.3, 11.6.9–15). */
export type RouteProfile = {
  readonly organization: OrganizationId
  /** Who sets the task after the resolution: the registrar (п. 4.6), the unit head (п. 6.3), the contact centre (п. 11.6.10). */
  readonly setsTasks: { readonly role: Role; readonly within: 'organization' | 'unit' }
  /** Named observers of every task, п. 4.6, 4.11, 5.4, 6.3 */
  readonly observers: readonly Holder[]
  /** Lawyers who check the law where needed, п. 7.5, 11.6.15 */
  readonly lawyers: Holder
  /** The unit whose specialists answer inquiries, п. 3.2, 11.6.14 */
  readonly inquiryUnit?: UnitId | undefined
}

export const executiveOf = (organization: OrganizationId): Holder => holder('executive', organization)

/** Who sets the task once `unit` stands first in the resolution. */
export function taskSetters(profile: RouteProfile, unit: UnitId): Holder[] {
  const { role, within } = profile.setsTasks
  return [holder(role, profile.organization, within === 'unit' ? unit : undefined)]
}
