import { Alert, Button, Card, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, client, errorWords, faultWords, queryClient } from '../client.ts'
import { useSpeech } from '../session.tsx'

/** A new password for the present one; the other sessions end with it. */
export function ChangePassword() {
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <Card withBorder component="form" onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text fw={650} component="h2">{words.changePassword}</Text>
        {change.error && Object.keys(faults).length === 0 && <Alert color="red" role="alert">{errorWords(change.error, language)}</Alert>}
        <PasswordInput
          label={words.presentPassword} autoComplete="current-password" value={present} onChange={(e) => setPresent(e.currentTarget.value)}
          error={faults['present']} required
        />
        <PasswordInput
          label={words.newPassword} autoComplete="new-password" value={next} onChange={(e) => setNext(e.currentTarget.value)}
          error={faults['next']} required
        />
        <Group justify="flex-end"><Button type="submit" variant="light" loading={change.isPending}>{words.changePassword}</Button></Group>
      </Stack>
    </Card>
  )
}
