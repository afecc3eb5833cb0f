import { randomInt } from 'node:crypto'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { RoleAssignment } from '../../regulation/holders.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'

export type NewPerson = { readonly email: string; readonly name: string; readonly passwordHash: string; readonly assignment: RoleAssignment }
/** `unchanged`: has this role already. */
export type Created = 'created' | 'became_staff' | 'role_added' | 'unchanged'

/**
 * Gives a person a role from today, creating them or taking them by their e-mail. A consumer who becomes staff
 * gets the password; staff keep the one they have. Sessions opened before end: one opened by a code sent by e-mail
 * must not become a session of staff.
 */
export async function createPerson(db: Kysely<DB>, person: NewPerson, at: Temporal.Instant): Promise<Created> {
  return db.transaction().execute(async (tx) => {
    const { email, name, passwordHash, assignment } = person
    const { rows: [fresh] } = await sql<{ id: string }>`insert into people (id, email, name, password_hash, created_at)
      values (${crypto.randomUUID()}, ${email}, ${name}, ${passwordHash}, ${at}) on conflict do nothing returning id`.execute(tx)
    if (fresh) {
      await addRole(tx, fresh.id, assignment, at)
      return 'created'
    }
    const { rows: [known] } = await sql<{ id: string; password_hash: string | null }>`
      select id, password_hash from people where lower(email) = lower(${email}) for update`.execute(tx)
    if (!known) throw new Error(`${email} can be neither created nor found`)
    if (await hasRole(tx, known.id, assignment, at)) return 'unchanged'
    await tx.deleteFrom('sessions').where('person_id', '=', known.id).execute()
    await addRole(tx, known.id, assignment, at)
    if (known.password_hash) return 'role_added'
    await tx.updateTable('people').set({ name, password_hash: passwordHash }).where('id', '=', known.id).execute()
    return 'became_staff'
  })
}

/** Four groups of letters and digits, easy to read out and to type; 79 bits. */
export function readablePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join('-')
}

async function addRole(tx: Transaction<DB>, id: string, { role, organization, unit }: RoleAssignment, at: Temporal.Instant): Promise<void> {
  await tx.insertInto('role_assignments').values({
    person_id: id, role, organization_id: organization, unit_id: unit ?? null, valid_from: dateOf(at), valid_to: null,
  }).execute()
}

async function hasRole(tx: Transaction<DB>, id: string, { role, organization, unit }: RoleAssignment, at: Temporal.Instant): Promise<boolean> {
  const found = await tx.selectFrom('role_assignments').select('id')
    .where('person_id', '=', id).where('role', '=', role).where('organization_id', '=', organization)
    .where('unit_id', unit ? '=' : 'is', unit ?? null)
    .where((is) => is.or([is('valid_to', 'is', null), is('valid_to', '>', dateOf(at))])).limit(1).executeTakeFirst()
  return found !== undefined
}
