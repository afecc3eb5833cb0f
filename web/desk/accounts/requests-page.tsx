import { Anchor, Badge, Button, Card, Group, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDateTime } from '../../i18n/format.ts'
import { api, client } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useSpeech } from '../session.tsx'
import { FormDialog, useFields } from './form-dialog.tsx'
import { Sections, useAccountWords } from './sections.tsx'

type Request = Awaited<ReturnType<typeof client.accounts.listLinkRequests>>['requests'][number]

/** Consumers without the code of a bill who ask for their account; the office looks who they are (п. 11.3.1). */
export function RequestsPage() {
  const { words: common } = useSpeech()
  const words = useAccountWords()
  const [settled, setSettled] = useState(false)
  const [open, setOpen] = useState<{ readonly request: Request; readonly grant: boolean }>()
  const query = useInfiniteQuery(api.accounts.listLinkRequests.infiniteOptions({
    input: (after: number | undefined) => ({ settled: settled ? 'true' as const : 'false' as const, ...(after !== undefined && { after }) }), initialPageParam: undefined as number | undefined, getNextPageParam: ({ next }) => next,
  }))
  const requests = query.data?.pages.flatMap((page) => page.requests) ?? []
  return (
    <Stack maw={1000} mx="auto">
      <Sections />
      <SegmentedControl value={String(settled)} onChange={(v) => setSettled(v === 'true')} data={[{ value: 'false', label: words.open }, { value: 'true', label: words.settled }]} style={{ alignSelf: 'flex-start' }} />
      <Shown query={query} empty={query.data && requests.length === 0 ? <Empty title={words.noRequests} hint={words.noRequestsHint} /> : undefined}>
        {requests.map((one) => (
          <Card key={one.id} withBorder p="md" component="article" aria-label={words.asks(one.email)}>
            <Group justify="space-between" align="start">
              <div style={{ minWidth: 0, flex: '1 1 300px' }}>
                <Text fw={650} style={{ overflowWrap: 'anywhere' }}>{one.email}</Text>
                <Text size="sm" c="dimmed">{one.name !== one.email && `${one.name}, `}{words.given(one.given)} · {formatDateTime(one.askedAt)}</Text>
                <Text mt={4} className="words">{one.words}</Text>
              </div>
              <div style={{ flex: '1 1 260px' }}>
                {one.account ? <><Text size="sm"><Anchor component={Link} to={`/accounts/${one.account.id}`} inherit>{one.account.number}</Anchor> {one.account.holder}</Text><Text size="sm" c="dimmed">{one.account.address}</Text></>
                  : <Badge tt="none" variant="light" color="orange">{words.noSuchAccount}</Badge>}
                {one.others > 0 && <Text size="sm" c="dimmed">{words.others(one.others)}</Text>}
                {one.settled && <Text size="sm" mt={4}>{one.settled.refusedFor ? `${words.requestRefused}: ${one.settled.refusedFor}` : words.granted} <Text span size="xs" c="dimmed">{words.byWhom(one.settled.by, formatDateTime(one.settled.at))}</Text></Text>}
              </div>
            </Group>
            {!one.settled && (
              <Group gap="xs" mt="sm">
                <Button size="sm" onClick={() => setOpen({ request: one, grant: true })} aria-label={`${words.grant}: ${one.email}`}>{words.grant}</Button>
                <Button size="sm" variant="default" onClick={() => setOpen({ request: one, grant: false })} aria-label={`${words.refuseRequest}: ${one.email}`}>{words.refuseRequest}</Button>
              </Group>
            )}
          </Card>
        ))}
        {query.hasNextPage && <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{common.more}</Button>}
      </Shown>
      {open && (open.grant ? <GrantForm request={open.request} close={() => setOpen(undefined)} /> : <RefuseForm request={open.request} close={() => setOpen(undefined)} />)}
    </Stack>
  )
}

type Form = { readonly request: Request; readonly close: () => void }

function GrantForm({ request, close }: Form) {
  const words = useAccountWords()
  const [account, setAccount] = useState(request.account?.id)
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 250)
  const { data } = useQuery({ ...api.accounts.searchAccounts.queryOptions({ input: { text: asked } }), enabled: !request.account && asked.length >= 2 })
  return (
    <FormDialog title={words.grant} hint={request.account ? `${request.email}: ${request.account.number}, ${request.account.holder}, ${request.account.address}` : request.email} close={close} submit={words.grant} said={() => words.granted} send={() => client.accounts.settleLinkRequest({ id: request.id, grant: true, ...(account !== undefined && { account }) })}>
      {(faults) => !request.account && (
        <Select
          label={words.pickAccount} searchable searchValue={typed} onSearchChange={setTyped} value={account === undefined ? null : String(account)} onChange={(v) => setAccount(v ? Number(v) : undefined)} error={faults['account']} placeholder={words.search} data-autofocus
          data={data?.accounts.map((one) => ({ value: String(one.id), label: `${one.number} ${one.holder}, ${one.address}` })) ?? []} filter={({ options }) => options} nothingFoundMessage={words.nothing}
        />
      )}
    </FormDialog>
  )
}

function RefuseForm({ request, close }: Form) {
  const words = useAccountWords()
  const [fields, set] = useFields(() => ({ reason: '' }))
  return (
    <FormDialog title={words.refuseRequest} hint={request.email} close={close} submit={words.refuseRequest} color="red" said={() => words.requestRefused} send={() => client.accounts.settleLinkRequest({ id: request.id, grant: false, ...fields })}>
      {(faults) => <Textarea label={words.whyRefused} value={fields.reason} onChange={(e) => set({ reason: e.currentTarget.value })} error={faults['reason']} maxLength={500} autosize minRows={2} required data-autofocus />}
    </FormDialog>
  )
}
