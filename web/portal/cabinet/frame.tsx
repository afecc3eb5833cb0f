import type { Child } from 'hono/jsx'
import { cabinetWords, type CabinetWords } from '../../i18n/cabinet.ts'
import { Layout } from '../layout.tsx'
import { at, type View } from '../view.ts'

export const sections = ['home', 'readings', 'bills', 'card', 'payments', 'consumption', 'access'] as const
export type Section = (typeof sections)[number]
export type Place = { readonly id: number; readonly number: string; readonly holder: string; readonly address: string }

export const wordsOf = ({ language }: Pick<View, 'language'>): CabinetWords => cabinetWords[language]
export const accountPath = (view: Pick<View, 'language'>, account: number, section: Section = 'home'): string => at(view, `/my/${account}${section === 'home' ? '' : `/${section}`}`)

/** One account: which it is, then its rooms, then the page. */
export function Frame({ view, account, section, title, notice, islands, children }: {
  view: View; account: Place; section: Section; title?: string; notice?: Child; islands?: readonly string[]; children?: Child
}) {
  const words = wordsOf(view)
  return (
    <Layout view={view} title={`${title ?? words.sections[section]}, № ${account.number}`} own wide {...(islands && { islands })}>
      <div class="account">
        <p class="muted"><a href={at(view, '/my')}>{words.title}</a> · {words.account} <b>{account.number}</b></p>
        <p><b>{account.address}</b></p>
      </div>
      <nav class="rooms" aria-label={words.account}>
        {sections.map((one) => <a href={accountPath(view, account.id, one)} {...(one === section && { 'aria-current': 'page' })}>{words.sections[one]}</a>)}
        <a href={at(view, '/my/messages')}>{words.sections.messages}</a>
      </nav>
      {notice && <p class="notice good" role="status">{notice}</p>}
      {children}
    </Layout>
  )
}
