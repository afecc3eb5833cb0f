import type { TermsView } from '../../../server/appeals/views.ts'
import type { TrackingView } from '../../../server/tracking/track-appeal.ts'
import { formatDate, formatWeekday } from '../../i18n/format.ts'
import type { View } from '../view.ts'

type Full = NonNullable<TrackingView['full']>

/** By when the answer is due, how it stands, and why that day. */
export function Term({ view, full, terms }: { view: View; full: Full; terms: TermsView | undefined }) {
  const { words: { track }, language } = view
  const { dueOn, state, workingDaysLeft } = full.term
  const isOver = state === 'met' || state === 'missed'
  return (
    <section class="term" aria-labelledby="term">
      <h2 id="term">{track.term}</h2>
      <p>
        <span>{isOver ? track.wasDue(formatDate(dueOn, language)) : track.due(formatDate(dueOn, language))}</span>{' '}
        <strong class={`chip ${state}`}>{chip(view, full)}</strong>
      </p>
      {state === 'late' && <p>{track.sorry}</p>}
      {full.extension && <p>{track.extended(full.extension.reason)}</p>}
      {terms && <Why view={view} terms={terms} />}
    </section>
  )

  function chip({ words }: View, { term }: Full): string {
    if (term.state === 'late') return words.track.late(-workingDaysLeft)
    if (term.state === 'met') return words.track.met
    if (term.state === 'missed') return words.track.missed(-workingDaysLeft)
    return words.track.left(workingDaysLeft)
  }
}

function Why({ view, terms }: { view: View; terms: TermsView }) {
  const { words: { track }, language } = view
  return (
    <details class="why">
      <summary>{track.why}</summary>
      {terms.clocks.toSorted((a, b) => Number(b.binding) - Number(a.binding)).map((clock) => (
        <div class={clock.binding ? 'clock binding' : 'clock'}>
          <h3>{clock.ground[language]}</h3>
          <p>
            {track.clock(track.amount(clock.extendedTo ?? clock.amount, clock.unit), formatDate(clock.dueOn, language))}
            {clock.binding && <em> {terms.clocks.length > 1 ? track.binding : track.only}</em>}
          </p>
          {clock.binding && <ol>{runsOf(clock.steps).map((step) => (
            <li>
              <time datetime={step.date}>{step.from && step.from !== step.date ? `${formatWeekday(step.from, language)} – ${formatWeekday(step.date, language)}` : formatWeekday(step.date, language)}</time>
              {' — '}{stepInWords(view, clock, step)}
            </li>
          ))}</ol>}
        </div>
      ))}
    </details>
  )
}

type ClockView = TermsView['clocks'][number]
type Step = ClockView['steps'][number]

/** Two days of one weekend are one line; a holiday keeps its own, with its name. */
function runsOf(steps: readonly Step[]): Step[] {
  return steps.reduce<Step[]>((runs, step) => {
    const last = runs.at(-1)
    const joins = last && isWeekend(last) && isWeekend(step) && Temporal.PlainDate.from(last.date).add({ days: 1 }).equals(step.date)
    return joins ? [...runs.slice(0, -1), { ...last, from: last.from ?? last.date, date: step.date }] : [...runs, step]
  }, [])
}

/** A day off only because of the day of the week; its reason would say the same again. */
const isWeekend = ({ kind, date, from = date, reason }: Step): boolean =>
  kind === 'day_off' && formatWeekday(from, 'ru').startsWith(`${reason?.ru ?? '?'},`)

function stepInWords({ words: { track: { steps } }, language }: View, clock: ClockView, step: Step): string {
  const reason = step.reason ? `: ${step.reason[language]}` : ''
  switch (step.kind) {
    case 'start': return clock.startsFrom === 'received' || clock.unit === 'calendar_days' ? steps.startReceived : steps.startRegistered
    case 'counted': return steps.counted(step.count ?? 0, clock.unit)
    case 'day_off': return isWeekend(step) ? steps.weekend : `${steps.dayOff}${reason}`
    case 'worked': return `${steps.worked}${reason}`
    case 'moved': return `${steps.moved}${reason}`
    case 'extended': return steps.extended(step.count ?? 0)
    case 'due': return steps.due
  }
}
