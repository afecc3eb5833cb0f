import { Anchor, Button, Card, Group, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ResolutionForm } from '../card/action-forms.tsx'
import { Files } from '../card/document.tsx'
import { useAct } from '../card/use-act.ts'
import { api, type Card as Appeal } from '../client.ts'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { TermChip } from '../parts/term-chip.tsx'
import { useSpeech } from '../session.tsx'

/** The executive's ten minutes: one appeal at a time, its text and the resolution beside it, then the next. */
export function ResolutionsPage() {
  const { words, named } = useSpeech()
  const [at, setAt] = useState(0)
  const work = useQuery(api.work.myWork.queryOptions({ input: { queue: 'resolution', limit: 100 } }))
  const lines = work.data?.lines ?? []
  const index = Math.min(at, Math.max(0, lines.length - 1))
  const line = lines[index]
  const card = useQuery(api.appeals.card.queryOptions({ input: { appealId: line?.id ?? 0 }, enabled: line !== undefined }))
  const go = (by: number) => setAt(Math.max(0, Math.min(lines.length - 1, index + by)))
  useHotkeys([['ArrowRight', () => go(1)], ['ArrowLeft', () => go(-1)]])
  if (work.isPending) return <Loading />
  if (work.isError) return <Failed error={work.error} retry={() => void work.refetch()} />
  if (!line) return <Empty title={words.noResolutions} hint={words.emptyWorkHint} />
  return (
    <Stack maw={1200} mx="auto">
      <Group justify="space-between">
        <Title order={1} size="h2">{words.resolutionScreen} · {index + 1} {words.of} {lines.length}</Title>
        <Group gap="xs">
          <Button variant="default" leftSection={<IconArrowLeft size={16} />} onClick={() => go(-1)} disabled={index === 0}>{words.previous}</Button>
          <Button variant="default" rightSection={<IconArrowRight size={16} />} onClick={() => go(1)} disabled={index === lines.length - 1}>{words.next}</Button>
        </Group>
      </Group>
      <Progress value={((index + 1) / lines.length) * 100} aria-label={`${index + 1} ${words.of} ${lines.length}`} size="xs" />
      {card.data ? <One key={card.data.id} card={card.data} line={`${named.kinds[card.data.kind]} · ${card.data.applicant.name}`} /> : <Loading />}
    </Stack>
  )
}

function One({ card, line }: { readonly card: Appeal; readonly line: string }) {
  const { words } = useSpeech()
  const act = useAct(card, { action: 'impose_resolution' }, () => {})
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Card withBorder component="article">
        <Group justify="space-between"><Text fw={650}>{card.number}</Text><TermChip term={card.term} /></Group>
        <Text c="dimmed" size="sm">{line}</Text>
        <Title order={2} size="h4" mt="xs">{card.subject}</Title>
        <Text className="words" mt="xs">{card.body}</Text>
        <Files card={card} files={card.files} />
        <Anchor component={Link} to={`/appeals/${card.id}`} mt="md" size="sm">{words.openCard}</Anchor>
      </Card>
      <Card withBorder component="section" aria-label={words.resolution}><ResolutionForm card={card} act={act} /></Card>
    </SimpleGrid>
  )
}
