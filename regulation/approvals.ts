import type { Holder } from './holders.ts'
import type { PersonId } from './vocabulary.ts'

/**
 * Endorsement of one version (п. 7.1, 7.4–7.5, 11.6.15). The steps are fixed when the version is submitted;
 * its status is always derived from the votes and stored nowhere.
 */
export const approvalStepKinds = ['unit_head', 'lawyer', 'executive'] as const
export type ApprovalStepKind = (typeof approvalStepKinds)[number]
export type ApprovalStep = {
  readonly kind: ApprovalStepKind
  readonly holders: readonly Holder[]
  /** Steps of one stage are taken side by side, the stages one after another; absent: a stage of its own, in the order of the steps. */
  readonly stage?: number | undefined
}

export type Vote = {
  readonly step: ApprovalStepKind
  readonly verdict: 'approve' | 'return'
  readonly by: PersonId
  readonly at: Temporal.Instant
  readonly comment?: string | undefined
  /** Digest of the text as the endorser corrected it (п. 7.4), kept beside the version. */
  readonly correction?: string | undefined
}

export type ApprovalStatus =
  /** `open`: the steps that wait for their votes now; with several, in any order. */
  | { readonly status: 'pending'; readonly open: readonly ApprovalStep[] }
  | { readonly status: 'returned'; readonly vote: Vote }
  | { readonly status: 'approved' }

/** Whose turn it is. One return sends the version back for good, a new one starts afresh. */
export function approvalStatus(steps: readonly ApprovalStep[], votes: readonly Vote[]): ApprovalStatus {
  const returned = votes.find((v) => v.verdict === 'return')
  if (returned) return { status: 'returned', vote: returned }
  const missing = steps.flatMap((step, i) => (votes.some((v) => v.step === step.kind) ? [] : [{ step, stage: step.stage ?? i }]))
  const stage = Math.min(...missing.map((one) => one.stage))
  return missing.length > 0 ? { status: 'pending', open: missing.filter((one) => one.stage === stage).map((one) => one.step) } : { status: 'approved' }
}

/**
 * The steps a version must pass: the unit head unless he wrote it himself, a lawyer where the law must be checked, the
 * management always and last (п. 7.5). `parallel`: the head and the lawyer look at it at the same time.
 */
export function approvalSteps(ask: {
  authorHeadsUnit: boolean
  lawyerNeeded: boolean
  unitHead: Holder
  lawyers: Holder
  executive: Holder
  endorsement: 'serial' | 'parallel'
}): ApprovalStep[] {
  const steps: ApprovalStep[] = [
    ...(ask.authorHeadsUnit ? [] : [{ kind: 'unit_head' as const, holders: [ask.unitHead] }]),
    ...(ask.lawyerNeeded ? [{ kind: 'lawyer' as const, holders: [ask.lawyers] }] : []),
    { kind: 'executive' as const, holders: [ask.executive] },
  ]
  return ask.endorsement === 'serial' ? steps : steps.map((step) => ({ ...step, stage: step.kind === 'executive' ? 1 : 0 }))
}

/** The same steps with the lawyers among them, before the management; unchanged where they are there already. */
export function withLawyers(steps: readonly ApprovalStep[], lawyers: Holder): readonly ApprovalStep[] {
  if (steps.some(({ kind }) => kind === 'lawyer')) return steps
  const staged = steps.map((step, i) => ({ ...step, stage: step.stage ?? i }))
  const last = staged.filter(({ kind }) => kind !== 'executive')
  const stage = Math.max(-1, ...last.map((step) => step.stage)) + 1
  return [...last, { kind: 'lawyer', holders: [lawyers], stage }, ...staged.filter(({ kind }) => kind === 'executive').map((step) => ({ ...step, stage: Math.max(step.stage, stage + 1) }))]
}
