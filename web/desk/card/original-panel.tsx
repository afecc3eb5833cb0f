import { Alert, Anchor, Badge, Button, Card, Group, Stack, Text } from '@mantine/core'
import type { Action } from '../../../regulation/appeal-facts.ts'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import { originalWords } from '../../i18n/originals.ts'
import type { Card as Appeal } from '../client.ts'
import { useGroup, useSpeech } from '../session.tsx'
import { useStepOpener } from './steps.ts'
import { localToday } from './working-days.ts'

/** The steps whose buttons stand here, beside what they are about. */
export const paperSteps: readonly Action[] = ['keep_original', 'hand_over_original', 'refuse_original', 'file_original']

/** The paper itself: where it lies, who has it and until when (п. 4.7–4.8); nothing where the appeal came without one. */
export function OriginalPanel({ card }: { readonly card: Appeal }) {
  const { named, language, words: common } = useSpeech()
  const words = originalWords[language]
  const { unit } = useGroup()
  const { open } = useStepOpener(card.id)
  const { original } = card
  if (!original) return null
  const { person, offered, returnOn, shelf, caseFile, destroyedBy } = original
  const place = [original.unit && unit(original.unit), shelf].filter(Boolean).join(', ')
  return (
    <Card withBorder component="section" aria-label={words.on}>
      <Group justify="space-between" mb="xs">
        <Text fw={650} component="h2">{words.on}</Text>
        <Text size="sm" c="dimmed">{words.sheets(original.sheets)}</Text>
      </Group>
      <Stack gap={6}>
        {destroyedBy ? <Text size="sm">{words.destroyedBy(destroyedBy)}</Text> : (
          <Text size="sm">
            <Text span fw={600} inherit>{person ? person.name : place}</Text>
            {person && place && `, ${place}`}
            <Text span c="dimmed" inherit> · {words.since(formatDateTime(original.since))}</Text>
          </Text>
        )}
        {returnOn && !destroyedBy && (
          <Group gap="xs">
            <Text size="sm">{words.returnOn} {formatDay(returnOn)}</Text>
            {returnOn < localToday() && <Badge color="red" variant="filled" tt="none">{words.late}</Badge>}
          </Group>
        )}
        {caseFile && !destroyedBy && <Text size="sm">{words.inFile(caseFile.index)}</Text>}
        {offered && <Alert color="petrol" p="xs" role="note">{words.waits(offered.to.name)} · {offered.purpose}</Alert>}
        <Group gap="xs" className="no-print">
          {card.actions.filter(({ action }) => paperSteps.includes(action)).map((step) => (
            <Button key={step.action} size="sm" px="sm" variant="default" title={common.clause(step.clause)} onClick={() => open(step)}>{named.actions[step.action]}</Button>
          ))}
          {!destroyedBy && <Anchor size="sm" href={`/api/v1/originals/labels.pdf?appeals=${card.id}&language=${language}`} target="_blank" rel="noreferrer">{words.labels}</Anchor>}
        </Group>
      </Stack>
    </Card>
  )
}
