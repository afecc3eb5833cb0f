import { Alert, Anchor, Button, Card, Checkbox, Group, Progress, Select, Stack, Table, Tabs, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { answerWays, type AnswerWay } from '../../../regulation/vocabulary.ts'
import { replyWords } from '../../i18n/reply.ts'
import { api, client, errorWords, faultWords, refusalOf } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { TermChip } from '../parts/term-chip.tsx'
import { useTitle } from '../parts/use-title.ts'
import { usePerson, useSpeech } from '../session.tsx'

type Stage = 'letter' | 'signing' | 'dispatch'
type Line = Awaited<ReturnType<typeof client.dispatch.listOutgoing>>['lines'][number]

/** Answers on their way out: onto the letterhead, to the signature, to the post; one by one or many at once (п. 7.6–7.7). */
export function OutgoingPage() {
  const { language, named } = useSpeech()
  const words = replyWords[language]
  const { holds } = usePerson()
  const [stage, setStage] = useState<Stage>(holds('executive') && !holds('registrar') ? 'signing' : 'letter')
  const [way, setWay] = useState<AnswerWay>()
  const query = useQuery(api.dispatch.listOutgoing.queryOptions({ input: { stage, ...(way && { way }) } }))
  const lines = query.data?.lines ?? []
  useTitle(words.outgoing)
  return (
    <Stack maw={1200} mx="auto">
      <Group justify="space-between">
        <Title order={1} size="h2">{words.outgoing}</Title>
        {holds('registrar', 'contact_centre_head') && <Button component={Link} to="/outgoing/registries" variant="default">{words.registries}</Button>}
      </Group>
      <Tabs value={stage} onChange={(v) => { if (v) setStage(v as Stage) }}>
        <Tabs.List>{(['letter', 'signing', 'dispatch'] as const).map((one) => <Tabs.Tab key={one} value={one}>{words.stages[one]}</Tabs.Tab>)}</Tabs.List>
      </Tabs>
      <Select
        aria-label={words.allWays} w={300} maw="100%" clearable placeholder={words.allWays} value={way ?? null} onChange={(v) => setWay((v ?? undefined) as AnswerWay | undefined)}
        data={answerWays.map((one) => ({ value: one, label: named.answerWays[one] }))}
      />
      <Shown query={query} empty={lines.length === 0 ? <Empty title={words.stageEmpty[stage]} hint={words.emptyHint} /> : undefined}>
        <Lines key={`${stage} ${way ?? ''}`} stage={stage} lines={lines} />
      </Shown>
    </Stack>
  )
}

/** What is done with each of the chosen, one after another, and what stood in the way of which. */
function useEach() {
  const { language } = useSpeech()
  const queries = useQueryClient()
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number }>()
  const [stuck, setStuck] = useState<readonly { readonly number: string; readonly why: string }[]>([])
  const run = async (lines: readonly Line[], act: (line: Line) => Promise<unknown>) => {
    setStuck([])
    for (const [i, line] of lines.entries()) {
      setProgress({ done: i, of: lines.length })
      try {
        await act(line)
      } catch (error) {
        setStuck((before) => [...before, { number: line.number, why: errorWords(error, language) }])
      }
    }
    setProgress(undefined)
    await queries.invalidateQueries()
  }
  return { progress, stuck, run }
}

function Lines({ stage, lines }: { readonly stage: Stage; readonly lines: readonly Line[] }) {
  const { language, named } = useSpeech()
  const words = replyWords[language]
  const { person } = usePerson()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const { progress, stuck, run } = useEach()
  const picked = lines.filter((line) => chosen.has(line.id))
  const byEmail = picked.filter((line) => line.answerWay === 'email' && line.email)
  const byPost = picked.filter((line) => line.answerWay === 'post' && line.letter && !line.registry)
  const executive = person?.assignments?.some(({ role }) => role === 'executive') ?? false
  const all = lines.length > 0 && lines.every((line) => chosen.has(line.id))
  const toggle = (id: number) => setChosen((before) => { const next = new Set(before); if (!next.delete(id)) next.add(id); return next })
  const registry = useMutation({
    mutationFn: () => client.dispatch.makeRegistry({ organization: byPost[0]!.organization, appeals: byPost.map((line) => line.id) }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: api.dispatch.key() })
      await navigate({ to: '/outgoing/registries/$registryId', params: { registryId: String(id) } })
    },
  })
  const signForShow = async (line: Line) => {
    const card = await client.appeals.card({ appealId: line.id })
    if (card.letter) await client.actions.sign_letter({ appealId: line.id, digest: card.letter.digest, signature: { way: 'development' } })
  }
  const at = refusalOf(registry.error)?.faults.find(({ field }) => field.startsWith('appeals.'))
  return (
    <Card withBorder p={0}>
      <Group gap="xs" p="sm" className="choice-bar no-print">
        <Text size="sm" c="dimmed" aria-live="polite">{words.chosen(picked.length)}</Text>
        {stage === 'letter' && <Button size="sm" disabled={picked.length === 0 || progress !== undefined} onClick={() => void run(picked, (line) => client.actions.issue_letter({ appealId: line.id }))}>{words.issueAll(picked.length)}</Button>}
        {stage === 'signing' && executive && <SignAll lines={picked} busy={progress !== undefined} sign={() => void run(picked, signForShow)} />}
        {stage === 'dispatch' && <Button size="sm" disabled={byPost.length === 0} loading={registry.isPending} onClick={() => registry.mutate()}>{words.makeRegistry(byPost.length)}</Button>}
        {stage === 'dispatch' && <Button size="sm" variant="default" disabled={byEmail.length === 0 || progress !== undefined} onClick={() => void run(byEmail, (line) => client.actions.dispatch_reply({ appealId: line.id, way: 'email' }))}>{words.emailAll(byEmail.length)}</Button>}
      </Group>
      {progress && <Group p="sm" gap="sm"><Progress value={(progress.done / progress.of) * 100} style={{ flex: 1 }} aria-label={words.progress(progress.done, progress.of)} /><Text size="sm">{words.progress(progress.done, progress.of)}</Text></Group>}
      {registry.isError && <Alert color="red" role="alert" m="sm">{at ? `${byPost[Number(at.field.split('.')[1])]?.number ?? ''}: ${faultWords(registry.error, language)[at.field] ?? ''}` : errorWords(registry.error, language)}</Alert>}
      {stuck.length > 0 && <Alert color="red" role="alert" m="sm" title={words.stuck}>{stuck.map(({ number, why }) => <Text size="sm" key={number}>{number}: {why}</Text>)}</Alert>}
      <div className="journal">
        <Table highlightOnHover fz="sm" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={40}><Checkbox aria-label={words.chooseAll} checked={all} indeterminate={!all && chosen.size > 0} onChange={() => setChosen(all ? new Set() : new Set(lines.map((line) => line.id)))} /></Table.Th>
              <Table.Th>№</Table.Th><Table.Th>{words.letter}</Table.Th><Table.Th>{words.address}</Table.Th><Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Table.Tr key={line.id} bg={chosen.has(line.id) ? 'var(--mantine-primary-color-light)' : undefined}>
                <Table.Td><Checkbox aria-label={words.choose(line.number)} checked={chosen.has(line.id)} onChange={() => toggle(line.id)} /></Table.Td>
                <Table.Td>
                  <Anchor component={Link} to={`/appeals/${line.id}`} inherit style={{ whiteSpace: 'nowrap' }}>{line.number}</Anchor>
                  <Text size="sm">{line.applicantName}. {line.subject}</Text>
                </Table.Td>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{line.letter}{line.registry && <Text size="xs" c="dimmed">{words.registry(line.registry)}</Text>}</Table.Td>
                <Table.Td><Text size="sm">{named.answerWays[line.answerWay]}</Text><Text size="xs" c="dimmed">{line.answerWay === 'email' ? line.email : line.address}</Text></Table.Td>
                <Table.Td><TermChip term={line.term} /></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Card>
  )
}

/** Many at once only where it is for show: ЭЦП asks for its key letter by letter, on the card. */
function SignAll({ lines, busy, sign }: { readonly lines: readonly Line[]; readonly busy: boolean; readonly sign: () => void }) {
  const { language } = useSpeech()
  const [first] = lines
  const { data } = useQuery({ ...api.appeals.card.queryOptions({ input: { appealId: first?.id ?? 0 } }), enabled: first !== undefined })
  if (!data?.signing.development) return null
  return <Button size="sm" variant="default" disabled={busy} onClick={() => { sign(); notifications.clean() }}>{replyWords[language].signAll(lines.length)}</Button>
}
