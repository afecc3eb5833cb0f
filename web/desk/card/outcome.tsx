import { Alert, Anchor, Badge, Card, Group, Rating, Stack, Text } from '@mantine/core'
import { formatDateTime, formatDay } from '../../i18n/format.ts'
import { replyWords } from '../../i18n/reply.ts'
import type { Card as Appeal } from '../client.ts'
import { useGroup, useSpeech } from '../session.tsx'
import { ReplyView } from '../parts/reply-view.tsx'
import { Files } from './document.tsx'
import { LetterPanel } from './letter-panel.tsx'

/** The answer that was agreed, how it went to the applicant, and what they said of it. */
export function Outcome({ card }: { readonly card: Appeal }) {
  const { words, language } = useSpeech()
  const said = replyWords[language]
  const { reply, rating } = card
  if (!reply && !card.redirectedTo) return null
  return (
    <Card withBorder component="section" aria-label={words.reply}>
      <Group justify="space-between" mb="xs">
        <Text fw={650} component="h2">{reply ? words.reply : words.redirectedTo}</Text>
        <DispatchBadge card={card} />
      </Group>
      {card.redirectedTo && <RedirectedTo to={card.redirectedTo} />}
      {card.dispatch?.status === 'failed' && <Alert color="red" mb="sm" title={words.failedSend}>{card.dispatch.reason}</Alert>}
      {reply && <div className="sheet"><ReplyView body={reply.body} lang={card.language} /></div>}
      {reply && <LetterPanel card={card} />}
      {reply && <Files card={card} files={reply.files} />}
      {card.dispatch?.granted && <Text size="sm" mt="sm" className="words">{said.granted}: {card.dispatch.granted}</Text>}
      {card.dispatch?.postNumber && <Text size="sm" mt="sm">{said.postNumber}: {card.dispatch.postNumber}</Text>}
      {card.dispatch?.to && (
        <Text size="sm" mt="sm">{words.handedTo}: {card.dispatch.to}{card.dispatch.receipt && <>{' · '}<Anchor href={`/api/v1/appeals/${card.id}/files/${card.dispatch.receipt}`} target="_blank" rel="noreferrer">{said.receipt}</Anchor></>}</Text>
      )}
      {card.dispatch?.said && <Text size="sm" mt="sm" className="words">{words.said}: {card.dispatch.said}</Text>}
      {rating && (
        <Stack gap={2} mt="sm">
          <Group gap="xs"><Text size="sm" c="dimmed">{words.rating}</Text><Rating value={rating.score} readOnly aria-label={`${rating.score} / 5`} /></Group>
          {rating.comment && <Text size="sm" className="words">{rating.comment}</Text>}
        </Stack>
      )}
    </Card>
  )
}

/** The executive's order, until a task repeats it. */
export function Resolution({ card }: { readonly card: Appeal }) {
  const { words } = useSpeech()
  const { unit } = useGroup()
  const { resolution } = card
  if (!resolution || card.tasks.some((task) => task.kind === 'task')) return null
  return (
    <Card withBorder component="section" aria-label={words.resolution}>
      <Group justify="space-between" mb="xs">
        <Text fw={650} component="h2">{words.resolution}</Text>
        <Text size="sm" c="dimmed">{words.dueOn}: {formatDay(resolution.dueOn)}</Text>
      </Group>
      <Text className="words" mb="xs">{resolution.text}</Text>
      <Text size="sm">{words.executors}: {resolution.executors.map((e) => e.person?.name ?? unit(e.unit)).join(', ')}</Text>
      {resolution.controller && <Text size="sm">{words.controller}: {resolution.controller.name}</Text>}
      <Text size="sm" c="dimmed">{resolution.by}, {formatDateTime(resolution.at)}</Text>
    </Card>
  )
}

function RedirectedTo({ to }: { readonly to: string }) {
  const { group } = useGroup()
  const { language } = useSpeech()
  return <Text>{group?.organizations.find((o) => o.id === to)?.name[language] ?? to}</Text>
}

function DispatchBadge({ card }: { readonly card: Appeal }) {
  const { words } = useSpeech()
  const { dispatch } = card
  if (!dispatch || dispatch.status === 'failed') return null
  if (dispatch.status === 'sending') return <Badge tt="none" variant="light" color="orange">{words.sendingNow}</Badge>
  const how = dispatch.way === 'phone' ? words.byPhone : words.delivered
  return <Badge tt="none" variant="light" color="green">{how}{dispatch.at ? ` · ${formatDateTime(dispatch.at)}` : ''}</Badge>
}
