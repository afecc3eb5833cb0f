import { Alert, Anchor, Badge, Button, Card, Center, Group, Stack, Tabs, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBarcode, IconPrinter } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { OriginalPlace } from '../../../regulation/originals.ts'
import { originalWords } from '../../i18n/originals.ts'
import { api, client, errorWords, faultWords, refusalOf } from '../client.ts'
import { registrars } from '../navigation.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Empty, Shown } from '../parts/states.tsx'
import { usePerson, useSpeech } from '../session.tsx'
import { emptyHanding, FileFields, handed, HandOverFields, PlaceFields, usePlacing } from './fields.tsx'
import { OriginalLines, type Original } from './lines.tsx'
import { Sections } from './sections.tsx'

const mine: readonly OriginalPlace[] = ['with_me', 'offered_to_me']
const kept: readonly OriginalPlace[] = ['offered', 'lying', 'given_out', 'overdue', 'filed', 'destroyed']
type Counted = 'with_me' | 'offered_to_me' | 'offered' | 'overdue'

/** Where every paper lies and who has it; moved one by one or many at once (п. 4.7–4.8). */
export function OriginalsPage() {
  const { language, words: common } = useSpeech()
  const words = originalWords[language]
  const { holds } = usePerson()
  const navigate = useNavigate()
  const { place: asked } = useSearch({ from: '/originals' })
  const places = holds(...registrars) ? [...mine, ...kept] : mine
  const place = asked && places.includes(asked) ? asked : 'with_me'
  const query = useInfiniteQuery(api.originals.listOriginals.infiniteOptions({
    input: (before: number | undefined) => ({ place, before }), initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.more ? page.originals.at(-1)?.appeal : undefined),
  }))
  const [found, setFound] = useState<readonly Original[]>()
  const counts: Partial<Record<OriginalPlace, number>> = query.data?.pages[0]?.counts ?? {}
  const lines = query.data?.pages.flatMap((page) => page.originals) ?? []
  return (
    <Stack maw={1200} mx="auto">
      <Sections />
      <Find show={setFound} />
      {found ? (
        <Stack gap="xs">
          <Group><Text fw={600}>{words.found}: {found.length}</Text><Button size="compact-sm" variant="subtle" onClick={() => setFound(undefined)}>{words.clear}</Button></Group>
          <Papers key={found.map((line) => line.appeal).join()} lines={found} place={placeOf(found)} done={() => setFound(undefined)} />
        </Stack>
      ) : (
        <Tabs value={place} onChange={(v) => { if (v) void navigate({ to: '/originals', search: { place: v as OriginalPlace } }) }}>
          <Tabs.List className="tabs-scroll">
            {places.map((one) => (
              <Tabs.Tab key={one} value={one}>{words.places[one]} <Count count={counts[one as Counted]} late={one === 'overdue'} /></Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={place} pt="md">
            <Shown query={query} empty={lines.length === 0 ? <Empty title={words.empty[place]} hint={words.emptyHint} /> : undefined}>
              <Papers key={place} lines={lines} place={place} />
              {query.hasNextPage && <Center mt="sm"><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{common.more}</Button></Center>}
            </Shown>
          </Tabs.Panel>
        </Tabs>
      )}
    </Stack>
  )
}

/** What may be done with papers that were found by a code is what may be done where the first of them stands. */
function placeOf([line]: readonly Original[]): OriginalPlace {
  if (!line || line.destroyedBy) return 'destroyed'
  return line.offeredTo ? 'offered' : line.person ? 'given_out' : line.caseFile ? 'filed' : 'lying'
}

function Count({ count, late }: { readonly count: number | undefined; readonly late: boolean }) {
  return count ? <Badge size="sm" color={late ? 'red' : 'petrol'} variant={late ? 'filled' : 'light'}>{count >= 1000 ? '999+' : count}</Badge> : null
}

/** A scanner types the code and presses Enter; so may a person with a number. */
function Find({ show }: { readonly show: (lines: readonly Original[]) => void }) {
  const { language } = useSpeech()
  const words = originalWords[language]
  const [code, setCode] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const find = useMutation({
    mutationFn: () => client.originals.findOriginal({ code }),
    onSuccess: (lines) => { show(lines); setCode('') },
    onSettled: () => input.current?.select(),
  })
  return (
    <form onSubmit={(e) => { e.preventDefault(); if (code.trim()) find.mutate() }} className="no-print">
      <TextInput
        ref={input} label={words.find} description={words.findHint} value={code} onChange={(e) => { setCode(e.currentTarget.value); find.reset() }} leftSection={<IconBarcode size={18} />}
        error={find.isError && errorWords(find.error, language)} maw={460} autoComplete="off" spellCheck={false}
      />
    </form>
  )
}

type Move = 'place' | 'handOver' | 'accept' | 'file'
/** What may be done with papers that stand there. */
const moves: Readonly<Record<OriginalPlace, readonly Move[]>> = {
  with_me: ['place', 'handOver', 'file'], offered_to_me: ['accept'], offered: [], lying: ['handOver', 'file'], given_out: ['place', 'handOver'], overdue: ['place', 'handOver'],
  filed: ['handOver'], destroyed: [],
}

function Papers({ lines, place, done }: { readonly lines: readonly Original[]; readonly place: OriginalPlace; readonly done?: () => void }) {
  const { language } = useSpeech()
  const words = originalWords[language]
  const { holds } = usePerson()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set(done && lines.length === 1 ? [lines[0]!.appeal] : []))
  const [move, setMove] = useState<Move>()
  const picked = lines.filter((line) => chosen.has(line.appeal))
  const offered = moves[place].filter((one) => holds(...registrars) || one === 'accept' || one === 'handOver')
  const ids = picked.map((line) => line.appeal).join(',')
  const filled = picked.length === 0 ? 'default' : 'filled'
  return (
    <Card withBorder p={0}>
      <Group gap="xs" p="sm" className="no-print choice-bar">
        <Text size="sm" c="dimmed" aria-live="polite">{words.chosen(picked.length)}</Text>
        {offered.map((one, i) => <Button key={one} size="sm" variant={i === 0 ? filled : 'default'} disabled={picked.length === 0} onClick={() => setMove(one)}>{words[one]}</Button>)}
        {['offered', 'given_out', 'with_me', 'offered_to_me'].includes(place) && ids && <Paper href={`/api/v1/originals/hand-over.pdf?appeals=${ids}&language=${language}`}>{words.sheet}</Paper>}
        {place !== 'destroyed' && ids && <Paper href={`/api/v1/originals/labels.pdf?appeals=${ids}&language=${language}`}>{words.labels}</Paper>}
        {!done && lines.length > 0 && <Paper href={`/api/v1/originals.pdf?place=${place}&language=${language}`}>{words.print}</Paper>}
      </Group>
      <OriginalLines lines={lines} chosen={chosen} choose={setChosen} />
      <Dialog opened={move !== undefined} close={() => setMove(undefined)} title={move && words[move]} size="lg">
        {move && <MoveForm move={move} papers={picked} close={() => { setMove(undefined); setChosen(new Set()); done?.() }} />}
      </Dialog>
    </Card>
  )
}

function Paper({ href, children }: { readonly href: string; readonly children: string }) {
  return <Button size="sm" px="xs" variant="subtle" leftSection={<IconPrinter size={16} />} component="a" href={href} target="_blank" rel="noreferrer">{children}</Button>
}

/** One move for all that were chosen: all of them go, or none, and the one that stood in the way is named. */
function MoveForm({ move, papers, close }: { readonly move: Move; readonly papers: readonly Original[]; readonly close: () => void }) {
  const { language, words: common } = useSpeech()
  const words = originalWords[language]
  const queries = useQueryClient()
  const organization = papers[0]?.organization ?? ''
  const [placing, setPlacing] = usePlacing(organization)
  const [handing, setHanding] = useState(emptyHanding)
  const [caseFile, setCaseFile] = useState<number>()
  const appeals = papers.map((paper) => paper.appeal)
  const send = useMutation({
    mutationFn: () => {
      if (move === 'place') return client.originals.placeOriginals({ appeals, ...placing })
      if (move === 'handOver') return client.originals.handOverOriginals({ appeals, ...handed(handing) })
      return move === 'accept' ? client.originals.acceptOriginals({ appeals }) : client.originals.fileOriginals({ appeals, caseFile: caseFile! })
    },
    onSuccess: async ({ done }) => {
      const said = { place: words.placed, handOver: words.handed, accept: words.accepted, file: words.filed }[move](done)
      const sheet = `/api/v1/originals/hand-over.pdf?appeals=${appeals.join(',')}&language=${language}`
      notifications.show({ color: 'petrol', autoClose: 12_000, message: <>{said} {move === 'handOver' && <Anchor href={sheet} target="_blank" rel="noreferrer">{words.sheet}</Anchor>}</> })
      close()
      await queries.invalidateQueries()
    },
  })
  const faults = faultWords(send.error, language)
  const stuck = refusalOf(send.error)?.faults.find(({ field }) => field.startsWith('appeals.'))
  const ready = move === 'handOver' ? handing.to !== undefined : move !== 'file' || caseFile !== undefined
  return (
    <form onSubmit={(e) => { e.preventDefault(); if (ready && !send.isPending) send.mutate() }}>
      <Stack>
        {send.isError && (
          <Alert color="red" role="alert">{stuck ? `${papers[Number(stuck.field.split('.')[1])]?.number ?? ''}: ${faults[stuck.field] ?? ''}` : errorWords(send.error, language)}</Alert>
        )}
        <Text size="sm" c="dimmed">{papers.slice(0, 8).map((paper) => paper.number).join(', ')}{papers.length > 8 && ` … (${papers.length})`}</Text>
        {move === 'place' && <PlaceFields organization={organization} value={placing} onChange={setPlacing} faults={faults} />}
        {move === 'handOver' && <HandOverFields organization={organization} value={handing} onChange={setHanding} faults={faults} />}
        {move === 'file' && <FileFields organization={organization} value={caseFile} onChange={setCaseFile} faults={faults} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{common.cancel}</Button>
          <Button type="submit" loading={send.isPending} disabled={!ready}>{words[move]}</Button>
        </Group>
      </Stack>
    </form>
  )
}
