import QRCode from 'qrcode'
import { afterAll, describe, expect, it } from 'vitest'
import type { PaperData, PaperName } from '../../server/papers/papers.ts'
import { readGroup } from '../../server/people/read-group.ts'
import { openTypesetter } from '../../server/papers/typeset.ts'
import { difference, look } from './pictures.ts'

const typesetter = openTypesetter()
const group = readGroup('groups/sevkazenergo.yaml')
afterAll(() => typesetter.stop())

const qr = await QRCode.toString('https://jauap.example.kz/ru/track/1/ABCDEFGHJK', { type: 'svg', margin: 0 })
const written = {
  organization: 'АО «СКРЭК»', name: 'Әлиева Гүлсім Қанатқызы', address: 'г. Петропавловск, ул. Жамбыла, 12, кв. 5', phone: '+7 705 555 44 33', email: 'gulsim@example.kz',
  text: 'Уже второй день нет света. Прошу восстановить электроснабжение и сообщить причину.\nҚосыңыздаршы, өтінемін.', day: '23', month: '11', year: '2026', registered: 'ВХ-СКРЭК-00012 · 23.11.2026 14:05',
}
const row = (n: number) => ({ cells: ['23.11.2026', `ВХ-СЭС-${String(n).padStart(5, '0')}`, 'Сергеев Пётр Ильич', 'Начислили дважды', 'Разобраться и ответить', 'Отдел расчётов с потребителями', 'Ответ дан 25.11.2026'] })
const journal = (language: 'ru' | 'kk', count: number): PaperData['journal'] => ({
  language, title: language === 'ru' ? 'Журнал регистрации входящих документов' : 'Кіріс құжаттарды тіркеу журналы', organization: 'ТОО «Севказэнергосбыт»', period: '01.11.2026–23.11.2026',
  printed: '23.11.2026 15:00', columns: ['Дата рег.', 'Рег. номер', 'Корреспондент', 'Краткое содержание', 'Поручение', 'Кому направлен', 'Отметка'],
  rows: Array.from({ length: count }, (_, i) => ({ ...row(i + 1), ...(i === 2 && { mark: 'annulled' as const }), ...(i === 4 && { mark: 'reserved' as const }) })),
})
const slip = (language: 'ru' | 'kk'): PaperData['slip'] => ({
  language, organization: 'АО «Северо-Казахстанская Распределительная Электросетевая Компания»', number: 'ВХ-СКРЭК-00012', date: '23.11.2026', time: '14:05', acceptedBy: 'Кузнецова Анна Петровна',
  subject: 'Нет света второй день', sheets: 2, dueOn: '14 декабря 2026 г.', phone: '+7 (7152) 00-00-03', qr, url: 'https://jauap.example.kz/ru/track/ВХ-СКРЭК-00012/ABCDEFGHJK',
})

const register = (language: 'ru' | 'kk'): PaperData['register'] => ({
  language, organization: 'ТОО «Севказэнергосбыт»', title: language === 'ru' ? 'Реестр передачи подлинников' : 'Түпнұсқаларды беру тізілімі', printed: '23.11.2026 15:00',
  facts: [['Передаёт', 'Соколова Марина Андреевна'], ['Принимает', 'Иванова Наталья Сергеевна']],
  columns: [{ name: '№', mm: 9 }, { name: 'Рег. номер', mm: 33 }, { name: 'Корреспондент, краткое содержание' }, { name: 'Листов', mm: 15 }],
  rows: Array.from({ length: 12 }, (_, i) => [String(i + 1), `ВХ-СЭС-${String(i + 1).padStart(5, '0')}`, 'Сергеев Пётр Ильич. Начислили дважды', '2']), sum: 'Итого: 12 документов, 24 листа.',
  signatures: [{ role: 'Передал(а)', name: 'Соколова Марина Андреевна' }, { role: 'Принял(а)', name: '' }],
})
const act: PaperData['register'] = {
  ...register('ru'), title: 'Акт № 1/2026 о выделении к уничтожению документов, не подлежащих хранению', facts: [], text: 'На основании перечня отобраны к уничтожению документы:', rows: register('ru').rows.slice(0, 2),
  approval: { word: 'УТВЕРЖДАЮ', who: 'Руководитель, ТОО «Севказэнергосбыт»', name: '', date: '' }, signatures: [{ role: 'Составил(а)', name: 'Соколова М. А.' }, { role: 'Член комиссии', name: 'Ким А. А.' }],
}
const caseFile: PaperData['register'] = {
  ...register('ru'), title: 'Внутренняя опись документов дела',
  cover: { unit: 'Канцелярия', index: '01-05', title: 'Обращения потребителей и документы по их рассмотрению', dates: '11.01.2026 — 30.12.2026', lines: ['На 24 листах', 'Хранить 5 лет, ст. 65 Перечня'] },
}
const label = { number: 'ВХ-СЭС-00012', date: '23.11.2026', organization: 'Севказэнергосбыт', sheets: '2 л.', code: '2000000000121', qr: await QRCode.toString('2000000000121', { type: 'svg', margin: 0 }) }

const letter = (language: 'ru' | 'kk', organization: 'ske' | 'skes' | 'skrec' | 'pts'): PaperData['letter'] => {
  const { name, phone, letterhead } = group.organizations.get(organization)!
  const paragraph = (text: string) => ({ kind: 'paragraph' as const, inlines: [{ text }] })
  const cell = (text: string, header = false) => ({ header, blocks: [paragraph(text)] })
  return {
    language, number: 'ИСХ-СЭС-00012', date: language === 'ru' ? '25 ноября 2026 г.' : '2026 ж. 25 қараша', incoming: { number: 'ВХ-СЭС-00007', date: '23.11.2026' }, instruction: letterhead.instruction,
    organization: { kk: name.kk, ru: name.ru, addressKk: letterhead.address.kk, addressRu: letterhead.address.ru, phone, email: letterhead.email, bin: letterhead.bin },
    addressee: ['Әлиева Гүлсім Қанатқызы', 'г. Петропавловск, ул. Жамбыла, 12, кв. 5'],
    body: language === 'kk' ? [paragraph('Құрметті Гүлсім Қанатқызы!'), paragraph('Есептегішіңіздің көрсеткіштерін тексердік: қазан айының есебі екі рет жасалған. Артық сома қарашаның шотында қайтарылады.'), paragraph('Жауаппен келіспесеңіз, шағымдануға құқылысыз.')] : [
      { kind: 'heading', level: 1, inlines: [{ text: 'О перерасчёте за октябрь' }] }, paragraph('Уважаемая Гүлсім Қанатқызы!'),
      { kind: 'paragraph', inlines: [{ text: 'Мы проверили начисление за октябрь: ' }, { text: 'электроэнергия начислена дважды', bold: true }, { text: '. Лишнее вернётся в счёте за ноябрь:' }] },
      { kind: 'table', rows: [[cell('Период', true), cell('Начислено, ₸', true), cell('Верно, ₸', true)], [cell('октябрь 2026'), cell('9 000,00'), cell('4 500,00')]] },
      { kind: 'list', ordered: true, items: [[paragraph('перерасчёт сделан 24.11.2026;')], [paragraph('показания прибора учёта верны.')]] },
      paragraph('Если вы не согласны с ответом, его можно обжаловать в вышестоящую организацию или в суд.'),
    ],
    signatory: { title: language === 'kk' ? 'Бас директор' : 'Генеральный директор', name: 'Жұмабаев Дәурен Маратұлы' }, executor: { name: 'Иванова Наталья Сергеевна', phone }, qr,
  }
}

const papers: readonly (readonly [picture: string, paper: PaperName, data: unknown])[] = [
  ['form-3-blank', 'appeal_form', { form: 3 }], ['form-4-blank', 'appeal_form', { form: 4 }], ['form-5-blank', 'appeal_form', { form: 5 }],
  ['form-3-filled', 'appeal_form', { form: 3, ...written, noWrittenReply: true }], ['form-4-filled', 'appeal_form', { form: 4, ...written, word: 'second' }],
  ['form-5-filled', 'appeal_form', { form: 5, ...written, word: 'first' }],
  ['slip-ru', 'slip', slip('ru')], ['slip-kk', 'slip', slip('kk')], ['journal-ru', 'journal', journal('ru', 40)], ['journal-kk-empty', 'journal', journal('kk', 0)],
  ['hand-over-ru', 'register', register('ru')], ['hand-over-kk-empty', 'register', { ...register('kk'), rows: [] }], ['act', 'register', act], ['case-file', 'register', caseFile],
  ...(['ske', 'skes', 'skrec', 'pts'] as const).flatMap((organization) => (['ru', 'kk'] as const).map((language): readonly [string, PaperName, unknown] => [`letter-${organization}-${language}`, 'letter', letter(language, organization)])),
  ['letter-draft', 'letter', { ...letter('ru', 'skes'), number: '', date: '', draft: true, qr: undefined }],
  ['envelopes', 'envelopes', { title: 'Конверты', envelopes: [{ from: 'ТОО «Севказэнергосбыт»', fromAddress: '150009, г. Петропавловск, ул. Жамбыла, 215', to: 'Әлиева Гүлсім Қанатқызы', toAddress: '150000, г. Петропавловск, ул. Жамбыла, 12, кв. 5', number: 'ИСХ-СЭС-00012' }] }],
  ['labels', 'labels', { title: 'Этикетки', labels: Array.from({ length: 26 }, () => label) }],
  ['book-page-blank', 'book_page', { organization: 'ТОО «Севказэнергосбыт»', place: 'Сервис-орталық / Сервис-центр', title: 'Книга № 2' }],
  ['book-page', 'book_page', {
    organization: 'ТОО «Севказэнергосбыт»', place: 'Сервис-орталық / Сервис-центр', title: 'Книга № 2', openedOn: '01.11.2026',
    entries: [{ n: 1, writtenAt: '23.11.2026 10:15', applicant: 'Ким Анна', text: 'Долго ждала в очереди.', measures: 'Открыто второе окно', reply: 'ВХ-СЭС-00012, 30.11.2026' }],
  }],
]

describe('every paper looks as it is kept (Appendix 3–6, п. 4.3, 4.4)', () => {
  it.each(papers)('%s', async (picture, paper, data) => {
    const seen = await look(await typesetter.typeset(paper, data as never))
    expect(await difference(picture, seen.png)).toBeLessThan(60)
  })

  it('the forms say the appendix\'s own words, in both languages', async () => {
    const texts = await Promise.all(([3, 4, 5] as const).map(async (form) => (await look(await typesetter.typeset('appeal_form', { form }))).text.replace(/\s+/g, ' ')))
    for (const text of texts) {
      for (const words of ['АҚ/ЖШС Бас директорына', 'Генеральному директору АО/ТОО', 'тұтынушы/от потребителя', 'телефоны/телефон', 'эл. пошта/эл. почта', 'М.О./М.П.']) expect(text).toContain(words)
    }
    expect(texts[0]).toContain('ӨТІНІШ/ЗАЯВЛЕНИЕ')
    expect(texts[0]).toContain('в письменном ответе не нуждаюсь')
    expect(texts[1]).toContain('ШАҒЫМ/АРЫЗ ЖАЛОБА/ПРЕТЕНЗИЯ')
    expect(texts[2]).toContain('ПІКІР/ҰСЫНЫС ОТЗЫВ/ПРЕДЛОЖЕНИЕ')
  })

  it('the slip is one A6 sheet, however long the summary', async () => {
    const seen = await look(await typesetter.typeset('slip', { ...slip('ru'), subject: 'Очень длинное содержание обращения '.repeat(6) }))
    expect(seen.pages).toBe(1)
    expect(seen.size.map(Math.round)).toEqual([298, 420])
  })
})

describe('what people write', () => {
  it('is never read as markup, and runs on to further pages', async () => {
    const text = `#let x = 1 $a^2$ *жирно* _курсив_ @кому <тег> \\n [скобки] ${'Қазақша мәтін, өте ұзын. '.repeat(400)}`
    const seen = await look(await typesetter.typeset('appeal_form', { form: 4, ...written, text }))
    expect(seen.pages).toBeGreaterThan(1)
    expect(seen.text.replace(/\s+/g, ' ')).toContain('#let x = 1 $a^2$ *жирно* _курсив_ @кому <тег> \\n [скобки]')
  })

  it('prints five thousand entries of a journal', async () => {
    expect((await look(await typesetter.typeset('journal', journal('ru', 5_000)))).pages).toBeGreaterThan(100)
  })
})

describe('the typesetter', () => {
  it('tells what a template could not take, and sets the next paper all the same', async () => {
    await expect(typesetter.typeset('slip', { language: 'ru' } as never)).rejects.toThrow(/slip/)
    expect((await typesetter.typeset('appeal_form', { form: 5 })).length).toBeGreaterThan(5_000)
  })

  it('starts another thread after one was stopped', async () => {
    await typesetter.stop()
    expect((await typesetter.typeset('appeal_form', { form: 3 })).length).toBeGreaterThan(5_000)
  })
})
