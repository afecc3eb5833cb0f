import type { Journal } from '../../regulation/appeal-facts.ts'
import type { Language } from '../../regulation/vocabulary.ts'

/** The journal's columns and words, on screen, on paper and in a spreadsheet. */
type JournalPaper = {
  readonly titles: Record<Journal, string>
  readonly sheet: string
  readonly columns: readonly string[]
  readonly of: string
  readonly annulled: (reason: string) => string
  readonly reserved: (reason: string) => string
  readonly answered: (on: string) => string
}
export const journalPaper: Readonly<Record<Language, JournalPaper>> = {
  ru: {
    titles: { feedback: 'Журнал обращений обратной связи', incoming: 'Журнал регистрации входящих документов', e_chancellery: 'Журнал электронной канцелярии', outgoing: 'Журнал регистрации исходящих документов' },
    sheet: 'Журнал', of: 'от',
    columns: ['Дата рег.', 'Рег. номер', 'Поступило', 'Способ доставки', 'Вид', 'Корреспондент, номер и дата документа', 'Краткое содержание', 'Поручение', 'Кому направлен', 'Срок', 'Отметка об исполнении', 'Зарегистрировал'],
    annulled: (reason) => `Аннулировано: ${reason}`, reserved: (reason) => `Зарезервировано: ${reason}`, answered: (on) => `Ответ дан ${on}`,
  },
  kk: {
    titles: { feedback: 'Кері байланыс жолданымдарының журналы', incoming: 'Кіріс құжаттарды тіркеу журналы', e_chancellery: 'Электрондық кеңсе журналы', outgoing: 'Шығыс құжаттарды тіркеу журналы' },
    sheet: 'Журнал', of: '',
    columns: ['Тіркелген күні', 'Тіркеу нөмірі', 'Түсті', 'Жеткізу тәсілі', 'Түрі', 'Корреспондент, құжат нөмірі мен күні', 'Қысқаша мазмұны', 'Тапсырма', 'Кімге жіберілді', 'Мерзімі', 'Орындалу белгісі', 'Тіркеген'],
    annulled: (reason) => `Күші жойылды: ${reason}`, reserved: (reason) => `Резервтелді: ${reason}`, answered: (on) => `Жауап берілді: ${on}`,
  },
}

const ru = {
  from: 'С', to: 'По', search: 'Номер, заявитель, слова', allChannels: 'Все способы', allKinds: 'Все виды', allStates: 'Все', order: 'Порядок', newest: 'Сначала новые', oldest: 'Как в книге',
  states: { open: 'В работе', answered: 'Отвечено', late: 'Просрочено', annulled: 'Аннулировано', reserved: 'Зарезервировано' },
  print: 'Печать', excel: 'Excel', reserve: 'Зарезервировать номер', reserveWhy: 'Для какого документа', reserveHint: 'Номер займёт своё место в журнале сейчас; документ зарегистрируют под ним, когда он придёт.',
  reservedNumber: (number: string) => `Зарезервирован ${number}`, registerHere: 'Зарегистрировать под ним', annulIt: 'Аннулировать', annulWhy: 'Почему аннулируете',
  found: (n: number) => `записей: ${n >= 100_000 ? '100 000+' : n}`, who: 'Корреспондент', what: 'Краткое содержание', order_: 'Поручение, кому', when: 'Дата', state: 'Отметка', period: 'Период',
  periods: { today: 'Сегодня', week: 'Неделя', month: 'Месяц', year: 'Год' }, verified: (entries: number, annulled: number, reserved: number) => `Журнал цел: ${entries} записей без пропусков, из них аннулировано ${annulled}, зарезервировано ${reserved}. Цепочки сходятся.`,
}
export type JournalWords = typeof ru
const kk: JournalWords = {
  from: 'Бастап', to: 'Дейін', search: 'Нөмір, өтініш беруші, сөздер', allChannels: 'Барлық тәсіл', allKinds: 'Барлық түр', allStates: 'Барлығы', order: 'Реті', newest: 'Алдымен жаңалары', oldest: 'Кітаптағыдай',
  states: { open: 'Жұмыста', answered: 'Жауап берілді', late: 'Мерзімі өтті', annulled: 'Күші жойылды', reserved: 'Резервтелді' },
  print: 'Басып шығару', excel: 'Excel', reserve: 'Нөмірді резервтеу', reserveWhy: 'Қандай құжат үшін', reserveHint: 'Нөмір журналдағы орнын қазір алады; құжат келгенде сол нөмірмен тіркеледі.',
  reservedNumber: (number) => `${number} резервтелді`, registerHere: 'Осы нөмірмен тіркеу', annulIt: 'Күшін жою', annulWhy: 'Неге күшін жоясыз',
  found: (n) => `жазбалар: ${n >= 100_000 ? '100 000+' : n}`, who: 'Корреспондент', what: 'Қысқаша мазмұны', order_: 'Тапсырма, кімге', when: 'Күні', state: 'Белгі', period: 'Кезең',
  periods: { today: 'Бүгін', week: 'Апта', month: 'Ай', year: 'Жыл' }, verified: (entries, annulled, reserved) => `Журнал бүтін: ${entries} жазба үзіліссіз, оның ішінде ${annulled} күші жойылған, ${reserved} резервтелген. Тізбектер сәйкес.`,
}
export const journalWords: Readonly<Record<Language, JournalWords>> = { ru, kk }
