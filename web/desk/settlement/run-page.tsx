import { Alert, Anchor, Badge, Button, Card, Checkbox, Group, Progress, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { decisions, type Decision, type ExceptionKind } from '../../../regulation/settlement.ts'
import { formatDateTime, formatMonth } from '../../i18n/format.ts'
import { settlementWords } from '../../i18n/settlement.ts'
import { formatTenge, tariffWords } from '../../i18n/tariffs.ts'
import { api, client, errorWords } from '../client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Shown } from '../parts/states.tsx'
import { Wide } from '../parts/wide.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useLedgerRights, useSpeech } from '../session.tsx'
import { runColours } from './settlement-page.tsx'

type Run = Awaited<ReturnType<typeof client.settlement.readRun>>

/** One month: how far it is, what it comes to, what must be decided; then posted, for ever. */
export function RunPage() {
  const { language } = useSpeech()
  const words = settlementWords[language]
  const { runId } = useParams({ strict: false }) as { runId: string }
  const { posts } = useLedgerRights()
  const queries = useQueryClient()
  const query = useQuery({ ...api.settlement.readRun.queryOptions({ input: { id: Number(runId) } }), refetchInterval: ({ state }) => (state.data?.state === 'counting' ? 700 : false) })
  const run = query.data
  const [asks, setAsks] = useState<'post' | 'cancel'>()
  const act = useMutation({
    mutationFn: (step: 'post' | 'cancel') => (step === 'post' ? client.settlement.postRun({ id: Number(runId) }) : client.settlement.cancelRun({ id: Number(runId) })),
    onSuccess: async (_, step) => {
      setAsks(undefined)
      notifications.show({ message: step === 'post' ? words.posted : words.cancelled })
      await queries.invalidateQueries({ queryKey: api.settlement.key() })
    },
  })
  const month = run ? formatMonth(run.period, language) : ''
  useTitle(run ? `${words.title}: ${month}` : words.title)
  return (
    <Stack maw={1200} mx="auto">
      <Text size="sm"><Anchor component={Link} to="/settlement">{words.back}</Anchor></Text>
      <Shown query={query}>
        {run && (
          <>
            <Group justify="space-between">
              <div>
                <Title order={1} size="h2">{words.title}: {month}</Title>
                <Text size="sm" c="dimmed">{words.startedBy(run.startedBy, formatDateTime(run.startedAt))}{run.postedAt && ` · ${words.postedBy(run.postedBy ?? '', formatDateTime(run.postedAt))}`}</Text>
              </div>
              <Badge tt="none" size="xl" variant="light" color={runColours[run.state]}>{words.states[run.state]}</Badge>
            </Group>
            {run.state === 'counting' && (
              <Card withBorder>
                <Text mb="xs" role="status">{words.progress(run.done, run.accounts)}</Text>
                <Progress value={run.accounts === 0 ? 100 : (run.done / run.accounts) * 100} animated aria-label={words.progress(run.done, run.accounts)} />
                <Text size="sm" c="dimmed" mt="xs">{words.leave}</Text>
              </Card>
            )}
            {run.totals && <Preview totals={run.totals} />}
            {run.state === 'counted' && <Exceptions run={run} />}
            {run.state !== 'posted' && run.state !== 'cancelled' && (
              <Group>
                {run.state === 'counted' && (posts
                  ? <Button disabled={run.exceptions > 0} onClick={() => setAsks('post')}>{words.post}</Button>
                  : <Text size="sm" c="dimmed">{words.onlyHead}</Text>)}
                <Button variant="default" color="red" onClick={() => setAsks('cancel')}>{words.cancel}</Button>
              </Group>
            )}
            <Dialog title={asks === 'post' ? words.post : words.cancel} opened={asks !== undefined} close={() => setAsks(undefined)}>
              <Stack>
                <Text>{asks === 'post' ? words.postSure(month) : words.cancelSure}</Text>
                {act.error && <Alert color="red" role="alert">{errorWords(act.error, language)}</Alert>}
                <Button data-autofocus color={asks === 'cancel' ? 'red' : undefined} loading={act.isPending} onClick={() => asks && act.mutate(asks)}>{asks === 'post' ? words.post : words.cancel}</Button>
              </Stack>
            </Dialog>
          </>
        )}
      </Shown>
    </Stack>
  )
}

function Preview({ totals: { bills, services } }: { readonly totals: NonNullable<Run['totals']> }) {
  const { language } = useSpeech()
  const words = settlementWords[language]
  const tariffs = tariffWords[language]
  return (
    <Card withBorder component="section" aria-label={words.preview}>
      <Title order={2} size="h4" mb="sm">{words.preview}</Title>
      <Group gap="xl" mb="md">
        <Figure name={words.bills} value={bills.count.toLocaleString('ru')} />
        {(['opening', 'charged', 'recalculated', 'penalty', 'paid', 'closing'] as const).map((part) => <Figure key={part} name={words[part]} value={`${formatTenge(bills[part])} ₸`} />)}
      </Group>
      <Wide label={words.preview}>
        <Table className="figures" verticalSpacing={6} horizontalSpacing={5} miw={900}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.service}</Table.Th>
              {[words.accounts, words.quantity, words.charged, words.common, words.penalty, words.vat, words.reading, words.average, words.norm].map((name) => <Table.Th key={name} ta="right">{name}</Table.Th>)}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {services.map((one) => (
              <Table.Tr key={one.service}>
                <Table.Th scope="row">{tariffs.services[one.service]}</Table.Th>
                {[one.accounts.toLocaleString('ru'), `${Number(one.quantity).toLocaleString('ru', { maximumFractionDigits: 2 })}\u00a0${tariffs.units[one.service]}`, formatTenge(one.charged), formatTenge(one.common), formatTenge(one.penalty), formatTenge(one.vat), one.reading.toLocaleString('ru'), one.average.toLocaleString('ru'), one.norm.toLocaleString('ru')]
                  .map((value, i) => <Table.Td key={i} ta="right">{value}</Table.Td>)}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Card>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return <div><Text size="sm" c="dimmed">{name}</Text><Text fw={650} className="figures">{value}</Text></div>
}

/** What the run could not decide alone: one decision for one or many, and their houses are counted again. */
function Exceptions({ run }: { readonly run: Run }) {
  const { language } = useSpeech()
  const words = settlementWords[language]
  const tariffs = tariffWords[language]
  const queries = useQueryClient()
  const [kind, setKind] = useState<ExceptionKind | 'all' | 'decided'>('all')
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  // Beyond what is loaded: every one of the kind shown.
  const [every, setEvery] = useState(false)
  const choose = (keys: ReadonlySet<string>) => { setPicked(keys); setEvery(false) }
  const query = useInfiniteQuery(api.settlement.listExceptions.infiniteOptions({
    input: (after: number) => ({ id: run.id, after, decided: kind === 'decided' ? 'true' as const : 'false' as const, ...(kind !== 'all' && kind !== 'decided' && { kind }) }), initialPageParam: 0, getNextPageParam: ({ next }) => next,
  }))
  const lines = query.data?.pages.flatMap((page) => page.exceptions) ?? []
  const counts = query.data?.pages[0]?.counts ?? []
  const keyOf = (line: (typeof lines)[number]) => `${line.account} ${line.service}`
  const decide = useMutation({
    mutationFn: (decision: Decision) => client.settlement.decideExceptions({
      id: run.id, decision, ...(every ? { every: kind === 'all' || kind === 'decided' ? {} : { kind } } : { exceptions: lines.filter((line) => picked.has(keyOf(line))).map(({ account, service }) => ({ account, service })) }),
    }),
    onSuccess: async ({ decided, run: { state } }) => {
      choose(new Set())
      notifications.show({ message: state === 'counting' ? words.recounting(decided) : words.recounted(decided) })
      await queries.invalidateQueries({ queryKey: api.settlement.key() })
    },
  })
  const pick = (key: string, on: boolean) => choose(new Set(on ? [...picked, key] : [...picked].filter((one) => one !== key)))
  const open = kind === 'all' ? run.exceptions : counts.find((one) => one.kind === kind)?.count ?? 0
  const choices = [{ value: 'all', label: `${words.toDecide} (${run.exceptions})` }, ...counts.map((one) => ({ value: one.kind, label: `${words.kinds[one.kind]} (${one.count})` })), { value: 'decided', label: words.decided }]
  return (
    <Card withBorder component="section" aria-label={words.exceptions}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">{words.exceptions}</Title>
        <Badge tt="none" size="lg" variant="light" color={run.exceptions > 0 ? 'red' : 'green'}>{words.undecided(run.exceptions)}</Badge>
      </Group>
      <SegmentedControl mb="sm" style={{ flexWrap: 'wrap' }} value={kind} data={choices} onChange={(value) => { setKind(value as ExceptionKind); choose(new Set()) }} aria-label={words.exceptions} />
      {kind !== 'decided' && lines.length > 0 && (
        <Group mb="sm">
          <Checkbox label={words.selectAll} checked={picked.size === lines.length} indeterminate={picked.size > 0 && picked.size < lines.length} onChange={(event) => choose(new Set(event.currentTarget.checked ? lines.map(keyOf) : []))} />
          <Text size="sm" c="dimmed" role="status">{words.selected(every ? open : picked.size)}</Text>
          {query.hasNextPage && !every && picked.size === lines.length && <Button size="compact-sm" variant="subtle" onClick={() => setEvery(true)}>{words.selectEvery(open)}</Button>}
          <Group gap="xs">
            {decisions.map((decision) => <Button key={decision} size="compact-sm" variant="light" disabled={picked.size === 0} loading={decide.isPending && decide.variables === decision} onClick={() => decide.mutate(decision)}>{words.decisions[decision]}</Button>)}
          </Group>
        </Group>
      )}
      {decide.error && <Alert color="red" role="alert" mb="sm">{errorWords(decide.error, language)}</Alert>}
      <Shown query={query} empty={lines.length === 0 ? <Text c="dimmed">{words.noExceptions}</Text> : undefined}>
        <Stack gap={0}>
          {lines.map((line) => (
            <Group key={`${keyOf(line)} ${line.kind}`} justify="space-between" py="xs" style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}>
              <Group gap="sm" wrap="nowrap">
                {!line.decision && <Checkbox aria-label={`${line.number}, ${tariffs.services[line.service]}`} checked={picked.has(keyOf(line))} onChange={(event) => pick(keyOf(line), event.currentTarget.checked)} />}
                <div>
                  <Text fw={600}>{line.number} · {tariffs.services[line.service]}</Text>
                  <Text size="sm" c="dimmed">{line.holder}, {line.address}</Text>
                </div>
              </Group>
              <div>
                <Text size="sm">{words.kinds[line.kind]}{Object.keys(line.details).length > 0 && `: ${Object.entries(line.details).map(([name, value]) => `${words.details[name] ?? name} ${value}`).join(', ')}`}</Text>
                <Text size="sm" c="dimmed">{line.decision ? `${words.decisions[line.decision]}, ${line.decidedBy ?? ''}` : words.kindHints[line.kind]}</Text>
              </div>
            </Group>
          ))}
        </Stack>
        {query.hasNextPage && <Button variant="default" mt="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{words.more}</Button>}
      </Shown>
    </Card>
  )
}
