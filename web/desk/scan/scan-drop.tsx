import { ActionIcon, Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconCamera, IconFilePlus, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type DragEvent } from 'react'
import { scanWords } from '../../i18n/scan.ts'
import { useSpeech } from '../session.tsx'
import { uploadFile, type ScanFile } from './upload-file.ts'

type Sending = { readonly key: number; readonly file: File; readonly percent: number; readonly failed?: string; readonly stop: AbortController }

/** Scans come by drag, paste, camera or choice; each shows how much of it has gone, and can be taken back. */
export function ScanDrop({ value, onChange, max = 30, compact = false }: {
  readonly value: readonly ScanFile[]
  readonly onChange: (files: readonly ScanFile[]) => void
  readonly max?: number
  /** Only the buttons: there is something to look at already. */
  readonly compact?: boolean
}) {
  const { language } = useSpeech()
  const words = scanWords[language]
  const [sending, setSending] = useState<readonly Sending[]>([])
  const [over, setOver] = useState(false)
  const chosen = useRef<HTMLInputElement>(null)
  const taken = useRef<HTMLInputElement>(null)
  const latest = useRef(value)
  useEffect(() => { latest.current = value }, [value])
  const serial = useRef(0)

  const alter = (key: number, change: Partial<Sending>) => setSending((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const drop = (key: number) => setSending((all) => all.filter((one) => one.key !== key))
  async function send(one: Sending) {
    setSending((all) => [...all.filter((other) => other.key !== one.key), one])
    try {
      const sent = await uploadFile(one.file, (percent) => alter(one.key, { percent }), one.stop.signal)
      onChange([...latest.current, sent])
      drop(one.key)
    } catch (error) {
      if ((error as Error).name === 'AbortError') drop(one.key)
      else alter(one.key, { failed: (error as Error).message || words.failed(one.file.name) })
    }
  }
  const add = (files: Iterable<File>) => {
    for (const file of [...files].slice(0, max - latest.current.length)) void send({ key: serial.current++, file, percent: 0, stop: new AbortController() })
  }

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      add(files)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  })
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    add(event.dataTransfer.files)
  }

  return (
    <Stack
      gap="xs" className="scan-drop" data-over={over || undefined} data-compact={compact || undefined} onDrop={dropped}
      onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}
    >
      {!compact && <Text ta="center">{words.drop}</Text>}
      <Group justify={compact ? 'flex-start' : 'center'} gap="xs">
        <Button variant={compact ? 'default' : 'light'} size={compact ? 'compact-sm' : 'sm'} leftSection={<IconFilePlus size={16} />} onClick={() => chosen.current?.click()}>
          {compact ? words.more : words.choose}
        </Button>
        <Button
          variant="default" size={compact ? 'compact-sm' : 'sm'} leftSection={<IconCamera size={16} />} onClick={() => taken.current?.click()} hiddenFrom="md"
        >
          {words.camera}
        </Button>
      </Group>
      {!compact && <Text ta="center" size="sm" c="dimmed">{words.kinds}</Text>}
      <input ref={chosen} type="file" multiple hidden accept=".pdf,.jpg,.jpeg,.png,.heic,.heif,.tif,.tiff,.webp,.docx" data-scan onChange={(e) => { add(e.currentTarget.files ?? []); e.currentTarget.value = '' }} />
      <input ref={taken} type="file" hidden accept="image/*" capture="environment" onChange={(e) => { add(e.currentTarget.files ?? []); e.currentTarget.value = '' }} />
      {sending.map((one) => one.failed === undefined ? (
        <div key={one.key} role="status">
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{words.uploading(one.file.name, one.percent)}</Text>
            <ActionIcon variant="subtle" aria-label={words.cancel} onClick={() => one.stop.abort()}><IconX size={16} /></ActionIcon>
          </Group>
          <Progress value={one.percent} size="sm" aria-label={one.file.name} />
        </div>
      ) : (
        <Alert key={one.key} color="red" role="alert" title={one.file.name} withCloseButton closeButtonLabel={words.remove} onClose={() => drop(one.key)}>
          <Text size="sm" mb={6}>{one.failed}</Text>
          <Button size="compact-sm" variant="light" color="red" onClick={() => { const { failed: _, ...again } = one; void send({ ...again, percent: 0, stop: new AbortController() }) }}>{words.retry}</Button>
        </Alert>
      ))}
    </Stack>
  )
}
