import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Language } from '../../../regulation/vocabulary.ts'
import { client, errorWords } from '../client.ts'
import { refresh } from './refresh.ts'

/** Says what was done and offers to take it back. */
export function undoToast({ appealId, said, undo, language }: {
  readonly appealId: number
  readonly said: string
  readonly undo: string
  readonly language: Language
}): void {
  const id = `undo-${appealId}`
  const restore = async () => {
    notifications.hide(id)
    try {
      await client.actions.restore({ appealId })
    } catch (error) {
      notifications.show({ message: errorWords(error, language), color: 'red' })
    }
    await refresh(appealId)
  }
  notifications.show({
    id, autoClose: 10_000, color: 'petrol',
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{said}</Text>
        <Button size="compact-sm" variant="light" onClick={() => void restore()}>{undo}</Button>
      </Group>
    ),
  })
}
