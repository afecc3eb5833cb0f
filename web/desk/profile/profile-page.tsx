import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { formatDateTime } from '../../i18n/format.ts'
import { api, client, errorWords, queryClient } from '../client.ts'
import { useTitle } from '../parts/use-title.ts'
import { useGroup, usePerson, useSpeech } from '../session.tsx'
import { ChangePassword } from './change-password.tsx'
import { Deputies } from './deputies.tsx'
import { SecondFactor } from './second-factor.tsx'

/** Who I am here, where I am signed in, my password and second factor. */
export function ProfilePage() {
  const { words, named } = useSpeech()
  const { organization, unit } = useGroup()
  const { person } = usePerson()
  useTitle(words.profile)
  return (
    <Stack maw={760} mx="auto">
      <Title order={1} size="h2">{person?.name}</Title>
      <Card withBorder>
        <Text c="dimmed" size="sm">{person?.email}</Text>
        <Text fw={650} component="h2" mt="xs">{words.roles}</Text>
        {person?.assignments?.map((a) => (
          <Text key={`${a.role} ${a.organization} ${a.unit ?? ''}`}>
            {named.roles[a.role]} — {organization(a.organization)}{a.unit ? `, ${unit(a.unit)}` : ''}
          </Text>
        ))}
      </Card>
      <Deputies />
      <SecondFactor on={person?.secondFactor ?? false} />
      <ChangePassword />
      <Sessions />
    </Stack>
  )
}

function Sessions() {
  const { words, language } = useSpeech()
  const { data } = useQuery(api.people.listSessions.queryOptions())
  const end = useMutation({
    mutationFn: (id: string) => client.people.revokeSession({ id }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.people.listSessions.key() }),
    onError: (error) => notifications.show({ message: errorWords(error, language), color: 'red' }),
  })
  return (
    <Card withBorder component="section" aria-label={words.sessions}>
      <Text fw={650} component="h2" mb="xs">{words.sessions}</Text>
      <Stack gap="xs">
        {data?.map((session) => (
          <Group key={session.id} justify="space-between" wrap="nowrap">
            <div>
              <Text size="sm" className="figures">{formatDateTime(session.createdAt)} · {session.address}</Text>
              <Text size="xs" c="dimmed" lineClamp={1}>{session.agent}</Text>
            </div>
            {session.present ? <Badge tt="none" variant="light" miw="max-content">{words.thisSession}</Badge> : (
              <Button size="compact-sm" variant="default" miw="max-content" loading={end.isPending && end.variables === session.id} onClick={() => end.mutate(session.id)}>
                {words.endSession}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Card>
  )
}
