import { Alert, Button, Card, Group, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { appealKinds, type AppealKind, type Language } from '../../../regulation/vocabulary.ts'
import { registerWords } from '../../i18n/register.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { receivers } from '../navigation.tsx'
import { ScanDrop } from '../scan/scan-drop.tsx'
import { ScanViewer } from '../scan/scan-viewer.tsx'
import type { ScanFile } from '../scan/upload-file.ts'
import { useGroup, usePerson, useSpeech } from '../session.tsx'

/** A district or a service centre sends what it took in to its chancellery: a photo and a few words are enough (п. 4.9, 5.2). */
export function SendForm() {
  const { language, named } = useSpeech()
  const words = registerWords[language]
  const { person } = usePerson()
  const { unit: nameOf } = useGroup()
  const queries = useQueryClient()
  const places = person?.assignments?.flatMap(({ role, unit }) => (receivers.includes(role) && unit ? [unit] : [])) ?? []
  const empty = { unit: places[0] ?? '', files: [] as readonly ScanFile[], applicantName: '', applicantContacts: '', words: '', kind: undefined as AppealKind | undefined, language: 'ru' as Language }
  const [draft, setDraft] = useState(empty)
  const set = (change: Partial<typeof empty>) => setDraft((now) => ({ ...now, ...change }))
  const send = useMutation({
    mutationFn: () => client.intake.sendIntakeItem({ ...draft, files: draft.files.map(({ id }) => id) }),
    onSuccess: async () => {
      notifications.show({ message: words.sent, color: 'petrol' })
      setDraft(empty)
      await queries.invalidateQueries({ queryKey: api.intake.key() })
    },
  })
  const faults = faultWords(send.error, language)
  return (
    <Card withBorder component="form" onSubmit={(e) => { e.preventDefault(); send.mutate() }}>
      <Stack gap="sm">
        {draft.files.length > 0 && <ScanViewer files={draft.files} remove={(id) => set({ files: draft.files.filter((file) => file.id !== id) })} />}
        <ScanDrop value={draft.files} onChange={(files) => set({ files })} compact={draft.files.length > 0} />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="xs">
          {places.length > 1 && (
            <Select label={words.place} data={places.map((one) => ({ value: one, label: nameOf(one) }))} value={draft.unit} allowDeselect={false} onChange={(v) => { if (v) set({ unit: v }) }} />
          )}
          <TextInput label={`${words.applicant} (${words.optional})`} value={draft.applicantName} onChange={(e) => set({ applicantName: e.currentTarget.value })} error={faults['applicantName']} />
          <TextInput label={`${words.contacts} (${words.optional})`} value={draft.applicantContacts} onChange={(e) => set({ applicantContacts: e.currentTarget.value })} error={faults['applicantContacts']} />
          <Select
            label={`${words.kind} (${words.optional})`} data={appealKinds.map((one) => ({ value: one, label: named.kinds[one] }))} value={draft.kind ?? null} clearable
            onChange={(v) => set({ kind: (v as AppealKind | null) ?? undefined })}
          />
          <Select
            label={words.language} data={[{ value: 'ru', label: words.ru }, { value: 'kk', label: words.kk }]} value={draft.language} allowDeselect={false}
            onChange={(v) => { if (v) set({ language: v as Language }) }}
          />
        </SimpleGrid>
        <Textarea label={`${words.words} (${words.optional})`} value={draft.words} onChange={(e) => set({ words: e.currentTarget.value })} error={faults['words']} autosize minRows={2} />
        {send.isError && <Alert color="red" role="alert">{faults['files'] ?? errorWords(send.error, language)}</Alert>}
        <Group justify="flex-end"><Button type="submit" loading={send.isPending} disabled={draft.files.length === 0}>{words.send}</Button></Group>
      </Stack>
    </Card>
  )
}
