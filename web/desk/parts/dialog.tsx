import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSpeech } from '../session.tsx'

/** A window over the screen. It is closed by its cross or Escape, never by a touch beside it: typed words are not lost by chance. */
export function Dialog({ title, opened, close, size, children }: {
  readonly title: ReactNode
  readonly opened: boolean
  readonly close: () => void
  readonly size?: string
  readonly children: ReactNode
}) {
  const { words } = useSpeech()
  return (
    <Modal opened={opened} onClose={close} title={title} size={size ?? 'md'} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': words.close }}>
      {children}
    </Modal>
  )
}
