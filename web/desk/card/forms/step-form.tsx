import { Alert, Button, Group, Radio, Stack, Textarea } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import { useState, type FormEvent, type ReactNode } from 'react'
import type { Card, Task } from '../../client.ts'
import { useSpeech } from '../../session.tsx'
import type { Act } from '../use-act.ts'

/** What every step's form is given: the appeal, the task if the step is a task's, and how to send. */
export type FormProps = {
  readonly card: Card
  readonly task?: Task | undefined
  readonly act: Act
  readonly cancel?: (() => void) | undefined
}
export type Form = (props: FormProps) => ReactNode

/** The frame of every step's form: its fields, a refusal where there is one, send and cancel. Ctrl Enter sends. */
export function StepForm({ act, cancel, submit, label, children, danger = false, disabled = false, id }: {
  readonly act: Act
  readonly cancel?: (() => void) | undefined
  readonly submit: () => void
  readonly label: string
  readonly children: ReactNode
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly id?: string | undefined
}) {
  const { words } = useSpeech()
  const send = () => {
    if (!disabled && !act.busy) submit()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  return (
    <form id={id} onSubmit={onSubmit} onKeyDown={getHotkeyHandler([['mod+Enter', send]])} noValidate>
      <Stack>
        {act.refusal && <Alert color="red" role="alert">{act.refusal}</Alert>}
        {children}
        <Group className="send" justify="flex-end">
          {cancel && <Button variant="default" onClick={cancel}>{words.cancel}</Button>}
          <Button type="submit" loading={act.busy} disabled={disabled} color={danger ? 'red' : undefined}>{label}</Button>
        </Group>
      </Stack>
    </form>
  )
}

export function Words({ label, value, onChange, error, required = true, rows = 4, autoFocus = true }: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
  readonly required?: boolean
  readonly rows?: number
  readonly autoFocus?: boolean
}) {
  const { words } = useSpeech()
  return (
    <Textarea
      label={required ? label : `${label} (${words.optional})`} value={value} onChange={(e) => onChange(e.currentTarget.value)}
      error={error} required={required} autosize minRows={rows} maxRows={16} data-autofocus={autoFocus || undefined}
    />
  )
}

export function Choice<T extends string>({ label, value, onChange, options }: {
  readonly label: string
  readonly value: T
  readonly onChange: (value: T) => void
  readonly options: readonly (readonly [T, string])[]
}) {
  return (
    <Radio.Group label={label} value={value} onChange={(v) => onChange(v as T)}>
      <Stack gap={6} mt={6}>{options.map(([option, words]) => <Radio key={option} value={option} label={words} />)}</Stack>
    </Radio.Group>
  )
}

export function useText(initial: string | (() => string) = ''): [string, (value: string) => void] {
  return useState(initial)
}
