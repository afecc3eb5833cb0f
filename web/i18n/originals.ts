import type { OriginalPlace } from '../../regulation/originals.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { plural } from './format.ts'

type PapersWords = {
  readonly handOver: string; readonly handOverFrom: string; readonly handOverTo: string; readonly gives: string; readonly takes: string
  readonly n: string; readonly number: string; readonly registered: string; readonly what: string; readonly sheets: string; readonly returnOn: string; readonly sign: string
  readonly where: string; readonly since: string; readonly total: (papers: number, sheets: number) => string; readonly list: (place: string) => string
  readonly stockTake: string; readonly stockTakeOf: string; readonly began: string; readonly ended: string; readonly going: string; readonly shouldLie: string; readonly foundThere: string; readonly missing: string; readonly elsewhere: string
  readonly result: string; readonly notFound: string; readonly notHere: string; readonly held: string; readonly clerk: string; readonly commission: string; readonly made: string; readonly member: string
  readonly inner: string; readonly caseDates: (from: string, to: string) => string; readonly caseSheets: (n: number) => string; readonly kept: (years: number | undefined, ground: string) => string; readonly caseFile: string
  readonly act: (number: string) => string; readonly approve: string; readonly head: string; readonly actText: (until: string) => string; readonly caseIndex: string; readonly caseTitle: string; readonly caseYear: string; readonly caseTerm: string; readonly forEver: string
  readonly destroyed: (way: string, on: string) => string; readonly labels: string; readonly sheetsOf: (n: number) => string
}

/** What is printed on the papers about papers. */
export const originalPapers: Readonly<Record<Language, PapersWords>> = {
  ru: {
    handOver: 'Реестр передачи подлинников', handOverFrom: 'Передаёт', handOverTo: 'Принимает', gives: 'Передал(а)', takes: 'Принял(а)',
    n: '№', number: 'Рег. номер', registered: 'Дата рег.', what: 'Корреспондент, краткое содержание', sheets: 'Листов', returnOn: 'Вернуть до', sign: 'Подпись',
    where: 'Где и у кого', since: 'С какого дня', total: (papers, sheets) => `Итого: ${papers} ${plural(papers, 'документ', 'документа', 'документов')}, ${sheets} ${plural(sheets, 'лист', 'листа', 'листов')}.`, list: (place) => `Подлинники: ${place.toLowerCase()}`,
    stockTake: 'Сличительная ведомость подлинников', stockTakeOf: 'Место хранения', began: 'Начата', ended: 'Закончена', going: 'идёт', shouldLie: 'Должно лежать', foundThere: 'Найдено', missing: 'Не найдено', elsewhere: 'Лежит не на месте',
    result: 'Результат', notFound: 'не найден', notHere: 'лежит здесь, числится в другом месте', held: 'числится', clerk: 'Сверку провёл(а)', commission: 'Присутствовал(а)', made: 'Составил(а)', member: 'Член комиссии',
    inner: 'Внутренняя опись документов дела', caseDates: (from, to) => `${from} — ${to}`, caseSheets: (n) => `На ${n} ${plural(n, 'листе', 'листах', 'листах')}`, kept: (years, ground) => `Хранить ${years ? `${years} ${plural(years, 'год', 'года', 'лет')}` : 'постоянно'}, ${ground}`, caseFile: 'Дело',
    act: (number) => `Акт № ${number} о выделении к уничтожению документов, не подлежащих хранению`, approve: 'УТВЕРЖДАЮ', head: 'Руководитель', actText: (until) => `На основании перечня документов с указанием сроков хранения отобраны к уничтожению как утратившие значение документы дел, сроки хранения которых истекли на ${until}:`,
    caseIndex: 'Индекс дела', caseTitle: 'Заголовок дела', caseYear: 'Год', caseTerm: 'Срок хранения, основание', forEver: 'постоянно', destroyed: (way, on) => `Документы уничтожены ${on}: ${way}.`, labels: 'Этикетки', sheetsOf: (n) => `${n} л.`,
  },
  kk: {
    handOver: 'Түпнұсқаларды беру тізілімі', handOverFrom: 'Береді', handOverTo: 'Қабылдайды', gives: 'Берді', takes: 'Қабылдады',
    n: '№', number: 'Тіркеу нөмірі', registered: 'Тіркелген күні', what: 'Корреспондент, қысқаша мазмұны', sheets: 'Парақ', returnOn: 'Қайтару мерзімі', sign: 'Қолы',
    where: 'Қайда және кімде', since: 'Қай күннен', total: (papers, sheets) => `Барлығы: ${papers} құжат, ${sheets} парақ.`, list: (place) => `Түпнұсқалар: ${place.toLowerCase()}`,
    stockTake: 'Түпнұсқаларды түгендеу ведомосы', stockTakeOf: 'Сақтау орны', began: 'Басталды', ended: 'Аяқталды', going: 'жүріп жатыр', shouldLie: 'Жатуы тиіс', foundThere: 'Табылды', missing: 'Табылмады', elsewhere: 'Орнында емес',
    result: 'Нәтиже', notFound: 'табылмады', notHere: 'осында жатыр, басқа жерде есепте', held: 'есепте', clerk: 'Түгендеуды жүргізген', commission: 'Қатысқан', made: 'Жасаған', member: 'Комиссия мүшесі',
    inner: 'Іс құжаттарының ішкі тізімдемесі', caseDates: (from, to) => `${from} — ${to}`, caseSheets: (n) => `${n} парақта`, kept: (years, ground) => `${years ? `${years} жыл` : 'Тұрақты'} сақталады, ${ground}`, caseFile: 'Іс',
    act: (number) => `Сақтауға жатпайтын құжаттарды жоюға бөлу туралы № ${number} акт`, approve: 'БЕКІТЕМІН', head: 'Басшы', actText: (until) => `Сақтау мерзімдері көрсетілген құжаттар тізбесі негізінде сақтау мерзімі ${until} күніне өткен істердің құжаттары маңызын жоғалтқан ретінде жоюға іріктелді:`,
    caseIndex: 'Іс индексі', caseTitle: 'Істің тақырыбы', caseYear: 'Жылы', caseTerm: 'Сақтау мерзімі, негізі', forEver: 'тұрақты', destroyed: (way, on) => `Құжаттар ${on} жойылды: ${way}.`, labels: 'Жапсырмалар', sheetsOf: (n) => `${n} п.`,
  },
}

const ru = {
  title: 'Подлинники',
  places: {
    with_me: 'У меня', offered_to_me: 'Передают мне', offered: 'Ждут подписи', lying: 'Лежат на месте', given_out: 'На руках', overdue: 'Не вернули в срок', filed: 'В делах', destroyed: 'Уничтожены',
  } satisfies Record<OriginalPlace, string>,
  empty: { with_me: 'У вас на руках бумаг нет', offered_to_me: 'Никто ничего не передаёт', offered: 'Всё подписано', lying: 'Здесь ничего не лежит', given_out: 'Всё на месте', overdue: 'Всё возвращено в срок', filed: 'В делах пока ничего нет', destroyed: 'Ничего не уничтожено' } satisfies Record<OriginalPlace, string>,
  emptyHint: 'Подлинник появляется здесь, когда регистрируют бумагу.',
  find: 'Этикетка, талон или номер', findHint: 'Отсканируйте код или наберите номер и нажмите Enter', found: 'Найдено', clear: 'Показать список', chosen: (n: number) => `выбрано: ${n}`, choose: (number: string) => `Выбрать ${number}`, chooseAll: 'Выбрать все',
  paper: 'Документ', where: 'Где', term: 'Вернуть до', sheets: (n: number) => `${n} ${plural(n, 'лист', 'листа', 'листов')}`, lies: 'лежит', shelf: 'Место: шкаф, полка, папка', shelfShort: 'место', unit: 'Подразделение', waits: (who: string) => `ждёт подписи: ${who}`, since: (on: string) => `с ${on}`, late: 'не возвращён в срок',
  place: 'Положить на место', handOver: 'Передать', accept: 'Принять под подпись', refuse: 'Не принимать', file: 'Подшить в дело', labels: 'Этикетки', sheet: 'Реестр передачи', print: 'Печать списка',
  to: 'Кому', organization: 'Организация', purpose: 'Для чего', purposes: ['Для подготовки ответа', 'На хранение исполнителю (п. 4.8)', 'Возврат в канцелярию'], returnOn: 'Вернуть до', placed: (n: number) => `Положено: ${n}`, handed: (n: number) => `Передано: ${n}. Ждут подписи получателя.`, accepted: (n: number) => `Принято: ${n}`, filed: (n: number) => `Подшито: ${n}`,
  caseFile: 'Дело', noCaseFiles: 'Открытых дел нет: заведите дело.', destroyedBy: (act: string) => `уничтожен по акту № ${act}`, inFile: (index: string) => `в деле ${index}`, on: 'Подлинник', nothing: 'Подлинника нет: обращение пришло без бумаги.',
  stockTakes: 'Сверка', begin: 'Начать сверку', going: 'идёт', ended: (on: string) => `закончена ${on}`, began: (on: string, who: string) => `начата ${on}, ${who}`, noStockTakes: 'Сверок ещё не было', stockTakesHint: 'Сверка показывает, все ли бумаги лежат там, где числятся: сканируйте этикетки подряд.',
  scan: 'Код с этикетки', scanHint: 'Сканер нажимает Enter сам', results: { found: 'на месте', again: 'уже отмечен', elsewhere: 'числится в другом месте' }, show: { missing: 'Не найдено', found: 'Найдено', elsewhere: 'Лежит не на месте' }, end: 'Закончить сверку', endSure: (n: number) => (n > 0 ? `Не найдено: ${n}. Закончить сверку?` : 'Закончить сверку?'), undo: 'Отменить отметку', sheetPdf: 'Ведомость', progress: (found: number, of: number) => `${found} из ${of}`, putHere: 'Числить здесь', allFound: 'Найдены все', noneFound: 'Пока ничего не отсканировано', noneElsewhere: 'Чужих бумаг нет',
  caseFiles: 'Дела', openFile: 'Завести дело', index: 'Индекс по номенклатуре', fileTitle: 'Заголовок', year: 'Год', years: 'Хранить лет', keep: 'Хранить', keptYears: (n: number) => `${n} ${plural(n, 'год', 'года', 'лет')}`, forEver: 'постоянно', ground: 'Основание: пункт перечня сроков хранения', kept: (until: string) => `хранить до ${until}`, papers: (n: number) => `${n} ${plural(n, 'документ', 'документа', 'документов')}`, close: 'Закрыть дело', closeSure: 'Закрыть дело? Подшивать в него больше нельзя; срок хранения пойдёт с конца этого года.', reopen: 'Открыть снова', cover: 'Обложка и опись', shows: { all: 'Все', open: 'Открытые', closed: 'Закрытые', due: 'Срок хранения вышел' }, noFiles: 'Дел пока нет', noFilesHint: 'Заведите дело по номенклатуре, чтобы подшивать в него исполненное.', emptyFile: 'Дело пусто', closedOn: (on: string) => `закрыто ${on}`, openedOn: (on: string) => `заведено ${on}`, inAct: (number: string) => `акт № ${number}`,
  acts: 'Акты', drawAct: 'Составить акт', commission: 'Комиссия: должности и фамилии', chosenFiles: 'Дела, срок хранения которых вышел', noDue: 'Дел с истёкшим сроком хранения нет', act: (number: string) => `Акт № ${number}`, states: { drawn: 'Ждёт утверждения', approved: 'Утверждён', carried_out: 'Исполнен', cancelled: 'Отменён' }, approve: 'Утвердить', approveSure: 'Утвердить уничтожение документов по этому акту?', cancelAct: 'Отменить акт', carryOut: 'Отметить уничтожение', way: 'Как уничтожены', noActs: 'Актов пока нет', noActsHint: 'Акт составляют на дела, срок хранения которых вышел.', drawn: (on: string, who: string) => `составлен ${on}, ${who}`, approvedBy: (on: string, who: string) => `утверждён ${on}, ${who}`, carriedOut: (on: string) => `уничтожены ${on}`,
}
export type OriginalWords = typeof ru

const kk: OriginalWords = {
  title: 'Түпнұсқалар',
  places: {
    with_me: 'Менде', offered_to_me: 'Маған беріп жатыр', offered: 'Қол күтілуде', lying: 'Орнында', given_out: 'Қолда', overdue: 'Мерзімінде қайтарылмаған', filed: 'Істерде', destroyed: 'Жойылған',
  },
  empty: { with_me: 'Қолыңызда қағаз жоқ', offered_to_me: 'Ешкім ештеңе беріп жатқан жоқ', offered: 'Бәріне қол қойылды', lying: 'Мұнда ештеңе жатқан жоқ', given_out: 'Бәрі орнында', overdue: 'Бәрі мерзімінде қайтарылды', filed: 'Істерде әзірге ештеңе жоқ', destroyed: 'Ештеңе жойылмаған' },
  emptyHint: 'Қағаз тіркелгенде түпнұсқа осында пайда болады.',
  find: 'Жапсырма, талон немесе нөмір', findHint: 'Кодты сканерлеңіз немесе нөмірді теріп, Enter басыңыз', found: 'Табылды', clear: 'Тізімді көрсету', chosen: (n) => `таңдалды: ${n}`, choose: (number) => `${number} таңдау`, chooseAll: 'Барлығын таңдау',
  paper: 'Құжат', where: 'Қайда', term: 'Қайтару мерзімі', sheets: (n) => `${n} парақ`, lies: 'жатыр', shelf: 'Орны: шкаф, сөре, папка', shelfShort: 'орны', unit: 'Бөлімше', waits: (who) => `қолы күтілуде: ${who}`, since: (on) => `${on} бастап`, late: 'мерзімінде қайтарылмаған',
  place: 'Орнына қою', handOver: 'Беру', accept: 'Қол қойып қабылдау', refuse: 'Қабылдамау', file: 'Іске тігу', labels: 'Жапсырмалар', sheet: 'Беру тізілімі', print: 'Тізімді басып шығару',
  to: 'Кімге', organization: 'Ұйым', purpose: 'Не үшін', purposes: ['Жауап дайындау үшін', 'Орындаушыда сақтауға (4.8-т.)', 'Кеңсеге қайтару'], returnOn: 'Қайтару мерзімі', placed: (n) => `Қойылды: ${n}`, handed: (n) => `Берілді: ${n}. Алушының қолы күтілуде.`, accepted: (n) => `Қабылданды: ${n}`, filed: (n) => `Тігілді: ${n}`,
  caseFile: 'Іс', noCaseFiles: 'Ашық істер жоқ: іс ашыңыз.', destroyedBy: (act) => `№ ${act} акт бойынша жойылды`, inFile: (index) => `${index} ісінде`, on: 'Түпнұсқа', nothing: 'Түпнұсқа жоқ: жолданым қағазсыз келді.',
  stockTakes: 'Түгендеу', begin: 'Түгендеуды бастау', going: 'жүріп жатыр', ended: (on) => `${on} аяқталды`, began: (on, who) => `${on} басталды, ${who}`, noStockTakes: 'Түгендеу әлі болған жоқ', stockTakesHint: 'Түгендеу барлық қағаз есептегі орнында жатқанын көрсетеді: жапсырмаларды қатарынан сканерлеңіз.',
  scan: 'Жапсырмадағы код', scanHint: 'Сканер Enter-ді өзі басады', results: { found: 'орнында', again: 'белгіленген', elsewhere: 'басқа жерде есепте' }, show: { missing: 'Табылмады', found: 'Табылды', elsewhere: 'Орнында емес' }, end: 'Түгендеуды аяқтау', endSure: (n) => (n > 0 ? `Табылмады: ${n}. Түгендеуды аяқтайсыз ба?` : 'Түгендеуды аяқтайсыз ба?'), undo: 'Белгіні алып тастау', sheetPdf: 'Ведомость', progress: (found, of) => `${of} ішінен ${found}`, putHere: 'Осында есепке алу', allFound: 'Барлығы табылды', noneFound: 'Әзірге ештеңе сканерленген жоқ', noneElsewhere: 'Бөтен қағаз жоқ',
  caseFiles: 'Істер', openFile: 'Іс ашу', index: 'Номенклатура индексі', fileTitle: 'Тақырыбы', year: 'Жылы', years: 'Сақтау, жыл', keep: 'Сақтау', keptYears: (n) => `${n} жыл`, forEver: 'тұрақты', ground: 'Негізі: сақтау мерзімдері тізбесінің тармағы', kept: (until) => `${until} дейін сақталады`, papers: (n) => `${n} құжат`, close: 'Істі жабу', closeSure: 'Істі жабасыз ба? Оған енді қағаз тігуге болмайды; сақтау мерзімі осы жылдың соңынан басталады.', reopen: 'Қайта ашу', cover: 'Мұқаба және тізімдеме', shows: { all: 'Барлығы', open: 'Ашық', closed: 'Жабық', due: 'Сақтау мерзімі өткен' }, noFiles: 'Істер әлі жоқ', noFilesHint: 'Орындалғанды тігу үшін номенклатура бойынша іс ашыңыз.', emptyFile: 'Іс бос', closedOn: (on) => `${on} жабылды`, openedOn: (on) => `${on} ашылды`, inAct: (number) => `№ ${number} акт`,
  acts: 'Актілер', drawAct: 'Акт жасау', commission: 'Комиссия: лауазымдар мен тегі', chosenFiles: 'Сақтау мерзімі өткен істер', noDue: 'Сақтау мерзімі өткен іс жоқ', act: (number) => `№ ${number} акт`, states: { drawn: 'Бекіту күтілуде', approved: 'Бекітілді', carried_out: 'Орындалды', cancelled: 'Күші жойылды' }, approve: 'Бекіту', approveSure: 'Осы акт бойынша құжаттарды жоюды бекітесіз бе?', cancelAct: 'Актінің күшін жою', carryOut: 'Жойылғанын белгілеу', way: 'Қалай жойылды', noActs: 'Актілер әлі жоқ', noActsHint: 'Акт сақтау мерзімі өткен істерге жасалады.', drawn: (on, who) => `${on} жасалды, ${who}`, approvedBy: (on, who) => `${on} бекітілді, ${who}`, carriedOut: (on) => `${on} жойылды`,
}

/** Words of the screens of papers. */
export const originalWords: Readonly<Record<Language, OriginalWords>> = { ru, kk }
