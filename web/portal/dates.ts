import type { Language } from '../../regulation/vocabulary.ts'

/** Days and moments in words, in the zone of the companies. Only for pages made by the server: Node knows Kazakh. */

const zone = 'Asia/Almaty'
const tags: Readonly<Record<Language, string>> = { ru: 'ru-KZ', kk: 'kk-KZ' }
const made = new Map<string, Intl.DateTimeFormat>()

/** «7 декабря 2026 г.» of a day as `2026-12-07`. */
export const dayInWords = (day: string, language: Language): string =>
  formatter(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

/** With the day of the week, for the reader who plans: «понедельник, 7 декабря». */
export const weekdayInWords = (day: string, language: Language): string =>
  formatter(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

/** «23 ноября 2026 г., 14:05» of an instant. */
export const momentInWords = (instant: string, language: Language): string =>
  `${momentsDay(instant, language)}, ${formatter('ru', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(instant))}`

/** The local day of an instant, in words. */
export const momentsDay = (instant: string, language: Language): string =>
  formatter(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }).format(new Date(instant))

function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`
  const known = made.get(key) ?? new Intl.DateTimeFormat(tags[language], options)
  made.set(key, known)
  return known
}
