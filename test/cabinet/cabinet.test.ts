import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountSecret } from '../../server/ledger/account-secret.ts'
import type { Config } from '../../server/config.ts'
import { startApp, type Client, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { query } from '../support/query.ts'
import { jpeg } from '../support/sample-files.ts'

let app: RunningApp
let crew: Crew
let aigul: Client
const today = Temporal.Now.plainDateISO('Asia/Almaty')
const lastMonth = today.with({ day: 1 }).subtract({ months: 1 }).toPlainYearMonth().toString()

beforeAll(async () => {
  app = await startApp({ env: { DEMO_ACCOUNTS: '24' } })
  crew = await gatherCrew(app)
  aigul = await crew.consumer('aigul.cabinet@example.kz')
}, 60_000)
afterAll(() => app?.stop())

const secretOf = (id: number, version = 1) => accountSecret({ secret: 'a secret of the tests, long enough to be taken' } as Config, { id, secret_version: version })
const rows = async (text: string, values: unknown[] = []) => (await query<Record<string, string>>(app.databaseUrl, text, values)).rows
const meterOf = async (account: number, service = 'electricity') => Number((await rows('select id from meters where account_id = $1 and service = $2', [account, service]))[0]!['id'])
const give = (who: Client, account: number, body: Record<string, unknown>) => who.post(`/cabinet/accounts/${account}/readings`, body)
const fieldOf = ({ status, body }: Awaited<ReturnType<Client['get']>>) => [status, body.errors?.[0]?.field ?? body.code, body.errors?.[0]?.code]

describe('linking an account', () => {
  it('takes its number and the code of its bill, however they are typed, once', async () => {
    expect(fieldOf(await aigul.post('/cabinet/accounts', { number: '1000002', code: 'AAAA0000' }))).toEqual([422, 'code', 'wrong_account_secret'])
    expect(fieldOf(await aigul.post('/cabinet/accounts', { number: '1000002', code: secretOf(3) }))).toEqual([422, 'code', 'wrong_account_secret'])
    const linked = await aigul.post('/cabinet/accounts', { number: ' 1000002 ', code: ` ${secretOf(2).toLowerCase().slice(0, 4)} ${secretOf(2).slice(4)}` })
    expect([linked.status, linked.body]).toEqual([201, { account: 2 }])
    expect(fieldOf(await aigul.post('/cabinet/accounts', { number: '1000002', code: secretOf(2) }))).toEqual([422, 'number', 'account_linked'])
    expect((await aigul.get('/cabinet/accounts')).body).toMatchObject([{ id: 2, number: '1000002' }])
  })

  it('is slowed down for whoever guesses', async () => {
    const guesser = await crew.consumer('guess@example.kz')
    const answers = []
    for (let i = 0; i < 12; i++) answers.push((await guesser.post('/cabinet/accounts', { number: '1000009', code: `AAAA${i}` })).status)
    expect(answers.slice(0, 10).every((status) => status === 422)).toBe(true)
    expect(answers.at(-1)).toBe(429)
  })

  it('an account that is not one\'s own is absent everywhere', async () => {
    const paths = ['', '/readings', '/bills', `/bills/${lastMonth}`, '/card', '/payments', '/consumption', '/access']
    for (const path of paths) expect([path, (await aigul.get(`/cabinet/accounts/5${path}`)).status]).toEqual([path, 404])
    expect((await give(aigul, 5, { meter: await meterOf(5), value: 1 })).status).toBe(404)
    expect(fieldOf(await give(aigul, 2, { meter: await meterOf(5), value: '99999' }))).toEqual([404, 'meter_unknown', undefined])
    expect((await crew.nobody.get('/cabinet/accounts')).status).toBe(401)
  })

  it('is shared with another of the household, who cannot give it on, and is taken away again', async () => {
    const son = await crew.consumer('son@example.kz')
    expect(fieldOf(await aigul.post('/cabinet/accounts/2/access', { email: 'no address' }))).toEqual([422, 'email', 'bad_email'])
    expect((await aigul.post('/cabinet/accounts/2/access', { email: 'Son@Example.kz' })).status).toBe(201)
    expect(fieldOf(await aigul.post('/cabinet/accounts/2/access', { email: 'son@example.kz' }))).toEqual([422, 'email', 'account_linked'])
    expect((await son.get('/cabinet/accounts/2')).status).toBe(200)
    expect((await son.post('/cabinet/accounts/2/access', { email: 'third@example.kz' })).status).toBe(403)
    const access = (await aigul.get('/cabinet/accounts/2/access')).body as { id: number; name: string; mine: boolean }[]
    const [mine, his] = [access.find((one) => one.mine)!, access.find((one) => one.name === 'son@example.kz')!]
    expect((await son.post(`/cabinet/accounts/2/access/${mine.id}/end`)).body.code).toBe('access_last')
    expect((await aigul.post(`/cabinet/accounts/2/access/${his.id}/end`)).status).toBe(200)
    expect((await son.get('/cabinet/accounts/2')).status).toBe(404)
  })

  it('without a bill is asked of the office', async () => {
    expect((await aigul.post('/cabinet/link-requests', { number: '1000004', words: 'Айгүл, телефон 701 000 00 00' })).status).toBe(201)
    await aigul.post('/cabinet/link-requests', { number: '1000004', words: 'ещё раз' })
    expect((await aigul.get('/cabinet/link-requests')).body).toMatchObject([{ number: '1000004', state: 'waiting' }])
  })

  it('many requests side by side are answered, each, and the application goes on', async () => {
    const hasty = await crew.consumer('hasty@example.kz')
    const asked = await Promise.all(Array.from({ length: 24 }, (_, i) => hasty.post('/cabinet/link-requests', { number: `200000${i}`, words: 'Сосед' })))
    expect(asked.map(({ status }) => status).toSorted()).toEqual([...Array.from({ length: 10 }, () => 201), ...Array.from({ length: 14 }, () => 429)])
    expect((await hasty.get('/cabinet/link-requests')).body).toHaveLength(10)
  })
})

describe('readings', () => {
  it('are estimated as the bill will count them, and kept once however often they are sent', async () => {
    const { body: { meters } } = await aigul.get('/cabinet/accounts/2')
    const meter = meters.find((one: { service: string }) => one.service === 'electricity')
    const value = Number(meter.last.value) + 120
    const { body } = await aigul.post('/cabinet/accounts/2/readings/estimate', { meter: meter.id, value })
    expect(body).toMatchObject({ used: '120', doubts: today.day < 20 ? ['outside_window'] : [] })
    expect(body.total).toBeGreaterThan(0)
    const sent = { meter: meter.id, value: `${value},0`, seen: meter.last.id, key: 'telephone-1' }
    const [first, second] = await Promise.all([give(aigul, 2, sent), give(aigul, 2, sent)])
    expect([first!.status, second!.status]).toEqual([201, 201])
    expect(first!.body.id).toBe(second!.body.id)
    expect([first!.body.repeated, second!.body.repeated].toSorted()).toEqual([false, true])
    expect((await aigul.get('/cabinet/accounts/2/readings')).body[0]).toMatchObject({ value: String(value), source: 'consumer', state: 'accepted' })
  })

  it('of two devices at once tell one another', async () => {
    const { body: { meters } } = await aigul.get('/cabinet/accounts/2')
    const meter = meters.find((one: { service: string }) => one.service === 'hot_water')
    const [base, seen] = [Number(meter.last.value), meter.last.id]
    const both = await Promise.all([give(aigul, 2, { meter: meter.id, value: base + 3, seen, key: 'device-a1' }), give(aigul, 2, { meter: meter.id, value: base + 4, seen, key: 'device-b1' })])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('reading_changed_meanwhile')
  })

  it.each<[string, Record<string, unknown>, [number, string, string?]]>([
    ['a word', { value: 'много' }, [422, 'value', 'quantity_invalid']], ['less than nothing', { value: -5 }, [422, 'value', 'quantity_invalid']], ['forty digits', { value: '1'.repeat(40) }, [422, 'value', 'quantity_invalid']],
    ['more digits than the meter has', { value: 1_000_000 }, [422, 'value', 'reading_beyond_digits']], ['nothing', { value: '' }, [422, 'value', 'field_missing']], ['five decimals', { value: '1.00001' }, [422, 'value', 'quantity_invalid']],
    ['a night of a meter that has none', { value: 2_000, night: 5 }, [422, 'night', 'unknown_field']], ['no meter', { value: 1, meter: 999_999 }, [404, 'meter_unknown']], ['a photo that was never sent', { value: 2_000, photo: '00000000-0000-4000-8000-000000000000' }, [422, 'photo', 'file_unknown']],
  ])('say clearly what is wrong with %s, and nothing is changed', async (_, body, expected) => {
    const before = (await rows('select count(*) as n from readings'))[0]
    expect(fieldOf(await give(aigul, 2, { meter: await meterOf(2), ...body }))).toEqual(expected.length === 2 ? [...expected, undefined] : expected)
    expect((await rows('select count(*) as n from readings'))[0]).toEqual(before)
  })

  it('that are odd are asked about once, then wait for the office with their reason or photo', async () => {
    const [meter] = [await meterOf(2, 'cold_water')]
    expect(fieldOf(await give(aigul, 2, { meter, value: 1 }))).toEqual([409, 'reading_doubtful', undefined])
    expect(fieldOf(await give(aigul, 2, { meter, value: 1, confirmed: true }))).toEqual([409, 'reading_doubtful', undefined])
    const photo = await (await fetch(`${app.url}/api/v1/uploads?name=meter.jpg`, { method: 'POST', body: new Uint8Array(jpeg()), headers: { 'content-type': 'image/jpeg', cookie: aigul.cookie } })).json() as { id: string }
    const sent = await give(aigul, 2, { meter, value: 1, confirmed: true, reason: 'Счётчик заменили', photo: photo.id })
    expect(sent.body).toMatchObject({ state: 'sent', doubts: expect.arrayContaining(['lower']) })
    const { body: { meters } } = await aigul.get('/cabinet/accounts/2')
    expect(meters.find((one: { id: number }) => one.id === meter)).toMatchObject({ waiting: { value: '1' } })
    await crew.as('front_desk@skes/skes-service').post(`/accounts/readings/${sent.body.id}/decision`, { accept: false, reason: 'На фото другое' })
    expect((await aigul.get('/cabinet/accounts/2/readings')).body.find((one: { id: number }) => one.id === sent.body.id)).toMatchObject({ state: 'refused', refusedFor: 'На фото другое' })
    expect((await rows(`select body from messages where template = 'reading_refused'`))[0]!['body']).toContain('Причина: На фото другое')
  })
})

describe('bills', () => {
  it('add up: lines to services, services to the total, the total to the ledger; every working comes to its line', async () => {
    const bills = (await aigul.get('/cabinet/accounts/2/bills')).body as { period: string; closing: number }[]
    expect(bills).toHaveLength(13)
    for (const { period, closing } of bills) {
      const { body: bill } = await aigul.get(`/cabinet/accounts/2/bills/${period}`)
      const sum = (list: Record<string, number>[], of: string) => list.reduce((total, one) => total + one[of]!, 0)
      for (const part of ['opening', 'charged', 'recalculated', 'penalty', 'paid', 'closing']) expect([period, part, sum(bill.services, part)]).toEqual([period, part, bill.total[part]])
      expect(sum(bill.lines, 'amount')).toBe(bill.total.charged)
      expect(bill.total.closing).toBe(closing)
      expect(sum(bill.payments, 'amount') + bill.total.paid).toBe(0)
      for (const line of bill.lines) {
        expect([period, line.service, line.working && sum(line.working, 'net')]).toEqual([period, line.service, Math.abs(line.net)])
        expect(line.net + line.vat).toBe(line.amount)
      }
      expect(bill.lines.some((line: { vatPercent: number }) => line.vatPercent === (period < '2026-01' ? 12 : 16))).toBe(true)
    }
    const { body: account } = await aigul.get('/cabinet/accounts/2')
    expect(account.owed).toBe(Number((await rows('select sum(amount) as sum from ledger_lines where account_id = 2'))[0]!['sum']))
    expect((await aigul.get('/cabinet/accounts/2/bills/1999-01')).status).toBe(404)
    expect((await aigul.get('/cabinet/accounts/2/bills/tomorrow')).status).toBe(422)
  })

  it('stand in a card of a year at most, whose months go on from one another', async () => {
    const { body: card } = await aigul.get('/cabinet/accounts/2/card')
    expect(new Set(card.rows.map((row: { period: string }) => row.period)).size).toBeLessThanOrEqual(12)
    const last = new Map<string, number>()
    for (const row of card.rows) {
      if (last.has(row.service)) expect(row.opening).toBe(last.get(row.service))
      expect(row.opening + row.charged + row.recalculated + row.penalty + row.paid).toBe(row.closing)
      last.set(row.service, row.closing)
    }
    expect(fieldOf(await aigul.get('/cabinet/accounts/2/card?from=2024-01&to=2026-01'))).toEqual([422, 'from', 'card_too_long'])
    expect(fieldOf(await aigul.get('/cabinet/accounts/2/card?from=2026-05&to=2026-01'))).toEqual([422, 'from', 'card_too_long'])
    expect(fieldOf(await aigul.get('/cabinet/accounts/2/card?from=spring'))).toEqual([422, 'from', 'field_invalid'])
  })

  it('show payments, and what was used against last year and like homes', async () => {
    const payments = (await aigul.get('/cabinet/accounts/2/payments')).body as { on: string; amount: number }[]
    expect(payments.length).toBeGreaterThan(5)
    expect(payments.map(({ on }) => on)).toEqual(payments.map(({ on }) => on).toSorted().toReversed())
    const { body } = await aigul.get('/cabinet/accounts/2/consumption?service=hot_water')
    expect(body.months).toHaveLength(12)
    expect(body.offered).toContain('electricity')
    expect(body.months.at(-1)).toHaveProperty('lastYear')
    expect((await aigul.get('/cabinet/accounts/2/consumption?service=gas')).status).toBe(422)
  })
})

describe('correspondence', () => {
  it('is appeals with a number and a term, one thread an organization; the same press twice is one letter', async () => {
    const letter = { organization: 'pts', account: 2, kind: 'question', subject: 'Холодные батареи', text: 'Когда потеплеет?' }
    const [first, second] = [await aigul.post('/cabinet/messages', letter, { 'idempotency-key': 'message-0001' }), await aigul.post('/cabinet/messages', letter, { 'idempotency-key': 'message-0001' })]
    expect(first.status).toBe(201)
    expect(second.body.number).toBe(first.body.number)
    expect((await aigul.get('/cabinet/messages')).body).toMatchObject([{ number: first.body.number, to: 'pts', account: '1000002', channel: 'cabinet' }])
    const [found] = (await crew.as('contact_centre_head@skes').get(`/appeals/search?text=${first.body.number}`)).body
    expect(found).toMatchObject({ channel: 'cabinet', subject: 'Холодные батареи' })
    expect((await aigul.post('/cabinet/messages', { ...letter, organization: 'nobody' })).body.errors[0]).toMatchObject({ field: 'organization', code: 'organization_unknown' })
    expect((await aigul.post('/cabinet/messages', { ...letter, account: 5 })).status).toBe(404)
    expect((await aigul.post('/cabinet/messages', { ...letter, subject: '', text: ' ' })).body.errors.map(({ field }: { field: string }) => field)).toEqual(expect.arrayContaining(['subject', 'text']))
  })

  it('disputes a line with its figures and what it would come to', async () => {
    const { body: bill } = await aigul.get(`/cabinet/accounts/2/bills/${lastMonth}`)
    const line = bill.lines.find((one: { service: string }) => one.service === 'waste')
    const asked = { service: 'waste', residents: 1 }
    const { body: again } = await aigul.post(`/cabinet/accounts/2/bills/${lastMonth}/recomputation`, asked)
    expect(again.stands).toBe(line.amount)
    expect(again.recomputed).toBe(line.amount / line.residents)
    expect((await aigul.post(`/cabinet/accounts/2/bills/${lastMonth}/recomputation`, { service: 'waste' })).body.difference).toBe(0)
    expect(fieldOf(await aigul.post(`/cabinet/accounts/2/bills/${lastMonth}/recomputation`, { service: 'waste', quantity: 'ноль' }))).toEqual([422, 'quantity', 'quantity_invalid'])
    const { body: { number } } = await aigul.post('/cabinet/messages', { organization: 'skes', account: 2, kind: 'complaint', subject: 'Не согласна', text: 'Живу одна.', dispute: { period: lastMonth, ...asked } })
    const [found] = (await crew.as('contact_centre_head@skes').get(`/appeals/search?text=${number}`)).body
    const { body: card } = await crew.as('contact_centre_head@skes').get(`/appeals/${found.id}`)
    const body = JSON.stringify(card)
    for (const words of ['Живу одна.', 'Лицевой счёт № 1000002', 'Оспаривается строка: Вывоз мусора', 'Заявитель указывает: проживает 1', 'разница −']) expect(body).toContain(words)
    expect((await aigul.get('/cabinet/messages')).body[0]).toMatchObject({ number, period: lastMonth, service: 'waste' })
  })
})

it('taken out of the cabinet an account is gone from it, and comes back by its code', async () => {
  const guest = await crew.consumer('guest.cabinet@example.kz')
  await guest.post('/cabinet/accounts', { number: '1000006', code: secretOf(6) })
  expect((await guest.post('/cabinet/accounts/6/unlink')).status).toBe(200)
  expect((await guest.get('/cabinet/accounts/6')).status).toBe(404)
  expect((await guest.post('/cabinet/accounts', { number: '1000006', code: secretOf(6) })).status).toBe(201)
})
