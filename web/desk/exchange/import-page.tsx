import { Alert, Anchor, Badge, Button, Card, Group, Progress, ScrollArea, SimpleGrid, Stack, Table, Text, Title, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { refusalWords, type RefusalDetails } from '../../../regulation/refusals.ts'
import { exchangeWords, type ColumnName } from '../../i18n/exchange.ts'
import { formatDateTime, formatDay, formatMonth } from '../../i18n/format.ts'
import { api, client, errorWords } from '../client.ts'
import { Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useSpeech } from '../session.tsx'
import { stateColours } from './exchange-page.tsx'

const verdicts = ['new', 'changed', 'unchanged', 'refused'] as const
type Verdict = (typeof verdicts)[number]
const colours = { new: 'green', changed: 'blue', unchanged: 'gray', refused: 'red' } as const
const readable = (details: RefusalDetails = {}): RefusalDetails => Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value]))

/** One file (п. 11.3.1): what would come of its rows, how far it is, what came of them. */
export function ImportPage() {
  const { language } = useSpeech()
  const words = exchangeWords[language]
  const id = Number((useParams({ strict: false }) as { importId: string }).importId)
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<Verdict>()
  const query = useQuery({ ...api.exchange.readImport.queryOptions({ input: { id } }), refetchInterval: ({ state }) => (['checking', 'applying'].includes(state.data?.import.state ?? '') ? 700 : false) })
  const found = query.data?.import
  const act = useMutation({
    mutationFn: (step: 'apply' | 'cancel') => (step === 'apply' ? client.exchange.applyImport({ id }) : client.exchange.cancelImport({ id })),
    onSuccess: async (_, step) => {
      notifications.show({ message: step === 'apply' ? words.applied : words.cancelled, color: 'petrol' })
      await queries.invalidateQueries({ queryKey: api.exchange.key() })
    },
  })
  useTitle(found?.file ?? words.title)
  const working = found?.state === 'checking' || found?.state === 'applying'
  const done = found?.state === 'applying' || found?.state === 'applied'
  const verdict = chosen ?? (found && found.counts.refused > 0 ? 'refused' : found && found.counts.changed > 0 ? 'changed' : 'new')
  return (
    <Stack maw={1100} mx="auto">
      <Text size="sm"><Anchor component={Link} to="/exchange">{words.back}</Anchor></Text>
      <Shown query={query}>
        {found && (
          <>
            <Group justify="space-between">
              <div style={{ minWidth: 0 }}>
                <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>{found.file}</Title>
                <Text size="sm" c="dimmed">{words.kinds[found.kind]}{found.period && `, ${formatMonth(found.period, language)}`} · {words.rows(found.rows)} · {words.by(found.madeBy, formatDateTime(found.madeAt))}</Text>
              </div>
              <Badge tt="none" size="xl" variant="light" color={stateColours[found.state]} role="status">{words.states[found.state]}</Badge>
            </Group>
            {working && (
              <Card withBorder>
                <Text mb="xs" aria-live="polite">{words.progress(found.done, found.rows)}</Text>
                <Progress value={(found.done / found.rows) * 100} animated aria-label={words.progress(found.done, found.rows)} />
              </Card>
            )}
            {found.fault && <Alert color="red" role="alert">{refusalWords(found.fault.code, language, readable(found.fault.details))}</Alert>}
            {!working && found.state !== 'failed' && (
              <SimpleGrid cols={{ base: 2, sm: 4 }}>
                {verdicts.map((one) => (
                  <UnstyledButton key={one} onClick={() => setChosen(one)} aria-pressed={verdict === one} aria-label={`${(done ? words.was : words.will)[one]}: ${found.counts[one]}`}>
                    <Card withBorder p="sm" style={verdict === one ? { borderColor: `var(--mantine-color-${colours[one]}-6)`, borderWidth: 2 } : undefined}>
                      <Text size="sm">{(done ? words.was : words.will)[one]}</Text>
                      <Text fz={24} fw={650} className="figures">{found.counts[one]}</Text>
                    </Card>
                  </UnstyledButton>
                ))}
              </SimpleGrid>
            )}
            {found.state === 'staged' && (
              <Card withBorder>
                <Text mb="sm">{found.counts.new + found.counts.changed > 0 ? words.applyHint : words.nothing}{['readings', 'payments', 'balances', 'charges'].includes(found.kind) && found.counts.new > 0 && ` ${words.accept}`}</Text>
                {act.error && <Alert color="red" role="alert" mb="sm">{errorWords(act.error, language)}</Alert>}
                <Group>
                  {found.counts.new + found.counts.changed > 0 && <Button loading={act.isPending} onClick={() => act.mutate('apply')}>{words.apply}</Button>}
                  <Button variant="default" loading={act.isPending} onClick={() => act.mutate('cancel')}>{words.cancel}</Button>
                </Group>
              </Card>
            )}
            {found.counts.refused > 0 && !working && (
              <Group><Button component="a" href={`/api/v1/exchange/imports/${id}/refused.csv?language=${language}`} download variant="default" leftSection={<IconDownload size={16} />}>{words.refusedFile}</Button></Group>
            )}
            {!working && <Rows key={`${verdict} ${found.state}`} id={id} verdict={verdict} />}
          </>
        )}
      </Shown>
    </Stack>
  )
}

/** Rows of one verdict; what cannot be read or differs stands out. */
function Rows({ id, verdict }: { readonly id: number; readonly verdict: Verdict }) {
  const { language } = useSpeech()
  const words = exchangeWords[language]
  const query = useInfiniteQuery(api.exchange.readImport.infiniteOptions({ input: (after: number) => ({ id, verdict, after }), initialPageParam: 0, getNextPageParam: (page) => page.next }))
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  const filled = (query.data?.pages[0]?.columns ?? []).filter((name) => rows.some((row) => row.cells[name] !== undefined || row.was[name] !== undefined || row.faults.some(({ field }) => field === name))) as ColumnName[]
  // What differs stands next to whose it is.
  const differs = (name: string) => rows.some((row) => row.was[name] !== undefined)
  const columns = [...filled.slice(0, 1), ...filled.slice(1).filter(differs), ...filled.slice(1).filter((name) => !differs(name))]
  const label = words.rowsOf(words.verdicts[verdict])
  return (
    <Card withBorder p={0} component="section" aria-label={label}>
      <Title order={2} size="h4" p="sm">{label}</Title>
      <Shown query={query} empty={query.data && rows.length === 0 ? <Text size="sm" c="dimmed" p="sm" pt={0}>{words.noRows}</Text> : undefined}>
        <ScrollArea type="auto" offsetScrollbars="x" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
          <Table fz="sm" verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.row}</Table.Th>
                {verdict === 'refused' && <Table.Th>{words.why}</Table.Th>}
                {columns.map((name) => <Table.Th key={name} style={{ whiteSpace: 'nowrap' }}>{words.columns[name]}</Table.Th>)}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.n} style={{ verticalAlign: 'top' }}>
                  <Table.Td className="figures">{row.n}</Table.Td>
                  {verdict === 'refused' && <Table.Td miw={260}>{row.faults.map(({ field, code, details }) => <Text key={field + code} size="sm"><b>{words.columns[field as ColumnName] ?? field}.</b> {refusalWords(code, language, readable(details))}</Text>)}</Table.Td>}
                  {columns.map((name) => {
                    const was = row.was[name]
                    const marked = was !== undefined || row.faults.some(({ field }) => field === name)
                    return (
                      <Table.Td key={name} fw={marked ? 650 : undefined} maw={260} style={{ whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' }}>
                        {row.cells[name] ?? (marked ? '—' : '')}
                        {was !== undefined && <Text component="s" td="line-through" size="sm" c="dimmed" display="block" truncate><VisuallyHidden>{words.before} </VisuallyHidden>{was || '—'}</Text>}
                      </Table.Td>
                    )
                  })}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
        {query.hasNextPage && <Group justify="center" p="sm"><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{words.more}</Button></Group>}
      </Shown>
    </Card>
  )
}
