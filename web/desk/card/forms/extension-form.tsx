import { Alert, Checkbox, NumberInput, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDate } from '../../../i18n/format.ts'
import { api, errorWords, faultWords } from '../../client.ts'
import { useSpeech } from '../../session.tsx'
import { StepForm, useText, Words, type FormProps } from './step-form.tsx'

/**
 * Asked for by the executor, ordered by the executive (п. 11.6.16): the new date is shown before, and each of the
 * law's clocks that it would pass is acknowledged by name.
 */
export function ExtensionForm({ card, task, act, cancel }: FormProps) {
  const { words, named, language } = useSpeech()
  const ordering = task === undefined
  const limit = card.terms.clocks.find((clock) => clock.extensionLimit !== undefined)?.extensionLimit ?? 14
  const [workingDays, setWorkingDays] = useState<number>(card.extensionAsked?.workingDays ?? limit)
  const [reason, setReason] = useText(ordering ? card.extensionAsked?.reason : '')
  const [acknowledged, setAcknowledged] = useState<readonly string[]>([])
  const preview = useQuery(api.terms.previewExtension.queryOptions({
    input: { appealId: card.id, workingDays }, retry: false, enabled: workingDays > 0,
  }))
  const passes = ordering ? (preview.data?.passes ?? []) : []
  const extended = preview.data?.terms.clocks.find((clock) => clock.extendedTo !== undefined)
  const refused = preview.error && (faultWords(preview.error, language)['workingDays'] ?? errorWords(preview.error, language))
  const clockWords = (id: string): string => {
    const clock = card.terms.clocks.find((c) => c.policy === id)
    return clock ? `${clock.ground[language]}: ${formatDate(clock.dueOn, language)}` : id
  }
  const tick = (id: string, on: boolean) => setAcknowledged(on ? [...acknowledged, id] : acknowledged.filter((other) => other !== id))
  return (
    <StepForm
      act={act} cancel={cancel} label={ordering ? named.actions.extend_term : named.actions.request_extension}
      disabled={passes.some((id) => !acknowledged.includes(id))}
      submit={() => act.send({ reason, workingDays, ...(ordering && { acknowledged }) })}
    >
      <NumberInput
        label={words.workingDays} min={1} max={limit} value={workingDays} onChange={(v) => setWorkingDays(Number(v) || 0)} w={200}
        error={act.faults['workingDays'] ?? refused ?? undefined}
      />
      {extended && <Text>{words.newDue}: <b>{formatDate(extended.dueOn, language)}</b></Text>}
      {passes.length > 0 && (
        <Alert color="orange" title={words.lawWarning}>
          {passes.map((id) => (
            <Checkbox key={id} mt={6} label={clockWords(id)} checked={acknowledged.includes(id)} onChange={(e) => tick(id, e.currentTarget.checked)} />
          ))}
        </Alert>
      )}
      <Words label={words.reason} value={reason} onChange={setReason} error={act.faults['reason']} rows={3} autoFocus={false} />
    </StepForm>
  )
}
