import type { Transaction } from 'kysely'
import { taskStatus, versionStatus, type AppealCase, type Letter, type Task, type Version } from '../../regulation/appeal-case.ts'
import type { DispatchEvidence, Fact } from '../../regulation/appeal-facts.ts'
import type { Vote } from '../../regulation/approvals.ts'
import { termState, type Clock, type TermStep, type Terms } from '../../regulation/deadlines.ts'
import { organizationOf, readHolder, type Holder } from '../../regulation/holders.ts'
import { actionsFor, clauseOf, waitsFor } from '../../regulation/lifecycle.ts'
import type { Original } from '../../regulation/originals.ts'
import type { PersonId } from '../../regulation/vocabulary.ts'
import type { Config } from '../config.ts'
import { letterUrl } from '../tracking/letter-code.ts'
import type { RequestContext } from '../operation.ts'
import { findNames } from '../people/find-names.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { bindingTerm, calendarOf, termsOf } from './appeal-terms.ts'
import { findLinked, type AppealLine, type AppealRecord, type WorkLine } from './find-appeal.ts'
import type { AppealLineView, CardView, TermsView, WorkLineView } from './views.ts'

type Seeing = Pick<RequestContext, 'group' | 'now'>
type Named = (id: PersonId) => { id: PersonId; name: string }

/** A term as it stands today, or as it stood on the day of the answer. */
export function chipOf(seeing: Seeing, appeal: AppealCase): CardView['term'] {
  const answered = appeal.dispatch?.status === 'delivered' ? dateOf(appeal.dispatch.at) : undefined
  return chip(seeing, bindingTerm(seeing.group, appeal).dueOn, answered ?? (appeal.closedAt && dateOf(appeal.closedAt)))
}

function chip({ group, now }: Seeing, dueOn: Temporal.PlainDate, frozenOn: Temporal.PlainDate | undefined): CardView['term'] {
  const standing = termState(calendarOf(group), dueOn, frozenOn ?? dateOf(now))
  const state = frozenOn ? (standing.state === 'late' ? 'missed' : 'met') : standing.state
  return { dueOn: dueOn.toString(), state, workingDaysLeft: standing.workingDaysLeft }
}

export function lineView(seeing: Seeing, line: AppealLine): AppealLineView {
  return {
    id: line.id, number: line.number, organization: line.organization_id, channel: line.channel, kind: line.kind,
    state: line.state, receivedAt: line.received_at.toString(), subject: line.subject, applicantName: line.applicant_name,
    term: chip(seeing, line.due_on ?? dateOf(line.received_at), line.answered_on ?? undefined),
  }
}

export function workView(seeing: Seeing, line: WorkLine): WorkLineView {
  return {
    ...lineView(seeing, line), term: chip(seeing, line.step_due_on, undefined), queue: line.queue as WorkLineView['queue'],
    ...(line.task > 0 && { task: line.task }), since: line.since.toString(),
  }
}

export function termsView(terms: Terms): TermsView {
  return {
    binding: terms.binding.policyId, dueOn: terms.binding.dueOn.toString(),
    clocks: terms.clocks.map((clock) => clockView(clock, clock.policyId === terms.binding.policyId)),
  }
}

function clockView(clock: Clock, binding: boolean): TermsView['clocks'][number] {
  return {
    policy: clock.policyId, source: clock.source, ground: clock.ground, amount: clock.amount, unit: clock.unit,
    startsFrom: clock.startsFrom, startDate: clock.startDate.toString(), dueOn: clock.dueOn.toString(),
    originalDueOn: clock.originalDueOn.toString(), binding,
    ...(clock.extension && { extendedTo: clock.extension.amount }),
    ...(clock.extensionLimit !== undefined && { extensionLimit: clock.extensionLimit }),
    steps: clock.steps.map(stepView),
  }
}

function stepView(step: TermStep): TermsView['clocks'][number]['steps'][number] {
  return {
    kind: step.kind, date: step.date.toString(),
    ...('from' in step && { from: step.from.toString() }),
    ...('count' in step && { count: step.count }),
    ...('reason' in step && step.reason && { reason: step.reason }),
    ...('order' in step && { order: { ...step.order, at: step.order.at.toString() } }),
  }
}

/** The whole card of one appeal, as these holders see it. */
export async function cardOf(
  seeing: Seeing & { readonly tx: Transaction<DB>; readonly config: Config }, holders: ReadonlySet<Holder>, { line, contents, history, appeal, texts, files }: AppealRecord,
): Promise<CardView> {
  const [linked, named] = await Promise.all([findLinked(seeing.tx, line.id), findNames(seeing.tx, peopleOf(history))])
  const fileViews = files.filter((file) => file.part !== 'aside').map((file) => ({ task: file.task, view: { id: file.id, name: file.name, mediaType: file.media_type, size: file.size_bytes } }))
  const filesOf = (task: number | null) => fileViews.filter((file) => file.task === task).map((file) => file.view)
  const tasks = appeal.tasks.map((task) => taskView(task, texts, named, filesOf(task.id)))
  const replied = appeal.reply && tasks.find((task) => task.id === appeal.reply!.task)
  const { dispatch, resolution } = appeal
  return {
    id: line.id, number: line.number, numbers: [...appeal.numbers], state: appeal.state, organization: appeal.organization,
    channel: appeal.channel, kind: appeal.kind, language: appeal.language, answerWay: appeal.answerWay,
    receivedAt: appeal.receivedAt.toString(), registeredAt: appeal.registeredAt.toString(),
    subject: contents.subject, body: contents.body,
    applicant: {
      group: contents.applicant_group, name: contents.applicant_name, address: contents.applicant_address,
      ...(contents.applicant_email && { email: contents.applicant_email }),
      ...(contents.applicant_phone && { phone: contents.applicant_phone }),
      ...(contents.applicant_identifier && { identifier: contents.applicant_identifier }),
      ...(contents.applicant_account && { account: contents.applicant_account }),
      ...(contents.outgoing_number && { outgoingNumber: contents.outgoing_number }),
      ...(contents.outgoing_on && { outgoingOn: contents.outgoing_on.toString() }),
    },
    files: filesOf(null), lacks: [...appeal.lacks], noWrittenReply: appeal.noWrittenReply,
    ...(appeal.acknowledged && { acknowledged: appeal.acknowledged }),
    ...(appeal.original && { original: originalView(appeal.original, named) }),
    term: chipOf(seeing, appeal),
    terms: termsView(termsOf(seeing.group, appeal)),
    ...(appeal.extension && { extension: { ...appeal.extension, by: whoIs(appeal.extension.by, named), at: appeal.extension.at.toString() } }),
    ...(appeal.extensionAsked && { extensionAsked: { ...appeal.extensionAsked, by: whoIs(appeal.extensionAsked.by, named) } }),
    ...(resolution && {
      resolution: {
        text: resolution.text, dueOn: resolution.dueOn, by: whoIs(resolution.by, named), at: resolution.at.toString(),
        executors: resolution.executors.map((e) => ({ unit: e.unit, ...(e.person && { person: named(e.person) }) })),
        ...(resolution.controller && { controller: named(resolution.controller) }),
      },
    }),
    tasks,
    ...(replied && {
      reply: { task: replied.id, version: appeal.reply!.version, body: replied.versions.at(-1)?.body ?? '', files: replied.files },
    }),
    ...(dispatch && {
      dispatch: {
        status: dispatch.status, way: dispatch.way,
        ...(dispatch.status === 'delivered' && { at: dispatch.at.toString() }),
        ...(dispatch.status === 'failed' && { reason: dispatch.reason }),
        ...(dispatch.status === 'delivered' && told(dispatch.evidence)),
      },
    }),
    letterRequired: appeal.letterRequired,
    ...(appeal.letter && { letter: letterView(seeing, line.id, appeal.letter, named) }),
    signing: { eds: seeing.config.ncanodeUrl !== undefined, development: seeing.config.signDevelopment },
    ...(appeal.rating && { rating: appeal.rating }),
    ...(appeal.repeatOf && { repeatOf: { id: appeal.repeatOf, number: line.repeat_of_number ?? '' } }),
    ...(appeal.joinedTo && { joinedTo: { id: appeal.joinedTo.main, number: appeal.joinedTo.number } }),
    linked,
    ...(appeal.redirectedTo && { redirectedTo: 'outside' in appeal.redirectedTo ? appeal.redirectedTo.outside : appeal.redirectedTo.organization }),
    timeline: history.map((fact) => ({
      seq: fact.seq, at: fact.at.toString(), ...(fact.by && { by: named(fact.by) }), as: fact.as, action: fact.action, people: namedBy(fact).map(named),
      clause: clauseOf(fact.action, appeal), data: fact.data as Record<string, unknown>,
    })),
    actions: actionsFor(holders, appeal),
    waiting: waitsFor(appeal).map((w) => ({
      queue: w.queue, holder: w.holder, who: whoIs(w.holder, named), ...(w.task !== undefined && { task: w.task }),
    })),
    seen: appeal.lastSeq,
  }
}

function originalView({ keeper, offered, person, returnOn, since, unit, shelf, sheets, caseFile, destroyedBy }: Original, named: Named): NonNullable<CardView['original']> {
  return {
    sheets, keeper: organizationOf(keeper), ...(unit && { unit }), ...(shelf && { shelf }), ...(person && { person: named(person) }), since: since.toString(),
    ...(returnOn && { returnOn: returnOn.toString() }),
    ...(offered && {
      offered: {
        to: named(offered.to), unit: offered.unit, at: offered.at.toString(), purpose: offered.purpose,
        ...(offered.returnOn && { returnOn: offered.returnOn.toString() }),
      },
    }),
    ...(caseFile && { caseFile }), ...(destroyedBy && { destroyedBy }),
  }
}

/** What the evidence of an answer tells beside its way and day. */
function told(evidence: DispatchEvidence): Partial<NonNullable<CardView['dispatch']>> {
  switch (evidence.way) {
    case 'phone':
      return { said: evidence.said }
    case 'none':
      return { granted: evidence.granted }
    case 'pickup':
      return { to: evidence.to, ...(evidence.receipt && { receipt: evidence.receipt }) }
    case 'post':
      return evidence.postNumber ? { postNumber: evidence.postNumber } : {}
    case 'email':
      return {}
  }
}

function letterView({ config }: { readonly config: Config }, id: number, letter: Letter, named: Named): NonNullable<CardView['letter']> {
  const { number, at, signatory, file, digest, signature, seq } = letter
  return {
    number: number.number, issuedAt: at.toString(), signatory: named(signatory), file, digest, checkUrl: letterUrl(config, 'ru', id, seq),
    ...(signature && {
      signature: { way: signature.way, ...(signature.way === 'eds' && { subject: signature.subject }), file: signature.way === 'handwritten' ? signature.scan : file },
    }),
  }
}

function taskView(task: Task, texts: ReadonlyMap<string, string>, named: Named, files: CardView['files']): CardView['tasks'][number] {
  const { explanation } = task
  return {
    id: task.id, kind: task.kind, organization: task.organization, text: task.text,
    executors: task.executors.map((e) => ({ unit: e.unit, ...(e.person && { person: named(e.person) }) })),
    ...(task.controller && { controller: named(task.controller) }),
    observers: [...task.observers], dueOn: task.dueOn.toString(), status: taskStatus(task),
    contributions: task.contributions.map((c) => ({ unit: c.unit, by: named(c.by), at: c.at.toString(), text: c.text })),
    versions: task.versions.map((version) => versionView(version, texts, named)),
    files,
    ...(task.returned && { returned: task.returned.reason }),
    ...(typeof explanation === 'object' && { explanationReturned: explanation.returned }),
  }
}

function versionView(version: Version, texts: ReadonlyMap<string, string>, named: Named): CardView['tasks'][number]['versions'][number] {
  const status = versionStatus(version)
  const vote = (v: Vote) => ({
    step: v.step, verdict: v.verdict, by: named(v.by), at: v.at.toString(),
    ...(v.comment && { comment: v.comment }), ...(v.correction && { correction: texts.get(v.correction) ?? '' }),
  })
  return {
    number: version.number, author: named(version.author), at: version.at.toString(), body: texts.get(version.digest) ?? '',
    status: status.status,
    steps: version.steps.map((step) => {
      const cast = version.votes.find((v) => v.step === step.kind)
      return {
        kind: step.kind, waiting: status.status === 'pending' && status.open.some((one) => one.kind === step.kind), ...(cast && { vote: vote(cast) }),
      }
    }),
    votes: version.votes.map(vote),
    questions: version.questions.map(({ text, answered }) => ({ text, answered })),
  }
}

/** A person by name; a role is left as its holder's word, which the screens put into the reader's language. */
function whoIs(holder: Holder, named: Named): string {
  const read = readHolder(holder)
  return 'person' in read ? named(read.person).name : holder
}

function peopleOf(history: readonly Fact[]): PersonId[] {
  return history.flatMap((fact) => [...(fact.by ? [fact.by] : []), ...namedBy(fact)])
}

/** Whom a fact names beside its author. */
function namedBy(fact: Fact): PersonId[] {
  const data = fact.data as { executor?: string; specialist?: string; controller?: string; signatory?: string; to?: unknown }
  const receiver = fact.action === 'hand_over_original' ? String(data.to) : undefined
  return [data.executor, data.specialist, data.controller, data.signatory, receiver].filter((id): id is string => Boolean(id))
}
