import { Select } from '@mantine/core'
import { useState } from 'react'
import { useGroup, useSpeech } from '../../session.tsx'
import { suggestedDue } from '../working-days.ts'
import { DueDay } from './due-day.tsx'
import { PersonSelect } from './person-select.tsx'
import { StepForm, useText, Words, type FormProps } from './step-form.tsx'

/** A question to a subsidiary's responsible specialist (п. 11.6.14). */
export function InquiryForm({ card, act, cancel }: FormProps) {
  const { words, named, language } = useSpeech()
  const { group } = useGroup()
  const [organization, setOrganization] = useState<string>()
  const [specialist, setSpecialist] = useState<string>()
  const [question, setQuestion] = useText()
  const [dueOn, setDueOn] = useText(() => suggestedDue(card))
  const subsidiaries = group?.organizations.filter((o) => o.inquiryUnit) ?? []
  const chosen = subsidiaries.find((o) => o.id === organization)
  const choose = (id: string | null) => {
    setOrganization(id ?? undefined)
    setSpecialist(undefined)
  }
  return (
    <StepForm
      act={act} cancel={cancel} label={named.actions.send_inquiry}
      submit={() => act.send({ organization: organization ?? '', specialist: specialist ?? '', question, dueOn })}
    >
      <Select
        label={words.organization} data={subsidiaries.map((o) => ({ value: o.id, label: o.name[language] }))} value={organization ?? null}
        onChange={choose} error={act.faults['organization']} required
      />
      {chosen && (
        <PersonSelect
          label={words.specialist} roles={['executor']} organization={chosen.id} unit={chosen.inquiryUnit} value={specialist}
          onChange={setSpecialist} error={act.faults['specialist']}
        />
      )}
      <Words label={words.question} value={question} onChange={setQuestion} error={act.faults['question']} autoFocus={false} />
      <DueDay card={card} value={dueOn} onChange={setDueOn} error={act.faults['dueOn']} />
    </StepForm>
  )
}
