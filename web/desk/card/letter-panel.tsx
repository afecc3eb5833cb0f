import { Anchor, Badge, Group, Text } from '@mantine/core'
import { formatDay } from '../../i18n/format.ts'
import { replyWords } from '../../i18n/reply.ts'
import type { Card as Appeal } from '../client.ts'
import { useSpeech } from '../session.tsx'

/** The letter of the answer: its number, how it was signed, and its page for whoever holds it in their hands (п. 7.6). */
export function LetterPanel({ card }: { readonly card: Appeal }) {
  const { language } = useSpeech()
  const words = replyWords[language]
  const { letter } = card
  if (!letter) return card.letterRequired && card.state === 'reply_approved' ? <Text size="sm" c="dimmed" mt="sm">{words.letterRequired}</Text> : null
  const { signature } = letter
  return (
    <Group gap="sm" mt="sm" component="section" aria-label={words.letter}>
      <Anchor href={`/api/v1/appeals/${card.id}/files/${signature?.file ?? letter.file}`} target="_blank" rel="noreferrer">{words.issuedOn(letter.number, formatDay(letter.issuedAt))}</Anchor>
      <Badge tt="none" variant="light" color={signature ? (signature.way === 'development' ? 'orange' : 'green') : 'orange'}>
        {signature ? `${words.signed}: ${words.signedBy[signature.way]}` : `${words.unsigned}: ${letter.signatory.name}`}
      </Badge>
      {signature?.subject && <Text size="sm" c="dimmed">{signature.subject}</Text>}
      <Anchor size="sm" href={letter.checkUrl} target="_blank" rel="noreferrer">{words.checkPage}</Anchor>
    </Group>
  )
}
