import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { errorWords, faultWords, refusalOf } from '../client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useSpeech } from '../session.tsx'
import { useAccountWords } from './sections.tsx'

/** A form in a window: faults at their fields, others above; sent once, said when done. */
export function FormDialog<T>({ title, hint, submit, color, size, close, send, said, done, warn, children }: {
  readonly title: string
  readonly hint?: string | undefined
  readonly submit?: string | undefined
  readonly color?: string | undefined
  readonly size?: string
  readonly close: () => void
  readonly send: () => Promise<T>
  readonly said?: (result: T) => string
  /** Instead of closing. */
  readonly done?: (result: T) => void
  /** What stands instead of the words of a refusal. */
  readonly warn?: (error: unknown) => ReactNode
  readonly children: (faults: Readonly<Record<string, string>>) => ReactNode
}) {
  const { language, words: common } = useSpeech()
  const words = useAccountWords()
  const queries = useQueryClient()
  const mutation = useMutation({
    mutationFn: send,
    onSuccess: async (result) => {
      await queries.invalidateQueries()
      if (done) return done(result)
      notifications.show({ message: said ? said(result) : words.saved, color: 'petrol' })
      close()
    },
  })
  const faults = faultWords(mutation.error, language)
  return (
    <Dialog opened close={close} title={title} {...(size && { size })}>
      <form noValidate onSubmit={(e) => { e.preventDefault(); mutation.mutate() }}>
        <Stack>
          {hint && <Text size="sm" c="dimmed">{hint}</Text>}
          {mutation.isError && (warn?.(mutation.error) ?? (!refusalOf(mutation.error)?.faults.length && <Alert color="red" role="alert">{errorWords(mutation.error, language)}</Alert>))}
          {children(faults)}
          <Group justify="flex-end"><Button variant="default" onClick={close}>{common.cancel}</Button><Button type="submit" loading={mutation.isPending} {...(color && { color })}>{submit ?? words.save}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}

/** The fields of a form and how one of them changes. */
export function useFields<T extends object>(begin: () => T): [T, (change: Partial<T>) => void] {
  const [fields, setFields] = useState(begin)
  return [fields, (change) => setFields((now) => ({ ...now, ...change }))]
}
