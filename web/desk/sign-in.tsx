import { Alert, Button, Center, Paper, PasswordInput, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, client, errorWords, faultWords, queryClient, refusalOf } from './client.ts'
import { useGroup, useSpeech } from './session.tsx'

/** Password, and the authenticator's code when it is asked for. The page behind stays where it was. */
export function SignIn() {
  const { words, language, named, setLanguage } = useSpeech()
  const { organization } = useGroup()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const { data: demo } = useQuery(api.people.demoSignIns.queryOptions({ staleTime: Infinity }))
  const signIn = useMutation({
    mutationFn: (who: { email: string; password: string; code?: string }) => client.people.signIn(who),
    onSuccess: () => queryClient.resetQueries(),
  })
  const asksCode = refusalOf(signIn.error)?.code === 'second_factor_needed' || code !== ''
  const faults = faultWords(signIn.error, language)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ email, password, ...(code && { code }) })
  }
  const roles = demo?.filter((one, i) => demo.findIndex((other) => other.role === one.role && other.organization === one.organization) === i) ?? []

  return (
    <Center mih="100vh" p="md" component="main">
      <Stack w="100%" maw={460} gap="lg">
        <Paper component="form" onSubmit={submit} withBorder p="xl">
          <Stack>
            <Title order={1} size="h2">{words.signIn}</Title>
            {signIn.error && !faults['code'] && <Alert color={asksCode ? 'petrol' : 'red'} role="alert">{errorWords(signIn.error, language)}</Alert>}
            <TextInput label={words.email} type="email" autoComplete="username" required value={email} onChange={(e) => setEmail(e.currentTarget.value)} />
            <PasswordInput label={words.password} autoComplete="current-password" required value={password} onChange={(e) => setPassword(e.currentTarget.value)} />
            {asksCode && (
              <TextInput label={words.code} inputMode="numeric" autoComplete="one-time-code" value={code} error={faults['code']} onChange={(e) => setCode(e.currentTarget.value)} />
            )}
            <Button type="submit" loading={signIn.isPending}>{words.enter}</Button>
          </Stack>
        </Paper>
        {roles.length > 0 && (
          <Stack gap="xs" component="section" aria-label={words.demoHint}>
            <Text size="sm" c="dimmed">{words.demoHint}</Text>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
              {roles.map((one) => (
                <Button key={one.email} variant="default" size="compact-md" h="auto" py={6} justify="flex-start" onClick={() => signIn.mutate({ email: one.email, password: one.password })}
                  styles={{ label: { whiteSpace: 'normal', textAlign: 'left', lineHeight: 1.25 } }}>
                  {named.roles[one.role]}, {organization(one.organization)}
                </Button>
              ))}
            </SimpleGrid>
          </Stack>
        )}
        <Button variant="subtle" size="compact-sm" onClick={() => setLanguage(language === 'kk' ? 'ru' : 'kk')} lang={language === 'kk' ? 'ru' : 'kk'}>{words.language}</Button>
      </Stack>
    </Center>
  )
}
