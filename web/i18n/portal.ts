import type { Language } from '../../regulation/vocabulary.ts'
import { kk } from './portal-kk.ts'
import { ru } from './portal-ru.ts'

/** The words of the public pages. Russian gives the shape: a key missing in Kazakh does not compile. */
export type PortalWords = typeof ru

export const portalWords: Readonly<Record<Language, PortalWords>> = { ru, kk }
