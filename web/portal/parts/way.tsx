import { trackingStages, type TrackingView } from '../../../server/tracking/track-appeal.ts'
import { formatDate } from '../../i18n/format.ts'
import type { View } from '../view.ts'

/** The way as a line: what is behind, where it is now, what is ahead. `stages` are known only with the code. */
export function Way({ view, tracking }: { view: View; tracking: TrackingView }) {
  const { words: { track }, language } = view
  const { stage, end, full } = tracking
  const present = trackingStages.indexOf(stage)
  return (
    <ol class="way" aria-label={track.way}>
      {trackingStages.filter((_, i) => !end || i <= present).map((name, i) => {
        const moment = full?.stages.find((reached) => reached.stage === name)?.at
        const isNow = i === present && !end
        return (
          <li class={i < present || (i === present && (end || name === 'answered')) ? 'past' : isNow ? 'now' : 'ahead'} aria-current={isNow ? 'step' : undefined}>
            <b>{track.stages[name]}</b>
            {moment && i <= present && <time datetime={moment}>{formatDate(moment, language)}</time>}
            {isNow && <span>{name === 'answered' && !full?.answer ? track.answeredClosed : track.notes[name]}</span>}
          </li>
        )
      })}
      {end && <li class="ended" aria-current="step"><b>{track.ends[end][0]}</b></li>}
    </ol>
  )
}
