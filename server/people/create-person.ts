import { randomInt } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { RoleAssignment } from '../../regulation/holders.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'

export type NewPerson = { readonly email: string; readonly name: string; readonly passwordHash: string | null; readonly assignments: readonly RoleAssignment[] }

/** Creates people with their roles, valid from today; who is known by e-mail is left as they are. */
export async function createPeople(db: Kysely<DB>, people: readonly NewPerson[], at: Temporal.Instant): Promise<number> {
  return db.transaction().execute(async (tx) => {
    let created = 0
    for (const { email, name, passwordHash, assignments } of people) {
      const id = crypto.randomUUID()
      const { rows } = await sql`insert into people (id, email, name, password_hash, created_at)
        values (${id}, ${email}, ${name}, ${passwordHash}, ${at}) on conflict do nothing returning id`.execute(tx)
      if (rows.length === 0) continue
      created += 1
      for (const { role, organization, unit } of assignments) {
        await tx.insertInto('role_assignments').values({
          person_id: id, role, organization_id: organization, unit_id: unit ?? null, valid_from: dateOf(at), valid_to: null,
        }).execute()
      }
    }
    return created
  })
}

/** Four groups of letters and digits, easy to read out and to type; 80 bits. */
export function readablePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join('-')
}
