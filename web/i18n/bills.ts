import type { BillLine } from '../../server/ledger/read-bill.ts'
import type { EstimateLine } from '../../regulation/tariffs.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { formatDate, formatMonth } from './format.ts'
import { formatTenge } from './tariffs.ts'

/** Words of the bill of a month and of the ledger card (п. 11.3.1), on paper and on the page. */
export type BillWords = {
  readonly title: string; readonly forMonth: (period: string) => string; readonly account: string; readonly holder: string; readonly address: string; readonly flat: (n: string) => string; readonly area: string; readonly residents: string; readonly phone: string
  readonly toPayBy: (day: string) => string; readonly toPay: string; readonly paidAhead: (tenge: string) => string; readonly nothingToPay: string
  readonly charges: string; readonly service: string; readonly unit: string; readonly previous: string; readonly current: string; readonly quantity: string; readonly price: string; readonly net: string; readonly vat: (percent?: number) => string; readonly sum: string
  readonly methods: Record<BillLine['method'], string>; readonly common: string; readonly givenBack: string; readonly tier: (n: number) => string; readonly parts: Record<Exclude<EstimateLine['what'], 'tier'>, string>; readonly day: string; readonly night: string
  readonly balances: string; readonly opening: string; readonly charged: string; readonly recalculated: string; readonly penalty: string; readonly paid: string; readonly closing: string; readonly total: string
  readonly payments: string; readonly noPayments: string; readonly recalculations: string; readonly recalculatedFor: (period: string) => string
  readonly meters: string; readonly meter: string; readonly nextVerification: string; readonly verificationSoon: (days: number) => string; readonly verificationLapsed: string
  readonly suppliers: string; readonly supplier: string; readonly bin: string; readonly iban: string; readonly bik: string; readonly kbe: string; readonly knp: string
  readonly qr: Record<'requisites' | 'link', string>; readonly cabinet: string; readonly cabinetHow: (account: string) => string; readonly code: string
  readonly card: string; readonly period: string; readonly cardSpan: (from: string, to: string) => string; readonly monthTotal: string; readonly priceNet: string; readonly notBilled: string; readonly cardEmpty: string; readonly sheet: string
}

export const billWords: Readonly<Record<Language, BillWords>> = {
  ru: {
    title: 'Счёт-квитанция', forMonth: (period) => `за ${formatMonth(period, 'ru')}`, account: 'Лицевой счёт', holder: 'Плательщик', address: 'Адрес', flat: (n) => `кв. ${n}`, area: 'Площадь, м²', residents: 'Проживает, чел.', phone: 'Телефон',
    toPayBy: (day) => `К оплате до ${formatDate(day, 'ru')}`, toPay: 'К оплате', paidAhead: (tenge) => `Оплачено вперёд: ${tenge} ₸`, nothingToPay: 'Платить не нужно.',
    charges: 'Начисления за месяц', service: 'Услуга', unit: 'Ед.', previous: 'Пред. показание', current: 'Тек. показание', quantity: 'Расход', price: 'Тариф, ₸', net: 'Без НДС, ₸', vat: (percent) => (percent === undefined ? 'НДС, ₸' : `НДС ${percent} %, ₸`), sum: 'Начислено, ₸',
    methods: { reading: 'по показаниям', average: 'по среднему расходу', norm: 'по норме', outside: 'по данным поставщика' }, common: 'Общедомовые нужды', givenBack: 'возврат начисленного по среднему', tier: (n) => `${n}-й уровень`, parts: { flat: 'Расход', day: 'День', night: 'Ночь' }, day: 'день', night: 'ночь',
    balances: 'Расчёты по услугам, ₸', opening: 'Сальдо на начало', charged: 'Начислено', recalculated: 'Перерасчёт', penalty: 'Пеня', paid: 'Оплачено', closing: 'Сальдо на конец', total: 'Итого',
    payments: 'Оплачено', noPayments: 'в этом месяце платежей не было', recalculations: 'Перерасчёт', recalculatedFor: (period) => `за ${formatMonth(period, 'ru')}`,
    meters: 'Приборы учёта', meter: 'Прибор учёта', nextVerification: 'следующая поверка', verificationSoon: (days) => `через ${days} дн.: запишитесь на поверку`, verificationLapsed: 'срок поверки истёк: расход считают по среднему, затем по норме',
    suppliers: 'Получатели и реквизиты', supplier: 'Получатель', bin: 'БИН', iban: 'ИИК', bik: 'БИК', kbe: 'КБе', knp: 'КНП',
    qr: { requisites: 'Реквизиты для оплаты: наведите камеру', link: 'Оплатить: наведите камеру' }, cabinet: 'Личный кабинет', cabinetHow: (account) => `Счета, показания и платежи — в личном кабинете: войдите, нажмите «Добавить лицевой счёт» и введите номер ${account} и код, который стоит справа вверху.`, code: 'Код для личного кабинета',
    card: 'Карточка лицевого счёта', period: 'Период', cardSpan: (from, to) => `${formatMonth(from, 'ru')} — ${formatMonth(to, 'ru')}`, monthTotal: 'Итого за месяц', priceNet: 'Тарифы указаны без НДС, суммы — с НДС.', notBilled: 'Месяц ещё не закрыт.', cardEmpty: 'За этот период начислений и платежей нет.', sheet: 'Карточка',
  },
  kk: {
    title: 'Шот-түбіртек', forMonth: (period) => `${formatMonth(period, 'kk')} айы үшін`, account: 'Дербес шот', holder: 'Төлеуші', address: 'Мекенжайы', flat: (n) => `${n}-пәтер`, area: 'Ауданы, м²', residents: 'Тұратындар, адам', phone: 'Телефон',
    toPayBy: (day) => `Төлеуге, мерзімі ${formatDate(day, 'kk')}`, toPay: 'Төлеуге', paidAhead: (tenge) => `Алдын ала төленген: ${tenge} ₸`, nothingToPay: 'Төлеудің қажеті жоқ.',
    charges: 'Айлық есептеулер', service: 'Қызмет', unit: 'Өлш.', previous: 'Алдыңғы көрсеткіш', current: 'Ағымдағы көрсеткіш', quantity: 'Шығыс', price: 'Тариф, ₸', net: 'ҚҚС-сыз, ₸', vat: (percent) => (percent === undefined ? 'ҚҚС, ₸' : `ҚҚС ${percent} %, ₸`), sum: 'Есептелді, ₸',
    methods: { reading: 'көрсеткіш бойынша', average: 'орташа шығыс бойынша', norm: 'норма бойынша', outside: 'жеткізушінің деректері бойынша' }, common: 'Үйге ортақ мұқтаждар', givenBack: 'орташамен есептелгенді қайтару', tier: (n) => `${n}-деңгей`, parts: { flat: 'Шығыс', day: 'Күндіз', night: 'Түнде' }, day: 'күндіз', night: 'түнде',
    balances: 'Қызметтер бойынша есеп айырысу, ₸', opening: 'Кезең басындағы сальдо', charged: 'Есептелді', recalculated: 'Қайта есептеу', penalty: 'Өсімпұл', paid: 'Төленді', closing: 'Кезең соңындағы сальдо', total: 'Барлығы',
    payments: 'Төленді', noPayments: 'бұл айда төлем болған жоқ', recalculations: 'Қайта есептеу', recalculatedFor: (period) => `${formatMonth(period, 'kk')} айы үшін`,
    meters: 'Есептегіштер', meter: 'Есептегіш', nextVerification: 'келесі тексеру', verificationSoon: (days) => `${days} күн қалды: тексеруге жазылыңыз`, verificationLapsed: 'тексеру мерзімі өтті: шығыс орташамен, кейін норма бойынша есептеледі',
    suppliers: 'Алушылар және деректемелер', supplier: 'Алушы', bin: 'БСН', iban: 'ЖСК', bik: 'БСК', kbe: 'БеК', knp: 'КНП',
    qr: { requisites: 'Төлем деректемелері: камераны туралаңыз', link: 'Төлеу: камераны туралаңыз' }, cabinet: 'Жеке кабинет', cabinetHow: (account) => `Шоттар, көрсеткіштер мен төлемдер — жеке кабинетте: кіріп, «Дербес шот қосу» дегенді басып, ${account} нөмірін және оң жақ жоғарыда тұрған кодты енгізіңіз.`, code: 'Жеке кабинет коды',
    card: 'Дербес шот карточкасы', period: 'Кезең', cardSpan: (from, to) => `${formatMonth(from, 'kk')} — ${formatMonth(to, 'kk')}`, monthTotal: 'Айдың қорытындысы', priceNet: 'Тарифтер ҚҚС-сыз, сомалар ҚҚС-пен көрсетілген.', notBilled: 'Ай әлі жабылған жоқ.', cardEmpty: 'Бұл кезеңде есептеу де, төлем де жоқ.', sheet: 'Карточка',
  },
}

/** Tiyn as tenge, below nothing too: «−14 508,12». */
export const signedTenge = (tiyn: number): string => `${tiyn < 0 ? '−' : ''}${formatTenge(Math.abs(tiyn))}`
