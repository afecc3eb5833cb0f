import type { Organization } from '../../../server/people/group.ts'
import { letterWords } from '../../i18n/portal-letter.ts'
import { tariffWords } from '../../i18n/tariffs.ts'
import { Layout, Phone } from '../layout.tsx'
import { TrackingBox } from '../parts/tracking-box.tsx'
import { at, doorsOf, type View } from '../view.ts'

/** Five wishes in one tap, then where my appeal is, whom to call and who answers. The same for everybody: kept ready. */
export function FrontPage({ view }: { view: View }) {
  const { words, door, language, group } = view
  const { wishes } = words.front
  return (
    <Layout view={view} title={words.front.title} wide>
      <div class="hello">
        <h1>{words.front.title}</h1>
        <p class="lead">{words.front.lead}</p>
      </div>
      <ul class="wishes">
        <Wish first href={at(view, `${door.base}/write`)} words={wishes.write} icon="M4 20h4L19 9l-4-4L4 16zM13.5 6.5l4 4" />
        <Wish first href={at(view, '/track')} words={wishes.track} icon="M15.5 15.5L21 21M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13zM8 10.5l2 2 3.5-3.5" />
        <Wish href={at(view, '/my/go/readings')} words={wishes.readings} icon="M4 18a8 8 0 1 1 16 0M12 17l4-5M3 18h18" />
        <Wish href={at(view, '/my/go/debt')} words={wishes.debt} icon="M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6" />
        <Wish href={at(view, `${door.base}/outages`)} words={wishes.outages} icon="M13 3L6 13h5l-1 8 7-10h-5z" />
      </ul>
      <p class="others">
        <a href={at(view, '/e-chancellery')}>{letterWords[language].nav}</a> <span class="muted">{letterWords[language].hint}</span>{' · '}
        <a href={at(view, '/forms')}>{letterWords[language].formsNav}</a>{' · '}
        <a href={at(view, '/tariffs')}>{tariffWords[language].nav}</a>
      </p>
      <section class="card" aria-labelledby="where">
        <h2 id="where">{words.front.trackTitle}</h2>
        <TrackingBox view={view} />
      </section>
      <div class="halves">
        <section aria-labelledby="contacts">
          <h2 id="contacts">{words.front.contacts}</h2>
          <ul class="rows">
            {doorsOf(group).map(({ base, site }) => (
              <li>
                <b>{site.name[language]}</b>
                <Phone number={site.phone} />
                <span class="muted">{site.hours[language]}</span>
                {site.id !== door.site.id && <a href={at(view, `${base}/`)}>{words.front.openSite}</a>}
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="companies">
          <h2 id="companies">{words.front.companies}</h2>
          <p class="muted">{words.front.companiesLead}</p>
          <ul class="rows">
            {[...group.organizations.values()].map((organization: Organization) =>
              <li><b>{organization.name[language]}</b><Phone number={organization.phone} /></li>)}
          </ul>
        </section>
      </div>
    </Layout>
  )
}

function Wish({ href, words: [name, hint], icon, first = false }: { href: string; words: readonly string[]; icon: string; first?: boolean }) {
  return (
    <li>
      <a class={first ? 'wish first' : 'wish'} href={href}>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d={icon} /></svg>
        <b>{name}</b>
        <span>{hint}</span>
      </a>
    </li>
  )
}
