import { Alert, Badge, Box, Button, Card, Code, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { formatDateTime } from '../../i18n/format.ts'
import { api, client, errorWords, faultWords, queryClient } from '../client.ts'
import { useGroup, usePerson, useSpeech } from '../session.tsx'

/** Who I am here, where I am signed in, my password and second factor. */
export function ProfilePage() {
  const { words, named } = useSpeech()
  const { organization, unit } = useGroup()
  const { person } = usePerson()
  return (
    <Stack maw={760} mx="auto">
      <Title order={1} size="h2">{person?.name}</Title>
      <Card withBorder>
        <Text c="dimmed" size="sm">{person?.email}</Text>
        <Text fw={650} component="h2" mt="xs">{words.roles}</Text>
        {person?.assignments?.map((a) => <Text key={`${a.role} ${a.organization} ${a.unit ?? ''}`}>{named.roles[a.role]} — {organization(a.organization)}{a.unit ? `, ${unit(a.unit)}` : ''}</Text>)}
      </Card>
      <SecondFactor on={person?.secondFactor ?? false} />
      <Password />
      <Sessions />
    </Stack>
  )
}

function SecondFactor({ on }: { readonly on: boolean }) {
  const { words, language } = useSpeech()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const begin = useMutation({ mutationFn: () => client.people.enableSecondFactor({ password }) })
  const told = async () => {
    setPassword('')
    setCode('')
    begin.reset()
    notifications.show({ message: words.done, color: 'petrol' })
    await queryClient.invalidateQueries({ queryKey: api.people.currentPerson.key() })
  }
  const confirm = useMutation({ mutationFn: () => client.people.confirmSecondFactor({ secret: begin.data?.secret ?? '', code, password }), onSuccess: told })
  const disable = useMutation({ mutationFn: () => client.people.disableSecondFactor({ password }), onSuccess: told })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (on) disable.mutate()
    else if (begin.data) confirm.mutate()
    else begin.mutate()
  }
  const failed = disable.error ?? confirm.error ?? begin.error
  const faults = faultWords(failed, language)
  return (
    <Card withBorder component="form" onSubmit={submit}>
      <Stack gap="sm">
        <Group><Text fw={650} component="h2">{words.secondFactor}</Text><Badge tt="none" color={on ? 'green' : 'gray'} variant="light">{on ? words.secondFactorOn : words.secondFactorOff}</Badge></Group>
        {failed && Object.keys(faults).length === 0 && <Alert color="red" role="alert">{errorWords(failed, language)}</Alert>}
        <PasswordInput label={words.password} autoComplete="current-password" value={password} onChange={(e) => setPassword(e.currentTarget.value)} error={faults['password']} required />
        {begin.data && !on && (
          <>
            <Text size="sm">{words.scanQr}</Text>
            <Box w={180} bg="white" p={6} component="img" alt={begin.data.uri} src={`data:image/svg+xml;utf8,${encodeURIComponent(begin.data.qr)}`} />
            <Code>{begin.data.secret}</Code>
            <TextInput label={words.code} inputMode="numeric" autoComplete="one-time-code" value={code} onChange={(e) => setCode(e.currentTarget.value)} error={faults['code']} required />
          </>
        )}
        <Group justify="flex-end"><Button type="submit" variant="light" loading={begin.isPending || confirm.isPending || disable.isPending}>{on ? words.disable : begin.data ? words.confirm : words.enable}</Button></Group>
      </Stack>
    </Card>
  )
}

function Password() {
  const { words, language } = useSpeech()
  const [present, setPresent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => client.people.changePassword({ present, next }),
    onSuccess: async () => {
      setPresent('')
      setNext('')
      notifications.show({ message: words.done, color: 'petrol' })
      await queryClient.invalidateQueries({ queryKey: api.people.listSessions.key() })
    },
  })
  const faults = faultWords(change.error, language)
  return (
    <Card withBorder component="form" onSubmit={(event: FormEvent) => { event.preventDefault(); change.mutate() }}>
      <Stack gap="sm">
        <Text fw={650} component="h2">{words.changePassword}</Text>
        <PasswordInput label={words.presentPassword} autoComplete="current-password" value={present} onChange={(e) => setPresent(e.currentTarget.value)} error={faults['present']} required />
        <PasswordInput label={words.newPassword} autoComplete="new-password" value={next} onChange={(e) => setNext(e.currentTarget.value)} error={faults['next']} required />
        <Group justify="flex-end"><Button type="submit" variant="light" loading={change.isPending}>{words.changePassword}</Button></Group>
      </Stack>
    </Card>
  )
}

function Sessions() {
  const { words } = useSpeech()
  const { data } = useQuery(api.people.listSessions.queryOptions())
  const end = useMutation({ mutationFn: (id: string) => client.people.revokeSession({ id }), onSuccess: () => queryClient.invalidateQueries({ queryKey: api.people.listSessions.key() }) })
  return (
    <Card withBorder component="section" aria-label={words.sessions}>
      <Text fw={650} component="h2" mb="xs">{words.sessions}</Text>
      <Stack gap="xs">
        {data?.map((session) => (
          <Group key={session.id} justify="space-between" wrap="nowrap">
            <div><Text size="sm">{formatDateTime(session.createdAt)} · {session.address}</Text><Text size="xs" c="dimmed" lineClamp={1}>{session.agent}</Text></div>
            {session.present ? <Badge tt="none" variant="light">{words.thisSession}</Badge> : <Button size="compact-sm" variant="default" onClick={() => end.mutate(session.id)}>{words.endSession}</Button>}
          </Group>
        ))}
      </Stack>
    </Card>
  )
}
