import { Alert, Anchor, Badge, Button, Card, Group, Progress, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { formatDateTime, formatMonth } from '../../i18n/format.ts'
import { settlementWords } from '../../i18n/settlement.ts'
import { formatTenge } from '../../i18n/tariffs.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useSpeech } from '../session.tsx'

export const runColours = { counting: 'blue', counted: 'orange', posted: 'green', cancelled: 'gray' } as const

/** Months that were settled, and the next one to begin (п. 11.3.1). */
export function SettlementPage() {
  const { language } = useSpeech()
  const words = settlementWords[language]
  const navigate = useNavigate()
  const queries = useQueryClient()
  const query = useQuery({ ...api.settlement.listRuns.queryOptions(), refetchInterval: ({ state }) => (state.data?.runs.some((run) => run.state === 'counting') ? 1_000 : false) })
  const start = useMutation({
    mutationFn: (period: string) => client.settlement.startRun({ period }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: api.settlement.key() })
      await navigate({ to: '/settlement/$runId', params: { runId: String(id) } })
    },
  })
  const { data } = query
  useTitle(words.title)
  return (
    <Stack maw={1100} mx="auto">
      <Title order={1} size="h2">{words.title}</Title>
      <Text c="dimmed">{words.hint}</Text>
      <Shown query={query}>
        {data?.outside ? <Alert>{words.outside}</Alert> : data && (
          <Card withBorder>
            <Group justify="space-between">
              <div>
                <Text fw={600}>{words.next(formatMonth(data.next, language))}</Text>
                {!data.mayStart && <Text size="sm" c="dimmed">{words.tooEarly}</Text>}
              </div>
              <Button disabled={!data.mayStart} loading={start.isPending} onClick={() => start.mutate(data.next)}>{words.start(formatMonth(data.next, language))}</Button>
            </Group>
            {start.error && <Alert color="red" role="alert" mt="sm">{faultWords(start.error, language)['period'] ?? errorWords(start.error, language)}</Alert>}
          </Card>
        )}
        {data?.runs.length === 0 && <Empty title={words.empty} hint={words.emptyHint} />}
        {data?.runs.map((run) => (
          <Card key={run.id} withBorder p="sm">
            <Group justify="space-between">
              <div>
                <Anchor component={Link} to={`/settlement/${run.id}`} fw={650}>{formatMonth(run.period, language)}</Anchor>
                <Text size="sm" c="dimmed">{run.postedAt ? words.postedBy(run.postedBy ?? '', formatDateTime(run.postedAt)) : words.startedBy(run.startedBy, formatDateTime(run.startedAt))}</Text>
              </div>
              <Group gap="sm">
                {run.totals && <Text className="figures">{words.charged}: {formatTenge(run.totals.bills.charged)} ₸</Text>}
                {run.exceptions > 0 && run.state === 'counted' && <Badge tt="none" color="red" variant="light">{words.undecided(run.exceptions)}</Badge>}
                <Badge tt="none" size="lg" variant="light" color={runColours[run.state]}>{words.states[run.state]}</Badge>
              </Group>
            </Group>
            {run.state === 'counting' && <Progress mt="sm" value={run.accounts === 0 ? 100 : (run.done / run.accounts) * 100} animated aria-label={words.progress(run.done, run.accounts)} />}
          </Card>
        ))}
      </Shown>
    </Stack>
  )
}
