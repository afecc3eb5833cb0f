import { Anchor, Badge, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatDay } from '../../i18n/format.ts'
import { replyWords } from '../../i18n/reply.ts'
import { api } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useGroup, useSpeech } from '../session.tsx'

/** Lists of letters for the post (п. 7.7). */
export function RegistriesPage() {
  const { language } = useSpeech()
  const words = replyWords[language]
  const { organization } = useGroup()
  const query = useQuery(api.dispatch.listRegistries.queryOptions())
  useTitle(words.registries)
  return (
    <Stack maw={1000} mx="auto">
      <Text size="sm"><Anchor component={Link} to="/outgoing">{words.outgoing}</Anchor></Text>
      <Title order={1} size="h2">{words.registries}</Title>
      <Shown query={query} empty={query.data?.length === 0 ? <Empty title={words.noRegistries} hint={words.registriesHint} /> : undefined}>
        {query.data?.map((one) => (
          <Card key={one.id} withBorder p="sm">
            <Group justify="space-between">
              <div>
                <Anchor component={Link} to={`/outgoing/registries/${one.id}`} fw={650}>{words.registry(one.number)}</Anchor>
                <Text size="sm" c="dimmed">{organization(one.organization)} · {words.madeOn(formatDay(one.madeOn), one.madeBy)} · {words.letters(one.letters)}</Text>
              </div>
              <Badge tt="none" size="lg" variant="light" color={one.state === 'posted' ? 'green' : one.state === 'open' ? 'orange' : 'gray'}>
                {one.postedOn ? words.postedOn(formatDay(one.postedOn)) : one.state === 'open' ? words.notPosted : words.removeRegistry}
              </Badge>
            </Group>
          </Card>
        ))}
      </Shown>
    </Stack>
  )
}
