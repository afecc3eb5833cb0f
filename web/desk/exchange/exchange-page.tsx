import { Alert, Anchor, Badge, Button, Card, FileInput, Group, Select, SimpleGrid, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { exchangeWords } from '../../i18n/exchange.ts'
import { formatDateTime, formatMonth } from '../../i18n/format.ts'
import { api } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useSpeech } from '../session.tsx'

export const kinds = ['accounts', 'meters', 'readings', 'charges', 'payments', 'balances'] as const
type Kind = (typeof kinds)[number]
export const stateColours = { checking: 'blue', staged: 'orange', applying: 'blue', applied: 'green', cancelled: 'gray', failed: 'red' } as const

/** Files into and out of an outside billing system (п. 11.3.1): a file is shown row by row before it is applied. */
export function ExchangePage() {
  const { language } = useSpeech()
  const words = exchangeWords[language]
  useTitle(words.title)
  const list = useInfiniteQuery({
    ...api.exchange.listImports.infiniteOptions({ input: (before: number | undefined) => ({ before }), initialPageParam: undefined, getNextPageParam: ({ next }) => next }),
    refetchInterval: ({ state }) => (state.data?.pages.some(({ imports }) => imports.some((one) => one.state === 'checking' || one.state === 'applying')) ? 1_500 : false),
  })
  const imports = list.data?.pages.flatMap((page) => page.imports) ?? []
  const master = list.data?.pages[0]?.master
  return (
    <Stack maw={1100} mx="auto">
      <div>
        <Title order={1} size="h2">{words.title}</Title>
        <Text c="dimmed">{words.lead} {master && words.master[master]}</Text>
      </div>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Bring outside={master === 'outside'} />
        <Take />
      </SimpleGrid>
      <Title order={2} size="h4">{words.imports}</Title>
      <Shown query={list} empty={list.data && imports.length === 0 ? <Empty title={words.none} /> : undefined}>
        <Card withBorder p={0} className="journal">
          <Table fz="sm" verticalSpacing={6}>
            <Table.Tbody>
              {imports.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    <Anchor component={Link} to={`/exchange/${one.id}`} inherit style={{ overflowWrap: 'anywhere' }}>{one.file}</Anchor>
                    <Text size="xs" c="dimmed">{words.kinds[one.kind]}{one.period && `, ${formatMonth(one.period, language)}`} · {words.rows(one.rows)} · {words.by(one.madeBy, formatDateTime(one.madeAt))}</Text>
                  </Table.Td>
                  <Table.Td ta="right"><Badge tt="none" variant="light" color={stateColours[one.state]} miw="max-content">{words.states[one.state]}</Badge></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {list.hasNextPage && <Group justify="center" p="sm"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{words.more}</Button></Group>}
        </Card>
      </Shown>
    </Stack>
  )
}

function Bring({ outside }: { readonly outside: boolean }) {
  const { language } = useSpeech()
  const words = exchangeWords[language]
  const go = useNavigate()
  const [kind, setKind] = useState<Kind>('accounts')
  const [file, setFile] = useState<File | null>(null)
  const [sending, setSending] = useState(false)
  const [failed, setFailed] = useState('')
  const own = kind === 'charges' && !outside
  const send = async () => {
    if (!file) return
    setSending(true)
    setFailed('')
    try {
      const response = await fetch(`/api/v1/exchange/${kind}?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream', 'accept-language': language } })
      const answer = (await response.json()) as { readonly id?: number; readonly title?: string }
      if (response.ok) await go({ to: `/exchange/${answer.id}` })
      else setFailed(answer.title ?? words.lost)
    } catch {
      setFailed(words.lost)
    }
    setSending(false)
  }
  return (
    <Card withBorder component="section" aria-label={words.bring}>
      <form onSubmit={(e) => { e.preventDefault(); void send() }}>
        <Stack gap="sm">
          <Title order={2} size="h4">{words.bring}</Title>
          <Select label={words.what} value={kind} onChange={(v) => { if (v) { setKind(v as Kind); setFailed('') } }} data={kinds.map((value) => ({ value, label: words.kinds[value] }))} allowDeselect={false} />
          {own ? <Alert>{words.ownCharges}</Alert> : (
            <>
              <Text size="sm">{words.template}: <Anchor href={`/api/v1/exchange/templates/${kind}.xlsx?language=${language}`} inherit>XLSX</Anchor>, <Anchor href={`/api/v1/exchange/templates/${kind}.csv`} inherit>CSV</Anchor></Text>
              <FileInput label={words.file} placeholder={words.choose} value={file} onChange={(one) => { setFile(one); setFailed('') }} accept=".xlsx,.csv,.txt" clearable clearButtonProps={{ 'aria-label': words.cancel }} error={failed || undefined} errorProps={{ role: 'alert' }} />
              <Group><Button type="submit" disabled={!file} loading={sending}>{words.upload}</Button></Group>
            </>
          )}
        </Stack>
      </form>
    </Card>
  )
}

function Take() {
  const { language } = useSpeech()
  const words = exchangeWords[language]
  const [kind, setKind] = useState<Kind>('accounts')
  const [filter, setFilter] = useState({ period: '', from: '', to: '', since: '' })
  const fields = kind === 'charges' || kind === 'balances' ? ['period'] as const : kind === 'payments' ? ['period', 'from', 'to'] as const : kind === 'readings' ? ['from', 'to', 'since'] as const : []
  const asked = new URLSearchParams(fields.flatMap((name) => {
    const value = filter[name]
    return value === '' ? [] : [[name, name === 'since' ? `${value}${value.length === 16 ? ':00' : ''}+05:00` : value]]
  })).toString()
  const type = { period: 'month', from: 'date', to: 'date', since: 'datetime-local' } as const
  const label = { period: words.month, from: words.from, to: words.to, since: words.since }
  return (
    <Card withBorder component="section" aria-label={words.take}>
      <Stack gap="sm">
        <Title order={2} size="h4">{words.take}</Title>
        <Select label={words.what} value={kind} onChange={(v) => { if (v) setKind(v as Kind) }} data={kinds.map((value) => ({ value, label: words.kinds[value] }))} allowDeselect={false} />
        <Group align="start">
          {fields.map((name) => (
            <TextInput
              key={name} type={type[name]} label={label[name]} value={filter[name]} onChange={(e) => { const { value } = e.currentTarget; setFilter((all) => ({ ...all, [name]: value })) }}
              description={name === 'since' ? words.sinceHint : name === 'period' ? words.monthHint[kind as 'charges'] : undefined} inputWrapperOrder={['label', 'input', 'description']} style={{ flex: '1 1 150px' }}
            />
          ))}
        </Group>
        <Group>
          {(['xlsx', 'csv'] as const).map((ending) => (
            <Button key={ending} component="a" href={`/api/v1/exchange/${kind}.${ending}${asked && `?${asked}`}`} download variant="default" leftSection={<IconDownload size={16} />} aria-label={`${words.take} ${ending.toUpperCase()}`}>{ending.toUpperCase()}</Button>
          ))}
        </Group>
      </Stack>
    </Card>
  )
}
