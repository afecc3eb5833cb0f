import { sql } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { accountLetter } from '../../web/i18n/account-letters.ts'
import { optionalWords, words } from '../appeals/action-operation.ts'
import { findLanguages } from '../appeals/find-languages.ts'
import { moment } from '../appeals/views.ts'
import { accountSecret } from '../ledger/account-secret.ts'
import { getAccount } from '../ledger/find-account.ts'
import { inTransaction, reading, staffOperation, type Ctx } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { dateOf } from '../platform/clock.ts'
import { putMessage } from '../platform/outbox.ts'
import { accountId, asServing, atWindow, note, rowId } from './fields.ts'
import { addressOf } from './find-accounts.ts'

const done = z.object({ done: z.literal(true) })
const requestView = z.object({
  id: rowId, given: z.string().describe('The account as the person wrote it'), account: z.object({ id: accountId, number: z.string(), holder: z.string(), address: z.string() }).optional().describe('Absent: no account has this number'),
  email: z.string(), name: z.string(), words: z.string(), askedAt: moment, others: z.number().int().describe('People who have this account already'),
  settled: z.object({ at: moment, by: z.string(), refusedFor: z.string().optional() }).optional(),
})
export type LinkRequest = z.output<typeof requestView>

/** п. 11.3.1: consumers without the code of a bill who ask for their account, the longest waiting first; or those settled, newest first. */
export const listLinkRequests = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/accounts/link-requests', summary: 'Consumers who ask the office to open an account', tags: ['accounts'] })
  .use(reading)
  .input(z.object({ settled: z.enum(['true', 'false']).default('false'), after: z.coerce.number().int().min(0).optional().describe('`next` of the page before') }))
  .output(z.object({ requests: z.array(requestView), next: z.number().int().optional() }))
  .handler(async ({ context, input }) => {
    asServing(context)
    const page = input.settled === 'true' ? sql`r.settled_at is not null ${input.after ? sql`and r.id < ${input.after}` : sql``} order by r.id desc` : sql`r.settled_at is null ${input.after ? sql`and r.id > ${input.after}` : sql``} order by r.id`
    const { rows } = await sql<{
      id: number; account_given: string; account_id: number | null; number: string | null; holder_name: string | null; address: string | null; flat: string | null; email: string; name: string; words: string; asked_at: Temporal.Instant
      others: number; settled_at: Temporal.Instant | null; settled_by: string | null; refused_for: string | null
    }>`
      select r.id, r.account_given, a.id as account_id, a.number, a.holder_name, b.address, p.flat, who.email, who.name, r.words, r.asked_at, r.settled_at, s.name as settled_by, r.refused_for,
        (select count(*)::int from account_access x where x.account_id = a.id and x.ended_at is null) as others
      from link_requests r join people who on who.id = r.person_id left join people s on s.id = r.settled_by
      left join accounts a on a.id = coalesce(r.account_id, (select n.id from accounts n where n.number = r.account_given))
      left join premises p on p.id = a.premises_id left join buildings b on b.id = p.building_id
      where ${page} limit 50`.execute(context.tx)
    return {
      ...(rows.length === 50 && { next: rows.at(-1)!.id }),
      requests: rows.map((row) => ({
        id: row.id, given: row.account_given, email: row.email, name: row.name, words: row.words, askedAt: row.asked_at.toString(), others: row.others,
        ...(row.account_id !== null && { account: { id: row.account_id, number: row.number!, holder: row.holder_name!, address: addressOf({ address: row.address!, flat: row.flat! }) } }),
        ...(row.settled_at && { settled: { at: row.settled_at.toString(), by: row.settled_by ?? '', ...(row.refused_for && { refusedFor: row.refused_for }) } }),
      })),
    }
  })

/** Granted, the account is in the person's cabinet; refused, they read why. Either way they are told by e-mail, once. */
export const settleLinkRequest = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/link-requests/{id}/decision', summary: 'Open an account to whoever asked for it, or refuse', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({ id: rowId, grant: z.boolean(), account: accountId.optional().describe('Where the number that was given is no account\'s'), reason: optionalWords(500).describe('Why it is refused') }))
  .output(done)
  .handler(async ({ context, input }) => {
    const actor = asServing(context)
    const { tx, now, config } = context
    if (!input.grant && !input.reason) throw refuseField('reason', 'field_missing')
    const { rows: [request] } = await sql<{ account_id: number | null; account_given: string; person_id: string; email: string; settled_at: unknown }>`
      select coalesce(r.account_id, (select n.id from accounts n where n.number = r.account_given)) as account_id, r.account_given, r.person_id, p.email, r.settled_at from link_requests r join people p on p.id = r.person_id where r.id = ${input.id} for update of r`.execute(tx)
    if (!request) throw new Refusal('not_found', { clause: '11.3.1' })
    if (request.settled_at) throw new Refusal('request_settled', { clause: '11.3.1' })
    const account = input.grant ? (input.account ?? request.account_id) : request.account_id
    if (input.grant) {
      if (account === null) throw refuseField('account', 'account_unknown')
      const { number } = await getAccount(tx, account, dateOf(now))
      // Who has it already by a code keeps it so.
      await sql`
        insert into account_access (account_id, person_id, way, granted_by, granted_at) values (${account}, ${request.person_id}, 'office', ${actor.id}, ${now})
        on conflict (person_id, account_id) where ended_at is null do nothing`.execute(tx)
      await note(tx, { account, kind: 'access_granted', by: actor.id, now, details: { email: request.email, number } })
    }
    await sql`update link_requests set settled_at = ${now}, settled_by = ${actor.id}, account_id = ${account}, refused_for = ${input.grant ? null : input.reason ?? null} where id = ${input.id}`.execute(tx)
    const language = (await findLanguages(tx, [request.email])).get(request.email.toLowerCase()) ?? 'ru'
    const { subject, text } = input.grant ? accountLetter('link_granted', language, { number: request.account_given, url: `${config.publicUrl}/${language}/my` })
      : accountLetter('link_refused', language, { number: request.account_given, reason: input.reason ?? '', url: `${config.publicUrl}/${language}/my` })
    await putMessage(tx, { cause: `link-request:${input.id}`, template: 'link_settled', recipient: request.email, language, subject, text, now, config })
    return { done: true as const }
  })

/** Access taken from somebody who should not have it; their session stays, the account is gone from it at once. */
export const endAccountAccess = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/access/{access}/end', summary: 'End somebody\'s access to an account', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({ id: accountId, access: rowId, reason: words(300) }))
  .output(done)
  .handler(async ({ context, input }) => {
    const actor = asServing(context)
    const { tx, now } = context
    const { rows: [ended] } = await sql<{ email: string }>`
      update account_access x set ended_at = ${now}, ended_by = ${actor.id} from people p
      where x.id = ${input.access} and x.account_id = ${input.id} and x.ended_at is null and p.id = x.person_id returning p.email`.execute(tx)
    if (!ended) throw new Refusal('not_found', { clause: '11.3.1' })
    await note(tx, { account: input.id, kind: 'access_ended', by: actor.id, now, details: { email: ended.email, reason: input.reason } })
    return { done: true as const }
  })

const secretView = z.object({ number: z.string(), holder: z.string(), address: z.string(), code: z.string().describe('What its bills have printed') })

/** The code of an account's bills, told to whoever stands at the window with a paper that says who they are; it is kept who was told. */
export const readAccountSecret = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/secret', summary: 'Show the code of an account to an identified person', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({ id: accountId, identified: words(300).describe('Who it was told to, and by what document they were identified') }))
  .output(secretView)
  .handler(async ({ context, input }) => {
    const actor = asWindow(context)
    const { tx, now, config } = context
    const account = await getAccount(tx, input.id, dateOf(now))
    await note(tx, { account: input.id, kind: 'secret_shown', by: actor.id, now, details: { identified: input.identified } })
    return { number: account.number, holder: account.holder_name, address: addressOf(account), code: accountSecret(config, account) }
  })

/** Another code: the one on bills already printed opens nothing any more. Who has the account keeps it. */
export const renewAccountSecret = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/secret/renewal', summary: 'Give an account another code', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({ id: accountId, identified: words(300) }))
  .output(secretView)
  .handler(async ({ context, input }) => {
    const actor = asWindow(context)
    const { tx, now, config } = context
    await sql`update accounts set secret_version = secret_version + 1 where id = ${input.id}`.execute(tx)
    const account = await getAccount(tx, input.id, dateOf(now))
    await note(tx, { account: input.id, kind: 'secret_renewed', by: actor.id, now, details: { identified: input.identified, version: String(account.secret_version) } })
    return { number: account.number, holder: account.holder_name, address: addressOf(account), code: accountSecret(config, account) }
  })

function asWindow({ actor, group }: Pick<Ctx, 'actor' | 'group'>): Staff {
  if (!atWindow(actor, group)) throw new Refusal('not_permitted', { clause: '11.3.1' })
  return actor
}
