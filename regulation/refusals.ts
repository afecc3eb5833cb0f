import type { Bilingual } from './vocabulary.ts'

/**
 * The catalogue of refusals: every "no" the system says, with its HTTP status and its words. `docs/refusals.md`
 * is generated from it. Words say what is wrong and what to do; `{name}` is filled from the refusal's details.
 */
export type RefusalEntry = { readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429; readonly words: Bilingual }

const entry = (status: RefusalEntry['status'], ru: string, kk: string): RefusalEntry => ({ status, words: { ru, kk } })

export const refusals = {
  invalid_input: entry(422, 'Проверьте отмеченные поля.', 'Белгіленген өрістерді тексеріңіз.'),
  malformed_request: entry(400, 'Запрос не удалось прочитать.', 'Сұрауды оқу мүмкін болмады.'),
  not_signed_in: entry(401, 'Войдите, чтобы продолжить.', 'Жалғастыру үшін кіріңіз.'),
  wrong_credentials: entry(401, 'Почта или пароль не подходят.', 'Пошта немесе құпиясөз сәйкес емес.'),
  wrong_code: entry(401, 'Код не подходит или устарел. Запросите новый.', 'Код сәйкес емес немесе мерзімі өткен. Жаңасын сұраңыз.'),
  second_factor_needed: entry(401, 'Введите код из приложения-аутентификатора.', 'Аутентификатор қосымшасындағы кодты енгізіңіз.'),
  wrong_password: entry(422, 'Пароль не подходит.', 'Құпиясөз сәйкес емес.'),
  password_too_short: entry(422, 'Слишком короткий пароль: не меньше 12 знаков.', 'Құпиясөз тым қысқа: кемінде 12 таңба.'),
  not_permitted: entry(403, 'Ваша роль этого не разрешает.', 'Сіздің рөліңіз бұған рұқсат бермейді.'),
  appeal_not_found: entry(404, 'Такого обращения нет, или оно вам не адресовано.', 'Мұндай жолданым жоқ немесе ол сізге арналмаған.'),
  wrong_tracking_code: entry(404, 'Номер и код не подходят друг к другу.', 'Нөмір мен код бір-біріне сәйкес емес.'),
  not_found: entry(404, 'Такой страницы или записи нет.', 'Мұндай бет немесе жазба жоқ.'),
  out_of_turn: entry(409, 'Сейчас это действие невозможно: обращение уже в другом состоянии («{state}»).', 'Қазір бұл әрекет мүмкін емес: жолданым басқа күйде («{state}»).'),
  not_your_step: entry(403, 'Этот шаг делает другой человек.', 'Бұл қадамды басқа адам жасайды.'),
  changed_meanwhile: entry(409, 'Пока вы работали, обращение изменил другой человек. Посмотрите новое и повторите.', 'Сіз жұмыс істеп жатқанда жолданымды басқа адам өзгертті. Жаңасын қарап, қайталаңыз.'),
  draft_changed_meanwhile: entry(409, 'Проект ответа уже изменён в другом окне или другим человеком. Ваш текст не потерян: сравните и сохраните.', 'Жауап жобасын басқа терезеде немесе басқа адам өзгертті. Мәтініңіз жоғалған жоқ: салыстырып, сақтаңыз.'),
  key_reused: entry(409, 'Этот ключ повтора уже использован для другого обращения.', 'Бұл қайталау кілті басқа жолданым үшін қолданылған.'),
  stale_page: entry(409, 'Страница устарела. Мы сохранили введённое: отправьте ещё раз.', 'Бет ескірді. Енгізгеніңіз сақталды: қайта жіберіңіз.'),
  foreign_form: entry(403, 'Форма пришла с чужой страницы.', 'Пішін бөтен беттен келді.'),
  too_many_attempts: entry(429, 'Слишком много попыток. Подождите {seconds} с.', 'Әрекет тым көп. {seconds} с күтіңіз.'),

  field_missing: entry(422, 'Заполните это поле.', 'Бұл өрісті толтырыңыз.'),
  field_too_long: entry(422, 'Слишком длинно: не больше {max} знаков.', 'Тым ұзын: {max} таңбадан аспасын.'),
  field_invalid: entry(422, 'Значение не подходит.', 'Мән сәйкес емес.'),
  bad_characters: entry(422, 'В тексте есть недопустимые знаки.', 'Мәтінде рұқсат етілмеген таңбалар бар.'),
  unknown_field: entry(422, 'Такого поля нет.', 'Мұндай өріс жоқ.'),
  bad_phone: entry(422, 'Номер телефона набран неверно. Пример: +7 701 123 45 67.', 'Телефон нөмірі қате терілген. Мысалы: +7 701 123 45 67.'),
  bad_email: entry(422, 'Адрес почты набран неверно. Пример: aigul@example.kz.', 'Пошта мекенжайы қате терілген. Мысалы: aigul@example.kz.'),
  email_needed: entry(422, 'Чтобы получить письменный ответ, укажите электронную почту.', 'Жазбаша жауап алу үшін электрондық поштаны көрсетіңіз.'),
  phone_needed: entry(422, 'Чтобы мы позвонили, укажите телефон.', 'Қоңырау шалуымыз үшін телефонды көрсетіңіз.'),
  bad_iin: entry(422, 'ИИН набран неверно: проверьте 12 цифр.', 'ЖСН қате терілген: 12 цифрды тексеріңіз.'),
  bad_bin: entry(422, 'БИН набран неверно: проверьте 12 цифр.', 'БСН қате терілген: 12 цифрды тексеріңіз.'),
  consent_needed: entry(422, 'Без согласия на обработку данных обращение не принять.', 'Деректерді өңдеуге келісімсіз жолданым қабылданбайды.'),
  file_too_large: entry(413, 'Файл «{name}» больше {max} МБ.', '«{name}» файлы {max} МБ-тан үлкен.'),
  too_many_files: entry(413, 'Можно приложить не больше {max} файлов.', '{max} файлдан артық тіркеуге болмайды.'),
  file_not_what_it_claims: entry(415, 'Файл «{name}» не похож на {claimed}: внутри другое содержимое.', '«{name}» файлы {claimed} емес: ішінде басқа мазмұн бар.'),
  file_type_refused: entry(415, 'Файлы такого вида не принимаем: «{name}». Приложите PDF, фото или документ.', 'Мұндай файлдар қабылданбайды: «{name}». PDF, фото немесе құжат тіркеңіз.'),
  file_empty: entry(422, 'Файл «{name}» пуст.', '«{name}» файлы бос.'),
  file_unknown: entry(422, 'Приложенный файл не найден или уже использован. Приложите его ещё раз.', 'Тіркелген файл табылмады немесе пайдаланылған. Қайта тіркеңіз.'),

  due_date_past: entry(422, 'Срок уже прошёл.', 'Мерзім өтіп кетті.'),
  due_date_after_term: entry(422, 'Срок позже срока ответа: не позднее {latest}.', 'Мерзім жауап мерзімінен кеш: {latest} күнінен кешіктірмеңіз.'),
  unit_unknown: entry(422, 'Такого подразделения в организации нет.', 'Ұйымда мұндай бөлімше жоқ.'),
  organization_unknown: entry(422, 'Такой организации в группе нет.', 'Топта мұндай ұйым жоқ.'),
  person_not_fit: entry(422, 'Этот человек не может быть назначен: у него нет нужной роли в подразделении.', 'Бұл адамды тағайындау мүмкін емес: бөлімшеде қажетті рөлі жоқ.'),
  unit_repeated: entry(422, 'Подразделение названо дважды.', 'Бөлімше екі рет аталған.'),
  own_version: entry(422, 'Свой проект не визируют.', 'Өз жобасына бұрыштама қойылмайды.'),
  main_not_fit: entry(422, 'К этому обращению присоединить нельзя: выберите другое, не присоединённое и не отклонённое.', 'Бұл жолданымға біріктіруге болмайды: басқасын таңдаңыз.'),
  extension_beyond_limit: entry(422, 'Продлить можно не больше чем до {max} рабочих дней.', '{max} жұмыс күнінен артық ұзартуға болмайды.'),
  extension_shortens: entry(422, 'Продление не может сократить срок.', 'Ұзарту мерзімді қысқарта алмайды.'),
  extension_passes_law: entry(409, 'Продление выходит за срок по закону ({clocks}). Подтвердите, что знаете это.', 'Ұзарту заңдағы мерзімнен ({clocks}) асады. Білетініңізді растаңыз.'),
  not_extendable: entry(409, 'Этот срок не продлевается.', 'Бұл мерзім ұзартылмайды.'),
  reply_empty: entry(422, 'Напишите текст ответа.', 'Жауап мәтінін жазыңыз.'),
  nothing_to_send_to: entry(422, 'У заявителя нет электронной почты: ответьте звонком.', 'Өтініш берушінің электрондық поштасы жоқ: қоңырау шалыңыз.'),
  call_in_future: entry(422, 'Время звонка ещё не наступило.', 'Қоңырау уақыты әлі келген жоқ.'),
  already_rated: entry(409, 'Оценка уже поставлена. Спасибо!', 'Баға қойылған. Рақмет!'),
  lacks_unacknowledged: entry(409, 'В документе чего-то не хватает: подтвердите регистрацию с отметкой.', 'Құжатта бір нәрсе жетіспейді: белгімен тіркеуді растаңыз.'),
  date_in_future: entry(422, 'Эта дата ещё не наступила.', 'Бұл күн әлі келген жоқ.'),
  received_too_early: entry(422, 'Дата поступления слишком давняя: проверьте год.', 'Түскен күні тым ескі: жылын тексеріңіз.'),
  channel_not_here: entry(422, 'В этой организации такого способа доставки нет.', 'Бұл ұйымда мұндай жеткізу тәсілі жоқ.'),
  item_taken: entry(409, 'Это поступление уже зарегистрировано или возвращено.', 'Бұл түсім тіркелген немесе қайтарылған.'),
  reservation_unknown: entry(422, 'Такого зарезервированного номера нет, или он уже занят.', 'Мұндай резервтелген нөмір жоқ немесе ол бос емес.'),
  letter_needed: entry(422, 'Приложите подписанное письмо: скан или фото.', 'Қол қойылған хатты тіркеңіз: скан немесе фото.'),
  book_closed: entry(409, 'Эта книга закрыта: записывайте в открытую.', 'Бұл кітап жабық: ашық кітапқа жазыңыз.'),
  book_has_unsent: entry(409, 'В книге есть неотправленные записи: сначала отправьте их.', 'Кітапта жіберілмеген жазбалар бар: алдымен оларды жіберіңіз.'),
  entry_sent: entry(409, 'Скан этой записи уже отправлен.', 'Бұл жазбаның сканы жіберілген.'),
  entry_not_answered: entry(409, 'Ответ ещё не дан: вписывать в книгу нечего.', 'Жауап әлі берілген жоқ: кітапқа жазатын ештеңе жоқ.'),
  controller_needed: entry(422, 'Назначьте контролёра задачи.', 'Тапсырманың бақылаушысын тағайындаңыз.'),
  too_many_rows: entry(422, 'Слишком много строк для печати: {count}, можно {max}. Выберите период короче или выгрузите в Excel.', 'Басып шығаруға жолдар тым көп: {count}, шегі {max}. Қысқа кезең таңдаңыз немесе Excel-ге шығарыңыз.'),
  case_file_closed: entry(409, 'Это дело закрыто.', 'Бұл іс жабылған.'),
  still_kept: entry(409, 'Срок хранения ещё не вышел: {until}.', 'Сақтау мерзімі әлі біткен жоқ: {until}.'),
  no_policy: entry(422, 'Для такого сочетания сроки не заданы.', 'Мұндай тіркесім үшін мерзімдер белгіленбеген.'),
} as const satisfies Record<string, RefusalEntry>

export type RefusalCode = keyof typeof refusals
export type RefusalDetails = Readonly<Record<string, string | number>>

/** What is wrong with one field; `field` is a dotted path. */
export type Fault = { readonly field: string; readonly code: RefusalCode; readonly details?: RefusalDetails | undefined }

/** Thrown by a rule's caller; the edge turns it into a problem document or marks it at the field. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly details: RefusalDetails
  readonly faults: readonly Fault[]
  readonly clause: string | undefined

  constructor(code: RefusalCode, more: { details?: RefusalDetails; faults?: readonly Fault[]; clause?: string | undefined } = {}) {
    super(code)
    this.code = code
    this.details = more.details ?? {}
    this.faults = more.faults ?? []
    this.clause = more.clause
  }
}

/** A refusal that stands at one field. */
export const refuseField = (field: string, code: RefusalCode, details?: RefusalDetails): Refusal =>
  new Refusal('invalid_input', { faults: [{ field, code, details }] })

export function refusalWords(code: RefusalCode, language: keyof Bilingual, details: RefusalDetails = {}): string {
  return refusals[code].words[language].replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''))
}
