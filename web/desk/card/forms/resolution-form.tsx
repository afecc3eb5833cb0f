import { Button, Group, Kbd, Stack, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useState } from 'react'
import { useGroup, useSpeech } from '../../session.tsx'
import { suggestedDue } from '../working-days.ts'
import { DueDay } from './due-day.tsx'
import { PersonSelect } from './person-select.tsx'
import { lastController, recentUnits, rememberResolution } from './resolution-habits.ts'
import { StepForm, useText, Words, type FormProps } from './step-form.tsx'
import { UnitOrder } from './unit-order.tsx'

type Key = [hotkey: string, pressed: () => void]

/** An executive's order: text, units in order, day, controller (п. 4.6). Its usual parts are one key away. */
export function ResolutionForm({ card, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const { group, unit } = useGroup()
  const [text, setText] = useText(words.suggestions[0])
  const [units, setUnits] = useState<string[]>([])
  const [dueOn, setDueOn] = useText(() => suggestedDue(card))
  const [controller, setController] = useState(() => lastController(card.organization))
  const own = group?.organizations.find((o) => o.id === card.organization)?.units.map((u) => u.id) ?? []
  const habitual = recentUnits(card.organization).filter((id) => own.includes(id))
  const toggle = (id: string) => setUnits(units.includes(id) ? units.filter((other) => other !== id) : [...units, id])
  const submit = () => {
    rememberResolution(card.organization, units, controller)
    act.send({ text, units, dueOn, ...(controller && { controller }) })
  }
  useHotkeys([
    ...words.suggestions.map((suggestion, i) => [String(i + 1), () => setText(suggestion)] as Key),
    ...habitual.map((id, i) => [String(i + 4), () => toggle(id)] as Key),
    // Within the form its own key sends; a dialog over it is not this form.
    ['mod+Enter', ({ target }) => { if (!(target as Element).closest('form, [role="dialog"]') && !act.busy) submit() }],
  ])
  return (
    <StepForm act={act} cancel={cancel} submit={submit} label={named.actions.impose_resolution}>
      <Stack gap={6}>
        {words.suggestions.map((suggestion, i) => (
          <Button
            key={suggestion} variant={text === suggestion ? 'light' : 'default'} aria-pressed={text === suggestion} className="wraps"
            justify="flex-start" fw={500} leftSection={<Kbd size="xs" visibleFrom="sm">{i + 1}</Kbd>} onClick={() => setText(suggestion)}
          >
            {suggestion}
          </Button>
        ))}
      </Stack>
      <Words label={words.text} value={text} onChange={setText} error={act.faults['text']} rows={2} autoFocus={false} />
      <UnitOrder organization={card.organization} units={units} onChange={setUnits} faults={act.faults} />
      {habitual.length > 0 && (
        <div>
          <Text size="xs" c="dimmed" mb={4}>{words.recentUnits}</Text>
          <Group gap={6}>
            {habitual.map((id, i) => (
              <Button
                key={id} size="compact-md" variant={units.includes(id) ? 'light' : 'default'} aria-pressed={units.includes(id)} fw={500}
                className="wraps" leftSection={<Kbd size="xs" visibleFrom="sm">{i + 4}</Kbd>} onClick={() => toggle(id)}
              >
                {unit(id)}
              </Button>
            ))}
          </Group>
        </div>
      )}
      <DueDay card={card} value={dueOn} onChange={setDueOn} error={act.faults['dueOn']} />
      <PersonSelect
        label={words.controller} roles={['controller', 'unit_head']} organization={card.organization} value={controller}
        onChange={setController} error={act.faults['controller']} required={false}
      />
      <Text size="xs" c="dimmed" visibleFrom="sm">{words.textsHint}</Text>
    </StepForm>
  )
}
