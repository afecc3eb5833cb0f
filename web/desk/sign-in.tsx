import { Alert, Button, Center, Paper, PasswordInput, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Role } from '../../regulation/vocabulary.ts'
import { api, client, errorWords, faultWords, queryClient, refusalOf } from './client.ts'
import { useTitle } from './parts/use-title.ts'
import { useGroup, useSpeech } from './session.tsx'
import { OtherLanguage } from './tools.tsx'

/** The page before everything else; what was asked for opens behind it. */
export function SignInPage() {
  const { words } = useSpeech()
  useTitle(words.signIn)
  return (
    <Center mih="100vh" p="md" component="main">
      <Stack w="100%" maw={460} gap="lg">
        <Paper withBorder p={{ base: 'md', xs: 'xl' }}>
          <Stack>
            <Title order={1} size="h2">{words.signIn}</Title>
            <SignInForm />
          </Stack>
        </Paper>
        <DemoSignIns />
        <Center><OtherLanguage /></Center>
      </Stack>
    </Center>
  )
}

type Credentials = { readonly email: string; readonly password: string; readonly code?: string }

/** Password, and the authenticator's code when it is asked for. */
export function SignInForm({ email: known = '' }: { readonly email?: string | undefined }) {
  const { words, language } = useSpeech()
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const signIn = useSignIn()
  const asksCode = refusalOf(signIn.error)?.code === 'second_factor_needed' || code !== ''
  const faults = faultWords(signIn.error, language)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ email, password, ...(code && { code }) })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {signIn.error && Object.keys(faults).length === 0 && (
          <Alert color={asksCode ? 'petrol' : 'red'} role="alert">{errorWords(signIn.error, language)}</Alert>
        )}
        <TextInput
          label={words.email} type="email" autoComplete="username" required value={email} error={faults['email']}
          onChange={(e) => setEmail(e.currentTarget.value)}
        />
        <PasswordInput
          label={words.password} autoComplete="current-password" required value={password} error={faults['password']}
          onChange={(e) => setPassword(e.currentTarget.value)}
        />
        {asksCode && (
          <TextInput
            label={words.code} inputMode="numeric" autoComplete="one-time-code" value={code} error={faults['code']}
            onChange={(e) => setCode(e.currentTarget.value)} data-autofocus
          />
        )}
        <Button type="submit" loading={signIn.isPending}>{words.enter}</Button>
      </Stack>
    </form>
  )
}

const useSignIn = () => useMutation({
  mutationFn: (who: Credentials) => client.people.signIn(who),
  onSuccess: () => queryClient.invalidateQueries(),
})

/** Those through whom an appeal goes its whole way. */
const chief: readonly Role[] = ['contact_centre_head', 'executive', 'unit_head', 'executor', 'lawyer', 'quality_lead']

/** One press for each role of the demo group, where the server has one. */
function DemoSignIns() {
  const { words, named } = useSpeech()
  const { organization } = useGroup()
  const [all, setAll] = useState(false)
  const { data = [] } = useQuery(api.people.demoSignIns.queryOptions({ staleTime: Infinity }))
  const signIn = useSignIn()
  const roles = data.filter((one, i) => data.findIndex((other) => other.role === one.role && other.organization === one.organization) === i)
  const first = chief.flatMap((role) => roles.find((one) => one.role === role) ?? [])
  if (roles.length === 0) return null
  return (
    <Stack gap="xs" component="section" aria-label={words.demoHint}>
      <Text size="sm" c="dimmed">{words.demoHint}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {(all ? roles : first).map((one) => (
          <Button
            key={one.email} variant="default" fw={500} className="wraps" justify="flex-start"
            loading={signIn.isPending && signIn.variables.email === one.email} onClick={() => signIn.mutate(one)}
          >
            {named.roles[one.role]}, {organization(one.organization)}
          </Button>
        ))}
      </SimpleGrid>
      {!all && <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>{words.moreRoles}</Button>}
    </Stack>
  )
}
