import { Anchor, Card, Group, Image, Stack, Table, Text } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatDateTime, formatDay, formatSize } from '../../i18n/format.ts'
import { api, type Card as Appeal } from '../client.ts'
import { isScan, ScanViewer } from '../scan/scan-viewer.tsx'
import { useSpeech } from '../session.tsx'

/** What the applicant wrote, who they are, what they attached, and what else they have written. */
export function Document({ card }: { readonly card: Appeal }) {
  const { words } = useSpeech()
  const scans = card.files.filter((file) => isScan(file.mediaType)).map((file) => ({ ...file, src: `/api/v1/appeals/${card.id}/files/${file.id}` }))
  return (
    <Stack>
      <Card withBorder component="article">
        {card.body && <Text className="words" size="md" lang={card.language} mb={scans.length > 0 ? 'md' : 0}>{card.body}</Text>}
        {scans.length > 0 && <ScanViewer files={scans} />}
        <Files card={card} files={card.files.filter((file) => !isScan(file.mediaType))} />
        {card.files.length === 0 && <Text size="sm" c="dimmed" mt="sm">{words.noFiles}</Text>}
      </Card>
      <Applicant card={card} />
      <Similar card={card} />
    </Stack>
  )
}

/** Attachments: pictures shown at once, everything downloadable. */
export function Files({ card, files }: { readonly card: Pick<Appeal, 'id'>; readonly files: Appeal['files'] }) {
  const { language } = useSpeech()
  if (files.length === 0) return null
  const url = (id: string) => `/api/v1/appeals/${card.id}/files/${id}`
  return (
    <Stack gap="xs" mt="md">
      {files.map((file) => (
        <div key={file.id}>
          <Group gap={6} wrap="nowrap">
            <IconPaperclip size={16} aria-hidden />
            <Anchor href={url(file.id)} target="_blank" rel="noreferrer" style={{ overflowWrap: 'anywhere' }}>{file.name}</Anchor>
            <Text size="sm" c="dimmed">{formatSize(file.size, language)}</Text>
          </Group>
          {/^image\/(jpeg|png|webp|gif)$/.test(file.mediaType) && (
            <Image src={url(file.id)} alt={file.name} mah={320} w="auto" maw="100%" fit="contain" mt={4} radius="sm" loading="lazy" />
          )}
        </div>
      ))}
    </Stack>
  )
}

function Applicant({ card }: { readonly card: Appeal }) {
  const { words, named } = useSpeech()
  const { applicant } = card
  const rows: readonly (readonly [string, string | undefined])[] = [
    [words.applicant, `${applicant.name || words.anonymous} (${named.groups[applicant.group].toLowerCase()})`],
    [words.address, applicant.address], [words.phone, applicant.phone], [words.email, applicant.email], [words.identifier, applicant.identifier],
    [words.account, applicant.account], [words.outgoing, applicant.outgoingNumber && `${applicant.outgoingNumber}${applicant.outgoingOn ? `, ${formatDay(applicant.outgoingOn)}` : ''}`],
    [words.answerWay, named.answerWays[card.answerWay]], [words.channel, named.channels[card.channel]],
    [words.appealLanguage, card.language === 'kk' ? words.inKk : words.inRu], [words.received, formatDateTime(card.receivedAt)],
    [named.actions.acknowledge_receipt, card.acknowledged && words.acknowledged[card.acknowledged]],
  ]
  return (
    <Card withBorder component="section" aria-label={words.applicant}>
      <Table withRowBorders={false} verticalSpacing={4} horizontalSpacing={0}>
        <Table.Tbody>
          {rows.filter(([, value]) => value).map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th w={160} c="dimmed" fw={400} scope="row">{label}</Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  )
}

/** Likely duplicates and earlier appeals of the same applicant. */
function Similar({ card }: { readonly card: Appeal }) {
  const { words, named } = useSpeech()
  const { data: similar } = useQuery(api.appeals.similarAppeals.queryOptions({ input: { appealId: card.id } }))
  if (!similar || similar.length === 0) return null
  return (
    <Card withBorder component="section" aria-label={words.similar}>
      <Text fw={650} mb="xs" component="h2">{words.similar}</Text>
      <Stack gap={4}>
        {similar.map((line) => (
          <Text size="sm" key={line.id}>
            <Anchor component={Link} to={`/appeals/${line.id}`}>{line.number}</Anchor>
            {' · '}{formatDay(line.receivedAt)} · {line.subject} · <Text span c="dimmed" inherit>{named.states[line.state]}</Text>
          </Text>
        ))}
      </Stack>
    </Card>
  )
}
