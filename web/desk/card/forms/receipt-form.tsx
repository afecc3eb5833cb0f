import { Anchor, Text } from '@mantine/core'
import { useState } from 'react'
import { useSpeech } from '../../session.tsx'
import { Choice, StepForm, type FormProps } from './step-form.tsx'

/** What whoever brought the paper was given: a slip, or the mark on their second copy (п. 4.4). */
export function ReceiptForm({ card, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const [by, setBy] = useState<'slip' | 'second_copy'>('slip')
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ by })} label={named.actions.acknowledge_receipt}>
      <Choice
        label={words.receiptBy} value={by} onChange={setBy}
        options={[['slip', words.acknowledged.slip], ['second_copy', words.acknowledged.second_copy]]}
      />
      {by === 'slip' && <Anchor href={`/api/v1/appeals/${card.id}/slip.pdf`} target="_blank" rel="noreferrer">{words.slip}</Anchor>}
    </StepForm>
  )
}

/** Says that the resolution sent for information was read (п. 6.3). */
export function TakeNoteForm({ card, act, cancel }: FormProps) {
  const { named } = useSpeech()
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({})} label={named.actions.take_note}>
      <div className="sheet"><Text className="words">{card.resolution?.text}</Text></div>
    </StepForm>
  )
}
