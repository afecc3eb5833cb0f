import type { Language } from '../../regulation/vocabulary.ts'
import { plural } from './format.ts'

const ru = {
  title: 'Плановые отключения', lead: 'Когда и где не будет света, тепла или воды. Введите улицу, чтобы увидеть свои.', address: 'Улица, дом', find: 'Найти', all: 'Все услуги', none: 'Плановых отключений нет.', noneAt: (address: string) => `По адресу «${address}» плановых отключений нет.`, emergency: 'Если света или воды нет, а отключения в списке нет, позвоните:',
  now: 'идёт сейчас', coming: 'будет', over: 'прошло', cancelled: 'отменено', from: (start: string, end: string) => `${start} – ${end}`, houses: (n: number) => `${n} ${plural(n, 'дом', 'дома', 'домов')}`, mine: 'Отключения по вашему адресу',
  plan: 'Новое отключение', organization: 'Кто отключает', service: 'Что отключают', starts: 'Начало', ends: 'Конец', reasonRu: 'Причина, по-русски', reasonKk: 'Причина, по-казахски', places: 'Где', placesHint: 'Улица и дома, по строке на улицу: «ул. Абая, 1–15, 22». Без домов — вся улица.', publish: 'Опубликовать', published: (n: number) => `Опубликовано: домов ${n}`, preview: (houses: number, accounts: number) => `Домов: ${houses}, лицевых счетов: ${accounts}`,
  line: (n: number, houses: number) => (houses === 0 ? `Строка ${n}: таких домов нет` : `Строка ${n}: домов ${houses}`), cancel: 'Отменить', cancelSure: 'Отменить отключение? Потребители перестанут его видеть.', empty: 'Отключений ещё не планировали', emptyHint: 'Опубликованное здесь сразу видно на сайте и в кабинетах этих домов.',
}
export type OutageWords = typeof ru
const kk: OutageWords = {
  title: 'Жоспарлы ажыратулар', lead: 'Жарық, жылу немесе су қашан және қайда болмайтыны. Өзіңіздікін көру үшін көшені енгізіңіз.', address: 'Көше, үй', find: 'Табу', all: 'Барлық қызметтер', none: 'Жоспарлы ажырату жоқ.', noneAt: (address) => `«${address}» мекенжайында жоспарлы ажырату жоқ.`, emergency: 'Жарық не су жоқ, ал тізімде ажырату болмаса, қоңырау шалыңыз:',
  now: 'қазір жүруде', coming: 'болады', over: 'өтті', cancelled: 'жойылды', from: (start, end) => `${start} – ${end}`, houses: (n) => `${n} үй`, mine: 'Мекенжайыңыздағы ажыратулар',
  plan: 'Жаңа ажырату', organization: 'Кім ажыратады', service: 'Не ажыратылады', starts: 'Басталуы', ends: 'Аяқталуы', reasonRu: 'Себебі, орысша', reasonKk: 'Себебі, қазақша', places: 'Қайда', placesHint: 'Көше мен үйлер, әр көше бір жолда: «ул. Абая, 1–15, 22». Үйсіз — бүкіл көше.', publish: 'Жариялау', published: (n) => `Жарияланды: ${n} үй`, preview: (houses, accounts) => `Үйлер: ${houses}, дербес шоттар: ${accounts}`,
  line: (n, houses) => (houses === 0 ? `${n}-жол: мұндай үй жоқ` : `${n}-жол: ${houses} үй`), cancel: 'Жою', cancelSure: 'Ажырату жойылсын ба? Тұтынушылар оны көрмейді.', empty: 'Ажырату әлі жоспарланған жоқ', emptyHint: 'Мұнда жарияланғаны сайтта және сол үйлердің кабинеттерінде бірден көрінеді.',
}
export const outageWords: Readonly<Record<Language, OutageWords>> = { ru, kk }
