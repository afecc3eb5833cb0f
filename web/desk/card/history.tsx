import { Card, Text } from '@mantine/core'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import { originalWords } from '../../i18n/originals.ts'
import type { Card as Appeal } from '../client.ts'
import { useGroup, useSpeech } from '../session.tsx'

/** Who did what, when, under which clause: the whole way, newest first. */
export function History({ card }: { readonly card: Appeal }) {
  const { words, named } = useSpeech()
  const { holder } = useGroup()
  const told = useTold()
  return (
    <Card withBorder component="section" aria-label={words.history}>
      <Text fw={650} mb="xs" component="h2">{words.history}</Text>
      <ol className="history" reversed>
        {card.timeline.toReversed().map((event) => (
          <li key={event.seq}>
            <Text size="sm" c="dimmed" className="figures">{formatDateTime(event.at)}</Text>
            <div>
              <Text size="sm">
                <Text span fw={600} inherit>{named.happened[event.action]}</Text>
                {' · '}{event.by?.name ?? holder(event.as)} <Text span c="dimmed" size="xs">{words.clause(event.clause)}</Text>
              </Text>
              {told(event).map((line, i) => <Text key={i} size="sm" c="dimmed" className="words">{line}</Text>)}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}

/** What a fact says beyond its name, a line each: its words, its day, its people, its numbers. */
function useTold(): (event: Appeal['timeline'][number]) => string[] {
  const { words, language } = useSpeech()
  const { organization, unit } = useGroup()
  return ({ data, people }) => {
    const lines: string[] = people.length > 0 ? [people.map(({ name }) => name).join(', ')] : []
    for (const key of ['text', 'question', 'reason', 'comment', 'note', 'purpose', 'shelf', 'index']) if (typeof data[key] === 'string') lines.push(data[key])
    if (typeof data['unit'] === 'string' && people.length === 0) lines.push(unit(data['unit']))
    if (typeof data['dueOn'] === 'string') lines.push(`${words.dueOn}: ${formatDay(data['dueOn'])}`)
    if (typeof data['returnOn'] === 'string') lines.push(`${originalWords[language].returnOn} ${formatDay(data['returnOn'])}`)
    if (typeof data['act'] === 'string') lines.push(originalWords[language].act(data['act']))
    if (isPlaces(data['executors'])) lines.push(`${words.executors}: ${data['executors'].map((place) => unit(place.unit)).join(', ')}`)
    if (typeof data['question'] === 'string' && typeof data['organization'] === 'string') lines.push(organization(data['organization']))
    if (isAddressee(data['to'])) lines.push(data['to'].outside ?? organization(data['to'].organization ?? ''))
    if (typeof data['workingDays'] === 'number') lines.push(`${data['workingDays']} ${words.workDaysShort}`)
    if (typeof data['version'] === 'number') lines.push(`${words.version} ${data['version']}`)
    if (typeof data['score'] === 'number') lines.push(`${data['score']} / 5`)
    if (typeof data['mainNumber'] === 'string') lines.push(`${words.joinedTo} ${data['mainNumber']}`)
    if (isNumber(data['number'])) lines.push(`№ ${data['number'].number}`)
    if (isEvidence(data['evidence']) && data['evidence'].said) lines.push(`${words.said}: ${data['evidence'].said}`)
    return lines
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const isPlaces = (value: unknown): value is { unit: string }[] => Array.isArray(value)
const isAddressee = (value: unknown): value is { organization?: string; outside?: string } =>
  isObject(value) && ('organization' in value || 'outside' in value)
const isNumber = (value: unknown): value is { number: string } => isObject(value) && 'number' in value
const isEvidence = (value: unknown): value is { said?: string } => isObject(value) && 'way' in value
