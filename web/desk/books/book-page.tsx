import { Alert, Button, Card, Center, Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Language } from '../../../regulation/vocabulary.ts'
import { bookWords } from '../../i18n/books.ts'
import { formatDay } from '../../i18n/format.ts'
import { registerWords } from '../../i18n/register.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { ScanDrop } from '../scan/scan-drop.tsx'
import { ScanViewer } from '../scan/scan-viewer.tsx'
import type { ScanFile } from '../scan/upload-file.ts'
import { useGroup, useSpeech } from '../session.tsx'
import { EntryCard } from './entry-card.tsx'

const kinds = ['complaint', 'claim', 'review', 'suggestion'] as const

/** One book: a new entry on top, then the entries as they stand in it. */
export function BookPage() {
  const { bookId } = useParams({ from: '/books/$bookId' })
  const { language, words: common } = useSpeech()
  const words = bookWords[language]
  const { unit } = useGroup()
  const queries = useQueryClient()
  const id = Number(bookId)
  const query = useInfiniteQuery({
    ...api.reviewBooks.readBook.infiniteOptions({
      input: (before: number | undefined) => ({ id, before }), initialPageParam: undefined as number | undefined,
      getNextPageParam: (page) => (page.more ? page.entries.at(-1)?.n : undefined),
    }),
    refetchInterval: 20_000,
  })
  const book = query.data?.pages[0]?.book
  useTitle(book?.title ?? words.title)
  const close = useMutation({ mutationFn: () => client.reviewBooks.closeBook({ id }), onSuccess: () => queries.invalidateQueries({ queryKey: api.reviewBooks.key() }) })
  return (
    <Stack maw={1000} mx="auto">
      <Shown query={query}>
        {book && (
          <>
            <div>
              <Title order={1} size="h2">{book.title}</Title>
              <Text c="dimmed">{unit(book.unit)} · {words.opened(formatDay(book.openedOn))}{book.closedOn && ` · ${words.closed(formatDay(book.closedOn))}`}</Text>
            </div>
            <Group gap="xs" className="no-print">
              <Button variant="default" size="compact-md" component="a" href={`/api/v1/review-books/${id}/pages.pdf`} target="_blank" rel="noreferrer">{words.print}</Button>
              <Button variant="default" size="compact-md" component="a" href={`/api/v1/review-books/${id}/pages.pdf?blank`} target="_blank" rel="noreferrer">{words.blank}</Button>
              {book.keeps && !book.closedOn && (
                <Button variant="default" size="compact-md" loading={close.isPending} onClick={() => { if (confirm(words.closeSure)) close.mutate() }}>{words.close}</Button>
              )}
            </Group>
            {close.isError && <Alert color="red" role="alert">{errorWords(close.error, language)}</Alert>}
            {book.keeps && !book.closedOn && <NewEntry book={id} />}
            {query.data?.pages.flatMap((page) => page.entries).map((entry) => <EntryCard key={entry.id} entry={entry} />)}
            {query.hasNextPage && <Center><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{common.more}</Button></Center>}
          </>
        )}
      </Shown>
    </Stack>
  )
}

const localMinute = (): string => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 16)

/** What the consumer has just written: when, by whom if they say, and its photo; the photo may follow within the half hour. */
function NewEntry({ book }: { readonly book: number }) {
  const { language, named } = useSpeech()
  const words = bookWords[language]
  const queries = useQueryClient()
  const empty = () => ({ writtenAt: localMinute(), kind: 'complaint' as (typeof kinds)[number], language: 'ru' as Language, applicantName: '', applicantContacts: '', words: '', files: [] as readonly ScanFile[] })
  const [draft, setDraft] = useState(empty)
  const set = (change: Partial<ReturnType<typeof empty>>) => setDraft((now) => ({ ...now, ...change }))
  const record = useMutation({
    mutationFn: () => client.reviewBooks.recordBookEntry({
      ...draft, id: book, writtenAt: new Date(`${draft.writtenAt}:00+05:00`).toISOString(), files: draft.files.length > 0 ? draft.files.map(({ id }) => id) : undefined,
    }),
    onSuccess: async () => {
      notifications.show({ message: draft.files.length > 0 ? words.sentToast : words.recordedToast, color: 'petrol' })
      setDraft(empty())
      await queries.invalidateQueries({ queryKey: api.reviewBooks.key() })
    },
  })
  const faults = faultWords(record.error, language)
  return (
    <Card withBorder component="form" onSubmit={(e) => { e.preventDefault(); record.mutate() }} aria-label={words.newEntry}>
      <Stack gap="sm">
        <Title order={2} size="h4">{words.newEntry}</Title>
        {draft.files.length > 0 && <ScanViewer files={draft.files} remove={(id) => set({ files: draft.files.filter((file) => file.id !== id) })} />}
        <ScanDrop value={draft.files} onChange={(files) => set({ files })} compact={draft.files.length > 0} max={10} />
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" verticalSpacing="xs">
          <TextInput type="datetime-local" label={words.writtenAt} value={draft.writtenAt} onChange={(e) => set({ writtenAt: e.currentTarget.value })} error={faults['writtenAt']} required />
          <Select label={words.kind} data={kinds.map((one) => ({ value: one, label: named.kinds[one] }))} value={draft.kind} allowDeselect={false} onChange={(v) => { if (v) set({ kind: v as (typeof kinds)[number] }) }} />
          <Select
            label={words.language} data={[{ value: 'ru', label: registerWords[language].ru }, { value: 'kk', label: registerWords[language].kk }]} value={draft.language} allowDeselect={false}
            onChange={(v) => { if (v) set({ language: v as Language }) }}
          />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="xs">
          <TextInput label={`${words.applicant} (${words.optional})`} value={draft.applicantName} onChange={(e) => set({ applicantName: e.currentTarget.value })} error={faults['applicantName']} />
          <TextInput label={`${words.contacts} (${words.optional})`} value={draft.applicantContacts} onChange={(e) => set({ applicantContacts: e.currentTarget.value })} error={faults['applicantContacts']} />
        </SimpleGrid>
        <Textarea label={words.words} value={draft.words} onChange={(e) => set({ words: e.currentTarget.value })} error={faults['words']} autosize minRows={2} />
        {record.isError && <Alert color="red" role="alert">{errorWords(record.error, language)}</Alert>}
        <Group justify="flex-end"><Button type="submit" loading={record.isPending}>{draft.files.length > 0 ? words.record : words.recordOnly}</Button></Group>
      </Stack>
    </Card>
  )
}
