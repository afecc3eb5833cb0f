import { Anchor, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { formatDate, formatDateTime } from '../../i18n/format.ts'
import { registerWords } from '../../i18n/register.ts'
import { client, errorWords } from '../client.ts'
import { usePerson, useSpeech } from '../session.tsx'

export type Done = Awaited<ReturnType<typeof client.intake.registerPaper>>

/** The number in large digits; then the slip or the mark (п. 4.4), the resolution (п. 4.5), and the next paper. */
export function Registered({ done, next }: { readonly done: Done; readonly next: () => void }) {
  const { language, named } = useSpeech()
  const words = registerWords[language]
  const { person } = usePerson()
  const [given, setGiven] = useState<'slip' | 'second_copy'>()
  const [sent, setSent] = useState(false)
  const onward = useRef<HTMLButtonElement>(null)
  const frame = useRef<HTMLIFrameElement>(null)
  const failed = (error: Error) => notifications.show({ color: 'red', message: errorWords(error, language) })
  const receipt = useMutation({ mutationFn: (by: 'slip' | 'second_copy') => client.actions.acknowledge_receipt({ appealId: done.id, by }), onSuccess: (_, by) => setGiven(by), onError: failed })
  const resolution = useMutation({ mutationFn: () => client.actions.send_for_resolution({ appealId: done.id }), onSuccess: () => setSent(true), onError: failed })
  useEffect(() => onward.current?.focus(), [])
  const printSlip = () => {
    receipt.mutate('slip')
    const { current } = frame
    if (!current) return
    current.onload = () => current.contentWindow?.print()
    current.src = `/api/v1/appeals/${done.id}/slip.pdf`
  }
  return (
    <Stack maw={720} mx="auto" mt="lg">
      <Card withBorder p="xl" role="status">
        <Text c="dimmed">{words.done}</Text>
        <Title order={1} style={{ fontSize: '2.6rem' }} className="figures">{done.number}</Title>
        <Text>{formatDateTime(done.registeredAt)} · {words.due(formatDate(done.dueOn, language))}</Text>
        {done.lacks.length > 0 && <Text c="yellow.9" mt={4}>{done.lacks.map((lack) => named.lacks[lack]).join(', ')}</Text>}
        <Group mt="lg" gap="xs">
          <Button ref={onward} onClick={next}>{words.next} · Enter</Button>
          <Button variant="light" onClick={printSlip} loading={receipt.isPending}>{words.printSlip}</Button>
          <Button variant="default" onClick={() => receipt.mutate('second_copy')}>{words.secondCopy}</Button>
          <Button variant="default" disabled={sent} loading={resolution.isPending} onClick={() => resolution.mutate()}>{sent ? words.sentToResolution : words.toResolution}</Button>
        </Group>
        {given === 'slip' && <Text mt="sm" size="sm">{words.slipGiven} · <Anchor href={`/api/v1/appeals/${done.id}/slip.pdf`} target="_blank" rel="noreferrer">PDF</Anchor></Text>}
        {given === 'second_copy' && (
          <Text mt="sm" className="sheet">{words.mark(done.number, formatDateTime(done.registeredAt), person?.name ?? '')}</Text>
        )}
      </Card>
      <Group gap="md">
        <Anchor component={Link} to={`/appeals/${done.id}`}>{words.openCard}</Anchor>
        {!sent && <Anchor component={Link} to={`/appeals/${done.id}?step=annul`} c="dimmed">{words.annul}</Anchor>}
      </Group>
      <iframe ref={frame} title={words.printSlip} style={{ display: 'none' }} />
    </Stack>
  )
}
