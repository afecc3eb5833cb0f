import type { Child } from 'hono/jsx'
import { letterWords } from '../i18n/portal-letter.ts'
import { at, doorsOf, type View } from './view.ts'

type Props = {
  readonly view: View
  readonly title: string
  readonly islands?: readonly string[]
  /** Only for whoever holds the link or the session: search engines and referrers are told nothing. */
  readonly own?: boolean
  /** What the browser should have at hand before it needs it. */
  readonly wide?: boolean
  readonly children?: Child
}

/** The frame of every page. */
export function Layout({ view, title, islands = [], own = false, wide = false, children }: Props) {
  const { words, language, assets, door } = view
  const fonts = language === 'kk' ? ['inter-cyrillic.woff2', 'inter-cyrillic-ext.woff2'] : ['inter-cyrillic.woff2']
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf9f6" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#111716" />
        {own && <meta name="robots" content="noindex, nofollow" />}
        {own && <meta name="referrer" content="no-referrer" />}
        <title>{`${title} — ${door.site.owner[language]}`}</title>
        <link rel="icon" href={assets.url('icon.svg')} type="image/svg+xml" />
        {fonts.map((font) => <link rel="preload" href={assets.url(font)} as="font" type="font/woff2" crossorigin="anonymous" />)}
        <link rel="stylesheet" href={assets.url('portal.css')} />
        {islands.map((island) => <script type="module" src={assets.url(`${island}.js`)} />)}
      </head>
      <body>
        <a class="skip" href="#content">{words.skip}</a>
        <Header view={view} />
        <main id="content" class={wide ? 'page wide' : 'page'} tabindex={-1}>{children}</main>
        <Footer view={view} />
      </body>
    </html>
  )
}

function Header({ view }: { view: View }) {
  const { words, language, door, here } = view
  const other = language === 'ru' ? 'kk' : 'ru'
  return (
    <header class="top">
      <div class="bar">
        <a class="brand" href={at(view, `${door.base}/`)}>
          <Mark />
          <span><b>{door.site.owner[language]}</b><small>{door.base ? door.site.name[language] : words.brand}</small></span>
        </a>
        <a class="tongue" href={`/${other}${here}`} lang={other} hreflang={other}>{words.otherLanguage}</a>
        <nav aria-label={words.nav.label}>
          <a href={at(view, `${door.base}/write`)} aria-current={here.startsWith(`${door.base}/write`) ? 'page' : undefined}>{words.nav.write}</a>
          <a href={at(view, '/track')} aria-current={here === '/track' ? 'page' : undefined}>{words.nav.track}</a>
          <a href={at(view, '/my')} aria-current={here === '/my' ? 'page' : undefined}>{words.nav.my}</a>
        </nav>
      </div>
    </header>
  )
}

function Footer({ view }: { view: View }) {
  const { words, language, door, group } = view
  return (
    <footer class="foot">
      <div class="bar">
        <p class="call">
          <b>{door.site.owner[language]}</b> <Phone number={door.site.phone} /> <span>{door.site.hours[language]}</span>
        </p>
        <ul>
          <li><a href={at(view, '/e-chancellery')}>{letterWords[language].nav}</a></li>
          <li><a href={at(view, '/forms')}>{letterWords[language].formsNav}</a></li>
          <li><a href={at(view, '/rules')}>{words.footer.rules}</a></li>
          <li><a href={at(view, '/consent')}>{words.footer.consent}</a></li>
          {doorsOf(group).filter(({ site }) => site.id !== door.site.id).map(({ base, site }) =>
            <li><a href={at(view, `${base}/`)}>{site.name[language]}</a></li>)}
          <li><a href="/desk/" rel="nofollow">{words.footer.staff}</a></li>
        </ul>
      </div>
    </footer>
  )
}

/** A number that a phone can dial. */
export function Phone({ number }: { number: string }) {
  return <a class="phone" href={`tel:${number.replace(/[^+\d]/g, '')}`}>{number}</a>
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" /><path class="leaf" d="M7 9h18v11H15l-5 4v-4H7z" /><path class="tick" d="M12 14.6l2.6 2.5L20 11.9" />
    </svg>
  )
}
