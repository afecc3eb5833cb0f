import { Alert, Button, Card, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDay } from '../../i18n/format.ts'
import { replyWords } from '../../i18n/reply.ts'
import { PersonSelect } from '../card/forms/person-select.tsx'
import { localToday } from '../card/working-days.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { useGroup, usePerson, useSpeech } from '../session.tsx'

/** Who acts for me while I am away, and for whom I do (п. 7.4–7.5). */
export function Deputies() {
  const { language } = useSpeech()
  const words = replyWords[language]
  const { group } = useGroup()
  const { person } = usePerson()
  const queries = useQueryClient()
  const { data = [] } = useQuery(api.people.listDeputies.queryOptions())
  const [organization, setOrganization] = useState(person?.assignments?.[0]?.organization ?? '')
  const [deputy, setDeputy] = useState<string>()
  const [from, setFrom] = useState(localToday)
  const [to, setTo] = useState('')
  const refresh = () => queries.invalidateQueries({ queryKey: api.people.key() })
  const name = useMutation({ mutationFn: () => client.people.nameDeputy({ deputy: deputy ?? '', from, to }), onSuccess: async () => { setDeputy(undefined); setTo(''); await refresh() } })
  const end = useMutation({ mutationFn: (id: number) => client.people.endDeputy({ id }), onSuccess: refresh })
  const faults = faultWords(name.error, language)
  return (
    <Card withBorder component="section" aria-label={words.deputies}>
      <Text fw={650} component="h2">{words.deputies}</Text>
      <Text size="sm" c="dimmed" mb="xs">{words.deputiesHint}</Text>
      <Stack gap="xs">
        {data.map((one) => (
          <Group key={one.id} justify="space-between">
            <Text size="sm">{one.mine ? words.forYou(one.deputy.name) : words.youFor(one.person.name)} · {formatDay(one.from)}–{formatDay(one.to)}</Text>
            {one.mine && <Button size="compact-sm" variant="default" loading={end.isPending} onClick={() => end.mutate(one.id)}>{words.endDeputy}</Button>}
          </Group>
        ))}
        <form onSubmit={(e) => { e.preventDefault(); name.mutate() }}>
          <Stack gap="xs">
            <Group grow align="flex-start">
              <Select label={words.organization} data={group?.organizations.map(({ id, shortName }) => ({ value: id, label: shortName[language] })) ?? []} value={organization} allowDeselect={false} onChange={(v) => { if (v) { setOrganization(v); setDeputy(undefined) } }} />
              <PersonSelect label={words.deputy} organization={organization} value={deputy} onChange={setDeputy} error={faults['deputy']} except={person?.id} />
            </Group>
            <Group align="end">
              <TextInput type="date" label={words.from} value={from} onChange={(e) => setFrom(e.currentTarget.value)} error={faults['from']} required />
              <TextInput type="date" label={words.to} value={to} min={from} onChange={(e) => setTo(e.currentTarget.value)} error={faults['to']} required />
              <Button type="submit" loading={name.isPending} disabled={!deputy || !to}>{words.name}</Button>
            </Group>
            {name.isError && Object.keys(faults).length === 0 && <Alert color="red" role="alert">{errorWords(name.error, language)}</Alert>}
          </Stack>
        </form>
      </Stack>
    </Card>
  )
}
