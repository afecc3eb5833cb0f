import { Alert, Anchor, Badge, Button, Card, FileInput, Group, Stack, Table, Tabs, Text, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDateTime, formatDay, formatMonth } from '../../i18n/format.ts'
import { paymentWords } from '../../i18n/payments.ts'
import { formatTenge } from '../../i18n/tariffs.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Empty, Shown } from '../parts/states.tsx'
import { Wide } from '../parts/wide.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useSpeech } from '../session.tsx'

type Tab = 'batches' | 'unresolved' | 'payments'
type Payment = Awaited<ReturnType<typeof client.payments.listPayments>>['payments'][number]
export const batchColours = { staged: 'orange', booking: 'blue', booked: 'green', cancelled: 'gray' } as const
export const usePaymentWords = () => paymentWords[useSpeech().language]

/** Money that came in (п. 11.3.1): banks' registries, payments that found no account, all of them. */
export function PaymentsPage() {
  const words = usePaymentWords()
  const [tab, setTab] = useState<Tab>('batches')
  const unresolved = useQuery(api.payments.listPayments.queryOptions({ input: { state: 'unresolved' } })).data?.unresolved ?? 0
  useTitle(words.title)
  return (
    <Stack maw={1200} mx="auto">
      <Title order={1} size="h2">{words.title}</Title>
      <Tabs value={tab} onChange={(value) => { if (value) setTab(value as Tab) }}>
        <Tabs.List>
          <Tabs.Tab value="batches">{words.tabs.batches}</Tabs.Tab>
          <Tabs.Tab value="unresolved" rightSection={unresolved > 0 ? <Badge color="red" variant="light" size="sm">{unresolved}</Badge> : undefined}>{words.tabs.unresolved}</Tabs.Tab>
          <Tabs.Tab value="payments">{words.tabs.payments}</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      {tab === 'batches' ? <Batches /> : <List key={tab} unresolved={tab === 'unresolved'} />}
    </Stack>
  )
}

function Batches() {
  const words = usePaymentWords()
  const { language } = useSpeech()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const query = useQuery({ ...api.payments.listBatches.queryOptions(), refetchInterval: ({ state }) => (state.data?.some((batch) => batch.state === 'booking') ? 1_000 : false) })
  const [file, setFile] = useState<File | null>(null)
  const [source, setSource] = useState('')
  const [total, setTotal] = useState('')
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({})
  const take = useMutation({
    mutationFn: async () => {
      const response = await fetch(`/api/v1/payment-batches?${new URLSearchParams({ name: file!.name, source, ...(total && { total }) })}`, { method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream', 'accept-language': language } })
      const told = (await response.json()) as { id?: number; title?: string; errors?: { field: string; message: string }[] }
      if (!response.ok) throw Object.assign(new Error(told.title ?? ''), { faults: Object.fromEntries((told.errors ?? []).map((fault) => [fault.field, fault.message])) })
      return told.id!
    },
    onMutate: () => setFaults({}),
    onError: (error: Error & { faults?: Record<string, string> }) => setFaults({ ...error.faults, ...(Object.keys(error.faults ?? {}).length === 0 && { file: error.message }) }),
    onSuccess: async (id) => {
      await queries.invalidateQueries({ queryKey: api.payments.key() })
      await navigate({ to: '/payments/$batchId', params: { batchId: String(id) } })
    },
  })
  return (
    <>
      <Card withBorder>
        <form onSubmit={(event) => { event.preventDefault(); take.mutate() }}>
          <Stack gap="sm">
            <Title order={2} size="h4">{words.upload}</Title>
            <Text size="sm" c="dimmed">{words.uploadHint}</Text>
            <Group align="flex-start">
              <FileInput label={words.file} placeholder={words.choose} value={file} onChange={setFile} accept=".csv,.txt,.xlsx" w={280} maw="100%" clearable clearButtonProps={{ 'aria-label': words.choose }} error={faults['file']} />
              <TextInput label={words.source} value={source} onChange={(event) => setSource(event.currentTarget.value)} error={faults['source']} maxLength={60} />
              <TextInput label={words.total} placeholder={words.optional} value={total} onChange={(event) => setTotal(event.currentTarget.value)} error={faults['total']} inputMode="decimal" />
            </Group>
            <Group><Button type="submit" disabled={!file || source.trim().length < 2} loading={take.isPending}>{words.take}</Button></Group>
          </Stack>
        </form>
      </Card>
      <Shown query={query} empty={query.data?.length === 0 ? <Empty title={words.noBatches} hint={words.noBatchesHint} /> : undefined}>
        {query.data?.map((batch) => (
          <Card key={batch.id} withBorder p="sm">
            <Group justify="space-between">
              <div>
                <Anchor component={Link} to={`/payments/${batch.id}`} fw={650}>№ {batch.id}, {batch.source}</Anchor>
                <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{batch.file} · {formatDateTime(batch.madeAt)}, {batch.madeBy}</Text>
              </div>
              <Group gap="sm">
                <Text className="figures">{formatTenge(batch.total)} ₸, {batch.lines} {words.lines}</Text>
                {batch.faults > 0 && <Badge tt="none" color="red" variant="light">{batch.faults} {words.faults}</Badge>}
                {batch.unknown > 0 && <Badge tt="none" color="orange" variant="light">{batch.unknown} {words.unknown}</Badge>}
                <Badge tt="none" size="lg" variant="light" color={batchColours[batch.state]}>{words.states[batch.state]}</Badge>
              </Group>
            </Group>
          </Card>
        ))}
      </Shown>
    </>
  )
}

function List({ unresolved }: { readonly unresolved: boolean }) {
  const words = usePaymentWords()
  const { language } = useSpeech()
  const [filter, setFilter] = useState({ from: '', to: '', account: '', source: '' })
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value.trim() !== ''))
  const query = useInfiniteQuery(api.payments.listPayments.infiniteOptions({
    input: (before: number | undefined) => ({ ...given, ...(unresolved && { state: 'unresolved' as const }), ...(before && { before }) }), initialPageParam: undefined as number | undefined, getNextPageParam: ({ next }) => next,
  }))
  const lines = query.data?.pages.flatMap((page) => page.payments) ?? []
  const sums = query.data?.pages[0]?.sums ?? []
  const field = (name: keyof typeof filter, label: string, type = 'text') => <TextInput key={name} type={type} label={label} value={filter[name]} onChange={(event) => { const { value } = event.currentTarget; setFilter((before) => ({ ...before, [name]: value })) }} />
  return (
    <>
      {!unresolved && (
        <Group align="flex-end">
          {field('from', words.from, 'date')}{field('to', words.to, 'date')}{field('account', words.account)}{field('source', words.source)}
          <Button component="a" variant="default" href={`/api/v1/payments.xlsx?${new URLSearchParams({ ...given, language })}`}>{words.xlsx}</Button>
        </Group>
      )}
      {sums.length > 0 && (
        <Card withBorder p="sm" aria-label={words.sums} component="section">
          <Text fw={600}>{words.sums}</Text>
          {sums.map((one) => <Text key={one.source} size="sm" className="figures">{one.source}: {formatTenge(one.total)} ₸, {one.count}</Text>)}
        </Card>
      )}
      <Shown query={query} empty={lines.length === 0 ? <Empty title={unresolved ? words.noUnresolved : words.none} {...(unresolved && { hint: words.noUnresolvedHint })} /> : undefined}>
        <Wide label={words.title}>
          <Table fz="sm" className="figures" miw={820}>
            <Table.Thead><Table.Tr><Table.Th>{words.day}</Table.Th><Table.Th>{words.source}</Table.Th><Table.Th>{unresolved ? words.given : words.account}</Table.Th><Table.Th ta="right">{words.amount}</Table.Th><Table.Th>{words.reference}</Table.Th><Table.Th>{unresolved ? '' : words.state}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {lines.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>{formatDay(one.paidOn)}</Table.Td><Table.Td>{one.source}</Table.Td>
                  <Table.Td>{one.account ?? one.given}{one.holder && <Text size="xs" c="dimmed">{one.holder}</Text>}</Table.Td>
                  <Table.Td ta="right">{formatTenge(one.amount)}</Table.Td><Table.Td>{one.reference}</Table.Td>
                  <Table.Td>{unresolved ? <Resolve payment={one} /> : one.period ? `${words.period} ${formatMonth(one.period, language)}` : `${words.states[one.state]}${one.reason ? `: ${one.reason}` : ''}`}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
        {query.hasNextPage && <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{words.more}</Button>}
      </Shown>
    </>
  )
}

function Resolve({ payment }: { readonly payment: Payment }) {
  const words = usePaymentWords()
  const { language } = useSpeech()
  const queries = useQueryClient()
  const [open, setOpen] = useState<'settle' | 'return'>()
  const [typed, setTyped] = useState('')
  const act = useMutation({
    mutationFn: async (step: 'settle' | 'return') => { await (step === 'settle' ? client.payments.resolvePayment({ id: payment.id, account: typed }) : client.payments.returnPayment({ id: payment.id, reason: typed })) },
    onSuccess: async (_, step) => {
      setOpen(undefined)
      notifications.show({ message: step === 'settle' ? words.settled : words.returned })
      await queries.invalidateQueries({ queryKey: api.payments.key() })
    },
  })
  const faults = faultWords(act.error, language)
  const begin = (step: 'settle' | 'return') => { act.reset(); setTyped(step === 'settle' ? payment.given : ''); setOpen(step) }
  return (
    <Group gap="xs" wrap="nowrap">
      <Button size="compact-sm" onClick={() => begin('settle')}>{words.settle}</Button>
      <Button size="compact-sm" variant="default" onClick={() => begin('return')}>{words.giveBack}</Button>
      <Dialog title={open === 'return' ? words.giveBack : words.settle} opened={open !== undefined} close={() => setOpen(undefined)}>
        <form onSubmit={(event) => { event.preventDefault(); if (open) act.mutate(open) }}>
          <Stack>
            <Text>{formatTenge(payment.amount)} ₸, {formatDay(payment.paidOn)}, {payment.source}, {payment.reference}</Text>
            <TextInput data-autofocus label={open === 'return' ? words.reason : words.settleTo} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} error={faults['account'] ?? faults['reason']} />
            {act.error && Object.keys(faults).length === 0 && <Alert color="red" role="alert">{errorWords(act.error, language)}</Alert>}
            <Button type="submit" loading={act.isPending}>{open === 'return' ? words.giveBack : words.settle}</Button>
          </Stack>
        </form>
      </Dialog>
    </Group>
  )
}
