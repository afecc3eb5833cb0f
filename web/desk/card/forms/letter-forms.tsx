import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { replyWords } from '../../../i18n/reply.ts'
import { ScanViewer } from '../../scan/scan-viewer.tsx'
import { LetterPreview } from '../letter-preview.tsx'
import { ScanDrop } from '../../scan/scan-drop.tsx'
import type { ScanFile } from '../../scan/upload-file.ts'
import { useSpeech } from '../../session.tsx'
import { Choice, StepForm, type FormProps } from './step-form.tsx'
import { signByLayer } from './sign-by-layer.ts'

/** The PDF itself is what one looks at before it gets its number (п. 7.6). */
export function IssueLetterForm({ card, act, cancel }: FormProps) {
  const { named, language } = useSpeech()
  const words = replyWords[language]
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({})} label={named.actions.issue_letter}>
      <Text size="sm" c="dimmed">{words.issueHint}</Text>
      {card.reply && <LetterPreview appealId={card.id} task={card.reply.task} />}
    </StepForm>
  )
}

type Way = 'eds' | 'handwritten' | 'development'

/** By ЭЦП in the signer's own browser, by hand with a scan, or for show; what is signed stands beside (п. 7.6). */
export function SignLetterForm({ card, act, cancel }: FormProps) {
  const { named, language } = useSpeech()
  const words = replyWords[language]
  const { letter, signing } = card
  const ways: Way[] = [...(signing.eds ? ['eds' as const] : []), 'handwritten', ...(signing.development ? ['development' as const] : [])]
  const [way, setWay] = useState<Way>(ways[0]!)
  const [scans, setScans] = useState<readonly ScanFile[]>([])
  const file = `/api/v1/appeals/${card.id}/files/${letter?.file ?? ''}`
  const layer = useMutation({ mutationFn: () => signByLayer(file), onSuccess: (cms) => act.send({ digest: letter?.digest, signature: { way: 'eds', cms } }) })
  if (!letter) return null
  const send = () => {
    if (way === 'eds') layer.mutate()
    else if (way === 'development') act.send({ digest: letter.digest, signature: { way } })
    else act.send({ digest: letter.digest, signature: { way, scan: scans[0]!.id } })
  }
  return (
    <StepForm act={{ ...act, busy: act.busy || layer.isPending }} cancel={cancel} submit={send} label={way === 'eds' ? words.signEds : named.actions.sign_letter} disabled={way === 'handwritten' && scans.length === 0}>
      <ScanViewer files={[{ id: letter.file, name: `${letter.number}.pdf`, mediaType: 'application/pdf', src: file }]} />
      {layer.isError && <Alert color="red" role="alert">{layer.error.message === 'cancelled' ? words.cancelledByUser : words.noLayer}</Alert>}
      {ways.length > 1 && <Choice label={words.signBy} value={way} onChange={setWay} options={ways.map((one) => [one, words.ways[one]])} />}
      {way === 'handwritten' && (
        <Stack gap={4}>
          <Text size="sm" fw={600}>{words.scanOf}{scans[0] && `: ${scans[0].name}`}</Text>
          {scans.length === 0 ? <ScanDrop value={scans} onChange={setScans} compact max={1} /> : <Group><Button size="compact-sm" variant="subtle" onClick={() => setScans([])}>✕</Button></Group>}
          {act.faults['signature.scan'] && <Text c="red" size="sm">{act.faults['signature.scan']}</Text>}
        </Stack>
      )}
    </StepForm>
  )
}
