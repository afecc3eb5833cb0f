import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { formatDateTime } from '../../i18n/format.ts'
import { api, client, queryClient } from '../client.ts'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { useSpeech } from '../session.tsx'

/** Letters that need a person's decision: those that failed, and those whose fate is unknown. */
export function MessagesPage() {
  const { words } = useSpeech()
  const messages = useQuery(api.messages.troubledMessages.queryOptions())
  const resend = useMutation({ mutationFn: (id: number) => client.messages.resend({ id }), onSuccess: () => queryClient.invalidateQueries({ queryKey: api.messages.key() }) })
  return (
    <Stack maw={900} mx="auto">
      <Title order={1} size="h2">{words.messages}</Title>
      <Text c="dimmed">{words.messagesHint}</Text>
      {messages.isPending ? <Loading /> : messages.isError ? <Failed error={messages.error} retry={() => void messages.refetch()} />
        : messages.data.length === 0 ? <Empty title={words.noMessages} hint="" />
          : messages.data.map((message) => (
              <Card withBorder key={message.id}>
                <Group justify="space-between" align="flex-start">
                  <div>
                    <Text fw={600}>{message.subject}</Text>
                    <Text size="sm">{words.recipient}: {message.recipient} · {formatDateTime(message.createdAt)}</Text>
                    {message.outcome && <Text size="sm" c="dimmed" className="words">{message.outcome}</Text>}
                  </div>
                  <Group gap="xs">
                    <Badge tt="none" color={message.status === 'unsure' ? 'orange' : 'red'} variant="light">{message.status === 'unsure' ? words.unsure : words.failed}</Badge>
                    <Button size="compact-md" variant="default" loading={resend.isPending} onClick={() => resend.mutate(message.id)}>{words.resend}</Button>
                  </Group>
                </Group>
              </Card>
            ))}
    </Stack>
  )
}
