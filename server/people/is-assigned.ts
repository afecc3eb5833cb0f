import { sql, type Transaction } from 'kysely'
import type { OrganizationId, PersonId, Role, UnitId } from '../../regulation/vocabulary.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'

/** Whether a person holds one of the roles there today. */
export async function isAssigned(
  ctx: { readonly tx: Transaction<DB>; readonly now: Temporal.Instant },
  person: PersonId, roles: readonly Role[], organization: OrganizationId, unit?: UnitId,
): Promise<boolean> {
  const today = dateOf(ctx.now)
  const inUnit = unit ? sql`and unit_id = ${unit}` : sql``
  const { rows } = await sql`
    select 1 from role_assignments
    where person_id = ${person} and role = any(${[...roles]}::text[]) and organization_id = ${organization} ${inUnit}
      and valid_from <= ${today} and (valid_to is null or valid_to > ${today}) limit 1`.execute(ctx.tx)
  return rows.length > 0
}
