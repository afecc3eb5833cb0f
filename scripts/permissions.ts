import { appealStates, foldCase, type AppealCase, type AppealState } from '../regulation/appeal-case.ts'
import type { Action, Fact, FactData } from '../regulation/appeal-facts.ts'
import { applicant, holder, person, readHolder, system, type Holder } from '../regulation/holders.ts'
import { actionsFor, lifecycle } from '../regulation/lifecycle.ts'
import { executiveOf } from '../regulation/route-profiles.ts'

/**
 * `docs/permissions.md`: who may take which step in which state, asked of the lifecycle itself over one appeal for
 * every situation the way can come to. A person named by the history stands in the table as what they were named for.
 */
export function permissionsTable(): string {
  const rows = (Object.keys(lifecycle) as Action[]).filter((action) => action !== 'register').map((action) => {
    const cells = appealStates.map((state) => rolesFor(action, state).join('<br>'))
    return `| \`${action}\` | ${lifecycle[action].clause} | ${cells.join(' | ')} |`
  })
  return `# Who may do what, and when

Made by \`npm run docs\` from the lifecycle. A cell names who may take the step in that state, in the situation it needs
(a version to endorse, an extension asked for); an empty one refuses everybody. Whoever the history of an appeal did not
name cannot read it and is answered as if it did not exist. The journal is read by the registrar, the head of the contact
centre, the executive, the quality lead and the IT administrator of its organization (п. 4.3).

| step | п. | ${appealStates.map((state) => `\`${state}\``).join(' | ')} |
|---|---|${appealStates.map(() => '---').join('|')}|
${rows.join('\n')}
`
}

/** Who may take an action in a state, in whatever situation of that state; the same words as in the table. */
export function rolesFor(action: Action, state: AppealState): string[] {
  const found = situations().filter((appeal) => appeal.state === state)
    .flatMap((appeal) => [...everybody(appeal)].filter((held) => actionsFor(new Set([held]), appeal).some((a) => a.action === action)))
  return [...new Set(found.map(roleOf))].sort()
}

const everybody = (appeal: AppealCase): ReadonlySet<Holder> =>
  new Set([...appeal.readers, ...appeal.tasks.flatMap((task) => [task.executive, ...task.executors.flatMap((e) => (e.person ? [person(e.person)] : []))]), applicant, system])

/** A holder as a role: whoever is named in person is named for a part in the appeal. */
function roleOf(held: Holder): string {
  const read = readHolder(held)
  return 'person' in read ? read.person.replaceAll('_', ' ') : read.role.replaceAll('_', ' ')
}

const at = Temporal.Instant.from('2026-11-23T06:00:00Z')
const head = holder('contact_centre_head', 'skes')
const unitHead = holder('unit_head', 'skes', 'billing')

const told = {
  register: {
    organization: 'skes', channel: 'site_feedback', kind: 'complaint', language: 'ru', answerWay: 'email', receivedAt: at.toString(),
    number: { organization: 'skes', journal: 'feedback', number: '2026-000001' }, handlers: [head], readers: [holder('contact_centre_agent', 'skes')],
    sheets: 1,
  },
  send_for_resolution: { organization: 'skes', executive: executiveOf('skes') },
  impose_resolution: {
    text: '', executors: [{ unit: 'billing' }, { unit: 'metering' }], dueOn: '2026-12-01', controller: 'controller', taskSetters: [head],
    informed: [person('head_of_the_quality_group')],
  },
  assign_task: {
    organization: 'skes', text: '', executors: [{ unit: 'billing' }, { unit: 'metering' }], dueOn: '2026-12-01', controller: 'controller',
    observers: [holder('quality_lead', 'skes')], executive: executiveOf('skes'),
  },
  send_inquiry: {
    organization: 'pts', unit: 'consumers', specialist: 'specialist_of_the_subsidiary', question: '', dueOn: '2026-12-01',
    observers: [holder('quality_lead', 'skes')], executive: executiveOf('pts'),
  },
  request_extension: { task: 1, reason: '', workingDays: 14 },
  issue_letter: {
    task: 1, version: 1, organization: 'skes', number: { organization: 'skes', journal: 'outgoing', number: 'ИСХ-СЭС-00001' }, file: '', digest: '',
    signatory: 'director', executive: executiveOf('skes'),
  },
  sign_letter: { signature: { way: 'development', digest: '' } },
  dispatch_reply: { way: 'email', closeAfter: false },
  confirm_dispatch: { evidence: { way: 'email', messageId: '', response: '' } },
  redirect: { reason: '', to: { outside: '' } },
  join: { main: 2, mainNumber: '2026-000002' },
  dismiss: { reason: '' },
  withdraw: {},
  annul: { reason: '' },
  hand_over_original: { to: 'keeper_of_the_original', unit: 'billing', purpose: '' },
  accept_original: {},
  file_original: { caseFile: 1, index: '' },
  close: {},
} as const satisfies { [A in Action]?: FactData[A] }

const name = (unit: string, executor: string) => ({ action: 'name_executor', data: { task: 1, unit, executor } }) as const
const version = (number: number) => ({
  action: 'submit_version', by: 'executor',
  data: {
    task: 1, version: number, digest: '',
    steps: [
      { kind: 'unit_head', holders: [unitHead] }, { kind: 'lawyer', holders: [holder('lawyer', 'ske')] }, { kind: 'executive', holders: [executiveOf('skes')] },
    ],
  },
}) as const
const endorse = (step: 'unit_head' | 'lawyer' | 'executive') => ({ action: 'endorse', data: { task: 1, version: 1, step } }) as const
const plain = <A extends keyof typeof told>(action: A) => ({ action, data: told[action] })

/** One appeal for every situation: as short a history as leads there. */
function situations(): AppealCase[] {
  const toTask = [plain('register'), plain('send_for_resolution'), plain('impose_resolution'), plain('assign_task')]
  const toDraft = [...toTask, name('billing', 'executor'), name('metering', 'co_executor')]
  const toEndorse = [...toDraft, version(1)]
  const toApproved = [...toEndorse, endorse('unit_head'), endorse('lawyer'), endorse('executive')]
  const toExplained = [
    plain('register'), plain('send_inquiry'),
    { action: 'submit_version', by: 'specialist_of_the_subsidiary', data: { task: 1, version: 1, digest: '', steps: [{ kind: 'executive', holders: [executiveOf('pts')] }] } } as const,
  ]
  const histories: (readonly Told[])[] = [
    [plain('register')],
    toTask.slice(0, 2), [plain('register'), plain('send_inquiry'), plain('send_for_resolution')],
    toTask.slice(0, 3), toTask, toDraft, [...toDraft, plain('request_extension')],
    toEndorse, [...toEndorse, endorse('unit_head')], [...toEndorse, endorse('unit_head'), endorse('lawyer')],
    [plain('register'), plain('send_inquiry')], toExplained, [...toExplained, endorse('executive')],
    [plain('register'), plain('send_inquiry'), plain('send_for_resolution'), ...toExplained.slice(2)],
    [plain('register'), plain('send_inquiry'), plain('send_for_resolution'), ...toExplained.slice(2), endorse('executive')],
    toApproved, [...toApproved, plain('issue_letter')], [...toApproved, plain('issue_letter'), plain('sign_letter')], [...toApproved, plain('dispatch_reply')],
    [...toApproved, plain('dispatch_reply'), plain('confirm_dispatch')],
    [...toApproved, { action: 'dispatch_reply', data: { ...told.dispatch_reply, closeAfter: true } }, plain('confirm_dispatch')],
    [...toApproved, plain('dispatch_reply'), plain('confirm_dispatch'), plain('close')],
    [plain('register'), plain('redirect')], [plain('register'), plain('join')], [plain('register'), plain('dismiss')], [plain('register'), plain('withdraw')],
    [plain('register'), plain('annul')],
  ]
  // Wherever the way has come, the paper may lie, be offered to somebody, or be with them and filed.
  const papers = [[], [plain('hand_over_original')], [plain('hand_over_original'), plain('accept_original'), plain('file_original')]]
  return histories.flatMap((way) => papers.map((paper) => [...way, ...paper])).map((history) => foldCase(history.map((fact, i) => ({ seq: i + 1, at, as: system, ...fact }) as Fact)))
}

type Told = { readonly action: Action; readonly by?: string; readonly data: unknown }
