import { Checkbox, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { answerWays, type AnswerWay } from '../../../../regulation/vocabulary.ts'
import { useSpeech } from '../../session.tsx'
import { Choice, StepForm, useText, Words, type FormProps } from './step-form.tsx'

/** The answer goes the way the applicant chose; a call is told: when, and what was said (п. 11.6.13); a letter: when it was posted or to whom handed (п. 7.7). */
export function DispatchForm({ card, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const [way, setWay] = useState<AnswerWay>(card.answerWay === 'email' && !card.applicant.email ? 'phone' : card.answerWay)
  const [calledAt, setCalledAt] = useText(localMinute)
  const [said, setSaid] = useText()
  const [on, setOn] = useText(() => localMinute().slice(0, 10))
  const [detail, setDetail] = useText()
  const [closeAfter, setCloseAfter] = useState(true)
  const call = { calledAt: `${calledAt}:00+05:00`, said }
  return (
    <StepForm
      act={act} cancel={cancel} label={named.actions.dispatch_reply}
      submit={() => act.send({
        way, closeAfter, ...(way === 'phone' && { call }),
        ...(way === 'post' && { post: { sentOn: on, postNumber: detail } }), ...(way === 'pickup' && { pickup: { handedOn: on, to: detail } }),
      })}
    >
      <div className="sheet"><Text className="words">{card.reply?.body}</Text></div>
      <Choice
        label={words.answerWay} value={way} onChange={setWay}
        options={answerWays.map((one) => [one, named.answerWays[one]])}
      />
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
      {way === 'phone' && (
        <>
          <Text size="sm">{words.phone}: <b>{card.applicant.phone ?? '—'}</b></Text>
          <TextInput
            type="datetime-local" label={words.callAt} value={calledAt} onChange={(e) => setCalledAt(e.currentTarget.value)}
            error={act.faults['call.calledAt']} w={260} maw="100%" required
          />
          <Words label={words.said} value={said} onChange={setSaid} error={act.faults['call.said']} rows={3} autoFocus={false} />
        </>
      )}
      <Checkbox label={words.closeAfter} checked={closeAfter} onChange={(e) => setCloseAfter(e.currentTarget.checked)} />
    </StepForm>
  )
}

const localMinute = (): string => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 16)
