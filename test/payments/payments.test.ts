import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import ExcelJS from 'exceljs'
import { openDatabase } from '../../server/platform/database.ts'
import { readTable } from '../../server/platform/tables.ts'
import { bookLines } from '../../server/payments/batches.ts'
import { readAmount, readPaidOn, readRegistry } from '../../server/payments/read-registry.ts'
import type { DB } from '../../server/schema.ts'
import { startApp, type Client, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { query } from '../support/query.ts'
import { until } from '../support/wait.ts'

let app: RunningApp
let crew: Crew
let clerk: Client
beforeAll(async () => {
  app = await startApp({ env: { DEMO_ACCOUNTS: '24' } })
  crew = await gatherCrew(app)
  clerk = crew.as('executor@skes/skes-billing')
}, 60_000)
afterAll(() => app?.stop())

const today = Temporal.Now.plainDateISO('Asia/Almaty')
/** Cyrillic as cp1251 has it. */
const cp1251 = (text: string) => Uint8Array.from([...text].map((sign) => {
  const at = sign.codePointAt(0)!
  return at < 128 ? at : sign === 'ё' ? 0xb8 : sign === 'Ё' ? 0xa8 : at - 0x410 + 0xc0
}))
const bytesOf = (text: string) => new TextEncoder().encode(text)
const upload = async (bytes: Uint8Array, more: Record<string, string> = {}, who: Client = clerk) => {
  const response = await fetch(`${app.url}/api/v1/payment-batches?${new URLSearchParams({ name: 'registry.csv', source: 'Халык', ...more })}`, { method: 'POST', body: bytes as Uint8Array<ArrayBuffer>, headers: { cookie: who.cookie } })
  return { status: response.status, body: await response.json() as { id: number; code?: string; errors?: { field: string; code: string }[] } }
}
const rows = async (text: string, values: unknown[] = []) => (await query<Record<string, string>>(app.databaseUrl, text, values)).rows
const owedBy = async (account: number) => Number((await rows('select coalesce(sum(amount), 0) as sum from ledger_lines where account_id = $1', [account]))[0]!['sum'])
const booked = (id: number) => until(async () => {
  const { body } = await clerk.get(`/payment-batches/${id}`)
  return body.batch.state === 'booked' && body
})

describe('a bank\'s file', () => {
  const parse = async (bytes: Uint8Array) => {
    const { lines, declared } = readRegistry(await readTable(bytes, { maxRows: 100 }), Temporal.PlainDate.from('2026-11-23'))
    return { lines: lines.map(({ account, amount, paidOn, reference, fault }) => fault ?? [account, amount, paidOn?.toString(), reference]), ...declared }
  }
  const wanted = [['1000001', 1_234_560n, '2026-11-23', 'KB-1'], ['1000002', 500_000n, '2026-11-22', 'KB-2']]
  it.each<[string, () => Uint8Array]>([
    ['with a heading in Russian and a total', () => bytesOf('Лицевой счёт;Сумма;Дата;Номер платежа\r\n1000001;12 345,60;23.11.2026;KB-1\r\n1000002;5000;2026-11-22;KB-2\r\nИТОГО;2;17345,60\r\n')],
    ['of an old program, in cp1251', () => cp1251('Лицевой счёт;Сумма;Дата;Номер платежа\n1000001;12345,60;23.11.2026;KB-1\n1000002;5000,00;22.11.2026;KB-2\nИтого;2;17345,60\n')],
    ['with its columns in another order, by tabs', () => bytesOf('Date\tReference\tAccount\tAmount\n20261123\tKB-1\t1000001\t12345.60\n20261122\tKB-2\t1000002\t5,000.00\nTotal\t2\t\t17345.60')],
    ['without a heading', () => bytesOf('\uFEFF1000001;12345.6;23/11/2026 10:15;KB-1\n1000002;5000;22.11.2026;KB-2\nВсего: 17 345,60')],
    ['with a Kazakh heading', () => bytesOf('Дербес шот;Сомасы;Күні;Төлем нөмірі\n1000001;12345,60;23.11.2026;KB-1\n1000002;5000;22.11.2026;KB-2\nБарлығы;;17345,60')],
  ])('is read %s', async (_, bytes) => {
    expect(await parse(bytes())).toMatchObject({ lines: wanted, total: 1_734_560n })
  })
  it('is read from a spreadsheet, its numbers and days as such', async () => {
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('1')
    sheet.addRows([['Лицевой счет', 'Сумма', 'Дата', 'Референс'], ['1000001', 12345.6, new Date('2026-11-23'), 'KB-1'], [1000002, 5000, '22.11.2026', 'KB-2']])
    expect((await parse(new Uint8Array(await book.xlsx.writeBuffer()))).lines).toEqual(wanted)
  })
  it('says of every line what stands in its way', async () => {
    expect((await parse(bytesOf([';100;23.11.2026;A', '1;;23.11.2026;B', '1;-5;23.11.2026;C', '1;0;23.11.2026;D', '1;много;23.11.2026;E', '1;5;31.02.2026;F', '1;5;24.11.2026;G', '1;5;23.11.2026;', `${'9'.repeat(40)};5;23.11.2026;H`].join('\n')))).lines)
      .toEqual(['account_unknown', 'amount_invalid', 'amount_invalid', 'amount_invalid', 'amount_invalid', 'field_invalid', 'date_in_future', 'reference_missing', 'account_unknown'])
  })
  it.each([['1 250,50', 125_050n], ['1250.5', 125_050n], ['1,250.50 ₸', 125_050n], ['12 тг', 1_200n], ['1.234,56', undefined], ['-5', undefined], ['5.555', undefined], ['', undefined]])('«%s» is an amount', (text, amount) => expect(readAmount(text)).toBe(amount))
  it.each([['23.11.2026', '2026-11-23'], ['20261123', '2026-11-23'], ['2026-11-23T10:00', '2026-11-23'], ['32.11.2026', undefined], ['вчера', undefined]])('«%s» is a day', (text, day) => expect(readPaidOn(text)?.toString()).toBe(day))
})

describe('a registry of payments (п. 11.3.1)', () => {
  const file = (...lines: string[]) => bytesOf(['Лицевой счёт;Сумма;Дата;Номер платежа', ...lines].join('\n'))
  const day = today.toString()

  it('is staged, held against the bank\'s total, booked once, and takes exactly its sum off the account', async () => {
    const before = await owedBy(3)
    const bytes = file(`1000003;1500,50;${day};P-1`, `1000003;499,50;${day};P-2`, `9999999;700;${day};P-3`, `1000004;ноль;${day};P-4`, `1000003;5;${day};P-1`, 'ИТОГО;;2800,00')
    const { body: { id }, status } = await upload(bytes)
    expect(status).toBe(201)
    const { body: staged } = await clerk.get(`/payment-batches/${id}`)
    expect(staged.batch).toMatchObject({ state: 'staged', lines: 5, total: 270_000, declared: 280_000, faults: 2, unknown: 1, booked: 0 })
    expect((await clerk.get(`/payment-batches/${id}?only=faults`)).body.lines.map(({ fault }: { fault: string }) => fault)).toEqual(['amount_invalid', 'reference_booked'])
    expect(await owedBy(3)).toBe(before)

    expect((await clerk.post(`/payment-batches/${id}/booking`)).body.code).toBe('batch_total_differs')
    const both = await Promise.all([clerk.post(`/payment-batches/${id}/booking`, { acknowledgeDifference: true }), clerk.post(`/payment-batches/${id}/booking`, { acknowledgeDifference: true })])
    expect(both.map((one) => one.status).toSorted()).toEqual([200, 409])
    await booked(id)
    expect(await owedBy(3)).toBe(before - 200_000)
    // Cut off and begun again, or asked for once more, it books nothing twice.
    const { db } = openDatabase<DB>(app.databaseUrl, { pool: 2 })
    await Promise.all([bookLines({ db, now: Temporal.Now.instant() }, { batch: id }), bookLines({ db, now: Temporal.Now.instant() }, { batch: id })])
    await db.destroy()
    expect(await owedBy(3)).toBe(before - 200_000)
    expect(await rows('select count(*) as n from payments where batch_id = $1', [id])).toEqual([{ n: '3' }])

    expect(await upload(bytes)).toMatchObject({ status: 409, body: { code: 'batch_known' } })
    const { body: { id: other } } = await upload(file(`1000003;1500,50;${day};P-1`, `1000003;1;${day};P-9`))
    expect((await clerk.get(`/payment-batches/${other}?only=faults`)).body.lines).toMatchObject([{ fault: 'reference_booked' }])
    expect((await clerk.post(`/payment-batches/${other}/cancel`)).body.state).toBe('cancelled')
    expect((await clerk.post(`/payment-batches/${other}/booking`)).body.code).toBe('batch_settled')
    const csv = await (await fetch(`${app.url}/api/v1/payment-batches/${id}/refused.csv`, { headers: { cookie: clerk.cookie } })).text()
    expect(csv).toContain('1000004; ноль')
  })

  it('books a payment of two registries once, though both were staged before either was booked', async () => {
    const before = await owedBy(6)
    const { body: { id: one } } = await upload(file(`1000006;10;${day};O-1`, `1000006;20;${day};O-2`), { source: 'Почта' })
    const { body: { id: two } } = await upload(file(`1000006;20;${day};O-2`, `1000006;30;${day};O-3`), { source: 'Почта' })
    for (const id of [one, two]) {
      expect((await clerk.post(`/payment-batches/${id}/booking`)).status).toBe(200)
      await booked(id)
    }
    expect(await owedBy(6)).toBe(before - 6_000)
    expect((await clerk.get(`/payment-batches/${two}`)).body.batch).toMatchObject({ state: 'booked', lines: 2, faults: 1, booked: 1, total: 3_000 })
    expect((await clerk.get(`/payment-batches/${two}?only=faults`)).body.lines).toMatchObject([{ reference: 'O-2', fault: 'reference_booked' }])
  })

  it('books a payment without an account into a queue, from where it is settled or returned, once', async () => {
    const { body: { payments: [waiting], unresolved } } = await clerk.get('/payments?state=unresolved')
    expect([waiting.given, waiting.state, unresolved]).toEqual(['9999999', 'unresolved', 1])
    const before = await owedBy(5)
    expect((await clerk.post(`/payments/${waiting.id}/account`, { account: '12' })).body.errors[0]).toMatchObject({ field: 'account', code: 'account_unknown' })
    const both = await Promise.all([clerk.post(`/payments/${waiting.id}/account`, { account: '1000005' }), clerk.post(`/payments/${waiting.id}/account`, { account: '1000005' })])
    expect(both.map((one) => one.status).toSorted()).toEqual([200, 409])
    expect(await owedBy(5)).toBe(before - 70_000)
    expect((await clerk.post(`/payments/${waiting.id}/return`, { reason: 'Ошибка' })).body.code).toBe('payment_settled')
    const { body: { id } } = await upload(file(`8888888;10;${day};R-1`))
    await clerk.post(`/payment-batches/${id}/booking`)
    await booked(id)
    const { body: { payments: [another] } } = await clerk.get('/payments?state=unresolved')
    expect((await clerk.post(`/payments/${another.id}/return`, { reason: ' ' })).status).toBe(422)
    expect((await clerk.post(`/payments/${another.id}/return`, { reason: 'Не наш' })).body).toMatchObject({ state: 'returned', reason: 'Не наш' })
  })

  it('is listed by bank and day with its sums, and as a spreadsheet', async () => {
    const { body } = await clerk.get(`/payments?from=${day}&to=${day}&source=${encodeURIComponent('Халык')}`)
    expect(body.sums).toEqual([{ source: 'Халык', count: 4, total: 271_000 }])
    expect((await clerk.get('/payments?from=вчера')).status).toBe(422)
    expect((await clerk.get('/payments?account=1000003')).body.payments.every((one: { account: string }) => one.account === '1000003')).toBe(true)
    const response = await fetch(`${app.url}/api/v1/payments.xlsx?from=${day}&source=${encodeURIComponent('Халык')}`, { headers: { cookie: clerk.cookie } })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await response.arrayBuffer())
    expect(book.worksheets[0]!.rowCount).toBe(5)
  })

  it('refuses files that are none, and everybody but the settlement unit', async () => {
    expect((await upload(new Uint8Array())).status).toBe(422)
    expect((await upload(file())).body.code).toBe('batch_empty')
    expect((await upload(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 1, 2]))).body.code).toBe('table_unreadable')
    expect((await upload(file(`1;1;${day};x`), { source: '' })).body.errors).toMatchObject([{ field: 'source' }])
    expect((await upload(file(`1;1;${day};x`), { total: 'много' })).body.errors).toMatchObject([{ field: 'total', code: 'amount_invalid' }])
    for (const who of ['front_desk@skes/skes-service', 'executor@skes/skes-metering', 'it_admin@ske']) expect([who, (await upload(file(`1;1;${day};x`), {}, crew.as(who))).status, (await crew.as(who).get('/payments')).status]).toEqual([who, 403, 403])
    expect((await fetch(`${app.url}/api/v1/payment-batches?name=x&source=yy`, { method: 'POST', body: 'x' })).status).toBe(401)
  })
})

describe('the online protocol of banks', () => {
  const ask = async (params: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await fetch(`${app.url}/biller/kaspi?${new URLSearchParams(params)}`, { headers })
    return { status: response.status, text: await response.clone().text(), body: headers['accept'] ? {} as never : await response.json() as { result: number; sum: string; prv_txn_id?: string; comment: string; fields?: Record<string, { '#text': string }> } }
  }
  const at = today.toString().replaceAll('-', '')
  const pay = (changes: Record<string, string> = {}) => ask({ command: 'pay', txn_id: 'K-1', account: '1000007', sum: '1000.50', txn_date: `${at}090000`, ...changes })

  it('tells the debt, and of the holder no more than the payer needs', async () => {
    const { body } = await ask({ command: 'check', txn_id: '1', account: '1000008', sum: '1' })
    const debt = await owedBy(8)
    expect(body).toMatchObject({ result: 0, sum: (Math.max(0, debt) / 100).toFixed(2) })
    const [{ holder_name: name }] = await rows('select holder_name from accounts where id = 8') as [{ holder_name: string }]
    expect(body.fields!['field1']!['#text']).not.toContain(name.split(' ')[0]!)
    expect((await ask({ command: 'check', txn_id: '1', account: '404', sum: '1' })).body.result).toBe(1)
  })

  it('takes a payment once, however often and close together it is sent', async () => {
    const before = await owedBy(7)
    const answers = await Promise.all([pay(), pay(), pay()])
    expect(answers.map(({ body }) => body.result)).toEqual([0, 0, 0])
    expect(new Set(answers.map(({ body }) => body.prv_txn_id)).size).toBe(1)
    expect((await pay({ sum: '5', account: '1000002' })).body).toMatchObject({ result: 0, sum: '1000.50', prv_txn_id: answers[0]!.body.prv_txn_id, comment: 'repeated' })
    expect(await owedBy(7)).toBe(before - 100_050)
  })

  it.each<[string, Record<string, string>, number]>([
    ['nothing', { sum: '0' }, 5], ['less than nothing', { sum: '-5' }, 5], ['a word', { sum: 'сто' }, 5], ['a day to come', { txn_date: '29990101000000' }, 5], ['a day that is none', { txn_date: '20260231000000' }, 5], ['no day', { txn_date: '' }, 5], ['an account that is none', { account: 'x'.repeat(200) }, 1], ['no number', { txn_id: '' }, 5], ['another command', { command: 'steal' }, 5],
  ])('answers %s with a word, and books nothing', async (_, changes, result) => {
    const before = (await rows('select count(*) as n from payments'))[0]
    const { status, body } = await pay({ txn_id: 'K-wrong', ...changes })
    expect([status, body.result]).toEqual([200, result])
    expect((await rows('select count(*) as n from payments'))[0]).toEqual(before)
  })

  it('speaks XML to those who ask for it', async () => {
    const { text } = await ask({ command: 'check', txn_id: '7', account: '1000008', sum: '1' }, { accept: 'application/xml' })
    expect(text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?><response><txn_id>7<\/txn_id><result>0<\/result><sum>[\d.]+<\/sum>/)
  })

  it('is only for banks of the group file', async () => {
    expect((await fetch(`${app.url}/biller/nobody?command=check&txn_id=1&account=1000001`)).status).toBe(404)
  })
})

it('keeps a bank out that calls from elsewhere', async () => {
  const proxied = await startApp({ databaseUrl: app.databaseUrl, env: { TRUST_PROXY: 'true', DEMO_ACCOUNTS: '0' } })
  try {
    const from = (address: string) => fetch(`${proxied.url}/biller/kaspi?command=check&txn_id=1&account=1000001`, { headers: { 'x-forwarded-for': address } }).then(({ status }) => status)
    expect([await from('203.0.113.9'), await from('127.0.0.1')]).toEqual([403, 200])
  } finally {
    await proxied.stop()
  }
})
