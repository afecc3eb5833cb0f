import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { client } from '../client.ts'
import { refresh } from './refresh.ts'

/** Says what was done and offers to take it back. */
export function undoToast(appealId: number, said: string, undo: string): void {
  const id = `undo-${appealId}`
  const restore = async () => {
    notifications.hide(id)
    await client.actions.restore({ appealId })
    await refresh(appealId)
  }
  notifications.show({
    id, autoClose: 10_000, color: 'petrol',
    message: <Group justify="space-between" wrap="nowrap"><Text size="sm">{said}</Text><Button size="compact-sm" variant="light" onClick={() => void restore()}>{undo}</Button></Group>,
  })
}
