import type { TermsView } from '../../../server/appeals/views.ts'
import type { TrackingView } from '../../../server/tracking/track-appeal.ts'
import { formatDateTime } from '../../i18n/format.ts'
import { vocabulary } from '../../i18n/vocabulary.ts'
import { Layout, Phone } from '../layout.tsx'
import { FileList } from '../parts/file-list.tsx'
import { Rating } from '../parts/rating.tsx'
import { Term } from '../parts/term.tsx'
import { Reply } from '../parts/reply.tsx'
import { Way } from '../parts/way.tsx'
import { at, type View } from '../view.ts'

type Full = NonNullable<TrackingView['full']>
type Props = { readonly view: View; readonly tracking: TrackingView & { readonly full: Full }; readonly code: string; readonly terms: TermsView | undefined; readonly notice?: string | undefined }

/** The appeal with its answer, for whoever holds the code. п. 11.6.5 */
export function AppealPage({ view, tracking, code, terms, notice }: Props) {
  const { words: { track }, language, door } = view
  const { number, full, end } = tracking
  const own = at(view, `/track/${encodeURIComponent(number)}/${code}`)
  return (
    <Layout view={view} title={track.heading(number)} own>
      <h1>{track.heading(number)}</h1>
      <p class="lead">{full.subject}</p>
      {notice && <p class="summary" role="alert">{notice}</p>}
      {end && <End view={view} tracking={tracking} end={end} />}
      {full.answer && <Answer view={view} number={number} code={code} answer={full.answer} />}
      {full.answer && (full.can.rate || full.rating) && <Rating view={view} action={`${own}/rating`} rating={full.rating} />}
      <Way view={view} tracking={tracking} />
      {!end && <Term view={view} full={full} terms={terms} />}
      <section class="card yours" aria-labelledby="yours">
        <h2 id="yours">{track.yours}</h2>
        <dl class="facts">
          <dt>{track.kind}</dt><dd>{vocabulary[language].kinds[full.kind]}</dd>
          <dt>{track.received}</dt><dd>{formatDateTime(full.receivedAt)}</dd>
          <dt>{track.answerBy}</dt><dd>{vocabulary[language].answerWays[full.answerWay]}</dd>
          {full.numbers.length > 1 && <><dt>{track.numbers}</dt><dd><ul>{full.numbers.map((n) => <li>{n.organization[language]}: {n.number}</li>)}</ul></dd></>}
        </dl>
        <div class="letter" lang={full.language}>{full.text}</div>
        <FileList view={view} number={number} code={code} label={track.files} files={full.files} />
      </section>
      <div class="acts">
        {full.can.writeAgain && (
          <p><a class="press" href={at(view, `${door.base}/write?repeat=${encodeURIComponent(number)}&code=${code}`)}>{track.again}</a> <span class="muted">{track.againHint}</span></p>
        )}
        {full.can.withdraw && <p><a href={`${own}/withdraw`}>{track.withdraw}</a></p>}
      </div>
      <p class="muted">{track.call(door.site.name[language])}: <Phone number={door.site.phone} />, {door.site.hours[language]}</p>
    </Layout>
  )
}

function End({ view, tracking: { full }, end }: { view: View; tracking: { full: Full }; end: NonNullable<TrackingView['end']> }) {
  const { words: { track }, language } = view
  return (
    <section class="card end">
      <h2>{track.ends[end][0]}</h2>
      <p>{track.ends[end][1]}</p>
      <dl class="facts">
        {full.redirectedTo && <><dt>{track.to}</dt><dd>{full.redirectedTo[language]}</dd></>}
        {full.joinedTo && <><dt>{track.joinedTo}</dt><dd>№ {full.joinedTo}</dd></>}
        {full.reason && end !== 'withdrawn' && <><dt>{track.reason}</dt><dd>{full.reason}</dd></>}
      </dl>
    </section>
  )
}

function Answer({ view, number, code, answer }: { view: View; number: string; code: string; answer: NonNullable<Full['answer']> }) {
  const { words: { track }, language } = view
  return (
    <section class="card answer" aria-labelledby="answer">
      <h2 id="answer">{track.answer}</h2>
      <p class="muted">{track.answered(formatDateTime(answer.at), answer.organization[language])}</p>
      {answer.said && <><p>{track.calledAt}</p><div class="letter said">{answer.said}</div></>}
      {answer.text && <div class="letter">{answer.body ? <Reply body={answer.body} /> : answer.text}</div>}
      <FileList view={view} number={number} code={code} label={track.answerFiles} files={answer.files} />
    </section>
  )
}
