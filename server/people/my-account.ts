import { toString as qrSvg } from 'qrcode'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { moment } from '../appeals/views.ts'
import { signedInOperation, staffOperation, type RequestContext } from '../operation.ts'
import type { Staff } from './actor.ts'
import { accountKey, accountLimit, countAttempt, forgive } from './attempts.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { presentSession } from './sessions.ts'
import { matchingStep, newTotpSecret, totpUri } from './totp.ts'

const done = z.object({ done: z.literal(true) })
const password = z.string().min(1, 'field_missing').max(200, 'field_too_long')

export const listSessions = signedInOperation
  .route({ method: 'GET', path: '/sessions', summary: 'Where I am signed in', tags: ['people'] })
  .output(z.array(z.object({ id: z.string(), createdAt: moment, address: z.string(), agent: z.string(), present: z.boolean() })))
  .handler(async ({ context }) => {
    const present = await presentSession(context)
    const rows = await context.db.selectFrom('sessions').selectAll()
      .where('person_id', '=', context.actor.id).where('expires_at', '>', context.now).orderBy('created_at', 'desc').limit(100).execute()
    return rows.map((row) => ({ id: row.id, createdAt: row.created_at.toString(), address: row.address, agent: row.agent, present: row.id === present }))
  })

export const revokeSession = signedInOperation
  .route({ method: 'DELETE', path: '/sessions/{id}', summary: 'End one of my sessions', tags: ['people'] })
  .input(z.object({ id: z.string().max(60) }))
  .output(done)
  .handler(async ({ context, input }) => {
    const { numDeletedRows } = await context.db.deleteFrom('sessions')
      .where('id', '=', input.id).where('person_id', '=', context.actor.id).executeTakeFirst()
    if (numDeletedRows === 0n) throw new Refusal('not_found')
    return { done: true }
  })

export const changePassword = staffOperation
  .route({ method: 'POST', path: '/session/password', summary: 'Change my password; my other sessions end', tags: ['people'] })
  .input(z.object({ present: password, next: z.string().min(12, 'password_too_short').max(200, 'field_too_long') }))
  .output(done)
  .handler(async ({ context, input }) => {
    await checkPassword(context, context.actor, input.present, 'present')
    const present = await presentSession(context)
    await context.db.updateTable('people').set({ password_hash: await hashPassword(input.next) }).where('id', '=', context.actor.id).execute()
    await context.db.deleteFrom('sessions').where('person_id', '=', context.actor.id).where('id', '!=', present ?? '').execute()
    return { done: true }
  })

/** The secret is shown here and kept only when the first code made with it is confirmed. */
export const enableSecondFactor = staffOperation
  .route({ method: 'POST', path: '/session/second-factor', summary: 'Begin to use an authenticator', tags: ['people'] })
  .input(z.object({ password }))
  .output(z.object({ secret: z.string(), uri: z.string(), qr: z.string().describe('SVG') }))
  .handler(async ({ context, input }) => {
    await checkPassword(context, context.actor, input.password, 'password')
    const secret = newTotpSecret()
    const uri = totpUri(secret, context.actor.email)
    return { secret, uri, qr: await qrSvg(uri, { type: 'svg', margin: 1 }) }
  })

export const confirmSecondFactor = staffOperation
  .route({ method: 'POST', path: '/session/second-factor/confirmation', summary: 'Confirm the authenticator by its first code', tags: ['people'] })
  .input(z.object({ secret: z.string().regex(/^[A-Z2-7]{32}$/, 'field_invalid'), code: z.string().max(20), password }))
  .output(done)
  .handler(async ({ context, input }) => {
    await checkPassword(context, context.actor, input.password, 'password')
    const step = matchingStep(input.secret, input.code, context.now)
    if (step === undefined) throw refuseField('code', 'wrong_code')
    await context.db.updateTable('people').set({ totp_secret: input.secret, totp_step: step }).where('id', '=', context.actor.id).execute()
    return { done: true }
  })

export const disableSecondFactor = staffOperation
  .route({ method: 'DELETE', path: '/session/second-factor', summary: 'Stop using the authenticator', tags: ['people'] })
  .input(z.object({ password }))
  .output(done)
  .handler(async ({ context, input }) => {
    await checkPassword(context, context.actor, input.password, 'password')
    await context.db.updateTable('people').set({ totp_secret: null, totp_step: null }).where('id', '=', context.actor.id).execute()
    return { done: true }
  })

/** Asked again before what a stolen session must not do; guesses count as those at the sign-in. */
async function checkPassword({ db, now }: RequestContext, { id, email }: Staff, given: string, field: string): Promise<void> {
  const account = accountKey(email)
  await countAttempt(db, now, { [account]: accountLimit })
  const kept = await db.selectFrom('people').select('password_hash').where('id', '=', id).executeTakeFirst()
  if (!(await isPassword(given, kept?.password_hash))) throw refuseField(field, 'wrong_password')
  await forgive(db, account)
}
