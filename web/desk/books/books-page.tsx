import { Alert, Anchor, Badge, Button, Card, Group, Modal, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { bookWords } from '../../i18n/books.ts'
import { formatDay } from '../../i18n/format.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { receivers } from '../navigation.tsx'
import { Empty, Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useGroup, usePerson, useSpeech } from '../session.tsx'
import { EntryCard } from './entry-card.tsx'

/** The review books one keeps or looks after; what must be done in them comes first (п. 5.1, 6.1). */
export function BooksPage() {
  const { language } = useSpeech()
  const words = bookWords[language]
  const { holds } = usePerson()
  const { unit } = useGroup()
  const query = useQuery({ ...api.reviewBooks.listBooks.queryOptions(), refetchInterval: 20_000 })
  const [opening, setOpening] = useState(false)
  useTitle(words.title)
  const { books = [], todo = [] } = query.data ?? {}
  return (
    <Stack maw={1000} mx="auto">
      <Group justify="space-between">
        <Title order={1} size="h2">{words.title}</Title>
        {holds(...receivers) && <Button variant="default" onClick={() => setOpening(true)}>{words.open}</Button>}
      </Group>
      <Shown query={query} empty={books.length === 0 ? <Empty title={words.none} hint={words.noneHint} /> : undefined}>
        {holds(...receivers) && <Title order={2} size="h3">{words.todo}</Title>}
        {holds(...receivers) && todo.length === 0 && <Text c="dimmed">{words.nothing}. {words.nothingHint}</Text>}
        {todo.map((entry) => <EntryCard key={entry.id} entry={entry} where />)}
        <Stack gap="xs" mt="md">
          {books.map((book) => (
            <Card key={book.id} withBorder p="sm">
              <Group justify="space-between">
                <div>
                  <Anchor component={Link} to={`/books/${book.id}`} fw={650}>{book.title}</Anchor>
                  <Text size="sm" c="dimmed">{unit(book.unit)} · {words.opened(formatDay(book.openedOn))}{book.closedOn && ` · ${words.closed(formatDay(book.closedOn))}`} · {words.entries(book.entries)}</Text>
                </div>
                {book.closedOn ? <Badge color="gray" variant="light" tt="none">{words.closed(formatDay(book.closedOn))}</Badge>
                  : book.keeps && <Button component={Link} to={`/books/${book.id}`}>{words.newEntry}</Button>}
              </Group>
            </Card>
          ))}
        </Stack>
      </Shown>
      <OpenBook opened={opening} close={() => setOpening(false)} />
    </Stack>
  )
}

function OpenBook({ opened, close }: { readonly opened: boolean; readonly close: () => void }) {
  const { language, words: common } = useSpeech()
  const words = bookWords[language]
  const { person } = usePerson()
  const { unit: nameOf } = useGroup()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const places = person?.assignments?.flatMap(({ role, unit }) => (receivers.includes(role) && unit ? [unit] : [])) ?? []
  const [unit, setUnit] = useState(places[0] ?? '')
  const [title, setTitle] = useState('')
  const open = useMutation({
    mutationFn: () => client.reviewBooks.openBook({ unit, title }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: api.reviewBooks.key() })
      await navigate({ to: '/books/$bookId', params: { bookId: String(id) } })
    },
  })
  return (
    <Modal opened={opened} onClose={close} title={words.open} closeButtonProps={{ 'aria-label': common.cancel }}>
      <form onSubmit={(e) => { e.preventDefault(); open.mutate() }}>
        <Stack>
          {places.length > 1 && <Select label={words.place} data={places.map((one) => ({ value: one, label: nameOf(one) }))} value={unit} onChange={(v) => { if (v) setUnit(v) }} allowDeselect={false} />}
          <TextInput label={words.bookTitle} value={title} onChange={(e) => setTitle(e.currentTarget.value)} error={faultWords(open.error, language)['title']} required data-autofocus />
          {open.isError && <Alert color="red" role="alert">{errorWords(open.error, language)}</Alert>}
          <Group justify="flex-end"><Button type="submit" loading={open.isPending}>{words.open}</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
