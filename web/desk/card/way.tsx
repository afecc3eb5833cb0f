import type { AppealState } from '../../../regulation/appeal-case.ts'
import { formatDay } from '../../i18n/format.ts'
import type { Card } from '../client.ts'
import { useSpeech } from '../session.tsx'

const line: readonly AppealState[] = ['registered', 'on_resolution', 'in_progress', 'reply_approved', 'dispatched', 'closed']
const reachedBy: Partial<Record<AppealState, readonly string[]>> = {
  registered: ['register'], on_resolution: ['send_for_resolution', 'redirect'], in_progress: ['impose_resolution', 'send_inquiry'],
  reply_approved: ['endorse', 'accept_explanation'], dispatched: ['dispatch_reply', 'confirm_dispatch'], closed: ['close'],
  redirected: ['redirect'], joined: ['join'], dismissed: ['dismiss'], withdrawn: ['withdraw'], annulled: ['annul'],
}

/** The way through the regulation as a line, the present place lit; a way that ended aside shows only its ends. */
export function Way({ card }: { readonly card: Card }) {
  const { words, named } = useSpeech()
  const states: readonly AppealState[] = line.includes(card.state) ? line : ['registered', card.state]
  const at = states.indexOf(card.state)
  const reached = (state: AppealState) => card.timeline.findLast((event) => reachedBy[state]?.includes(event.action))
  return (
    <ol className="way" aria-label={words.way}>
      {states.map((state, i) => {
        const event = i <= at ? reached(state) : undefined
        return (
          <li key={state} data-past={i < at || undefined} data-skipped={(i < at && !event) || undefined} aria-current={i === at ? 'step' : undefined}>
            {named.states[state]}
            {event && <small>{formatDay(event.at)}</small>}
          </li>
        )
      })}
    </ol>
  )
}
