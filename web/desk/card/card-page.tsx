import { Alert, Anchor, Badge, Card, Grid, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { api, refusalOf, type Card as Appeal } from '../client.ts'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { endedAside, TermChip } from '../parts/term-chip.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useGroup, useSpeech } from '../session.tsx'
import { ActionBar } from './action-bar.tsx'
import { Document } from './document.tsx'
import { History } from './history.tsx'
import { OriginalPanel } from './original-panel.tsx'
import { Outcome, Resolution } from './outcome.tsx'
import { TaskPanel } from './task-panel.tsx'
import { TermsPanel } from './terms-panel.tsx'
import { Way } from './way.tsx'

/** One appeal on one page: the document left, facts and terms right, tasks and the whole history below. */
export function CardPage() {
  const { appealId } = useParams({ from: '/appeals/$appealId' })
  const { words } = useSpeech()
  const query = useQuery(api.appeals.card.queryOptions({ input: { appealId: Number(appealId) } }))
  useTitle(query.data?.number)
  // A card once shown stays, whatever becomes of a later refresh: somebody may be writing in it.
  if (query.data) return <WholeCard key={query.data.id} card={query.data} />
  if (!query.isError) return <Loading rows={8} />
  return refusalOf(query.error)?.code === 'appeal_not_found'
    ? <Empty title={words.notFound} hint={words.emptyListHint} /> : <Failed error={query.error} retry={() => void query.refetch()} />
}

function WholeCard({ card }: { readonly card: Appeal }) {
  return (
    <Stack maw={1400} mx="auto" gap="md">
      <Heading card={card} />
      <Way card={card} />
      <Lacks card={card} />
      <ActionBar card={card} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}><Document card={card} /></Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            <TermsPanel card={card} />
            <Numbers card={card} />
            <OriginalPanel card={card} />
          </Stack>
        </Grid.Col>
      </Grid>
      <Outcome card={card} />
      <Resolution card={card} />
      {card.tasks.map((task) => <TaskPanel key={task.id} card={card} task={task} />)}
      <History card={card} />
    </Stack>
  )
}

function Heading({ card }: { readonly card: Appeal }) {
  const { words, named } = useSpeech()
  const { holder } = useGroup()
  const waiting = card.waiting.map(({ who, holder: whose, queue }) =>
    `${who === whose ? holder(whose) : who} — ${named.queueAsks[queue].toLowerCase()}`)
  return (
    <header>
      <Group gap="sm" align="center">
        <Title order={1} size="h2">{card.number}</Title>
        <Badge variant="light" size="lg" tt="none">{named.states[card.state]}</Badge>
        {!endedAside(card.state) && <TermChip term={card.term} size="lg" />}
      </Group>
      <Text size="lg" mt={4}>{named.kinds[card.kind]}: {card.subject}</Text>
      {waiting.length > 0 && <Text size="sm" c="dimmed">{words.waitsFor}: {[...new Set(waiting)].join('; ')}</Text>}
    </header>
  )
}

/** What the paper does not say (п. 4.2), and what its form asks. */
function Lacks({ card }: { readonly card: Appeal }) {
  const { words, named } = useSpeech()
  return (
    <>
      {card.lacks.length > 0 && <Alert color="yellow" role="note">{words.lacking(card.lacks.map((lack) => named.lacks[lack]).join(', '))}</Alert>}
      {card.noWrittenReply && <Alert color="petrol" role="note">{words.noWrittenReply}</Alert>}
    </>
  )
}

/** Every number the appeal ever got, and the appeals it stands beside. */
function Numbers({ card }: { readonly card: Appeal }) {
  const { words, named } = useSpeech()
  const { organization } = useGroup()
  return (
    <Card withBorder component="section" aria-label={words.numbers}>
      <Text fw={650} mb="xs" component="h2">{words.numbers}</Text>
      <Stack gap={6}>
        {card.numbers.map((given) => (
          <Group key={`${given.organization} ${given.journal}`} justify="space-between" gap="xs">
            <Text size="sm" c="dimmed">{organization(given.organization)}, {named.journals[given.journal].toLowerCase()}</Text>
            <Text size="sm" fw={600}>{given.number}</Text>
          </Group>
        ))}
        {card.repeatOf && <Beside label={words.repeatOf} appeal={card.repeatOf} />}
        {card.joinedTo && <Beside label={words.joinedTo} appeal={card.joinedTo} />}
        {card.linked.map((other) => (
          <Beside key={other.id} label={other.link === 'joined' ? words.linkedJoined : words.linkedRepeat} appeal={other} />
        ))}
      </Stack>
    </Card>
  )
}

function Beside({ label, appeal }: { readonly label: string; readonly appeal: { id: number; number: string } }) {
  return <Text size="sm">{label}: <Anchor component={Link} to={`/appeals/${appeal.id}`}>{appeal.number || `№ ${appeal.id}`}</Anchor></Text>
}
