import type { Action } from '../../../../regulation/appeal-facts.ts'
import { useSpeech } from '../../session.tsx'
import { StepForm, useText, Words, type Form, type FormProps } from './step-form.tsx'

type Asked = {
  readonly action: Action
  /** The operation's field, and the word by which the form asks for it. */
  readonly field: 'note' | 'reason' | 'comment' | 'text'
  readonly required?: boolean
  readonly danger?: boolean
}

/** Makes the form of a step that takes only a few words. */
export function worded({ action, field, required = true, danger = false }: Asked): Form {
  return function WordedForm({ act, cancel }: FormProps) {
    const { words, named } = useSpeech()
    const [text, setText] = useText()
    return (
      <StepForm act={act} cancel={cancel} submit={() => act.send({ [field]: text })} label={named.actions[action]} danger={danger}>
        <Words label={words[field]} value={text} onChange={setText} error={act.faults[field]} required={required} />
      </StepForm>
    )
  }
}
