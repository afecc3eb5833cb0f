import { Alert, Anchor, Button, Card, Center, Code, Group, NumberInput, Select, Stack, Table, Title } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { journals, type Journal } from '../../../regulation/appeal-facts.ts'
import { formatDateTime } from '../../i18n/format.ts'
import { api, client, errorWords } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useGroup, usePerson, useSpeech } from '../session.tsx'

type Series = { readonly organization: string; readonly journal: Journal; readonly year: number }

/** A journal of registration, and the proof at a press that nothing in it is missing or changed (п. 4.3). */
export function JournalPage() {
  const { words } = useSpeech()
  const { person } = usePerson()
  useTitle(words.journal)
  const [series, setSeries] = useState<Series>(() => ({
    organization: person?.assignments?.[0]?.organization ?? '', journal: 'feedback',
    year: new Date(Date.now() + 5 * 3_600_000).getUTCFullYear(),
  }))
  return (
    <Stack maw={1100} mx="auto">
      <Title order={1} size="h2">{words.journal}</Title>
      <SeriesChoice series={series} onChange={setSeries} />
      <Verification key={Object.values(series).join()} series={series} />
      <Entries series={series} />
    </Stack>
  )
}

function SeriesChoice({ series, onChange }: { readonly series: Series; readonly onChange: (series: Series) => void }) {
  const { words, named, language } = useSpeech()
  const { group } = useGroup()
  return (
    <Group align="end" className="no-print">
      <Select
        label={words.organization} data={group?.organizations.map((o) => ({ value: o.id, label: o.shortName[language] })) ?? []}
        value={series.organization} onChange={(v) => { if (v) onChange({ ...series, organization: v }) }} allowDeselect={false}
      />
      <Select
        label={words.journal} data={journals.map((value) => ({ value, label: named.journals[value] }))} value={series.journal}
        onChange={(v) => { if (v) onChange({ ...series, journal: v as Journal }) }} allowDeselect={false}
      />
      <NumberInput
        label={words.year} value={series.year} onChange={(v) => onChange({ ...series, year: Number(v) || series.year })} min={2020} max={2100} w={110}
      />
    </Group>
  )
}

function Verification({ series }: { readonly series: Series }) {
  const { words, language } = useSpeech()
  const verify = useMutation({ mutationFn: () => client.journal.verifyJournal(series) })
  return (
    <>
      <Group className="no-print">
        <Button variant="light" loading={verify.isPending} onClick={() => verify.mutate()}>{words.verify}</Button>
        <Button variant="default" onClick={() => print()}>{words.printed}</Button>
      </Group>
      {verify.isError && <Alert color="red" role="alert">{errorWords(verify.error, language)}</Alert>}
      {verify.data && (
        <Alert color={verify.data.whole ? 'green' : 'red'} role="status">
          {verify.data.whole ? words.whole(verify.data.entries) : words.broken(verify.data.brokenAt)}
        </Alert>
      )}
    </>
  )
}

function Entries({ series }: { readonly series: Series }) {
  const { words } = useSpeech()
  const entries = useInfiniteQuery(api.journal.readJournal.infiniteOptions({
    input: (before: number | undefined) => ({ ...series, limit: 100, before }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.more ? page.entries.at(-1)?.n : undefined),
  }))
  const rows = entries.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <Shown query={entries} empty={rows.length === 0 ? <Empty title={words.journalEmpty} hint={words.emptyListHint} /> : undefined}>
      <Card withBorder p={0}>
        <Table striped highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>№</Table.Th>
              <Table.Th>{words.number}</Table.Th>
              <Table.Th>{words.registeredAt}</Table.Th>
              <Table.Th visibleFrom="sm">{words.hash}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((entry) => (
              <Table.Tr key={entry.n}>
                <Table.Td className="figures">{entry.n}</Table.Td>
                <Table.Td><Anchor component={Link} to={`/appeals/${entry.appealId}`}>{entry.number}</Anchor></Table.Td>
                <Table.Td className="figures">{formatDateTime(entry.registeredAt)}</Table.Td>
                <Table.Td visibleFrom="sm"><Code>{entry.hash.slice(0, 12)}</Code></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
      {entries.hasNextPage && (
        <Center>
          <Button variant="default" loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>{words.more}</Button>
        </Center>
      )}
    </Shown>
  )
}
