import { Alert, Anchor, Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DispatchWay } from '../../../../regulation/appeal-facts.ts'
import type { FindingKind } from '../../../../regulation/reply-gate.ts'
import { answerWays } from '../../../../regulation/vocabulary.ts'
import { replyWords } from '../../../i18n/reply.ts'
import { api } from '../../client.ts'
import { ReplyView } from '../../parts/reply-view.tsx'
import { ScanDrop } from '../../scan/scan-drop.tsx'
import type { ScanFile } from '../../scan/upload-file.ts'
import { useSpeech } from '../../session.tsx'
import { LetterPanel } from '../letter-panel.tsx'
import { Findings } from '../reply-editor.tsx'
import { Choice, StepForm, useText, Words, type FormProps } from './step-form.tsx'

/**
 * The answer goes the way the applicant chose; a call is told: when, and what was said (п. 11.6.13); a letter: when it was
 * posted or to whom handed (п. 7.7). What the gate finds is mended, or sent with a reason that stays in the history.
 */
export function DispatchForm({ card, act, cancel }: FormProps) {
  const { words, named, language } = useSpeech()
  const said = replyWords[language]
  const ready = !card.letterRequired || card.letter?.signature !== undefined
  const ways: DispatchWay[] = [...(ready ? answerWays : (['phone'] as const)), ...(card.noWrittenReply ? (['none'] as const) : [])]
  const wanted = card.answerWay === 'email' && !card.applicant.email ? 'phone' : card.answerWay
  // What came back by one way is proposed another.
  const failed = card.dispatch?.status === 'failed' ? card.dispatch.way : undefined
  const proposed = [wanted, 'email', 'post', 'pickup', 'phone'].filter((one): one is DispatchWay => ways.includes(one as DispatchWay) && one !== failed && (one !== 'email' || Boolean(card.applicant.email)))
  const [way, setWay] = useState<DispatchWay>(card.noWrittenReply ? 'none' : (proposed[0] ?? 'phone'))
  const [calledAt, setCalledAt] = useText(localMinute)
  const [told, setTold] = useText()
  const [on, setOn] = useText(() => localMinute().slice(0, 10))
  const [detail, setDetail] = useText()
  const [granted, setGranted] = useText()
  const [scans, setScans] = useState<readonly ScanFile[]>([])
  const [reasons, setReasons] = useState<Partial<Record<FindingKind, string>>>({})
  const [closeAfter, setCloseAfter] = useState(true)
  const written = way !== 'phone' && way !== 'none'
  const gate = useQuery({ ...api.replies.readGate.queryOptions({ input: { appealId: card.id } }), enabled: written })
  const findings = written ? (gate.data ?? []) : []
  const kinds = [...new Set(findings.map(({ kind }) => kind))]
  const open = kinds.some((kind) => !reasons[kind]?.trim())
  const call = { calledAt: `${calledAt}:00+05:00`, said: told }
  return (
    <StepForm
      act={act} cancel={cancel} label={named.actions.dispatch_reply} disabled={written && (gate.isPending || open)}
      submit={() => act.send({
        way, closeAfter, overridden: kinds.map((finding) => ({ finding, reason: reasons[finding] ?? '' })), ...(way === 'phone' && { call }), ...(way === 'none' && { granted }),
        ...(way === 'post' && { post: { sentOn: on, postNumber: detail } }), ...(way === 'pickup' && { pickup: { handedOn: on, to: detail, ...(scans[0] && { receipt: scans[0].id }) } }),
      })}
    >
      <div className="sheet"><ReplyView body={card.reply?.body ?? ''} lang={card.language} /></div>
      <LetterPanel card={card} />
      <Choice label={words.answerWay} value={way} onChange={setWay} options={ways.map((one) => [one, one === 'none' ? said.dispatchWays.none : named.answerWays[one]])} />
      {findings.length > 0 && (
        <Alert color="yellow" title={said.gate} role="status">
          <Findings findings={findings} />
          <Stack gap={6} mt="xs">
            {kinds.map((kind) => (
              <TextInput key={kind} size="sm" label={`${said.overrideWhy}: ${said.findings[kind].toLowerCase()}`} value={reasons[kind] ?? ''} onChange={(e) => setReasons({ ...reasons, [kind]: e.currentTarget.value })} maxLength={500} required />
            ))}
          </Stack>
        </Alert>
      )}
      {way === 'email' && <Text size="sm">{words.sendTo} <b>{card.applicant.email ?? '—'}</b></Text>}
      {way === 'post' && <Text size="sm">{words.sendTo} <b>{card.applicant.address || '—'}</b></Text>}
      {(way === 'post' || way === 'pickup') && (
        <>
          <TextInput
            type="date" label={way === 'post' ? words.postedOn : words.handedOn} value={on} onChange={(e) => setOn(e.currentTarget.value)}
            error={act.faults['post.sentOn'] ?? act.faults['pickup.handedOn']} w={200} required
          />
          <TextInput
            label={way === 'post' ? `${words.postNumber} (${words.optional})` : words.handedTo} value={detail} onChange={(e) => setDetail(e.currentTarget.value)}
            error={act.faults['post.postNumber'] ?? act.faults['pickup.to']} required={way === 'pickup'}
          />
        </>
      )}
      {way === 'pickup' && (
        <Stack gap={4}>
          {card.letter && <Anchor size="sm" href={`/api/v1/appeals/${card.id}/receipt.pdf?language=${language}`} target="_blank" rel="noreferrer">{said.printReceipt}</Anchor>}
          <Text size="sm">{said.receipt} ({words.optional}){scans[0] && `: ${scans[0].name}`}</Text>
          {scans.length === 0 && <ScanDrop value={scans} onChange={setScans} compact max={1} />}
          {act.faults['pickup.receipt'] && <Text c="red" size="sm">{act.faults['pickup.receipt']}</Text>}
        </Stack>
      )}
      {way === 'phone' && (
        <>
          <Text size="sm">{words.phone}: <b>{card.applicant.phone ?? '—'}</b></Text>
          <TextInput
            type="datetime-local" label={words.callAt} value={calledAt} onChange={(e) => setCalledAt(e.currentTarget.value)}
            error={act.faults['call.calledAt']} w={260} maw="100%" required
          />
          <Words label={words.said} value={told} onChange={setTold} error={act.faults['call.said']} rows={3} autoFocus={false} />
        </>
      )}
      {way === 'none' && <Words label={said.granted} value={granted} onChange={setGranted} error={act.faults['granted']} rows={3} autoFocus={false} />}
      <Checkbox label={words.closeAfter} checked={closeAfter} onChange={(e) => setCloseAfter(e.currentTarget.checked)} />
    </StepForm>
  )
}

const localMinute = (): string => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 16)
