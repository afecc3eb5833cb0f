import { Alert, Anchor, Button, Card, Center, Code, Group, NumberInput, Select, Stack, Table, Title } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { journals, type Journal } from '../../../regulation/appeal-facts.ts'
import { formatDateTime } from '../../i18n/format.ts'
import { api, client, errorWords } from '../client.ts'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { useGroup, usePerson, useSpeech } from '../session.tsx'

/** A journal of registration, and the proof at a press that nothing in it is missing or changed (п. 4.3). */
export function JournalPage() {
  const { words, named, language } = useSpeech()
  const { group } = useGroup()
  const { person } = usePerson()
  const [organization, setOrganization] = useState(person?.assignments?.[0]?.organization ?? 'skes')
  const [journal, setJournal] = useState<Journal>('feedback')
  const [year, setYear] = useState(() => new Date(Date.now() + 5 * 3_600_000).getUTCFullYear())
  const series = { organization, journal, year }
  const entries = useInfiniteQuery(api.journal.readJournal.infiniteOptions({
    input: (before: number | undefined) => ({ ...series, limit: 100, before }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.more ? page.entries.at(-1)?.n : undefined),
  }))
  const verify = useMutation({ mutationFn: () => client.journal.verifyJournal(series) })
  const rows = entries.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <Stack maw={1100} mx="auto">
      <Title order={1} size="h2">{words.journal}</Title>
      <Group align="end" className="no-print">
        <Select label={words.organization} data={group?.organizations.map((o) => ({ value: o.id, label: o.shortName[language] })) ?? []} value={organization} onChange={(v) => { if (v) setOrganization(v) }} allowDeselect={false} />
        <Select label={words.journal} data={journals.map((value) => ({ value, label: named.journals[value] }))} value={journal} onChange={(v) => { if (v) setJournal(v as Journal) }} allowDeselect={false} />
        <NumberInput label={words.year} value={year} onChange={(v) => setYear(Number(v) || year)} min={2020} max={2100} w={110} />
        <Button variant="light" loading={verify.isPending} onClick={() => verify.mutate()}>{words.verify}</Button>
        <Button variant="default" onClick={() => print()}>{words.printed}</Button>
      </Group>
      {verify.isError && <Alert color="red" role="alert">{errorWords(verify.error, language)}</Alert>}
      {verify.data && <Alert color={verify.data.whole ? 'green' : 'red'} role="status">{verify.data.whole ? `${words.whole}: ${verify.data.entries}` : `${words.broken} ${verify.data.brokenAt} (${verify.data.fault})`}</Alert>}
      {entries.isPending ? <Loading /> : entries.isError ? <Failed error={entries.error} retry={() => void entries.refetch()} />
        : rows.length === 0 ? <Empty title={words.journalEmpty} hint={words.emptyListHint} /> : (
          <Card withBorder p={0}>
            <Table striped highlightOnHover>
              <Table.Thead><Table.Tr><Table.Th>№</Table.Th><Table.Th>{words.number}</Table.Th><Table.Th>{words.registeredAt}</Table.Th><Table.Th visibleFrom="sm">{words.hash}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {rows.map((entry) => (
                  <Table.Tr key={entry.n}><Table.Td>{entry.n}</Table.Td><Table.Td><Anchor component={Link} to={`/appeals/${entry.appealId}`}>{entry.number}</Anchor></Table.Td><Table.Td>{formatDateTime(entry.registeredAt)}</Table.Td><Table.Td visibleFrom="sm"><Code>{entry.hash.slice(0, 12)}</Code></Table.Td></Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Card>
        )}
      {entries.hasNextPage && <Center><Button variant="default" loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>{words.more}</Button></Center>}
    </Stack>
  )
}
