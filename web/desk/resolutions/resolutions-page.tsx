import { Anchor, Button, Card, Group, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Files } from '../card/document.tsx'
import { ResolutionForm } from '../card/forms/resolution-form.tsx'
import { useAct } from '../card/use-act.ts'
import { api, queryClient, type Card as Appeal } from '../client.ts'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { TermChip } from '../parts/term-chip.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useSpeech } from '../session.tsx'

/** The executive's ten minutes: one appeal at a time, its text and the resolution beside it, then the next. */
export function ResolutionsPage() {
  const { words } = useSpeech()
  useTitle(words.resolutionScreen)
  const [present, setPresent] = useState<number>()
  const work = useQuery(api.work.myWork.queryOptions({ input: { queue: 'resolution', limit: 100 } }))
  const lines = work.data?.lines ?? []
  // The list changes by itself: one stays at the appeal, not at its place.
  const found = lines.findIndex((line) => line.id === present)
  const index = Math.max(found, 0)
  const line = lines[index]
  const go = (by: number) => setPresent(lines[Math.max(0, Math.min(lines.length - 1, index + by))]?.id)
  useHotkeys([['ArrowRight', () => go(1)], ['ArrowLeft', () => go(-1)]])
  const card = useQuery(api.appeals.card.queryOptions({ input: { appealId: line?.id ?? 0 }, enabled: line !== undefined }))
  useNextCard(lines[index + 1]?.id)

  if (!work.data) return work.isError ? <Failed error={work.error} retry={() => void work.refetch()} /> : <Loading />
  if (!line) {
    return (
      <Empty title={words.noResolutions} hint={words.emptyWorkHint}>
        <Button component={Link} to="/" variant="light" mt="sm">{words.myWork}</Button>
      </Empty>
    )
  }
  const following = (lines[index + 1] ?? lines[index - 1])?.id
  return (
    <Stack maw={1200} mx="auto" gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" align="baseline">
          <Title order={1} size="h3">{words.resolutionScreen}</Title>
          <Text c="dimmed">{words.of(index + 1, lines.length)}</Text>
        </Group>
        <Group gap="xs" wrap="nowrap">
          <Turn label={words.previous} disabled={index === 0} onClick={() => go(-1)} back />
          <Turn label={words.next} disabled={index === lines.length - 1} onClick={() => go(1)} />
        </Group>
      </Group>
      <Progress value={((index + 1) / lines.length) * 100} aria-label={words.of(index + 1, lines.length)} size="xs" />
      {card.data ? <One key={card.data.id} card={card.data} signed={() => setPresent(following)} />
        : card.isError ? <Failed error={card.error} retry={() => void card.refetch()} /> : <Loading />}
    </Stack>
  )
}

function One({ card, signed }: { readonly card: Appeal; readonly signed: () => void }) {
  const { words, named } = useSpeech()
  const act = useAct(card, { action: 'impose_resolution' }, signed)
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Card withBorder component="article">
        <Group justify="space-between"><Text fw={650}>{card.number}</Text><TermChip term={card.term} /></Group>
        <Text c="dimmed" size="sm">{named.kinds[card.kind]} · {card.applicant.name}</Text>
        <Title order={2} size="h4" mt="xs">{card.subject}</Title>
        <Text className="words" mt="xs" lang={card.language}>{card.body}</Text>
        <Files card={card} files={card.files} />
        <Anchor component={Link} to={`/appeals/${card.id}`} mt="md" size="sm">{words.openCard}</Anchor>
      </Card>
      <Card withBorder component="section" aria-label={words.resolution} className="signing"><ResolutionForm card={card} act={act} /></Card>
    </SimpleGrid>
  )
}

/** The next appeal is read ahead, so that turning to it shows it at once. */
function useNextCard(appealId: number | undefined): void {
  useEffect(() => {
    if (appealId !== undefined) void queryClient.prefetchQuery(api.appeals.card.queryOptions({ input: { appealId } }))
  }, [appealId])
}

function Turn({ label, disabled, onClick, back = false }: {
  readonly label: string
  readonly disabled: boolean
  readonly onClick: () => void
  readonly back?: boolean
}) {
  const Icon = back ? IconArrowLeft : IconArrowRight
  return (
    <Button variant="default" px="sm" aria-label={label} title={label} disabled={disabled} onClick={onClick}><Icon size={18} aria-hidden /></Button>
  )
}
