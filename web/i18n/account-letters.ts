import type { Language } from '../../regulation/vocabulary.ts'

/** E-mails about a consumer's account (п. 11.3.1), in both languages. Dates come already formatted. */
export type AccountLetterFacts = {
  reading_opens: { from: string; to: string; accounts: string; url: string }
  reading_closes: { from: string; to: string; accounts: string; url: string }
  verification_due: { number: string; service: string; serial: string; on: string; url: string }
  reading_refused: { number: string; service: string; serial: string; value: string; reason: string; url: string }
  link_granted: { number: string; url: string }
  link_refused: { number: string; reason: string; url: string }
}
type Words = { [N in keyof AccountLetterFacts]: (facts: AccountLetterFacts[N]) => { subject: string; text: string } }

const ru: Words = {
  reading_opens: (f) => ({
    subject: 'Завтра начинается приём показаний',
    text: `Здравствуйте!

Показания приборов учёта принимаем с ${f.from} по ${f.to}. Переданные в эти дни войдут в ближайший счёт.

${f.accounts}

Передать показания:
${f.url}`,
  }),
  reading_closes: (f) => ({
    subject: 'Завтра последний день приёма показаний',
    text: `Здравствуйте!

Мы ещё не получили показания этих приборов учёта. Передайте их до ${f.to} включительно, иначе месяц посчитаем по среднему.

${f.accounts}

Передать показания:
${f.url}`,
  }),
  verification_due: (f) => ({
    subject: `Прибор учёта № ${f.serial}: поверка до ${f.on}`,
    text: `Здравствуйте!

Лицевой счёт ${f.number}. ${f.service}, прибор учёта № ${f.serial}: срок поверки кончается ${f.on}.
После этого дня по нему считать нельзя: месяц посчитаем по среднему, потом по норме. Закажите поверку или замену заранее и принесите свидетельство.

Ваш счёт:
${f.url}`,
  }),
  reading_refused: (f) => ({
    subject: `Показание не принято: ${f.service}, прибор № ${f.serial}`,
    text: `Здравствуйте!

Лицевой счёт ${f.number}. Показание ${f.value} (${f.service}, прибор учёта № ${f.serial}) мы посмотрели и не приняли.
Причина: ${f.reason}

Посмотрите на счётчик ещё раз и передайте показание заново, лучше с фото:
${f.url}`,
  }),
  link_granted: (f) => ({
    subject: `Лицевой счёт ${f.number} открыт в кабинете`,
    text: `Здравствуйте!

Мы открыли вам лицевой счёт ${f.number}: начисления, платежи, показания и обращения.

${f.url}`,
  }),
  link_refused: (f) => ({
    subject: `Лицевой счёт ${f.number}: открыть не удалось`,
    text: `Здравствуйте!

Вы просили открыть лицевой счёт ${f.number} в кабинете. Сделать этого мы не смогли.
Причина: ${f.reason}

Счёт можно открыть и самому: номером счёта и кодом с квитанции.
${f.url}`,
  }),
}

const kk: Words = {
  reading_opens: (f) => ({
    subject: 'Ертең көрсеткіштерді қабылдау басталады',
    text: `Сәлеметсіз бе!

Есептегіш көрсеткіштерін ${f.from} бастап ${f.to} дейін қабылдаймыз. Осы күндері берілгені жақын шотқа кіреді.

${f.accounts}

Көрсеткіш беру:
${f.url}`,
  }),
  reading_closes: (f) => ({
    subject: 'Ертең көрсеткіштерді қабылдаудың соңғы күні',
    text: `Сәлеметсіз бе!

Мына есептегіштердің көрсеткіштерін әлі алған жоқпыз. ${f.to} күнін қоса алғанға дейін беріңіз, әйтпесе айды орташа шығыспен есептейміз.

${f.accounts}

Көрсеткіш беру:
${f.url}`,
  }),
  verification_due: (f) => ({
    subject: `№ ${f.serial} есептегіш: тексеру мерзімі ${f.on}`,
    text: `Сәлеметсіз бе!

Дербес шот ${f.number}. ${f.service}, № ${f.serial} есептегіш: тексеру мерзімі ${f.on} аяқталады.
Бұл күннен кейін ол бойынша есептеуге болмайды: айды орташа шығыспен, кейін норма бойынша есептейміз. Тексеруге немесе ауыстыруға алдын ала тапсырыс беріп, куәлікті әкеліңіз.

Шотыңыз:
${f.url}`,
  }),
  reading_refused: (f) => ({
    subject: `Көрсеткіш қабылданбады: ${f.service}, № ${f.serial} есептегіш`,
    text: `Сәлеметсіз бе!

Дербес шот ${f.number}. ${f.value} көрсеткішін (${f.service}, № ${f.serial} есептегіш) қарап, қабылдамадық.
Себебі: ${f.reason}

Есептегішке қайта қарап, көрсеткішті қайтадан беріңіз, фотосымен болғаны жақсы:
${f.url}`,
  }),
  link_granted: (f) => ({
    subject: `${f.number} дербес шоты кабинетте ашылды`,
    text: `Сәлеметсіз бе!

Сізге ${f.number} дербес шотын аштық: есептеулер, төлемдер, көрсеткіштер және жолданымдар.

${f.url}`,
  }),
  link_refused: (f) => ({
    subject: `${f.number} дербес шоты: ашу мүмкін болмады`,
    text: `Сәлеметсіз бе!

Сіз ${f.number} дербес шотын кабинетте ашуды сұрадыңыз. Біз оны аша алмадық.
Себебі: ${f.reason}

Шотты өзіңіз де аша аласыз: шот нөмірі мен түбіртектегі код арқылы.
${f.url}`,
  }),
}

const letters: Readonly<Record<Language, Words>> = { ru, kk }

export const accountLetter = <N extends keyof AccountLetterFacts>(name: N, language: Language, facts: AccountLetterFacts[N]): { subject: string; text: string } => letters[language][name](facts)
