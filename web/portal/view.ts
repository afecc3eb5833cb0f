import type { Context } from 'hono'
import type { Language } from '../../regulation/vocabulary.ts'
import type { RequestContext } from '../../server/operation.ts'
import type { Group, Site } from '../../server/people/group.ts'
import { portalWords, type PortalWords } from '../i18n/portal.ts'
import type { Assets } from './assets.ts'

export type PortalEnv = { Variables: { context: RequestContext } }
export type PortalRequest = Context<PortalEnv>

/** One of the two public sites, п. 11.6.2; the second lives under `/erc`. */
export type Door = { readonly base: '' | '/erc'; readonly site: Site }

/** What every page knows about the request it answers. */
export type View = {
  readonly language: Language
  readonly words: PortalWords
  readonly door: Door
  /** The path after the language, with its query, for the link to the other language. */
  readonly here: string
  readonly group: Group
  readonly assets: Assets
  readonly context: RequestContext
}

/** The address of a page in the language of the view. */
export const at = (view: Pick<View, 'language'>, path: string): string => `/${view.language}${path}`

export function doorsOf(group: Group): Door[] {
  return group.sites.map((site) => ({ base: site.channel === 'erc_feedback' ? '/erc' as const : '' as const, site }))
}

export function viewOf(c: PortalRequest, assets: Assets, language: Language): View {
  const context = c.get('context')
  const { pathname, search } = new URL(c.req.url)
  // Pages without a language have no other one: the switch leads to the front page.
  const here = /^\/(ru|kk)(\/|$)/.test(pathname) ? pathname.slice(3) || '/' : '/'
  const doors = doorsOf(context.group)
  const door = doors.find(({ base }) => base === '/erc' && /^\/erc(\/|$)/.test(here)) ?? doors.find(({ base }) => base === '') ?? doors[0]!
  return {
    language, words: portalWords[language], door, here: here + (c.req.method === 'GET' ? search : ''), group: context.group, assets,
    context: { ...context, language },
  }
}
