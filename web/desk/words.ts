import type { Language } from '../../regulation/vocabulary.ts'
import { kk } from '../i18n/desk-kk.ts'
import { ru } from '../i18n/desk-ru.ts'

/** The words of the desk. Russian gives the shape: a key missing in Kazakh does not compile. */
export type DeskWords = typeof ru

export const deskWords: Readonly<Record<Language, DeskWords>> = { ru, kk }
