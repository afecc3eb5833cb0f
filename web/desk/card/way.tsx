import type { AppealState } from '../../../regulation/appeal-case.ts'
import { formatDay } from '../../i18n/format.ts'
import type { Card } from '../client.ts'
import { useSpeech } from '../session.tsx'

const line: readonly AppealState[] = ['registered', 'on_resolution', 'in_progress', 'reply_approved', 'dispatched', 'closed']
const reachedBy: Partial<Record<AppealState, readonly string[]>> = {
  registered: ['register'], on_resolution: ['send_for_resolution', 'redirect'], in_progress: ['impose_resolution', 'send_inquiry'],
  reply_approved: ['endorse', 'accept_explanation'], dispatched: ['dispatch_reply', 'confirm_dispatch'], closed: ['close'],
}

/** The way through the regulation as a line, the present place lit. */
export function Way({ card }: { readonly card: Card }) {
  const { words, named } = useSpeech()
  const ended = !line.includes(card.state)
  const states = ended ? (['registered', card.state] as const) : line
  const at = states.indexOf(card.state)
  return (
    <ol className="way" aria-label={words.way}>
      {states.map((state, i) => {
        const reached = i <= at ? card.timeline.findLast((event) => reachedBy[state]?.includes(event.action)) : undefined
        return (
          <li key={state} data-past={i < at || undefined} aria-current={i === at ? 'step' : undefined}>
            {named.states[state]}{reached && i <= at ? <><br />{formatDay(reached.at)}</> : null}
          </li>
        )
      })}
    </ol>
  )
}
