import { Alert, Anchor, Grid, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { PaperChannel, UnitKind } from '../../../regulation/vocabulary.ts'
import { registerWords } from '../../i18n/register.ts'
import { api, type Group as Companies } from '../client.ts'
import { Empty, Loading } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { ScanDrop } from '../scan/scan-drop.tsx'
import { ScanViewer } from '../scan/scan-viewer.tsx'
import { useGroup, usePerson, useSpeech } from '../session.tsx'
import { PaperForm } from './paper-form.tsx'
import { emptyDraft, usePaperDraft, type PaperDraft } from './paper-draft.ts'
import { Registered, type Done } from './registered.tsx'

export type Item = Awaited<ReturnType<typeof api.intake.getIntakeItem.call>>

/** A paper is registered: its scan left, its fields right; or one that a channel brought (п. 4.2–4.4, 4.10, 5.3, 6.2). */
export function RegisterPage() {
  const { language } = useSpeech()
  const { person } = usePerson()
  const { group } = useGroup()
  const { item: itemId, reserved } = useSearch({ from: '/register' })
  const item = useQuery({ ...api.intake.getIntakeItem.queryOptions({ input: { id: itemId ?? 0 } }), enabled: itemId !== undefined })
  useTitle(registerWords[language].title)
  const mine = person?.assignments?.filter(({ role }) => role === 'registrar').map(({ organization }) => organization) ?? []
  if (itemId !== undefined && item.isError) return <Empty title={registerWords[language].intakeEmpty} />
  if (!group || mine.length === 0 || (itemId !== undefined && !item.data)) return <Loading rows={8} />
  return <Registration key={itemId ?? 'new'} group={group} mine={mine} item={item.data} reserved={reserved} />
}

function Registration({ group, mine, item, reserved = '' }: {
  readonly group: Companies
  readonly mine: readonly string[]
  readonly item?: Item | undefined
  readonly reserved?: string | undefined
}) {
  const { language } = useSpeech()
  const words = registerWords[language]
  const navigate = useNavigate()
  const first = (organization = item?.organization ?? mine[0]!): PaperDraft => ({
    ...emptyDraft(organization, (item?.channel as PaperChannel | undefined) ?? channelsOf(group, organization)[0]!),
    ...(item && fromItem(item)), reserved,
  })
  const { draft, restored, set, begin } = usePaperDraft(item?.id, first)
  const [done, setDone] = useState<Done>()
  const next = () => {
    setDone(undefined)
    begin(emptyDraft(draft.organization, item ? channelsOf(group, draft.organization)[0]! : draft.channel))
    if (item || reserved) void navigate({ to: '/register', search: {} })
  }
  const scans = [...(item?.files ?? []), ...draft.files]
  if (done) return <Registered done={done} next={next} />
  return (
    <Stack maw={1700} mx="auto" gap="sm">
      <Group justify="space-between">
        <Title order={1} size="h2">{words.title}{item && <Text span c="dimmed" fw={400}> · {words.item(item.id)}</Text>}</Title>
        <Text size="sm" c="dimmed" visibleFrom="md">{words.keys}</Text>
      </Group>
      {restored && (
        <Alert color="petrol" p="xs" role="status">
          {words.restored}. <Anchor component="button" type="button" onClick={() => begin(first())}>{words.startAnew}</Anchor>
        </Alert>
      )}
      {item?.words && <Alert color="gray" p="xs" title={words.words}>{item.words}</Alert>}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 6 }} className="beside">
          {scans.length > 0 && (
            <ScanViewer files={scans} remove={draft.files.length > 0 ? (id) => set({ files: draft.files.filter((file) => file.id !== id) }) : undefined} />
          )}
          <ScanDrop value={draft.files} onChange={(files) => set({ files })} compact={scans.length > 0} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <PaperForm draft={draft} set={set} item={item} organizations={mine} channels={channelsOf(group, draft.organization, item)} done={(made) => { begin(draft); setDone(made) }} />
        </Grid.Col>
      </Grid>
    </Stack>
  )
}

const places: Readonly<Record<PaperChannel, readonly UnitKind[]>> = {
  paper_chancellery: ['chancellery'], paper_secretariat: ['secretariat'], paper_service_centre: ['service_centre', 'retail_office'],
  district_office: ['grid_district', 'sales_district'], email: ['secretariat', 'chancellery'], review_book: [],
}

/** The ways by which papers come to an organization; an entry of the review book only as the item it was sent as. */
function channelsOf(group: Companies, organization: string, item?: Item): PaperChannel[] {
  if (item?.bookEntry) return ['review_book']
  const kinds = group.organizations.find(({ id }) => id === organization)?.units.map(({ kind }) => kind) ?? []
  return (Object.keys(places) as PaperChannel[]).filter((channel) => places[channel].some((kind) => kinds.includes(kind)))
}

function fromItem(item: Item): Partial<PaperDraft> {
  const [lastName = '', firstName = '', ...rest] = (item.applicantName ?? '').split(/\s+/)
  const phone = /\+?[\d ()-]{10,}/.exec(item.applicantContacts ?? '')?.[0]?.trim() ?? ''
  return {
    language: item.language, lastName, firstName, middleName: rest.join(' '), phone, address: (item.applicantContacts ?? '').replace(phone, '').replace(/[,;\s]+$/, ''),
    ...(item.kind && { kind: item.kind }), text: item.words, subject: item.words.slice(0, 120), sheets: item.bookEntry ? 0 : 1,
    receivedAt: new Date(Date.parse(item.receivedAt) + 5 * 3_600_000).toISOString().slice(0, 16),
  }
}
