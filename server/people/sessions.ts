import { createHash, randomBytes } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import { holdersOf, person, type RoleAssignment } from '../../regulation/holders.ts'
import type { PersonId, Role } from '../../regulation/vocabulary.ts'
import type { RequestContext } from '../operation.ts'
import { dateOf, now } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import type { Actor } from './actor.ts'

const cookieName = 'jauap_session'
const staffHolds = Temporal.Duration.from({ hours: 12 })
const consumerHolds = Temporal.Duration.from({ hours: 24 * 30 })

/** Opens a session: a random token in a cookie, only its hash in the table. */
export async function openSession(context: RequestContext, person: { id: PersonId; staff: boolean }): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  const holds = person.staff ? staffHolds : consumerHolds
  await context.db.insertInto('sessions').values({
    token_hash: hashOf(token), id: crypto.randomUUID(), person_id: person.id, created_at: context.now, last_seen_at: context.now,
    expires_at: context.now.add(holds), address: context.address, agent: (context.headers.get('user-agent') ?? '').slice(0, 300),
  }).execute()
  context.cookies.push(cookie(context, token, holds.total('seconds')))
}

/** Ends the session this request came with. */
export async function endSession(context: RequestContext): Promise<void> {
  const token = readToken(context.headers)
  if (token) await context.db.deleteFrom('sessions').where('token_hash', '=', hashOf(token)).execute()
  context.cookies.push(cookie(context, '', 0))
}

/** The id of the session this request came with. */
export async function presentSession(context: RequestContext): Promise<string | undefined> {
  const token = readToken(context.headers)
  const row = token && (await context.db.selectFrom('sessions').select('id').where('token_hash', '=', hashOf(token)).executeTakeFirst())
  return row ? row.id : undefined
}

/** Whoever the cookie's session belongs to, with the roles they hold today: one statement a request. */
export async function readActor({ db }: { readonly db: Kysely<DB> }, headers: Headers): Promise<Actor> {
  const token = readToken(headers)
  if (!token) return { kind: 'nobody' }
  const at = now()
  const today = dateOf(at)
  const rolesOf = (person: ReturnType<typeof sql>) => sql`(
      select jsonb_agg(jsonb_build_object('role', r.role, 'organization', r.organization_id, 'unit', r.unit_id))
      from role_assignments r where r.person_id = ${person} and r.valid_from <= ${today} and (r.valid_to is null or r.valid_to > ${today}))`
  const { rows: [row] } = await sql<{ id: string; name: string; email: string; assignments: RoleRow[] | null; absent: { id: string; name: string; assignments: RoleRow[] | null }[] | null }>`
    select p.id, p.name, p.email, ${rolesOf(sql`p.id`)} as assignments, (
      select jsonb_agg(jsonb_build_object('id', away.id, 'name', away.name, 'assignments', ${rolesOf(sql`away.id`)}))
      from deputies d join people away on away.id = d.person_id
      where d.deputy_id = p.id and d.ended_at is null and ${today} between d.from_day and d.to_day
    ) as absent
    from sessions s join people p on p.id = s.person_id
    where s.token_hash = ${hashOf(token)} and s.expires_at > ${at}`.execute(db)
  if (!row) return { kind: 'nobody' }
  const { id, name, email, absent } = row
  if (!row.assignments) return { kind: 'consumer', id, name, email }
  // Whoever stands in for somebody holds what they hold, and acts under their own name (п. 7.4).
  const assignments = [...rolesIn(row.assignments), ...(absent ?? []).flatMap((one) => rolesIn(one.assignments))]
  const holders = new Set([...holdersOf(id, assignments), ...(absent ?? []).map((one) => person(one.id))])
  return { kind: 'staff', id, name, email, assignments, holders, deputyFor: (absent ?? []).map((one) => ({ id: one.id, name: one.name })) }
}

type RoleRow = { readonly role: Role; readonly organization: string; readonly unit: string | null }
const rolesIn = (rows: readonly RoleRow[] | null): RoleAssignment[] => (rows ?? []).map(({ role, organization, unit }) => ({ role, organization, ...(unit && { unit }) }))

/** Ends what has expired; the clock drives it. */
export async function purgeSessions({ db }: { readonly db: Kysely<DB> }): Promise<void> {
  const at = now()
  await db.deleteFrom('sessions').where('expires_at', '<', at).execute()
  await db.deleteFrom('sign_in_codes').where('expires_at', '<', at).execute()
  await db.deleteFrom('sign_in_attempts').where('at', '<', at.subtract({ hours: 1 })).execute()
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

function readToken(headers: Headers): string | undefined {
  return /(?:^|;\s*)jauap_session=([\w-]{43})/.exec(headers.get('cookie') ?? '')?.[1]
}

function cookie({ config }: RequestContext, token: string, seconds: number): string {
  const secure = config.publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`
}
