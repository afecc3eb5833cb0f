import type { DispatchEvidence, ExecutorPlace, Fact, FactData, GivenNumber, DispatchWay, LetterSignature } from './appeal-facts.ts'
import { approvalStatus, withLawyers, type ApprovalStatus, type ApprovalStep, type Vote } from './approvals.ts'
import { holder, person, type Holder } from './holders.ts'
import { bornOriginal, foldOriginal, type Original } from './originals.ts'
import type { AnswerWay, AppealId, AppealKind, Channel, Language, OrganizationId, PersonId, UnitId } from './vocabulary.ts'

/** The places on an appeal's way. Terminal ones stand last. */
export const appealStates = [
  'registered', 'on_resolution', 'in_progress', 'reply_approved', 'dispatched',
  'closed', 'redirected', 'joined', 'dismissed', 'withdrawn', 'annulled',
] as const
export type AppealState = (typeof appealStates)[number]

export type Version = {
  readonly number: number
  readonly author: PersonId
  readonly at: Temporal.Instant
  readonly digest: string
  readonly steps: readonly ApprovalStep[]
  readonly votes: readonly Vote[]
  readonly questions: NonNullable<FactData['submit_version']['questions']>
}

export type Task = {
  readonly id: number
  readonly kind: 'task' | 'inquiry'
  readonly organization: OrganizationId
  /** The task's order or the inquiry's question. */
  readonly text: string
  /** In the order of the resolution: the first leads and answers for the term, п. 7.3 */
  readonly executors: readonly ExecutorPlace[]
  readonly controller?: PersonId | undefined
  readonly observers: readonly Holder[]
  readonly executive: Holder
  readonly setBy: Holder
  readonly dueOn: Temporal.PlainDate
  readonly contributions: readonly { readonly unit: UnitId; readonly by: PersonId; readonly at: Temporal.Instant; readonly text: string }[]
  readonly versions: readonly Version[]
  readonly returned?: { readonly reason: string } | undefined
  readonly explanation?: 'accepted' | { readonly returned: string } | undefined
}

/** п. 7.6 */
export type Letter = FactData['issue_letter'] & {
  /** The fact that issued it: its public page is found by it. */
  readonly seq: number
  readonly at: Temporal.Instant
  readonly signature?: LetterSignature | undefined
}

export type AppealCase = {
  readonly state: AppealState
  readonly organization: OrganizationId
  readonly channel: Channel
  readonly kind: AppealKind
  readonly language: Language
  readonly answerWay: AnswerWay
  readonly receivedAt: Temporal.Instant
  readonly registeredAt: Temporal.Instant
  readonly repeatOf?: AppealId | undefined
  readonly clauses?: FactData['register']['clauses']
  readonly lacks: NonNullable<FactData['register']['lacks']>
  readonly noWrittenReply: boolean
  /** What was given to whoever brought the paper, п. 4.4 */
  readonly acknowledged?: FactData['acknowledge_receipt']['by'] | undefined
  /** Who has yet to take note: of the resolution, п. 6.3, or of the answer's copy, п. 5.6, 6.4 */
  readonly toTakeNote: readonly Holder[]
  /** The paper itself: where it lies and who has it, п. 4.7–4.8; absent: there is none. */
  readonly original?: Original | undefined
  readonly numbers: readonly GivenNumber[]
  readonly handlers: readonly Holder[]
  /** Everybody whom the history named: they may read. Grows, never shrinks. */
  readonly readers: ReadonlySet<Holder>
  readonly executive?: Holder | undefined
  readonly resolution?: (FactData['impose_resolution'] & { readonly by: Holder; readonly at: Temporal.Instant }) | undefined
  readonly tasks: readonly Task[]
  /** Which task's approved version is the answer to the applicant. */
  readonly reply?: { readonly task: number; readonly version: number } | undefined
  /** The answer must leave as a signed letter, п. 7.6 */
  readonly letterRequired: boolean
  /** The reply on the letterhead; absent: it is not made out, or was taken back. */
  readonly letter?: Letter | undefined
  readonly extensionAsked?: (FactData['request_extension'] & { readonly by: Holder }) | undefined
  readonly extension?: { readonly workingDays: number; readonly reason: string; readonly by: Holder; readonly at: Temporal.Instant } | undefined
  readonly dispatch?:
    | { readonly status: 'sending'; readonly way: DispatchWay; readonly closeAfter: boolean; readonly message?: string | undefined }
    | { readonly status: 'failed'; readonly way: DispatchWay; readonly reason: string }
    | { readonly status: 'delivered'; readonly way: DispatchWay; readonly at: Temporal.Instant; readonly closeAfter: boolean; readonly evidence: DispatchEvidence }
    | undefined
  readonly joinedTo?: { readonly main: AppealId; readonly number: string } | undefined
  readonly redirectedTo?: FactData['redirect']['to'] | undefined
  readonly closedAt?: Temporal.Instant | undefined
  readonly rating?: { readonly score: number; readonly comment?: string | undefined } | undefined
  readonly lastSeq: number
}

/** Folds a whole history. The first fact must be `register`; a history without one is no appeal. */
export function foldCase(history: readonly Fact[]): AppealCase {
  const [first, ...rest] = history
  if (first?.action !== 'register') throw new TypeError('a history begins with its registration')
  return rest.reduce(foldFact, born(first))
}

/** The case after one more fact. */
export function foldFact(before: AppealCase, fact: Fact): AppealCase {
  const original = before.original && foldOriginal(before.original, fact)
  const after = { ...before, ...change(before, fact), ...(original && { original }), lastSeq: fact.seq }
  return { ...after, readers: new Set([...before.readers, ...readersNamedBy(fact)]) }
}

function born(fact: Fact<'register'>): AppealCase {
  const { data } = fact
  return {
    state: 'registered', organization: data.organization, channel: data.channel, kind: data.kind,
    language: data.language, answerWay: data.answerWay, receivedAt: Temporal.Instant.from(data.receivedAt),
    registeredAt: fact.at, repeatOf: data.repeatOf, numbers: [data.number], handlers: data.handlers, clauses: data.clauses,
    lacks: data.lacks ?? [], noWrittenReply: data.noWrittenReply ?? false, letterRequired: data.letterRequired ?? false, toTakeNote: [],
    ...(data.sheets !== undefined && { original: bornOriginal(fact) }),
    readers: new Set([...data.handlers, ...data.readers]), tasks: [], lastSeq: fact.seq,
  }
}

function change(before: AppealCase, fact: Fact): Partial<AppealCase> {
  switch (fact.action) {
    case 'register':
      throw new TypeError('an appeal is registered once')
    case 'send_for_resolution':
      return {
        state: 'on_resolution', organization: fact.data.organization, executive: fact.data.executive,
        resolution: undefined, numbers: withNumber(before, fact.data.number),
      }
    case 'return_for_triage':
      return { state: before.tasks.some((task) => !task.returned) ? 'in_progress' : 'registered', executive: undefined, resolution: undefined }
    case 'redirect':
      return 'outside' in fact.data.to
        ? { state: 'redirected', redirectedTo: fact.data.to, closedAt: fact.at }
        : {
            state: 'on_resolution', organization: fact.data.to.organization, executive: fact.data.to.executive,
            handlers: fact.data.to.handlers ?? before.handlers, resolution: undefined, redirectedTo: fact.data.to, numbers: withNumber(before, fact.data.number),
          }
    case 'join':
      return { state: 'joined', joinedTo: { main: fact.data.main, number: fact.data.mainNumber }, closedAt: fact.at }
    case 'dismiss':
      return { state: 'dismissed', closedAt: fact.at }
    case 'restore':
      return { state: 'registered', closedAt: undefined, joinedTo: undefined }
    case 'withdraw':
      return { state: 'withdrawn', closedAt: fact.at }
    case 'impose_resolution':
      return {
        state: 'in_progress', resolution: { ...fact.data, by: who(fact), at: fact.at },
        toTakeNote: [...new Set([...before.toTakeNote, ...(fact.data.informed ?? [])])],
      }
    case 'take_note':
      return { toTakeNote: before.toTakeNote.filter((one) => one !== fact.as) }
    case 'acknowledge_receipt':
      return { acknowledged: fact.data.by }
    case 'annul':
      return { state: 'annulled', closedAt: fact.at }
    case 'assign_task':
      return { tasks: [...before.tasks, newTask(before, fact)] }
    case 'send_inquiry':
      return {
        state: before.state === 'registered' ? 'in_progress' : before.state,
        tasks: [...before.tasks, newInquiry(before, fact)], numbers: withNumber(before, fact.data.number),
      }
    case 'name_executor':
    case 'delegate':
      return inTask(before, fact.data.task, (task) => ({
        executors: task.executors.map((e) => e.unit === fact.data.unit ? { ...e, person: fact.data.executor } : e),
      }))
    case 'return_task':
      return inTask(before, fact.data.task, () => ({ returned: { reason: fact.data.reason } }))
    case 'contribute':
      return inTask(before, fact.data.task, (task) => ({
        contributions: [...task.contributions, { unit: fact.data.unit, by: fact.by ?? '', at: fact.at, text: fact.data.text }],
      }))
    case 'submit_version':
      return inTask(before, fact.data.task, (task) => ({
        explanation: undefined,
        versions: [...task.versions, {
          number: fact.data.version, author: fact.by ?? '', at: fact.at, digest: fact.data.digest,
          steps: fact.data.steps, votes: [], questions: fact.data.questions ?? [],
        }],
      }))
    case 'endorse':
      return afterVote(fact.data.lawyers ? { ...before, ...askLawyers(before, fact.data.task, fact.data.lawyers) } : before, fact.data.task, {
        step: fact.data.step, verdict: 'approve', by: fact.by ?? '', at: fact.at, comment: fact.data.comment,
      })
    case 'return_version':
      return afterVote(before, fact.data.task, {
        step: fact.data.step, verdict: 'return', by: fact.by ?? '', at: fact.at, comment: fact.data.comment,
        correction: fact.data.correction,
      })
    case 'accept_explanation': {
      const accepted = inTask(before, fact.data.task, () => ({ explanation: 'accepted' as const }))
      const version = versionOf(taskOf(before, fact.data.task))
      return fact.data.asReply && version
        ? { ...accepted, state: 'reply_approved', reply: { task: fact.data.task, version: version.number } }
        : accepted
    }
    case 'return_explanation':
      return inTask(before, fact.data.task, () => ({ explanation: { returned: fact.data.comment } }))
    case 'return_reply':
      return { ...reopenReply(before, fact.data.comment), state: 'in_progress', reply: undefined, letter: undefined, dispatch: undefined }
    case 'issue_letter':
      return { letter: { ...fact.data, seq: fact.seq, at: fact.at }, numbers: withNumber(before, fact.data.number) }
    case 'sign_letter':
      return { letter: before.letter && { ...before.letter, signature: fact.data.signature } }
    case 'request_extension':
      return { extensionAsked: { ...fact.data, by: who(fact) } }
    case 'refuse_extension':
      return { extensionAsked: undefined }
    case 'extend_term':
      return {
        extensionAsked: undefined,
        extension: { workingDays: fact.data.workingDays, reason: fact.data.reason, by: who(fact), at: fact.at },
      }
    case 'dispatch_reply':
      return { toTakeNote: [...new Set([...before.toTakeNote, ...(fact.data.copies ?? [])])], ...afterDispatch(fact) }
    case 'confirm_dispatch':
      return {
        state: 'dispatched',
        dispatch: {
          status: 'delivered', way: fact.data.evidence.way, at: fact.at, closeAfter: closesAfter(before), evidence: fact.data.evidence,
        },
      }
    case 'fail_dispatch':
      return { dispatch: { status: 'failed', way: before.dispatch?.way ?? before.answerWay, reason: fact.data.reason } }
    case 'report_bounce':
      return { state: 'reply_approved', closedAt: undefined, dispatch: { status: 'failed', way: before.dispatch?.way ?? before.answerWay, reason: fact.data.reason } }
    case 'close':
      return { state: 'closed', closedAt: fact.at }
    case 'reopen':
      return {
        state: 'dispatched', closedAt: undefined,
        dispatch: before.dispatch?.status === 'delivered' ? { ...before.dispatch, closeAfter: false } : before.dispatch,
      }
    case 'rate':
      return { rating: fact.data }
    case 'add_note':
    case 'keep_original':
    case 'hand_over_original':
    case 'accept_original':
    case 'refuse_original':
    case 'file_original':
    case 'destroy_original':
      return {}
  }
}

/** With its evidence the answer is given; an e-mail's comes later. */
function afterDispatch({ at, data: { way, evidence, closeAfter, message } }: Fact<'dispatch_reply'>): Partial<AppealCase> {
  return evidence
    ? { state: 'dispatched', dispatch: { status: 'delivered', way, at, closeAfter, evidence } }
    : { dispatch: { status: 'sending', way, closeAfter, message } }
}

function newTask(before: AppealCase, fact: Fact<'assign_task'>): Task {
  const { dueOn, ...data } = fact.data
  return {
    ...data, id: before.tasks.length + 1, kind: 'task', setBy: fact.as, dueOn: Temporal.PlainDate.from(dueOn),
    contributions: [], versions: [],
  }
}

function newInquiry(before: AppealCase, fact: Fact<'send_inquiry'>): Task {
  const { organization, unit, specialist, question, dueOn, observers, executive } = fact.data
  return {
    id: before.tasks.length + 1, kind: 'inquiry', organization, text: question, observers, executive,
    executors: [{ unit, person: specialist }], setBy: fact.as, dueOn: Temporal.PlainDate.from(dueOn),
    contributions: [], versions: [],
  }
}

function askLawyers(before: AppealCase, id: number, lawyers: Holder): Pick<AppealCase, 'tasks'> {
  return inTask(before, id, (task) => ({ versions: task.versions.map((v, i) => (i === task.versions.length - 1 ? { ...v, steps: withLawyers(v.steps, lawyers) } : v)) }))
}

/** A vote on the last version; the last approval of a task's version makes it the answer. */
function afterVote(before: AppealCase, id: number, vote: Vote): Partial<AppealCase> {
  const voted = inTask(before, id, (task) => ({
    versions: task.versions.map((v, i) => i === task.versions.length - 1 ? { ...v, votes: [...v.votes, vote] } : v),
  }))
  const task = taskOf({ ...before, ...voted }, id)
  const version = versionOf(task)
  return task?.kind === 'task' && version && versionStatus(version).status === 'approved'
    ? { ...voted, state: 'reply_approved', reply: { task: id, version: version.number } }
    : voted
}

/** The approved answer goes back to its author: as a returned explanation, or as the last vote turned round. */
function reopenReply(before: AppealCase, comment: string): Partial<AppealCase> {
  return before.reply ? inTask(before, before.reply.task, () => ({ explanation: { returned: comment } })) : {}
}

function inTask(before: AppealCase, id: number, alter: (task: Task) => Partial<Task>): Pick<AppealCase, 'tasks'> {
  return { tasks: before.tasks.map((task) => (task.id === id ? { ...task, ...alter(task) } : task)) }
}

function readersNamedBy(fact: Fact): readonly Holder[] {
  switch (fact.action) {
    case 'send_for_resolution':
      return [fact.data.executive]
    case 'redirect':
      return 'executive' in fact.data.to ? [fact.data.to.executive, ...(fact.data.to.handlers ?? [])] : []
    case 'impose_resolution':
      return [...fact.data.taskSetters, ...(fact.data.informed ?? []), ...optional(fact.data.controller)]
    case 'hand_over_original':
      return [person(fact.data.to)]
    case 'assign_task':
      return [
        ...fact.data.observers, ...optional(fact.data.controller),
        ...fact.data.executors.flatMap((e) => [
          holder('unit_head', fact.data.organization, e.unit), ...optional(e.person),
        ]),
      ]
    case 'send_inquiry':
      return [
        ...fact.data.observers, person(fact.data.specialist), holder('unit_head', fact.data.organization, fact.data.unit),
      ]
    case 'name_executor':
    case 'delegate':
      return [person(fact.data.executor)]
    case 'submit_version':
      return fact.data.steps.flatMap((step) => step.holders)
    case 'endorse':
      return fact.data.lawyers ? [fact.data.lawyers] : []
    case 'issue_letter':
      return [fact.data.executive]
    case 'dispatch_reply':
      return fact.data.copies ?? []
    default:
      return []
  }
}

const closesAfter = ({ dispatch }: AppealCase): boolean => dispatch !== undefined && dispatch.status !== 'failed' && dispatch.closeAfter
const optional = (id: PersonId | undefined): Holder[] => (id ? [person(id)] : [])
const who = (fact: Fact): Holder => (fact.by ? person(fact.by) : fact.as)
const withNumber = (before: AppealCase, number: GivenNumber | undefined) =>
  number ? [...before.numbers, number] : before.numbers

export const taskOf = (appeal: Pick<AppealCase, 'tasks'>, id: number): Task | undefined =>
  appeal.tasks.find((task) => task.id === id)
export const versionOf = (task: Task | undefined): Version | undefined => task?.versions.at(-1)
export const leadOf = (task: Task): ExecutorPlace => task.executors[0]!

export const versionStatus = (version: Version): ApprovalStatus => approvalStatus(version.steps, version.votes)

/** Where one task stands, derived from its facts. */
export type TaskStatus = 'to_name' | 'drafting' | 'endorsing' | 'to_correct' | 'explained' | 'done' | 'returned'
export function taskStatus(task: Task): TaskStatus {
  if (task.returned) return 'returned'
  if (!leadOf(task).person) return 'to_name'
  if (task.explanation === 'accepted') return 'done'
  if (task.explanation) return 'to_correct'
  const version = versionOf(task)
  if (!version) return 'drafting'
  const { status } = versionStatus(version)
  if (status === 'pending') return 'endorsing'
  if (status === 'returned') return 'to_correct'
  return task.kind === 'inquiry' ? 'explained' : 'done'
}
