import { Alert, Badge, Button, Card, Center, Group, Progress, Stack, Tabs, Text, TextInput } from '@mantine/core'
import { IconBarcode, IconPrinter } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { formatDateTime } from '../../i18n/format.ts'
import { originalWords } from '../../i18n/originals.ts'
import { api, client, errorWords } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useGroup, useSpeech } from '../session.tsx'
import { OriginalLines, Where, type Original } from './lines.tsx'
import { Sections } from './sections.tsx'

type Shows = 'missing' | 'found' | 'elsewhere'
const colors = { found: 'green', again: 'gray', elsewhere: 'orange' } as const

/** One stock-take: labels are scanned one after another, and each says at once whether its paper is in its place (п. 4.7). */
export function StockTakePage() {
  const { stockTakeId } = useParams({ from: '/originals/stock-takes/$stockTakeId' })
  const { language, words: common } = useSpeech()
  const words = originalWords[language]
  const { unit } = useGroup()
  const id = Number(stockTakeId)
  const queries = useQueryClient()
  const [show, setShow] = useState<Shows>('missing')
  const query = useInfiniteQuery(api.originals.readStockTake.infiniteOptions({
    input: (after: number) => ({ id, show, after }), initialPageParam: 0, getNextPageParam: (page) => (page.more ? page.lines.at(-1)?.appeal : undefined),
  }))
  const refresh = () => queries.invalidateQueries({ queryKey: api.originals.key() })
  const close = useMutation({ mutationFn: () => client.originals.closeStockTake({ id }), onSuccess: refresh })
  const unscan = useMutation({ mutationFn: (appealId: number) => client.originals.unscanOriginal({ id, appealId }), onSuccess: refresh })
  const putHere = useMutation({ mutationFn: (line: Original) => client.originals.placeOriginals({ appeals: [line.appeal], unit: known!.unit }), onSuccess: refresh })
  const known = query.data?.pages[0]?.stockTake
  const lines = query.data?.pages.flatMap((page) => page.lines) ?? []
  const nothing = { missing: words.allFound, found: words.noneFound, elsewhere: words.noneElsewhere }[show]
  const failed = close.error ?? unscan.error ?? putHere.error
  return (
    <Stack maw={1000} mx="auto">
      <Sections>
        {known && <Button variant="default" leftSection={<IconPrinter size={16} />} component="a" href={`/api/v1/stock-takes/${id}/sheet.pdf?language=${language}`} target="_blank" rel="noreferrer">{words.sheetPdf}</Button>}
        {known && !known.closedAt && <Button variant="default" loading={close.isPending} onClick={() => { if (confirm(words.endSure(known.missing))) close.mutate() }}>{words.end}</Button>}
      </Sections>
      <Shown query={query}>
        {known && (
          <>
            <Card withBorder>
              <Group justify="space-between" mb="xs">
                <Text fw={650}>{unit(known.unit)}</Text>
                <Text size="sm" c="dimmed">{words.began(formatDateTime(known.startedAt), known.startedBy)}{known.closedAt && ` · ${words.ended(formatDateTime(known.closedAt))}`}</Text>
              </Group>
              <Progress value={known.expected === 0 ? 100 : (known.found / known.expected) * 100} size="lg" aria-label={words.progress(known.found, known.expected)} />
              <Text mt={6} className="figures">{words.progress(known.found, known.expected)}</Text>
              {!known.closedAt && <Scan id={id} done={refresh} />}
            </Card>
            {failed && <Alert color="red" role="alert">{errorWords(failed, language)}</Alert>}
            <Tabs value={show} onChange={(v) => { if (v) setShow(v as Shows) }}>
              <Tabs.List>
                {(['missing', 'found', 'elsewhere'] as const).map((one) => (
                  <Tabs.Tab key={one} value={one}>{words.show[one]} <Badge size="sm" variant="light" color={one === 'missing' ? 'red' : one === 'found' ? 'green' : 'orange'}>{known[one]}</Badge></Tabs.Tab>
                ))}
              </Tabs.List>
            </Tabs>
            {lines.length === 0 ? <Empty title={nothing} /> : (
              <Card withBorder p={0}>
                <OriginalLines
                  lines={lines}
                  {...(!known.closedAt && show !== 'missing' && {
                    after: (line: Original) => (
                      <Group gap={6} wrap="nowrap" justify="flex-end">
                        {show === 'elsewhere' && (line.unit !== known.unit || line.person) && <Button size="compact-sm" variant="light" onClick={() => putHere.mutate(line)}>{words.putHere}</Button>}
                        <Button size="compact-sm" variant="subtle" onClick={() => unscan.mutate(line.appeal)}>{words.undo}</Button>
                      </Group>
                    ),
                  })}
                />
              </Card>
            )}
            {query.hasNextPage && <Center><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{common.more}</Button></Center>}
          </>
        )}
      </Shown>
    </Stack>
  )
}

/** The field a scanner types into: it is always ready for the next label, and the last ones stay in sight with their answers. */
function Scan({ id, done }: { readonly id: number; readonly done: () => unknown }) {
  const { language } = useSpeech()
  const words = originalWords[language]
  const [code, setCode] = useState('')
  const [last, setLast] = useState<readonly { readonly key: number; readonly result: keyof typeof colors; readonly original: Original }[]>([])
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  const scan = useMutation({
    mutationFn: (read: string) => client.originals.scanOriginal({ id, code: read }),
    onSuccess: async ({ result, original }) => {
      setLast((before) => [{ key: (before[0]?.key ?? 0) + 1, result, original }, ...before].slice(0, 5))
      await done()
    },
  })
  return (
    <Stack gap="xs" mt="sm" className="no-print">
      <form onSubmit={(e) => { e.preventDefault(); if (code.trim()) { scan.mutate(code); setCode('') } input.current?.focus() }}>
        <TextInput
          ref={input} label={words.scan} description={words.scanHint} value={code} onChange={(e) => setCode(e.currentTarget.value)} leftSection={<IconBarcode size={18} />} size="lg" maw={460}
          error={scan.isError && errorWords(scan.error, language)} autoComplete="off" spellCheck={false}
        />
      </form>
      <div role="log" aria-live="polite">
        {last.map(({ key, result, original }, i) => (
          <Group key={key} gap="xs" py={4} opacity={i === 0 ? 1 : 0.75}>
            <Badge color={colors[result]} tt="none" size={i === 0 ? 'lg' : 'md'}>{words.results[result]}</Badge>
            <Text size="sm" fw={i === 0 ? 650 : 400}>{original.number} · {original.applicantName}</Text>
            {result === 'elsewhere' && <div><Where line={original} /></div>}
          </Group>
        ))}
      </div>
    </Stack>
  )
}
