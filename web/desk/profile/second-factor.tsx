import { Alert, Badge, Box, Button, Card, Code, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, client, errorWords, faultWords, queryClient } from '../client.ts'
import { useSpeech } from '../session.tsx'

/** Password, then a QR for the authenticator, then its first code; and back again by the password. */
export function SecondFactor({ on }: { readonly on: boolean }) {
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
  const confirm = useMutation({
    mutationFn: () => client.people.confirmSecondFactor({ secret: begin.data?.secret ?? '', code, password }), onSuccess: told,
  })
  const disable = useMutation({ mutationFn: () => client.people.disableSecondFactor({ password }), onSuccess: told })
  const step = on ? disable : begin.data ? confirm : begin
  const faults = faultWords(step.error, language)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    step.mutate()
  }
  return (
    <Card withBorder component="form" onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Group>
          <Text fw={650} component="h2">{words.secondFactor}</Text>
          <Badge tt="none" color={on ? 'green' : 'gray'} variant="light">{on ? words.secondFactorOn : words.secondFactorOff}</Badge>
        </Group>
        {step.error && Object.keys(faults).length === 0 && <Alert color="red" role="alert">{errorWords(step.error, language)}</Alert>}
        <PasswordInput
          label={words.password} autoComplete="current-password" value={password} onChange={(e) => setPassword(e.currentTarget.value)}
          error={faults['password']} required
        />
        {begin.data && !on && (
          <>
            <Text size="sm">{words.scanQr}</Text>
            <Box w={180} bg="white" p={6} component="img" alt="QR" src={`data:image/svg+xml;utf8,${encodeURIComponent(begin.data.qr)}`} />
            <Code style={{ alignSelf: 'flex-start' }}>{begin.data.secret}</Code>
            <TextInput
              label={words.code} inputMode="numeric" autoComplete="one-time-code" value={code} onChange={(e) => setCode(e.currentTarget.value)}
              error={faults['code']} required
            />
          </>
        )}
        <Group justify="flex-end">
          <Button type="submit" variant="light" loading={step.isPending}>{on ? words.disable : begin.data ? words.confirm : words.enable}</Button>
        </Group>
      </Stack>
    </Card>
  )
}
