import type { Holder, RoleAssignment } from '../../regulation/holders.ts'
import type { PersonId } from '../../regulation/vocabulary.ts'

/** Whoever acts. The applicant by link has no account: the tracking secret stands for them. */
export type Actor = Nobody | Consumer | Staff

export type Nobody = { readonly kind: 'nobody' }
/** Signed in by a one-time code; the verified address opens the appeals written with it. */
export type Consumer = { readonly kind: 'consumer'; readonly id: PersonId; readonly name: string; readonly email: string }
export type Staff = {
  readonly kind: 'staff'
  readonly id: PersonId
  readonly name: string
  readonly email: string
  readonly assignments: readonly RoleAssignment[]
  readonly holders: ReadonlySet<Holder>
  /** Who is away, and for whom this person acts today. */
  readonly deputyFor: readonly { readonly id: PersonId; readonly name: string }[]
}
