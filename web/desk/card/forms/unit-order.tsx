import { ActionIcon, Group, Select, Stack, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useGroup, useSpeech } from '../../session.tsx'

/** Units in order: the first leads (п. 7.3). */
export function UnitOrder({ organization, units, onChange, faults }: {
  readonly organization: string
  readonly units: readonly string[]
  readonly onChange: (units: string[]) => void
  readonly faults: Readonly<Record<string, string>>
}) {
  const { words, language } = useSpeech()
  const { group, unit } = useGroup()
  const own = group?.organizations.find((o) => o.id === organization)?.units ?? []
  const swap = (i: number, j: number) => onChange(units.map((id, at) => (at === i ? units[j]! : at === j ? units[i]! : id)))
  const fault = faults['units'] ?? Object.entries(faults).find(([field]) => field.startsWith('units.'))?.[1]
  return (
    <Stack gap={6}>
      <Select
        label={words.units} description={words.unitsHint} placeholder={words.addUnit} searchable value={null} error={fault}
        data={own.filter((u) => !units.includes(u.id)).map((u) => ({ value: u.id, label: u.name[language] }))}
        onChange={(id) => { if (id) onChange([...units, id]) }} required={units.length === 0}
      />
      {units.map((id, i) => (
        <Group key={id} gap={4} wrap="nowrap">
          <Text size="sm" style={{ flex: 1 }}>
            {i + 1}. {unit(id)}{i === 0 && <Text span c="petrol" fw={600} inherit> · {words.lead}</Text>}
          </Text>
          <ActionIcon variant="subtle" disabled={i === 0} aria-label={`${words.up}: ${unit(id)}`} onClick={() => swap(i, i - 1)}>
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle" disabled={i === units.length - 1} aria-label={`${words.down}: ${unit(id)}`} onClick={() => swap(i, i + 1)}
          >
            <IconArrowDown size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle" color="red" aria-label={`${words.remove}: ${unit(id)}`}
            onClick={() => onChange(units.filter((other) => other !== id))}
          >
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
    </Stack>
  )
}
