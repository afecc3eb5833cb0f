import { Anchor, Badge, Checkbox, Group, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../i18n/format.ts'
import { originalWords } from '../../i18n/originals.ts'
import type { client } from '../client.ts'
import { useGroup, useSpeech } from '../session.tsx'

export type Original = Awaited<ReturnType<typeof client.originals.listOriginals>>['originals'][number]

/** Papers one under another: what it is, where it is, when it must be back; chosen by their boxes where there is something to do with them. */
export function OriginalLines({ lines, chosen, choose, after }: {
  readonly lines: readonly Original[]
  readonly chosen?: ReadonlySet<number>
  readonly choose?: (ids: ReadonlySet<number>) => void
  readonly after?: (line: Original) => ReactNode
}) {
  const { language } = useSpeech()
  const words = originalWords[language]
  const all = lines.length > 0 && lines.every((line) => chosen?.has(line.appeal))
  const toggle = (id: number) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    choose?.(next)
  }
  return (
    <div className="journal">
      <Table highlightOnHover fz="sm" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {choose && (
              <Table.Th w={40}>
                <Checkbox aria-label={words.chooseAll} checked={all} indeterminate={!all && (chosen?.size ?? 0) > 0} onChange={() => choose(all ? new Set() : new Set(lines.map((line) => line.appeal)))} />
              </Table.Th>
            )}
            <Table.Th>{words.paper}</Table.Th><Table.Th>{words.where}</Table.Th><Table.Th visibleFrom="sm">{words.term}</Table.Th>
            {after && <Table.Th />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.appeal} bg={chosen?.has(line.appeal) ? 'var(--mantine-primary-color-light)' : undefined}>
              {choose && <Table.Td><Checkbox aria-label={words.choose(line.number)} checked={chosen?.has(line.appeal) ?? false} onChange={() => toggle(line.appeal)} /></Table.Td>}
              <Table.Td>
                <Group gap={6}>
                  <Anchor component={Link} to={`/appeals/${line.appeal}`} inherit style={{ whiteSpace: 'nowrap' }}>{line.number}</Anchor>
                  <Text size="xs" c="dimmed">{formatDay(line.registeredAt)} · {words.sheets(line.sheets)}</Text>
                </Group>
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{line.applicantName}. {line.subject}</Text>
                <Term line={line} hiddenFrom="sm" />
              </Table.Td>
              <Table.Td><Where line={line} /></Table.Td>
              <Table.Td visibleFrom="sm"><Term line={line} /></Table.Td>
              {after && <Table.Td>{after(line)}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

export function Where({ line }: { readonly line: Original }) {
  const { language } = useSpeech()
  const words = originalWords[language]
  const { unit } = useGroup()
  if (line.destroyedBy) return <Text size="sm">{words.destroyedBy(line.destroyedBy)}</Text>
  const place = [line.unit && unit(line.unit), line.shelf].filter(Boolean).join(', ')
  return (
    <>
      <Text size="sm">{line.person ? line.person.name : place}</Text>
      <Text size="xs" c="dimmed">{[line.person && place, line.caseFile && words.inFile(line.caseFile.index), words.since(formatDay(line.since))].filter(Boolean).join(' · ')}</Text>
      {line.offeredTo && <Badge variant="light" tt="none" size="sm">{words.waits(line.offeredTo.name)}</Badge>}
    </>
  )
}

function Term({ line, hiddenFrom }: { readonly line: Original; readonly hiddenFrom?: 'sm' }) {
  const { language } = useSpeech()
  if (!line.returnOn) return null
  return <Badge hiddenFrom={hiddenFrom} tt="none" color={line.overdue ? 'red' : 'gray'} variant={line.overdue ? 'filled' : 'light'} title={line.overdue ? originalWords[language].late : undefined}>{formatDay(line.returnOn)}</Badge>
}
