import { Alert, Anchor, Badge, Button, Card, Center, Group, Modal, NumberInput, Select, Stack, Table, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconFileSpreadsheet, IconPrinter } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { journals, type Journal } from '../../../regulation/appeal-facts.ts'
import { appealKinds, channels, type AppealKind, type Channel } from '../../../regulation/vocabulary.ts'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import { journalPaper, journalWords } from '../../i18n/journal.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { focused } from '../parts/focused.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useGroup, usePerson, useSpeech } from '../session.tsx'

type State = 'open' | 'answered' | 'late' | 'annulled' | 'reserved'
type Filter = {
  readonly organization: string
  readonly journal: Journal
  readonly year: number
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly channel?: Channel | undefined
  readonly kind?: AppealKind | undefined
  readonly state?: State | undefined
  readonly text?: string | undefined
  readonly order: 'newest' | 'oldest'
}
type Entry = Awaited<ReturnType<typeof client.journal.readJournal>>['entries'][number]
const keeping = ['registrar', 'contact_centre_head', 'executive', 'quality_lead', 'it_admin']

/** A journal of registration: browsed, filtered, printed, taken to a spreadsheet, and proven at a press (п. 4.3). */
export function JournalPage() {
  const { words, language } = useSpeech()
  const { person, holds } = usePerson()
  useTitle(words.journal)
  const mine = [...new Set(person?.assignments?.filter(({ role }) => keeping.includes(role)).map(({ organization }) => organization))]
  const [filter, setFilter] = useState<Filter>(() => ({
    organization: mine[0] ?? '', journal: holds('registrar') ? 'incoming' : 'feedback', year: Number(today().slice(0, 4)), order: 'newest',
  }))
  const set = (change: Partial<Filter>) => setFilter((now) => ({ ...now, ...change }))
  const [settled] = useDebouncedValue(filter, 250)
  return (
    <Stack maw={1500} mx="auto">
      <Title order={1} size="h2">{journalPaper[language].titles[filter.journal]}</Title>
      <Filters filter={filter} set={set} mine={mine} />
      <Tools key={`${filter.organization} ${filter.journal} ${filter.year}`} filter={settled} />
      <Entries filter={settled} />
    </Stack>
  )
}

const today = (): string => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 10)
const daysAgo = (days: number): string => new Date(Date.now() + 5 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10)

function Filters({ filter, set, mine }: { readonly filter: Filter; readonly set: (change: Partial<Filter>) => void; readonly mine: readonly string[] }) {
  const { words, named, language } = useSpeech()
  const said = journalWords[language]
  const { organization } = useGroup()
  const periods: readonly (readonly [string, Partial<Filter>])[] = [
    [said.periods.today, { from: today(), to: today() }], [said.periods.week, { from: daysAgo(6), to: today() }],
    [said.periods.month, { from: `${today().slice(0, 8)}01`, to: today() }], [said.periods.year, { from: undefined, to: undefined }],
  ]
  return (
    <Stack gap="xs" className="no-print">
      <Group align="end" gap="xs">
        {mine.length > 1 && (
          <Select label={words.organization} data={mine.map((id) => ({ value: id, label: organization(id) }))} value={filter.organization} allowDeselect={false} onChange={(v) => { if (v) set({ organization: v }) }} />
        )}
        <Select
          label={words.journal} data={journals.map((value) => ({ value, label: named.journals[value] }))} value={filter.journal} allowDeselect={false}
          onChange={(v) => { if (v) set({ journal: v as Journal }) }} w={210}
        />
        <NumberInput label={words.year} value={filter.year} onChange={(v) => set({ year: Number(v) || filter.year })} min={2020} max={2100} w={90} />
        <TextInput type="date" label={said.from} value={filter.from ?? ''} onChange={(e) => set({ from: e.currentTarget.value || undefined })} />
        <TextInput type="date" label={said.to} value={filter.to ?? ''} onChange={(e) => set({ to: e.currentTarget.value || undefined })} />
        <Button.Group>
          {periods.map(([label, change]) => (
            <Button key={label} variant={filter.from === change.from && filter.to === change.to ? 'light' : 'default'} onClick={() => set(change)}>{label}</Button>
          ))}
        </Button.Group>
      </Group>
      <Group align="end" gap="xs">
        <TextInput label={said.search} value={filter.text ?? ''} onChange={(e) => set({ text: e.currentTarget.value || undefined })} w={{ base: '100%', sm: 260 }} type="search" />
        <Choice label={words.channel} all={said.allChannels} data={channels.map((one) => [one, named.channels[one]])} value={filter.channel} onChange={(channel) => set({ channel })} />
        <Choice label={words.kind} all={said.allKinds} data={appealKinds.map((one) => [one, named.kinds[one]])} value={filter.kind} onChange={(kind) => set({ kind })} />
        <Choice label={said.state} all={said.allStates} data={(Object.keys(said.states) as State[]).map((one) => [one, said.states[one]])} value={filter.state} onChange={(state) => set({ state })} />
        <Select
          label={said.order} data={[{ value: 'newest', label: said.newest }, { value: 'oldest', label: said.oldest }]} value={filter.order} allowDeselect={false}
          onChange={(v) => { if (v) set({ order: v as Filter['order'] }) }} w={170}
        />
      </Group>
    </Stack>
  )
}

function Choice<T extends string>({ label, all, data, value, onChange }: {
  readonly label: string
  readonly all: string
  readonly data: readonly (readonly [T, string])[]
  readonly value: T | undefined
  readonly onChange: (value: T | undefined) => void
}) {
  return (
    <Select
      label={label} placeholder={all} data={data.map(([one, words]) => ({ value: one, label: words }))} value={value ?? null} clearable
      onChange={(v) => onChange((v as T | null) ?? undefined)} w={180}
    />
  )
}

/** What is done with the journal as it is shown. */
function Tools({ filter }: { readonly filter: Filter }) {
  const { words, language } = useSpeech()
  const said = journalWords[language]
  const { person } = usePerson()
  const registers = person?.assignments?.some(({ role, organization }) => role === 'registrar' && organization === filter.organization)
  const [reserving, setReserving] = useState(false)
  const verify = useMutation({ mutationFn: () => client.journal.verifyJournal({ organization: filter.organization, journal: filter.journal, year: filter.year }) })
  const { order: _, ...asked } = filter
  const query = new URLSearchParams([...Object.entries({ ...asked, language }).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)] as [string, string])])
  return (
    <>
      <Group className="no-print" gap="xs">
        <Button variant="default" component="a" href={`/api/v1/journal.pdf?${query}`} target="_blank" rel="noreferrer" leftSection={<IconPrinter size={16} />}>{said.print}</Button>
        <Button variant="default" component="a" href={`/api/v1/journal.xlsx?${query}`} leftSection={<IconFileSpreadsheet size={16} />}>{said.excel}</Button>
        {registers && <Button variant="default" onClick={() => setReserving(true)}>{said.reserve}</Button>}
        <Button variant="light" loading={verify.isPending} onClick={() => verify.mutate()}>{words.verify}</Button>
      </Group>
      {verify.isError && <Alert color="red" role="alert">{errorWords(verify.error, language)}</Alert>}
      {verify.data && (
        <Alert color={verify.data.whole ? 'green' : 'red'} role="status">
          {verify.data.whole ? said.verified(verify.data.entries, verify.data.annulled ?? 0, verify.data.reserved ?? 0) : words.broken(verify.data.brokenAt)}
        </Alert>
      )}
      <Reserve opened={reserving} close={() => setReserving(false)} filter={filter} />
    </>
  )
}

/** Takes the next number for a paper that has not come yet. */
function Reserve({ opened, close, filter }: { readonly opened: boolean; readonly close: () => void; readonly filter: Filter }) {
  const { words, language } = useSpeech()
  const said = journalWords[language]
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const reserve = useMutation({
    mutationFn: () => client.journal.reserveNumber({ organization: filter.organization, journal: filter.journal, reason }),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.journal.key() }),
  })
  const shut = () => { close(); setReason(''); reserve.reset() }
  return (
    <Modal opened={opened} onClose={shut} title={said.reserve} closeButtonProps={{ 'aria-label': words.cancel }}>
      {reserve.data ? (
        <Stack>
          <Title order={2} className="figures">{reserve.data.number}</Title>
          <Group>
            {filter.journal === 'incoming' && (
              <Button onClick={() => void navigate({ to: '/register', search: { reserved: `${reserve.data.year}/${reserve.data.n}` } })}>{said.registerHere}</Button>
            )}
            <Button variant="default" onClick={shut}>OK</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={(e) => { e.preventDefault(); reserve.mutate() }}>
          <Stack>
            <Text size="sm" c="dimmed">{said.reserveHint}</Text>
            <Textarea label={said.reserveWhy} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={faultWords(reserve.error, language)['reason']} required data-autofocus />
            {reserve.isError && <Alert color="red" role="alert">{errorWords(reserve.error, language)}</Alert>}
            <Group justify="flex-end"><Button type="submit" loading={reserve.isPending}>{said.reserve}</Button></Group>
          </Stack>
        </form>
      )}
    </Modal>
  )
}

function Entries({ filter }: { readonly filter: Filter }) {
  const { words, language } = useSpeech()
  const said = journalWords[language]
  const paper = journalPaper[language]
  const entries = useInfiniteQuery(api.journal.readJournal.infiniteOptions({
    input: (before: number | undefined) => ({ ...filter, limit: 100, before }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.more ? page.entries.at(-1)?.n : undefined),
    placeholderData: keepPreviousData,
  }))
  const rows = entries.data?.pages.flatMap((page) => page.entries) ?? []
  const count = entries.data?.pages[0]?.count ?? 0
  return (
    <Shown query={entries} empty={rows.length === 0 ? <Empty title={words.journalEmpty} hint={words.emptyListHint} /> : undefined}>
      <Text size="sm" c="dimmed" aria-live="polite">{said.found(count)}</Text>
      <Card withBorder p={0} className="journal">
        <Table striped highlightOnHover stickyHeader fz="sm" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{paper.columns[0]}</Table.Th><Table.Th>{paper.columns[1]}</Table.Th><Table.Th>{said.who}</Table.Th><Table.Th>{said.what}</Table.Th>
              <Table.Th visibleFrom="md">{said.order_}</Table.Th><Table.Th>{said.state}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{rows.map((entry) => <Row key={entry.n} entry={entry} filter={filter} />)}</Table.Tbody>
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

function Row({ entry, filter }: { readonly entry: Entry; readonly filter: Filter }) {
  const { named, language } = useSpeech()
  const { unit } = useGroup()
  const paper = journalPaper[language]
  const gone = entry.annulledFor !== undefined
  const waiting = entry.reservedFor !== undefined && !entry.appealId && !gone
  return (
    <Table.Tr data-annulled={gone || undefined}>
      <Table.Td className="figures">{formatDateTime(entry.registeredAt)}</Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{entry.appealId ? <Anchor component={Link} to={`/appeals/${entry.appealId}`} inherit>{entry.number}</Anchor> : entry.number}</Table.Td>
      <Table.Td>
        {entry.applicant}
        {entry.outgoingNumber && <Text span c="dimmed" inherit> · {entry.outgoingNumber}{entry.outgoingOn && `, ${formatDay(entry.outgoingOn)}`}</Text>}
      </Table.Td>
      <Table.Td>{entry.kind && <Text span c="dimmed" inherit>{named.kinds[entry.kind]}: </Text>}{entry.subject}</Table.Td>
      <Table.Td visibleFrom="md">{entry.resolution}{entry.units.length > 0 && <Text span c="dimmed" inherit> — {entry.units.map(unit).join(', ')}</Text>}</Table.Td>
      <Table.Td>
        {gone && paper.annulled(entry.annulledFor!)}
        {waiting && <Waiting entry={entry} filter={filter} />}
        {!gone && !waiting && (entry.answeredOn ? paper.answered(formatDay(entry.answeredOn)) : entry.state && named.states[entry.state])}
      </Table.Td>
    </Table.Tr>
  )
}

/** A reserved number: what it waits for, its paper registered under it, or its annulment. */
function Waiting({ entry, filter }: { readonly entry: Entry; readonly filter: Filter }) {
  const { words, language } = useSpeech()
  const said = journalWords[language]
  const queries = useQueryClient()
  const [reason, setReason] = useState<string>()
  const annul = useMutation({
    mutationFn: () => client.journal.annulReservation({ organization: filter.organization, journal: filter.journal, year: filter.year, n: entry.n, reason: reason ?? '' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.journal.key() }),
  })
  return (
    <Stack gap={4}>
      <Group gap={6}><Badge variant="light" tt="none">{said.states.reserved}</Badge>{entry.reservedFor}</Group>
      {reason === undefined ? (
        <Group gap="xs" className="no-print">
          {filter.journal === 'incoming' && <Anchor component={Link} to={`/register?reserved=${filter.year}/${entry.n}`} size="sm">{said.registerHere}</Anchor>}
          <Anchor component="button" type="button" size="sm" c="dimmed" onClick={() => setReason('')}>{said.annulIt}</Anchor>
        </Group>
      ) : (
        <form onSubmit={(e) => { e.preventDefault(); annul.mutate() }}>
          <Group gap={6} align="end">
            <TextInput label={said.annulWhy} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={faultWords(annul.error, language)['reason']} size="xs" ref={focused} required />
            <Button size="xs" color="red" type="submit" loading={annul.isPending}>{said.annulIt}</Button>
            <Button size="xs" variant="default" onClick={() => setReason(undefined)}>{words.cancel}</Button>
          </Group>
        </form>
      )}
    </Stack>
  )
}
