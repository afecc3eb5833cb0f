import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { formatDateTime } from '../../i18n/format.ts'
import { api, client, errorWords, queryClient } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useSpeech } from '../session.tsx'

/** Letters that need a person's decision: those that failed, and those whose fate is unknown. */
export function MessagesPage() {
  const { words } = useSpeech()
  useTitle(words.messages)
  const messages = useQuery(api.messages.troubledMessages.queryOptions())
  return (
    <Stack maw={900} mx="auto">
      <Title order={1} size="h2">{words.messages}</Title>
      <Text c="dimmed">{words.messagesHint}</Text>
      <Shown query={messages} empty={messages.data?.length === 0 ? <Empty title={words.noMessages} /> : undefined}>
        {messages.data?.map((message) => <Troubled key={message.id} message={message} />)}
      </Shown>
    </Stack>
  )
}

type Message = Awaited<ReturnType<typeof client.messages.troubledMessages>>[number]

function Troubled({ message }: { readonly message: Message }) {
  const { words, language } = useSpeech()
  const resend = useMutation({
    mutationFn: () => client.messages.resend({ id: message.id }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.messages.key() }),
    onError: (error) => notifications.show({ message: errorWords(error, language), color: 'red' }),
  })
  const unsure = message.status === 'unsure'
  return (
    <Card withBorder>
      <Group justify="space-between" align="flex-start">
        <div style={{ minWidth: 0, flex: '1 1 260px' }}>
          <Text fw={600}>{message.subject}</Text>
          <Text size="sm">{words.recipient}: {message.recipient} · {formatDateTime(message.createdAt)}</Text>
          {message.outcome && <Text size="sm" c="dimmed" className="words">{message.outcome}</Text>}
        </div>
        <Group gap="xs">
          <Badge tt="none" color={unsure ? 'orange' : 'red'} variant="light">{unsure ? words.unsure : words.failed}</Badge>
          <Button size="compact-md" variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>{words.resend}</Button>
        </Group>
      </Group>
    </Card>
  )
}
