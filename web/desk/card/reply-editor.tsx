import { Alert, Anchor, Button, Card, Checkbox, CloseButton, FileButton, Grid, Group, List, Menu, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconTemplate, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { languageOf, type FindingKind } from '../../../regulation/reply-gate.ts'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import { replyWords } from '../../i18n/reply.ts'
import { api, client, errorWords, faultWords, upload, type Card as Appeal, type Task } from '../client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { wordsOfReply } from '../parts/reply-view.tsx'
import { RichText } from '../parts/rich-text.tsx'
import { Failed, Loading } from '../parts/states.tsx'
import { useSpeech } from '../session.tsx'
import { LetterPreview } from './letter-preview.tsx'
import { useAct } from './use-act.ts'
import { useDraft, type Draft } from './use-draft.ts'

type Question = { readonly text: string; readonly answered: boolean }

/** The executor's draft: saved while it is typed, never over another's text, submitted when it is ready (п. 7.1). */
export function ReplyEditor({ card, task }: { readonly card: Appeal; readonly task: Task }) {
  const draft = useQuery(api.replies.getDraft.queryOptions({
    input: { appealId: card.id, task: task.id },
    // Read once when the editor opens: from then on the editor's own text is the newest.
    staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false,
  }))
  if (draft.data) return <Editor card={card} task={task} initial={draft.data} />
  return draft.isError ? <Failed error={draft.error} retry={() => void draft.refetch()} /> : <Loading rows={3} />
}

function Editor({ card, task, initial }: { readonly card: Appeal; readonly task: Task; readonly initial: Draft }) {
  const { words: common, named, language } = useSpeech()
  const words = replyWords[language]
  const draft = useDraft({ appealId: card.id, task: task.id }, initial)
  const [shown, setShown] = useState<'writing' | 'preview'>('writing')
  const [lawyerNeeded, setLawyerNeeded] = useState(task.versions.at(-1)?.steps.some((step) => step.kind === 'lawyer') ?? false)
  const [questions, setQuestions] = useState<readonly Question[]>(task.versions.at(-1)?.questions ?? [])
  const [files, setFiles] = useState<readonly { id: string; name: string }[]>([])
  const act = useAct(card, { action: 'submit_version', task: task.id }, draft.leave, (code) => void draft.told(code))
  const attach = useMutation({ mutationFn: upload, onSuccess: (file) => setFiles((before) => [...before, file]) })
  const submit = async () => act.send({ body: draft.body, revision: await draft.standing(), lawyerNeeded, files: files.map((file) => file.id), questions: questions.filter(({ text }) => text.trim()) })
  const add = (text: string) => draft.write(append(draft.body, text))

  return (
    <Stack mt="md" gap="xs" id={`reply-${task.id}`} style={{ scrollMarginTop: 70 }}>
      <Conflict draft={draft} />
      {draft.restored && !draft.theirs && <Text size="sm" c="dimmed">{common.draftRestored}</Text>}
      {act.refusal && <Alert color="red" role="alert">{act.refusal}</Alert>}
      <Group justify="space-between" gap="xs">
        <SegmentedControl size="xs" value={shown} onChange={(v) => setShown(v as typeof shown)} data={[{ value: 'writing', label: words.writing }, { value: 'preview', label: words.preview }]} />
        <Templates card={card} task={task} body={draft.body} take={draft.write} />
      </Group>
      {shown === 'preview' ? (
        <>
          <Text size="sm" c="dimmed">{words.previewHint}</Text>
          <LetterPreview appealId={card.id} task={task.id} revision={draft.saved.revision} />
        </>
      ) : (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 8 }}>
            <RichText label={words.editor} description={common.editorHint} value={draft.body} onChange={draft.write} error={act.faults['body']} lang={languageOf(wordsOfReply(draft.body)) ?? card.language} />
            <Standing draft={draft} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <Stack gap="sm">
              <Gate card={card} task={task} body={draft.body} questions={questions} attachments={files.length} add={() => add(replyWords[card.language].appealPhrase)} />
              <Questions questions={questions} set={setQuestions} />
              {task.contributions.length > 0 && (
                <Card withBorder p="sm">
                  <Text size="sm" fw={650} mb={4}>{words.contributions}</Text>
                  {task.contributions.map((part) => (
                    <Group key={part.at} justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
                      <Text size="sm" lineClamp={3}>{part.by.name}: {part.text}</Text>
                      <Button size="compact-xs" variant="subtle" style={{ flexShrink: 0 }} onClick={() => add(part.text)}>{words.insert}</Button>
                    </Group>
                  ))}
                </Card>
              )}
              <Past card={card} take={add} />
            </Stack>
          </Grid.Col>
        </Grid>
      )}
      {attach.isError && <Alert color="red" role="alert">{attach.error.message}</Alert>}
      {files.map((file) => (
        <Group key={file.id} gap={4}>
          <Text size="sm">{file.name}</Text>
          <CloseButton size="sm" aria-label={`${common.remove}: ${file.name}`} onClick={() => setFiles(files.filter((other) => other.id !== file.id))} />
        </Group>
      ))}
      <Group justify="space-between">
        <Group>
          <FileButton onChange={(file) => { if (file) attach.mutate(file) }}>
            {(props) => <Button {...props} variant="default" loading={attach.isPending}>{common.attach}</Button>}
          </FileButton>
          <Checkbox label={common.lawyerNeeded} checked={lawyerNeeded} onChange={(e) => setLawyerNeeded(e.currentTarget.checked)} />
        </Group>
        <Button loading={act.busy} disabled={draft.theirs !== undefined} onClick={() => void submit()}>{named.actions.submit_version}</Button>
      </Group>
    </Stack>
  )
}

/** Words put after what is written, in whichever form it is kept. */
function append(body: string, text: string): string {
  if (!body.startsWith('{"type":"doc"')) return [body.replace(/\n+$/, ''), text].filter(Boolean).join('\n')
  const document = JSON.parse(body) as { type: 'doc'; content: unknown[] }
  return JSON.stringify({ ...document, content: [...document.content, ...text.split('\n').map((line) => ({ type: 'paragraph', ...(line && { content: [{ type: 'text', text: line }] }) }))] })
}

/** What would stop the answer at its sending is said while it is written. */
function Gate({ card, task, body, questions, attachments, add }: {
  readonly card: Appeal; readonly task: Task; readonly body: string; readonly questions: readonly Question[]; readonly attachments: number; readonly add: () => void
}) {
  const { language } = useSpeech()
  const words = replyWords[language]
  const [asked] = useDebouncedValue({ body, questions, attachments }, 700)
  const written = wordsOfReply(asked.body).trim() !== ''
  const { data: findings } = useQuery({
    ...api.replies.checkDraft.queryOptions({ input: { appealId: card.id, task: task.id, ...asked, questions: asked.questions.filter(({ text }) => text.trim()) } }),
    enabled: written, placeholderData: (before) => before,
  })
  if (!written || !findings) return null
  if (findings.length === 0) return <Text size="sm" c="dimmed">{words.gateClear}</Text>
  return (
    <Alert color="yellow" title={words.gate} role="status" p="sm">
      <Findings findings={findings} />
      {findings.some(({ kind }) => kind === 'no_way_to_appeal') && <Button mt="xs" size="compact-sm" variant="default" onClick={add}>{words.addAppealPhrase}</Button>}
    </Alert>
  )
}

export function Findings({ findings }: { readonly findings: readonly { readonly kind: FindingKind; readonly detail?: string | undefined }[] }) {
  const { language } = useSpeech()
  return (
    <List size="sm" spacing={2}>
      {findings.map(({ kind, detail }) => <List.Item key={`${kind} ${detail ?? ''}`}>{replyWords[language].findings[kind]}{detail && `: ${detail}`}</List.Item>)}
    </List>
  )
}

function Questions({ questions, set }: { readonly questions: readonly Question[]; readonly set: (questions: readonly Question[]) => void }) {
  const { language, words: common } = useSpeech()
  const words = replyWords[language]
  const change = (at: number, change: Partial<Question>) => set(questions.map((one, i) => (i === at ? { ...one, ...change } : one)))
  return (
    <Card withBorder p="sm" component="section" aria-label={words.questions}>
      <Text size="sm" fw={650}>{words.questions}</Text>
      <Text size="xs" c="dimmed" mb={6}>{words.questionsHint}</Text>
      <Stack gap={6}>
        {questions.map((question, i) => (
          <Group key={i} gap={6} wrap="nowrap">
            <Checkbox aria-label={`${words.answered}: ${question.text || i + 1}`} checked={question.answered} onChange={(e) => change(i, { answered: e.currentTarget.checked })} />
            <TextInput size="xs" aria-label={`${words.questions} ${i + 1}`} value={question.text} onChange={(e) => change(i, { text: e.currentTarget.value })} maxLength={500} style={{ flex: 1 }} />
            <CloseButton size="sm" aria-label={`${common.remove}: ${question.text || i + 1}`} onClick={() => set(questions.filter((_, j) => j !== i))} />
          </Group>
        ))}
        <Group><Button size="compact-sm" variant="subtle" disabled={questions.length >= 20} onClick={() => set([...questions, { text: '', answered: false }])}>{words.addQuestion}</Button></Group>
      </Stack>
    </Card>
  )
}

/** Questions asked often, and how much the same was answered before. */
function Past({ card, take }: { readonly card: Appeal; readonly take: (text: string) => void }) {
  const { language, words: common } = useSpeech()
  const words = replyWords[language]
  const queries = useQueryClient()
  const { data } = useQuery(api.replies.pastAnswers.queryOptions({ input: { appealId: card.id }, staleTime: 60_000 }))
  const remove = useMutation({ mutationFn: (id: number) => client.replies.removeTemplate({ id }), onSuccess: () => queries.invalidateQueries({ queryKey: api.replies.pastAnswers.key() }) })
  const offered = (text: string, lang: string = card.language) => (
    <>
      <Text size="xs" c="dimmed" lineClamp={3} lang={lang}>{text}</Text>
      <Button size="compact-xs" variant="subtle" onClick={() => take(text)}>{words.takeText}</Button>
    </>
  )
  if (!data) return null
  return (
    <>
      {data.faq.length > 0 && (
        <Card withBorder p="sm" component="section" aria-label={words.faq}>
          <Text size="sm" fw={650} mb={4}>{words.faq}</Text>
          <Stack gap="xs">
            {data.faq.map((one) => (
              <div key={one.id}>
                <Group justify="space-between" wrap="nowrap">
                  <Text size="sm">{one.question}</Text>
                  {one.mine && <CloseButton size="sm" aria-label={`${common.remove}: ${one.question}`} onClick={() => remove.mutate(one.id)} />}
                </Group>
                {offered(one.text)}
              </div>
            ))}
          </Stack>
        </Card>
      )}
      {data.answers.length > 0 && (
        <Card withBorder p="sm" component="section" aria-label={words.past}>
          <Text size="sm" fw={650} mb={4}>{words.past}</Text>
          <Stack gap="xs">
            {data.answers.map((one) => (
              <div key={one.id}>
                <Text size="sm"><Anchor component={Link} to={`/appeals/${one.id}`} inherit>{one.number}</Anchor> · {one.subject} · <Text span c="dimmed" size="xs">{words.answeredOn(formatDay(one.answeredOn))}</Text></Text>
                {offered(one.text, one.language)}
              </div>
            ))}
          </Stack>
        </Card>
      )}
    </>
  )
}

/** Templates of the organization, filled from the appeal; one's own text may become one. */
function Templates({ card, task, body, take }: { readonly card: Appeal; readonly task: Task; readonly body: string; readonly take: (body: string) => void }) {
  const { language } = useSpeech()
  const words = replyWords[language]
  const queries = useQueryClient()
  const [saving, setSaving] = useState(false)
  const { data = [] } = useQuery(api.replies.listTemplates.queryOptions({ input: { appealId: card.id, task: task.id } }))
  const refresh = () => queries.invalidateQueries({ queryKey: api.replies.listTemplates.key() })
  const remove = useMutation({ mutationFn: (id: number) => client.replies.removeTemplate({ id }), onSuccess: refresh })
  const put = (text: string) => { if (wordsOfReply(body).trim() === '' || confirm(words.replaceSure)) take(text) }
  const topics = [...new Set(data.map(({ topic }) => topic))]
  return (
    <>
      <Menu position="bottom-end" width={320}>
        <Menu.Target><Button size="xs" variant="default" leftSection={<IconTemplate size={16} />}>{words.templates}</Button></Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          {data.length === 0 && <Menu.Label>{words.noTemplates}</Menu.Label>}
          {topics.map((topic) => [
            <Menu.Label key={topic}>{topic}</Menu.Label>,
            ...data.filter((one) => one.topic === topic).map((one) => (
              <Group key={one.id} gap={0} wrap="nowrap">
                <Menu.Item onClick={() => put(one.body)}>{one.title}</Menu.Item>
                {one.mine && <CloseButton size="sm" icon={<IconX size={14} />} aria-label={`${words.removeTemplate}: ${one.title}`} onClick={() => remove.mutate(one.id)} />}
              </Group>
            )),
          ])}
          <Menu.Divider />
          <Menu.Item disabled={wordsOfReply(body).trim() === ''} onClick={() => setSaving(true)}>{words.saveTemplate}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={saving} close={() => setSaving(false)} title={words.saveTemplate}>
        <SaveTemplate card={card} task={task} body={body} done={() => { setSaving(false); void refresh() }} />
      </Dialog>
    </>
  )
}

function SaveTemplate({ card, task, body, done }: { readonly card: Appeal; readonly task: Task; readonly body: string; readonly done: () => void }) {
  const { language } = useSpeech()
  const words = replyWords[language]
  const [title, setTitle] = useState('')
  const [topic, setTopic] = useState('')
  const [text, setText] = useState(body)
  const [faq, setFaq] = useState(false)
  const save = useMutation({
    mutationFn: () => client.replies.saveTemplate({ organization: task.organization, language: card.language, kind: faq ? 'faq' : 'template', topic, title, body: text }),
    onSuccess: () => { notifications.show({ message: words.templateKept, color: 'petrol' }); done() },
  })
  const faults = faultWords(save.error, language)
  return (
    <form onSubmit={(e) => { e.preventDefault(); save.mutate() }}>
      <Stack>
        <TextInput label={words.templateTopic} value={topic} onChange={(e) => setTopic(e.currentTarget.value)} error={faults['topic']} required data-autofocus />
        <TextInput label={words.templateTitle} value={title} onChange={(e) => setTitle(e.currentTarget.value)} error={faults['title']} required />
        <Checkbox label={words.saveAsFaq} checked={faq} onChange={(e) => setFaq(e.currentTarget.checked)} />
        <RichText label={words.editor} description={words.templateHint} value={text} onChange={setText} error={faults['body']} />
        {save.isError && Object.keys(faults).length === 0 && <Alert color="red" role="alert">{errorWords(save.error, language)}</Alert>}
        <Group justify="flex-end"><Button type="submit" loading={save.isPending}>{words.saveTemplate}</Button></Group>
      </Stack>
    </form>
  )
}

type Writing = ReturnType<typeof useDraft>

/** Two texts stand: both are shown, and the person chooses. */
function Conflict({ draft }: { readonly draft: Writing }) {
  const { words } = useSpeech()
  if (!draft.theirs) return null
  const text = (title: string, body: string) => (
    <div>
      <Text size="sm" fw={600}>{title}</Text>
      <Text size="sm" className="words">{wordsOfReply(body)}</Text>
    </div>
  )
  return (
    <Alert color="orange" title={words.conflictTitle} role="alert">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {text(words.conflictMine, draft.body)}
        {text(words.conflictTheirs, draft.theirs.body)}
      </SimpleGrid>
      <Group mt="sm">
        <Button size="compact-md" onClick={draft.keepMine}>{words.keepMine}</Button>
        <Button size="compact-md" variant="default" onClick={draft.takeTheirs}>{words.takeTheirs}</Button>
      </Group>
    </Alert>
  )
}

function Standing({ draft }: { readonly draft: Writing }) {
  const { words, language } = useSpeech()
  const { saving, error, saved } = draft
  const said = saving ? words.saving
    : error ? `${words.notSaved}: ${errorWords(error, language)}`
      : saved.savedAt ? `${words.saved} ${formatDateTime(saved.savedAt)}` : ''
  return <Text size="xs" c={error && !saving ? 'red' : 'dimmed'} aria-live="polite" mih={18}>{said}</Text>
}
