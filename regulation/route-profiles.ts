import type { RouteClauses } from './appeal-facts.ts'
import type { ClauseNumber } from './clauses.ts'
import { holder, type Holder } from './holders.ts'
import type { AppealKind, Channel, OrganizationId, Role, UnitId } from './vocabulary.ts'

/** Who does what next in one organization: data of its configuration, never an `if` (п. 4.5–4.6, 4.11, 5.3–5.4, 6.2–6.3, 11.6.9–15). */
export type RouteProfile = {
  readonly organization: OrganizationId
  /** The first whose channels name an appeal's is its route; the last names none and takes the rest. */
  readonly routes: readonly Route[]
  /** Whether the unit head and the lawyer endorse one after the other or at the same time, п. 7.4–7.5 */
  readonly endorsement: 'serial' | 'parallel'
  /** Kinds of appeals whose answers the lawyers always see, п. 7.5 */
  readonly lawyerFor: readonly AppealKind[]
  /** Lawyers who check the law where needed, п. 7.5, 11.6.15 */
  readonly lawyers: Holder
  /** The unit whose specialists answer inquiries, п. 3.2, 11.6.14 */
  readonly inquiryUnit?: UnitId | undefined
}

/** What becomes of the appeals of some channels. */
export type Route = {
  /** Absent: whatever no route before it takes. */
  readonly channels?: readonly Channel[] | undefined
  /** Who registers, sends for a resolution and sends the answer: п. 4.3, 5.3, 6.2, 11.6.1 */
  readonly registers: Role
  /** Who sets the task after the resolution: the registrar (п. 4.6), the unit head (п. 6.3), the contact centre (п. 11.6.10). */
  readonly setsTasks: { readonly role: Role; readonly within: 'organization' | 'unit' }
  /** `required`: the task is not set before somebody controls it, п. 4.6, 4.11, 5.4 */
  readonly controller: 'required' | 'optional'
  /** `required`: the answer leaves as a signed letter on the letterhead, п. 7.6; `optional`: it may leave as a plain e-mail, п. 11.6.13 */
  readonly letter: 'required' | 'optional'
  /** Who gets a copy of the answer, п. 5.6, 6.4 */
  readonly copies: readonly Holder[]
  /** Named observers of every task, п. 4.6, 4.11, 5.4 */
  readonly observers: readonly Holder[]
  /** Who gets the resolution for information, п. 6.3 */
  readonly informed: readonly Holder[]
  readonly clauses: RouteClauses
}

export const routeOf = (profile: RouteProfile, channel: Channel): Route =>
  profile.routes.find(({ channels }) => !channels || channels.includes(channel)) ?? profile.routes.at(-1)!

export const executiveOf = (organization: OrganizationId): Holder => holder('executive', organization)

export const registrarOf = (profile: RouteProfile, channel: Channel): Holder =>
  holder(routeOf(profile, channel).registers, profile.organization)

/** Who sets the task once `unit` stands first in the resolution. */
export function taskSetters(profile: RouteProfile, channel: Channel, unit: UnitId): Holder[] {
  const { role, within } = routeOf(profile, channel).setsTasks
  return [holder(role, profile.organization, within === 'unit' ? unit : undefined)]
}

/** One step of a route as it will be taken; `who` are holders, the words `unit` and `applicant` stand for those yet unknown. */
export type RouteStep = {
  readonly step: 'register' | 'send_for_resolution' | 'impose_resolution' | 'inform' | 'assign_task' | 'name_executor' | 'submit_version' | 'endorse' | 'issue_letter' | 'sign_letter' | 'dispatch_reply'
  readonly clause: ClauseNumber
  readonly who: readonly Holder[]
  /** Who only reads from here on. */
  readonly observers?: readonly Holder[] | undefined
  readonly controller?: Route['controller'] | undefined
}

/** The whole way that a route makes, for whoever edits a profile to see before an appeal takes it. */
export function previewRoute(profile: RouteProfile, route: Route): RouteStep[] {
  const { organization } = profile
  const registrar = holder(route.registers, organization)
  const head = holder('unit_head', organization, 'unit')
  const setter = route.setsTasks.within === 'unit' ? head : holder(route.setsTasks.role, organization)
  return [
    { step: 'register', clause: route.clauses.register, who: [registrar] },
    { step: 'send_for_resolution', clause: route.clauses.resolution, who: [registrar] },
    { step: 'impose_resolution', clause: '4.6', who: [executiveOf(organization)] },
    ...(route.informed.length > 0 ? [{ step: 'inform' as const, clause: route.clauses.task, who: route.informed }] : []),
    { step: 'assign_task', clause: route.clauses.task, who: [setter], observers: route.observers, controller: route.controller },
    { step: 'name_executor', clause: '11.6.11', who: [head] },
    { step: 'submit_version', clause: '7.1', who: [holder('executor', organization, 'unit')] },
    { step: 'endorse', clause: '7.4', who: [head, profile.lawyers, executiveOf(organization)] },
    ...(route.letter === 'required' ? [
      { step: 'issue_letter' as const, clause: '7.6' as const, who: [holder('executor', organization, 'unit'), registrar] },
      { step: 'sign_letter' as const, clause: '7.6' as const, who: [executiveOf(organization)] },
    ] : []),
    { step: 'dispatch_reply', clause: '7.7', who: [registrar, 'applicant'], ...(route.copies.length > 0 && { observers: route.copies }) },
  ]
}
