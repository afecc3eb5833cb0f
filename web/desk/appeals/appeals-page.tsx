import { Button, Card, Center, Group, Select, Stack, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { appealStates } from '../../../regulation/appeal-case.ts'
import { appealKinds } from '../../../regulation/vocabulary.ts'
import { api } from '../client.ts'
import { Lines } from '../parts/lines.tsx'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { useGroup, useSpeech } from '../session.tsx'

/** Everything I may read: filtered, or searched by number, surname, phone and words. */
export function AppealsPage() {
  const { words, named, language } = useSpeech()
  const { group } = useGroup()
  const filter = useSearch({ from: '/appeals' })
  const navigate = useNavigate()
  const [typed, setTyped] = useState(filter.text ?? '')
  const [text] = useDebouncedValue(typed.trim(), 250)
  const set = (change: Partial<typeof filter>) => void navigate({ to: '/appeals', search: { ...filter, ...change }, replace: true })
  useEffect(() => { if ((filter.text ?? '') !== text) set({ text: text || undefined }) })

  const { text: asked, ...conditions } = filter
  const searching = (asked ?? '').length >= 2
  const found = useQuery(api.appeals.search.queryOptions({ input: { text: asked ?? '', limit: 50 }, enabled: searching }))
  const all = useInfiniteQuery(api.appeals.allAppeals.infiniteOptions({
    input: (before: number | undefined) => ({ ...conditions, limit: 50, before }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.more ? page.lines.at(-1)?.id : undefined),
    enabled: !searching,
  }))
  const shown = searching ? found : all
  const lines = searching ? (found.data ?? []) : (all.data?.pages.flatMap((page) => page.lines) ?? [])
  const choice = (label: string, value: string | undefined, data: { value: string; label: string }[], change: (value: string | undefined) => void) => (
    <Select label={label} data={data} value={value ?? null} onChange={(v) => change(v ?? undefined)} placeholder={words.any} clearable disabled={searching} w={{ base: '100%', xs: 210 }} />
  )

  return (
    <Stack maw={1100} mx="auto">
      <Title order={1} size="h2">{words.allAppeals}</Title>
      <TextInput value={typed} onChange={(e) => setTyped(e.currentTarget.value)} placeholder={words.search} aria-label={words.search} leftSection={<IconSearch size={18} />} size="md" />
      <Group align="end" gap="sm">
        {choice(words.state, filter.state, appealStates.map((value) => ({ value, label: named.states[value] })), (value) => set({ state: value as typeof filter.state }))}
        {choice(words.kind, filter.kind, appealKinds.map((value) => ({ value, label: named.kinds[value] })), (value) => set({ kind: value as typeof filter.kind }))}
        {choice(words.organization, filter.organization, group?.organizations.map((o) => ({ value: o.id, label: o.shortName[language] })) ?? [], (organization) => set({ organization }))}
      </Group>
      {shown.isPending ? <Loading /> : shown.isError ? <Failed error={shown.error} retry={() => void shown.refetch()} />
        : lines.length === 0 ? <Empty title={words.emptyList} hint={words.emptyListHint} /> : <Card withBorder p={0}><Lines lines={lines} /></Card>}
      {!searching && all.hasNextPage && <Center><Button variant="default" loading={all.isFetchingNextPage} onClick={() => void all.fetchNextPage()}>{words.more}</Button></Center>}
    </Stack>
  )
}
