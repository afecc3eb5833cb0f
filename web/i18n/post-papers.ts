import type { Language } from '../../regulation/vocabulary.ts'
import { plural } from './format.ts'

/** What is printed for the post (п. 7.7). */
export const postPapers: Readonly<Record<Language, {
  readonly title: (number: string) => string; readonly from: string; readonly on: string; readonly addressee: string; readonly address: string; readonly letter: string; readonly postNumber: string
  readonly total: (n: number) => string; readonly gave: string; readonly took: string; readonly envelopes: string
  readonly receipt: string; readonly receiptText: string; readonly taken: string; readonly handed: string
}>> = {
  ru: { title: (number) => `Реестр № ${number} писем, сданных на почту`, from: 'Отправитель', on: 'Дата', addressee: 'Кому', address: 'Куда', letter: 'Исх. номер', postNumber: 'Почтовый номер', total: (n) => `Всего: ${n} ${plural(n, 'письмо', 'письма', 'писем')}.`, gave: 'Сдал(а)', took: 'Принял(а), оператор связи', envelopes: 'Конверты', receipt: 'Расписка в получении письма', receiptText: 'Письмо с ответом на моё обращение получил(а).', taken: 'Получил(а)', handed: 'Выдал(а)' },
  kk: { title: (number) => `Поштаға тапсырылған хаттардың № ${number} тізілімі`, from: 'Жіберуші', on: 'Күні', addressee: 'Кімге', address: 'Қайда', letter: 'Шығыс нөмірі', postNumber: 'Пошта нөмірі', total: (n) => `Барлығы: ${n} хат.`, gave: 'Тапсырған', took: 'Қабылдаған, байланыс операторы', envelopes: 'Конверттер', receipt: 'Хатты алғаны туралы қолхат', receiptText: 'Жолданымыма жауап хатты алдым.', taken: 'Алған', handed: 'Берген' },
}
