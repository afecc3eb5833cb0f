import { Layout, Phone } from '../layout.tsx'
import { at, type View } from '../view.ts'

export const wishesToCome = ['outages'] as const
export type WishToCome = (typeof wishesToCome)[number]

/** A wish the site cannot fulfil yet says so, and how to have it meanwhile. */
export function SoonPage({ view, wish }: { view: View; wish: WishToCome }) {
  const { words, door, language, group } = view
  const [title, text] = words.soon[wish] as [string, string]
  return (
    <Layout view={view} title={title}>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <section class="card" aria-labelledby="call">
        <h2 id="call">{words.soon.call}</h2>
        <ul class="rows">
          <li><b>{door.site.name[language]}</b><Phone number={door.site.phone} /><span class="muted">{door.site.hours[language]}</span></li>
          {wish === 'outages' && [...group.organizations.values()].map((organization) =>
            <li><b>{organization.name[language]}</b><Phone number={organization.phone} /></li>)}
        </ul>
      </section>
      <p><a class="press" href={at(view, `${door.base}/write${wish === 'outages' ? '' : '?kind=application'}`)}>{words.soon.write}</a></p>
    </Layout>
  )
}
