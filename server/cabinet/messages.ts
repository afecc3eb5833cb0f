import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { holder } from '../../regulation/holders.ts'
import { checkFeedback } from '../../regulation/intake-form.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { workingOf } from '../../regulation/settlement.ts'
import { readQuantity, services, writeSigned, type Service } from '../../regulation/tariffs.ts'
import { appealKinds, languages, type Language } from '../../regulation/vocabulary.ts'
import { disputeWords } from '../../web/i18n/dispute.ts'
import { lineView } from '../appeals/card.ts'
import { canonicalJson } from '../appeals/chain.ts'
import { consentVersion } from '../appeals/consent.ts'
import { findOwn } from '../appeals/find-appeal.ts'
import { appealLine, day } from '../appeals/views.ts'
import { getMine, servicesOf, type AccountRow } from '../ledger/find-account.ts'
import { readBill } from '../ledger/read-bill.ts'
import { reading, signedInOperation, type RequestContext } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import { trackingCode } from '../tracking/tracking-code.ts'
import { accountId, month, placeOf, tiyn } from './my-accounts.ts'
import { readMonth } from './read-bills.ts'
import type { Transaction } from 'kysely'
import type { DB } from '../schema.ts'

const line = { account: accountId, period: z.string().max(20), service: z.enum(services), kind: z.enum(['charge', 'common']).default('charge') }
const believed = { residents: z.coerce.number().int().min(0).max(50).optional().describe('How many live there, as one believes'), quantity: z.string().max(60).optional().describe('What was used, as one believes') }

/** «Оспорить строку»: what the line would come to with the facts its household believes in. Nothing is kept. */
export const recomputeLine = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/cabinet/accounts/{account}/bills/{period}/recomputation', summary: 'Work a line of a bill out again, with other facts if given', tags: ['cabinet'] })
  .use(reading)
  .input(z.object({ ...line, ...believed }))
  .output(z.object({ stands: tiyn, quantity: z.string(), residents: z.number().int().optional(), recomputed: tiyn.optional().describe('Absent: the tariffs of that month are not known here'), difference: tiyn.optional() }))
  .handler(async ({ context, input }) => {
    const account = await getMine(context.tx, context.actor.id, input.account, dateOf(context.now))
    const { stands, quantity, residents, recomputed } = await recompute(context, context.tx, account, input)
    return { stands, quantity, ...(residents !== undefined && { residents }), ...(recomputed !== undefined && { recomputed, difference: recomputed - stands }) }
  })

/**
 * A message of the cabinet is an appeal, with a number and a term (п. 11.6.5). One about a line of a bill carries its
 * figures, and what it would come to with the facts its household believes in.
 */
export const writeMessage = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/cabinet/messages', successStatus: 201, summary: 'Write to an organization from the cabinet; the number is given at once', tags: ['cabinet'], inputStructure: 'detailed' })
  .input(z.object({
    headers: z.object({ 'idempotency-key': z.string().min(8, 'field_invalid').max(200, 'field_too_long').optional() }).loose(),
    body: z.object({
      organization: z.string().max(40), account: accountId.optional(), language: z.enum(languages).default('ru'),
      kind: z.string().max(40).optional(), subject: z.string().max(2_000).optional(), text: z.string().max(20_000).optional(),
      name: z.string().max(2_000).optional().describe('Where no account is named'), address: z.string().max(2_000).optional(),
      files: z.array(z.uuid()).max(10).default([]), dispute: z.object({ period: z.string().max(20), service: z.enum(services), kind: z.enum(['charge', 'common']).default('charge'), ...believed }).optional(),
    }),
  }))
  .output(z.object({ number: z.string(), code: z.string(), dueOn: day }))
  .handler(async ({ context, input: { headers, body } }) => {
    const { group, actor, now } = context
    const tx = context.db as Transaction<DB>
    if (!group.organizations.has(body.organization)) throw refuseField('organization', 'organization_unknown')
    const account = body.account === undefined ? undefined : await getMine(tx, actor.id, body.account, dateOf(now))
    if (body.dispute && !account) throw refuseField('account', 'field_missing')
    const checked = checkFeedback({
      group: 'person', name: account?.holder_name ?? body.name, address: account ? placeOf(account).address : body.address, email: actor.email, kind: body.kind, subject: body.subject, text: body.text, answerWay: 'email', consent: true,
    })
    if (!checked.ok) throw new Refusal('invalid_input', { faults: checked.faults, clause: '11.6.3' })
    if (body.files.length > context.config.uploadMaxFiles) throw refuseField('files', 'too_many_files', { max: context.config.uploadMaxFiles })
    const period = body.dispute && readMonth(body.dispute.period, 'dispute.period')
    const figures = body.dispute && account ? await figuresOf(context, tx, account, body.dispute, body.language) : undefined
    const { name, address, email, kind, subject, text } = checked.value
    const about = account && [disputeWords[body.language].account(account.number), figures].filter(Boolean).join('\n')
    const { feedback } = group
    const registered = await context.registrar.register({
      organization: feedback.organization, journal: 'feedback', channel: 'cabinet', kind, language: body.language, answerWay: 'email', receivedAt: now, registeredAt: now,
      handlers: [holder(feedback.handler, feedback.organization)], readers: feedback.readers.map((role) => holder(role, feedback.organization)),
      subject, body: [disputeWords[body.language].addressee(group.organizations.get(body.organization)!.name[body.language]), text, about].filter(Boolean).join('\n\n'),
      applicant: { group: 'person', name, address, email, ...(account && { account: account.number }) }, consentVersion, files: body.files,
      once: { scope: `cabinet:${actor.id}`, key: headers['idempotency-key'] ?? crypto.randomUUID(), digest: createHash('sha256').update(canonicalJson(body)).digest() },
    })
    // Cut off in between, the appeal is there and stands in the thread of whoever receives feedback.
    await sql`
      insert into cabinet_messages (appeal_id, person_id, organization_id, account_id, period, service)
      values (${registered.id}, ${actor.id}, ${body.organization}, ${account?.id ?? null}, ${period ?? null}, ${body.dispute?.service ?? null}) on conflict do nothing`.execute(tx)
    return { number: registered.number, code: trackingCode(context.config, registered.id), dueOn: registered.dueOn.toString() }
  })

const messageView = appealLine.extend({ code: z.string(), to: z.string().describe('The organization it was written to'), account: z.string().optional(), period: month.optional(), service: z.enum(services).optional() })
export type MessageView = z.output<typeof messageView>

/** Correspondence: what was written from the cabinet and by this address, newest first; one thread an organization. */
export const listMessages = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/messages', summary: 'One\'s correspondence with the organizations, newest first', tags: ['cabinet'] })
  .use(reading)
  .output(z.array(messageView))
  .handler(async ({ context }) => {
    const { tx, actor, group } = context
    const lines = await findOwn(tx, actor.email, 100)
    const { rows } = await sql<{ appeal_id: number; organization_id: string; number: string | null; period: Temporal.PlainDate | null; service: Service | null }>`
      select m.appeal_id, m.organization_id, a.number, m.period, m.service from cabinet_messages m left join accounts a on a.id = m.account_id where m.appeal_id = any(${lines.map(({ id }) => id)}::bigint[]) and m.person_id = ${actor.id}`.execute(tx)
    const about = new Map(rows.map((row) => [row.appeal_id, row]))
    return lines.map((one) => {
      const row = about.get(one.id)
      return {
        ...lineView(context, one), code: trackingCode(context.config, one.id), to: row?.organization_id ?? group.feedback.organization, ...(row?.number && { account: row.number }),
        ...(row?.period && { period: row.period.toPlainYearMonth().toString() }), ...(row?.service && { service: row.service }),
      }
    })
  })
export const messageKinds = appealKinds

type Disputed = { readonly period: string; readonly service: Service; readonly kind: 'charge' | 'common'; readonly residents?: number | undefined; readonly quantity?: string | undefined }

/** A line as it stands, and as it would with other facts. */
async function recompute({ group }: RequestContext, tx: Transaction<DB>, account: AccountRow, asked: Disputed) {
  const period = readMonth(asked.period, 'period')
  const bill = await readBill(tx, group, account.id, period)
  const found = bill.lines.find(({ service, kind }) => service === asked.service && kind === asked.kind)
  if (!found) throw new Refusal('not_found', { clause: '11.3.1' })
  const quantity = asked.quantity ? readQuantity(asked.quantity) : readSigned(found.quantity)
  if (quantity === undefined) throw refuseField('quantity', 'quantity_invalid')
  const on = period.add({ months: 1 }).subtract({ days: 1 })
  const taken = (await servicesOf(tx, account.id, on)).find(({ service }) => service === asked.service)
  const residents = asked.residents ?? found.residents ?? account.residents ?? 1
  // Where others live there than was known, and nothing was measured, the quantity is the norm's by as many.
  const byHeads = found.method === 'norm' && asked.quantity === undefined && found.residents && found.residents > 0 && asked.service !== 'heating' ? (quantity * BigInt(residents)) / BigInt(found.residents) : quantity
  const working = found.plan && workingOf(group.tariffs, {
    on, service: asked.service, group: taken?.consumer_group ?? 'household', plan: found.plan, stove: account.stove, commonMeter: account.common_heat_meter, residents, benefit: account.benefit ?? false, quantity: byHeads,
    ...(found.night && { night: readSigned(found.night) ?? 0n }),
  })
  return { stands: found.amount, quantity: writeSigned(byHeads), residents, line: found, ...(working && { recomputed: Number(byHeads < 0n ? -working.total : working.total) }) }
}

/** As a bill writes it, below nothing where it gave back. */
const readSigned = (text: string): bigint | undefined => (text.startsWith('-') ? -(readQuantity(text.slice(1)) ?? 0n) : readQuantity(text))

async function figuresOf(context: RequestContext, tx: Transaction<DB>, account: AccountRow, asked: Disputed, language: Language): Promise<string> {
  const { stands, quantity, residents, line: found, recomputed } = await recompute(context, tx, account, asked)
  return disputeWords[language].figures({
    period: asked.period, service: asked.service, common: asked.kind === 'common', method: found.method, used: found.quantity, stands, ...(found.meter && { meter: found.meter }),
    ...(found.previous && { previous: `${found.previous.value}, ${found.previous.on}` }), ...(found.current && { current: `${found.current.value}, ${found.current.on}` }),
    ...(asked.residents !== undefined && { residents }), ...(asked.quantity && { quantity }), ...(recomputed !== undefined && { recomputed }),
  })
}
