import { Autocomplete, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../client.ts'
import { useGroup, useSpeech } from '../../session.tsx'
import { Choice, StepForm, useText, Words, type FormProps } from './step-form.tsx'

/** Not ours: to another organization of the group, or to a body outside; the applicant is told (п. 11.6.14). */
export function RedirectForm({ card, act, cancel }: FormProps) {
  const { words, named, language } = useSpeech()
  const { group } = useGroup()
  const [where, setWhere] = useState<'outside' | 'organization'>('outside')
  const [organization, setOrganization] = useState<string>()
  const [outside, setOutside] = useText()
  const [reason, setReason] = useText()
  const others = group?.organizations.filter((o) => o.id !== card.organization) ?? []
  const to = where === 'outside' ? { outside } : { organization: organization ?? '' }
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ reason, ...to })} label={named.actions.redirect}>
      <Choice
        label={words.where} value={where} onChange={setWhere}
        options={[['outside', words.toOutside], ['organization', words.toOrganization]]}
      />
      {where === 'outside' ? (
        <Autocomplete
          label={words.toOutside} value={outside} onChange={setOutside} error={act.faults['outside']} required
          data={group?.outsideBodies.map((body) => body[language]) ?? []}
        />
      ) : (
        <Select
          label={words.toOrganization} data={others.map((o) => ({ value: o.id, label: o.name[language] }))} value={organization ?? null}
          onChange={(v) => setOrganization(v ?? undefined)} error={act.faults['organization']} required
        />
      )}
      <Words label={words.reason} value={reason} onChange={setReason} error={act.faults['reason']} autoFocus={false} />
    </StepForm>
  )
}

/** The same matter written twice: the duplicate joins the main appeal, looked for among the applicant's own. */
export function JoinForm({ card, act, cancel }: FormProps) {
  const { words, named } = useSpeech()
  const [typed, setTyped] = useText()
  const [text] = useDebouncedValue(typed, 250)
  const [main, setMain] = useState<string>()
  const { data: similar } = useQuery(api.appeals.similarAppeals.queryOptions({ input: { appealId: card.id } }))
  const { data: found } = useQuery(api.appeals.search.queryOptions({ input: { text, limit: 10 }, enabled: text.trim().length >= 2 }))
  const lines = new Map([...(similar ?? []), ...(found ?? [])]
    .filter((line) => line.id !== card.id)
    .map((line) => [String(line.id), `${line.number} · ${line.applicantName} · ${line.subject}`]))
  return (
    <StepForm act={act} cancel={cancel} submit={() => act.send({ main: Number(main ?? 0) })} label={named.actions.join} disabled={!main}>
      <Select
        label={words.main} placeholder={words.mainHint} searchable onSearchChange={setTyped} filter={({ options }) => options}
        data={[...lines].map(([value, label]) => ({ value, label }))} value={main ?? null} onChange={(v) => setMain(v ?? undefined)}
        error={act.faults['main']} nothingFoundMessage={words.emptyList} required data-autofocus
      />
    </StepForm>
  )
}
