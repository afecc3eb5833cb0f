import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { ReplyView } from '../../parts/reply-view.tsx'
import { RichText } from '../../parts/rich-text.tsx'
import { useSpeech } from '../../session.tsx'
import { Difference } from '../difference.tsx'
import { Choice, StepForm, useText, Words, type FormProps } from './step-form.tsx'

/** What is being signed stands in the form: the last version, and what changed in it since the one before. */
export function EndorseForm({ task, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const [comment, setComment] = useText()
  const [lawyerNeeded, setLawyerNeeded] = useState(false)
  const [before, version] = [task?.versions.at(-2), task?.versions.at(-1)]
  if (!version) return null
  // The unit head decides whether the lawyers see it, unless they do already (п. 7.5).
  const mayAsk = version.steps.some((step) => step.kind === 'unit_head' && step.waiting) && !version.steps.some((step) => step.kind === 'lawyer')
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ version: version.number, comment, lawyerNeeded })} label={named.actions.endorse}>
      <div className="sheet">
        {before ? <Difference before={before.body} after={version.body} /> : <ReplyView body={version.body} />}
      </div>
      <Words
        label={words.note} value={comment} onChange={setComment} error={act.faults['comment']} required={false} rows={2} autoFocus={false}
      />
      {mayAsk && <Checkbox label={words.lawyerNeeded} checked={lawyerNeeded} onChange={(e) => setLawyerNeeded(e.currentTarget.checked)} />}
    </StepForm>
  )
}

/** Back to the executor with comments, and with the text as the endorser would have it, if they corrected it. */
export function ReturnVersionForm({ task, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const version = task?.versions.at(-1)
  const [comment, setComment] = useText()
  const [correction, setCorrection] = useText(version?.body)
  if (!version) return null
  const corrected = correction.trim() !== version.body && { correction }
  return (
    <StepForm
      act={act} cancel={cancel} label={named.actions.return_version}
      submit={() => act.send({ version: version.number, comment, ...corrected })}
    >
      <Words label={words.comment} value={comment} onChange={setComment} error={act.faults['comment']} rows={3} />
      <RichText label={`${words.correction} (${words.optional})`} value={correction} onChange={setCorrection} error={act.faults['correction']} />
    </StepForm>
  )
}

/** A subsidiary's explanation becomes the answer, or only informs whoever asked (п. 11.6.15). */
export function AcceptForm({ act, cancel, task }: FormProps) {
  const { words, named } = useSpeech()
  const [as, setAs] = useState<'reply' | 'information'>('reply')
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ asReply: as === 'reply' })} label={named.actions.accept_explanation}>
      <div className="sheet"><ReplyView body={task?.versions.at(-1)?.body ?? ''} /></div>
      <Choice
        label={words.answer} value={as} onChange={setAs}
        options={[['reply', words.asReply], ['information', words.asInformation]]}
      />
    </StepForm>
  )
}
