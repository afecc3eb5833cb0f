import { Anchor, Badge, Box, Card, Grid, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { api, refusalOf } from '../client.ts'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { TermChip } from '../parts/term-chip.tsx'
import { useGroup, useSpeech } from '../session.tsx'
import { ActionBar } from './action-bar.tsx'
import { Document } from './document.tsx'
import { History } from './history.tsx'
import { TaskPanel } from './task-panel.tsx'
import { TermsPanel } from './terms-panel.tsx'
import { Way } from './way.tsx'

/** One appeal on one page: the document left, facts and terms right, tasks and the whole history below. */
export function CardPage() {
  const { appealId } = useParams({ from: '/appeals/$appealId' })
  const { words, named } = useSpeech()
  const { organization, holder } = useGroup()
  const query = useQuery(api.appeals.card.queryOptions({ input: { appealId: Number(appealId) } }))
  if (query.isPending) return <Loading rows={8} />
  if (query.isError) {
    return refusalOf(query.error)?.code === 'appeal_not_found'
      ? <Empty title={words.notFound} hint={words.emptyListHint} /> : <Failed error={query.error} retry={() => void query.refetch()} />
  }
  const card = query.data
  return (
    <Stack maw={1400} mx="auto" gap="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box style={{ minWidth: 0 }}>
          <Group gap="sm" align="center">
            <Title order={1} size="h2">{card.number}</Title>
            <Badge variant="light" size="lg" tt="none">{named.states[card.state]}</Badge>
            <TermChip term={card.term} size="lg" />
          </Group>
          <Text size="lg" mt={4}>{named.kinds[card.kind]}: {card.subject}</Text>
          {card.waiting.length > 0 && (
            <Text size="sm" c="dimmed">{words.waitsFor}: {[...new Set(card.waiting.map((w) => `${w.who === w.holder ? holder(w.holder) : w.who} — ${named.queueAsks[w.queue].toLowerCase()}`))].join('; ')}</Text>
          )}
        </Box>
      </Group>
      <Way card={card} />
      <ActionBar card={card} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}><Document card={card} /></Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            <TermsPanel card={card} />
            <Card withBorder component="section" aria-label={words.numbers}>
              <Text fw={650} mb="xs" component="h2">{words.numbers}</Text>
              <Stack gap={6}>
                {card.numbers.map((n) => (
                  <Group key={`${n.organization} ${n.journal}`} justify="space-between" gap="xs"><Text size="sm" c="dimmed">{organization(n.organization)}, {named.journals[n.journal].toLowerCase()}</Text><Text size="sm" fw={600}>{n.number}</Text></Group>
                ))}
                {card.repeatOf && <Text size="sm">{words.repeatOf}: <CardLink id={card.repeatOf.id} number={card.repeatOf.number} /></Text>}
                {card.joinedTo && <Text size="sm">{words.joinedTo}: <CardLink id={card.joinedTo.id} number={card.joinedTo.number} /></Text>}
                {card.linked.map((other) => <Text size="sm" key={other.id}>{other.link === 'joined' ? words.linkedJoined : words.linkedRepeat}: <CardLink id={other.id} number={other.number} /></Text>)}
              </Stack>
            </Card>
          </Stack>
        </Grid.Col>
      </Grid>
      {card.tasks.map((task) => <TaskPanel key={task.id} card={card} task={task} />)}
      <History card={card} />
    </Stack>
  )
}

function CardLink({ id, number }: { readonly id: number; readonly number: string }) {
  return <Anchor component={Link} to={`/appeals/${id}`}>{number}</Anchor>
}
