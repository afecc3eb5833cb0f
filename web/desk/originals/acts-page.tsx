import { Alert, Anchor, Badge, Button, Card, Checkbox, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDay } from '../../i18n/format.ts'
import { originalWords } from '../../i18n/originals.ts'
import { api, client, errorWords, faultWords, refusalOf } from '../client.ts'
import { registrars } from '../navigation.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Empty, Shown } from '../parts/states.tsx'
import { useGroup, usePerson, useSpeech } from '../session.tsx'
import { Sections } from './sections.tsx'

export type Act = Awaited<ReturnType<typeof client.originals.listActs>>[number]
export const actColors = { drawn: 'orange', approved: 'petrol', carried_out: 'green', cancelled: 'gray' } as const

/** Acts of destruction: drawn up by the chancellery, approved by the executive, carried out (п. 7.8). */
export function ActsPage() {
  const { language } = useSpeech()
  const words = originalWords[language]
  const { holds } = usePerson()
  const { organization } = useGroup()
  const [drawing, setDrawing] = useState(false)
  const query = useQuery(api.originals.listActs.queryOptions())
  return (
    <Stack maw={1000} mx="auto">
      <Sections>{holds(...registrars) && <Button onClick={() => setDrawing(true)}>{words.drawAct}</Button>}</Sections>
      <Shown query={query} empty={query.data?.length === 0 ? <Empty title={words.noActs} hint={words.noActsHint} /> : undefined}>
        {query.data?.map((act) => (
          <Card key={act.id} withBorder p="sm">
            <Group justify="space-between">
              <div>
                <Anchor component={Link} to={`/originals/acts/${act.id}`} fw={650}>{words.act(act.number)}</Anchor>
                <Text size="sm" c="dimmed">{organization(act.organization)} · {words.drawn(formatDay(act.drawnOn), act.drawnBy)} · {words.papers(act.papers)}</Text>
              </div>
              <Badge color={actColors[act.state]} variant="light" tt="none" size="lg">{words.states[act.state]}</Badge>
            </Group>
          </Card>
        ))}
      </Shown>
      <Dialog opened={drawing} close={() => setDrawing(false)} title={words.drawAct} size="lg"><DrawAct close={() => setDrawing(false)} /></Dialog>
    </Stack>
  )
}

/** Only case files whose retention is over are offered. */
function DrawAct({ close }: { readonly close: () => void }) {
  const { language, words: common } = useSpeech()
  const words = originalWords[language]
  const { organization: nameOf } = useGroup()
  const { person } = usePerson()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const mine = [...new Set(person?.assignments?.filter(({ role }) => role === 'registrar').map(({ organization }) => organization))]
  const [organization, setOrganization] = useState(mine[0] ?? '')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [commission, setCommission] = useState('')
  const due = useQuery(api.originals.listCaseFiles.queryOptions({ input: { organization, show: 'due' } }))
  const draw = useMutation({
    mutationFn: () => client.originals.drawAct({ organization, caseFiles: chosen.map(Number), commission }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: api.originals.key() })
      close()
      await navigate({ to: '/originals/acts/$actId', params: { actId: String(id) } })
    },
  })
  const faults = faultWords(draw.error, language)
  const stuck = refusalOf(draw.error)?.faults.find(({ field }) => field.startsWith('caseFiles.'))
  return (
    <form onSubmit={(e) => { e.preventDefault(); draw.mutate() }}>
      <Stack>
        {draw.isError && <Alert color="red" role="alert">{stuck ? faults[stuck.field] : errorWords(draw.error, language)}</Alert>}
        {mine.length > 1 && <Select label={words.organization} data={mine.map((id) => ({ value: id, label: nameOf(id) }))} value={organization} onChange={(v) => { if (v) { setOrganization(v); setChosen([]) } }} allowDeselect={false} />}
        {due.data?.length === 0 ? <Text>{words.noDue}</Text> : (
          <Checkbox.Group label={words.chosenFiles} value={[...chosen]} onChange={setChosen}>
            <Stack gap={6} mt={6}>
              {due.data?.map((file) => <Checkbox key={file.id} value={String(file.id)} label={`${file.index} · ${file.title} (${file.year}), ${words.papers(file.papers)}, ${words.kept(formatDay(file.keptUntil ?? file.openedOn))}`} />)}
            </Stack>
          </Checkbox.Group>
        )}
        <Textarea label={words.commission} value={commission} onChange={(e) => setCommission(e.currentTarget.value)} error={faults['commission']} autosize minRows={3} required />
        <Group justify="flex-end"><Button variant="default" onClick={close}>{common.cancel}</Button><Button type="submit" loading={draw.isPending} disabled={chosen.length === 0}>{words.drawAct}</Button></Group>
      </Stack>
    </form>
  )
}
