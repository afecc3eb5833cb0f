import type { TrackingView } from '../../../server/tracking/track-appeal.ts'
import { formatDate, formatDateTime } from '../../i18n/format.ts'
import { Layout, Phone } from '../layout.tsx'
import { Qr } from '../parts/qr.tsx'
import { at, type View } from '../view.ts'

type Props = { readonly view: View; readonly number: string; readonly code: string; readonly full: NonNullable<TrackingView['full']>; }

/** The number at once, п. 11.6.5; printed, the page is a slip. */
export function SentPage({ view, number, code, full }: Props) {
  const { words: { sent }, words, language, context: { config }, door } = view
  const path = at(view, `/track/${encodeURIComponent(number)}/${code}`)
  const link = `${config.publicUrl}${path}`
  const { dueOn, workingDaysLeft } = full.term
  return (
    <Layout view={view} title={`${sent.title} № ${number}`} islands={['copy-link', 'print-slip', 'draft-done']} own>
      <draft-done />
      <div class="slip">
        <p class="done"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12.5l4.5 4.5L19 7.5" /></svg></p>
        <h1>{sent.title}</h1>
        <p class="number"><small>{sent.lead}</small><strong>{number}</strong></p>
        <p class="lead">{workingDaysLeft > 0 ? sent.due(formatDate(dueOn, language), workingDaysLeft) : sent.today(formatDate(dueOn, language))}</p>
        {full.answerWay === 'email' && <p class="muted">{sent.mailed}</p>}
        <div class="access">
          <div>
            <h2>{sent.code}</h2>
            <p class="secret">{spaced(code)}</p>
            <p class="muted">{sent.codeHint}</p>
            <h2>{sent.link}</h2>
            <p class="link"><a href={path}>{link}</a></p>
            <copy-link data-copy={sent.copy} data-copied={sent.copied} data-text={link} />
          </div>
          <figure>
            <Qr text={link} label={sent.qr} />
            <figcaption>{sent.scan}</figcaption>
          </figure>
        </div>
        <dl class="facts">
          <dt>{sent.accepted}</dt><dd>{formatDateTime(full.receivedAt)}</dd>
          <dt>{sent.from}</dt><dd>{full.name}</dd>
          <dt>{sent.subject}</dt><dd>{full.subject}</dd>
        </dl>
        <p class="printed">{door.site.owner[language]}, {words.phone.toLowerCase()} <Phone number={door.site.phone} />, {door.site.hours[language]}</p>
      </div>
      <div class="acts">
        <a class="press" href={path}>{sent.open}</a>
        <print-slip data-print={sent.print}><p class="muted">{sent.printHint}</p></print-slip>
      </div>
    </Layout>
  )
}

/** In fives, as it is read aloud and typed from paper. */
export const spaced = (code: string): string => code.replace(/(.{5})(?=.)/g, '$1-')
