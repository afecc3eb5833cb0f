import { Alert, Anchor, Button, Card, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPrinter } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDay } from '../../i18n/format.ts'
import { replyWords } from '../../i18n/reply.ts'
import { localToday } from '../card/working-days.ts'
import { api, client, errorWords, faultWords, refusalOf } from '../client.ts'
import { Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useGroup, useSpeech } from '../session.tsx'

/** One list for the post: printed with its envelopes, then the post's numbers put in, and all its letters are sent (п. 7.7). */
export function RegistryPage() {
  const { registryId } = useParams({ from: '/outgoing/registries/$registryId' })
  const { language } = useSpeech()
  const words = replyWords[language]
  const { organization } = useGroup()
  const queries = useQueryClient()
  const id = Number(registryId)
  const query = useQuery(api.dispatch.readRegistry.queryOptions({ input: { id } }))
  const [on, setOn] = useState(localToday)
  const [numbers, setNumbers] = useState<Readonly<Record<number, string>>>({})
  const refresh = () => queries.invalidateQueries()
  const post = useMutation({
    mutationFn: () => client.dispatch.postRegistry({ id, postedOn: on, numbers: Object.entries(numbers).map(([place, postNumber]) => ({ place: Number(place), postNumber })) }),
    onSuccess: async ({ done }) => { notifications.show({ message: words.posted(done), color: 'petrol' }); await refresh() },
  })
  const cancel = useMutation({ mutationFn: () => client.dispatch.cancelRegistry({ id }), onSuccess: async () => { notifications.show({ message: words.takenBack, color: 'petrol' }); await refresh() } })
  const { registry, items = [] } = query.data ?? {}
  useTitle(registry && words.registry(registry.number))
  const faults = faultWords(post.error, language)
  const stuck = refusalOf(post.error)?.faults.find(({ field }) => field.startsWith('items.'))
  const failed = post.error ?? cancel.error
  const open = registry?.state === 'open'
  const print = (name: string, label: string) => (
    <Button variant="default" leftSection={<IconPrinter size={16} />} component="a" href={`/api/v1/post-registries/${id}/${name}.pdf?language=${language}`} target="_blank" rel="noreferrer">{label}</Button>
  )
  return (
    <Stack maw={1000} mx="auto">
      <Text size="sm"><Anchor component={Link} to="/outgoing/registries">{words.registries}</Anchor></Text>
      <Shown query={query}>
        {registry && (
          <>
            <Group justify="space-between">
              <div>
                <Title order={1} size="h2">{words.registry(registry.number)}</Title>
                <Text c="dimmed">{organization(registry.organization)} · {words.madeOn(formatDay(registry.madeOn), registry.madeBy)} · {words.letters(registry.letters)}{registry.postedOn && ` · ${words.postedOn(formatDay(registry.postedOn))}`}</Text>
              </div>
              <Group gap="xs" className="no-print">{print('registry', words.printRegistry)}{print('envelopes', words.printEnvelopes)}</Group>
            </Group>
            {failed && <Alert color="red" role="alert">{stuck ? `${items.find(({ place }) => `items.${place}` === stuck.field)?.letter ?? ''}: ${faults[stuck.field] ?? ''}` : errorWords(failed, language)}</Alert>}
            <form onSubmit={(e) => { e.preventDefault(); post.mutate() }}>
              <Stack>
                <Card withBorder p={0} className="journal">
                  <Table fz="sm" verticalSpacing={6}>
                    <Table.Thead><Table.Tr><Table.Th>№</Table.Th><Table.Th>{words.letter}</Table.Th><Table.Th>{words.address}</Table.Th><Table.Th>{words.postNumber}</Table.Th></Table.Tr></Table.Thead>
                    <Table.Tbody>
                      {items.map((item) => (
                        <Table.Tr key={item.place}>
                          <Table.Td>{item.place}</Table.Td>
                          <Table.Td style={{ whiteSpace: 'nowrap' }}><Anchor component={Link} to={`/appeals/${item.appeal}`} inherit>{item.letter}</Anchor></Table.Td>
                          <Table.Td><Text size="sm">{item.addressee}</Text><Text size="xs" c="dimmed">{item.address}</Text></Table.Td>
                          <Table.Td>
                            {open ? <TextInput size="xs" aria-label={`${words.postNumber}: ${item.letter}`} value={numbers[item.place] ?? ''} onChange={(e) => setNumbers({ ...numbers, [item.place]: e.currentTarget.value })} maxLength={60} />
                              : item.postNumber}
                          </Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                </Card>
                {open && (
                  <Group align="end" className="no-print">
                    <TextInput type="date" label={words.postDay} value={on} max={localToday()} onChange={(e) => setOn(e.currentTarget.value)} error={faults['postedOn']} required />
                    <Button type="submit" loading={post.isPending}>{words.post}</Button>
                    <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>{words.removeRegistry}</Button>
                  </Group>
                )}
              </Stack>
            </form>
          </>
        )}
      </Shown>
    </Stack>
  )
}
