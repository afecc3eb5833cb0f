import { Box, Card, Group, Text } from '@mantine/core'
import { formatDay } from '../../i18n/format.ts'
import type { Card as Appeal, Task } from '../client.ts'
import { useGroup, useSpeech } from '../session.tsx'
import { Files } from './document.tsx'
import { ReplyEditor } from './reply-editor.tsx'
import { Versions } from './versions.tsx'

/** One task or inquiry: who does what by when, every version with its endorsements, and the editor for whose turn it is. */
export function TaskPanel({ card, task }: { readonly card: Appeal; readonly task: Task }) {
  const { words } = useSpeech()
  const { organization, unit, holder } = useGroup()
  const writes = card.actions.some((step) => step.action === 'submit_version' && step.task === task.id)
  const title = task.kind === 'task' ? words.task : words.inquiry
  const executors = task.executors.map((executor, i) => {
    const leads = i === 0 && task.executors.length > 1 ? `, ${words.lead}` : ''
    return `${executor.person?.name ?? words.notNamed} (${unit(executor.unit)}${leads})`
  })
  return (
    <Card withBorder component="section" aria-label={`${title} ${task.id}`}>
      <Group justify="space-between" mb="xs">
        <Text fw={650} component="h2">{title} {task.id} · {organization(task.organization)}</Text>
        <Text size="sm" c="dimmed">{words.dueOn}: {formatDay(task.dueOn)}</Text>
      </Group>
      <Text className="words" mb="sm">{task.text}</Text>
      <Text size="sm">{words.executors}: {executors.join('; ')}</Text>
      {task.controller && <Text size="sm">{words.controller}: {task.controller.name}</Text>}
      {task.observers.length > 0 && <Text size="sm" c="dimmed">{words.observers}: {task.observers.map(holder).join('; ')}</Text>}
      {task.returned && <Text size="sm" c="red" mt="xs">{words.returned}: {task.returned}</Text>}
      {task.explanationReturned && <Text size="sm" c="red" mt="xs">{words.returned}: {task.explanationReturned}</Text>}
      {task.contributions.length > 0 && (
        <Box mt="sm">
          <Text fw={600} size="sm">{words.contributions}</Text>
          {task.contributions.map((part) => (
            <Text key={part.at} size="sm" className="words">{part.by.name} ({unit(part.unit)}): {part.text}</Text>
          ))}
        </Box>
      )}
      {task.versions.length > 0 && <Versions versions={task.versions} />}
      <Files card={card} files={task.files} />
      {writes && <ReplyEditor card={card} task={task} />}
    </Card>
  )
}
