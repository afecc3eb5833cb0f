import { Alert, Anchor, Button, Card, Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { partName } from '../../../regulation/paper-form.ts'
import { formatDay } from '../../i18n/format.ts'
import { registerWords } from '../../i18n/register.ts'
import { api, client, type Line } from '../client.ts'
import { useSpeech } from '../session.tsx'
import type { PaperDraft } from './paper-draft.ts'

type Found = Awaited<ReturnType<typeof client.intake.recognizeApplicant>>

/** Who it seems to be, from earlier appeals: one press takes them. Beside: what they wrote before, and likely duplicates. */
export function Recognized({ draft, set }: { readonly draft: PaperDraft; readonly set: (change: Partial<PaperDraft>) => void }) {
  const { language } = useSpeech()
  const words = registerWords[language]
  const name = draft.group === 'person' ? [draft.lastName, draft.firstName].filter(Boolean).join(' ') : draft.companyName
  const [hints] = useDebouncedValue({ organization: draft.organization, phone: draft.phone, email: draft.email, account: draft.account, identifier: draft.identifier, name, subject: draft.subject }, 250)
  const asked = [hints.phone.length > 9, hints.email.includes('@'), hints.account.length > 3, hints.identifier.length > 11, hints.name.length > 2].some(Boolean)
  const { data } = useQuery({ ...api.intake.recognizeApplicant.queryOptions({ input: hints }), enabled: asked, placeholderData: (before) => before })
  const found = asked ? data : undefined
  const fresh = found?.applicants.filter((one) => one.name !== name || (one.phone && !draft.phone) || (!draft.address && one.address)) ?? []
  const take = (one: Found['applicants'][number]) => set({
    group: one.group, ...(one.group === 'person' ? partName(one.name) : { companyName: one.name }), address: one.address || draft.address,
    phone: one.phone ?? draft.phone, email: one.email ?? draft.email, identifier: one.identifier ?? draft.identifier, account: one.account ?? draft.account,
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const one = event.altKey && /^Digit[1-5]$/.test(event.code) ? fresh[Number(event.code.slice(5)) - 1] : undefined
      if (!one) return
      event.preventDefault()
      take(one)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
  if (!found) return null
  return (
    <Stack gap="sm" aria-live="polite">
      {fresh.length > 0 && (
        <Card withBorder p="sm">
          <Text size="sm" fw={650} mb={6}>{words.known}</Text>
          <Stack gap={6}>
            {fresh.map((one, i) => (
              <Group key={`${one.name} ${one.phone ?? one.address}`} justify="space-between" wrap="nowrap" gap="sm">
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  <b>{one.name}</b> · {one.address} {one.phone && `· ${one.phone}`} <Text span c="dimmed" inherit>({words.matched[one.matched]}, {words.appeals(one.appeals)})</Text>
                </Text>
                <Button size="compact-sm" variant="light" style={{ flexShrink: 0 }} onClick={() => take(one)}>{words.take} · Alt+{i + 1}</Button>
              </Group>
            ))}
          </Stack>
        </Card>
      )}
      {found.duplicates.length > 0 && (
        <Alert color="yellow" title={words.duplicates} role="status"><Earlier lines={found.duplicates} set={set} /></Alert>
      )}
      {found.earlier.some((line) => !found.duplicates.some(({ id }) => id === line.id)) && (
        <Card withBorder p="sm">
          <Text size="sm" fw={650} mb={6}>{words.earlier}</Text>
          <Earlier lines={found.earlier.filter((line) => !found.duplicates.some(({ id }) => id === line.id))} set={set} />
        </Card>
      )}
    </Stack>
  )
}

function Earlier({ lines, set }: { readonly lines: readonly Line[]; readonly set: (change: Partial<PaperDraft>) => void }) {
  const { language, named } = useSpeech()
  const words = registerWords[language]
  return (
    <Stack gap={6}>
      {lines.map((line) => (
        <Group key={line.id} justify="space-between" gap="xs" wrap="nowrap">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <Anchor href={`/desk/appeals/${line.id}`} target="_blank" rel="noreferrer">{line.number}</Anchor>
            {' · '}{formatDay(line.receivedAt)} · {line.subject} · <Text span c="dimmed" inherit>{named.states[line.state]}</Text>
          </Text>
          <Button size="compact-xs" variant="subtle" style={{ flexShrink: 0 }} onClick={() => set({ repeatOf: { id: line.id, number: line.number } })}>{words.asRepeat}</Button>
        </Group>
      ))}
    </Stack>
  )
}
