import { Button, Card, Center, Group, Select, Stack, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { appealStates } from '../../../regulation/appeal-case.ts'
import { appealKinds } from '../../../regulation/vocabulary.ts'
import { api } from '../client.ts'
import { Lines, useWalk } from '../parts/lines.tsx'
import { Empty, Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import type { AppealsFilter } from '../router.tsx'
import { useGroup, useSpeech } from '../session.tsx'

/** Everything I may read: filtered, or searched by number, surname, phone and words. */
export function AppealsPage() {
  const { words } = useSpeech()
  useTitle(words.allAppeals)
  const { text: asked = '', ...conditions } = useSearch({ from: '/appeals' })
  const searching = asked.length >= 2
  const found = useQuery(api.appeals.search.queryOptions({ input: { text: asked, limit: 50 }, enabled: searching }))
  const all = useInfiniteQuery(api.appeals.allAppeals.infiniteOptions({
    input: (before: number | undefined) => ({ ...conditions, limit: 50, before }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.more ? page.lines.at(-1)?.id : undefined),
    enabled: !searching,
  }))
  const lines = searching ? (found.data ?? []) : (all.data?.pages.flatMap((page) => page.lines) ?? [])
  const walk = useWalk(lines, searching ? 1 : all.data?.pages.length)

  return (
    <Stack maw={1100} mx="auto">
      <Title order={1} size="h2">{words.allAppeals}</Title>
      <SearchBox />
      <Filters disabled={searching} />
      <Shown query={searching ? found : all} empty={lines.length === 0 ? <Empty title={words.emptyList} hint={words.emptyListHint} /> : undefined}>
        <Card withBorder p={0}><Lines lines={lines} walk={walk} /></Card>
        {!searching && all.hasNextPage && (
          <Center><Button variant="default" loading={all.isFetchingNextPage} onClick={() => void all.fetchNextPage()}>{words.more}</Button></Center>
        )}
      </Shown>
    </Stack>
  )
}

function useFilter(): readonly [AppealsFilter, (change: AppealsFilter) => void] {
  const filter = useSearch({ from: '/appeals' })
  const navigate = useNavigate()
  return [filter, (change) => void navigate({ to: '/appeals', search: { ...filter, ...change }, replace: true })]
}

/** What is typed goes into the address a moment later, so a search can be sent to a colleague. */
function SearchBox() {
  const { words } = useSpeech()
  const [filter, set] = useFilter()
  const [typed, setTyped] = useState(filter.text ?? '')
  const [text] = useDebouncedValue(typed.trim(), 250)
  useEffect(() => { if ((filter.text ?? '') !== text) set({ text: text || undefined }) })
  return (
    <TextInput
      value={typed} onChange={(e) => setTyped(e.currentTarget.value)} placeholder={words.search} aria-label={words.search} type="search"
      leftSection={<IconSearch size={18} />} size="md"
    />
  )
}

function Filters({ disabled }: { readonly disabled: boolean }) {
  const { words, named, language } = useSpeech()
  const { group } = useGroup()
  const [filter, set] = useFilter()
  const choice = (label: string, value: string | undefined, data: readonly { value: string; label: string }[], change: (value: string | undefined) => void) => (
    <Select
      label={label} data={data} value={value ?? null} onChange={(v) => change(v ?? undefined)} placeholder={words.any} clearable disabled={disabled}
      w={{ base: '100%', xs: 210 }}
    />
  )
  const states = appealStates.map((value) => ({ value, label: named.states[value] }))
  const kinds = appealKinds.map((value) => ({ value, label: named.kinds[value] }))
  const organizations = group?.organizations.map((o) => ({ value: o.id, label: o.shortName[language] })) ?? []
  return (
    <Group align="end" gap="sm">
      {choice(words.state, filter.state, states, (value) => set({ state: value as AppealsFilter['state'] }))}
      {choice(words.kind, filter.kind, kinds, (value) => set({ kind: value as AppealsFilter['kind'] }))}
      {choice(words.organization, filter.organization, organizations, (organization) => set({ organization }))}
    </Group>
  )
}
