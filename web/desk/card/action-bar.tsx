import { Button, Card, Group, Menu, Modal, Tooltip } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import type { Action } from '../../../regulation/appeal-facts.ts'
import type { Card as Appeal } from '../client.ts'
import { useSpeech } from '../session.tsx'
import { actionForms } from './action-forms.tsx'
import { useAct } from './use-act.ts'

type Available = Appeal['actions'][number]

/** The steps one is waited for come first and are filled in; the rest stand behind them. */
const chief: readonly Action[] = [
  'send_for_resolution', 'impose_resolution', 'assign_task', 'name_executor', 'endorse', 'accept_explanation', 'dispatch_reply', 'close', 'extend_term',
]
const beside: readonly Action[] = ['send_inquiry', 'return_version', 'return_explanation', 'refuse_extension', 'return_for_triage', 'contribute']
/** Written in the task's own editor, not here. */
const elsewhere: readonly Action[] = ['submit_version']

/** Only what this person may do now; each says its clause, and asks for what it needs. */
export function ActionBar({ card }: { readonly card: Appeal }) {
  const { words, named } = useSpeech()
  const [open, setOpen] = useState<Available>()
  const offered = card.actions.filter((a) => !elsewhere.includes(a.action))
  const writing = card.actions.find((a) => elsewhere.includes(a.action))
  const naming = card.tasks.some((task) => task.status === 'to_name')
  const isChief = (a: Available) => chief.includes(a.action)
    && (a.action !== 'extend_term' || card.extensionAsked !== undefined) && (a.action !== 'name_executor' || naming)
    && (a.action !== 'send_for_resolution' || card.state === 'registered')
  const main = offered.filter(isChief)
  const second = offered.filter((a) => !isChief(a) && beside.includes(a.action))
  const rest = offered.filter((a) => !isChief(a) && !beside.includes(a.action))
  if (offered.length === 0) return null
  const button = (a: Available, variant: 'filled' | 'light') => (
    <Tooltip key={`${a.action} ${a.task ?? ''}`} label={`${words.clause} ${a.clause}`}>
      <Button variant={variant} onClick={() => setOpen(a)}>{labelOf(a, card, named.actions[a.action])}</Button>
    </Tooltip>
  )
  const Form = open && actionForms[open.action]
  return (
    <Card withBorder p="sm" className="no-print" component="section" aria-label={words.whatToDo}>
      <Group gap="xs">
        {writing && <Button component="a" href={`#reply-${writing.task}`}>{named.queueAsks.drafting}</Button>}
        {main.map((a) => button(a, 'filled'))}
        {second.map((a) => button(a, 'light'))}
        {rest.length > 0 && (
          <Menu position="bottom-start">
            <Menu.Target><Button variant="default" leftSection={<IconDots size={16} />} >{words.moreActions}</Button></Menu.Target>
            <Menu.Dropdown>
              {rest.map((a) => <Menu.Item key={`${a.action} ${a.task ?? ''}`} color={a.action === 'dismiss' ? 'red' : undefined} onClick={() => setOpen(a)} rightSection={<span style={{ opacity: 0.6, fontSize: 12 }}>{words.clause} {a.clause}</span>}>{labelOf(a, card, named.actions[a.action])}</Menu.Item>)}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      <Modal opened={open !== undefined} onClose={() => setOpen(undefined)} title={open && `${named.actions[open.action]} · ${words.clause} ${open.clause}`} size="lg" closeOnClickOutside={false}>
        {open && Form && <ActionForm key={`${open.action} ${open.task ?? ''}`} card={card} available={open} close={() => setOpen(undefined)} Form={Form} />}
      </Modal>
    </Card>
  )
}

function ActionForm({ card, available, close, Form }: { readonly card: Appeal; readonly available: Available; readonly close: () => void; readonly Form: (typeof actionForms)[Action] }) {
  const act = useAct(card, available, close)
  return Form ? <Form card={card} task={card.tasks.find((task) => task.id === available.task)} act={act} cancel={close} /> : null
}

/** With several tasks the button says which. */
const labelOf = (a: Available, card: Appeal, label: string): string => (a.task !== undefined && card.tasks.length > 1 ? `${label} (${a.task})` : label)
