import { Badge, Box, Card, Group, Select, Stack, Text, Timeline } from '@mantine/core'
import { useState } from 'react'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import type { Card as Appeal, Task, Version } from '../client.ts'
import { useGroup, useSpeech } from '../session.tsx'
import { Files } from './document.tsx'
import { ReplyEditor } from './reply-editor.tsx'
import { wordDiff } from './word-diff.ts'

/** One task or inquiry: who does what by when, every version with its endorsements, and the editor for whose turn it is. */
export function TaskPanel({ card, task }: { readonly card: Appeal; readonly task: Task }) {
  const { words } = useSpeech()
  const { organization, unit, holder } = useGroup()
  const writes = card.actions.some((a) => a.action === 'submit_version' && a.task === task.id)
  const title = task.kind === 'task' ? words.task : words.inquiry
  return (
    <Card withBorder component="section" aria-label={`${title} ${task.id}`}>
      <Group justify="space-between" mb="xs">
        <Text fw={650} component="h2">{title} {task.id} · {organization(task.organization)}</Text>
        <Text size="sm" c="dimmed">{words.dueOn}: {formatDay(task.dueOn)}</Text>
      </Group>
      <Text className="words" mb="sm">{task.text}</Text>
      <Text size="sm">{words.executors}: {task.executors.map((e, i) => `${e.person?.name ?? words.notNamed} (${unit(e.unit)}${i === 0 && task.executors.length > 1 ? `, ${words.lead}` : ''})`).join('; ')}</Text>
      {task.controller && <Text size="sm">{words.controller}: {task.controller.name}</Text>}
      {task.observers.length > 0 && <Text size="sm" c="dimmed">{words.observers}: {task.observers.map(holder).join('; ')}</Text>}
      {task.returned && <Text size="sm" c="red" mt="xs">{words.returned}: {task.returned}</Text>}
      {task.explanationReturned && <Text size="sm" c="red" mt="xs">{words.returned}: {task.explanationReturned}</Text>}
      {task.contributions.length > 0 && (
        <Box mt="sm">
          <Text fw={600} size="sm">{words.contributions}</Text>
          {task.contributions.map((c) => <Text key={c.at} size="sm" className="words">{c.by.name} ({unit(c.unit)}): {c.text}</Text>)}
        </Box>
      )}
      {task.versions.length > 0 && <Versions versions={task.versions} />}
      <Files card={card} files={task.files} />
      {writes && <ReplyEditor card={card} task={task} />}
    </Card>
  )
}

function Versions({ versions }: { readonly versions: readonly Version[] }) {
  const { words } = useSpeech()
  const [shown, setShown] = useState<number>()
  const [against, setAgainst] = useState<number>()
  const version = versions.find((v) => v.number === shown) ?? versions.at(-1)!
  const other = versions.find((v) => v.number === against && v.number !== version.number)
  const option = (v: Version) => ({ value: String(v.number), label: `${words.version} ${v.number} · ${v.author.name}` })
  return (
    <Stack gap="xs" mt="md">
      <Group gap="xs" align="end">
        <Select label={words.versions} size="xs" w={280} data={versions.map(option)} value={String(version.number)} onChange={(v) => setShown(Number(v))} allowDeselect={false} />
        {versions.length > 1 && <Select label={words.compare} placeholder={words.noCompare} size="xs" w={280} clearable data={versions.filter((v) => v.number !== version.number).map(option)} value={other ? String(other.number) : null} onChange={(v) => setAgainst(v ? Number(v) : undefined)} />}
      </Group>
      <Box p="sm" bd="1px solid var(--mantine-color-default-border)" style={{ borderRadius: 8 }}>
        {other ? <Difference before={other.body} after={version.body} /> : <Text className="words">{version.body}</Text>}
      </Box>
      <Endorsements version={version} />
    </Stack>
  )
}

function Difference({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <Text className="words">
      {wordDiff(before, after).map((piece, i) => piece.kind === 'added' ? <ins key={i} className="diff">{piece.text}</ins> : piece.kind === 'removed' ? <del key={i} className="diff">{piece.text}</del> : <span key={i}>{piece.text}</span>)}
    </Text>
  )
}

function Endorsements({ version }: { readonly version: Version }) {
  const { words, named } = useSpeech()
  const done = version.steps.filter((step) => step.vote).length
  return (
    <Timeline active={done - 1} bulletSize={14} lineWidth={2} aria-label={words.endorsements}>
      {version.steps.map((step) => (
        <Timeline.Item key={step.kind} title={<Group gap={6}><Text size="sm" fw={600}>{named.approvalSteps[step.kind as keyof typeof named.approvalSteps]}</Text>
          {step.vote ? <Badge size="sm" tt="none" color={step.vote.verdict === 'approve' ? 'green' : 'red'} variant="light">{step.vote.verdict === 'approve' ? words.approved : words.returned}</Badge>
            : step.waiting ? <Badge size="sm" tt="none" color="orange" variant="light">{words.waitsVote}</Badge> : null}</Group>}>
          {step.vote && <Text size="xs" c="dimmed">{step.vote.by.name}, {formatDateTime(step.vote.at)}</Text>}
          {step.vote?.comment && <Text size="sm" className="words">{step.vote.comment}</Text>}
          {step.vote?.correction && <><Text size="xs" c="dimmed" mt={4}>{words.correction}</Text><Difference before={version.body} after={step.vote.correction} /></>}
        </Timeline.Item>
      ))}
    </Timeline>
  )
}
