import type { Decision, ExceptionKind } from '../../regulation/settlement.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { plural } from './format.ts'

const ru = {
  title: 'Расчёт месяца', hint: 'Расчёт — черновик, пока его не провели: потребители его не видят. После проведения месяц закрыт, исправляют только новыми строками.', next: (month: string) => `Следующий месяц: ${month}`, start: (month: string) => `Рассчитать ${month}`, tooEarly: 'Начать можно, когда откроется приём показаний этого месяца.', outside: 'Начисления ведёт внешняя система: здесь их не рассчитывают.',
  empty: 'Расчётов ещё не было', emptyHint: 'Начните с первого месяца: он посчитается по показаниям, среднему и нормам.', startedBy: (who: string, when: string) => `начат ${when}, ${who}`, postedBy: (who: string, when: string) => `проведён ${when}, ${who}`,
  states: { counting: 'считается', counted: 'посчитан, не проведён', posted: 'проведён', cancelled: 'отменён' }, progress: (done: number, all: number) => `${done.toLocaleString('ru')} из ${all.toLocaleString('ru')} счетов`, leave: 'Можно уйти со страницы: расчёт идёт на сервере и продолжится после перезапуска.',
  preview: 'Предпросмотр', bills: 'Счетов', opening: 'На начало', charged: 'Начислено', recalculated: 'Перерасчёт', penalty: 'Пеня', paid: 'Оплачено', closing: 'К оплате', service: 'Услуга', accounts: 'Счетов', quantity: 'Объём', common: 'ОДН', vat: 'в т. ч. НДС', reading: 'по показаниям', average: 'по среднему', norm: 'по норме', total: 'Всего',
  exceptions: 'Исключения', noExceptions: 'Исключений нет: всё посчитано по правилам.', undecided: (n: number) => `${n} ${plural(n, 'исключение', 'исключения', 'исключений')} без решения`, decided: 'Решённые', toDecide: 'Ждут решения', all: 'Все', account: 'Счёт', what: 'Что не так', decide: 'Решить', selected: (n: number) => `Выбрано: ${n}`, selectAll: 'Выбрать все на странице', recounted: (n: number) => `Решено: ${n}. Дома пересчитаны.`,
  kinds: { lower: 'показание меньше прошлого', spike: 'намного больше обычного', no_first_reading: 'нет начального показания', no_average: 'не по чему считать среднее', no_norm: 'нет нормы', no_tariff: 'нет тарифа', no_zones: 'нет зон' } satisfies Record<ExceptionKind, string>,
  kindHints: { lower: 'пока начислено по среднему', spike: 'пока начислено по среднему', no_first_reading: 'пока начислено по норме', no_average: 'пока начислено по норме', no_norm: 'не начислено', no_tariff: 'не начислено', no_zones: 'не начислено' } satisfies Record<ExceptionKind, string>,
  decisions: { reading: 'По показанию', average: 'По среднему', norm: 'По норме', nothing: 'Не начислять' } satisfies Record<Decision, string>,
  details: { since: 'было', taken: 'стало', used: 'расход', usual: 'обычно', plan: 'тариф' } as Readonly<Record<string, string>>,
  post: 'Провести', postSure: (month: string) => `Провести ${month}? Счета появятся у потребителей, месяц закроется. Отменить проведение нельзя.`, posted: 'Месяц проведён.', cancel: 'Отменить черновик', cancelSure: 'Выбросить черновик? Месяц можно будет рассчитать заново.', cancelled: 'Черновик отменён.', onlyHead: 'Проводит месяц начальник отдела расчётов.', back: 'Все расчёты', more: 'Показать ещё', open: 'Открыть',
}
export type SettlementWords = typeof ru

const kk: SettlementWords = {
  title: 'Ай есебі', hint: 'Есеп өткізілгенше — қолжазба: тұтынушылар оны көрмейді. Өткізілген соң ай жабылады, тек жаңа жолдармен түзетіледі.', next: (month) => `Келесі ай: ${month}`, start: (month) => `${month} есептеу`, tooEarly: 'Осы айдың көрсеткіштерін қабылдау ашылғанда бастауға болады.', outside: 'Есептеулерді сыртқы жүйе жүргізеді: мұнда есептелмейді.',
  empty: 'Есептеу әлі болған жоқ', emptyHint: 'Бірінші айдан бастаңыз: көрсеткіш, орташа және норма бойынша есептеледі.', startedBy: (who, when) => `${when} басталды, ${who}`, postedBy: (who, when) => `${when} өткізілді, ${who}`,
  states: { counting: 'есептелуде', counted: 'есептелді, өткізілмеген', posted: 'өткізілді', cancelled: 'жойылды' }, progress: (done, all) => `${all.toLocaleString('ru')} шоттан ${done.toLocaleString('ru')}`, leave: 'Беттен кетуге болады: есеп серверде жүреді, қайта қосылғанда жалғасады.',
  preview: 'Алдын ала қарау', bills: 'Шоттар', opening: 'Басына', charged: 'Есептелді', recalculated: 'Қайта есептеу', penalty: 'Өсімпұл', paid: 'Төленді', closing: 'Төлеуге', service: 'Қызмет', accounts: 'Шоттар', quantity: 'Көлемі', common: 'ҮОМ', vat: 'оның ішінде ҚҚС', reading: 'көрсеткіш бойынша', average: 'орташа бойынша', norm: 'норма бойынша', total: 'Барлығы',
  exceptions: 'Ерекше жағдайлар', noExceptions: 'Ерекше жағдай жоқ: бәрі ереже бойынша есептелді.', undecided: (n) => `${n} жағдай шешілмеген`, decided: 'Шешілгендер', toDecide: 'Шешімді күтеді', all: 'Барлығы', account: 'Шот', what: 'Не дұрыс емес', decide: 'Шешу', selected: (n) => `Таңдалды: ${n}`, selectAll: 'Беттегілердің бәрін таңдау', recounted: (n) => `Шешілді: ${n}. Үйлер қайта есептелді.`,
  kinds: { lower: 'көрсеткіш алдыңғысынан аз', spike: 'әдеттегіден әлдеқайда көп', no_first_reading: 'бастапқы көрсеткіш жоқ', no_average: 'орташасын есептейтін дерек жоқ', no_norm: 'норма жоқ', no_tariff: 'тариф жоқ', no_zones: 'аймақ жоқ' },
  kindHints: { lower: 'әзірге орташа бойынша есептелді', spike: 'әзірге орташа бойынша есептелді', no_first_reading: 'әзірге норма бойынша есептелді', no_average: 'әзірге норма бойынша есептелді', no_norm: 'есептелген жоқ', no_tariff: 'есептелген жоқ', no_zones: 'есептелген жоқ' },
  decisions: { reading: 'Көрсеткіш бойынша', average: 'Орташа бойынша', norm: 'Норма бойынша', nothing: 'Есептемеу' },
  details: { since: 'болғаны', taken: 'болды', used: 'шығыс', usual: 'әдетте', plan: 'тариф' },
  post: 'Өткізу', postSure: (month) => `${month} өткізілсін бе? Шоттар тұтынушыларға шығады, ай жабылады. Қайтаруға болмайды.`, posted: 'Ай өткізілді.', cancel: 'Қолжазбаны жою', cancelSure: 'Қолжазба жойылсын ба? Айды қайта есептеуге болады.', cancelled: 'Қолжазба жойылды.', onlyHead: 'Айды есеп айырысу бөлімінің бастығы өткізеді.', back: 'Барлық есептер', more: 'Тағы көрсету', open: 'Ашу',
}
export const settlementWords: Readonly<Record<Language, SettlementWords>> = { ru, kk }
