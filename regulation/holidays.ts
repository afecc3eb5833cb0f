import type { Bilingual } from './vocabulary.ts'

/**
 * Kazakhstan's days off as data. Ground: the law «О праздниках в Республике Казахстан» and the Labour Code,
 * art. 84–85. A holiday on a Saturday or Sunday gives the next working day off; 7 January and the first day of
 * Kurban Ait are days off without being holidays, and are never transferred.
 */
export type Holiday = {
  readonly month: number
  readonly day: number
  readonly name: Bilingual
  readonly transferred: boolean
  /** First and last year it is kept; absent: every year. */
  readonly from?: number
  readonly until?: number
}

const holiday = (month: number, day: number, kk: string, ru: string, kept: Partial<Holiday> = {}): Holiday =>
  ({ month, day, name: { kk, ru }, transferred: true, ...kept })

export const holidays: readonly Holiday[] = [
  holiday(1, 1, 'Жаңа жыл', 'Новый год'),
  holiday(1, 2, 'Жаңа жыл', 'Новый год'),
  holiday(1, 7, 'Православиелік Рождество', 'Православное Рождество', { transferred: false }),
  holiday(3, 8, 'Халықаралық әйелдер күні', 'Международный женский день'),
  holiday(3, 15, 'Конституция күні', 'День Конституции', { from: 2027 }),
  holiday(3, 21, 'Наурыз мейрамы', 'Наурыз мейрамы'),
  holiday(3, 22, 'Наурыз мейрамы', 'Наурыз мейрамы'),
  holiday(3, 23, 'Наурыз мейрамы', 'Наурыз мейрамы'),
  holiday(5, 1, 'Қазақстан халқының бірлігі мерекесі', 'Праздник единства народа Казахстана'),
  holiday(5, 7, 'Отан қорғаушы күні', 'День защитника Отечества'),
  holiday(5, 9, 'Жеңіс күні', 'День Победы'),
  holiday(7, 6, 'Астана күні', 'День Столицы'),
  holiday(8, 30, 'Конституция күні', 'День Конституции', { until: 2025 }),
  holiday(10, 25, 'Республика күні', 'День Республики'),
  holiday(12, 16, 'Тәуелсіздік күні', 'День Независимости'),
]

/** The first day of Kurban Ait. Until it is announced it is the astronomical date, and `confirmed` is false. */
export type KurbanAit = { readonly date: Temporal.PlainDate; readonly confirmed: boolean }

export const kurbanAitName: Bilingual = { kk: 'Құрбан айттың бірінші күні', ru: 'Первый день Курбан айта' }

const kurbanAit = (date: string, confirmed: boolean): KurbanAit => ({ date: Temporal.PlainDate.from(date), confirmed })

export const kurbanAitDays: readonly KurbanAit[] = [
  kurbanAit('2024-06-16', true),
  kurbanAit('2025-06-06', true),
  kurbanAit('2026-05-27', true),
  kurbanAit('2027-05-16', false),
  kurbanAit('2028-05-05', false),
  kurbanAit('2029-04-24', false),
]

/** A day moved by order: `off` makes a weekday free, `work` makes a weekend worked. */
export type DayOverride = {
  readonly date: Temporal.PlainDate
  readonly kind: 'off' | 'work'
  /** The order that moved it, as printed beside the date. */
  readonly basis: Bilingual
}

const move = (off: string, work: string): DayOverride[] => [
  { date: Temporal.PlainDate.from(off), kind: 'off', basis: moveBasis(work, off) },
  { date: Temporal.PlainDate.from(work), kind: 'work', basis: moveBasis(work, off) },
]

/** Days moved for the whole country by the Ministry of Labour; a group's own overrides are added to them. */
export const nationalOverrides: readonly DayOverride[] = [
  ...move('2024-05-08', '2024-05-04'),
  ...move('2025-01-03', '2025-01-05'),
]

function moveBasis(from: string, to: string): Bilingual {
  return {
    kk: `ҚР Еңбек министрлігінің шешімі: демалыс ${dotted(from)} күнінен ${dotted(to)} күніне ауыстырылды`,
    ru: `Решение Министерства труда РК: выходной перенесён с ${dotted(from)} на ${dotted(to)}`,
  }
}

/** 2026-03-08 → 08.03.2026, as dates are written in both languages. */
export function dotted(date: string): string {
  const [year, month, day] = date.split('-')
  return `${day}.${month}.${year}`
}
