import { Alert, Button, Checkbox, CloseButton, FileButton, Group, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { formatDateTime } from '../../i18n/format.ts'
import { api, client, errorWords, refusalOf, upload, type Card, type Task } from '../client.ts'
import { Loading } from '../parts/states.tsx'
import { useSpeech } from '../session.tsx'
import { useAct } from './use-act.ts'

/** The executor's draft: saved while it is typed, never over another's text, submitted when it is ready (п. 7.1). */
export function ReplyEditor({ card, task }: { readonly card: Card; readonly task: Task }) {
  const draft = useQuery({ ...api.replies.getDraft.queryOptions({ input: { appealId: card.id, task: task.id } }), refetchOnWindowFocus: false, staleTime: Infinity })
  if (!draft.data) return <Loading rows={3} />
  return <Editor key={`${task.versions.length} ${task.status}`} card={card} task={task} initial={draft.data} />
}

type Draft = { readonly body: string; readonly revision: number; readonly savedAt?: string | undefined }

function Editor({ card, task, initial }: { readonly card: Card; readonly task: Task; readonly initial: Draft }) {
  const { words, named, language } = useSpeech()
  const [body, setBody] = useState(initial.body)
  const [saved, setSaved] = useState<Draft>(initial)
  const [theirs, setTheirs] = useState<Draft>()
  const [lawyerNeeded, setLawyerNeeded] = useState(task.versions.at(-1)?.steps.some((step) => step.kind === 'lawyer') ?? false)
  const [files, setFiles] = useState<{ id: string; name: string }[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const act = useAct(card, { action: 'submit_version', task: task.id }, () => clearTimeout(timer.current))
  const place = { appealId: card.id, task: task.id }
  const save = useMutation({
    mutationFn: (text: string) => client.replies.saveDraft({ ...place, body: text, revision: saved.revision }),
    onSuccess: (done, text) => setSaved({ body: text, revision: done.revision, savedAt: done.savedAt }),
    onError: async (error) => {
      if (refusalOf(error)?.code === 'draft_changed_meanwhile') setTheirs(await client.replies.getDraft(place))
    },
  })
  const attach = useMutation({ mutationFn: upload, onSuccess: (file) => setFiles((before) => [...before, file]) })
  useEffect(() => {
    if (body === saved.body || theirs || save.isPending) return
    timer.current = setTimeout(() => save.mutate(body), 800)
    return () => clearTimeout(timer.current)
  }, [body, saved, theirs, save])
  const writtenIn = /[әғқңөұүһі]/i.test(body) ? 'kk' : 'ru'
  const otherLanguage = body.trim().length > 40 && writtenIn !== card.language

  return (
    <Stack mt="md" gap="xs" id={`reply-${task.id}`} style={{ scrollMarginTop: 70 }}>
      {theirs && (
        <Alert color="orange" title={words.conflictTitle} role="alert">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <div><Text size="sm" fw={600}>{words.conflictMine}</Text><Text size="sm" className="words">{body}</Text></div>
            <div><Text size="sm" fw={600}>{words.conflictTheirs}</Text><Text size="sm" className="words">{theirs.body}</Text></div>
          </SimpleGrid>
          <Group mt="sm">
            <Button size="compact-md" onClick={() => { setSaved({ ...theirs, body: '' }); setTheirs(undefined) }}>{words.keepMine}</Button>
            <Button size="compact-md" variant="default" onClick={() => { setBody(theirs.body); setSaved(theirs); setTheirs(undefined) }}>{words.takeTheirs}</Button>
          </Group>
        </Alert>
      )}
      {act.refusal && <Alert color="red" role="alert">{act.refusal}</Alert>}
      <Textarea label={words.editor} description={words.editorHint} value={body} onChange={(e) => setBody(e.currentTarget.value)} error={act.faults['body']} autosize minRows={8} maxRows={30} lang={writtenIn} />
      <Text size="xs" c={save.isError && !theirs ? 'red' : 'dimmed'} aria-live="polite">
        {save.isPending ? words.saving : save.isError && !theirs ? `${words.notSaved}: ${errorWords(save.error, language)}` : saved.savedAt ? `${words.saved} ${formatDateTime(saved.savedAt)}` : ''}
      </Text>
      {otherLanguage && <Alert color="orange">{words.languageWarning}</Alert>}
      {attach.isError && <Alert color="red" role="alert">{attach.error.message}</Alert>}
      {files.map((file) => <Group key={file.id} gap={4}><Text size="sm">{file.name}</Text><CloseButton size="sm" aria-label={`${words.remove}: ${file.name}`} onClick={() => setFiles(files.filter((other) => other.id !== file.id))} /></Group>)}
      <Group justify="space-between">
        <Group>
          <FileButton onChange={(file) => { if (file) attach.mutate(file) }}>{(props) => <Button {...props} variant="default" loading={attach.isPending}>{words.attach}</Button>}</FileButton>
          <Checkbox label={words.lawyerNeeded} checked={lawyerNeeded} onChange={(e) => setLawyerNeeded(e.currentTarget.checked)} />
        </Group>
        <Button loading={act.busy} onClick={() => act.send({ body, lawyerNeeded, files: files.map((file) => file.id) })}>{named.actions.submit_version}</Button>
      </Group>
    </Stack>
  )
}
