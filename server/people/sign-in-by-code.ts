import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { checkEmail } from '../../regulation/identifiers.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { letter } from '../../web/i18n/letters.ts'
import { openOperation, type RequestContext } from '../operation.ts'
import { putMessage } from '../platform/outbox.ts'
import { countAttempt } from './attempts.ts'
import { openSession } from './sessions.ts'
import { findByEmail, type Account } from './sign-in.ts'

const codeHolds = Temporal.Duration.from({ minutes: 10 })
const wrongCodes = 5
const done = z.object({ done: z.literal(true) })
const hashOf = (email: string, code: string): Buffer => createHash('sha256').update(`${email}\0${code}`).digest()

/**
 * A consumer asks for a one-time code. The answer is the same whoever asks: it does not tell whether an address is
 * known, and for staff nothing is sent, for a code would go round their password and second factor.
 */
export const requestCode = openOperation
  .route({ method: 'POST', path: '/session/code', summary: 'Ask for a one-time code by e-mail', tags: ['people'] })
  .input(z.object({ email: z.string().max(254, 'field_too_long') }))
  .output(done)
  .handler(async ({ context, input }) => {
    const email = readEmail(input.email)
    await countAttempt(context.db, context.now, { [`code:${email}`]: 6, [`code-from:${context.address}`]: 60 })
    if ((await findByEmail(context, email))?.staff) return { done: true }
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    await context.db.transaction().execute(async (tx) => {
      await sql`insert into sign_in_codes (email, code_hash, expires_at, attempts)
        values (${email}, ${hashOf(email, code)}, ${context.now.add(codeHolds)}, 0)
        on conflict (email) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at, attempts = 0`.execute(tx)
      await putMessage(tx, {
        cause: `code:${crypto.randomUUID()}`, template: 'code', recipient: email, language: context.language,
        ...letter('code', context.language, { code }), now: context.now, config: context.config,
      })
    })
    return { done: true }
  })

/** The code opens a session, once; five wrong ones spend it. */
export const signInWithCode = openOperation
  .route({ method: 'POST', path: '/session/by-code', summary: 'Sign in with the one-time code', tags: ['people'] })
  .input(z.object({ email: z.string().max(254, 'field_too_long'), code: z.string().max(20, 'field_too_long') }))
  .output(done)
  .handler(async ({ context, input }) => {
    const email = readEmail(input.email)
    await countAttempt(context.db, context.now, { [`code-try-from:${context.address}`]: 120 })
    const { rows: [kept] } = await sql<{ code_hash: Buffer }>`
      update sign_in_codes set attempts = attempts + 1
      where email = ${email} and expires_at > ${context.now} and attempts < ${wrongCodes} returning code_hash`.execute(context.db)
    if (!kept || !timingSafeEqual(kept.code_hash, hashOf(email, input.code.replace(/\D/g, '')))) throw refuseField('code', 'wrong_code')
    const { numDeletedRows } = await context.db.deleteFrom('sign_in_codes').where('email', '=', email).where('code_hash', '=', kept.code_hash).executeTakeFirst()
    if (numDeletedRows === 0n) throw refuseField('code', 'wrong_code')
    const person = (await findByEmail(context, email)) ?? (await newConsumer(context, email))
    if (person.staff) throw new Refusal('not_permitted')
    await openSession(context, { id: person.id, staff: false })
    return { done: true }
  })

function readEmail(text: string): string {
  const checked = checkEmail(text)
  if (!checked.ok) throw refuseField('email', 'bad_email')
  return checked.value.toLowerCase()
}

async function newConsumer(context: RequestContext, email: string): Promise<Account> {
  await sql`insert into people (id, email, name, created_at)
    values (${crypto.randomUUID()}, ${email}, ${email}, ${context.now}) on conflict do nothing`.execute(context.db)
  return (await findByEmail(context, email))!
}
