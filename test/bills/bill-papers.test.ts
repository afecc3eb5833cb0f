import { afterAll, describe, expect, it } from 'vitest'
import { composeBills, type GatheredBill } from '../../server/bills/compose-bill.ts'
import { composeCard } from '../../server/bills/compose-card.ts'
import { openTypesetter } from '../../server/papers/typeset.ts'
import { difference, look } from '../papers/pictures.ts'
import { pageTexts } from './page-texts.ts'
import { config, group, line, period, sampleBill, sampleCard, sums, tiers, today, zones } from './sample-bills.ts'

const typesetter = openTypesetter()
afterAll(() => typesetter.stop())
const set = async (bills: readonly GatheredBill[], language: 'ru' | 'kk' = 'ru') => typesetter.typeset('bill', composeBills({ config, group }, period, bills, language, today))
const longName = 'Константинопольская-Жұмабаева Мариям'

describe('the bill of a month on paper (п. 11.3.1)', () => {
  it.each(['ru', 'kk'] as const)('looks as it is kept, on one A4 sheet (%s)', async (language) => {
    const seen = await look(await set([sampleBill(language === 'ru' ? {} : { account: { holder_name: longName }, bill: { lines: [zones, ...sampleBill().bill.lines.slice(1)] } })], language))
    expect([seen.pages, ...seen.size.map(Math.round)]).toEqual([1, 595, 842])
    expect(await difference(`bill-${language}`, seen.png)).toBeLessThan(60)
  })

  it('carries everything a счёт-квитанция must', async () => {
    const [text] = await pageTexts(await set([sampleBill()]))
    for (const words of [
      'ТОО «Севказэнергосбыт»', '+7 (7152) 00-00-02', 'Счёт-квитанция', 'за октябрь 2026', 'Лицевой счёт 1000001', 'Сергеев Пётр Ильич', 'ул. Жамбыла, 1, кв. 12', '54,3', 'К оплате до 25 ноября 2026 г.', '29 945,25 ₸',
      'кВт·ч', '12345 22.09.2026', '12825 22.10.2026', '1-й уровень 300 23,00 6 900,00', '2-й уровень 150 29,90', '3-й уровень 30 37,40', '2 001,12', '14 508,12', 'по показаниям', 'по среднему расходу', 'по норме', 'общедомовые нужды', '215,54',
      'Сальдо на начало', 'Перерасчёт', '−450,00', 'Пеня', '12,50', 'Оплачено: 12.10.2026 — 20 000,00 ₸; 24.10.2026 — 6 400,00 ₸', 'Электроэнергия, за сентябрь 2026: −450,00 ₸ — Показания за сентябрь были списаны неверно',
      '№ E00000001, следующая поверка 18.04.2031', 'через 26 дн.: запишитесь на поверку', 'срок поверки истёк', 'КБе', 'КНП', 'KZ90999TEST000000001', 'HSBKKZKX', 'https://jauap.example.kz/ru/my', 'Реквизиты для оплаты',
    ]) expect(text).toContain(words)
  })

  it('is in Kazakh from the first word to the last', async () => {
    const [text] = await pageTexts(await set([sampleBill({ bill: { recalculations: [] } })], 'kk'))
    for (const words of ['Шот-түбіртек', '2026 ж. қазан айы үшін', 'Дербес шот 1000001', 'Төлеуге, мерзімі 2026 ж. 25 қараша', 'БСН', 'ЖСК', 'БСК', 'БеК', 'норма бойынша', 'үйге ортақ мұқтаждар', '12-пәтер', 'https://jauap.example.kz/kk/my']) expect(text).toContain(words)
    expect(text).not.toMatch(/Счёт|Услуга|Тариф без|Оплач|Итого/)
  })

  it('shows day and night of a meter with two registers apart', async () => {
    const [text] = await pageTexts(await set([sampleBill({ bill: { lines: [zones] } })]))
    for (const words of ['день 12345', 'ночь 4100', 'день 12555', 'ночь 4195', 'День 210 27,90 5 859,00', 'Ночь 95 9,80 931,00', '7 876,40']) expect(text).toContain(words)
  })

  it.each<[string, number, string]>([['nothing is owed', 0, 'Платить не нужно.'], ['it was paid ahead', -123_456, 'Оплачено вперёд: 1 234,56 ₸']])('asks for nothing and shows no QR where %s', async (_, closing, words) => {
    const total = { ...sums({ opening: closing }), closing }
    const bill = sampleBill({ bill: { lines: [line({})], services: [{ service: 'electricity', ...total }], total, payments: [], recalculations: [] } })
    const [text] = await pageTexts(await set([bill]))
    expect(text).toContain(words)
    expect(text).toMatch(/К оплате до 25 ноября 2026 г. 0,00 ₸/)
    expect(text).not.toContain('наведите камеру')
    expect(text).toContain('в этом месяце платежей не было')
    expect((composeBills({ config, group }, period, [bill], 'ru', today)).bills[0]!.qr).toBeUndefined()
  })

  it('stays on one sheet with a name of 36 letters, a long address and every tier; runs on to a second where lines are many, with its number on both and its own on the second', async () => {
    const whole = sampleBill({ account: { holder_name: longName, address: 'Северо-Казахстанская область, Кызылжарский район, село Бескөл, улица Интернациональная, дом 125/2' } })
    const [text, ...more] = await pageTexts(await set([whole]))
    expect(more).toEqual([])
    expect(text).toContain(longName)
    const many = sampleBill({ bill: { lines: Array.from({ length: 12 }, () => tiers) } })
    const pages = await pageTexts(await set([many, sampleBill({ account: { number: '1000002' } })]))
    expect(pages.map((page) => /за октябрь 2026, № (\d+(?: · \d)?)/.exec(page)?.[1])).toEqual(['1000001', '1000001 · 2', '1000002'])
    expect(pages.at(-1)).toContain('Лицевой счёт 1000002')
  })

  it('takes what people are called as words, never as markup', async () => {
    const [text] = await pageTexts(await set([sampleBill({ account: { holder_name: '#let x = 1 *А* _Б_ $c$ @д <е>', flat: '' } })]))
    expect(text).toContain('#let x = 1 *А* _Б_ $c$ @д <е>')
    expect(text).toContain('ул. Жамбыла, 1 Площадь')
  })

  it('gives another household another code', async () => {
    const sheets = composeBills({ config, group }, period, [sampleBill(), sampleBill({ account: { id: 2 } }), sampleBill({ account: { secret_version: 2 } })], 'ru', today)
    expect(new Set(sheets.bills.map(({ cabinet }) => cabinet?.code)).size).toBe(3)
  })
})

describe('the ledger card on paper (п. 11.3.1)', () => {
  it.each(['ru', 'kk'] as const)('looks as it is kept (%s)', async (language) => {
    const seen = await look(await typesetter.typeset('ledger_card', composeCard(sampleCard(language))))
    expect([seen.pages, ...seen.size.map(Math.round)]).toEqual([2, 842, 595])
    expect(await difference(`card-${language}`, seen.png)).toBeLessThan(60)
  })

  it('sums every month and all of them, and says what is not billed yet', async () => {
    const asked = sampleCard('ru')
    const all = asked.lines.at(-1)!
    const months = asked.lines.filter(({ mark }) => mark === 'month')
    expect(months).toHaveLength(12)
    expect(all).toMatchObject({ mark: 'total', opening: 0, closing: months.at(-1)!.closing, charged: months.reduce((sum, { charged }) => sum + charged, 0) })
    expect(all.opening + all.charged + all.recalculated + all.penalty + all.paid).toBe(all.closing)
    for (const [i, month] of months.slice(1).entries()) expect(month.opening).toBe(months[i]!.closing)
    const text = (await pageTexts(await typesetter.typeset('ledger_card', composeCard(asked)))).join(' ')
    for (const words of ['Карточка лицевого счёта', 'ноябрь 2025 — октябрь 2026', 'Итого за месяц', '23,00 / 29,90 / 37,40', 'Месяц ещё не закрыт.', 'Сальдо на конец', 'К оплате']) expect(text).toContain(words)
  })

  it('says that there was nothing', async () => {
    const [text] = await pageTexts(await typesetter.typeset('ledger_card', composeCard({ ...sampleCard('kk'), lines: [], unbilled: false })))
    expect(text).toContain('Бұл кезеңде есептеу де, төлем де жоқ.')
  })
})
