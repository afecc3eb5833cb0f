import { Accordion, Badge, Card, Group, List, Text } from '@mantine/core'
import { formatDate, formatDateTime, formatDay, formatWeekday } from '../../i18n/format.ts'
import type { Card as Appeal } from '../client.ts'
import { useSpeech } from '../session.tsx'

type Clock = Appeal['terms']['clocks'][number]

/** Every clock with its date, the binding one first, and each date explained day by day. */
export function TermsPanel({ card }: { readonly card: Appeal }) {
  const { words } = useSpeech()
  const { extension, extensionAsked } = card
  return (
    <Card withBorder component="section" aria-label={words.terms}>
      <Text fw={650} mb="xs" component="h2">{words.terms}</Text>
      <Clocks clocks={card.terms.clocks} />
      {extensionAsked && (
        <Text size="sm" mt="xs">
          {words.asked} {extensionAsked.workingDays} {words.workDaysShort} — {extensionAsked.by}: «{extensionAsked.reason}»
        </Text>
      )}
      {extension && (
        <Text size="sm" mt="xs">
          {words.extended} {extension.workingDays} {words.workDaysShort} — {extension.by}, {formatDateTime(extension.at)}: «{extension.reason}»
        </Text>
      )}
    </Card>
  )
}

function Clocks({ clocks }: { readonly clocks: readonly Clock[] }) {
  const { words, language } = useSpeech()
  return (
    <Accordion variant="separated" chevronPosition="right" order={3}>
      {clocks.toSorted((a, b) => Number(b.binding) - Number(a.binding)).map((clock) => (
        <Accordion.Item key={clock.policy} value={clock.policy}>
          <Accordion.Control>
            <Group gap={6}>
              <Text fw={600} size="sm">{formatDate(clock.dueOn, language)}</Text>
              {clock.binding && <Badge size="sm" tt="none">{words.binding}</Badge>}
            </Group>
            <Text size="xs" c="dimmed">{clock.ground[language]}</Text>
          </Accordion.Control>
          <Accordion.Panel><Explanation clock={clock} /></Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  )
}

function Explanation({ clock }: { readonly clock: Clock }) {
  const { words, language } = useSpeech()
  const unit = clock.unit === 'working_days' ? words.workingDaysUnit : words.calendarDays
  const from = clock.startsFrom === 'received' ? words.fromReceived : words.fromRegistered
  const said = (step: Clock['steps'][number]): string => {
    const reason = step.reason ? `: ${step.reason[language]}` : ''
    switch (step.kind) {
      case 'start': return `${formatWeekday(step.date, language)} — ${words.stepStart}${reason}`
      case 'counted': return `${span(step.from, step.date)} — ${words.stepCounted} (${step.count})`
      case 'day_off': return `${formatDay(step.date)} — ${words.stepDayOff}${reason}`
      case 'worked': return `${formatDay(step.date)} — ${words.stepWorked}${reason}`
      case 'moved': return `${formatDay(step.date)} — ${words.stepMoved}${reason}`
      case 'extended': return `${words.stepExtended}: ${step.count}${step.order?.reason ? ` — «${step.order.reason}»` : ''}`
      case 'due': return `${formatWeekday(step.date, language)} — ${words.stepDue}`
    }
  }
  return (
    <>
      <Text size="sm" mb="xs">
        {clock.amount} {unit} {from}{clock.extensionLimit ? `; ${words.extendable} ${clock.extensionLimit}` : ''}
      </Text>
      <List size="sm" spacing={2}>
        {clock.steps.map((step, i) => <List.Item key={i} c={step.kind === 'day_off' ? 'dimmed' : undefined}>{said(step)}</List.Item>)}
      </List>
    </>
  )
}

const span = (from: string | undefined, to: string): string => (from && from !== to ? `${formatDay(from)} – ${formatDay(to)}` : formatDay(to))
