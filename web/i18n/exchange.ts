import type { Service } from '../../regulation/tariffs.ts'
import type { Language } from '../../regulation/vocabulary.ts'

export type ColumnName = 'number' | 'holder' | 'address' | 'flat' | 'district' | 'area' | 'stove' | 'common_heat_meter' | 'residents' | 'benefit' | 'opened_on' | 'closed_on' | 'since' | Service | 'account' | 'service' | 'serial' | 'digits' | 'registers' | 'seals'
  | 'verified_on' | 'next_verification_on' | 'installed_on' | 'removed_on' | 'day' | 'value' | 'night' | 'source' | 'period' | 'kind' | 'method' | 'quantity' | 'net' | 'vat' | 'amount' | 'reference' | 'principal' | 'penalty'
type Kind = 'accounts' | 'meters' | 'readings' | 'charges' | 'payments' | 'balances'
type Verdict = 'new' | 'changed' | 'unchanged' | 'refused'

/** Words of the exchange with an outside billing system, п. 11.3.1. */
type ExchangeWords = {
  readonly title: string; readonly lead: string; readonly master: Record<'own' | 'outside', string>; readonly kinds: Record<Kind, string>; readonly columns: Record<ColumnName, string>; readonly states: Record<'checking' | 'staged' | 'applying' | 'applied' | 'cancelled' | 'failed', string>
  readonly bring: string; readonly what: string; readonly file: string; readonly choose: string; readonly upload: string; readonly template: string; readonly ownCharges: string; readonly verdicts: Record<Verdict, string>; readonly will: Record<Verdict, string>; readonly was: Record<Verdict, string>
  readonly progress: (done: number, of: number) => string; readonly apply: string; readonly cancel: string; readonly applyHint: string; readonly nothing: string; readonly refusedFile: string; readonly row: string; readonly why: string; readonly before: string; readonly rowsOf: (verdict: string) => string
  readonly noRows: string; readonly more: string; readonly imports: string; readonly none: string; readonly back: string; readonly by: (name: string, at: string) => string; readonly rows: (count: number) => string; readonly month: string; readonly take: string; readonly from: string; readonly to: string; readonly since: string; readonly sinceHint: string
  readonly monthHint: Record<'charges' | 'payments' | 'balances', string>; readonly column: string; readonly required: string; readonly yes: string; readonly example: string; readonly about: string; readonly lost: string; readonly applied: string; readonly cancelled: string; readonly show: string; readonly accept: string
}

export const exchangeWords: Readonly<Record<Language, ExchangeWords>> = {
  ru: {
    title: 'Обмен', lead: 'Лицевые счета, приборы, показания, начисления и платежи — файлами CSV и XLSX, из внешней биллинговой системы и в неё.',
    master: { own: 'Начисляет эта система: начисления только выгружаются.', outside: 'Начисляет внешняя система: её начисления загружаются по месяцам, здесь ничего не считается.' },
    kinds: { accounts: 'Лицевые счета', meters: 'Приборы учёта', readings: 'Показания', charges: 'Начисления', payments: 'Платежи', balances: 'Сальдо' },
    columns: {
      number: 'Номер счёта', holder: 'Владелец', address: 'Адрес дома', flat: 'Квартира', district: 'Район', area: 'Площадь, м²', stove: 'Электроплита', common_heat_meter: 'Общий счётчик тепла', residents: 'Прописано', benefit: 'Льгота', opened_on: 'Открыт', closed_on: 'Закрыт', since: 'С какого дня',
      electricity: 'Электроэнергия', heating: 'Отопление', hot_water: 'Горячая вода', cold_water: 'Холодная вода', sewage: 'Водоотведение', waste: 'Вывоз мусора', account: 'Лицевой счёт', service: 'Услуга', serial: 'Номер прибора', digits: 'Разрядов', registers: 'Зон', seals: 'Пломбы',
      verified_on: 'Поверен', next_verification_on: 'Поверка до', installed_on: 'Установлен', removed_on: 'Снят', day: 'Дата', value: 'Показание', night: 'Показание ночь', source: 'Источник', period: 'Месяц', kind: 'Вид', method: 'Способ', quantity: 'Объём', net: 'Без НДС', vat: 'НДС', amount: 'Сумма',
      reference: 'Номер платежа', principal: 'Основной долг', penalty: 'Пеня',
    },
    states: { checking: 'проверяется', staged: 'проверен, не применён', applying: 'применяется', applied: 'применён', cancelled: 'отменён', failed: 'не принят' },
    bring: 'Загрузить файл', what: 'Что в файле', file: 'Файл CSV или XLSX', choose: 'Выберите файл', upload: 'Проверить файл', template: 'Шаблон', ownCharges: 'Начисления считает эта система: загрузить их нельзя, только выгрузить.',
    verdicts: { new: 'новые', changed: 'изменённые', unchanged: 'без изменений', refused: 'отклонённые' },
    will: { new: 'Будет добавлено', changed: 'Будет изменено', unchanged: 'Уже есть', refused: 'Не будет принято' }, was: { new: 'Добавлено', changed: 'Изменено', unchanged: 'Уже было', refused: 'Отклонено' },
    progress: (done, of) => `${done} из ${of} строк`, apply: 'Применить', cancel: 'Отменить', applyHint: 'Пока ничего не записано. Отклонённые строки останутся в отчёте, остальные будут записаны.', nothing: 'Применять нечего: всё уже есть или отклонено.',
    refusedFile: 'Отклонённые строки, CSV', row: 'Строка', why: 'Почему отклонена', before: 'было:', rowsOf: (verdict) => `Строки файла: ${verdict}`, noRows: 'Таких строк нет.', more: 'Показать ещё', imports: 'Загруженные файлы', none: 'Файлов ещё не загружали.', back: 'К обмену',
    by: (name, at) => `${name}, ${at}`, rows: (count) => `строк: ${count}`, month: 'Месяц', take: 'Выгрузить', from: 'С дня', to: 'По день', since: 'Приняты после', sinceHint: 'Момент прошлой выгрузки: придут только новые показания.',
    monthHint: { charges: 'Пусто — последний проведённый', payments: 'В чьём счёте стоят; пусто — все', balances: 'На конец месяца; пусто — сейчас' }, column: 'Столбец', required: 'Обязателен', yes: 'да', example: 'Пример', about: 'Что в нём',
    lost: 'Связь прервалась. Посмотрите список файлов ниже: принятый файл в нём есть.', applied: 'Файл применяется', cancelled: 'Файл отменён', show: 'Показать строки', accept: 'Показания, платежи и сальдо записываются навсегда: исправить их можно только новой записью.',
  },
  kk: {
    title: 'Алмасу', lead: 'Дербес шоттар, есептегіштер, көрсеткіштер, есептеулер мен төлемдер — CSV және XLSX файлдарымен, сыртқы биллинг жүйесінен және оған.',
    master: { own: 'Есептеуді осы жүйе жүргізеді: есептеулер тек шығарылады.', outside: 'Есептеуді сыртқы жүйе жүргізеді: оның есептеулері ай сайын жүктеледі, мұнда ештеңе есептелмейді.' },
    kinds: { accounts: 'Дербес шоттар', meters: 'Есептегіштер', readings: 'Көрсеткіштер', charges: 'Есептеулер', payments: 'Төлемдер', balances: 'Сальдо' },
    columns: {
      number: 'Шот нөмірі', holder: 'Иесі', address: 'Үй мекенжайы', flat: 'Пәтер', district: 'Аудан', area: 'Ауданы, м²', stove: 'Электр плитасы', common_heat_meter: 'Ортақ жылу есептегіші', residents: 'Тіркелгендер', benefit: 'Жеңілдік', opened_on: 'Ашылған', closed_on: 'Жабылған', since: 'Қай күннен',
      electricity: 'Электр энергиясы', heating: 'Жылыту', hot_water: 'Ыстық су', cold_water: 'Салқын су', sewage: 'Су бұру', waste: 'Қоқыс шығару', account: 'Дербес шот', service: 'Қызмет', serial: 'Есептегіш нөмірі', digits: 'Разрядтар', registers: 'Аймақтар', seals: 'Пломбалар',
      verified_on: 'Тексерілген', next_verification_on: 'Тексеру мерзімі', installed_on: 'Орнатылған', removed_on: 'Алынған', day: 'Күні', value: 'Көрсеткіш', night: 'Түнгі көрсеткіш', source: 'Дереккөз', period: 'Ай', kind: 'Түрі', method: 'Тәсілі', quantity: 'Көлемі', net: 'ҚҚС-сыз', vat: 'ҚҚС', amount: 'Сомасы',
      reference: 'Төлем нөмірі', principal: 'Негізгі борыш', penalty: 'Өсімпұл',
    },
    states: { checking: 'тексерілуде', staged: 'тексерілді, қолданылмаған', applying: 'қолданылуда', applied: 'қолданылды', cancelled: 'жойылды', failed: 'қабылданбады' },
    bring: 'Файл жүктеу', what: 'Файлда не бар', file: 'CSV немесе XLSX файлы', choose: 'Файлды таңдаңыз', upload: 'Файлды тексеру', template: 'Үлгі', ownCharges: 'Есептеулерді осы жүйе жүргізеді: оларды жүктеуге болмайды, тек шығаруға болады.',
    verdicts: { new: 'жаңа', changed: 'өзгерген', unchanged: 'өзгеріссіз', refused: 'қабылданбаған' },
    will: { new: 'Қосылады', changed: 'Өзгертіледі', unchanged: 'Бұрыннан бар', refused: 'Қабылданбайды' }, was: { new: 'Қосылды', changed: 'Өзгертілді', unchanged: 'Бұрын болған', refused: 'Қабылданбады' },
    progress: (done, of) => `${of} жолдан ${done}`, apply: 'Қолдану', cancel: 'Жою', applyHint: 'Әзірге ештеңе жазылған жоқ. Қабылданбаған жолдар есепте қалады, қалғандары жазылады.', nothing: 'Қолданатын ештеңе жоқ: бәрі бұрыннан бар немесе қабылданбады.',
    refusedFile: 'Қабылданбаған жолдар, CSV', row: 'Жол', why: 'Неге қабылданбады', before: 'болғаны:', rowsOf: (verdict) => `Файл жолдары: ${verdict}`, noRows: 'Мұндай жолдар жоқ.', more: 'Тағы көрсету', imports: 'Жүктелген файлдар', none: 'Әзірге файл жүктелмеген.', back: 'Алмасуға',
    by: (name, at) => `${name}, ${at}`, rows: (count) => `жолдар: ${count}`, month: 'Ай', take: 'Шығару', from: 'Күннен бастап', to: 'Күнге дейін', since: 'Кейін қабылданған', sinceHint: 'Алдыңғы шығару сәті: тек жаңа көрсеткіштер келеді.',
    monthHint: { charges: 'Бос — соңғы өткізілген', payments: 'Қай шотта тұр; бос — барлығы', balances: 'Айдың соңына; бос — қазір' }, column: 'Баған', required: 'Міндетті', yes: 'иә', example: 'Мысал', about: 'Онда не бар',
    lost: 'Байланыс үзілді. Төмендегі файлдар тізімін қараңыз: қабылданған файл сонда.', applied: 'Файл қолданылуда', cancelled: 'Файл жойылды', show: 'Жолдарды көрсету', accept: 'Көрсеткіштер, төлемдер мен сальдо біржола жазылады: оларды тек жаңа жазбамен түзетуге болады.',
  },
}
