import { Badge, Tooltip } from '@mantine/core'
import { formatDate, workingDaysLeft } from '../../i18n/format.ts'
import type { Line } from '../client.ts'
import { useSpeech } from '../session.tsx'

const colors = { calm: 'gray', soon: 'orange', late: 'red', met: 'green', missed: 'red' } as const

/** «осталось 2 рабочих дня», with the date behind it; after the answer whether the term was met. */
export function TermChip({ term, size = 'md' }: { readonly term: Line['term']; readonly size?: 'md' | 'lg' }) {
  const { language } = useSpeech()
  const words = term.state === 'met' ? (language === 'kk' ? 'мерзімінде' : 'в срок')
    : term.state === 'missed' ? (language === 'kk' ? 'мерзімінен кеш' : 'с опозданием')
      : workingDaysLeft(term.workingDaysLeft, language)
  return (
    <Tooltip label={formatDate(term.dueOn, language)}>
      <Badge color={colors[term.state]} variant={term.state === 'late' ? 'filled' : 'light'} size={size} tt="none" fw={600}>{words}</Badge>
    </Tooltip>
  )
}
