import { Alert, Button, Checkbox, CloseButton, FileButton, Group, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDateTime } from '../../i18n/format.ts'
import { api, errorWords, upload, type Card, type Task } from '../client.ts'
import { Failed, Loading } from '../parts/states.tsx'
import { useSpeech } from '../session.tsx'
import { useAct } from './use-act.ts'
import { useDraft, type Draft } from './use-draft.ts'

/** The executor's draft: saved while it is typed, never over another's text, submitted when it is ready (п. 7.1). */
export function ReplyEditor({ card, task }: { readonly card: Card; readonly task: Task }) {
  const draft = useQuery(api.replies.getDraft.queryOptions({
    input: { appealId: card.id, task: task.id },
    // Read once when the editor opens: from then on the editor's own text is the newest.
    staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false,
  }))
  if (draft.data) return <Editor card={card} task={task} initial={draft.data} />
  return draft.isError ? <Failed error={draft.error} retry={() => void draft.refetch()} /> : <Loading rows={3} />
}

function Editor({ card, task, initial }: { readonly card: Card; readonly task: Task; readonly initial: Draft }) {
  const { words, named } = useSpeech()
  const draft = useDraft({ appealId: card.id, task: task.id }, initial)
  const [lawyerNeeded, setLawyerNeeded] = useState(task.versions.at(-1)?.steps.some((step) => step.kind === 'lawyer') ?? false)
  const [files, setFiles] = useState<readonly { id: string; name: string }[]>([])
  const act = useAct(card, { action: 'submit_version', task: task.id }, draft.leave)
  const attach = useMutation({ mutationFn: upload, onSuccess: (file) => setFiles((before) => [...before, file]) })
  const submit = () => act.send({ body: draft.body, lawyerNeeded, files: files.map((file) => file.id) })
  const writtenIn = /[әғқңөұүһі]/i.test(draft.body) ? 'kk' : 'ru'
  const otherLanguage = draft.body.trim().length > 40 && writtenIn !== card.language

  return (
    <Stack mt="md" gap="xs" id={`reply-${task.id}`} style={{ scrollMarginTop: 70 }}>
      <Conflict draft={draft} />
      {draft.restored && !draft.theirs && <Text size="sm" c="dimmed">{words.draftRestored}</Text>}
      {act.refusal && <Alert color="red" role="alert">{act.refusal}</Alert>}
      <Textarea
        label={words.editor} description={words.editorHint} value={draft.body} onChange={(e) => draft.write(e.currentTarget.value)}
        error={act.faults['body']} autosize minRows={8} maxRows={30} lang={writtenIn}
      />
      <Standing draft={draft} />
      {otherLanguage && <Alert color="orange">{words.languageWarning}</Alert>}
      {attach.isError && <Alert color="red" role="alert">{attach.error.message}</Alert>}
      {files.map((file) => (
        <Group key={file.id} gap={4}>
          <Text size="sm">{file.name}</Text>
          <CloseButton
            size="sm" aria-label={`${words.remove}: ${file.name}`} onClick={() => setFiles(files.filter((other) => other.id !== file.id))}
          />
        </Group>
      ))}
      <Group justify="space-between">
        <Group>
          <FileButton onChange={(file) => { if (file) attach.mutate(file) }}>
            {(props) => <Button {...props} variant="default" loading={attach.isPending}>{words.attach}</Button>}
          </FileButton>
          <Checkbox label={words.lawyerNeeded} checked={lawyerNeeded} onChange={(e) => setLawyerNeeded(e.currentTarget.checked)} />
        </Group>
        <Button loading={act.busy} disabled={draft.theirs !== undefined} onClick={submit}>{named.actions.submit_version}</Button>
      </Group>
    </Stack>
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
      <Text size="sm" className="words">{body}</Text>
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
