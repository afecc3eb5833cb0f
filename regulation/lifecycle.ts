import type { Action, RouteClauses } from './appeal-facts.ts'
import { leadOf, taskStatus, versionOf, versionStatus, type AppealCase, type AppealState, type Task } from './appeal-case.ts'
import type { ClauseNumber } from './clauses.ts'
import { applicant, holder, meets, person, system, type Holder } from './holders.ts'

/**
 * THE table: which action, from which state, by whom, to which state, under which clause. The buttons, the
 * API's permissions, the queues and the conformance page all read it; nobody writes a second one.
 */
export type Step = {
  readonly from: readonly AppealState[]
  /** The states the action may lead to; a test folds histories and holds the fold to it. */
  readonly to: readonly AppealState[]
  readonly clause: ClauseNumber
  /** Which clause of the appeal's own route stands in its place, where the route names them (`route-profiles.ts`). */
  readonly routed?: keyof RouteClauses
  /** A step beside the way: nobody's turn depends on it, and whoever had not seen it is not refused for it. */
  readonly aside?: true
  /** The queue in which the step waits for its holders; absent: it may be done, nobody is waited for. */
  readonly waits?: Queue
} & (
  | { readonly on: 'appeal'; readonly by: (appeal: AppealCase) => readonly Holder[]; readonly when?: (appeal: AppealCase) => boolean }
  | { readonly on: 'task'; readonly by: (appeal: AppealCase, task: Task) => readonly Holder[]; readonly when?: (appeal: AppealCase, task: Task) => boolean }
)

export const queues = [
  'triage', 'resolution', 'task_setting', 'executor_naming', 'drafting', 'endorsement', 'explanation', 'extension',
  'letter', 'signing', 'dispatch', 'closing', 'information', 'original',
] as const
export type Queue = (typeof queues)[number]

const open = ['registered', 'on_resolution', 'in_progress', 'reply_approved'] as const satisfies AppealState[]
/** Where tasks are worked on: an inquiry may run while the resolution is awaited. */
const working = ['on_resolution', 'in_progress'] as const satisfies AppealState[]
/** A resolution stands. */
const resolved = ['in_progress', 'reply_approved', 'dispatched', 'closed'] as const satisfies AppealState[]
const answered = ['dispatched', 'closed'] as const satisfies AppealState[]
/** Wherever an appeal ended, its paper still lies somewhere. */
const anywhere = [...open, ...answered, 'redirected', 'joined', 'dismissed', 'withdrawn', 'annulled'] as const satisfies AppealState[]

export const lifecycle: Readonly<Record<Action, Step>> = {
  register: { on: 'appeal', from: [], to: ['registered'], clause: '11.6.5', routed: 'register', by: () => [applicant, system] },
  acknowledge_receipt: {
    on: 'appeal', from: open, to: open, clause: '4.4', aside: true,
    by: (appeal) => appeal.handlers, when: (appeal) => appeal.original !== undefined,
  },

  send_for_resolution: {
    on: 'appeal', from: ['registered', 'in_progress'], to: ['on_resolution'], clause: '11.6.9', routed: 'resolution', waits: 'triage',
    by: (appeal) => appeal.handlers, when: (appeal) => !liveTask(appeal) && !awaitsTask(appeal),
  },
  send_inquiry: {
    on: 'appeal', from: ['registered', 'in_progress'], to: ['in_progress'], clause: '11.6.14',
    by: (appeal) => appeal.handlers,
  },
  redirect: {
    on: 'appeal', from: ['registered', 'on_resolution'], to: ['redirected', 'on_resolution'], clause: '11.6.14',
    by: (appeal) => appeal.handlers,
  },
  join: { on: 'appeal', from: ['registered'], to: ['joined'], clause: '11.6.8', by: (appeal) => appeal.handlers },
  dismiss: { on: 'appeal', from: ['registered'], to: ['dismissed'], clause: '11.6.8', by: (appeal) => appeal.handlers },
  annul: {
    on: 'appeal', from: ['registered', 'on_resolution'], to: ['annulled'], clause: '4.3', by: (appeal) => appeal.handlers,
    when: (appeal) => appeal.tasks.length === 0,
  },
  restore: { on: 'appeal', from: ['dismissed', 'joined'], to: ['registered'], clause: '11.6.8', by: (appeal) => appeal.handlers },
  withdraw: { on: 'appeal', from: open, to: ['withdrawn'], clause: '4.1', by: () => [applicant], when: (appeal) => !sending(appeal) },

  impose_resolution: {
    on: 'appeal', from: ['on_resolution'], to: ['in_progress'], clause: '4.6', waits: 'resolution', by: executive,
  },
  return_for_triage: { on: 'appeal', from: ['on_resolution'], to: ['registered', 'in_progress'], clause: '4.6', by: executive },
  assign_task: {
    on: 'appeal', from: ['in_progress'], to: ['in_progress'], clause: '11.6.10', routed: 'task', waits: 'task_setting',
    by: (appeal) => appeal.resolution?.taskSetters ?? [], when: awaitsTask,
  },
  take_note: {
    on: 'appeal', from: resolved, to: resolved, clause: '6.3', aside: true, waits: 'information',
    by: (appeal) => appeal.toTakeNote,
  },
  extend_term: {
    on: 'appeal', from: ['on_resolution', 'in_progress'], to: ['on_resolution', 'in_progress'], clause: '11.6.16',
    waits: 'extension', by: executive,
  },
  refuse_extension: {
    on: 'appeal', from: ['in_progress'], to: ['in_progress'], clause: '11.6.16', by: executive,
    when: (appeal) => appeal.extensionAsked !== undefined,
  },

  name_executor: {
    on: 'task', from: working, to: working, clause: '11.6.11', waits: 'executor_naming',
    by: unitHeads, when: (_, task) => task.kind === 'task' && alive(task) && !endorsing(task),
  },
  return_task: {
    on: 'task', from: working, to: working, clause: '11.6.11', by: (_, task) => [leadHead(task), ...leadPerson(task)],
    when: (_, task) => alive(task) && !endorsing(task),
  },
  delegate: {
    on: 'task', from: working, to: working, clause: '11.6.11', by: (_, task) => leadPerson(task),
    when: (_, task) => alive(task) && !endorsing(task),
  },
  contribute: {
    on: 'task', from: working, to: working, clause: '7.3', by: (_, task) => coExecutors(task),
    when: (_, task) => alive(task),
  },
  submit_version: {
    on: 'task', from: working, to: working, clause: '11.6.12', waits: 'drafting',
    by: (_, task) => leadPerson(task), when: (_, task) => ['drafting', 'to_correct'].includes(taskStatus(task)),
  },
  request_extension: {
    on: 'task', from: working, to: working, clause: '11.6.16',
    by: (_, task) => [...leadPerson(task), leadHead(task)],
    when: (appeal, task) => task.kind === 'task' && alive(task) && !appeal.extensionAsked && !appeal.extension,
  },
  endorse: {
    on: 'task', from: working, to: [...working, 'reply_approved'], clause: '7.4', waits: 'endorsement',
    by: (_, task) => endorsersNow(task),
  },
  return_version: {
    on: 'task', from: working, to: working, clause: '7.4', by: (_, task) => endorsersNow(task),
  },
  accept_explanation: {
    on: 'task', from: working, to: [...working, 'reply_approved'], clause: '11.6.15', waits: 'explanation',
    by: (appeal) => appeal.handlers, when: (_, task) => taskStatus(task) === 'explained',
  },
  return_explanation: {
    on: 'task', from: working, to: working, clause: '11.6.15',
    by: (appeal) => appeal.handlers, when: (_, task) => taskStatus(task) === 'explained',
  },

  return_reply: {
    on: 'appeal', from: ['reply_approved'], to: ['in_progress'], clause: '11.6.12', by: (appeal) => appeal.handlers,
    when: (appeal) => !sending(appeal),
  },
  issue_letter: {
    on: 'appeal', from: ['reply_approved'], to: ['reply_approved'], clause: '7.6', waits: 'letter',
    by: (appeal) => [...replyLead(appeal), ...appeal.handlers], when: (appeal) => !appeal.letter && !sending(appeal),
  },
  sign_letter: {
    on: 'appeal', from: ['reply_approved'], to: ['reply_approved'], clause: '7.6', waits: 'signing',
    by: (appeal) => (appeal.letter ? [appeal.letter.executive, ...appeal.handlers] : []),
    when: (appeal) => appeal.letter !== undefined && !appeal.letter.signature && !sending(appeal),
  },
  dispatch_reply: {
    on: 'appeal', from: ['reply_approved'], to: ['reply_approved', 'dispatched'], clause: '11.6.13', waits: 'dispatch',
    by: (appeal) => appeal.handlers, when: (appeal) => !sending(appeal),
  },
  confirm_dispatch: {
    on: 'appeal', from: ['reply_approved'], to: ['dispatched'], clause: '11.6.13', by: () => [system], when: sending,
  },
  fail_dispatch: {
    on: 'appeal', from: ['reply_approved'], to: ['reply_approved'], clause: '11.6.13', by: () => [system], when: sending,
  },
  close: {
    on: 'appeal', from: ['dispatched'], to: ['closed'], clause: '11.6.13', waits: 'closing',
    by: (appeal) => [...appeal.handlers, ...controllers(appeal), ...(closesItself(appeal) ? [system] : [])],
  },
  report_bounce: {
    on: 'appeal', from: answered, to: ['reply_approved'], clause: '7.7', by: (appeal) => [...appeal.handlers, system],
    when: (appeal) => appeal.dispatch?.status === 'delivered' && ['email', 'post'].includes(appeal.dispatch.way),
  },
  reopen: {
    on: 'appeal', from: ['closed'], to: ['dispatched'], clause: '11.6.13', by: (appeal) => [...appeal.handlers, ...controllers(appeal)],
  },
  rate: {
    on: 'appeal', from: answered, to: answered, clause: '11.6.5', by: () => [applicant],
    when: (appeal) => appeal.rating === undefined,
  },
  add_note: {
    on: 'appeal', from: [...open, ...answered], to: [...open, ...answered], clause: '11.6.17', aside: true, by: participants,
  },

  keep_original: {
    on: 'appeal', from: anywhere, to: anywhere, clause: '4.7', aside: true, by: keepers, when: liesSomewhere,
  },
  hand_over_original: {
    on: 'appeal', from: anywhere, to: anywhere, clause: '4.8', aside: true,
    by: (appeal) => [...(appeal.original?.person ? [person(appeal.original.person)] : []), ...keepers(appeal)],
    when: (appeal) => liesSomewhere(appeal) && !appeal.original?.offered,
  },
  accept_original: {
    on: 'appeal', from: anywhere, to: anywhere, clause: '4.8', aside: true, waits: 'original', by: offeredTo,
  },
  refuse_original: { on: 'appeal', from: anywhere, to: anywhere, clause: '4.8', aside: true, by: offeredTo },
  file_original: {
    on: 'appeal', from: anywhere, to: anywhere, clause: '7.8', aside: true, by: keepers, when: liesSomewhere,
  },
  destroy_original: {
    on: 'appeal', from: anywhere, to: anywhere, clause: '7.8', aside: true, by: keepers,
    when: (appeal) => liesSomewhere(appeal) && appeal.original?.caseFile !== undefined,
  },
}

/** The clause an appeal's step is taken under: its own route's, where the route names one. */
export function clauseOf(action: Action, appeal: Pick<AppealCase, 'clauses'>): ClauseNumber {
  const { clause, routed } = lifecycle[action]
  return (routed && appeal.clauses?.[routed]) ?? clause
}

/** What these holders may do now, each with its clause and, for a task's step, the task. */
export type Available = { readonly action: Action; readonly clause: ClauseNumber; readonly task?: number }
export function actionsFor(held: ReadonlySet<Holder>, appeal: AppealCase): Available[] {
  return actions.flatMap((action) => {
    const step = lifecycle[action]
    if (!step.from.includes(appeal.state)) return []
    if (step.on === 'appeal') {
      return (step.when?.(appeal) ?? true) && meets(held, step.by(appeal)) ? [{ action, clause: clauseOf(action, appeal) }] : []
    }
    return appeal.tasks
      .filter((task) => (step.when?.(appeal, task) ?? true) && meets(held, step.by(appeal, task)))
      .map((task) => ({ action, clause: step.clause, task: task.id }))
  })
}

/** Whom the appeal waits for, and in which queue. Empty only where nothing is left to do. */
export type Waiting = { readonly queue: Queue; readonly holder: Holder; readonly task?: number; readonly dueOn?: Temporal.PlainDate }
export function waitsFor(appeal: AppealCase): Waiting[] {
  return actions.flatMap((action): Waiting[] => {
    const step = lifecycle[action]
    const queue = step.waits
    if (!queue || !step.from.includes(appeal.state)) return []
    if (step.on === 'appeal') {
      if (!(step.when?.(appeal) ?? true) || !reallyWaits(queue, appeal)) return []
      return step.by(appeal).map((holder) => ({ queue, holder }))
    }
    return appeal.tasks
      .filter((task) => (step.when?.(appeal, task) ?? true) && taskWaits(queue, task))
      .flatMap((task) => waitingHolders(queue, step.by(appeal, task), task).map((holder) => ({
        queue, holder, task: task.id, dueOn: task.dueOn,
      })))
  })
}

const actions = Object.keys(lifecycle) as Action[]

/** Some steps may be done at any time but are waited for only when asked for. */
function reallyWaits(queue: Queue, appeal: AppealCase): boolean {
  if (queue === 'extension') return appeal.extensionAsked !== undefined
  if (queue === 'triage') return appeal.state === 'registered' || nothingUnderWay(appeal)
  if (queue === 'closing') return !closesItself(appeal)
  if (queue === 'letter') return appeal.letterRequired
  if (queue === 'dispatch') return !appeal.letterRequired || appeal.letter?.signature !== undefined
  return true
}
const taskWaits = (queue: Queue, task: Task): boolean =>
  queue !== 'executor_naming' || task.executors.some((e) => !e.person)
const waitingHolders = (queue: Queue, by: readonly Holder[], task: Task): readonly Holder[] =>
  queue !== 'executor_naming' ? by
    : task.executors.filter((e) => !e.person).map((e) => holder('unit_head', task.organization, e.unit))

function liesSomewhere(appeal: AppealCase): boolean {
  return appeal.original !== undefined && !appeal.original.destroyedBy
}
/** Whoever handles the appeal, and the chancellery in whose charge the paper is, wherever the appeal went. */
function keepers(appeal: AppealCase): readonly Holder[] {
  return appeal.original ? [...new Set([appeal.original.keeper, ...appeal.handlers])] : []
}
function offeredTo(appeal: AppealCase): Holder[] {
  return appeal.original?.offered ? [person(appeal.original.offered.to)] : []
}
function executive(appeal: AppealCase): Holder[] {
  return appeal.executive ? [appeal.executive] : []
}
function awaitsTask(appeal: AppealCase): boolean {
  return appeal.resolution !== undefined && !appeal.tasks.some((task) => task.kind === 'task' && alive(task))
}
function liveTask(appeal: AppealCase): boolean {
  return appeal.tasks.some((task) => task.kind === 'task' && alive(task))
}
function nothingUnderWay(appeal: AppealCase): boolean {
  return !appeal.tasks.some((task) => alive(task) && !['done', 'explained'].includes(taskStatus(task)))
    && !appeal.tasks.some((task) => taskStatus(task) === 'explained')
}
function alive(task: Task): boolean {
  return !task.returned
}
function endorsing(task: Task): boolean {
  return ['endorsing', 'explained', 'done'].includes(taskStatus(task))
}
function sending(appeal: AppealCase): boolean {
  return appeal.dispatch?.status === 'sending'
}
/** Whoever sent the answer asked that the task be closed as soon as it is delivered. */
function closesItself(appeal: AppealCase): boolean {
  return appeal.dispatch?.status === 'delivered' && appeal.dispatch.closeAfter
}
function leadHead(task: Task): Holder {
  return holder('unit_head', task.organization, leadOf(task).unit)
}
function unitHeads(_: AppealCase, task: Task): Holder[] {
  return task.executors.map((e) => holder('unit_head', task.organization, e.unit))
}
function leadPerson(task: Task): Holder[] {
  const { person: id } = leadOf(task)
  return id ? [person(id)] : []
}
/** Who wrote the reply that was approved. */
function replyLead(appeal: AppealCase): Holder[] {
  const task = appeal.tasks.find(({ id }) => id === appeal.reply?.task)
  return task ? leadPerson(task) : []
}
function coExecutors(task: Task): Holder[] {
  return task.executors.slice(1).flatMap((e) => (e.person ? [person(e.person)] : []))
}
function endorsersNow(task: Task): readonly Holder[] {
  const version = versionOf(task)
  if (task.returned || task.explanation || !version) return []
  const status = versionStatus(version)
  return status.status === 'pending' ? status.open.flatMap((step) => step.holders) : []
}
function controllers(appeal: AppealCase): Holder[] {
  const ids = [appeal.resolution?.controller, ...appeal.tasks.map((task) => task.controller)]
  return ids.flatMap((id) => (id ? [person(id)] : []))
}
/** Everybody who reads may leave a note, but observers and the informed, who act on nothing. */
function participants(appeal: AppealCase): Holder[] {
  const observers = new Set([...appeal.tasks.flatMap((task) => task.observers), ...(appeal.resolution?.informed ?? [])])
  return [...appeal.readers].filter((reader) => !observers.has(reader))
}
