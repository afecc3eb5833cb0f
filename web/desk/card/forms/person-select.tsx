import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Role } from '../../../../regulation/vocabulary.ts'
import { api } from '../../client.ts'
import { useSpeech } from '../../session.tsx'

/** Colleagues who hold a role in a place. */
export function PersonSelect({ label, roles, organization, unit, value, onChange, error, required = true, except }: {
  readonly label: string
  /** Any, where it is not given. */
  readonly roles?: readonly Role[]
  readonly organization: string
  readonly unit?: string | undefined
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
  readonly error?: string | undefined
  readonly required?: boolean
  readonly except?: string | undefined
}) {
  const { named, words } = useSpeech()
  const { data: people } = useQuery(api.people.findPeople.queryOptions({
    input: { organization, ...(unit && { unit }) }, staleTime: 60_000,
  }))
  const fit = people?.filter((person) => (!roles || roles.includes(person.role)) && person.id !== except) ?? []
  const options = new Map(fit.map((person) => [person.id, `${person.name} · ${named.roles[person.role].toLowerCase()}`]))
  return (
    <Select
      label={required ? label : `${label} (${words.optional})`} data={[...options].map(([id, name]) => ({ value: id, label: name }))}
      value={value ?? null} onChange={(v) => onChange(v ?? undefined)} error={error} required={required}
      searchable clearable={!required} nothingFoundMessage={words.emptyList}
    />
  )
}
