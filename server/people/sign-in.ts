import { sql } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { roles } from '../../regulation/vocabulary.ts'
import { openOperation, type RequestContext } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import { accountKey, accountLimit, countAttempt, forgive } from './attempts.ts'
import { isPassword } from './passwords.ts'
import { endSession, openSession } from './sessions.ts'
import { matchingStep } from './totp.ts'

const done = z.object({ done: z.literal(true) })

/** Staff sign in by password and, where they have switched it on, a code of their authenticator. */
export const signIn = openOperation
  .route({ method: 'POST', path: '/session', summary: 'Sign in with e-mail and password', tags: ['people'] })
  .input(z.object({
    email: z.string().min(1, 'field_missing').max(254, 'field_too_long'),
    password: z.string().min(1, 'field_missing').max(200, 'field_too_long'),
    code: z.string().max(20).optional().describe('Of the authenticator, when it is asked for'),
  }))
  .output(done)
  .handler(async ({ context, input }) => {
    const account = accountKey(input.email)
    await countAttempt(context.db, context.now, { [account]: accountLimit, [`address:${context.address}`]: 120 })
    const person = await findByEmail(context, input.email)
    // A password is staff's: whoever has left signs in as every consumer does.
    if (!(await isPassword(input.password, person?.password_hash)) || !person?.staff) throw new Refusal('wrong_credentials')
    if (person.totp_secret) await checkSecondFactor(context, person, input.code)
    await forgive(context.db, account)
    await openSession(context, { id: person.id, staff: true })
    return { done: true }
  })

export const signOut = openOperation
  .route({ method: 'DELETE', path: '/session', summary: 'Sign out', tags: ['people'] })
  .output(done)
  .handler(async ({ context }) => {
    await endSession(context)
    return { done: true }
  })

/** Who is signed in; `nobody` is an answer, not a refusal. */
export const currentPerson = openOperation
  .route({ method: 'GET', path: '/session', summary: 'Who is signed in', tags: ['people'] })
  .output(z.object({
    kind: z.enum(['nobody', 'consumer', 'staff']),
    id: z.string().optional(), name: z.string().optional(), email: z.string().optional(), secondFactor: z.boolean().optional(),
    assignments: z.array(z.object({ role: z.enum(roles), organization: z.string(), unit: z.string().optional() })).optional(),
    deputyFor: z.array(z.object({ id: z.string(), name: z.string() })).optional().describe('Whoever is away, and for whom I act today'),
  }))
  .handler(async ({ context: { actor, db } }) => {
    if (actor.kind === 'nobody') return { kind: 'nobody' as const }
    const { kind, id, name, email } = actor
    if (actor.kind === 'consumer') return { kind, id, name, email }
    const { totp_secret } = await db.selectFrom('people').select('totp_secret').where('id', '=', id).executeTakeFirstOrThrow()
    return { kind, id, name, email, secondFactor: totp_secret !== null, assignments: actor.assignments.map((a) => ({ ...a })), deputyFor: [...actor.deputyFor] }
  })

export type Account = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly password_hash: string | null
  readonly totp_secret: string | null
  readonly totp_step: number | null
  /** Has a role today or is about to have one: a session opened today may outlast the night. */
  readonly staff: boolean
}

export async function findByEmail({ db, now }: Pick<RequestContext, 'db' | 'now'>, email: string): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    select id, name, email, password_hash, totp_secret, totp_step,
      exists (select 1 from role_assignments r where r.person_id = people.id and (r.valid_to is null or r.valid_to > ${dateOf(now)})) as staff
    from people where lower(email) = ${email.trim().toLowerCase()}`.execute(db)
  return rows[0]
}

async function checkSecondFactor({ db, now }: RequestContext, person: Account, code: string | undefined): Promise<void> {
  if (!code) throw new Refusal('second_factor_needed')
  const step = matchingStep(person.totp_secret!, code, now, person.totp_step ?? -1)
  if (step === undefined) throw refuseField('code', 'wrong_code')
  // Whoever shows the same code at the same moment finds its step taken.
  const { numUpdatedRows } = await db.updateTable('people').set({ totp_step: step }).where('id', '=', person.id)
    .where((is) => is.or([is('totp_step', 'is', null), is('totp_step', '<', step)])).executeTakeFirst()
  if (numUpdatedRows === 0n) throw refuseField('code', 'wrong_code')
}
