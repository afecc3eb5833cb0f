import QRCode from 'qrcode'
import type { LetterPrint } from '../../server/papers/papers.ts'
import { openTypesetter } from '../../server/papers/typeset.ts'
import { p95, perSecond, type Figure } from './report.ts'

/** Letters set to PDF/A, one by one and a thousand in a row, as the page of outgoing answers asks for them. */
export async function benchLetters(): Promise<Figure[]> {
  const typesetter = openTypesetter()
  try {
    const qr = await QRCode.toString('https://jauap.example.kz/ru/letter/1000000-12-ABCDEFGH', { type: 'svg', margin: 0 })
    const letter = (n: number): LetterPrint => ({
      language: n % 2 ? 'ru' : 'kk', number: `ИСХ-СЭС-${String(n).padStart(5, '0')}`, date: '25 ноября 2026 г.', incoming: { number: `ВХ-СЭС-${n}`, date: '23.11.2026' }, instruction: 'QMS 04.05', qr,
      organization: { kk: '«Севказэнергосбыт» ЖШС', ru: 'ТОО «Севказэнергосбыт»', addressKk: 'Петропавл қ.', addressRu: 'г. Петропавловск', phone: '+7 (7152) 00-00-02', email: 'office@skes.example.kz', bin: '990340000002' },
      addressee: ['Сергеев Пётр Ильич', `г. Петропавловск, ул. Жамбыла, ${n}`], signatory: { title: 'Генеральный директор', name: 'Жұмабаев Ерлан' }, executor: { name: 'Иванова Наталья', phone: '+7 (7152) 00-00-02' },
      body: Array.from({ length: 6 }, () => ({ kind: 'paragraph' as const, inlines: [{ text: 'Мы проверили показания вашего прибора учёта и исправили начисление за октябрь; лишнее вернётся в счёте за ноябрь. '.repeat(2) }] })),
    })
    for (let n = 0; n < 20; n++) await typesetter.typeset('letter', letter(n))
    const took: number[] = []
    for (let n = 0; n < 100; n++) {
      const start = performance.now()
      await typesetter.typeset('letter', letter(n))
      took.push(performance.now() - start)
    }
    const one = took.toSorted((a, b) => a - b)[94]!
    const start = performance.now()
    for (let n = 0; n < 1_000; n++) await typesetter.typeset('letter', letter(n))
    const rate = 1_000 / ((performance.now() - start) / 1_000)
    return [
      { work: 'one letter to PDF/A', measured: p95(one), against: '50 ms', ratio: 50 / one, aim: { atLeast: 1 } },
      { work: 'a thousand letters in a row', measured: perSecond(rate), against: '20/s', ratio: rate / 20, aim: { atLeast: 1 } },
    ]
  } finally {
    await typesetter.stop()
  }
}
