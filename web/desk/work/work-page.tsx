import { Button, Card, Center, Chip, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { queues } from '../../../regulation/lifecycle.ts'
import { api, type WorkLine } from '../client.ts'
import { Lines } from '../parts/lines.tsx'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { useSpeech } from '../session.tsx'

/** My work today: what waits for me, what is late first. */
export function WorkPage() {
  const { words, named } = useSpeech()
  const { queue } = useSearch({ from: '/' })
  const navigate = useNavigate()
  const work = useInfiniteQuery(api.work.myWork.infiniteOptions({
    input: (after: WorkLine | undefined) => ({ queue, limit: 50, ...(after && { afterDueOn: after.term.dueOn, afterId: after.id }) }),
    initialPageParam: undefined as WorkLine | undefined,
    getNextPageParam: (page) => (page.more ? page.lines.at(-1) : undefined),
  }))
  const lines = work.data?.pages.flatMap((page) => page.lines) ?? []
  const present = queues.filter((name) => name === queue || lines.some((line) => line.queue === name))

  return (
    <Stack maw={1100} mx="auto">
      <Group justify="space-between" align="baseline">
        <Title order={1} size="h2">{queue ? named.queues[queue] : words.myWork}</Title>
      </Group>
      {present.length > 1 || queue ? (
        <Chip.Group value={queue ?? ''} onChange={(value) => void navigate({ to: '/', search: { queue: (value || undefined) as typeof queue } })}>
          <Group gap="xs">
            <Chip value="" size="sm">{words.allQueues}</Chip>
            {present.map((name) => <Chip key={name} value={name} size="sm">{named.queues[name]}</Chip>)}
          </Group>
        </Chip.Group>
      ) : null}
      {work.isPending ? <Loading /> : work.isError ? <Failed error={work.error} retry={() => void work.refetch()} />
        : lines.length === 0 ? <Empty title={words.emptyWork} hint={words.emptyWorkHint} />
          : groups(lines, words).map(({ name, color, members }) => (
              <section key={name}>
                <Text component="h2" fw={650} size="sm" c={color} mb={6}>{name} · {members.length}</Text>
                <Card withBorder p={0}><Lines lines={members} /></Card>
              </section>
            ))}
      {work.hasNextPage && <Center><Button variant="default" loading={work.isFetchingNextPage} onClick={() => void work.fetchNextPage()}>{words.more}</Button></Center>}
    </Stack>
  )
}

function groups(lines: readonly WorkLine[], words: { late: string; today: string; soon: string; later: string }) {
  const of = (name: string, color: string, fits: (line: WorkLine) => boolean) => ({ name, color, members: lines.filter(fits) })
  return [
    of(words.late, 'red', (line) => line.term.state === 'late'),
    of(words.today, 'orange', (line) => line.term.state !== 'late' && line.term.workingDaysLeft === 0),
    of(words.soon, 'orange', (line) => line.term.workingDaysLeft >= 1 && line.term.workingDaysLeft <= 3),
    of(words.later, 'dimmed', (line) => line.term.workingDaysLeft > 3),
  ].filter((group) => group.members.length > 0)
}
