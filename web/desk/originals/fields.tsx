import { Autocomplete, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { originalWords } from '../../i18n/originals.ts'
import { PersonSelect } from '../card/forms/person-select.tsx'
import { localToday } from '../card/working-days.ts'
import { api } from '../client.ts'
import { useGroup, usePerson, useSpeech } from '../session.tsx'

/** What each move of a paper asks for: the same on the card and for many papers at once. */
type Fields<T> = {
  readonly organization: string
  readonly value: T
  readonly onChange: (value: T) => void
  /** The words of a fault, by field. */
  readonly faults: Readonly<Record<string, string>>
}

export type Placing = { readonly unit: string; readonly shelf: string }

/** In which unit it lies, first of all the chancellery or the secretariat (п. 4.7). */
export function PlaceFields({ organization, value, onChange, faults }: Fields<Placing>) {
  const { language } = useSpeech()
  const words = originalWords[language]
  const units = useUnits(organization)
  const unit = value.unit || units[0]?.value || ''
  return (
    <Stack>
      <Select label={words.unit} data={units} value={unit} onChange={(v) => { if (v) onChange({ ...value, unit: v }) }} error={faults['unit']} allowDeselect={false} searchable required />
      <TextInput label={words.shelf} value={value.shelf} onChange={(e) => onChange({ ...value, unit, shelf: e.currentTarget.value })} error={faults['shelf']} data-autofocus />
    </Stack>
  )
}

/** The chosen unit, or the one that is offered first. */
export function usePlacing(organization: string): [Placing, (value: Placing) => void] {
  const units = useUnits(organization)
  const [value, setValue] = useState<Placing>({ unit: '', shelf: '' })
  return [{ ...value, unit: value.unit || units[0]?.value || '' }, setValue]
}

type UnitChoice = { readonly value: string; readonly label: string }

function useUnits(organization: string): UnitChoice[] {
  const { language } = useSpeech()
  const { group } = useGroup()
  const units = group?.organizations.find(({ id }) => id === organization)?.units ?? []
  const first = (kind: string) => (['chancellery', 'secretariat'].includes(kind) ? 0 : 1)
  return units.toSorted((a, b) => first(a.kind) - first(b.kind)).map((unit) => ({ value: unit.id, label: unit.name[language] }))
}

/** Units of the organization whose papers one keeps, its chancellery first. */
export function useKeptUnits(): UnitChoice[] {
  const { person } = usePerson()
  return useUnits(person?.assignments?.find(({ role }) => role === 'registrar')?.organization ?? '')
}

export type Handing = { readonly to: string | undefined; readonly purpose: string; readonly returnOn: string }
export const emptyHanding: Handing = { to: undefined, purpose: '', returnOn: '' }

/** Whom it is given to, for what, and when it must be back (п. 4.8). */
export function HandOverFields({ organization, value, onChange, faults }: Fields<Handing>) {
  const { language } = useSpeech()
  const words = originalWords[language]
  const { group } = useGroup()
  const { person } = usePerson()
  const [place, setPlace] = useState(organization)
  return (
    <Stack>
      <Group grow align="flex-start">
        <Select
          label={words.organization} data={group?.organizations.map(({ id, shortName }) => ({ value: id, label: shortName[language] })) ?? []} value={place} allowDeselect={false}
          onChange={(v) => { if (v) { setPlace(v); onChange({ ...value, to: undefined }) } }}
        />
        <TextInput type="date" label={words.returnOn} min={localToday()} value={value.returnOn} onChange={(e) => onChange({ ...value, returnOn: e.currentTarget.value })} error={faults['returnOn']} />
      </Group>
      <PersonSelect label={words.to} organization={place} value={value.to} onChange={(to) => onChange({ ...value, to })} error={faults['to']} except={person?.id} />
      <Autocomplete label={words.purpose} data={words.purposes} value={value.purpose} onChange={(purpose) => onChange({ ...value, purpose })} error={faults['purpose']} required />
    </Stack>
  )
}

/** What leaves for the server: a day that was not given is not sent. */
export const handed = ({ to, purpose, returnOn }: Handing) => ({ to: to ?? '', purpose, ...(returnOn && { returnOn }) })

/** An open case file of the organization (п. 7.8). */
export function FileFields({ organization, value, onChange, faults }: Fields<number | undefined>) {
  const { language } = useSpeech()
  const words = originalWords[language]
  const { data } = useQuery(api.originals.listCaseFiles.queryOptions({ input: { organization, show: 'open' } }))
  if (data?.length === 0) return <Text>{words.noCaseFiles}</Text>
  return (
    <Select
      label={words.caseFile} data={data?.map((file) => ({ value: String(file.id), label: `${file.index} · ${file.title} (${file.year})` })) ?? []} searchable required
      value={value === undefined ? null : String(value)} onChange={(v) => onChange(v ? Number(v) : undefined)} error={faults['caseFile']}
    />
  )
}
