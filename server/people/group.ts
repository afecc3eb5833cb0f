import type { DeadlinePolicy } from '../../regulation/deadline-policies.ts'
import type { RouteProfile } from '../../regulation/route-profiles.ts'
import type { Journal } from '../../regulation/appeal-facts.ts'
import type { TariffBook } from '../../regulation/tariffs.ts'
import type { Bilingual, EChancelleryChannel, FeedbackChannel, OrganizationId, Role, UnitId, UnitKind } from '../../regulation/vocabulary.ts'

/** A group of companies, read from its configuration file: everything another utility would change. */
export type Group = {
  readonly name: Bilingual
  readonly organizations: ReadonlyMap<OrganizationId, Organization>
  readonly units: ReadonlyMap<UnitId, Unit>
  /** The public sites whose feedback form this system serves, п. 11.6.2 */
  readonly sites: readonly Site[]
  readonly feedback: {
    /** The organization whose contact centre triages feedback and gives final answers, п. 11.6.1 */
    readonly organization: OrganizationId
    readonly handler: Role
    readonly readers: readonly Role[]
    /** Gets a copy of every feedback appeal, п. 11.6.6 */
    readonly mailbox: string
  }
  /** What services cost, п. 11.3.1 */
  readonly tariffs: TariffBook
  /** Outside bodies offered when redirecting, by name. */
  readonly outsideBodies: readonly Bilingual[]
  readonly policies: readonly DeadlinePolicy[]
  readonly overrides: readonly { readonly date: Temporal.PlainDate; readonly kind: 'off' | 'work'; readonly basis: Bilingual }[]
}

export type Organization = {
  readonly id: OrganizationId
  readonly name: Bilingual
  readonly shortName: Bilingual
  readonly phone: string
  /** Stands for `{unit}` in its journal's numbers. */
  readonly code: string
  readonly profile: RouteProfile
  /** Number formats of its journals, see `regulation/numbering.ts` */
  readonly numbers: Readonly<Record<Journal, string>>
  /** What stands on its letterhead, and the instruction it keeps, п. 7.6 */
  readonly letterhead: { readonly address: Bilingual; readonly email: string; readonly bin: string; readonly instruction: string }
  /** Its «Электронная канцелярия» on the portal, п. 11.3.4; absent: it has none. */
  readonly eChancellery?: { readonly channel: EChancelleryChannel } | undefined
}

export type Unit = {
  readonly id: UnitId
  readonly organization: OrganizationId
  readonly kind: UnitKind
  readonly code: string
  readonly name: Bilingual
}

export type Site = {
  readonly id: string
  readonly channel: FeedbackChannel
  readonly name: Bilingual
  readonly owner: Bilingual
  readonly phone: string
  readonly hours: Bilingual
}
