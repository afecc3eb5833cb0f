import { ActionIcon, Alert, Button, Group, Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactNode } from 'react'
import type { Role } from '../../../regulation/vocabulary.ts'
import { formatDate } from '../../i18n/format.ts'
import { api, type Card } from '../client.ts'
import { useGroup, useSpeech } from '../session.tsx'
import type { Act } from './use-act.ts'

/** The frame of every step's form: its fields, a refusal where there is one, send and cancel. Ctrl Enter sends. */
export function StepForm({ act, cancel, submit, label, children, danger = false, disabled = false }: {
  readonly act: Act
  readonly cancel?: (() => void) | undefined
  readonly submit: () => void
  readonly label: string
  readonly children: ReactNode
  readonly danger?: boolean
  readonly disabled?: boolean
}) {
  const { words } = useSpeech()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    submit()
  }
  return (
    <form onSubmit={onSubmit} onKeyDown={getHotkeyHandler([['mod+Enter', submit]])} noValidate>
      <Stack>
        {act.refusal && <Alert color="red" role="alert">{act.refusal}</Alert>}
        {children}
        <Group justify="flex-end">
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
  return <Textarea label={required ? label : `${label} (${words.optional})`} value={value} onChange={(e) => onChange(e.currentTarget.value)} error={error} required={required} autosize minRows={rows} maxRows={16} data-autofocus={autoFocus || undefined} />
}

/** A day, not past and not after the answer is due; the browser's own calendar, the phone's wheel. */
export function DueDay({ card, value, onChange, error }: { readonly card: Card; readonly value: string; readonly onChange: (value: string) => void; readonly error?: string | undefined }) {
  const { words, language } = useSpeech()
  const today = localToday()
  const latest = card.term.dueOn < today ? today : card.term.dueOn
  return <TextInput type="date" label={words.dueOn} description={`${words.dueHint} ${formatDate(latest, language)}`} min={today} max={latest} value={value} onChange={(e) => onChange(e.currentTarget.value)} error={error} required w={260} />
}

export const localToday = (): string => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 10)
export const defaultDue = (card: Card): string => (card.term.dueOn < localToday() ? localToday() : card.term.dueOn)

/** Colleagues who hold a role in a place. */
export function PersonSelect({ label, roles, organization, unit, value, onChange, error, required = true, except }: {
  readonly label: string
  readonly roles: readonly Role[]
  readonly organization: string
  readonly unit?: string | undefined
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
  readonly error?: string | undefined
  readonly required?: boolean
  readonly except?: string | undefined
}) {
  const { named, words } = useSpeech()
  const { data } = useQuery(api.people.findPeople.queryOptions({ input: { organization, ...(unit && { unit }) }, staleTime: 60_000 }))
  const options = new Map((data ?? []).filter((p) => roles.includes(p.role) && p.id !== except).map((p) => [p.id, `${p.name} · ${named.roles[p.role].toLowerCase()}`]))
  return <Select label={required ? label : `${label} (${words.optional})`} data={[...options].map(([id, name]) => ({ value: id, label: name }))} value={value ?? null} onChange={(v) => onChange(v ?? undefined)} error={error} required={required} searchable clearable={!required} nothingFoundMessage={words.emptyList} />
}

/** Units in order: the first leads. */
export function UnitOrder({ organization, units, onChange, faults }: { readonly organization: string; readonly units: readonly string[]; readonly onChange: (units: string[]) => void; readonly faults: Readonly<Record<string, string>> }) {
  const { words, language } = useSpeech()
  const { group, unit } = useGroup()
  const own = group?.organizations.find((o) => o.id === organization)?.units ?? []
  const swap = (i: number, j: number) => onChange(units.map((id, at) => (at === i ? units[j]! : at === j ? units[i]! : id)))
  return (
    <Stack gap={6}>
      <Select label={words.units} description={words.unitsHint} placeholder={words.addUnit} searchable value={null} error={faults['units'] ?? Object.entries(faults).find(([field]) => field.startsWith('units.'))?.[1]}
        data={own.filter((u) => !units.includes(u.id)).map((u) => ({ value: u.id, label: u.name[language] }))} onChange={(id) => { if (id) onChange([...units, id]) }} required={units.length === 0} />
      {units.map((id, i) => (
        <Group key={id} gap={4} wrap="nowrap">
          <Text size="sm" style={{ flex: 1 }}>{i + 1}. {unit(id)}{i === 0 && <Text span c="petrol" fw={600} inherit> · {words.lead}</Text>}</Text>
          <ActionIcon variant="subtle" disabled={i === 0} aria-label={`${words.up}: ${unit(id)}`} onClick={() => swap(i, i - 1)}><IconArrowUp size={16} /></ActionIcon>
          <ActionIcon variant="subtle" disabled={i === units.length - 1} aria-label={`${words.down}: ${unit(id)}`} onClick={() => swap(i, i + 1)}><IconArrowDown size={16} /></ActionIcon>
          <ActionIcon variant="subtle" color="red" aria-label={`${words.remove}: ${unit(id)}`} onClick={() => onChange(units.filter((other) => other !== id))}><IconX size={16} /></ActionIcon>
        </Group>
      ))}
    </Stack>
  )
}

export function Choice<T extends string>({ label, value, onChange, options }: { readonly label: string; readonly value: T; readonly onChange: (value: T) => void; readonly options: readonly (readonly [T, string])[] }) {
  return (
    <Radio.Group label={label} value={value} onChange={(v) => onChange(v as T)}>
      <Stack gap={6} mt={6}>{options.map(([option, words]) => <Radio key={option} value={option} label={words} />)}</Stack>
    </Radio.Group>
  )
}

export function useText(initial: string | (() => string) = ''): [string, (value: string) => void] {
  return useState(initial)
}
