import { Alert, Anchor, Badge, Button, Card, Checkbox, Group, Progress, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { refusalWords } from '../../../regulation/refusals.ts'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import { formatTenge } from '../../i18n/tariffs.ts'
import { api, client, errorWords } from '../client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useSpeech } from '../session.tsx'
import { Wide } from '../parts/wide.tsx'
import { batchColours, usePaymentWords } from './payments-page.tsx'

/** A bank's file as it will be booked: held against the bank's total, its faults first, then booked at one press. */
export function BatchPage() {
  const words = usePaymentWords()
  const { language } = useSpeech()
  const { batchId } = useParams({ strict: false }) as { batchId: string }
  const queries = useQueryClient()
  const [only, setOnly] = useState<'all' | 'faults' | 'unknown'>('all')
  const [asks, setAsks] = useState(false)
  const [knows, setKnows] = useState(false)
  const query = useInfiniteQuery({
    ...api.payments.readBatch.infiniteOptions({ input: (after: number) => ({ id: Number(batchId), only, after }), initialPageParam: 0, getNextPageParam: ({ next }) => next }),
    refetchInterval: ({ state }) => (state.data?.pages[0]?.batch.state === 'booking' ? 1_000 : false),
  })
  const batch = query.data?.pages[0]?.batch
  const lines = query.data?.pages.flatMap((page) => page.lines) ?? []
  const act = useMutation({
    mutationFn: async (step: 'book' | 'cancel') => { await (step === 'book' ? client.payments.bookBatch({ id: Number(batchId), acknowledgeDifference: knows }) : client.payments.cancelBatch({ id: Number(batchId) })) },
    onSuccess: async () => {
      setAsks(false)
      await queries.invalidateQueries({ queryKey: api.payments.key() })
    },
  })
  useTitle(batch ? `№ ${batch.id}, ${batch.source}` : words.title)
  const differs = batch?.declared !== undefined && batch.declared !== batch.total
  const good = batch ? batch.lines - batch.faults : 0
  return (
    <Stack maw={1200} mx="auto">
      <Text size="sm"><Anchor component={Link} to="/payments">{words.back}</Anchor></Text>
      <Shown query={query}>
        {batch && (
          <>
            <Group justify="space-between">
              <div>
                <Title order={1} size="h2">№ {batch.id}, {batch.source}</Title>
                <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{batch.file} · {formatDateTime(batch.madeAt)}, {batch.madeBy}</Text>
              </div>
              <Badge tt="none" size="xl" variant="light" color={batchColours[batch.state]}>{words.states[batch.state]}</Badge>
            </Group>
            <Card withBorder>
              <Group gap="xl">
                <Figure name={words.sum} value={`${formatTenge(batch.total)} ₸`} />
                {batch.declared !== undefined && <Figure name={words.declared} value={`${formatTenge(batch.declared)} ₸`} />}
                <Figure name={words.lines} value={String(batch.lines)} /><Figure name={words.faults} value={String(batch.faults)} /><Figure name={words.unknown} value={String(batch.unknown)} />
                {batch.state !== 'staged' && <Figure name={words.booked} value={String(batch.booked)} />}
                {batch.declared !== undefined && <Badge tt="none" size="lg" variant="light" color={differs ? 'red' : 'green'}>{differs ? words.differs(formatTenge(batch.total - batch.declared)) : words.agrees}</Badge>}
              </Group>
              {batch.state === 'booking' && <Progress mt="sm" animated value={good === 0 ? 100 : (batch.booked / good) * 100} aria-label={words.progress(batch.booked, good)} />}
              <Group mt="md">
                {batch.state === 'staged' && <Button disabled={good === 0} onClick={() => { act.reset(); setAsks(true) }}>{words.book}</Button>}
                {batch.state === 'staged' && <Button variant="default" loading={act.isPending && act.variables === 'cancel'} onClick={() => act.mutate('cancel')}>{words.cancel}</Button>}
                {batch.faults > 0 && <Button variant="default" component="a" href={`/api/v1/payment-batches/${batch.id}/refused.csv?language=${language}`}>{words.refused}</Button>}
              </Group>
            </Card>
            <SegmentedControl value={only} onChange={(value) => setOnly(value as typeof only)} data={[{ value: 'all', label: words.all }, { value: 'faults', label: `${words.faults} (${batch.faults})` }, { value: 'unknown', label: `${words.unknown} (${batch.unknown})` }]} aria-label={words.all} />
            {lines.length === 0 ? <Text c="dimmed">{words.noLines}</Text> : (
              <Wide label={words.all}>
                <Table fz="sm" className="figures" miw={760}>
                  <Table.Thead><Table.Tr><Table.Th>{words.line}</Table.Th><Table.Th>{words.account}</Table.Th><Table.Th ta="right">{words.amount}</Table.Th><Table.Th>{words.day}</Table.Th><Table.Th>{words.reference}</Table.Th><Table.Th>{words.why}</Table.Th></Table.Tr></Table.Thead>
                  <Table.Tbody>
                    {lines.map((line) => (
                      <Table.Tr key={line.n}>
                        <Table.Td>{line.n}</Table.Td><Table.Td>{line.account ?? '—'}</Table.Td><Table.Td ta="right">{line.amount === undefined ? '—' : formatTenge(line.amount)}</Table.Td><Table.Td>{line.paidOn ? formatDay(line.paidOn) : '—'}</Table.Td><Table.Td>{line.reference ?? '—'}</Table.Td>
                        <Table.Td>{line.fault ? <><Text size="sm" c="red">{refusalWords(line.fault, language)}</Text><Text size="xs" c="dimmed">{line.raw}</Text></> : !line.known ? <Text size="sm" c="orange">{words.unknown}</Text> : line.booked ? words.booked : ''}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Wide>
            )}
            {query.hasNextPage && <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{words.more}</Button>}
            <Dialog title={words.book} opened={asks} close={() => setAsks(false)}>
              <Stack>
                <Text>{words.bookSure}</Text>
                {differs && <Checkbox label={words.acknowledge} checked={knows} onChange={(event) => setKnows(event.currentTarget.checked)} />}
                {act.error && <Alert color="red" role="alert">{errorWords(act.error, language)}</Alert>}
                <Button data-autofocus disabled={differs && !knows} loading={act.isPending} onClick={() => act.mutate('book')}>{words.book}</Button>
              </Stack>
            </Dialog>
          </>
        )}
      </Shown>
    </Stack>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return <div><Text size="sm" c="dimmed">{name}</Text><Text fw={650} className="figures">{value}</Text></div>
}
