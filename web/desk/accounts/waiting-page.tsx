import { Alert, Anchor, Badge, Button, Card, Group, Stack, Text, Textarea } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import { tariffWords } from '../../i18n/tariffs.ts'
import { api, client, errorWords } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useSpeech } from '../session.tsx'
import { FormDialog, useFields } from './form-dialog.tsx'
import { about, Sections, useAccountWords } from './sections.tsx'

type Waiting = Awaited<ReturnType<typeof client.accounts.listWaitingReadings>>['readings'][number]

/** Odd readings one after another, by mouse or by keys: j, k, a, r (п. 11.3.1). */
export function WaitingPage() {
  const { language, words: common } = useSpeech()
  const words = useAccountWords()
  const queries = useQueryClient()
  const query = useInfiniteQuery(api.accounts.listWaitingReadings.infiniteOptions({ input: (after: string | undefined) => ({ ...(after && { after }) }), initialPageParam: undefined as string | undefined, getNextPageParam: ({ next }) => next }))
  const readings = query.data?.pages.flatMap((page) => page.readings) ?? []
  const [active, setActive] = useState(0)
  const [refusing, setRefusing] = useState<Waiting>()
  const at = Math.min(active, readings.length - 1)
  const current = readings[at]
  const refresh = () => queries.invalidateQueries({ queryKey: api.accounts.key() })
  const accept = useMutation({
    mutationFn: (one: Waiting) => client.accounts.settleReading({ id: one.id, accept: true }),
    onSuccess: () => notifications.show({ message: words.accepted, color: 'petrol' }),
    onSettled: refresh,
  })
  const move = (by: number) => setActive(Math.max(0, Math.min(readings.length - 1, at + by)))
  useEffect(() => { document.getElementById(`waiting-${current?.id}`)?.scrollIntoView({ block: 'nearest' }) }, [current?.id])
  useHotkeys([
    ['j', () => move(1)], ['k', () => move(-1)],
    ['a', () => { if (current && !accept.isPending && !refusing) accept.mutate(current) }], ['r', () => { if (current) setRefusing(current) }],
  ])
  return (
    <Stack maw={1000} mx="auto">
      <Sections />
      {readings.length > 0 && <Text size="sm" c="dimmed" visibleFrom="sm">{words.keys}</Text>}
      {accept.isError && <Alert color="red" role="alert">{accept.variables.number}: {errorWords(accept.error, language)}</Alert>}
      <Shown query={query} empty={query.data && readings.length === 0 ? <Empty title={words.nothingWaits} hint={words.nothingWaitsHint} /> : undefined}>
        {readings.map((one, i) => <Odd key={one.id} reading={one} active={i === at} busy={accept.isPending && accept.variables.id === one.id} choose={() => setActive(i)} accept={() => accept.mutate(one)} refuse={() => setRefusing(one)} />)}
        {query.hasNextPage && <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{common.more}</Button>}
      </Shown>
      {refusing && <RefuseForm reading={refusing} close={() => setRefusing(undefined)} />}
    </Stack>
  )
}

function Odd({ reading, active, busy, choose, accept, refuse }: { readonly reading: Waiting; readonly active: boolean; readonly busy: boolean; readonly choose: () => void; readonly accept: () => void; readonly refuse: () => void }) {
  const { language } = useSpeech()
  const words = useAccountWords()
  const tariff = tariffWords[language]
  const unit = tariff.units[reading.service]
  return (
    <Card withBorder p="md" id={`waiting-${reading.id}`} onFocus={choose} style={active ? { outline: '2px solid var(--mantine-primary-color-filled)' } : undefined} data-active={active || undefined} component="article" aria-label={`${words.account(reading.number)}, № ${reading.serial}`}>
      <Group justify="space-between" align="start" gap="sm">
        <div style={{ minWidth: 0, flex: '1 1 320px' }}>
          <Text fw={650}><Anchor component={Link} to={`/accounts/${reading.account}`} inherit>{reading.number}</Anchor> {reading.holder}</Text>
          <Text size="sm" c="dimmed">{reading.address}</Text>
          <Text size="sm">{tariff.services[reading.service]}, № {reading.serial}</Text>
          <Group gap={6} mt={6}>{reading.doubts.map((doubt) => <Badge key={doubt} tt="none" variant="light" color={doubt === 'lower' || doubt === 'spike' ? 'orange' : 'gray'} styles={{ root: { height: 'auto' }, label: { whiteSpace: 'normal' } }}>{words.doubts[doubt]}</Badge>)}</Group>
          <Text size="sm" mt={6} style={{ overflowWrap: 'anywhere' }}>{reading.reason ?? <Text span c="dimmed">{words.noReason}</Text>}</Text>
          <Text size="xs" c="dimmed">{words.sources[reading.source]}, {formatDateTime(reading.sentAt)}</Text>
        </div>
        <div className="figures">
          <Text size="sm" c="dimmed">{words.before}: {reading.last ? `${reading.last.value}${reading.last.night ? ` / ${reading.last.night}` : ''} (${formatDay(reading.last.on)})` : words.noReading}</Text>
          <Text fz={22} fw={700}>{reading.value}{reading.night && ` / ${reading.night}`}</Text>
          <Text size="sm">{reading.used && words.used(`${about(reading.used)} ${unit}`)}</Text>
          {reading.usual && <Text size="sm" c="dimmed">{words.usual}: {about(reading.usual)} {unit}</Text>}
        </div>
        {reading.photo && (
          <a href={`/api/v1/accounts/readings/${reading.id}/photo`} target="_blank" rel="noreferrer" aria-label={words.photoOf(reading.serial)}>
            <img src={`/api/v1/accounts/readings/${reading.id}/photo`} alt={words.photoOf(reading.serial)} loading="lazy" style={{ width: 200, maxWidth: '100%', maxHeight: 200, objectFit: 'contain', borderRadius: 6, background: '#fff' }} />
          </a>
        )}
      </Group>
      <Group gap="xs" mt="sm">
        <Button size="sm" loading={busy} onClick={accept} aria-label={`${words.accept}: № ${reading.serial}, ${reading.value}`}>{words.accept}</Button>
        <Button size="sm" variant="default" onClick={refuse} aria-label={`${words.refuse}: № ${reading.serial}, ${reading.value}`}>{words.refuse}</Button>
      </Group>
    </Card>
  )
}

function RefuseForm({ reading, close }: { readonly reading: Waiting; readonly close: () => void }) {
  const words = useAccountWords()
  const [fields, set] = useFields(() => ({ reason: '' }))
  return (
    <FormDialog title={words.refuseTitle} hint={`${reading.number}, № ${reading.serial}: ${reading.value}`} close={close} submit={words.refuse} color="red" said={() => words.refused} send={() => client.accounts.settleReading({ id: reading.id, accept: false, ...fields })}>
      {(faults) => <Textarea label={words.refuseWhy} value={fields.reason} onChange={(e) => set({ reason: e.currentTarget.value })} error={faults['reason']} maxLength={500} autosize minRows={2} required data-autofocus />}
    </FormDialog>
  )
}
