import type { Language } from '../../regulation/vocabulary.ts'
import { plural } from './format.ts'

const spaced = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u00A0')

/** Words of the bulk printing of bills on the desk (п. 11.3.1). */
const ru = {
  title: 'Печать счетов', hint: 'Счета проведённого месяца складываются в файлы PDF по 500 штук, в порядке обхода: район, дом, квартира. Можно уйти с этой страницы: печать продолжится.',
  month: 'Месяц', whose: 'Чьи счета', scopes: { all: 'Все', district: 'Один район', building: 'Один дом' }, district: 'Район', building: 'Дом', buildingHint: 'Начните вводить адрес', nothingFound: 'Такого дома нет', language: 'Язык счетов', languages: { ru: 'Русский', kk: 'Казахский' },
  start: 'Печатать', started: (n: number) => `Печатаем: ${spaced(n)} ${plural(n, 'счёт', 'счета', 'счетов')}`, noMonths: 'Печатать пока нечего', noMonthsHint: 'Счета появятся, когда будет проведён первый месяц.',
  earlier: 'Печатали раньше', none: 'Счета ещё не печатали', noneHint: 'Выберите месяц и нажмите «Печатать».', everybody: 'все', back: 'Печать счетов',
  by: (name: string, at: string) => `${name}, ${at}`, count: (n: number) => `${spaced(n)} ${plural(n, 'счёт', 'счета', 'счетов')}`, progress: (done: number, all: number) => `Готово ${spaced(done)} из ${spaced(all)}`,
  states: { printing: 'печатается', troubled: 'задерживается', done: 'готово', cancelled: 'остановлено', removed: 'файлы удалены' }, troubled: 'Последняя попытка не удалась. Система попробует снова сама; можно продолжить сейчас.', removed: 'Файлы хранятся 30 дней. Если счета нужны снова, напечатайте их ещё раз.',
  cancel: 'Остановить', cancelled: 'Печать остановлена. Готовые части можно скачать.', resume: 'Продолжить', resumed: 'Печать продолжается.', part: (n: number) => `Часть ${n}`, parts: 'Части', addresses: 'Адреса', bills: 'Счетов', file: 'Файл', download: (n: number) => `Скачать часть ${n}`, save: 'Скачать', waiting: 'ждёт',
}
export type BillPrintWords = typeof ru

const kk: BillPrintWords = {
  title: 'Шоттарды басып шығару', hint: 'Өткізілген айдың шоттары 500-ден PDF файлдарына жиналады, аралау ретімен: аудан, үй, пәтер. Бұл беттен кетуге болады: басып шығару жалғаса береді.',
  month: 'Ай', whose: 'Кімнің шоттары', scopes: { all: 'Барлығы', district: 'Бір аудан', building: 'Бір үй' }, district: 'Аудан', building: 'Үй', buildingHint: 'Мекенжайды тере бастаңыз', nothingFound: 'Мұндай үй жоқ', language: 'Шоттардың тілі', languages: { ru: 'Орысша', kk: 'Қазақша' },
  start: 'Басып шығару', started: (n) => `Басып шығарылуда: ${spaced(n)} шот`, noMonths: 'Әзірге басып шығаратын ештеңе жоқ', noMonthsHint: 'Алғашқы ай өткізілгенде шоттар пайда болады.',
  earlier: 'Бұрын басып шығарылған', none: 'Шоттар әлі басып шығарылмаған', noneHint: 'Айды таңдап, «Басып шығару» дегенді басыңыз.', everybody: 'барлығы', back: 'Шоттарды басып шығару',
  by: (name, at) => `${name}, ${at}`, count: (n) => `${spaced(n)} шот`, progress: (done, all) => `${spaced(all)} шоттың ${spaced(done)} дайын`,
  states: { printing: 'басып шығарылуда', troubled: 'кідіруде', done: 'дайын', cancelled: 'тоқтатылды', removed: 'файлдар жойылған' }, troubled: 'Соңғы әрекет сәтсіз болды. Жүйе өзі қайталайды; қазір жалғастыруға болады.', removed: 'Файлдар 30 күн сақталады. Шоттар қайта керек болса, тағы басып шығарыңыз.',
  cancel: 'Тоқтату', cancelled: 'Басып шығару тоқтатылды. Дайын бөліктерді жүктеп алуға болады.', resume: 'Жалғастыру', resumed: 'Басып шығару жалғасуда.', part: (n) => `${n}-бөлік`, parts: 'Бөліктер', addresses: 'Мекенжайлар', bills: 'Шоттар', file: 'Файл', download: (n) => `${n}-бөлікті жүктеу`, save: 'Жүктеу', waiting: 'күтуде',
}

export const billPrintWords: Readonly<Record<Language, BillPrintWords>> = { ru, kk }
