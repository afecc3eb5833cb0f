import { sql } from 'kysely'
import { z } from 'zod'
import { checkEmail } from '../../regulation/identifiers.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { day } from '../appeals/views.ts'
import { isAccountSecret } from '../ledger/account-secret.ts'
import { findByNumber, getMine } from '../ledger/find-account.ts'
import { inTransaction, reading, signedInOperation } from '../operation.ts'
import { countAttempt } from '../people/attempts.ts'
import { dateOf } from '../platform/clock.ts'
import { accountId } from './my-accounts.ts'

const done = z.object({ done: z.literal(true) })
const number = z.string().trim().min(1, 'field_missing').max(30, 'field_too_long')

/** The number and the code of a bill open its account; guessing is slowed by person, by account and by address. */
export const linkAccount = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/cabinet/accounts', successStatus: 201, summary: 'Open an account in one\'s cabinet by the code of its bill', tags: ['cabinet'] })
  .input(z.object({ number, code: z.string().trim().min(1, 'field_missing').max(40, 'field_too_long') }))
  .output(z.object({ account: accountId }))
  .handler(async ({ context, input }) => {
    const { db, actor, now } = context
    await countAttempt(db, now, { [`link-by:${actor.id}`]: 10, [`link-of:${input.number}`]: 20, [`link-from:${context.address}`]: 120 })
    return db.transaction().execute(async (tx) => {
      const account = await findByNumber(tx, input.number)
      if (!account || !isAccountSecret(context.config, account, input.code)) throw refuseField('code', 'wrong_account_secret')
      await grant(tx, { account: account.id, person: actor.id, way: 'code', by: actor.id, now }, 'number')
      return { account: account.id }
    })
  })

/** Without the bill: the office looks who asks and opens the account, or says why not. */
export const askForLink = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/cabinet/link-requests', successStatus: 201, summary: 'Ask the office to open an account', tags: ['cabinet'] })
  .input(z.object({ number, words: z.string().trim().min(1, 'field_missing').max(1_000, 'field_too_long').describe('Who asks and how to make sure: name, telephone') }))
  .output(done)
  .handler(async ({ context: { db, actor, now }, input }) => {
    await countAttempt(db, now, { [`link-ask:${actor.id}`]: 10 })
    await db.transaction().execute(async (tx) => {
      const account = await findByNumber(tx, input.number)
      const open = await tx.selectFrom('link_requests').select('id').where('person_id', '=', actor.id).where('account_given', '=', input.number).where('settled_at', 'is', null).executeTakeFirst()
      if (open) return
      await tx.insertInto('link_requests').values({
        account_given: input.number, account_id: account?.id ?? null, person_id: actor.id, words: input.words, asked_at: now, settled_at: null, settled_by: null, refused_for: null,
      }).execute()
    })
    return { done: true as const }
  })

const requestView = z.object({ number: z.string(), askedOn: day, state: z.enum(['waiting', 'granted', 'refused']), reason: z.string().optional() })
export type LinkRequestView = z.output<typeof requestView>

/** What one asked the office to open, and what it said. */
export const myLinkRequests = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/link-requests', summary: 'One\'s own requests to open an account', tags: ['cabinet'] })
  .use(reading)
  .output(z.array(requestView))
  .handler(async ({ context: { tx, actor } }) => (await tx.selectFrom('link_requests').selectAll().where('person_id', '=', actor.id).orderBy('id', 'desc').limit(10).execute()).map((row) => ({
    number: row.account_given, askedOn: dateOf(row.asked_at).toString(), state: !row.settled_at ? 'waiting' as const : row.refused_for ? 'refused' as const : 'granted' as const, ...(row.refused_for && { reason: row.refused_for }),
  })))

const accessView = z.object({ id: z.number().int(), name: z.string(), way: z.enum(['code', 'office', 'shared']), since: day, mine: z.boolean() })
export type AccessView = z.output<typeof accessView>

/** Everybody who sees the account. */
export const listAccess = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/accounts/{account}/access', summary: 'Who sees an account', tags: ['cabinet'] })
  .use(reading)
  .input(z.object({ account: accountId }))
  .output(z.array(accessView))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    await getMine(tx, actor.id, input.account, dateOf(now))
    const { rows } = await sql<{ id: number; email: string; way: AccessView['way']; granted_at: Temporal.Instant; person_id: string }>`
      select x.id, p.email, x.way, x.granted_at, x.person_id from account_access x join people p on p.id = x.person_id where x.account_id = ${input.account} and x.ended_at is null order by x.id limit 50`.execute(tx)
    return rows.map((row) => ({ id: row.id, name: row.email, way: row.way, since: dateOf(row.granted_at).toString(), mine: row.person_id === actor.id }))
  })

/** To another of the household, by their e-mail: it is there when they sign in with it. */
export const shareAccount = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/cabinet/accounts/{account}/access', successStatus: 201, summary: 'Give somebody else access to an account', tags: ['cabinet'] })
  .input(z.object({ account: accountId, email: z.string().max(254, 'field_too_long') }))
  .output(done)
  .handler(async ({ context: { db, actor, now }, input }) => {
    await countAttempt(db, now, { [`share:${actor.id}`]: 20 })
    await db.transaction().execute(async (tx) => {
      await getMine(tx, actor.id, input.account, dateOf(now))
      // Whoever was given access cannot give it on.
      if (await tx.selectFrom('account_access').select('id').where('account_id', '=', input.account).where('person_id', '=', actor.id).where('way', '=', 'shared').where('ended_at', 'is', null).executeTakeFirst()) throw new Refusal('not_permitted')
      const email = checkEmail(input.email)
      if (!email.ok) throw refuseField('email', 'bad_email')
      const { rows: [person] } = await sql<{ id: string }>`
        with made as (
          insert into people (id, email, name, created_at) values (${crypto.randomUUID()}, ${email.value.toLowerCase()}, ${email.value.toLowerCase()}, ${now}) on conflict do nothing returning id
        ) select id from made union all select id from people where lower(email) = ${email.value.toLowerCase()} limit 1`.execute(tx)
      await grant(tx, { account: input.account, person: person!.id, way: 'shared', by: actor.id, now }, 'email')
    })
    return { done: true as const }
  })

/** Taken away again from somebody else; one's own is unlinked. */
export const endAccess = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/cabinet/accounts/{account}/access/{access}/end', summary: 'Take access to an account away', tags: ['cabinet'] })
  .use(inTransaction)
  .input(z.object({ account: accountId, access: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) }))
  .output(done)
  .handler(async ({ context: { tx, actor, now }, input }) => {
    await getMine(tx, actor.id, input.account, dateOf(now))
    const { rows: mine } = await sql<{ way: string }>`select way from account_access where account_id = ${input.account} and person_id = ${actor.id} and ended_at is null`.execute(tx)
    const { rows: [other] } = await sql<{ person_id: string; granted_by: string }>`select person_id, granted_by from account_access where id = ${input.access} and account_id = ${input.account} and ended_at is null`.execute(tx)
    if (!other) throw new Refusal('not_found')
    // Whoever was given access by another of the household cannot put that one out of it.
    if (other.person_id === actor.id || (mine[0]!.way === 'shared' && other.granted_by !== actor.id)) throw new Refusal('access_last')
    await sql`update account_access set ended_at = ${now}, ended_by = ${actor.id} where id = ${input.access}`.execute(tx)
    return { done: true as const }
  })

type Grant = { readonly account: number; readonly person: string; readonly way: 'code' | 'shared'; readonly by: string; readonly now: Temporal.Instant }

async function grant(tx: Parameters<typeof findByNumber>[0], { account, person, way, by, now }: Grant, field: string): Promise<void> {
  const { rows } = await sql`
    insert into account_access (account_id, person_id, way, granted_by, granted_at) values (${account}, ${person}, ${way}, ${by}, ${now})
    on conflict (person_id, account_id) where ended_at is null do nothing returning id`.execute(tx)
  if (rows.length === 0) throw refuseField(field, 'account_linked')
}
