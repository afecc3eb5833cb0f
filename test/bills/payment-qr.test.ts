import QRCode from 'qrcode'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { Service } from '../../regulation/tariffs.ts'
import { payeesOf, paymentQr, qrPicture, type PaymentAsked } from '../../server/bills/payment-qr.ts'
import type { Group } from '../../server/people/group.ts'
import { group } from './sample-bills.ts'

const by = (paymentQrOf: Group['cabinet']['paymentQr']) => ({ cabinet: { ...group.cabinet, paymentQr: paymentQrOf } })
const closing: { service: Service; closing: number }[] = [
  { service: 'electricity', closing: 1_438_616 }, { service: 'heating', closing: 700_000 }, { service: 'hot_water', closing: 300_050 }, { service: 'cold_water', closing: 0 },
]
const sum = 2_438_666
const asked = (changes: Partial<PaymentAsked> = {}): PaymentAsked => ({ account: '1000001', sum, period: '2026-10', payees: payeesOf(group, closing, sum), language: 'ru', ...changes })

describe('who gets what of a payment (п. 11.3.1)', () => {
  it.each<[string, [Service, number][], number, [string, number][]]>([
    ['all that is owed', [['electricity', 1_000], ['heating', 700], ['hot_water', 300]], 2_000, [['990340000003', 1_000], ['990340000004', 1_000]]],
    ['part of it is paid ahead: the others share what is left, nothing is lost', [['electricity', 1_000], ['heating', 500], ['waste', -501]], 999, [['990340000003', 666], ['990340000004', 333], ['990340000006', 0]]],
    ['nothing', [['electricity', -1_000], ['waste', 400]], 0, [['990340000003', 0], ['990340000006', 0]]],
    ['no service at all', [], 0, []],
  ])('%s', (_, services, paid, expected) => {
    const payees = payeesOf(group, services.map(([service, owes]) => ({ service, closing: owes })), paid)
    expect(payees.map(({ supplier, sum: part }) => [supplier.bin, part])).toEqual(expected)
    expect(payees.reduce((total, { sum: part }) => total + part, 0)).toBe(paid)
  })
})

describe('what the QR of a bill holds', () => {
  it.each<[string, Group['cabinet']['paymentQr'], Partial<PaymentAsked>, string]>([
    ['requisites', { provider: 'requisites' }, {}, [
      'Лицевой счёт 1000001; 2026-10; 24 386,66 ₸', 'АО «СКРЭК»; БИН 990340000003; ИИК KZ90999TEST000000001; БИК KCJBKZKX; КБе 17; КНП 859; 14 386,16 ₸',
      'ТОО «Петропавловские Тепловые Сети»; БИН 990340000004; ИИК KZ63999TEST000000002; БИК KCJBKZKX; КБе 17; КНП 859; 10 000,50 ₸',
    ].join('\n')],
    ['requisites in Kazakh', { provider: 'requisites' }, { language: 'kk', payees: payeesOf(group, [{ service: 'waste', closing: 48_720 }], 48_720), sum: 48_720 },
      'Дербес шот 1000001; 2026-10; 487,20 ₸\nКоммуналдық кәсіпорын; БСН 990340000006; ЖСК KZ09999TEST000000004; БСК HSBKKZKX; БеК 17; КНП 859; 487,20 ₸'],
    ['a link', { provider: 'link', template: 'https://pay.example.kz/?acc={account}&amount={sum}&back={account}' }, {}, 'https://pay.example.kz/?acc=1000001&amount=24386.66&back=1000001'],
    ['a link with an account that must be encoded', { provider: 'link', template: 'https://pay.example.kz/{account}/{sum}' }, { account: 'Ж-1/2&x', sum: 5 }, 'https://pay.example.kz/%D0%96-1%2F2%26x/0.05'],
    ['a link whose account looks like a placeholder is filled in once', { provider: 'link', template: 'https://pay.example.kz/{account}/{sum}' }, { account: '{sum}', sum: 100 }, 'https://pay.example.kz/%7Bsum%7D/1.00'],
  ])('%s', (_, provider, changes, text) => {
    expect(paymentQr(by(provider), asked(changes))).toBe(text)
  })
})

it('the picture of a QR has every module where the code has it', async () => {
  const text = paymentQr(group, asked())
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'L' })
  const { data, info } = await sharp(Buffer.from(qrPicture(text)), { density: 72 }).resize(modules.size * 4, modules.size * 4, { kernel: 'nearest' }).flatten({ background: '#fff' }).grayscale().raw().toBuffer({ resolveWithObject: true })
  const wrong = Array.from({ length: modules.size ** 2 }, (_, i) => i)
    .filter((i) => (data[(Math.floor(i / modules.size) * 4 + 2) * info.width * info.channels + ((i % modules.size) * 4 + 2) * info.channels]! < 128) !== (modules.data[i] === 1))
  expect(wrong).toEqual([])
  // On 38 mm each module is near half a millimetre: a telephone reads it.
  expect(modules.size).toBeLessThanOrEqual(85)
})
