import { Alert, Anchor, Badge, Button, Card, Checkbox, Group, NumberInput, SegmentedControl, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDay } from '../../i18n/format.ts'
import { originalWords } from '../../i18n/originals.ts'
import { localToday } from '../card/working-days.ts'
import { api, client, errorWords, faultWords, refusalOf } from '../client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Empty, Shown } from '../parts/states.tsx'
import { useSpeech } from '../session.tsx'
import { useKeptUnits } from './fields.tsx'
import { Sections } from './sections.tsx'

export type CaseFile = Awaited<ReturnType<typeof client.originals.listCaseFiles>>[number]

/** The case files by the year and the index of the nomenclature, with their retention terms (п. 7.8). */
export function CaseFilesPage() {
  const { language } = useSpeech()
  const words = originalWords[language]
  const [show, setShow] = useState<keyof typeof words.shows>('all')
  const [opening, setOpening] = useState(false)
  const query = useQuery(api.originals.listCaseFiles.queryOptions({ input: { show } }))
  const files = query.data ?? []
  return (
    <Stack maw={1100} mx="auto">
      <Sections><Button onClick={() => setOpening(true)}>{words.openFile}</Button></Sections>
      <SegmentedControl className="no-print" value={show} onChange={(v) => setShow(v as keyof typeof words.shows)} data={Object.entries(words.shows).map(([value, label]) => ({ value, label }))} style={{ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }} />
      <Shown query={query} empty={files.length === 0 ? <Empty title={words.noFiles} hint={words.noFilesHint} /> : undefined}>
        <Card withBorder p={0}><CaseFileLines files={files} /></Card>
      </Shown>
      <Dialog opened={opening} close={() => setOpening(false)} title={words.openFile}><OpenCaseFile close={() => setOpening(false)} /></Dialog>
    </Stack>
  )
}

export function CaseFileLines({ files }: { readonly files: readonly CaseFile[] }) {
  const { language } = useSpeech()
  const words = originalWords[language]
  return (
    <div className="journal">
      <Table highlightOnHover fz="sm" verticalSpacing={6}>
        <Table.Thead><Table.Tr><Table.Th>{words.index}</Table.Th><Table.Th>{words.fileTitle}</Table.Th><Table.Th>{words.paper}</Table.Th><Table.Th>{words.keep}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {files.map((file) => (
            <Table.Tr key={file.id}>
              <Table.Td className="figures" style={{ whiteSpace: 'nowrap' }}><Anchor component={Link} to={`/originals/case-files/${file.id}`} inherit>{file.index}</Anchor> · {file.year}</Table.Td>
              <Table.Td>{file.title}</Table.Td>
              <Table.Td>{words.papers(file.papers)}</Table.Td>
              <Table.Td><Retention file={file} /></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

/** How long it is kept, and where it stands in its term. */
export function Retention({ file }: { readonly file: CaseFile }) {
  const { language } = useSpeech()
  const words = originalWords[language]
  const over = file.keptUntil !== undefined && file.keptUntil < localToday()
  return (
    <Group gap={6}>
      <Text size="sm">{file.retentionYears ? words.keptYears(file.retentionYears) : words.forEver}</Text>
      {file.closedOn ? <Badge variant="light" color={over && !file.act ? 'orange' : 'gray'} tt="none">{file.keptUntil ? words.kept(formatDay(file.keptUntil)) : words.closedOn(formatDay(file.closedOn))}</Badge> : <Badge variant="light" tt="none">{words.openedOn(formatDay(file.openedOn))}</Badge>}
      {file.act && <Badge component={Link} to={`/originals/acts/${file.act.id}`} variant="outline" color={file.act.carriedOut ? 'red' : 'gray'} tt="none" style={{ cursor: 'pointer' }}>{words.inAct(file.act.number)}</Badge>}
    </Group>
  )
}

function OpenCaseFile({ close }: { readonly close: () => void }) {
  const { language, words: common } = useSpeech()
  const words = originalWords[language]
  const navigate = useNavigate()
  const queries = useQueryClient()
  const units = useKeptUnits()
  const [draft, setDraft] = useState(() => ({ unit: '', index: '', title: '', year: Number(localToday().slice(0, 4)), retentionYears: 5 as number | undefined, ground: '' }))
  const set = (change: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...change }))
  const unit = draft.unit || units[0]?.value || ''
  const open = useMutation({
    mutationFn: () => client.originals.openCaseFile({ ...draft, unit }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: api.originals.key() })
      close()
      await navigate({ to: '/originals/case-files/$caseFileId', params: { caseFileId: String(id) } })
    },
  })
  const faults = faultWords(open.error, language)
  return (
    <form onSubmit={(e) => { e.preventDefault(); open.mutate() }}>
      <Stack>
        {open.isError && !refusalOf(open.error)?.faults.length && <Alert color="red" role="alert">{errorWords(open.error, language)}</Alert>}
        <Select label={words.unit} data={units} value={unit} onChange={(v) => { if (v) set({ unit: v }) }} error={faults['unit']} allowDeselect={false} searchable />
        <Group grow>
          <TextInput label={words.index} placeholder="01-05" value={draft.index} onChange={(e) => set({ index: e.currentTarget.value })} error={faults['index']} required data-autofocus />
          <NumberInput label={words.year} value={draft.year} onChange={(v) => set({ year: Number(v) || draft.year })} min={1990} max={2100} error={faults['year']} />
        </Group>
        <TextInput label={words.fileTitle} value={draft.title} onChange={(e) => set({ title: e.currentTarget.value })} error={faults['title']} required />
        <Group align="end">
          <NumberInput label={words.years} value={draft.retentionYears ?? ''} onChange={(v) => set({ retentionYears: Number(v) || undefined })} min={1} max={75} disabled={draft.retentionYears === undefined} error={faults['retentionYears']} w={140} />
          <Checkbox label={words.forEver} checked={draft.retentionYears === undefined} onChange={(e) => set({ retentionYears: e.currentTarget.checked ? undefined : 5 })} mb={8} />
        </Group>
        <TextInput label={words.ground} value={draft.ground} onChange={(e) => set({ ground: e.currentTarget.value })} error={faults['ground']} required />
        <Group justify="flex-end"><Button variant="default" onClick={close}>{common.cancel}</Button><Button type="submit" loading={open.isPending}>{words.openFile}</Button></Group>
      </Stack>
    </form>
  )
}
