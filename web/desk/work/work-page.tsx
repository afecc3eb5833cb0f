import { Button, Card, Center, Chip, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Queue } from '../../../regulation/lifecycle.ts'
import { api, type WorkLine } from '../client.ts'
import { useMyQueues } from '../navigation.tsx'
import { Lines, useWalk } from '../parts/lines.tsx'
import { Empty, Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useSpeech } from '../session.tsx'

/** My work today: what waits for me, what is late first. */
export function WorkPage() {
  const { words, named } = useSpeech()
  const { queue } = useSearch({ from: '/' })
  const title = queue ? named.queues[queue] : words.myWork
  useTitle(title)
  const work = useInfiniteQuery(api.work.myWork.infiniteOptions({
    input: (after: WorkLine | undefined) => ({ queue, limit: 50, ...(after && { afterDueOn: after.term.dueOn, afterId: after.id }) }),
    initialPageParam: undefined as WorkLine | undefined,
    getNextPageParam: (page) => (page.more ? page.lines.at(-1) : undefined),
  }))
  const lines = work.data?.pages.flatMap((page) => page.lines) ?? []
  const walk = useWalk(lines, work.data?.pages.length)

  return (
    <Stack maw={1100} mx="auto">
      <Title order={1} size="h2">{title}</Title>
      <Queues chosen={queue} />
      <Shown query={work} empty={lines.length === 0 ? <Empty title={words.emptyWork} hint={words.emptyWorkHint} /> : undefined}>
        {groups(lines, words).map(({ name, color, members }, i, all) => (
          <section key={name}>
            <Text component="h2" fw={650} size="sm" c={color} mb={6}>
              {name} · {members.length}{work.hasNextPage && i === all.length - 1 ? '+' : ''}
            </Text>
            <Card withBorder p={0}><Lines lines={members} walk={walk} asks={!queue} /></Card>
          </section>
        ))}
        {work.hasNextPage && (
          <Center><Button variant="default" loading={work.isFetchingNextPage} onClick={() => void work.fetchNextPage()}>{words.more}</Button></Center>
        )}
      </Shown>
    </Stack>
  )
}

/** On a phone the queues stand here; elsewhere they are beside, in the menu. */
function Queues({ chosen }: { readonly chosen: Queue | undefined }) {
  const { words, named } = useSpeech()
  const navigate = useNavigate()
  const counts = useMyQueues()
  if (counts.length < 2 && !chosen) return null
  const choose = (value: string) => void navigate({ to: '/', search: { queue: (value || undefined) as Queue | undefined } })
  return (
    <Chip.Group value={chosen ?? ''} onChange={choose}>
      <Group gap="xs" hiddenFrom="sm">
        <Chip value="" size="sm">{words.allQueues}</Chip>
        {counts.map(({ queue, count }) => <Chip key={queue} value={queue} size="sm">{named.queues[queue]} · {count}</Chip>)}
      </Group>
    </Chip.Group>
  )
}

function groups(lines: readonly WorkLine[], words: { late: string; today: string; soon: string; later: string }) {
  const of = (name: string, color: string, fits: (line: WorkLine) => boolean) => ({ name, color, members: lines.filter(fits) })
  const left = ({ term }: WorkLine) => term.workingDaysLeft
  return [
    of(words.late, 'red', ({ term }) => term.state === 'late'),
    of(words.today, 'orange', (line) => line.term.state !== 'late' && left(line) <= 0),
    of(words.soon, 'orange', (line) => line.term.state !== 'late' && left(line) >= 1 && left(line) <= 3),
    of(words.later, 'dimmed', (line) => line.term.state !== 'late' && left(line) > 3),
  ].filter((group) => group.members.length > 0)
}
