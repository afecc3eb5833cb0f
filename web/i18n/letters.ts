import type { Language } from '../../regulation/vocabulary.ts'

/** The words of e-mails, in both languages. Dates come already formatted. */

export type LetterFacts = {
  confirmation: { number: string; subject: string; dueOn: string; url: string; organization: string; phone: string }
  mailbox_copy: { number: string; subject: string; name: string; address: string; phone: string; email: string; kind: string; text: string; files: number; deskUrl: string }
  answer: { number: string; subject: string; text: string; organization: string; files: number; url: string }
  extended: { number: string; dueOn: string; reason: string; url: string }
  redirected: { number: string; to: string; reason: string; url: string }
  joined: { number: string; main: string; url: string }
  withdrawn: { number: string; url: string }
  pickup_ready: { number: string; letter: string; organization: string; address: string; phone: string; url: string }
  code: { code: string }
}
export type LetterName = keyof LetterFacts
type Words = { [N in LetterName]: (facts: LetterFacts[N]) => { subject: string; text: string } }

const ru: Words = {
  confirmation: (f) => ({
    subject: `Обращение № ${f.number} зарегистрировано`,
    text: `Здравствуйте!

Ваше обращение «${f.subject}» зарегистрировано под номером ${f.number}.
Ответим не позднее ${f.dueOn}.

Следить за обращением и прочитать ответ можно здесь:
${f.url}

Ссылка личная: не пересылайте её тем, кому не хотите показывать обращение.

${f.organization}, ${f.phone}`,
  }),
  mailbox_copy: (f) => ({
    subject: `[№ ${f.number}] ${f.kind}: ${f.subject}`,
    text: `Поступило обращение № ${f.number}.

Вид: ${f.kind}
От: ${f.name}
Адрес: ${f.address}
Телефон: ${f.phone}
Почта: ${f.email}
Вложений: ${f.files}

Тема: ${f.subject}

${f.text}

Открыть: ${f.deskUrl}`,
  }),
  answer: (f) => ({
    subject: `Ответ на обращение № ${f.number}`,
    text: `Здравствуйте!

Ответ на ваше обращение № ${f.number} «${f.subject}»:

${f.text}

${f.organization}

${f.files > 0 ? `К ответу приложены файлы (${f.files}): они в этом письме и на странице обращения.\n` : ''}Оценить ответ или написать ещё раз:
${f.url}`,
  }),
  extended: (f) => ({
    subject: `Срок ответа на обращение № ${f.number} продлён`,
    text: `Здравствуйте!

Чтобы ответить на ваше обращение № ${f.number} по существу, нам нужно больше времени. Срок продлён: ответим не позднее ${f.dueOn}.
Причина: ${f.reason}

${f.url}`,
  }),
  redirected: (f) => ({
    subject: `Обращение № ${f.number} перенаправлено`,
    text: `Здравствуйте!

Ваше обращение № ${f.number} перенаправлено по компетенции: ${f.to}.
Причина: ${f.reason}

${f.url}`,
  }),
  joined: (f) => ({
    subject: `Обращение № ${f.number} объединено с № ${f.main}`,
    text: `Здравствуйте!

Ваше обращение № ${f.number} повторяет обращение № ${f.main}, поэтому мы рассмотрим их вместе и дадим один ответ. Он будет виден по обеим ссылкам.

${f.url}`,
  }),
  pickup_ready: (f) => ({
    subject: `Ответ на обращение № ${f.number} можно забрать`,
    text: `Здравствуйте!

Ответ на ваше обращение № ${f.number} готов: письмо № ${f.letter}.
Вы просили выдать его лично. Заберите его в центре обслуживания, с документом, удостоверяющим личность:
${f.organization}, ${f.address}, ${f.phone}

Обращение: ${f.url}`,
  }),
  withdrawn: (f) => ({
    subject: `Обращение № ${f.number} отозвано`,
    text: `Здравствуйте!

Вы отозвали обращение № ${f.number}: мы прекратили его рассмотрение. Если отозвали по ошибке, напишите нам снова.

${f.url}`,
  }),
  code: (f) => ({
    subject: `Код для входа: ${f.code}`,
    text: `Код для входа: ${f.code}

Он действует десять минут. Если вы не входили, ничего не делайте: без кода никто не войдёт.`,
  }),
}

const kk: Words = {
  confirmation: (f) => ({
    subject: `№ ${f.number} жолданым тіркелді`,
    text: `Сәлеметсіз бе!

«${f.subject}» жолданымыңыз ${f.number} нөмірімен тіркелді.
Жауапты ${f.dueOn} күнінен кешіктірмей береміз.

Жолданымды қадағалау және жауапты оқу:
${f.url}

Сілтеме жеке: жолданымды көрсеткіңіз келмейтін адамдарға жібермеңіз.

${f.organization}, ${f.phone}`,
  }),
  mailbox_copy: (f) => ({
    subject: `[№ ${f.number}] ${f.kind}: ${f.subject}`,
    text: `№ ${f.number} жолданым келіп түсті.

Түрі: ${f.kind}
Кімнен: ${f.name}
Мекенжайы: ${f.address}
Телефоны: ${f.phone}
Поштасы: ${f.email}
Тіркемелер: ${f.files}

Тақырыбы: ${f.subject}

${f.text}

Ашу: ${f.deskUrl}`,
  }),
  answer: (f) => ({
    subject: `№ ${f.number} жолданымға жауап`,
    text: `Сәлеметсіз бе!

№ ${f.number} «${f.subject}» жолданымыңызға жауап:

${f.text}

${f.organization}

${f.files > 0 ? `Жауапқа файлдар тіркелген (${f.files}): олар осы хатта және жолданым бетінде.\n` : ''}Жауапты бағалау немесе қайта жазу:
${f.url}`,
  }),
  extended: (f) => ({
    subject: `№ ${f.number} жолданымға жауап мерзімі ұзартылды`,
    text: `Сәлеметсіз бе!

№ ${f.number} жолданымыңызға мән-жайы бойынша жауап беру үшін бізге көбірек уақыт қажет. Мерзім ұзартылды: ${f.dueOn} күнінен кешіктірмей жауап береміз.
Себебі: ${f.reason}

${f.url}`,
  }),
  redirected: (f) => ({
    subject: `№ ${f.number} жолданым қайта жолданды`,
    text: `Сәлеметсіз бе!

№ ${f.number} жолданымыңыз құзыреті бойынша қайта жолданды: ${f.to}.
Себебі: ${f.reason}

${f.url}`,
  }),
  joined: (f) => ({
    subject: `№ ${f.number} жолданым № ${f.main} жолданыммен біріктірілді`,
    text: `Сәлеметсіз бе!

№ ${f.number} жолданымыңыз № ${f.main} жолданымды қайталайды, сондықтан екеуін бірге қарап, бір жауап береміз. Жауап екі сілтеме бойынша да көрінеді.

${f.url}`,
  }),
  pickup_ready: (f) => ({
    subject: `№ ${f.number} жолданымға жауапты алуға болады`,
    text: `Сәлеметсіз бе!

№ ${f.number} жолданымыңызға жауап дайын: № ${f.letter} хат.
Сіз оны өзіңіз алуды сұрадыңыз. Жеке басты куәландыратын құжатпен қызмет көрсету орталығынан алыңыз:
${f.organization}, ${f.address}, ${f.phone}

Жолданым: ${f.url}`,
  }),
  withdrawn: (f) => ({
    subject: `№ ${f.number} жолданым кері қайтарылды`,
    text: `Сәлеметсіз бе!

Сіз № ${f.number} жолданымды кері қайтарып алдыңыз: оны қарау тоқтатылды. Қателесіп қайтарсаңыз, бізге қайта жазыңыз.

${f.url}`,
  }),
  code: (f) => ({
    subject: `Кіру коды: ${f.code}`,
    text: `Кіру коды: ${f.code}

Ол он минут жарамды. Егер сіз кірмеген болсаңыз, ештеңе істемеңіз: кодсыз ешкім кіре алмайды.`,
  }),
}

const letters: Record<Language, Words> = { ru, kk }

export const letter = <N extends LetterName>(name: N, language: Language, facts: LetterFacts[N]): { subject: string; text: string } =>
  letters[language][name](facts)
