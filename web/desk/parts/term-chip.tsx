import { Badge, Tooltip } from '@mantine/core'
import type { AppealState } from '../../../regulation/appeal-case.ts'
import { formatDate, workingDaysLeft } from '../../i18n/format.ts'
import type { Line } from '../client.ts'
import { useSpeech } from '../session.tsx'

const colors = { calm: 'gray', soon: 'orange', late: 'red', met: 'green', missed: 'red' } as const

/** What ended without an answer of ours waits for no day. */
export const endedAside = (state: AppealState): boolean => ['redirected', 'joined', 'dismissed', 'withdrawn', 'annulled'].includes(state)

/** «осталось 2 рабочих дня», with the date behind it; after the answer whether the term was met. A calm one keeps still. */
export function TermChip({ term, size = 'md' }: { readonly term: Line['term']; readonly size?: 'md' | 'lg' }) {
  const { words, language } = useSpeech()
  const said = term.state === 'met' ? words.inTime : term.state === 'missed' ? words.afterTerm : workingDaysLeft(term.workingDaysLeft, language)
  return (
    <Tooltip label={formatDate(term.dueOn, language)}>
      <Badge
        color={colors[term.state]} variant={term.state === 'late' ? 'filled' : term.state === 'calm' ? 'default' : 'light'} size={size}
        tt="none" fw={600} className="chip"
      >
        {said}
      </Badge>
    </Tooltip>
  )
}
