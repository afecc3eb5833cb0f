import type { ApprovalStep, ApprovalStepKind } from './approvals.ts'
import type { ClauseNumber } from './clauses.ts'
import type { Holder } from './holders.ts'
import type { Lack } from './paper-form.ts'
import type { AnswerWay, AppealId, AppealKind, Channel, Language, OrganizationId, PersonId, UnitId } from './vocabulary.ts'

/** ISO 8601 text, as the event log keeps it. */
type IsoInstant = string
type IsoDate = string

/** A number an appeal received, in whose journal. One appeal keeps every number it ever got. */
export type GivenNumber = {
  readonly organization: OrganizationId
  readonly journal: Journal
  readonly number: string
}
export const journals = ['feedback', 'incoming', 'e_chancellery', 'outgoing'] as const
export type Journal = (typeof journals)[number]

/** Under which clauses an appeal is registered, sent for a resolution and made a task, by the route it came on. */
export type RouteClauses = { readonly register: ClauseNumber; readonly resolution: ClauseNumber; readonly task: ClauseNumber }

export type ExecutorPlace = { readonly unit: UnitId; readonly person?: PersonId | undefined }

/** Evidence that the answer reached the channel it left by; п. 7.7, 11.6.4, 11.6.13 */
export type DispatchEvidence =
  | { readonly way: 'email'; readonly messageId: string; readonly response: string }
  | { readonly way: 'phone'; readonly calledAt: IsoInstant; readonly said: string }
  | { readonly way: 'post'; readonly sentOn: IsoDate; readonly postNumber?: string | undefined }
  /** `receipt`: the scan of the receipt they signed. */
  | { readonly way: 'pickup'; readonly handedOn: IsoDate; readonly to: string; readonly receipt?: string | undefined }
  /** Form 3: the application was granted, and its author had asked for no letter. */
  | { readonly way: 'none'; readonly granted: string }

/** How a letter was signed; `digest` is of the bytes that were signed, hex SHA-256. */
export type LetterSignature =
  | { readonly way: 'handwritten'; readonly digest: string; readonly scan: string }
  | {
      readonly way: 'eds'; readonly digest: string; readonly cms: string; readonly subject: string; readonly identifier?: string | undefined
      readonly signedAt?: IsoInstant | undefined
    }
  /** For demonstration and tests only, and marked so wherever it is shown. */
  | { readonly way: 'development'; readonly digest: string }

export type DispatchWay = DispatchEvidence['way']
export const dispatchWays = ['email', 'phone', 'post', 'pickup', 'none'] as const satisfies readonly DispatchWay[]

/**
 * Everything that can happen to an appeal. These are the only facts kept of its way; state, tasks, queues and
 * readers are folded from them (`appeal-case.ts`). Holders are resolved when the fact is written, so a history
 * reads the same after the organization chart has changed.
 */
export type FactData = {
  register: {
    organization: OrganizationId
    channel: Channel
    kind: AppealKind
    language: Language
    answerWay: AnswerWay
    receivedAt: IsoInstant
    number: GivenNumber
    /** Who triages it and gives the final answer, п. 11.6.1 */
    handlers: readonly Holder[]
    readers: readonly Holder[]
    repeatOf?: AppealId | undefined
    /** Absent: those of the feedback form, п. 11.6. */
    clauses?: RouteClauses | undefined
    /** What a paper should say and does not; registered all the same, п. 4.2 */
    lacks?: readonly Lack[] | undefined
    /** Form 3: no written reply is needed if the application is granted. */
    noWrittenReply?: true | undefined
    /** The answer leaves as a signed letter on the letterhead, п. 7.6; absent: it may leave without one. */
    letterRequired?: true | undefined
    /** Sheets of the paper as it lies in the chancellery; absent: there is no paper. */
    sheets?: number | undefined
    /** The unit a scan was sent from, п. 4.9, 5.1–5.2 */
    sentFrom?: UnitId | undefined
  }
  acknowledge_receipt: { by: 'slip' | 'second_copy' }
  annul: { reason: string }
  send_for_resolution: { organization: OrganizationId; executive: Holder; number?: GivenNumber | undefined; note?: string | undefined }
  return_for_triage: { reason: string }
  redirect: {
    reason: string
    /** `handlers`: whoever answers from now on; absent: those of before go on. */
    to: { organization: OrganizationId; executive: Holder; handlers?: readonly Holder[] | undefined } | { outside: string }
    number?: GivenNumber | undefined
  }
  join: { main: AppealId; mainNumber: string }
  dismiss: { reason: string }
  restore: { reason?: string | undefined }
  withdraw: { reason?: string | undefined }
  impose_resolution: {
    text: string
    executors: readonly ExecutorPlace[]
    dueOn: IsoDate
    controller?: PersonId | undefined
    taskSetters: readonly Holder[]
    /** Who gets it for information, п. 6.3 */
    informed?: readonly Holder[] | undefined
  }
  take_note: Record<string, never>
  assign_task: {
    organization: OrganizationId
    text: string
    executors: readonly ExecutorPlace[]
    dueOn: IsoDate
    controller?: PersonId | undefined
    observers: readonly Holder[]
    executive: Holder
  }
  send_inquiry: {
    organization: OrganizationId
    unit: UnitId
    specialist: PersonId
    question: string
    dueOn: IsoDate
    observers: readonly Holder[]
    executive: Holder
    number?: GivenNumber | undefined
  }
  name_executor: { task: number; unit: UnitId; executor: PersonId; note?: string | undefined }
  delegate: { task: number; unit: UnitId; executor: PersonId; reason: string }
  return_task: { task: number; reason: string }
  contribute: { task: number; unit: UnitId; text: string }
  submit_version: {
    task: number
    version: number
    /** SHA-256 of the text, which is kept beside the log so that it can be erased without breaking the chain. */
    digest: string
    steps: readonly ApprovalStep[]
    /** What the appeal asks, as its executor lists it, and whether this text answers it. */
    questions?: readonly { readonly text: string; readonly answered: boolean }[] | undefined
  }
  /** `lawyers`: the unit head wants the law checked; they endorse before the management (п. 7.5). */
  endorse: { task: number; version: number; step: ApprovalStepKind; comment?: string | undefined; lawyers?: Holder | undefined }
  return_version: { task: number; version: number; step: ApprovalStepKind; comment: string; correction?: string | undefined }
  accept_explanation: { task: number; asReply: boolean }
  return_explanation: { task: number; comment: string }
  return_reply: { comment: string }
  /** п. 7.6: the approved reply on the organization's letterhead, numbered in its journal of outgoing papers. */
  issue_letter: {
    task: number; version: number; organization: OrganizationId; number: GivenNumber
    /** The stored PDF, and the hex SHA-256 of its bytes. */
    file: string; digest: string
    signatory: PersonId; executive: Holder
  }
  sign_letter: { signature: LetterSignature }
  request_extension: { task: number; reason: string; workingDays: number }
  refuse_extension: { reason: string }
  extend_term: { reason: string; workingDays: number; acknowledged: readonly string[] }
  dispatch_reply: {
    way: DispatchWay; message?: string | undefined; evidence?: DispatchEvidence | undefined; closeAfter: boolean
    /** Who gets a copy: the quality lead, п. 5.6, 6.4. */
    copies?: readonly Holder[] | undefined
    /** What the gate found and was sent all the same, with the reason. */
    overridden?: readonly { readonly finding: string; readonly reason: string }[] | undefined
  }
  confirm_dispatch: { evidence: DispatchEvidence }
  fail_dispatch: { reason: string }
  /** A letter came back, by whatever way it had left: the answer is not given. */
  report_bounce: { reason: string }
  close: { note?: string | undefined }
  reopen: { reason: string }
  rate: { score: number; comment?: string | undefined }
  add_note: { text: string }
  keep_original: { unit: UnitId; shelf?: string | undefined }
  hand_over_original: { to: PersonId; unit: UnitId; returnOn?: IsoDate | undefined; purpose: string }
  accept_original: Record<string, never>
  refuse_original: { reason: string }
  file_original: { caseFile: number; index: string }
  destroy_original: { act: string; actId: number }
}

export type Action = keyof FactData

export type Fact<A extends Action = Action> = {
  [K in A]: {
    readonly seq: number
    readonly at: Temporal.Instant
    /** Who did it; absent for the applicant and the system, which `as` tells apart. */
    readonly by?: PersonId | undefined
    readonly as: Holder
    readonly action: K
    readonly data: FactData[K]
  }
}[A]
