import type { Service } from '../../regulation/tariffs.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { formatDay, formatMonth, formatQuantity } from './format.ts'
import { formatTenge, tariffWords } from './tariffs.ts'

type Figures = {
  readonly period: string; readonly service: Service; readonly common: boolean; readonly method: 'reading' | 'average' | 'norm' | 'outside'; readonly used: string; readonly stands: number; readonly meter?: string
  readonly previous?: string; readonly current?: string; readonly residents?: number; readonly quantity?: string; readonly recomputed?: number
}
type DisputeWords = { readonly account: (number: string) => string; readonly addressee: (name: string) => string; readonly figures: (figures: Figures) => string; readonly methods: Record<Figures['method'], string>; readonly common: string }

/** «1234, 2026-10-21» with its day as people write it. */
const dated = (text: string) => text.replace(/\d{4}-\d{2}-\d{2}/, formatDay).replace('.', ',')

/** What a message of the cabinet adds to the writer's own words: to whom, about which account, the figures of a disputed line. */
export const disputeWords: Readonly<Record<Language, DisputeWords>> = {
  ru: {
    account: (number) => `Лицевой счёт № ${number}`, addressee: (name) => `Кому: ${name}`, common: 'общедомовые нужды', methods: { reading: 'по показаниям', average: 'по среднему', norm: 'по норме', outside: 'внешняя система' },
    figures: (f) => [
      `Оспаривается строка: ${tariffWords.ru.services[f.service]}${f.common ? ' (общедомовые нужды)' : ''}, ${formatMonth(f.period, 'ru')}.`,
      `Начислено: ${formatTenge(f.stands)} ₸, ${disputeWords.ru.methods[f.method]}, объём ${formatQuantity(f.used)} ${tariffWords.ru.units[f.service]}.`,
      ...(f.meter ? [`Прибор учёта № ${f.meter}${f.previous ? `, было ${dated(f.previous)}` : ''}${f.current ? `, стало ${dated(f.current)}` : ''}.`] : []),
      ...(f.residents !== undefined ? [`Заявитель указывает: проживает ${f.residents}.`] : []), ...(f.quantity ? [`Заявитель указывает: объём ${formatQuantity(f.quantity)} ${tariffWords.ru.units[f.service]}.`] : []),
      ...(f.recomputed !== undefined ? [`Пересчёт системой по этим данным: ${formatTenge(f.recomputed)} ₸, разница ${formatTenge(f.recomputed - f.stands)} ₸.`] : []),
    ].join('\n').replaceAll('..', '.'),
  },
  kk: {
    account: (number) => `№ ${number} дербес шот`, addressee: (name) => `Кімге: ${name}`, common: 'үйге ортақ мұқтаждар', methods: { reading: 'көрсеткіш бойынша', average: 'орташа бойынша', norm: 'норма бойынша', outside: 'сыртқы жүйе' },
    figures: (f) => [
      `Даулы жол: ${tariffWords.kk.services[f.service]}${f.common ? ' (үйге ортақ мұқтаждар)' : ''}, ${formatMonth(f.period, 'kk')}.`,
      `Есептелді: ${formatTenge(f.stands)} ₸, ${disputeWords.kk.methods[f.method]}, көлемі ${formatQuantity(f.used)} ${tariffWords.kk.units[f.service]}.`,
      ...(f.meter ? [`№ ${f.meter} есептегіш${f.previous ? `, болғаны ${dated(f.previous)}` : ''}${f.current ? `, болды ${dated(f.current)}` : ''}.`] : []),
      ...(f.residents !== undefined ? [`Өтініш берушінің айтуынша тұратындар: ${f.residents}.`] : []), ...(f.quantity ? [`Өтініш берушінің айтуынша көлемі: ${formatQuantity(f.quantity)} ${tariffWords.kk.units[f.service]}.`] : []),
      ...(f.recomputed !== undefined ? [`Жүйенің осы деректермен қайта есебі: ${formatTenge(f.recomputed)} ₸, айырмасы ${formatTenge(f.recomputed - f.stands)} ₸.`] : []),
    ].join('\n').replaceAll('..', '.'),
  },
}
