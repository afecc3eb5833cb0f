import { Alert, Badge, Button, Card, Group, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { services, type Service } from '../../../regulation/tariffs.ts'
import { formatDateTime } from '../../i18n/format.ts'
import { outageWords } from '../../i18n/outages.ts'
import { tariffWords } from '../../i18n/tariffs.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Empty, Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useGroup, useSpeech } from '../session.tsx'

/** Planned outages (п. 11.3.3): told once here, seen on the site and in the cabinets of those houses. */
export function OutagesPage() {
  const { language } = useSpeech()
  const words = outageWords[language]
  const { organization } = useGroup()
  const queries = useQueryClient()
  const query = useQuery(api.outages.listPlanned.queryOptions())
  const [planning, setPlanning] = useState(false)
  const [sure, setSure] = useState<number>()
  const cancel = useMutation({
    mutationFn: (id: number) => client.outages.cancelOutage({ id }),
    onSuccess: async () => {
      setSure(undefined)
      await queries.invalidateQueries({ queryKey: api.outages.key() })
    },
  })
  const mayPlan = query.data?.mayPlan ?? []
  useTitle(words.title)
  return (
    <Stack maw={1000} mx="auto">
      <Group justify="space-between">
        <Title order={1} size="h2">{words.title}</Title>
        {mayPlan.length > 0 && <Button onClick={() => setPlanning(true)}>{words.plan}</Button>}
      </Group>
      <Shown query={query} empty={query.data?.outages.length === 0 ? <Empty title={words.empty} hint={words.emptyHint} /> : undefined}>
        {query.data?.outages.map((one) => (
          <Card key={one.id} withBorder p="sm">
            <Group justify="space-between" align="flex-start">
              <div style={{ flex: '1 1 20rem' }}>
                <Text fw={650}>{tariffWords[language].services[one.service]}, {formatDateTime(one.startsAt)} – {formatDateTime(one.endsAt)}</Text>
                <Text size="sm">{one.reason[language]}</Text>
                <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-line' }}>{one.places}{'\n'}{words.houses(one.houses)} · {organization(one.organization)}</Text>
              </div>
              <Group gap="sm">
                <Badge tt="none" size="lg" variant="light" color={one.state === 'now' ? 'red' : one.state === 'coming' ? 'orange' : 'gray'}>{words[one.state]}</Badge>
                {(one.state === 'now' || one.state === 'coming') && mayPlan.includes(one.organization) && <Button variant="default" size="compact-md" onClick={() => setSure(one.id)}>{words.cancel}</Button>}
              </Group>
            </Group>
          </Card>
        ))}
      </Shown>
      <Dialog title={words.cancel} opened={sure !== undefined} close={() => setSure(undefined)}>
        <Stack>
          <Text>{words.cancelSure}</Text>
          {cancel.error && <Alert color="red" role="alert">{errorWords(cancel.error, language)}</Alert>}
          <Button color="red" data-autofocus loading={cancel.isPending} onClick={() => sure !== undefined && cancel.mutate(sure)}>{words.cancel}</Button>
        </Stack>
      </Dialog>
      <Dialog title={words.plan} opened={planning} close={() => setPlanning(false)} size="lg"><PlanForm mayPlan={mayPlan} done={() => setPlanning(false)} /></Dialog>
    </Stack>
  )
}

function PlanForm({ mayPlan, done }: { readonly mayPlan: readonly string[]; readonly done: () => void }) {
  const { language } = useSpeech()
  const words = outageWords[language]
  const { organization } = useGroup()
  const queries = useQueryClient()
  const [form, setForm] = useState({ organization: mayPlan[0] ?? '', service: 'electricity' as Service, startsAt: '', endsAt: '', reasonRu: '', reasonKk: '', places: '' })
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }))
  const [places] = useDebouncedValue(form.places, 400)
  const preview = useQuery({ ...api.outages.previewPlaces.queryOptions({ input: { places } }), enabled: places.trim() !== '' })
  const plan = useMutation({
    mutationFn: () => client.outages.planOutage({ organization: form.organization, service: form.service, startsAt: form.startsAt, endsAt: form.endsAt, reason: { ru: form.reasonRu, kk: form.reasonKk }, places: form.places }),
    onSuccess: async ({ houses }) => {
      notifications.show({ message: words.published(houses) })
      await queries.invalidateQueries({ queryKey: api.outages.key() })
      done()
    },
  })
  const faults = faultWords(plan.error, language)
  return (
    <form onSubmit={(event) => { event.preventDefault(); plan.mutate() }}>
      <Stack>
        <Group grow>
          <Select label={words.organization} data={mayPlan.map((id) => ({ value: id, label: organization(id) }))} value={form.organization} onChange={(value) => value && set({ organization: value })} allowDeselect={false} error={faults['organization']} />
          <Select label={words.service} data={services.map((one) => ({ value: one, label: tariffWords[language].services[one] }))} value={form.service} onChange={(value) => value && set({ service: value as Service })} allowDeselect={false} />
        </Group>
        <Group grow align="flex-start">
          <TextInput type="datetime-local" label={words.starts} value={form.startsAt} onChange={(event) => set({ startsAt: event.currentTarget.value })} error={faults['startsAt']} required />
          <TextInput type="datetime-local" label={words.ends} value={form.endsAt} onChange={(event) => set({ endsAt: event.currentTarget.value })} error={faults['endsAt']} required />
        </Group>
        <TextInput label={words.reasonKk} lang="kk" value={form.reasonKk} onChange={(event) => set({ reasonKk: event.currentTarget.value })} error={faults['reason.kk']} required />
        <TextInput label={words.reasonRu} lang="ru" value={form.reasonRu} onChange={(event) => set({ reasonRu: event.currentTarget.value })} error={faults['reason.ru']} required />
        <Textarea label={words.places} description={words.placesHint} autosize minRows={3} value={form.places} onChange={(event) => set({ places: event.currentTarget.value })} error={faults['places']} required />
        {preview.data && (
          <div role="status">
            <Text size="sm">{words.preview(preview.data.houses, preview.data.accounts)}</Text>
            {preview.data.lines.filter(({ houses }) => houses === 0).map(({ line }) => <Text key={line} size="sm" c="red">{words.line(line, 0)}</Text>)}
          </div>
        )}
        {plan.error && Object.keys(faults).length === 0 && <Alert color="red" role="alert">{errorWords(plan.error, language)}</Alert>}
        <Button type="submit" loading={plan.isPending}>{words.publish}</Button>
      </Stack>
    </form>
  )
}
