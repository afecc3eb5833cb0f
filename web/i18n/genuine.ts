import type { LetterCheck } from '../../server/letters/check-letter.ts'
import type { Language } from '../../regulation/vocabulary.ts'

/** Words of the page that says whether a letter is genuine. */
type GenuineWords = {
  readonly title: string; readonly standing: Record<LetterCheck['standing'] | 'development', readonly [title: string, hint: string]>; readonly unknown: readonly [string, string]
  readonly organization: string; readonly number: string; readonly on: string; readonly addressee: string; readonly digest: string; readonly signature: string
  readonly ways: Record<NonNullable<LetterCheck['signature']>['way'], string>; readonly compare: string
}
export const genuineWords: Readonly<Record<Language, GenuineWords>> = {
  ru: {
    title: 'Подлинность письма',
    standing: {
      signed: ['Письмо подлинное', 'Мы оформили и подписали его. Сверьте номер, дату и адресата с письмом в руках.'],
      development: ['Учебное письмо', 'Оно подписано для показа, силы не имеет.'],
      unsigned: ['Письмо ещё не подписано', 'Оно оформлено, но пока не отправлено. Если оно у вас в руках, позвоните нам.'],
      taken_back: ['Письмо отозвано', 'Мы взяли его обратно; действует другой ответ. Позвоните нам, если письмо у вас в руках.'],
    },
    unknown: ['Такого письма мы не выдавали', 'Проверьте, весь ли код набран. Если код верен, письмо не наше: позвоните нам.'],
    organization: 'Кто написал', number: 'Исходящий номер', on: 'Дата', addressee: 'Кому (инициалы)', digest: 'Отпечаток файла (SHA-256)', signature: 'Подписал(а)',
    ways: { handwritten: 'от руки', eds: 'электронной цифровой подписью', development: 'УЧЕБНАЯ подпись, силы не имеет' }, compare: 'Содержания письма здесь нет: его видит только адресат.',
  },
  kk: {
    title: 'Хаттың түпнұсқалығы',
    standing: {
      signed: ['Хат түпнұсқа', 'Оны біз ресімдеп, қол қойдық. Нөмірін, күнін және кімге жазылғанын қолыңыздағы хатпен салыстырыңыз.'],
      development: ['Оқу хаты', 'Ол көрсету үшін қол қойылған, күші жоқ.'],
      unsigned: ['Хатқа әлі қол қойылмаған', 'Ол ресімделген, бірақ әлі жіберілмеген. Қолыңызда болса, бізге қоңырау шалыңыз.'],
      taken_back: ['Хат қайтарып алынған', 'Біз оны қайтарып алдық; басқа жауап күшінде. Хат қолыңызда болса, қоңырау шалыңыз.'],
    },
    unknown: ['Біз мұндай хат берген жоқпыз', 'Код толық терілгенін тексеріңіз. Код дұрыс болса, хат біздікі емес: қоңырау шалыңыз.'],
    organization: 'Кім жазды', number: 'Шығыс нөмірі', on: 'Күні', addressee: 'Кімге (бас әріптері)', digest: 'Файл ізі (SHA-256)', signature: 'Қол қойған',
    ways: { handwritten: 'қолымен', eds: 'электрондық цифрлық қолтаңбамен', development: 'ОҚУ қолтаңбасы, күші жоқ' }, compare: 'Хаттың мазмұны мұнда жоқ: оны тек адресат көреді.',
  },
}
