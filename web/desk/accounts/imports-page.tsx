import { Alert, Anchor, Button, Card, FileInput, Group, Progress, Select, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { refusalWords, type RefusalCode } from '../../../regulation/refusals.ts'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import { api } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useSpeech } from '../session.tsx'
import { Wide } from '../parts/wide.tsx'
import { Sections, useAccountWords } from './sections.tsx'

type Taken = { readonly id: number; readonly rows: number; readonly kept: number; readonly waiting: number; readonly repeated: number; readonly refused: number }
type Said = { readonly done?: number; readonly of?: number; readonly result?: Taken; readonly problem?: { readonly title: string }; readonly title?: string }

/** Readings brought in by a file (п. 11.3.1): how far it is, and which lines were refused and why. */
export function ImportsPage() {
  const { language } = useSpeech()
  const words = useAccountWords()
  const queries = useQueryClient()
  const list = useQuery(api.accounts.listReadingImports.queryOptions())
  const [file, setFile] = useState<File | null>(null)
  const [source, setSource] = useState<'office' | 'inspector' | 'automatic'>('inspector')
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number }>()
  const [taken, setTaken] = useState<Taken>()
  const [failed, setFailed] = useState('')
  const [shown, setShown] = useState<number>()
  const take = async () => {
    if (!file) return
    setTaken(undefined)
    setFailed('')
    setProgress({ done: 0, of: 0 })
    try {
      await sendFile(file, source, language, (said) => {
        if (said.of !== undefined) setProgress({ done: said.done ?? 0, of: said.of })
        if (said.result) { setTaken(said.result); setShown(said.result.id); setFile(null) }
        if (said.problem ?? said.title) setFailed(said.problem?.title || said.title || words.lost)
      })
    } catch {
      setFailed(words.lost)
    }
    setProgress(undefined)
    await queries.invalidateQueries({ queryKey: api.accounts.key() })
  }
  return (
    <Stack maw={1100} mx="auto">
      <Sections />
      <Card withBorder p="md">
        <form onSubmit={(e) => { e.preventDefault(); void take() }}>
          <Stack gap="sm">
            <Text size="sm" c="dimmed">{words.importHint} <Anchor href={`/api/v1/accounts/reading-imports/sample.xlsx?language=${language}`} inherit>{words.sample}</Anchor></Text>
            <Group align="end">
              <FileInput label={words.file} placeholder={words.choose} value={file} onChange={setFile} accept=".xlsx,.csv,.txt" w={320} maw="100%" clearable clearButtonProps={{ 'aria-label': words.choose }} />
              <Select label={words.source} value={source} onChange={(v) => { if (v) setSource(v as typeof source) }} data={(['inspector', 'office', 'automatic'] as const).map((value) => ({ value, label: words.sources[value] }))} allowDeselect={false} />
              <Button type="submit" disabled={!file || progress !== undefined}>{words.take}</Button>
            </Group>
            {progress && <Group gap="sm" aria-live="polite"><Progress value={progress.of > 0 ? (progress.done / progress.of) * 100 : 2} animated style={{ flex: 1 }} aria-label={words.progress(progress.done, progress.of)} /><Text size="sm" className="figures">{words.progress(progress.done, progress.of)}</Text></Group>}
            {failed && <Alert color="red" role="alert">{failed}</Alert>}
            {taken && <Alert color={taken.refused > 0 ? 'orange' : 'green'} role="status" title={words.result}>{words.resultLine(taken.kept, taken.waiting, taken.refused)}{taken.repeated > 0 && `. ${words.repeatedLine(taken.repeated)}`}</Alert>}
          </Stack>
        </form>
      </Card>
      {shown !== undefined && <Report id={shown} />}
      <Shown query={list} empty={list.data?.length === 0 ? <Empty title={words.noImports} /> : undefined}>
        <Card withBorder p={0} className="journal">
          <Table fz="sm" verticalSpacing={6}>
            <Table.Tbody>
              {list.data?.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td><Anchor component="button" type="button" inherit fw={one.id === shown ? 650 : undefined} aria-pressed={one.id === shown} onClick={() => setShown(one.id)} style={{ textAlign: 'left', overflowWrap: 'anywhere' }}>{one.file}</Anchor><Text size="xs" c="dimmed">{words.byWhom(one.by, formatDateTime(one.at))}</Text></Table.Td>
                  <Table.Td>{words.refusedOf(one.refused, one.rows)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Card>
      </Shown>
    </Stack>
  )
}

function Report({ id }: { readonly id: number }) {
  const { language } = useSpeech()
  const words = useAccountWords()
  const query = useQuery(api.accounts.readReadingImport.queryOptions({ input: { id } }))
  const lines = query.data?.lines ?? []
  const readable = (details: Readonly<Record<string, string | number>> = {}) => Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value]))
  return (
    <Card withBorder p={0} component="section" aria-label={words.report}>
      <Group justify="space-between" p="sm">
        <Title order={2} size="h4">{words.report}{query.data && `: ${query.data.file}`}</Title>
        {lines.length > 0 && <Button size="compact-sm" variant="default" component="a" href={`/api/v1/accounts/reading-imports/${id}/report.xlsx?language=${language}`}>{words.reportFile}</Button>}
      </Group>
      <Shown query={query} empty={query.data && lines.length === 0 ? <Text size="sm" c="dimmed" p="sm" pt={0}>{words.allGood}</Text> : undefined}>
        <Wide label={words.report}>
          <Table fz="sm" verticalSpacing={4}>
            <Table.Thead><Table.Tr><Table.Th>{words.row}</Table.Th>{words.importColumns.map((name) => <Table.Th key={name}>{name}</Table.Th>)}<Table.Th>{words.why}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {lines.map((line) => (
                <Table.Tr key={line.row}>
                  <Table.Td className="figures">{line.row}</Table.Td>
                  {(['account', 'meter', 'service', 'value', 'night', 'day'] as const).map((field) => <Table.Td key={field} fw={line.faults.some((fault) => fault.field === field) ? 650 : undefined} style={{ whiteSpace: 'nowrap' }}>{line.fields[field]}</Table.Td>)}
                  <Table.Td miw={220}>{line.faults.map(({ code, details }) => refusalWords(code as RefusalCode, language, readable(details))).join(' ')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      </Shown>
    </Card>
  )
}

/** The file goes as it is; what is said of it comes line by line while it is being taken. */
async function sendFile(file: File, source: string, language: string, heard: (said: Said) => void): Promise<void> {
  const response = await fetch(`/api/v1/accounts/reading-imports?name=${encodeURIComponent(file.name)}&source=${source}`, { method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream', 'accept-language': language } })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let [rest, ended] = ['', false]
  for (;;) {
    const { done, value = '' } = await reader.read()
    const lines = (rest + value).split('\n')
    rest = done ? '' : lines.pop()!
    for (const line of lines) {
      if (!line.trim()) continue
      const said = JSON.parse(line) as Said
      ended ||= said.of === undefined
      heard(said)
    }
    if (done) break
  }
  if (!ended) throw new Error('the connection broke off')
}
