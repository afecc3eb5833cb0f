import { TextInput } from '@mantine/core'
import { formatDate, formatWeekday, workingDays } from '../../../i18n/format.ts'
import type { Card } from '../../client.ts'
import { useSpeech } from '../../session.tsx'
import { localToday, workingDaysBetween } from '../working-days.ts'

/** A day, not past and not after the answer is due; the browser's own calendar, the phone's wheel. */
export function DueDay({ card, value, onChange, error }: {
  readonly card: Card
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
}) {
  const { words, language } = useSpeech()
  const today = localToday()
  const latest = card.term.dueOn < today ? today : card.term.dueOn
  const before = value >= today && value <= latest ? workingDaysBetween(card, value, latest) : undefined
  return (
    <div>
      <TextInput
        type="date" label={words.dueOn} description={words.dueHint(formatDate(latest, language))} min={today} max={latest}
        value={value} onChange={(e) => onChange(e.currentTarget.value)} error={error} required w={260} maw="100%" inputWrapperOrder={['label', 'description', 'input', 'error']}
      />
      {before !== undefined && (
        <small className="quiet">
          {formatWeekday(value, language)} — {before === 0 ? words.onTheTerm : words.daysBefore(workingDays(before, language))}
        </small>
      )}
    </div>
  )
}
