import type { Language } from '../../regulation/vocabulary.ts'

/** Words of the review books. */
const ru = {
  title: 'Книги отзывов и предложений', todo: 'Надо сделать', nothing: 'Всё сделано', nothingHint: 'Записи отправлены, ответы вписаны.',
  newEntry: 'Новая запись', open: 'Завести книгу', bookTitle: 'Название или номер книги', place: 'Где лежит', close: 'Закрыть книгу', closeSure: 'Закрыть книгу? Новые записи в неё уже не внести.',
  opened: (on: string) => `заведена ${on}`, closed: (on: string) => `закрыта ${on}`, entries: (n: number) => `записей: ${n}`, none: 'Книг пока нет', noneHint: 'Заведите книгу, которая лежит у вас в зале.',
  writtenAt: 'Когда потребитель сделал запись', kind: 'Вид', applicant: 'Потребитель', contacts: 'Адрес, телефон', words: 'Запись (если видно на фото, можно не перепечатывать)', language: 'Язык записи', optional: 'по желанию',
  record: 'Записать и отправить', recordOnly: 'Записать, скан потом', photo: 'Фото или скан записи', send: 'Отправить скан', sendAgain: 'Отправить заново', returned: 'Канцелярия вернула',
  left: (n: number) => (n < 1 ? 'меньше минуты' : `осталось ${n} мин`), late: (n: number) => `опоздание ${n} мин`, met: 'скан отправлен вовремя', missed: (n: number) => `скан отправлен с опозданием ${n} мин`,
  waiting: 'Ждёт регистрации', registered: (number: string, who: string) => `Зарегистрировано: ${number}${who && `, ${who}`}`, writeBack: 'Вписать в книгу', measures: 'Принятые меры, как вписано в книгу', replyNumber: 'Номер ответа',
  wroteBack: 'Отметить вписанным', writtenBack: (reply: string, on: string) => `Вписано в книгу ${on}: ответ ${reply}`, print: 'Печать страниц', blank: 'Чистая страница', entry: (n: number) => `Запись № ${n}`, anonymous: 'Без имени', sentToast: 'Запись отправлена в канцелярию', recordedToast: 'Запись внесена, время пошло',
}
export type BookWords = typeof ru
const kk: BookWords = {
  title: 'Пікірлер мен ұсыныстар кітаптары', todo: 'Істеу керек', nothing: 'Бәрі істелді', nothingHint: 'Жазбалар жіберілді, жауаптар жазылды.',
  newEntry: 'Жаңа жазба', open: 'Кітап ашу', bookTitle: 'Кітаптың атауы немесе нөмірі', place: 'Қайда жатыр', close: 'Кітапты жабу', closeSure: 'Кітапты жабасыз ба? Оған жаңа жазба енгізілмейді.',
  opened: (on) => `ашылған күні ${on}`, closed: (on) => `жабылған күні ${on}`, entries: (n) => `жазбалар: ${n}`, none: 'Кітаптар әлі жоқ', noneHint: 'Залыңызда жатқан кітапты ашыңыз.',
  writtenAt: 'Тұтынушы қашан жазды', kind: 'Түрі', applicant: 'Тұтынушы', contacts: 'Мекенжайы, телефоны', words: 'Жазба (фотода көрінсе, теру міндетті емес)', language: 'Жазба тілі', optional: 'қалауынша',
  record: 'Жазып, жіберу', recordOnly: 'Жазу, скан кейін', photo: 'Жазбаның фотосы немесе сканы', send: 'Сканды жіберу', sendAgain: 'Қайта жіберу', returned: 'Кеңсе қайтарды',
  left: (n) => (n < 1 ? 'бір минуттан аз' : `${n} мин қалды`), late: (n) => `${n} мин кешігу`, met: 'скан уақытында жіберілді', missed: (n) => `скан ${n} мин кешігіп жіберілді`,
  waiting: 'Тіркеуді күтуде', registered: (number, who) => `Тіркелді: ${number}${who && `, ${who}`}`, writeBack: 'Кітапқа жазу', measures: 'Қабылданған шаралар, кітапқа жазылғандай', replyNumber: 'Жауап нөмірі',
  wroteBack: 'Жазылды деп белгілеу', writtenBack: (reply, on) => `Кітапқа ${on} жазылды: жауап ${reply}`, print: 'Беттерді басып шығару', blank: 'Таза бет', entry: (n) => `№ ${n} жазба`, anonymous: 'Аты жоқ', sentToast: 'Жазба кеңсеге жіберілді', recordedToast: 'Жазба енгізілді, уақыт жүріп жатыр',
}
export const bookWords: Readonly<Record<Language, BookWords>> = { ru, kk }
