import { Alert, Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { errorWords } from '../client.ts'
import { useSpeech } from '../session.tsx'

/** What stands where a list or a card would: being loaded, failed, or empty with what to do next. */
export function Loading({ rows = 6 }: { readonly rows?: number }) {
  const { words } = useSpeech()
  return (
    <Stack gap="xs" role="status" aria-busy aria-label={words.loading}>
      {Array.from({ length: rows }, (_, i) => <Skeleton key={i} h={52} />)}
    </Stack>
  )
}

export function Failed({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { words, language } = useSpeech()
  return (
    <Alert color="red" role="alert">
      <Text mb="sm">{errorWords(error, language)}</Text>
      <Button size="compact-md" variant="light" color="red" onClick={retry}>{words.retry}</Button>
    </Alert>
  )
}

export function Empty({ title, hint, children }: { readonly title: string; readonly hint?: string; readonly children?: ReactNode }) {
  return (
    <Stack align="center" py={64} gap="xs">
      <Title order={2} size="h4" ta="center">{title}</Title>
      {hint && <Text c="dimmed" ta="center" maw={420}>{hint}</Text>}
      {children}
    </Stack>
  )
}

/** What was once shown stays shown while it is asked for anew, even in vain. */
export function Shown({ query, empty, children }: {
  readonly query: { readonly data: unknown; readonly isError: boolean; readonly error: unknown; readonly refetch: () => unknown }
  /** Stands instead when what came holds nothing. */
  readonly empty?: ReactNode | undefined
  readonly children: ReactNode
}) {
  if (query.data === undefined) return query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : <Loading />
  return empty ?? children
}
