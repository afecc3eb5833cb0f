import { Button, Card, Group, Menu, Text, Tooltip } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useSearch } from '@tanstack/react-router'
import type { Action } from '../../../regulation/appeal-facts.ts'
import { lifecycle } from '../../../regulation/lifecycle.ts'
import type { Card as Appeal } from '../client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useSpeech } from '../session.tsx'
import { actionForms } from './action-forms.tsx'
import { paperSteps } from './original-panel.tsx'
import { elsewhere, stepLabel, useStepOpener, type Available } from './steps.ts'
import { useAct } from './use-act.ts'

/** The steps one is waited for come first and are filled in; the rest stand behind them. */
const chief: readonly Action[] = [
  'send_for_resolution', 'impose_resolution', 'assign_task', 'name_executor', 'endorse', 'accept_explanation', 'issue_letter', 'sign_letter', 'dispatch_reply', 'close', 'extend_term', 'take_note', 'accept_original',
]
const beside: readonly Action[] = ['send_inquiry', 'return_version', 'return_explanation', 'refuse_extension', 'return_for_triage', 'contribute', 'issue_letter', 'dispatch_reply', 'report_bounce', 'reopen']

/** Only what this person may do now; each says its clause, and asks for what it needs. */
export function ActionBar({ card }: { readonly card: Appeal }) {
  const { words, named } = useSpeech()
  const { open } = useStepOpener(card.id)
  const offered = card.actions.filter((step) => actionForms[step.action] && !paperSteps.includes(step.action))
  const writing = card.actions.find((step) => elsewhere.includes(step.action))
  const main = offered.filter((step) => isChief(step, card))
  const second = offered.filter((step) => !isChief(step, card) && beside.includes(step.action))
  const rest = offered.filter((step) => !isChief(step, card) && !beside.includes(step.action))
  const label = (step: Available) => stepLabel(step, card, named.actions[step.action], words.taskOf)
  const button = (step: Available, variant: 'filled' | 'light') => (
    <Tooltip key={keyOf(step)} label={words.clause(step.clause)}>
      <Button variant={variant} onClick={() => open(step)}>{label(step)}</Button>
    </Tooltip>
  )
  return (
    <>
      {(offered.length > 0 || writing) && (
        <Card withBorder p="sm" className="no-print" component="section" aria-label={words.whatToDo}>
          <Group gap="xs">
            {writing && (
              <Tooltip label={words.clause(writing.clause)}>
                <Button component="a" href={`#reply-${writing.task}`}>{named.queueAsks.drafting}</Button>
              </Tooltip>
            )}
            {main.map((step) => button(step, 'filled'))}
            {second.map((step) => button(step, 'light'))}
            {rest.length > 0 && (
              <Menu position="bottom-start">
                <Menu.Target>
                  <Button variant="default" leftSection={<IconDots size={16} />}>{words.moreActions}</Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {rest.map((step) => (
                    <Menu.Item
                      key={keyOf(step)} color={step.action === 'dismiss' ? 'red' : undefined} onClick={() => open(step)}
                      rightSection={<Text span size="xs" c="dimmed">{words.clause(step.clause)}</Text>}
                    >
                      {label(step)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
          </Group>
        </Card>
      )}
      <OpenStep card={card} />
    </>
  )
}

/** The form of the step named in the address. It stays, with what was typed, even when the step has been taken by another. */
function OpenStep({ card }: { readonly card: Appeal }) {
  const { words, named } = useSpeech()
  const { step, task } = useSearch({ from: '/appeals/$appealId' })
  // What is written in the task's own editor has no form to open.
  const action = step && actionForms[step] ? step : undefined
  const { close } = useStepOpener(card.id)
  const title = action && `${named.actions[action]} · ${words.clause(offeredClause(card, action))}`
  return (
    <Dialog opened={action !== undefined} close={close} title={title} size="lg">
      {action && <StepInForm key={`${action} ${task ?? ''}`} card={card} action={action} task={task} close={close} />}
    </Dialog>
  )
}

function StepInForm({ card, action, task, close }: {
  readonly card: Appeal
  readonly action: Action
  readonly task: number | undefined
  readonly close: () => void
}) {
  const act = useAct(card, { action, task }, close)
  const Form = actionForms[action]
  return Form ? <Form card={card} task={card.tasks.find(({ id }) => id === task)} act={act} cancel={close} /> : null
}

function isChief({ action }: Available, card: Appeal): boolean {
  if (action === 'extend_term') return card.extensionAsked !== undefined
  if (action === 'name_executor') return card.tasks.some((task) => task.status === 'to_name')
  if (action === 'send_for_resolution') return card.state === 'registered'
  // A reply that must leave as a signed letter is not sent before it is one.
  if (action === 'dispatch_reply') return !card.letterRequired || card.letter?.signature !== undefined
  if (action === 'issue_letter') return card.letterRequired
  return chief.includes(action)
}

/** As the appeal's own route names it; the regulation's own where the step is no longer offered. */
const offeredClause = (card: Appeal, action: Action): string =>
  card.actions.find((step) => step.action === action)?.clause ?? lifecycle[action].clause

const keyOf = (step: Available): string => `${step.action} ${step.task ?? ''}`
