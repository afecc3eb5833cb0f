import type { ReadingDoubt, ReadingSource } from '../../regulation/readings.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { plural } from './format.ts'

const ru = {
  title: 'Личный кабинет', nav: 'Кабинет', account: 'Лицевой счёт', accounts: 'Мои лицевые счета', appeals: 'Мои обращения', other: 'Все счета',
  sections: { home: 'Обзор', readings: 'Показания', bills: 'Счета', card: 'Карточка', payments: 'Платежи', consumption: 'Расход', messages: 'Переписка', access: 'Доступ' },
  owe: 'К оплате сейчас', ahead: 'Переплата', nothingOwed: 'Долга нет', payBy: (day: string) => `оплатите до ${day}`, overdue: (day: string) => `срок прошёл ${day}`, noBill: 'Первый счёт появится после расчёта месяца.',
  ofBill: (month: string, sum: string) => `По счёту за ${month}: ${sum} ₸`, paidSince: (sum: string) => `оплачено после него: ${sum} ₸`, bill: 'Открыть счёт', billPdf: 'Счёт в PDF', howToPay: 'Как оплатить', howToPayText: (number: string) => `В приложении своего банка найдите «Севказэнергосбыт» и введите лицевой счёт ${number}, или наведите камеру на QR в счёте. В кассе назовите номер счёта.`,
  byService: 'По услугам', service: 'Услуга', principal: 'Долг', penalty: 'Пеня', total: 'Всего', paidAhead: 'оплачено вперёд',
  facts: { holder: 'Владелец', address: 'Адрес', area: 'Площадь', residents: 'Проживает', benefit: 'Льгота', plan: 'Тариф на электроэнергию', yes: 'есть', square: 'м²' },
  readings: {
    title: 'Передать показания', lead: 'Введите число со счётчика до запятой.', open: (to: string) => `Показания принимаем до ${to}: они войдут в счёт за этот месяц.`, closed: (from: string, to: string) => `Сейчас показания войдут в следующий счёт. Приём в счёт месяца: с ${from} по ${to}.`,
    value: 'Показание', day: 'День', night: 'Ночь', last: (value: string, on: string) => `прошлое: ${value}, ${on}`, none: 'показаний ещё не было', usual: (used: string, unit: string) => `обычно ${used} ${unit} в месяц`,
    given: 'передано в этом месяце', waiting: (value: string) => `${value} проверяет сотрудник`, send: 'Передать', check: 'Посчитать', sent: 'Показания приняты', sentWaits: 'Показания отправлены: их проверит сотрудник', used: (used: string, unit: string, sum: string) => `расход ${used} ${unit}${sum ? `, примерно ${sum} ₸` : ''}`,
    nothing: 'Введите хотя бы одно показание.', confirm: 'Показание необычное. Если на счётчике именно так, подтвердите и коротко объясните или приложите фото.', confirmed: 'Да, на счётчике так', reason: 'Почему', photo: 'Фото счётчика',
    noMeters: 'Счётчиков, показания которых передают здесь, на этом счёте нет.', history: 'История показаний', empty: 'Показаний ещё нет.', verification: (days: number) => (days < 0 ? 'Срок поверки прошёл: начисляем по среднему, потом по норме' : `Поверка через ${days} ${plural(days, 'день', 'дня', 'дней')}`),
    on: 'Дата', meter: 'Прибор', source: 'Откуда', state: 'Состояние', difference: 'Расход', seal: 'Показания можно исправить, пока месяц не рассчитан: передайте ещё раз, в счёт войдут последние.',
  },
  doubts: {
    lower: 'меньше прошлого', rolled_over: 'счётчик прошёл через ноль', spike: 'намного больше обычного', zero: 'расхода нет', verification_overdue: 'срок поверки прошёл', outside_window: 'войдёт в следующий счёт',
  } satisfies Record<ReadingDoubt, string>,
  sources: { consumer: 'вы', inspector: 'контролёр', office: 'офис', automatic: 'автоматически', estimated: 'расчётное' } satisfies Record<ReadingSource, string>,
  states: { sent: 'на проверке', accepted: 'принято', billed: 'в счёте', refused: 'отклонено' },
  billedIn: (month: string) => `в счёте за ${month}`,
  methods: { reading: 'по показаниям', average: 'по среднему: показаний не было', norm: 'по норме', outside: 'начислено поставщиком' },
  bills: {
    title: 'Счета', empty: 'Счетов ещё нет: первый появится, когда рассчитают месяц.', month: 'Месяц', opening: 'На начало', charged: 'Начислено', recalculated: 'Перерасчёт', penalty: 'Пеня', paid: 'Оплачено', closing: 'К оплате', payBy: 'Оплатить до',
    of: (month: string) => `Счёт за ${month}`, lines: 'Что начислено', quantity: 'Объём', common: 'Общедомовые нужды', working: 'Как посчитано', price: 'Цена без НДС', sum: 'Сумма', net: 'Без НДС', vat: (percent: number) => `НДС ${percent} %`, readings: (from: string, to: string) => `показания: ${from} – ${to}`,
    meter: (serial: string) => `прибор № ${serial}`, residents: (n: number) => `проживает ${n}`, dispute: 'Оспорить строку', sums: 'Итоги по услугам', payments: 'Оплачено в этом месяце', recalculations: 'Перерасчёты', corrects: (month: string) => `за ${month}`, pdf: 'Скачать PDF', earlier: 'Раньше', later: 'Позже',
  },
  card: { title: 'Карточка лицевого счёта', from: 'С месяца', to: 'По месяц', show: 'Показать', empty: 'За эти месяцы движений нет.', unbilled: 'ещё не в счёте', pdf: 'PDF', xlsx: 'Excel', previous: 'Было', current: 'Стало' },
  payments: { title: 'Платежи', empty: 'Платежей ещё не было.', on: 'Дата', sum: 'Сумма', through: 'Через', reference: 'Номер платежа', total: 'Всего' },
  consumption: { title: 'Расход', empty: 'Расход появится после первого счёта.', thisYear: 'Сейчас', lastYear: 'Год назад', like: 'Похожие дома', likeHint: 'Похожие — где проживает столько же человек.', table: 'В цифрах', month: 'Месяц', chart: (service: string) => `${service}: расход по месяцам` },
  access: {
    title: 'Доступ', lead: 'Кто видит этот счёт в своём кабинете.', ways: { code: 'по коду со счёта', office: 'открыл офис', shared: 'получил доступ' }, since: (day: string) => `с ${day}`, you: 'это вы', end: 'Забрать доступ', share: 'Дать доступ', email: 'Почта человека', shareHint: 'Он войдёт со своей почтой и увидит счёт. Передавать доступ дальше он не сможет.', shared: 'Доступ дан.', ended: 'Доступ забран.',
    unlink: 'Убрать счёт из кабинета', unlinkHint: 'Счёт останется, вы перестанете его видеть. Вернуть можно кодом со счёта.', unlinked: 'Счёт убран из кабинета.',
  },
  link: {
    title: 'Добавить лицевой счёт', lead: 'Номер и код стоят на счёте-квитанции, справа вверху.', number: 'Номер лицевого счёта', code: 'Код со счёта', add: 'Добавить', added: 'Счёт добавлен.', noCode: 'Нет квитанции с кодом?', ask: 'Попросить офис', askHint: 'Сотрудник проверит, что счёт ваш, и откроет его.', words: 'Кто вы и как вас проверить: имя, телефон', asked: 'Просьба отправлена. Ответ появится здесь.',
    requests: 'Ваши просьбы', requestStates: { waiting: 'рассматривается', granted: 'счёт открыт', refused: 'отказано' },
  },
  messages: {
    title: 'Переписка', lead: 'Каждое письмо — обращение с номером и сроком ответа.', empty: 'Писем ещё не было.', write: 'Написать', to: 'Кому', about: 'О счёте', noAccount: 'не о счёте', kind: 'О чём письмо', subject: 'Тема', text: 'Сообщение', name: 'Ваше имя', address: 'Ваш адрес', send: 'Отправить', sent: (number: string, day: string) => `Письмо принято: обращение № ${number}, ответ до ${day}.`,
    you: 'Вы', answered: 'Ответ', waits: 'Ответа ещё нет', open: 'Открыть обращение', of: (month: string, service: string) => `счёт за ${month}: ${service}`, files: 'Файлы',
  },
  dispute: {
    title: 'Оспорить строку', stands: 'В счёте стоит', believed: 'Как, по-вашему, правильно', residents: 'Сколько человек живёт', quantity: 'Какой был расход', recompute: 'Пересчитать', would: 'С вашими данными', less: (sum: string) => `на ${sum} ₸ меньше`, more: (sum: string) => `на ${sum} ₸ больше`, same: 'столько же',
    text: 'Что не так', textHint: 'Цифры строки и пересчёт приложатся сами.', send: 'Отправить жалобу', subject: (service: string, month: string) => `Не согласен с начислением: ${service}, ${month}`,
  },
  optional: 'необязательно', back: 'Назад', plans: { flat: 'единый', tiers: 'по объёму', zones: 'день и ночь' },
}
export type CabinetWords = typeof ru

const kk: CabinetWords = {
  title: 'Жеке кабинет', nav: 'Кабинет', account: 'Дербес шот', accounts: 'Менің дербес шоттарым', appeals: 'Менің жолданымдарым', other: 'Барлық шоттар',
  sections: { home: 'Шолу', readings: 'Көрсеткіштер', bills: 'Шоттар', card: 'Карточка', payments: 'Төлемдер', consumption: 'Шығыс', messages: 'Хат алмасу', access: 'Рұқсат' },
  owe: 'Қазір төлеуге', ahead: 'Артық төлем', nothingOwed: 'Берешек жоқ', payBy: (day) => `${day} дейін төлеңіз`, overdue: (day) => `мерзімі ${day} өтті`, noBill: 'Бірінші шот ай есептелгеннен кейін шығады.',
  ofBill: (month, sum) => `${month} шоты бойынша: ${sum} ₸`, paidSince: (sum) => `содан кейін төленді: ${sum} ₸`, bill: 'Шотты ашу', billPdf: 'Шот PDF', howToPay: 'Қалай төлеуге болады', howToPayText: (number) => `Банк қосымшасынан «Севказэнергосбытты» тауып, ${number} дербес шотын енгізіңіз немесе шоттағы QR-ға камераны бағыттаңыз. Кассада шот нөмірін айтыңыз.`,
  byService: 'Қызметтер бойынша', service: 'Қызмет', principal: 'Берешек', penalty: 'Өсімпұл', total: 'Барлығы', paidAhead: 'алдын ала төленген',
  facts: { holder: 'Иесі', address: 'Мекенжай', area: 'Ауданы', residents: 'Тұратындар', benefit: 'Жеңілдік', plan: 'Электр энергиясының тарифі', yes: 'бар', square: 'м²' },
  readings: {
    title: 'Көрсеткіш беру', lead: 'Есептегіштегі үтірге дейінгі санды енгізіңіз.', open: (to) => `Көрсеткіштер ${to} дейін қабылданады: осы айдың шотына кіреді.`, closed: (from, to) => `Қазір берілген көрсеткіштер келесі шотқа кіреді. Ай шотына қабылдау: ${from} – ${to}.`,
    value: 'Көрсеткіш', day: 'Күндіз', night: 'Түнде', last: (value, on) => `алдыңғысы: ${value}, ${on}`, none: 'көрсеткіш әлі болған жоқ', usual: (used, unit) => `әдетте айына ${used} ${unit}`,
    given: 'осы айда берілген', waiting: (value) => `${value} қызметкер тексеруде`, send: 'Беру', check: 'Есептеу', sent: 'Көрсеткіштер қабылданды', sentWaits: 'Көрсеткіштер жіберілді: қызметкер тексереді', used: (used, unit, sum) => `шығыс ${used} ${unit}${sum ? `, шамамен ${sum} ₸` : ''}`,
    nothing: 'Кемінде бір көрсеткіш енгізіңіз.', confirm: 'Көрсеткіш әдеттегідей емес. Есептегіште дәл солай болса, растап, қысқаша түсіндіріңіз немесе фото тіркеңіз.', confirmed: 'Иә, есептегіште солай', reason: 'Неліктен', photo: 'Есептегіштің фотосы',
    noMeters: 'Бұл шотта көрсеткіші осында берілетін есептегіш жоқ.', history: 'Көрсеткіштер тарихы', empty: 'Көрсеткіш әлі жоқ.', verification: (days) => (days < 0 ? 'Салыстырып тексеру мерзімі өтті: орташа, кейін норма бойынша есептейміз' : `Салыстырып тексеруге ${days} күн қалды`),
    on: 'Күні', meter: 'Есептегіш', source: 'Кімнен', state: 'Күйі', difference: 'Шығыс', seal: 'Ай есептелгенше көрсеткішті түзетуге болады: қайта беріңіз, шотқа соңғысы кіреді.',
  },
  doubts: { lower: 'алдыңғысынан аз', rolled_over: 'есептегіш нөлден өтті', spike: 'әдеттегіден әлдеқайда көп', zero: 'шығыс жоқ', verification_overdue: 'тексеру мерзімі өткен', outside_window: 'келесі шотқа кіреді' },
  sources: { consumer: 'сіз', inspector: 'бақылаушы', office: 'кеңсе', automatic: 'автоматты', estimated: 'есептік' },
  states: { sent: 'тексеруде', accepted: 'қабылданды', billed: 'шотта', refused: 'қабылданбады' },
  billedIn: (month) => `${month} шотында`,
  methods: { reading: 'көрсеткіш бойынша', average: 'орташа бойынша: көрсеткіш болмады', norm: 'норма бойынша', outside: 'жеткізуші есептеген' },
  bills: {
    title: 'Шоттар', empty: 'Шот әлі жоқ: бірінші ай есептелгенде шығады.', month: 'Ай', opening: 'Басына', charged: 'Есептелді', recalculated: 'Қайта есептеу', penalty: 'Өсімпұл', paid: 'Төленді', closing: 'Төлеуге', payBy: 'Төлеу мерзімі',
    of: (month) => `${month} шоты`, lines: 'Не есептелді', quantity: 'Көлемі', common: 'Үйге ортақ мұқтаждар', working: 'Қалай есептелді', price: 'ҚҚС-сыз бағасы', sum: 'Сомасы', net: 'ҚҚС-сыз', vat: (percent) => `ҚҚС ${percent} %`, readings: (from, to) => `көрсеткіштер: ${from} – ${to}`,
    meter: (serial) => `№ ${serial} есептегіш`, residents: (n) => `тұратындар: ${n}`, dispute: 'Жолға дау айту', sums: 'Қызметтер бойынша қорытынды', payments: 'Осы айда төленді', recalculations: 'Қайта есептеулер', corrects: (month) => `${month} үшін`, pdf: 'PDF жүктеу', earlier: 'Ертерек', later: 'Кейінірек',
  },
  card: { title: 'Дербес шот карточкасы', from: 'Айдан', to: 'Айға дейін', show: 'Көрсету', empty: 'Бұл айлар бойынша қозғалыс жоқ.', unbilled: 'әлі шотта емес', pdf: 'PDF', xlsx: 'Excel', previous: 'Болғаны', current: 'Болды' },
  payments: { title: 'Төлемдер', empty: 'Төлем әлі болған жоқ.', on: 'Күні', sum: 'Сомасы', through: 'Қайдан', reference: 'Төлем нөмірі', total: 'Барлығы' },
  consumption: { title: 'Шығыс', empty: 'Шығыс бірінші шоттан кейін көрінеді.', thisYear: 'Қазір', lastYear: 'Бір жыл бұрын', like: 'Ұқсас үйлер', likeHint: 'Ұқсас — сонша адам тұратын үйлер.', table: 'Сандармен', month: 'Ай', chart: (service) => `${service}: айлар бойынша шығыс` },
  access: {
    title: 'Рұқсат', lead: 'Бұл шотты өз кабинетінде кім көреді.', ways: { code: 'шоттағы код бойынша', office: 'кеңсе ашқан', shared: 'рұқсат алған' }, since: (day) => `${day} бастап`, you: 'бұл сіз', end: 'Рұқсатты алу', share: 'Рұқсат беру', email: 'Адамның поштасы', shareHint: 'Ол өз поштасымен кіріп, шотты көреді. Рұқсатты әрі қарай бере алмайды.', shared: 'Рұқсат берілді.', ended: 'Рұқсат алынды.',
    unlink: 'Шотты кабинеттен алып тастау', unlinkHint: 'Шот қалады, сіз оны көрмейсіз. Шоттағы кодпен қайтаруға болады.', unlinked: 'Шот кабинеттен алынды.',
  },
  link: {
    title: 'Дербес шот қосу', lead: 'Нөмірі мен коды түбіртектің оң жақ жоғарғы бұрышында.', number: 'Дербес шот нөмірі', code: 'Шоттағы код', add: 'Қосу', added: 'Шот қосылды.', noCode: 'Коды бар түбіртек жоқ па?', ask: 'Кеңседен сұрау', askHint: 'Қызметкер шот сіздікі екенін тексеріп, ашады.', words: 'Сіз кімсіз және қалай тексеруге болады: аты-жөні, телефон', asked: 'Өтініш жіберілді. Жауабы осында шығады.',
    requests: 'Сіздің өтініштеріңіз', requestStates: { waiting: 'қаралуда', granted: 'шот ашылды', refused: 'бас тартылды' },
  },
  messages: {
    title: 'Хат алмасу', lead: 'Әр хат — нөмірі мен жауап мерзімі бар жолданым.', empty: 'Хат әлі болған жоқ.', write: 'Жазу', to: 'Кімге', about: 'Шот туралы', noAccount: 'шот туралы емес', kind: 'Хат не туралы', subject: 'Тақырып', text: 'Хабарлама', name: 'Аты-жөніңіз', address: 'Мекенжайыңыз', send: 'Жіберу', sent: (number, day) => `Хат қабылданды: № ${number} жолданым, жауап ${day} дейін.`,
    you: 'Сіз', answered: 'Жауап', waits: 'Жауап әлі жоқ', open: 'Жолданымды ашу', of: (month, service) => `${month} шоты: ${service}`, files: 'Файлдар',
  },
  dispute: {
    title: 'Жолға дау айту', stands: 'Шотта тұрғаны', believed: 'Сіздіңше қалай дұрыс', residents: 'Неше адам тұрады', quantity: 'Шығыс қанша болды', recompute: 'Қайта есептеу', would: 'Сіздің деректермен', less: (sum) => `${sum} ₸ аз`, more: (sum) => `${sum} ₸ көп`, same: 'дәл сондай',
    text: 'Не дұрыс емес', textHint: 'Жолдың сандары мен қайта есебі өзі тіркеледі.', send: 'Шағым жіберу', subject: (service, month) => `Есептеумен келіспеймін: ${service}, ${month}`,
  },
  optional: 'міндетті емес', back: 'Артқа', plans: { flat: 'бірыңғай', tiers: 'көлемі бойынша', zones: 'күндіз және түнде' },
}
export const cabinetWords: Readonly<Record<Language, CabinetWords>> = { ru, kk }
