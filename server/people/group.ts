import type { DeadlinePolicy } from '../../regulation/deadline-policies.ts'
import type { RouteProfile } from '../../regulation/route-profiles.ts'
import type { Journal } from '../../regulation/appeal-facts.ts'
import type { ReadingWindow } from '../../regulation/readings.ts'
import type { SettlementRules } from '../../regulation/settlement.ts'
import type { Service, TariffBook } from '../../regulation/tariffs.ts'
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
  /** The consumers' accounts: who keeps them, and by which rules, п. 11.3.1 */
  readonly cabinet: Cabinet
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

export type Cabinet = {
  /** The settlement centre: its front desk and contact centre serve the accounts. */
  readonly organization: OrganizationId
  /** Its unit that settles months: executors count, the head posts. */
  readonly settlesIn: UnitId
  /** `outside`: another billing system charges; this ledger shows what it sends and computes nothing. */
  readonly master: 'own' | 'outside'
  readonly window: ReadingWindow
  /** Of which services consumers hand readings in. */
  readonly readingsOf: readonly Service[]
  readonly rules: SettlementRules
  readonly suppliers: Readonly<Record<Service, Supplier>>
  /** What a bill's QR holds: its requisites as text, or the address of a provider, `{account}` and `{sum}` filled in. */
  readonly paymentQr: { readonly provider: 'requisites' } | { readonly provider: 'link'; readonly template: string }
  /** Who may ask for debts and bring payments by the online protocol, from which addresses. */
  readonly billers: readonly { readonly id: string; readonly name: string; readonly addresses: readonly string[] }[]
}

/** Who sells a service; one of the group, or not. Bank requisites stand on bills. */
export type Supplier = {
  readonly name: Bilingual
  readonly organization?: OrganizationId | undefined
  readonly bin: string
  readonly iban: string
  readonly bik: string
  readonly kbe: string
  readonly knp: string
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
