import type { AppealLineView } from '../../../server/appeals/views.ts'
import { formatDate } from '../../i18n/format.ts'
import { vocabulary } from '../../i18n/vocabulary.ts'
import { Layout } from '../layout.tsx'
import { at, type View } from '../view.ts'

type MyLine = AppealLineView & { readonly code: string }

/** What was written with one's own address, newest first. */
export function Lines({ view, lines }: { view: View; lines: readonly MyLine[] }) {
  const { words: { my } } = view
  return lines.length === 0 ? <p class="card">{my.empty} <a href={at(view, '/write')}>{my.write}</a></p> : <ul class="mine">{lines.map((line) => <Line view={view} line={line} />)}</ul>
}

/** Staff have no appeals of their own here: the way back to their desk. */
export function StaffPage({ view, email }: { view: View; email: string }) {
  const { words: { my } } = view
  return (
    <Layout view={view} title={my.title} own>
      <h1>{my.title}</h1>
      <SignedIn view={view} email={email} />
      <p class="card">{my.staff} <a href="/desk/">{my.desk}</a></p>
    </Layout>
  )
}

export function SignedIn({ view, email }: { view: View; email: string }) {
  const { words: { my } } = view
  return (
    <form class="signed" method="post" action={at(view, '/sign-out')}>
      <span class="muted">{my.signedInAs(email)}</span> <button class="plain" type="submit">{my.signOut}</button>
    </form>
  )
}

function Line({ view, line }: { view: View; line: MyLine }) {
  const { words: { track }, language } = view
  const { state, workingDaysLeft } = line.term
  const isOpen = !['dispatched', 'closed', 'redirected', 'joined', 'dismissed', 'withdrawn', 'annulled'].includes(line.state)
  return (
    <li>
      <a href={at(view, `/track/${encodeURIComponent(line.number)}/${line.code}`)}>
        <b>{line.subject}</b>
        <span class="muted">№ {line.number}, {formatDate(line.receivedAt, language)}</span>
        <span><span class="state">{vocabulary[language].states[line.state]}</span>
          {isOpen && <strong class={`chip ${state}`}>{state === 'late' ? track.late(-workingDaysLeft) : track.left(workingDaysLeft)}</strong>}</span>
      </a>
    </li>
  )
}
