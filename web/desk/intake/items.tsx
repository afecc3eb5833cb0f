import { Alert, Anchor, Badge, Button, Card, Center, Group, Image, Stack, Text, Textarea } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDateTime } from '../../i18n/format.ts'
import { registerWords } from '../../i18n/register.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { focused } from '../parts/focused.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useGroup, useSpeech } from '../session.tsx'

type Status = 'waiting' | 'registered' | 'returned'
type Item = Awaited<ReturnType<typeof client.intake.listIntakeItems>>['items'][number]

/** What was sent to my chancelleries, oldest first while it waits; or what I sent. Asked for anew every quarter of a minute. */
export function Items({ status, mine = false }: { readonly status?: Status; readonly mine?: boolean }) {
  const { language, words: common } = useSpeech()
  const words = registerWords[language]
  const query = useInfiniteQuery({
    ...api.intake.listIntakeItems.infiniteOptions({
      input: (before: number | undefined) => ({ mine, status, before, limit: 30 }),
      initialPageParam: undefined as number | undefined, getNextPageParam: (page) => (page.more ? page.items.at(-1)?.id : undefined),
    }),
    refetchInterval: 15_000,
  })
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  const empty = mine ? <Empty title={words.mineEmpty} hint={words.mineEmptyHint} /> : <Empty title={words.intakeEmpty} hint={words.intakeEmptyHint} />
  return (
    <Shown query={query} empty={items.length === 0 ? empty : undefined}>
      <Stack gap="sm">{items.map((item) => <ItemCard key={item.id} item={item} mine={mine} />)}</Stack>
      {query.hasNextPage && <Center><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{common.more}</Button></Center>}
    </Shown>
  )
}

function ItemCard({ item, mine }: { readonly item: Item; readonly mine: boolean }) {
  const { language, named } = useSpeech()
  const words = registerWords[language]
  const { unit, organization } = useGroup()
  const [first] = item.files
  const [returning, setReturning] = useState(false)
  return (
    <Card withBorder p="sm" component="article" aria-label={words.item(item.id)}>
      <Group align="flex-start" wrap="nowrap" gap="md">
        {first && (
          <Anchor href={first.src} target="_blank" rel="noreferrer" aria-label={first.name}>
            <Image src={`${first.src}/pages/1?width=160`} alt="" w={84} h={112} fit="cover" radius="sm" fallbackSrc="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E" />
          </Anchor>
        )}
        <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={650}>{item.unit ? unit(item.unit) : organization(item.organization)}</Text>
            <Badge variant="light" tt="none">{item.bookEntry ? words.book : named.channels[item.channel]}</Badge>
            {item.kind && <Text size="sm" c="dimmed">{named.kinds[item.kind]}</Text>}
          </Group>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{[item.applicantName, item.applicantContacts].filter(Boolean).join(', ')}</Text>
          {item.words && <Text size="sm" className="words" lineClamp={3}>{item.words}</Text>}
          <Text size="xs" c="dimmed" className="figures">
            {words.receivedAt}: {formatDateTime(item.receivedAt)} · {words.sentAt}: {formatDateTime(item.sentAt)}{item.sentBy && `, ${item.sentBy.name}`}
          </Text>
          {item.returnReason && <Alert color="yellow" p="xs" title={words.returned}>{item.returnReason}</Alert>}
          <Group gap="xs">
            {item.appeal && <Anchor component={Link} to={`/appeals/${item.appeal.id}`}>{words.registered}: {item.appeal.number}</Anchor>}
            {item.status === 'waiting' && (mine ? <Badge color="gray" tt="none">{words.waiting}</Badge> : (
              <>
                <Button component={Link} to={`/register?item=${item.id}`} size="compact-md">{words.register}</Button>
                <Button variant="default" size="compact-md" onClick={() => setReturning(true)}>{words.returnIt}</Button>
              </>
            ))}
          </Group>
          {returning && <Return item={item} close={() => setReturning(false)} />}
        </Stack>
      </Group>
    </Card>
  )
}

function Return({ item, close }: { readonly item: Item; readonly close: () => void }) {
  const { language, words: common } = useSpeech()
  const words = registerWords[language]
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const send = useMutation({
    mutationFn: () => client.intake.returnIntakeItem({ id: item.id, reason }),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.intake.key() }),
  })
  return (
    <form onSubmit={(e) => { e.preventDefault(); send.mutate() }}>
      <Stack gap="xs">
        <Textarea label={words.returnReason} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={faultWords(send.error, language)['reason']} autosize minRows={2} ref={focused} required />
        {send.isError && <Alert color="red" role="alert">{errorWords(send.error, language)}</Alert>}
        <Group gap="xs">
          <Button type="submit" size="compact-md" loading={send.isPending}>{words.returnIt}</Button>
          <Button variant="default" size="compact-md" onClick={close}>{common.cancel}</Button>
        </Group>
      </Stack>
    </form>
  )
}
