import { Badge, Group, Select, Stack, Text, Timeline } from '@mantine/core'
import { useState } from 'react'
import { formatDateTime } from '../../i18n/format.ts'
import type { Version } from '../client.ts'
import { ReplyView } from '../parts/reply-view.tsx'
import { useSpeech } from '../session.tsx'
import { Difference } from './difference.tsx'

/** Every version of a reply: the last one first, any two compared, and who has signed. */
export function Versions({ versions }: { readonly versions: readonly Version[] }) {
  const { words } = useSpeech()
  const [shown, setShown] = useState<number>()
  const [against, setAgainst] = useState<number>()
  const version = versions.find((v) => v.number === shown) ?? versions.at(-1)!
  const other = versions.find((v) => v.number === against && v.number !== version.number)
  const option = (v: Version) => ({ value: String(v.number), label: `${words.version} ${v.number} · ${v.author.name}` })
  return (
    <Stack gap="xs" mt="md">
      <Group gap="xs" align="end">
        <Select
          label={words.versions} size="xs" w={280} maw="100%" data={versions.map(option)} value={String(version.number)}
          onChange={(v) => setShown(Number(v))} allowDeselect={false}
        />
        {versions.length > 1 && (
          <Select
            label={words.compare} placeholder={words.noCompare} size="xs" w={280} maw="100%" clearable
            data={versions.filter((v) => v.number !== version.number).map(option)} value={other ? String(other.number) : null}
            onChange={(v) => setAgainst(v ? Number(v) : undefined)}
          />
        )}
      </Group>
      <div className="sheet">
        {other ? <Difference before={other.body} after={version.body} /> : <ReplyView body={version.body} />}
      </div>
      {version.questions.length > 0 && (
        <Stack gap={2}>{version.questions.map((question) => <Text key={question.text} size="sm" c={question.answered ? undefined : 'red'}>{question.answered ? '✓' : '✗'} {question.text}</Text>)}</Stack>
      )}
      <Endorsements version={version} />
    </Stack>
  )
}

type Step = Version['steps'][number]

/** Who signs in turn: voted, waited for, or not yet reached. */
function Endorsements({ version }: { readonly version: Version }) {
  const { words, named } = useSpeech()
  const done = version.steps.filter((step) => step.vote).length
  return (
    <Timeline active={done - 1} bulletSize={14} lineWidth={2} aria-label={words.endorsements}>
      {version.steps.map((step) => (
        <Timeline.Item key={step.kind} title={<StepTitle step={step} name={named.approvalSteps[step.kind as keyof typeof named.approvalSteps]} />}>
          {step.vote && <Text size="xs" c="dimmed">{step.vote.by.name}, {formatDateTime(step.vote.at)}</Text>}
          {step.vote?.comment && <Text size="sm" className="words">{step.vote.comment}</Text>}
          {step.vote?.correction && (
            <>
              <Text size="xs" c="dimmed" mt={4}>{words.correction}</Text>
              <Difference before={version.body} after={step.vote.correction} />
            </>
          )}
        </Timeline.Item>
      ))}
    </Timeline>
  )
}

function StepTitle({ step, name }: { readonly step: Step; readonly name: string }) {
  const { words } = useSpeech()
  const badge = (color: string, text: string) => <Badge size="sm" tt="none" color={color} variant="light">{text}</Badge>
  return (
    <Group gap={6}>
      <Text size="sm" fw={600}>{name}</Text>
      {step.vote?.verdict === 'approve' && badge('green', words.approved)}
      {step.vote?.verdict === 'return' && badge('red', words.returned)}
      {!step.vote && step.waiting && badge('orange', words.waitsVote)}
    </Group>
  )
}
