import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../client.ts'
import { useGroup, usePerson, useSpeech } from '../../session.tsx'
import { DueDay } from './due-day.tsx'
import { PersonSelect } from './person-select.tsx'
import { StepForm, useText, Words, type FormProps } from './step-form.tsx'

/**
 * From a resolution a task: its text, day and controller are offered as the resolution gave them; who observes, and
 * whether somebody must control, the appeal's route says (п. 4.6, 5.4, 6.3, 11.6.10).
 */
export function AssignForm({ card, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const { unit, holder } = useGroup()
  const route = useRoute(card)
  const [controller, setController] = useState(card.resolution?.controller?.id)
  const [text, setText] = useText(card.resolution?.text)
  const [dueOn, setDueOn] = useText(card.resolution?.dueOn)
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ text, dueOn, ...(controller && { controller }) })} label={named.actions.assign_task}>
      <Words label={words.text} value={text} onChange={setText} error={act.faults['text']} rows={3} />
      <Text size="sm">{words.executors}: {card.resolution?.executors.map((e) => unit(e.unit)).join(', ')}</Text>
      <PersonSelect
        label={words.controller} roles={['controller', 'unit_head', 'executive']} organization={card.organization} value={controller}
        onChange={setController} error={act.faults['controller']} required={route?.controller === 'required'}
      />
      {route?.observers && route.observers.length > 0 && (
        <Text size="sm" c="dimmed">{words.observers}: {route.observers.map(holder).join('; ')} ({words.clause(route.clause)})</Text>
      )}
      <DueDay card={card} value={dueOn} onChange={setDueOn} error={act.faults['dueOn']} />
    </StepForm>
  )
}

/** The step at which a task is set, on the route this appeal came by. */
function useRoute(card: FormProps['card']) {
  const { data } = useQuery(api.routes.readRoutes.queryOptions({ staleTime: 600_000 }))
  const routes = data?.find(({ organization }) => organization === card.organization)?.routes
  const route = routes?.find(({ channels }) => !channels || channels.includes(card.channel))
  return route?.steps.find(({ step }) => step === 'assign_task')
}

/** The head of a unit names who does it (п. 11.6.11). */
export function NameExecutorForm({ task, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const { person } = usePerson()
  const { unit: unitName } = useGroup()
  const mine = task?.executors.find((e) => person?.assignments?.some((a) => a.role === 'unit_head' && a.unit === e.unit))
  const [executor, setExecutor] = useState(mine?.person?.id)
  const [note, setNote] = useText()
  if (!task || !mine) return null
  return (
    <StepForm
      act={act} cancel={cancel} label={named.actions.name_executor} disabled={!executor}
      submit={() => act.send({ executor: executor ?? '', note })}
    >
      <PersonSelect
        label={`${words.executor} · ${unitName(mine.unit)}`} roles={['executor', 'unit_head']} organization={task.organization}
        unit={mine.unit} value={executor} onChange={setExecutor} error={act.faults['executor']}
      />
      <Words label={words.note} value={note} onChange={setNote} error={act.faults['note']} required={false} rows={2} autoFocus={false} />
    </StepForm>
  )
}

/** The leading executor hands the task to a colleague of the same unit. */
export function DelegateForm({ task, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const { person } = usePerson()
  const [executor, setExecutor] = useState<string>()
  const [reason, setReason] = useText()
  if (!task) return null
  return (
    <StepForm
      act={act} cancel={cancel} label={named.actions.delegate} disabled={!executor}
      submit={() => act.send({ executor: executor ?? '', reason })}
    >
      <PersonSelect
        label={words.executor} roles={['executor', 'unit_head']} organization={task.organization} unit={task.executors[0]?.unit}
        except={person?.id} value={executor} onChange={setExecutor} error={act.faults['executor']}
      />
      <Words label={words.reason} value={reason} onChange={setReason} error={act.faults['reason']} rows={2} autoFocus={false} />
    </StepForm>
  )
}
