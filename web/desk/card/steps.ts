import { useNavigate } from '@tanstack/react-router'
import type { Action } from '../../../regulation/appeal-facts.ts'
import type { Card } from '../client.ts'

export type Available = Card['actions'][number]

/** Written in the task's own editor, not in a form of its own. */
export const elsewhere: readonly Action[] = ['submit_version']

/** The step whose form is open stands in the address, so the palette opens it and Back closes it. */
export function useStepOpener(appealId: number): { open: (step: Pick<Available, 'action' | 'task'>) => void; close: () => void } {
  const navigate = useNavigate()
  const to = { to: '/appeals/$appealId' as const, params: { appealId: String(appealId) } }
  return {
    open: ({ action, task }) => void navigate({ ...to, search: { step: action, task } }),
    close: () => void navigate({ ...to, search: {}, replace: true }),
  }
}

/** With several tasks the button says which. */
export const stepLabel = (step: Pick<Available, 'task'>, card: Pick<Card, 'tasks'>, label: string, taskOf: (task: number) => string): string =>
  step.task !== undefined && card.tasks.length > 1 ? `${label} (${taskOf(step.task)})` : label
