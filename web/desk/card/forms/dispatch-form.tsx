import { Checkbox, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useSpeech } from '../../session.tsx'
import { Choice, StepForm, useText, Words, type FormProps } from './step-form.tsx'

/** The answer goes the way the applicant chose; a call is told: when, and what was said (п. 11.6.13). */
export function DispatchForm({ card, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const [way, setWay] = useState(card.applicant.email ? card.answerWay : ('phone' as const))
  const [calledAt, setCalledAt] = useText(localMinute)
  const [said, setSaid] = useText()
  const [closeAfter, setCloseAfter] = useState(true)
  const call = { calledAt: `${calledAt}:00+05:00`, said }
  return (
    <StepForm
      act={act} cancel={cancel} label={named.actions.dispatch_reply}
      submit={() => act.send({ way, closeAfter, ...(way === 'phone' && { call }) })}
    >
      <div className="sheet"><Text className="words">{card.reply?.body}</Text></div>
      <Choice
        label={words.answerWay} value={way} onChange={setWay}
        options={[['email', named.answerWays.email], ['phone', named.answerWays.phone]]}
      />
      {way === 'email' ? <Text size="sm">{words.sendTo} <b>{card.applicant.email ?? '—'}</b></Text> : (
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
