import type { Language } from '../../regulation/vocabulary.ts'

/**
 * Days, moments and counts in words, the same in Node and in every browser: browsers have no Kazakh data and claim
 * they do, so `Intl` is never asked. All local times are Asia/Almaty, which is UTC+5 since 2024-03-01.
 */

const months: Readonly<Record<Language, readonly string[]>> = {
  ru: ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'],
  kk: ['қаңтар', 'ақпан', 'наурыз', 'сәуір', 'мамыр', 'маусым', 'шілде', 'тамыз', 'қыркүйек', 'қазан', 'қараша', 'желтоқсан'],
}
const weekdays: Readonly<Record<Language, readonly string[]>> = {
  ru: ['воскресенье', 'понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота'],
  kk: ['жексенбі', 'дүйсенбі', 'сейсенбі', 'сәрсенбі', 'бейсенбі', 'жұма', 'сенбі'],
}

/** A day `2026-12-07` or an instant: «7 декабря 2026 г.» / «2026 ж. 7 желтоқсан». */
export function formatDate(text: string, language: Language): string {
  const { year, month, day } = partsOf(text)
  const name = months[language][month - 1]
  return language === 'kk' ? `${year} ж. ${day} ${name}` : `${day} ${name} ${year} г.`
}

const monthNames: readonly string[] = ['январь', 'февраль', 'март', 'апрель', 'май', 'июнь', 'июль', 'август', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь']

/** A month `2026-10`: «октябрь 2026» / «2026 ж. қазан». */
export function formatMonth(text: string, language: Language): string {
  const { year, month } = partsOf(text.slice(0, 7))
  return language === 'kk' ? `${year} ж. ${months.kk[month - 1]}` : `${monthNames[month - 1]} ${year}`
}

/** «окт», «қаз»: under the bars of a chart. */
export function formatShortMonth(text: string, language: Language): string {
  const { month } = partsOf(text.slice(0, 7))
  return (language === 'kk' ? months.kk : monthNames)[month - 1]!.slice(0, 3)
}

/** «7 дек», for chips and tables: 07.12.2026. */
export function formatDay(text: string): string {
  const { year, month, day } = partsOf(text)
  return `${two(day)}.${two(month)}.${year}`
}

/** «понедельник, 7 декабря» */
export function formatWeekday(text: string, language: Language): string {
  const { year, month, day } = partsOf(text)
  const weekday = weekdays[language][new Date(Date.UTC(year, month - 1, day)).getUTCDay()]
  return language === 'kk' ? `${day} ${months.kk[month - 1]}, ${weekday}` : `${weekday}, ${day} ${months.ru[month - 1]}`
}

/** 23.11.2026 14:05 */
export function formatDateTime(instant: string): string {
  const local = new Date(Date.parse(instant) + 5 * 3_600_000)
  return `${two(local.getUTCDate())}.${two(local.getUTCMonth() + 1)}.${local.getUTCFullYear()} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`
}

/** «осталось 2 рабочих дня», «срок сегодня», «просрочено на 1 рабочий день». */
export function workingDaysLeft(n: number, language: Language): string {
  if (n === 0) return language === 'kk' ? 'мерзімі бүгін' : 'срок сегодня'
  const count = workingDays(Math.abs(n), language)
  if (n > 0) return language === 'kk' ? `${count} қалды` : `${plural(n, 'остался', 'осталось', 'осталось')} ${count}`
  return language === 'kk' ? `мерзімі ${count} өтті` : `просрочено на ${count}`
}

/** «2 рабочих дня», «2 жұмыс күні» */
export const workingDays = (n: number, language: Language): string =>
  language === 'kk' ? `${n} жұмыс күні` : `${n} ${plural(n, 'рабочий день', 'рабочих дня', 'рабочих дней')}`

/** Russian forms of a noun after a number. */
export function plural(n: number, one: string, few: string, many: string): string {
  const last = n % 10
  const teens = n % 100 >= 11 && n % 100 <= 14
  if (last === 1 && !teens) return one
  return last >= 2 && last <= 4 && !teens ? few : many
}

/** A quantity as it is written here: «1,0317», «−15». */
export const formatQuantity = (quantity: string): string => quantity.replace('.', ',').replace('-', '−')

/** 1,4 МБ */
export function formatSize(bytes: number, language: Language): string {
  const units = language === 'kk' ? ['Б', 'КБ', 'МБ'] : ['Б', 'КБ', 'МБ']
  const power = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : 2
  const value = bytes / 1_000 ** power
  return `${value >= 10 || power === 0 ? Math.round(value) : value.toFixed(1).replace('.', ',')} ${units[power]}`
}

const two = (n: number): string => String(n).padStart(2, '0')

function partsOf(text: string): { year: number; month: number; day: number } {
  const day = text.length > 10 ? new Date(Date.parse(text) + 5 * 3_600_000).toISOString() : text
  const [year = 0, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number)
  return { year, month, day: date }
}
