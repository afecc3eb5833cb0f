import type { Language } from '../../regulation/vocabulary.ts'

/** Words of the register screen and of the queue of what was sent for registration. */
const ru = {
  title: 'Регистрация', item: (id: number) => `Поступление № ${id}`,
  organization: 'Организация', channel: 'Способ доставки', kind: 'Вид обращения', receivedAt: 'Дата и время поступления', language: 'Язык обращения', kk: 'казахский', ru: 'русский',
  applicant: 'Заявитель', person: 'Физическое лицо (I группа)', company: 'Организация (II группа)',
  lastName: 'Фамилия', firstName: 'Имя', middleName: 'Отчество', companyName: 'Наименование', outgoingNumber: 'Исходящий №', outgoingOn: 'Дата исходящего',
  address: 'Почтовый адрес', phone: 'Телефон', email: 'Эл. почта', identifier: 'ИИН', bin: 'БИН', account: 'Лицевой счёт',
  document: 'Документ', subject: 'Краткое содержание', text: 'Текст', sheets: 'Листов', signed: 'Подписано заявителем',
  noWrittenReply: 'Письменный ответ не нужен, если решено положительно', answerWay: 'Способ ответа', reserved: 'Зарезервированный номер', none: 'Следующий по порядку',
  repeatOf: 'Повторное к', clear: 'Убрать', optional: 'по желанию', submit: 'Зарегистрировать', keys: 'Enter — следующее поле, Ctrl+Enter — зарегистрировать, Alt+1…5 — взять заявителя',
  known: 'Похоже, это', take: 'Взять', matched: { phone: 'по телефону', email: 'по эл. почте', identifier: 'по ИИН/БИН', account: 'по лицевому счёту', name: 'по фамилии' },
  appeals: (n: number) => `обращений: ${n}`, earlier: 'Прежние обращения', duplicates: 'Вероятно, об этом уже писали', asRepeat: 'Повторное к этому',
  lacks: (list: string) => `В документе нет: ${list}. Зарегистрировать с отметкой?`, withMark: 'Зарегистрировать с отметкой', back: 'Вернуться к полям',
  restored: 'Восстановлено несохранённое', startAnew: 'Начать заново',
  done: 'Зарегистрировано', due: (day: string) => `Ответ до ${day}`, printSlip: 'Напечатать талон', secondCopy: 'Отметка на втором экземпляре',
  mark: (number: string, when: string, who: string) => `Принято. Вх. № ${number}, ${when}. ${who}`, marked: 'Отметка записана', slipGiven: 'Талон напечатан',
  toResolution: 'Направить на резолюцию', sentToResolution: 'Направлено на резолюцию', next: 'Следующий документ', openCard: 'Открыть карточку', annul: 'Аннулировать',
  intake: 'Поступления', sending: 'Передать в канцелярию', waiting: 'Ждут регистрации', registered: 'Зарегистрированы', returned: 'Возвращены', mine: 'Передано мной',
  intakeEmpty: 'Поступлений нет', intakeEmptyHint: 'Сюда приходят сканы из районов, сервис-центров и книг отзывов. Письма с почты появятся здесь сами, когда её подключат.',
  mineEmpty: 'Вы ещё ничего не передавали', mineEmptyHint: 'Примите обращение, сфотографируйте или отсканируйте его и передайте в канцелярию.',
  register: 'Зарегистрировать', returnIt: 'Вернуть отправителю', returnReason: 'Почему возвращаете', place: 'Где принято', words: 'Пояснение', contacts: 'Адрес, телефон',
  send: 'Передать', sent: 'Передано в канцелярию', sentAt: 'Передано', from: 'Откуда', again: 'Передать заново', reason: 'Причина возврата', book: 'Из книги отзывов', allChannels: 'Все способы', loading: 'Загружается',
}
export type RegisterWords = typeof ru
const kk: RegisterWords = {
  title: 'Тіркеу', item: (id) => `№ ${id} түсім`,
  organization: 'Ұйым', channel: 'Жеткізу тәсілі', kind: 'Жолданым түрі', receivedAt: 'Түскен күні мен уақыты', language: 'Жолданым тілі', kk: 'қазақша', ru: 'орысша',
  applicant: 'Өтініш беруші', person: 'Жеке тұлға (I топ)', company: 'Ұйым (II топ)',
  lastName: 'Тегі', firstName: 'Аты', middleName: 'Әкесінің аты', companyName: 'Атауы', outgoingNumber: 'Шығыс №', outgoingOn: 'Шығыс күні',
  address: 'Пошталық мекенжайы', phone: 'Телефон', email: 'Эл. пошта', identifier: 'ЖСН', bin: 'БСН', account: 'Дербес шот',
  document: 'Құжат', subject: 'Қысқаша мазмұны', text: 'Мәтін', sheets: 'Парақ', signed: 'Өтініш беруші қол қойған',
  noWrittenReply: 'Оң шешілсе, жазбаша жауап қажет емес', answerWay: 'Жауап беру тәсілі', reserved: 'Резервтелген нөмір', none: 'Рет бойынша келесі',
  repeatOf: 'Қайталама:', clear: 'Алып тастау', optional: 'қалауынша', submit: 'Тіркеу', keys: 'Enter — келесі өріс, Ctrl+Enter — тіркеу, Alt+1…5 — өтініш берушіні алу',
  known: 'Бұл мына адам сияқты', take: 'Алу', matched: { phone: 'телефоны бойынша', email: 'эл. поштасы бойынша', identifier: 'ЖСН/БСН бойынша', account: 'дербес шоты бойынша', name: 'тегі бойынша' },
  appeals: (n) => `жолданымдар: ${n}`, earlier: 'Бұрынғы жолданымдары', duplicates: 'Бұл туралы жазылған сияқты', asRepeat: 'Осыған қайталама',
  lacks: (list) => `Құжатта жоқ: ${list}. Белгімен тіркейсіз бе?`, withMark: 'Белгімен тіркеу', back: 'Өрістерге оралу',
  restored: 'Сақталмағаны қалпына келтірілді', startAnew: 'Жаңадан бастау',
  done: 'Тіркелді', due: (day) => `Жауап мерзімі: ${day}`, printSlip: 'Талонды басып шығару', secondCopy: 'Екінші данасына белгі',
  mark: (number, when, who) => `Қабылданды. Кіріс № ${number}, ${when}. ${who}`, marked: 'Белгі жазылды', slipGiven: 'Талон басылды',
  toResolution: 'Бұрыштамаға жіберу', sentToResolution: 'Бұрыштамаға жіберілді', next: 'Келесі құжат', openCard: 'Картаны ашу', annul: 'Күшін жою',
  intake: 'Түсімдер', sending: 'Кеңсеге беру', waiting: 'Тіркеуді күтуде', registered: 'Тіркелгендер', returned: 'Қайтарылғандар', mine: 'Мен бергендер',
  intakeEmpty: 'Түсімдер жоқ', intakeEmptyHint: 'Мұнда аудандардан, сервис-орталықтардан және пікірлер кітаптарынан скандар келеді. Пошта қосылғанда хаттар өздігінен пайда болады.',
  mineEmpty: 'Сіз әлі ештеңе берген жоқсыз', mineEmptyHint: 'Жолданымды қабылдап, суретке түсіріп немесе сканерлеп, кеңсеге беріңіз.',
  register: 'Тіркеу', returnIt: 'Жіберушіге қайтару', returnReason: 'Неге қайтарасыз', place: 'Қайда қабылданды', words: 'Түсініктеме', contacts: 'Мекенжайы, телефоны',
  send: 'Беру', sent: 'Кеңсеге берілді', sentAt: 'Берілді', from: 'Қайдан', again: 'Қайта беру', reason: 'Қайтару себебі', book: 'Пікірлер кітабынан', allChannels: 'Барлық тәсіл', loading: 'Жүктелуде',
}
export const registerWords: Readonly<Record<Language, RegisterWords>> = { ru, kk }
