import { Alert, Anchor, Badge, Button, Card, Group, Image, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { bookWords } from '../../i18n/books.ts'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { ScanDrop } from '../scan/scan-drop.tsx'
import type { ScanFile } from '../scan/upload-file.ts'
import { useGroup, useSpeech } from '../session.tsx'

export type Entry = Awaited<ReturnType<typeof client.reviewBooks.listBooks>>['todo'][number]

/** An entry as it stands in the book, with its clock, its number, and what is to be done with it. */
export function EntryCard({ entry, where = false }: { readonly entry: Entry; readonly where?: boolean }) {
  const { language, named } = useSpeech()
  const words = bookWords[language]
  const { unit } = useGroup()
  const [first] = entry.files
  return (
    <Card withBorder p="sm" component="article" aria-label={words.entry(entry.n)}>
      <Group align="flex-start" wrap="nowrap" gap="md">
        {first && (
          <Anchor href={first.src} target="_blank" rel="noreferrer" aria-label={first.name}>
            <Image src={`${first.src}/pages/1?width=160`} alt="" w={72} h={96} fit="cover" radius="sm" fallbackSrc="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E" />
          </Anchor>
        )}
        <Stack gap={6} style={{ flex: 1, minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={650}>{words.entry(entry.n)}{where && ` · ${unit(entry.unit)}`}</Text>
            <Clock clock={entry.clock} />
          </Group>
          <Text size="sm" c="dimmed">{formatDateTime(entry.writtenAt)} · {named.kinds[entry.kind]} · {[entry.applicantName ?? words.anonymous, entry.applicantContacts].filter(Boolean).join(', ')}</Text>
          {entry.words && <Text size="sm" className="words" lang={entry.language}>{entry.words}</Text>}
          {entry.returnReason && <Alert color="yellow" p="xs" title={words.returned}>{entry.returnReason}</Alert>}
          {entry.appeal ? (
            <Text size="sm"><Anchor component={Link} to={`/appeals/${entry.appeal.id}`}>{words.registered(entry.appeal.number, entry.appeal.registrar ?? '')}</Anchor> · {named.states[entry.appeal.state]}</Text>
          ) : entry.sentAt && !entry.returnReason && <Text size="sm" c="dimmed">{words.waiting}</Text>}
          {entry.writtenBack && <Text size="sm">{words.writtenBack(entry.writtenBack.replyNumber, formatDay(entry.writtenBack.at))}. {entry.writtenBack.measures}</Text>}
          {entry.can.send && <Send entry={entry} />}
          {entry.can.writeBack && <WriteBack entry={entry} />}
        </Stack>
      </Group>
    </Card>
  )
}

/** Half an hour from the moment it was written; told again each minute, in a calm voice. */
function Clock({ clock }: { readonly clock: Entry['clock'] }) {
  const { language, words: common } = useSpeech()
  const words = bookWords[language]
  const [now, setNow] = useState(() => Date.now())
  useInterval(() => setNow(Date.now()), 15_000, { autoInvoke: true })
  const running = clock.state === 'running' || clock.state === 'late'
  const left = running ? Math.floor((Date.parse(clock.dueAt) - now) / 60_000) : clock.minutesLeft
  const said = running ? (left >= 0 ? words.left(left) : words.late(-left)) : clock.state === 'met' ? words.met : words.missed(-clock.minutesLeft)
  const color = running ? (left < 0 ? 'red' : left < 10 ? 'orange' : 'petrol') : clock.state === 'met' ? 'green' : 'red'
  return <Badge color={color} variant={running ? 'filled' : 'light'} tt="none" size={running ? 'lg' : 'md'} title={common.clause(clock.clause)} role="timer">{said}</Badge>
}

function Send({ entry }: { readonly entry: Entry }) {
  const { language } = useSpeech()
  const words = bookWords[language]
  const queries = useQueryClient()
  const [files, setFiles] = useState<readonly ScanFile[]>([])
  const send = useMutation({
    mutationFn: () => client.reviewBooks.sendBookEntry({ id: entry.id, files: files.map(({ id }) => id) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.reviewBooks.key() }),
  })
  return (
    <Stack gap="xs">
      <Text size="sm">{words.photo}{files.length > 0 && `: ${files.map(({ name }) => name).join(', ')}`}</Text>
      <ScanDrop value={files} onChange={setFiles} compact max={10} />
      {send.isError && <Alert color="red" role="alert">{errorWords(send.error, language)}</Alert>}
      {files.length > 0 && <Group><Button size="compact-md" loading={send.isPending} onClick={() => send.mutate()}>{entry.sentAt ? words.sendAgain : words.send}</Button></Group>}
    </Stack>
  )
}

function WriteBack({ entry }: { readonly entry: Entry }) {
  const { language } = useSpeech()
  const words = bookWords[language]
  const queries = useQueryClient()
  const [measures, setMeasures] = useState('')
  const [replyNumber, setReplyNumber] = useState(entry.appeal?.number ?? '')
  const write = useMutation({
    mutationFn: () => client.reviewBooks.writeBack({ id: entry.id, measures, replyNumber }),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.reviewBooks.key() }),
  })
  const faults = faultWords(write.error, language)
  return (
    <form onSubmit={(e) => { e.preventDefault(); write.mutate() }}>
      <Stack gap="xs">
        <Text size="sm" fw={600}>{words.writeBack}</Text>
        <Textarea label={words.measures} value={measures} onChange={(e) => setMeasures(e.currentTarget.value)} error={faults['measures']} autosize minRows={2} required />
        <TextInput label={words.replyNumber} value={replyNumber} onChange={(e) => setReplyNumber(e.currentTarget.value)} error={faults['replyNumber']} required w={{ base: '100%', sm: 280 }} />
        {write.isError && <Alert color="red" role="alert">{errorWords(write.error, language)}</Alert>}
        <Group><Button type="submit" size="compact-md" loading={write.isPending}>{words.wroteBack}</Button></Group>
      </Stack>
    </form>
  )
}
