import { Layout, Phone } from '../layout.tsx'
import { at, type View } from '../view.ts'

export type ErrorStatus = Extract<keyof View['words']['error'], number>

/** What went wrong, what to do, and the number under which we find it. `said`: the refusal in its own words. */
export function ErrorPage({ view, status, said }: { view: View; status: ErrorStatus; said?: string | undefined }) {
  const { words: { error }, door, language, context } = view
  const [title, help] = error[status] as [string, string]
  return (
    <Layout view={view} title={title} own>
      <h1>{title}</h1>
      {said && <p class="lead">{said}</p>}
      <p>{help}</p>
      <div class="acts">
        <a class="press" href={at(view, `${door.base}/`)}>{error.home}</a>
        <a href={at(view, `${door.base}/write`)}>{error.write}</a>
        <Phone number={door.site.phone} />
        <span class="muted">{door.site.hours[language]}</span>
      </div>
      <p class="muted small">{error.request}: <code>{context.requestId}</code></p>
    </Layout>
  )
}
