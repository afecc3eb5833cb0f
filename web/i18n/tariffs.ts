import type { ConsumerGroup, Service, TariffPlan } from '../../regulation/tariffs.ts'
import type { Language } from '../../regulation/vocabulary.ts'

/** Words of the tariff calculator. */
type TariffWords = {
  readonly title: string; readonly lead: string; readonly services: Record<Service, string>; readonly units: Record<Service, string>; readonly groups: Record<ConsumerGroup, string>; readonly plans: Record<TariffPlan, string>
  readonly group: string; readonly quantity: Record<Service, string>; readonly zones: string; readonly dayZone: string; readonly nightZone: string; readonly residents: string; readonly stove: string; readonly benefit: string; readonly commonMeter: string
  readonly area: string; readonly on: string; readonly noMeter: string; readonly count: string; readonly toPay: string; readonly working: string; readonly line: string; readonly price: string; readonly sum: string; readonly net: string; readonly vat: (percent: number) => string
  readonly tier: (n: number) => string; readonly lines: Record<'flat' | 'day' | 'night', string>; readonly byNorm: string; readonly compare: string; readonly cheapest: string; readonly dearer: (tenge: string) => string; readonly month: string; readonly sample: string; readonly optional: string; readonly nav: string
}
export const tariffWords: Readonly<Record<Language, TariffWords>> = {
  ru: {
    title: 'Калькулятор тарифа', nav: 'Калькулятор тарифа', lead: 'Посчитайте, сколько будет стоить месяц, и сравните тарифы. Входить не нужно.',
    services: { electricity: 'Электроэнергия', heating: 'Отопление', hot_water: 'Горячая вода', cold_water: 'Холодная вода', sewage: 'Водоотведение', waste: 'Вывоз мусора' },
    units: { electricity: 'кВт·ч', heating: 'Гкал', hot_water: 'м³', cold_water: 'м³', sewage: 'м³', waste: 'чел.' },
    groups: { household: 'Население', other: 'Организация', budget: 'Бюджетная организация' }, plans: { flat: 'Единый тариф', tiers: 'По объёму потребления', zones: 'День и ночь' }, group: 'Кто потребляет',
    quantity: { electricity: 'Расход за месяц, кВт·ч', heating: 'Расход по счётчику, Гкал', hot_water: 'Расход по счётчику, м³', cold_water: 'Расход по счётчику, м³', sewage: 'Расход по счётчику, м³', waste: 'Количество' },
    zones: 'Если счётчик двухтарифный', dayZone: 'Днём (07–23), кВт·ч', nightZone: 'Ночью (23–07), кВт·ч', residents: 'Сколько человек прописано', stove: 'Есть электроплита', benefit: 'Одинокий пенсионер или есть льгота', commonMeter: 'В доме есть общий счётчик тепла',
    area: 'Площадь, м² (если счётчика нет)', on: 'На какой день', noMeter: 'Если счётчика нет, оставьте пустым: посчитаем по норме.', count: 'Посчитать', toPay: 'К оплате за месяц', working: 'Как посчитано', line: 'Строка', price: 'Цена без НДС', sum: 'Сумма', net: 'Без НДС', vat: (percent) => `НДС ${percent} %`,
    tier: (n) => `${n}-й уровень`, lines: { flat: 'Расход', day: 'День', night: 'Ночь' }, byNorm: 'Посчитано по норме: счётчика нет.', compare: 'Сравнение тарифов', cheapest: 'дешевле всего', dearer: (tenge) => `на ${tenge} ₸ дороже`, month: 'за месяц', sample: 'Тарифы примерные, для показа системы. Счёт считают по тарифам, утверждённым на день потребления.', optional: 'необязательно',
  },
  kk: {
    title: 'Тариф калькуляторы', nav: 'Тариф калькуляторы', lead: 'Бір ай қанша тұратынын есептеп, тарифтерді салыстырыңыз. Кіру қажет емес.',
    services: { electricity: 'Электр энергиясы', heating: 'Жылыту', hot_water: 'Ыстық су', cold_water: 'Салқын су', sewage: 'Су бұру', waste: 'Қоқыс шығару' },
    units: { electricity: 'кВт·сағ', heating: 'Гкал', hot_water: 'м³', cold_water: 'м³', sewage: 'м³', waste: 'адам' },
    groups: { household: 'Халық', other: 'Ұйым', budget: 'Бюджеттік ұйым' }, plans: { flat: 'Бірыңғай тариф', tiers: 'Тұтыну көлемі бойынша', zones: 'Күндіз және түнде' }, group: 'Кім тұтынады',
    quantity: { electricity: 'Айлық шығыс, кВт·сағ', heating: 'Есептегіш бойынша шығыс, Гкал', hot_water: 'Есептегіш бойынша шығыс, м³', cold_water: 'Есептегіш бойынша шығыс, м³', sewage: 'Есептегіш бойынша шығыс, м³', waste: 'Саны' },
    zones: 'Есептегіш екі тарифті болса', dayZone: 'Күндіз (07–23), кВт·сағ', nightZone: 'Түнде (23–07), кВт·сағ', residents: 'Неше адам тіркелген', stove: 'Электр плитасы бар', benefit: 'Жалғызбасты зейнеткер немесе жеңілдігі бар', commonMeter: 'Үйде ортақ жылу есептегіші бар',
    area: 'Ауданы, м² (есептегіш болмаса)', on: 'Қай күнге', noMeter: 'Есептегіш болмаса, бос қалдырыңыз: норма бойынша есептейміз.', count: 'Есептеу', toPay: 'Айына төлеуге', working: 'Қалай есептелді', line: 'Жол', price: 'ҚҚС-сыз бағасы', sum: 'Сомасы', net: 'ҚҚС-сыз', vat: (percent) => `ҚҚС ${percent} %`,
    tier: (n) => `${n}-деңгей`, lines: { flat: 'Шығыс', day: 'Күндіз', night: 'Түнде' }, byNorm: 'Норма бойынша есептелді: есептегіш жоқ.', compare: 'Тарифтерді салыстыру', cheapest: 'ең арзаны', dearer: (tenge) => `${tenge} ₸ қымбат`, month: 'айына', sample: 'Тарифтер жүйені көрсетуге арналған мысал. Шот тұтыну күніне бекітілген тарифтермен есептеледі.', optional: 'міндетті емес',
  },
}

/** Tiyn as tenge: «14 508,12»; below nothing with a minus. */
export function formatTenge(tiyn: number): string {
  const whole = String(Math.floor(Math.abs(tiyn) / 100)).replace(/\B(?=(\d{3})+$)/g, '\u00A0')
  return `${tiyn < 0 ? '−' : ''}${whole},${String(Math.abs(tiyn) % 100).padStart(2, '0')}`
}
