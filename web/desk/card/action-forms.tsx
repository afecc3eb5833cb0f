import { Alert, Checkbox, NumberInput, Select, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { Action } from '../../../regulation/appeal-facts.ts'
import { formatDate } from '../../i18n/format.ts'
import { api, errorWords, faultWords, type Card, type Task } from '../client.ts'
import { useGroup, usePerson, useSpeech } from '../session.tsx'
import { Choice, defaultDue, DueDay, PersonSelect, StepForm, UnitOrder, useText, Words } from './form-parts.tsx'
import type { Act } from './use-act.ts'

export type FormProps = { readonly card: Card; readonly task?: Task | undefined; readonly act: Act; readonly cancel?: (() => void) | undefined }
type Form = (props: FormProps) => ReactNode

/** One form an action: it asks for what its operation takes, and nothing else. */
export const actionForms: Partial<Record<Action, Form>> = {
  send_for_resolution: worded({ action: 'send_for_resolution', field: 'note', label: 'note', required: false }),
  return_for_triage: worded({ action: 'return_for_triage', field: 'reason', label: 'reason' }),
  impose_resolution: ResolutionForm,
  assign_task: AssignForm,
  send_inquiry: InquiryForm,
  redirect: RedirectForm,
  join: JoinForm,
  dismiss: worded({ action: 'dismiss', field: 'reason', label: 'reason', danger: true }),
  restore: worded({ action: 'restore', field: 'reason', label: 'reason', required: false }),
  name_executor: NameExecutorForm,
  delegate: DelegateForm,
  return_task: worded({ action: 'return_task', field: 'reason', label: 'reason' }),
  contribute: worded({ action: 'contribute', field: 'text', label: 'text' }),
  endorse: EndorseForm,
  return_version: ReturnVersionForm,
  accept_explanation: AcceptForm,
  return_explanation: worded({ action: 'return_explanation', field: 'comment', label: 'comment' }),
  return_reply: worded({ action: 'return_reply', field: 'comment', label: 'comment' }),
  request_extension: ExtensionForm,
  extend_term: ExtensionForm,
  refuse_extension: worded({ action: 'refuse_extension', field: 'reason', label: 'reason' }),
  dispatch_reply: DispatchForm,
  close: worded({ action: 'close', field: 'note', label: 'note', required: false }),
  add_note: worded({ action: 'add_note', field: 'text', label: 'text' }),
}

/** Steps that take only a few words. */
function worded({ action, field, label, required = true, danger = false }: { action: Action; field: string; label: 'note' | 'reason' | 'comment' | 'text'; required?: boolean; danger?: boolean }): Form {
  return function WordedForm({ act, cancel }: FormProps) {
    const { words, named } = useSpeech()
    const [text, setText] = useText()
    return (
      <StepForm act={act} cancel={cancel} submit={() => act.send({ [field]: text })} label={named.actions[action]} danger={danger}>
        <Words label={words[label]} value={text} onChange={setText} error={act.faults[field]} required={required} />
      </StepForm>
    )
  }
}

export function ResolutionForm({ card, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const [text, setText] = useText(words.suggestions[0])
  const [units, setUnits] = useState<string[]>([])
  const [dueOn, setDueOn] = useText(defaultDue(card))
  const [controller, setController] = useState<string>()
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ text, units, dueOn, ...(controller && { controller }) })} label={named.actions.impose_resolution}>
      <Select label={words.resolution} data={words.suggestions} value={words.suggestions.includes(text) ? text : null} onChange={(v) => { if (v) setText(v) }} clearable={false} />
      <Words label={words.text} value={text} onChange={setText} error={act.faults['text']} rows={3} autoFocus={false} />
      <UnitOrder organization={card.organization} units={units} onChange={setUnits} faults={act.faults} />
      <DueDay card={card} value={dueOn} onChange={setDueOn} error={act.faults['dueOn']} />
      <PersonSelect label={words.controller} roles={['controller', 'unit_head']} organization={card.organization} value={controller} onChange={setController} error={act.faults['controller']} required={false} />
    </StepForm>
  )
}

function AssignForm({ card, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const { unit, holder } = useGroup()
  const [text, setText] = useText(card.resolution?.text)
  const [dueOn, setDueOn] = useText(card.resolution?.dueOn)
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ text, dueOn })} label={named.actions.assign_task}>
      <Words label={words.text} value={text} onChange={setText} error={act.faults['text']} rows={3} />
      <Text size="sm">{words.executors}: {card.resolution?.executors.map((e) => unit(e.unit)).join(', ')}</Text>
      {card.resolution?.controller && <Text size="sm">{words.controller}: {card.resolution.controller.name}</Text>}
      <Text size="sm" c="dimmed">{words.observers}: {holder('quality_lead@skes')} ({words.clause} 4.6)</Text>
      <DueDay card={card} value={dueOn} onChange={setDueOn} error={act.faults['dueOn']} />
    </StepForm>
  )
}

function InquiryForm({ card, act, cancel }: FormProps) {
  const { words, named, language } = useSpeech()
  const { group } = useGroup()
  const [organization, setOrganization] = useState<string>()
  const [specialist, setSpecialist] = useState<string>()
  const [question, setQuestion] = useText()
  const [dueOn, setDueOn] = useText(defaultDue(card))
  const subsidiaries = group?.organizations.filter((o) => o.inquiryUnit) ?? []
  const chosen = subsidiaries.find((o) => o.id === organization)
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ organization: organization ?? '', specialist: specialist ?? '', question, dueOn })} label={named.actions.send_inquiry}>
      <Select label={words.organization} data={subsidiaries.map((o) => ({ value: o.id, label: o.name[language] }))} value={organization ?? null} onChange={(v) => { setOrganization(v ?? undefined); setSpecialist(undefined) }} error={act.faults['organization']} required />
      {chosen && <PersonSelect label={words.specialist} roles={['executor']} organization={chosen.id} unit={chosen.inquiryUnit} value={specialist} onChange={setSpecialist} error={act.faults['specialist']} />}
      <Words label={words.question} value={question} onChange={setQuestion} error={act.faults['question']} autoFocus={false} />
      <DueDay card={card} value={dueOn} onChange={setDueOn} error={act.faults['dueOn']} />
    </StepForm>
  )
}

function RedirectForm({ card, act, cancel }: FormProps) {
  const { words, named, language } = useSpeech()
  const { group } = useGroup()
  const [where, setWhere] = useState<'outside' | 'organization'>('outside')
  const [organization, setOrganization] = useState<string>()
  const [outside, setOutside] = useText()
  const [reason, setReason] = useText()
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ reason, ...(where === 'outside' ? { outside } : { organization: organization ?? '' }) })} label={named.actions.redirect}>
      <Choice label={words.where} value={where} onChange={setWhere} options={[['outside', words.toOutside], ['organization', words.toOrganization]]} />
      {where === 'outside' ? (
        <>
          <TextInput label={words.toOutside} value={outside} onChange={(e) => setOutside(e.currentTarget.value)} error={act.faults['outside']} required list="outside-bodies" />
          <datalist id="outside-bodies">{group?.outsideBodies.map((body) => <option key={body.ru} value={body[language]} />)}</datalist>
        </>
      ) : (
        <Select label={words.toOrganization} data={group?.organizations.filter((o) => o.id !== card.organization).map((o) => ({ value: o.id, label: o.name[language] })) ?? []} value={organization ?? null} onChange={(v) => setOrganization(v ?? undefined)} error={act.faults['organization']} required />
      )}
      <Words label={words.reason} value={reason} onChange={setReason} error={act.faults['reason']} autoFocus={false} />
    </StepForm>
  )
}

function JoinForm({ card, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const [typed, setTyped] = useText()
  const [text] = useDebouncedValue(typed, 250)
  const [main, setMain] = useState<string>()
  const { data: similar } = useQuery(api.appeals.similarAppeals.queryOptions({ input: { appealId: card.id } }))
  const { data: found } = useQuery(api.appeals.search.queryOptions({ input: { text, limit: 10 }, enabled: text.trim().length >= 2 }))
  const lines = new Map([...(similar ?? []), ...(found ?? [])].filter((line) => line.id !== card.id).map((line) => [String(line.id), `${line.number} · ${line.applicantName} · ${line.subject}`]))
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ main: Number(main ?? 0) })} label={named.actions.join} disabled={!main}>
      <Select label={words.main} placeholder={words.mainHint} searchable onSearchChange={setTyped} filter={({ options }) => options} data={[...lines].map(([value, label]) => ({ value, label }))} value={main ?? null} onChange={(v) => setMain(v ?? undefined)} error={act.faults['main']} nothingFoundMessage={words.emptyList} required data-autofocus />
    </StepForm>
  )
}

function NameExecutorForm({ task, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const { person } = usePerson()
  const { unit: unitName } = useGroup()
  const mine = task?.executors.find((e) => person?.assignments?.some((a) => a.role === 'unit_head' && a.unit === e.unit))
  const [executor, setExecutor] = useState<string | undefined>(mine?.person?.id)
  const [note, setNote] = useText()
  if (!task || !mine) return null
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ executor: executor ?? '', note })} label={named.actions.name_executor} disabled={!executor}>
      <PersonSelect label={`${words.executor} · ${unitName(mine.unit)}`} roles={['executor', 'unit_head']} organization={task.organization} unit={mine.unit} value={executor} onChange={setExecutor} error={act.faults['executor']} />
      <Words label={words.note} value={note} onChange={setNote} error={act.faults['note']} required={false} rows={2} autoFocus={false} />
    </StepForm>
  )
}

function DelegateForm({ task, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const { person } = usePerson()
  const [executor, setExecutor] = useState<string>()
  const [reason, setReason] = useText()
  if (!task) return null
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ executor: executor ?? '', reason })} label={named.actions.delegate} disabled={!executor}>
      <PersonSelect label={words.executor} roles={['executor', 'unit_head']} organization={task.organization} unit={task.executors[0]?.unit} except={person?.id} value={executor} onChange={setExecutor} error={act.faults['executor']} />
      <Words label={words.reason} value={reason} onChange={setReason} error={act.faults['reason']} rows={2} autoFocus={false} />
    </StepForm>
  )
}

function EndorseForm({ task, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const [comment, setComment] = useText()
  const version = task?.versions.at(-1)
  if (!version) return null
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ version: version.number, comment })} label={named.actions.endorse}>
      <Text className="words" p="sm" bd="1px solid var(--mantine-color-default-border)">{version.body}</Text>
      <Words label={words.note} value={comment} onChange={setComment} error={act.faults['comment']} required={false} rows={2} autoFocus={false} />
    </StepForm>
  )
}

function ReturnVersionForm({ task, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const version = task?.versions.at(-1)
  const [comment, setComment] = useText()
  const [correction, setCorrection] = useText(version?.body)
  if (!version) return null
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ version: version.number, comment, ...(correction.trim() !== version.body && { correction }) })} label={named.actions.return_version}>
      <Words label={words.comment} value={comment} onChange={setComment} error={act.faults['comment']} rows={3} />
      <Words label={words.correction} value={correction} onChange={setCorrection} error={act.faults['correction']} required={false} rows={6} autoFocus={false} />
    </StepForm>
  )
}

function AcceptForm({ act, cancel, task }: FormProps) {
  const { words, named } = useSpeech()
  const [as, setAs] = useState<'reply' | 'information'>('reply')
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ asReply: as === 'reply' })} label={named.actions.accept_explanation}>
      <Text className="words" p="sm" bd="1px solid var(--mantine-color-default-border)">{task?.versions.at(-1)?.body}</Text>
      <Choice label={words.answer} value={as} onChange={setAs} options={[['reply', words.asReply], ['information', words.asInformation]]} />
    </StepForm>
  )
}

/** Asked for by the executor, ordered by the executive: the new date is shown before, the law's clocks named. */
function ExtensionForm({ card, task, act, cancel }: FormProps) {
  const { words, named, language } = useSpeech()
  const ordering = task === undefined
  const limit = card.terms.clocks.find((clock) => clock.extensionLimit !== undefined)?.extensionLimit ?? 14
  const [workingDays, setWorkingDays] = useState<number>(card.extensionAsked?.workingDays ?? limit)
  const [reason, setReason] = useText(ordering ? card.extensionAsked?.reason : '')
  const [acknowledged, setAcknowledged] = useState<string[]>([])
  const preview = useQuery(api.terms.previewExtension.queryOptions({ input: { appealId: card.id, workingDays }, retry: false, enabled: workingDays > 0 }))
  const passes = ordering ? (preview.data?.passes ?? []) : []
  const clock = (id: string) => card.terms.clocks.find((c) => c.policy === id)
  const extended = preview.data?.terms.clocks.find((c) => c.extendedTo !== undefined)
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ reason, workingDays, ...(ordering && { acknowledged }) })} label={ordering ? named.actions.extend_term : named.actions.request_extension} disabled={passes.some((id) => !acknowledged.includes(id))}>
      <NumberInput label={words.workingDays} min={1} max={limit} value={workingDays} onChange={(v) => setWorkingDays(Number(v) || 0)} error={act.faults['workingDays'] ?? faultWords(preview.error, language)['workingDays'] ?? (preview.error ? errorWords(preview.error, language) : undefined)} w={200} />
      {extended && <Text>{words.newDue}: <b>{formatDate(extended.dueOn, language)}</b></Text>}
      {passes.length > 0 && (
        <Alert color="orange" title={words.lawWarning}>
          {passes.map((id) => <Checkbox key={id} mt={6} label={`${clock(id)?.ground[language]}: ${formatDate(clock(id)?.dueOn ?? '', language)}`} checked={acknowledged.includes(id)} onChange={(e) => setAcknowledged(e.currentTarget.checked ? [...acknowledged, id] : acknowledged.filter((other) => other !== id))} />)}
        </Alert>
      )}
      <Words label={words.reason} value={reason} onChange={setReason} error={act.faults['reason']} rows={3} autoFocus={false} />
    </StepForm>
  )
}

function DispatchForm({ card, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const [way, setWay] = useState(card.applicant.email ? card.answerWay : ('phone' as const))
  const [calledAt, setCalledAt] = useText(() => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 16))
  const [said, setSaid] = useText()
  const [closeAfter, setCloseAfter] = useState(true)
  const call = { calledAt: `${calledAt}:00+05:00`, said }
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ way, closeAfter, ...(way === 'phone' && { call }) })} label={named.actions.dispatch_reply}>
      <Text className="words" p="sm" bd="1px solid var(--mantine-color-default-border)" mah={260} style={{ overflow: 'auto' }}>{card.reply?.body}</Text>
      <Choice label={words.answerWay} value={way} onChange={setWay} options={[['email', named.answerWays.email], ['phone', named.answerWays.phone]]} />
      {way === 'email' ? <Text size="sm">{words.sendTo} <b>{card.applicant.email ?? '—'}</b></Text> : (
        <>
          <Text size="sm">{words.phone}: <b>{card.applicant.phone ?? '—'}</b></Text>
          <TextInput type="datetime-local" label={words.callAt} value={calledAt} onChange={(e) => setCalledAt(e.currentTarget.value)} error={act.faults['call.calledAt']} w={260} required />
          <Words label={words.said} value={said} onChange={setSaid} error={act.faults['call.said']} rows={3} autoFocus={false} />
        </>
      )}
      <Checkbox label={words.closeAfter} checked={closeAfter} onChange={(e) => setCloseAfter(e.currentTarget.checked)} />
    </StepForm>
  )
}
