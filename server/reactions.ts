import type { Transaction } from 'kysely'
import { taskOf, versionOf } from '../regulation/appeal-case.ts'
import type { Action, DispatchEvidence, Fact } from '../regulation/appeal-facts.ts'
import { Refusal } from '../regulation/refusals.ts'
import { replyText } from '../regulation/reply-document.ts'
import { formatDate } from '../web/i18n/format.ts'
import { letter, type LetterFacts, type LetterName } from '../web/i18n/letters.ts'
import { vocabulary } from '../web/i18n/vocabulary.ts'
import { advanceAppeal, asSystem } from './appeals/advance-appeal.ts'
import { bindingTerm } from './appeals/appeal-terms.ts'
import { getAppealUnseen, type AppealRecord } from './appeals/find-appeal.ts'
import type { Services } from './operation.ts'
import { now } from './platform/clock.ts'
import { putMessage } from './platform/outbox.ts'
import type { DB } from './schema.ts'
import { trackingUrl } from './tracking/tracking-code.ts'

/**
 * Every "when this happened, do that" of an appeal, on one page. Run by the job queue after the fact is
 * committed, at least once; each is safe to run twice: a message by its cause, a step by the lifecycle.
 */
const reactions: { [A in Action]?: readonly Reaction<A>[] } = {
  register: [tellApplicant('confirmation', confirmationFacts), copyToMailbox],
  redirect: [tellApplicant('redirected', redirectedFacts)],
  join: [tellApplicant('joined', (r) => ({ ...common(r), main: r.record.appeal.joinedTo?.number ?? '' }))],
  withdraw: [tellApplicant('withdrawn', common)],
  extend_term: [tellApplicant('extended', extendedFacts)],
  sign_letter: [tellPickup],
  dispatch_reply: [sendAnswer, closeIfAsked],
  confirm_dispatch: [closeIfAsked],
}

type Reacting<A extends Action = Action> = {
  readonly services: Services
  readonly tx: Transaction<DB>
  readonly now: Temporal.Instant
  readonly record: AppealRecord
  readonly fact: Fact<A>
}
type Reaction<A extends Action = Action> = (reacting: Reacting<A>) => Promise<void>

/** The job `react`: whatever follows from one fact, together or not at all. */
export async function react(services: Services, { appeal, seq }: { appeal: number; seq: number }): Promise<void> {
  await services.db.transaction().execute(async (tx) => {
    const record = await getAppealUnseen(tx, appeal)
    const fact = record.history[seq - 1]
    for (const reaction of (fact && (reactions[fact.action] as readonly Reaction[] | undefined)) ?? []) {
      await reaction({ services, tx, now: now(), record, fact: fact! })
    }
  })
}

/** The job `message_settled`: evidence that an answer left, or that it did not, becomes a fact of its appeal. */
export async function settleMessage(services: Services, { id }: { id: number }): Promise<void> {
  await services.db.transaction().execute(async (tx) => {
    const message = await tx.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst()
    if (!message?.appeal_id || message.template !== 'answer') return
    const ctx = { tx, group: services.group, now: now() }
    const delivered = message.status === 'sent'
    const evidence: DispatchEvidence = { way: 'email', messageId: message.message_id, response: message.outcome ?? '' }
    await onceOnly(() => delivered
      ? advanceAppeal(ctx, { appeal: message.appeal_id!, action: 'confirm_dispatch', by: asSystem, decide: () => ({ evidence }) })
      : advanceAppeal(ctx, { appeal: message.appeal_id!, action: 'fail_dispatch', by: asSystem, decide: () => ({ reason: message.outcome ?? message.status }) }))
  })
}

/** A letter to the applicant, where there is an address to write to. */
function tellApplicant<N extends LetterName, A extends Action>(template: N, facts: (r: Reacting<A>) => LetterFacts[N]): Reaction<A> {
  return async (reacting) => {
    const { record, services, tx } = reacting
    const email = record.contents.applicant_email
    if (!email) return
    await putMessage(tx, {
      cause: `${template}:${record.line.id}:${reacting.fact.seq}`, appealId: record.line.id, template, recipient: email,
      language: record.line.language, ...letter(template, record.line.language, facts(reacting)), now: reacting.now, config: services.config,
    })
  }
}

/** п. 7.7: whoever asked for the letter in person is told that it lies ready. */
async function tellPickup(reacting: Reacting<'sign_letter'>): Promise<void> {
  const { record: { appeal, line }, services: { group } } = reacting
  const { letter } = appeal
  if (!letter?.signature || appeal.answerWay !== 'pickup') return
  const { name, phone, letterhead } = group.organizations.get(letter.organization)!
  await tellApplicant<'pickup_ready', 'sign_letter'>('pickup_ready', (r) => ({
    ...common(r), letter: letter.number.number, organization: name[line.language], address: letterhead.address[line.language], phone,
  }))(reacting)
}

/** п. 11.6.6: the feedback mailbox gets a copy of everything written by the feedback form; papers have a journal of their own. */
async function copyToMailbox({ record, services, tx, now }: Reacting): Promise<void> {
  const { line, contents, files } = record
  if (record.appeal.numbers[0]?.journal !== 'feedback') return
  await putMessage(tx, {
    cause: `mailbox_copy:${line.id}`, appealId: line.id, template: 'mailbox_copy', recipient: services.group.feedback.mailbox,
    language: 'ru', now, config: services.config, attachments: files.map((file) => file.id),
    ...letter('mailbox_copy', 'ru', {
      number: line.number, subject: contents.subject, name: contents.applicant_name, address: contents.applicant_address,
      phone: contents.applicant_phone ?? '—', email: contents.applicant_email ?? '—', kind: vocabulary.ru.kinds[line.kind],
      text: contents.body, files: files.length, deskUrl: `${services.config.publicUrl}/desk/appeals/${line.id}`,
    }),
  })
}

/** п. 11.6.13: the answer leaves by e-mail; a call has already been made. */
async function sendAnswer(reacting: Reacting<'dispatch_reply'>): Promise<void> {
  const { record, services, tx, fact } = reacting
  const { appeal, contents, line, texts } = record
  const task = appeal.reply && taskOf(appeal, appeal.reply.task)
  if (fact.data.way !== 'email' || !task || !contents.applicant_email) return
  const files = record.files.filter((file) => file.task === task.id && file.part !== 'aside')
  await putMessage(tx, {
    cause: `answer:${line.id}:${fact.seq}`, appealId: line.id, template: 'answer', recipient: contents.applicant_email,
    language: line.language, now: reacting.now, config: services.config, attachments: files.map((file) => file.id),
    ...letter('answer', line.language, {
      ...common(reacting), subject: contents.subject, text: replyText(texts.get(versionOf(task)?.digest ?? '') ?? ''), files: files.length,
      organization: services.group.organizations.get(task.organization)!.name[line.language],
    }),
  })
}

/** The task is closed by itself when whoever sent the answer asked for it and it has been delivered. */
async function closeIfAsked({ services, tx, now, record }: Reacting<'dispatch_reply' | 'confirm_dispatch'>): Promise<void> {
  const { dispatch } = record.appeal
  if (record.appeal.state !== 'dispatched' || dispatch?.status !== 'delivered' || !dispatch.closeAfter) return
  await onceOnly(() => advanceAppeal({ tx, now, group: services.group }, { appeal: record.line.id, action: 'close', by: asSystem, decide: () => ({}) }))
}

/** A step already taken by an earlier run of the same reaction is no error. */
async function onceOnly(step: () => Promise<unknown>): Promise<void> {
  try {
    await step()
  } catch (error) {
    if (!(error instanceof Refusal && ['out_of_turn', 'not_your_step'].includes(error.code))) throw error
  }
}

function common({ record, services }: Reacting): { number: string; url: string } {
  return { number: record.line.number, url: trackingUrl(services.config, record.line.language, record.line) }
}

function confirmationFacts(reacting: Reacting): LetterFacts['confirmation'] {
  const { record: { line, contents, appeal }, services: { group } } = reacting
  const organization = group.organizations.get(line.organization_id)!
  return {
    ...common(reacting), subject: contents.subject, dueOn: formatDate(bindingTerm(group, appeal).dueOn.toString(), line.language),
    organization: organization.name[line.language], phone: organization.phone,
  }
}

function extendedFacts(reacting: Reacting<'extend_term'>): LetterFacts['extended'] {
  const { record: { line, appeal }, services: { group }, fact } = reacting
  return { ...common(reacting), reason: fact.data.reason, dueOn: formatDate(bindingTerm(group, appeal).dueOn.toString(), line.language) }
}

function redirectedFacts(reacting: Reacting<'redirect'>): LetterFacts['redirected'] {
  const { record: { line }, services: { group }, fact: { data } } = reacting
  const to = 'outside' in data.to ? data.to.outside : group.organizations.get(data.to.organization)!.name[line.language]
  return { ...common(reacting), to, reason: data.reason }
}
