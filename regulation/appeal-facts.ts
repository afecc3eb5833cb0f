import type { ApprovalStep, ApprovalStepKind } from './approvals.ts'
import type { Holder } from './holders.ts'
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
export const journals = ['feedback', 'incoming'] as const
export type Journal = (typeof journals)[number]

export type ExecutorPlace = { readonly unit: UnitId; readonly person?: PersonId | undefined }

/** Evidence that the answer reached the channel it left by; п. 11.6.4, 11.6.13 */
export type DispatchEvidence =
  | { readonly way: 'email'; readonly messageId: string; readonly response: string }
  | { readonly way: 'phone'; readonly calledAt: IsoInstant; readonly said: string }

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
  }
  send_for_resolution: { organization: OrganizationId; executive: Holder; number?: GivenNumber | undefined; note?: string | undefined }
  return_for_triage: { reason: string }
  redirect: {
    reason: string
    to: { organization: OrganizationId; executive: Holder } | { outside: string }
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
  }
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
  }
  endorse: { task: number; version: number; step: ApprovalStepKind; comment?: string | undefined }
  return_version: { task: number; version: number; step: ApprovalStepKind; comment: string; correction?: string | undefined }
  accept_explanation: { task: number; asReply: boolean }
  return_explanation: { task: number; comment: string }
  return_reply: { comment: string }
  request_extension: { task: number; reason: string; workingDays: number }
  refuse_extension: { reason: string }
  extend_term: { reason: string; workingDays: number; acknowledged: readonly string[] }
  dispatch_reply: { way: AnswerWay; message?: string | undefined; evidence?: DispatchEvidence | undefined; closeAfter: boolean }
  confirm_dispatch: { evidence: DispatchEvidence }
  fail_dispatch: { reason: string }
  close: { note?: string | undefined }
  rate: { score: number; comment?: string | undefined }
  add_note: { text: string }
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
