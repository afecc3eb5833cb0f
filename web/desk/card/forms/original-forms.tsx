import { Text } from '@mantine/core'
import { useState } from 'react'
import { originalWords } from '../../../i18n/originals.ts'
import { emptyHanding, FileFields, handed, HandOverFields, PlaceFields, usePlacing } from '../../originals/fields.tsx'
import { useSpeech } from '../../session.tsx'
import { StepForm, type FormProps } from './step-form.tsx'

/** The paper of one appeal moves (п. 4.7–4.8, 7.8). */
export function KeepOriginalForm({ card, act, cancel }: FormProps) {
  const { named } = useSpeech()
  const organization = useKeeping(card)
  const [value, setValue] = usePlacing(organization)
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send(value)} label={named.actions.keep_original}>
      <PlaceFields organization={organization} value={value} onChange={setValue} faults={act.faults} />
    </StepForm>
  )
}

export function HandOverOriginalForm({ card, act, cancel }: FormProps) {
  const { named } = useSpeech()
  const lead = card.tasks.findLast((task) => task.kind === 'task' && task.status !== 'returned')?.executors[0]?.person?.id
  const [value, setValue] = useState({ ...emptyHanding, to: lead })
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send(handed(value))} label={named.actions.hand_over_original} disabled={!value.to}>
      <HandOverFields organization={useKeeping(card)} value={value} onChange={setValue} faults={act.faults} />
    </StepForm>
  )
}

export function AcceptOriginalForm({ card, act, cancel }: FormProps) {
  const { named, language } = useSpeech()
  const { offered, sheets } = card.original ?? {}
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({})} label={named.actions.accept_original}>
      <Text>{[card.number, offered?.purpose, sheets && originalWords[language].sheets(sheets)].filter(Boolean).join(' · ')}</Text>
    </StepForm>
  )
}

export function FileOriginalForm({ card, act, cancel }: FormProps) {
  const { named } = useSpeech()
  const [caseFile, setCaseFile] = useState<number>()
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ caseFile })} label={named.actions.file_original} disabled={!caseFile}>
      <FileFields organization={useKeeping(card)} value={caseFile} onChange={setCaseFile} faults={act.faults} />
    </StepForm>
  )
}

/** In whose charge the paper is: the organization whose journal it was entered in. */
const useKeeping = (card: FormProps['card']): string => card.original?.keeper ?? card.organization
