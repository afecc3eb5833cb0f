import type { Lack } from '../../regulation/paper-form.ts'
import type { AppealState } from '../../regulation/appeal-case.ts'
import type { Action, Journal } from '../../regulation/appeal-facts.ts'
import type { ApprovalStepKind } from '../../regulation/approvals.ts'
import type { Queue } from '../../regulation/lifecycle.ts'
import type { AnswerWay, AppealKind, ApplicantGroup, Channel, Language, Role } from '../../regulation/vocabulary.ts'

/** The words of the regulation's closed lists, as screens and letters say them. A missing one does not compile. */
export type Vocabulary = {
  readonly kinds: Record<AppealKind, string>
  readonly channels: Record<Channel, string>
  readonly states: Record<AppealState, string>
  readonly queues: Record<Queue, string>
  /** What is asked of whoever stands in the queue. */
  readonly queueAsks: Record<Queue, string>
  readonly actions: Record<Action, string>
  /** How an action reads in the history: «кто сделал что». */
  readonly happened: Record<Action, string>
  readonly roles: Record<Role, string>
  readonly groups: Record<ApplicantGroup, string>
  readonly answerWays: Record<AnswerWay, string>
  readonly journals: Record<Journal, string>
  /** What a paper does not say (п. 4.2), as it follows «нет: …». */
  readonly lacks: Record<Lack, string>
  readonly approvalSteps: Record<ApprovalStepKind, string>
  readonly applicant: string
  readonly system: string
}

const ru: Vocabulary = {
  kinds: { application: 'Заявление', question: 'Вопрос', complaint: 'Жалоба', claim: 'Претензия', review: 'Отзыв', suggestion: 'Предложение' },
  channels: {
    site_feedback: 'Сайт компании', erc_feedback: 'Сайт ЕРЦ', cabinet: 'Личный кабинет', mobile: 'Мобильное приложение', instagram: 'Instagram',
    voicemail: 'Голосовая почта', paper_secretariat: 'Секретариат', paper_chancellery: 'Канцелярия', paper_service_centre: 'Сервис-центр',
    review_book: 'Книга отзывов', e_chancellery_skrec: 'Электронная канцелярия СКРЭК', e_chancellery_pts: 'Электронная канцелярия ПТС',
    contact_centre: 'Контакт-центр', email: 'Электронная почта', district_office: 'Район',
  },
  states: {
    registered: 'Зарегистрировано', on_resolution: 'На резолюции', in_progress: 'На исполнении', reply_approved: 'Ответ согласован',
    dispatched: 'Ответ отправлен', closed: 'Снято с контроля', redirected: 'Перенаправлено', joined: 'Присоединено', dismissed: 'Отклонено', withdrawn: 'Отозвано', annulled: 'Аннулировано',
  },
  queues: {
    triage: 'Поступившие', resolution: 'На резолюцию', task_setting: 'Создать задачу', executor_naming: 'Назначить исполнителя', drafting: 'Подготовить ответ',
    endorsement: 'На визу', explanation: 'Разъяснения', extension: 'Просят продлить', letter: 'На бланк', signing: 'На подпись', dispatch: 'К отправке', closing: 'Снять с контроля', information: 'Ознакомиться', original: 'Принять подлинник',
  },
  queueAsks: {
    triage: 'Рассмотреть', resolution: 'Наложить резолюцию', task_setting: 'Создать задачу', executor_naming: 'Назначить исполнителя', drafting: 'Подготовить ответ',
    endorsement: 'Завизировать', explanation: 'Принять разъяснение', extension: 'Решить о продлении', letter: 'Оформить на бланке', signing: 'Подписать письмо', dispatch: 'Отправить ответ', closing: 'Снять с контроля', information: 'Ознакомиться', original: 'Принять подлинник',
  },
  actions: {
    register: 'Зарегистрировать', send_for_resolution: 'На резолюцию', return_for_triage: 'Вернуть инициатору', redirect: 'Перенаправить', join: 'Присоединить',
    dismiss: 'Отклонить как спам', restore: 'Вернуть в работу', withdraw: 'Отозвать', impose_resolution: 'Наложить резолюцию', assign_task: 'Создать задачу',
    send_inquiry: 'Запрос в ДП', name_executor: 'Назначить исполнителя', delegate: 'Передать коллеге', return_task: 'Вернуть задачу', contribute: 'Дать свою часть',
    submit_version: 'На согласование', endorse: 'Завизировать', return_version: 'Вернуть с замечаниями', accept_explanation: 'Принять разъяснение',
    return_explanation: 'Вернуть разъяснение', return_reply: 'Вернуть на доработку', request_extension: 'Попросить продление', refuse_extension: 'Отказать в продлении',
    extend_term: 'Продлить срок', dispatch_reply: 'Отправить ответ', confirm_dispatch: 'Подтвердить отправку', fail_dispatch: 'Отметить недоставку',
    close: 'Снять с контроля', rate: 'Оценить', add_note: 'Заметка',
    issue_letter: 'Оформить на бланке', sign_letter: 'Подписать письмо', report_bounce: 'Письмо вернулось', reopen: 'Вернуть на контроль',
    acknowledge_receipt: 'Талон или отметка', annul: 'Аннулировать', take_note: 'Ознакомлен', keep_original: 'Положить подлинник', hand_over_original: 'Передать подлинник',
    accept_original: 'Принять подлинник', refuse_original: 'Не принять подлинник', file_original: 'Подшить в дело', destroy_original: 'Уничтожить по акту',
  },
  happened: {
    register: 'Обращение зарегистрировано', send_for_resolution: 'Направлено на резолюцию', return_for_triage: 'Возвращено без резолюции', redirect: 'Перенаправлено по компетенции',
    join: 'Присоединено к другому обращению', dismiss: 'Отклонено', restore: 'Возвращено в работу', withdraw: 'Отозвано заявителем', impose_resolution: 'Наложена резолюция',
    assign_task: 'Создана задача', send_inquiry: 'Направлен запрос в дочернее предприятие', name_executor: 'Назначен исполнитель', delegate: 'Передано коллеге',
    return_task: 'Задача возвращена', contribute: 'Соисполнитель дал свою часть', submit_version: 'Проект ответа направлен на согласование', endorse: 'Завизировано',
    return_version: 'Возвращено с замечаниями', accept_explanation: 'Разъяснение принято', return_explanation: 'Разъяснение возвращено', return_reply: 'Ответ возвращён на доработку',
    request_extension: 'Запрошено продление срока', refuse_extension: 'В продлении отказано', extend_term: 'Срок продлён', dispatch_reply: 'Ответ направлен заявителю',
    confirm_dispatch: 'Отправка подтверждена', fail_dispatch: 'Ответ не доставлен', close: 'Снято с контроля', rate: 'Заявитель оценил ответ', add_note: 'Заметка',
    issue_letter: 'Ответ оформлен на бланке', sign_letter: 'Письмо подписано', report_bounce: 'Письмо вернулось', reopen: 'Возвращено на контроль',
    acknowledge_receipt: 'Выдан талон или сделана отметка', annul: 'Регистрация аннулирована', take_note: 'Ознакомлен', keep_original: 'Подлинник положен на хранение',
    hand_over_original: 'Подлинник передан, ждёт подписи', accept_original: 'Подлинник принят', refuse_original: 'Подлинник не принят', file_original: 'Подшито в дело',
    destroy_original: 'Подлинник уничтожен по акту',
  },
  roles: {
    consumer: 'Потребитель', registrar: 'Сотрудник канцелярии', front_desk: 'Администратор зала', district_head: 'Начальник района', contact_centre_head: 'Начальник контакт-центра',
    contact_centre_agent: 'Оператор контакт-центра', executive: 'Генеральный директор', unit_head: 'Начальник подразделения', executor: 'Исполнитель', controller: 'Контролёр',
    lawyer: 'Юрист', quality_lead: 'Ведущий специалист по качеству', public_relations: 'Связи с общественностью', it_admin: 'Администратор системы',
  },
  groups: { person: 'Физическое лицо', company: 'Организация' },
  answerWays: { email: 'Письмом на электронную почту', phone: 'Телефонным звонком', post: 'Почтой', pickup: 'Лично, в центре обслуживания' },
  journals: { feedback: 'Обратная связь', incoming: 'Входящие документы', e_chancellery: 'Электронная канцелярия', outgoing: 'Исходящие документы' },
  lacks: { name: 'фамилия и имя (анонимно)', address: 'адрес', phone: 'телефон', outgoing_number: 'исходящий номер и дата', signature: 'подпись' },
  approvalSteps: { unit_head: 'Начальник подразделения', lawyer: 'Юрист', executive: 'Руководство' },
  applicant: 'Заявитель',
  system: 'Система',
}

const kk: Vocabulary = {
  kinds: { application: 'Өтініш', question: 'Сұрақ', complaint: 'Шағым', claim: 'Наразылық', review: 'Пікір', suggestion: 'Ұсыныс' },
  channels: {
    site_feedback: 'Компания сайты', erc_feedback: 'БЕО сайты', cabinet: 'Жеке кабинет', mobile: 'Мобильді қосымша', instagram: 'Instagram',
    voicemail: 'Дауыстық пошта', paper_secretariat: 'Хатшылық', paper_chancellery: 'Кеңсе', paper_service_centre: 'Сервис-орталық',
    review_book: 'Пікірлер кітабы', e_chancellery_skrec: 'СҚЭЖТК электрондық кеңсесі', e_chancellery_pts: 'ПЖЖ электрондық кеңсесі',
    contact_centre: 'Байланыс орталығы', email: 'Электрондық пошта', district_office: 'Аудан',
  },
  states: {
    registered: 'Тіркелді', on_resolution: 'Бұрыштамада', in_progress: 'Орындалуда', reply_approved: 'Жауап келісілді',
    dispatched: 'Жауап жіберілді', closed: 'Бақылаудан алынды', redirected: 'Қайта жолданды', joined: 'Біріктірілді', dismissed: 'Қабылданбады', withdrawn: 'Кері қайтарылды', annulled: 'Күші жойылды',
  },
  queues: {
    triage: 'Түскендер', resolution: 'Бұрыштамаға', task_setting: 'Тапсырма құру', executor_naming: 'Орындаушыны тағайындау', drafting: 'Жауап дайындау',
    endorsement: 'Келісуге', explanation: 'Түсіндірмелер', extension: 'Ұзартуды сұрайды', letter: 'Бланкке', signing: 'Қол қоюға', dispatch: 'Жіберуге', closing: 'Бақылаудан алу', information: 'Танысу', original: 'Түпнұсқаны қабылдау',
  },
  queueAsks: {
    triage: 'Қарау', resolution: 'Бұрыштама қою', task_setting: 'Тапсырма құру', executor_naming: 'Орындаушыны тағайындау', drafting: 'Жауап дайындау',
    endorsement: 'Келісу', explanation: 'Түсіндірмені қабылдау', extension: 'Ұзарту туралы шешу', letter: 'Бланкке ресімдеу', signing: 'Хатқа қол қою', dispatch: 'Жауапты жіберу', closing: 'Бақылаудан алу', information: 'Танысу', original: 'Түпнұсқаны қабылдау',
  },
  actions: {
    register: 'Тіркеу', send_for_resolution: 'Бұрыштамаға', return_for_triage: 'Бастамашыға қайтару', redirect: 'Қайта жолдау', join: 'Біріктіру',
    dismiss: 'Спам деп қабылдамау', restore: 'Жұмысқа қайтару', withdraw: 'Кері қайтару', impose_resolution: 'Бұрыштама қою', assign_task: 'Тапсырма құру',
    send_inquiry: 'ЕК-ге сұрау салу', name_executor: 'Орындаушыны тағайындау', delegate: 'Әріптеске беру', return_task: 'Тапсырманы қайтару', contribute: 'Өз бөлігін беру',
    submit_version: 'Келісуге жіберу', endorse: 'Келісу', return_version: 'Ескертулермен қайтару', accept_explanation: 'Түсіндірмені қабылдау',
    return_explanation: 'Түсіндірмені қайтару', return_reply: 'Пысықтауға қайтару', request_extension: 'Ұзартуды сұрау', refuse_extension: 'Ұзартудан бас тарту',
    extend_term: 'Мерзімді ұзарту', dispatch_reply: 'Жауапты жіберу', confirm_dispatch: 'Жіберуді растау', fail_dispatch: 'Жеткізілмегенін белгілеу',
    close: 'Бақылаудан алу', rate: 'Бағалау', add_note: 'Ескертпе',
    issue_letter: 'Бланкке ресімдеу', sign_letter: 'Хатқа қол қою', report_bounce: 'Хат қайтып келді', reopen: 'Бақылауға қайтару',
    acknowledge_receipt: 'Талон немесе белгі', annul: 'Күшін жою', take_note: 'Таныстым', keep_original: 'Түпнұсқаны сақтауға қою', hand_over_original: 'Түпнұсқаны беру',
    accept_original: 'Түпнұсқаны қабылдау', refuse_original: 'Түпнұсқаны қабылдамау', file_original: 'Іске тігу', destroy_original: 'Акт бойынша жою',
  },
  happened: {
    register: 'Жолданым тіркелді', send_for_resolution: 'Бұрыштамаға жіберілді', return_for_triage: 'Бұрыштамасыз қайтарылды', redirect: 'Құзыреті бойынша қайта жолданды',
    join: 'Басқа жолданымға біріктірілді', dismiss: 'Қабылданбады', restore: 'Жұмысқа қайтарылды', withdraw: 'Өтініш беруші кері қайтарды', impose_resolution: 'Бұрыштама қойылды',
    assign_task: 'Тапсырма құрылды', send_inquiry: 'Еншілес кәсіпорынға сұрау салынды', name_executor: 'Орындаушы тағайындалды', delegate: 'Әріптеске берілді',
    return_task: 'Тапсырма қайтарылды', contribute: 'Бірлескен орындаушы өз бөлігін берді', submit_version: 'Жауап жобасы келісуге жіберілді', endorse: 'Келісілді',
    return_version: 'Ескертулермен қайтарылды', accept_explanation: 'Түсіндірме қабылданды', return_explanation: 'Түсіндірме қайтарылды', return_reply: 'Жауап пысықтауға қайтарылды',
    request_extension: 'Мерзімді ұзарту сұралды', refuse_extension: 'Ұзартудан бас тартылды', extend_term: 'Мерзім ұзартылды', dispatch_reply: 'Жауап өтініш берушіге жіберілді',
    confirm_dispatch: 'Жіберу расталды', fail_dispatch: 'Жауап жеткізілмеді', close: 'Бақылаудан алынды', rate: 'Өтініш беруші жауапты бағалады', add_note: 'Ескертпе',
    issue_letter: 'Жауап бланкке ресімделді', sign_letter: 'Хатқа қол қойылды', report_bounce: 'Хат қайтып келді', reopen: 'Бақылауға қайтарылды',
    acknowledge_receipt: 'Талон берілді немесе белгі қойылды', annul: 'Тіркеудің күші жойылды', take_note: 'Танысты', keep_original: 'Түпнұсқа сақтауға қойылды',
    hand_over_original: 'Түпнұсқа берілді, қол қою күтілуде', accept_original: 'Түпнұсқа қабылданды', refuse_original: 'Түпнұсқа қабылданбады', file_original: 'Іске тігілді',
    destroy_original: 'Түпнұсқа акт бойынша жойылды',
  },
  roles: {
    consumer: 'Тұтынушы', registrar: 'Кеңсе қызметкері', front_desk: 'Зал әкімшісі', district_head: 'Аудан басшысы', contact_centre_head: 'Байланыс орталығының басшысы',
    contact_centre_agent: 'Байланыс орталығының операторы', executive: 'Бас директор', unit_head: 'Бөлімше басшысы', executor: 'Орындаушы', controller: 'Бақылаушы',
    lawyer: 'Заңгер', quality_lead: 'Сапа жөніндегі жетекші маман', public_relations: 'Қоғаммен байланыс', it_admin: 'Жүйе әкімшісі',
  },
  groups: { person: 'Жеке тұлға', company: 'Ұйым' },
  answerWays: { email: 'Электрондық поштаға хатпен', phone: 'Телефон қоңырауымен', post: 'Поштамен', pickup: 'Өзі келіп, қызмет көрсету орталығында' },
  journals: { feedback: 'Кері байланыс', incoming: 'Кіріс құжаттар', e_chancellery: 'Электрондық кеңсе', outgoing: 'Шығыс құжаттар' },
  lacks: { name: 'тегі мен аты (анонимді)', address: 'мекенжайы', phone: 'телефоны', outgoing_number: 'шығыс нөмірі мен күні', signature: 'қолы' },
  approvalSteps: { unit_head: 'Бөлімше басшысы', lawyer: 'Заңгер', executive: 'Басшылық' },
  applicant: 'Өтініш беруші',
  system: 'Жүйе',
}

export const vocabulary: Readonly<Record<Language, Vocabulary>> = { ru, kk }
