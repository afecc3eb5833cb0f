import { Card, Text } from '@mantine/core'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import type { Card as Appeal } from '../client.ts'
import { useGroup, useSpeech } from '../session.tsx'

/** Who did what, when, under which clause: the whole way, newest first. */
export function History({ card }: { readonly card: Appeal }) {
  const { words, named } = useSpeech()
  const { organization, unit, holder } = useGroup()
  const told = (data: Record<string, unknown>): string[] => [
    ...['text', 'question', 'reason', 'comment', 'note'].flatMap((key) => (typeof data[key] === 'string' ? [data[key]] : [])),
    ...(typeof data['dueOn'] === 'string' ? [`${words.dueOn}: ${formatDay(data['dueOn'])}`] : []),
    ...(Array.isArray(data['executors']) ? [`${words.executors}: ${(data['executors'] as { unit: string }[]).map((e) => unit(e.unit)).join(', ')}`] : []),
    ...(typeof data['organization'] === 'string' && typeof data['question'] === 'string' ? [organization(data['organization'])] : []),
    ...(typeof data['workingDays'] === 'number' ? [`${data['workingDays']} ${words.workDaysShort}`] : []),
    ...(typeof data['version'] === 'number' ? [`${words.version} ${data['version']}`] : []),
    ...(typeof data['score'] === 'number' ? [`${data['score']} / 5`] : []),
    ...(typeof data['mainNumber'] === 'string' ? [`${words.joinedTo} ${data['mainNumber']}`] : []),
    ...(isNumber(data['number']) ? [`№ ${data['number'].number}`] : []),
    ...(isEvidence(data['evidence']) && data['evidence'].said ? [`${words.said}: ${data['evidence'].said}`] : []),
  ]
  return (
    <Card withBorder component="section" aria-label={words.history}>
      <Text fw={650} mb="xs" component="h2">{words.history}</Text>
      <ol className="history" reversed>
        {card.timeline.toReversed().map((event) => (
          <li key={event.seq}>
            <Text size="sm" c="dimmed">{formatDateTime(event.at)}</Text>
            <div>
              <Text size="sm"><Text span fw={600} inherit>{named.happened[event.action]}</Text> · {event.by?.name ?? holder(event.as)} <Text span c="dimmed" size="xs">{words.clause} {event.clause}</Text></Text>
              {told(event.data).map((line) => <Text key={line} size="sm" c="dimmed" className="words">{line}</Text>)}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}

const isNumber = (value: unknown): value is { number: string } => typeof value === 'object' && value !== null && 'number' in value
const isEvidence = (value: unknown): value is { said?: string } => typeof value === 'object' && value !== null && 'way' in value
