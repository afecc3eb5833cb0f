import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { remindConsumers } from '../../server/accounts/remind.ts'
import { readGroup } from '../../server/people/read-group.ts'
import { openDatabase } from '../../server/platform/database.ts'
import type { DB } from '../../server/schema.ts'
import { Client, startApp, type Answer, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { query } from '../support/query.ts'
import { until } from '../support/wait.ts'
import { sentReading, setBack, thisMonth, today } from './town.ts'

let app: RunningApp
let crew: Crew
let front: Client
let settler: Client

beforeAll(async () => {
  app = await startApp({ env: { DEMO_ACCOUNTS: '24' } })
  crew = await gatherCrew(app)
  front = crew.as('front_desk@skes/skes-service')
  settler = crew.as('executor@skes/skes-billing')
}, 60_000)
afterAll(() => app?.stop())

const told = ({ status, body }: Answer) => [status, body.errors?.[0]?.field ?? body.code, body.errors?.[0]?.code ?? body.code]
const card = async (id: number) => (await front.get(`/accounts/${id}`)).body
const meterOf = async (id: number, service: string) => (await card(id)).meters.find((one: { service: string; removedOn?: string }) => one.service === service && !one.removedOn)
const rows = async (text: string, ...values: unknown[]) => (await query(app.databaseUrl, text, values)).rows

describe('finding an account (п. 11.3.1)', () => {
  const find = async (text: string) => (await front.get(`/accounts?text=${encodeURIComponent(text)}`)).body.accounts.map((one: { number: string }) => one.number)

  it('finds it by number, surname and address, and the flat of a house', async () => {
    expect(await find('1000003')).toEqual(['1000003'])
    const [third] = (await front.get('/accounts?text=1000003')).body.accounts
    expect(await find(third.holder.split(' ')[0])).toContain('1000003')
    const [, street, house, flat] = third.address.split(', ')
    expect(await find(`${street} ${house}`)).toHaveLength(12)
    expect(await find(`${street.replace('ул. ', '')} ${house} ${flat}`)).toEqual(['1000003'])
    expect(await find('%')).toEqual([])
    expect(await find('__')).toEqual([])
    expect(await find("'; drop table accounts; --")).toEqual([])
  })

  it('shows everything that is known of it, its balances summing to its last bill and what came since', async () => {
    const found = await card(1)
    expect(found).toMatchObject({ number: '1000001', residents: 4, benefit: false })
    expect(found.bills).toHaveLength(13)
    expect(found.meters.map((one: { service: string }) => one.service)).toEqual(expect.arrayContaining(['electricity', 'hot_water']))
    const [sum] = await rows('select sum(amount)::bigint as owed from ledger_lines where account_id = 1')
    expect(found.owed).toBe(Number(sum!['owed']))
    expect(found.services.reduce((sum: number, one: { principal: number; penalty: number }) => sum + one.principal + one.penalty, 0)).toBe(found.owed)
    expect(found.readings.some((one: { state: string }) => one.state === 'billed')).toBe(true)
  })

  it('warns when a verification lapses within sixty days, within thirty, and when it has', async () => {
    const meter = await meterOf(2, 'electricity')
    for (const [days, state] of [[59, 'within60'], [30, 'within30'], [0, 'within30'], [-1, 'lapsed'], [61, undefined]] as const) {
      await query(app.databaseUrl, 'update meters set next_verification_on = $1 where id = $2', [today().add({ days }).toString(), meter.id])
      expect((await meterOf(2, 'electricity')).verification?.state, String(days)).toBe(state)
    }
  })

  it('is for whoever serves accounts: the front desk, the contact centre, the district, the settlement unit; for nobody else', async () => {
    for (const who of ['front_desk@skes/skes-service', 'contact_centre_agent@skes', 'contact_centre_head@skes', 'district_head@skes/skes-kyzylzhar', 'executor@skes/skes-billing', 'unit_head@skes/skes-billing']) {
      expect((await crew.as(who).get('/accounts/1')).status, who).toBe(200)
    }
    for (const who of ['front_desk@skrec/skrec-service', 'executor@skes/skes-metering', 'registrar@skes', 'it_admin@ske']) {
      expect(told(await crew.as(who).get('/accounts/1')), who).toEqual([403, 'not_permitted', 'not_permitted'])
      expect((await crew.as(who).get('/accounts/work')).body, who).toMatchObject({ serves: false, readings: 0 })
    }
    expect((await front.get('/accounts/99999')).status).toBe(404)
    expect((await front.get('/accounts/nothing')).status).toBe(422)
  })
})

describe('what changes with time (п. 11.3.1)', () => {
  it('is another row from a day on, never an edit, and the same sent twice is one', async () => {
    const before = await rows('select * from account_terms where account_id = 3')
    const body = { from: thisMonth().toString(), residents: 5, benefit: true, basis: 'Адресная справка № 12' }
    for (const answer of await Promise.all([front.post('/accounts/3/terms', body), front.post('/accounts/3/terms', body)])) expect(answer.status).toBe(201)
    expect(await rows('select * from account_terms where account_id = 3 order by id')).toMatchObject([...before, { residents: 5, benefit: true, basis: 'Адресная справка № 12' }])
    const found = await card(3)
    expect(found).toMatchObject({ residents: 5, benefit: true })
    expect(found.terms[0]).toMatchObject({ holds: true, by: crew.member('front_desk@skes/skes-service').name })
    expect(found.changes[0]).toMatchObject({ kind: 'terms', by: crew.member('front_desk@skes/skes-service').name })
    const ahead = { ...body, from: today().add({ months: 2 }).toString(), residents: 1 }
    expect((await front.post('/accounts/3/terms', ahead)).status).toBe(201)
    expect((await card(3)).residents).toBe(5)
  })

  it.each<[string, Record<string, unknown>, string, string]>([
    ['a closed month', { from: thisMonth().subtract({ days: 1 }).toString() }, 'from', 'period_closed'], ['a day that is none', { from: '2026-02-31' }, 'from', 'field_invalid'], ['a far day', { from: '9999-01-01' }, 'from', 'field_invalid'],
    ['fewer than nobody', { residents: -1 }, 'residents', 'field_invalid'], ['a half of a person', { residents: 1.5 }, 'residents', 'field_invalid'], ['a crowd', { residents: 51 }, 'residents', 'field_invalid'], ['no paper', { basis: ' ' }, 'basis', 'field_missing'],
  ])('is refused with %s', async (_, more, field, code) => {
    expect(told(await front.post('/accounts/3/terms', { from: thisMonth().toString(), residents: 2, benefit: false, basis: 'Справка', ...more }))).toEqual([422, field, code])
  })

  it('a plan changes from a day; zones only with a meter of two registers, tiers only where they exist', async () => {
    const from = thisMonth().toString()
    expect(told(await front.post('/accounts/2/plan', { service: 'electricity', plan: 'zones', from }))).toEqual([422, 'plan', 'two_registers_needed'])
    expect(told(await front.post('/accounts/2/plan', { service: 'heating', plan: 'tiers', from }))).toEqual([422, 'plan', 'no_tariff'])
    expect((await front.post('/accounts/2/plan', { service: 'electricity', plan: 'flat', from })).status).toBe(201)
    expect((await front.post('/accounts/2/plan', { service: 'electricity', plan: 'flat', from })).status).toBe(201)
    expect(await rows("select plan from account_services where account_id = 2 and service = 'electricity' order by id")).toEqual([{ plan: 'tiers' }, { plan: 'flat' }])
    expect((await card(2)).services.find((one: { service: string }) => one.service === 'electricity')).toMatchObject({ plan: 'flat', from })
    expect((await front.post('/accounts/10/plan', { service: 'electricity', plan: 'flat', from })).status).toBe(201)
    expect((await front.post('/accounts/10/plan', { service: 'electricity', plan: 'zones', from })).status).toBe(201)
  })

  it('a meter is replaced with both its readings or not at all, and the month counts what both of them counted', async () => {
    const old = await meterOf(4, 'electricity')
    const on = thisMonth().add({ days: 4 }).toString()
    const final = Number(old.last.value) + 40
    const good = { on, last: { value: String(final) }, basis: 'Акт № 7', serial: 'НОВ-4', digits: 6, registers: 1, seals: 'П-9', verifiedOn: '2026-01-10', nextVerificationOn: '2042-01-10', first: { value: '3' } }
    const replace = (more: Record<string, unknown>) => front.post(`/accounts/4/meters/${old.id}/replacement`, { ...good, ...more })
    expect(told(await replace({ on: today().add({ days: 1 }).toString() }))).toEqual([422, 'on', 'date_in_future'])
    expect(told(await replace({ on: thisMonth().subtract({ days: 3 }).toString() }))).toEqual([422, 'on', 'period_closed'])
    expect(told(await replace({ last: { value: 'мало' } }))).toEqual([422, 'last.value', 'quantity_invalid'])
    expect(told(await replace({ first: { value: '1000000' } }))).toEqual([422, 'first.value', 'reading_beyond_digits'])
    expect(told(await replace({ registers: 2 }))).toEqual([422, 'first.night', 'field_missing'])
    expect(told(await replace({ serial: (await meterOf(5, 'electricity')).serial }))).toEqual([422, 'serial', 'serial_taken'])
    expect(await rows('select 1 from readings where meter_id = $1 and taken_on >= $2', old.id, thisMonth().toString())).toEqual([])
    expect((await card(4)).meters.filter((one: { removedOn?: string }) => one.removedOn)).toEqual([])

    const answers = await Promise.all([replace({}), replace({})])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 404])
    const meter = await meterOf(4, 'electricity')
    expect(meter).toMatchObject({ serial: 'НОВ-4', seals: 'П-9', installedOn: on, last: { value: '3', on } })
    expect((await card(4)).meters.find((one: { id: number }) => one.id === old.id)).toMatchObject({ removedOn: on, last: { value: String(final), on } })
    expect(told(await front.post('/accounts/4/readings', { meter: old.id, value: final + 1, takenOn: today().toString() }))).toEqual([404, 'meter_unknown', 'meter_unknown'])
    expect((await front.post('/accounts/4/readings', { meter: meter.id, value: '63', takenOn: today().toString() })).status).toBe(201)
  })

  it('a verification and seals are noted with who and when; days out of order are refused', async () => {
    const meter = await meterOf(5, 'hot_water')
    const at = `/accounts/5/meters/${meter.id}`
    expect(told(await front.post(`${at}/verification`, { verifiedOn: today().add({ days: 1 }).toString(), nextVerificationOn: '2030-01-01' }))).toEqual([422, 'verifiedOn', 'date_in_future'])
    expect(told(await front.post(`${at}/verification`, { verifiedOn: today().toString(), nextVerificationOn: today().toString() }))).toEqual([422, 'nextVerificationOn', 'field_invalid'])
    expect((await front.post(`${at}/verification`, { verifiedOn: today().toString(), nextVerificationOn: today().add({ years: 4 }).toString(), basis: 'Свидетельство 5' })).status).toBe(201)
    expect((await front.post(`${at}/seals`, { seals: 'П-77, П-78' })).status).toBe(201)
    expect(told(await front.post(`/accounts/6/meters/${meter.id}/seals`, { seals: 'П-1' }))).toEqual([404, 'meter_unknown', 'meter_unknown'])
    expect(await meterOf(5, 'hot_water')).toMatchObject({ seals: 'П-77, П-78', verifiedOn: today().toString(), nextVerificationOn: today().add({ years: 4 }).toString() })
    expect((await card(5)).changes.map((one: { kind: string }) => one.kind)).toEqual(['seals', 'verification'])
    await expect(query(app.databaseUrl, "update account_changes set kind = 'plan'")).rejects.toThrow(/never rewritten/)
  })
})

describe('readings by the office (п. 11.3.1)', () => {
  it('are entered for any day not closed, asked about once where they are odd, and counted at once', async () => {
    const meter = await meterOf(6, 'electricity')
    const enter = (more: Record<string, unknown>) => front.post('/accounts/6/readings', { meter: meter.id, takenOn: today().toString(), value: Number(meter.last.value) + 90, ...more })
    for (const [more, field, code] of [
      [{ takenOn: today().add({ days: 1 }).toString() }, 'takenOn', 'date_in_future'], [{ takenOn: thisMonth().subtract({ days: 1 }).toString() }, 'takenOn', 'period_closed'], [{ value: -5 }, 'value', 'quantity_invalid'], [{ value: 'сто' }, 'value', 'quantity_invalid'],
      [{ value: '1'.repeat(40) }, 'value', 'quantity_invalid'], [{ value: 1e300 }, 'value', 'quantity_invalid'], [{ value: '' }, 'value', 'field_missing'], [{ value: '1000000' }, 'value', 'reading_beyond_digits'], [{ night: 5 }, 'night', 'unknown_field'],
    ] as const) expect(told(await enter(more)), JSON.stringify(more)).toEqual([422, field, code])
    expect(told(await enter({ value: Number(meter.last.value) + 90_000 }))).toEqual([409, 'reading_doubtful', 'reading_doubtful'])
    const key = crypto.randomUUID()
    const twice = await Promise.all([enter({ key }), enter({ key })])
    expect(twice.map(({ status }) => status)).toEqual([201, 201])
    expect(new Set(twice.map(({ body }) => body.id)).size).toBe(1)
    expect((await enter({ value: Number(meter.last.value) + 90_000, confirmed: true, reason: 'Проверено на месте' })).status).toBe(201)
    expect((await card(6)).readings.slice(0, 2)).toMatchObject([{ state: 'accepted', source: 'office', doubts: ['spike'] }, { state: 'accepted', source: 'office' }])
  })

  it('an odd one of a consumer waits, is shown with why, and is decided once', async () => {
    const meter = await meterOf(7, 'electricity')
    const lower = await sentReading(app, 7, meter.id, Number(meter.last.value) - 10, 'Вас обманул прежний счётчик')
    const spike = await sentReading(app, 7, meter.id, Number(meter.last.value) + 60_000, 'Сварка')
    expect((await front.get('/accounts/work')).body).toMatchObject({ serves: true, readings: 2 })
    const { readings } = (await front.get('/accounts/readings/waiting')).body
    expect(readings).toMatchObject([{ id: lower, number: '1000007', doubts: ['lower'], reason: 'Вас обманул прежний счётчик', used: '-10', last: { value: meter.last.value } }, { id: spike, doubts: expect.arrayContaining(['spike']), used: '60000', usual: expect.any(String) }])
    expect(told(await front.post(`/accounts/readings/${lower}/decision`, { accept: false }))).toEqual([422, 'reason', 'field_missing'])
    expect((await front.post(`/accounts/readings/${lower}/decision`, { accept: false, reason: 'На фото другое' })).body).toEqual({ state: 'refused' })
    const twice = await Promise.all([front.post(`/accounts/readings/${spike}/decision`, { accept: true }), settler.post(`/accounts/readings/${spike}/decision`, { accept: false, reason: 'Нет' })])
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(told(await front.post(`/accounts/readings/${lower}/decision`, { accept: true }))).toEqual([409, 'reading_settled', 'reading_settled'])
    expect(told(await front.post('/accounts/readings/999999/decision', { accept: true }))).toEqual([404, 'not_found', 'not_found'])
    expect((await front.get('/accounts/readings/waiting')).body.readings).toEqual([])
  })

  it('one that waited is not accepted behind a later one', async () => {
    const meter = await meterOf(8, 'electricity')
    const odd = await sentReading(app, 8, meter.id, Number(meter.last.value) + 60_000, 'Так на приборе')
    await setBack(app, odd)
    expect((await front.post('/accounts/8/readings', { meter: meter.id, takenOn: today().toString(), value: Number(meter.last.value) + 50 })).status).toBe(201)
    expect(told(await front.post(`/accounts/readings/${odd}/decision`, { accept: true }))[2]).toBe('reading_before_last')
    expect((await front.post(`/accounts/readings/${odd}/decision`, { accept: false, reason: 'Есть позднее' })).status).toBe(200)
  })

  it('the pages of the queue lead on, and a wrong cursor is told', async () => {
    expect(told(await front.get('/accounts/readings/waiting?after=yesterday'))).toEqual([422, 'after', 'field_invalid'])
    expect((await front.get(`/accounts/readings/waiting?after=${encodeURIComponent(`${new Date().toISOString()}~1`)}`)).status).toBe(200)
  })
})

describe('consumers who ask for their account (п. 11.3.1)', () => {
  const ask = async (email: string, number: string, words = 'Я собственник, тел. 8 701 000 00 00') => {
    const consumer = await crew.consumer(email)
    expect((await consumer.post('/cabinet/link-requests', { number, words })).status).toBe(201)
    return { consumer, request: (await front.get('/accounts/link-requests')).body.requests.find((one: { email: string }) => one.email === email) }
  }
  const letters = (cause: string) => rows('select recipient, language, subject, body from messages where cause = $1', cause)

  it('are given it, once, and told by e-mail', async () => {
    const { consumer, request } = await ask('grant@example.kz', '1000009')
    expect(request).toMatchObject({ given: '1000009', account: { id: 9 }, words: 'Я собственник, тел. 8 701 000 00 00', others: 0 })
    const twice = await Promise.all([front.post(`/accounts/link-requests/${request.id}/decision`, { grant: true }), settler.post(`/accounts/link-requests/${request.id}/decision`, { grant: true })])
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await consumer.get('/cabinet/accounts')).body).toHaveLength(1)
    expect(await letters(`link-request:${request.id}`)).toMatchObject([{ recipient: 'grant@example.kz', language: 'ru', subject: 'Лицевой счёт 1000009 открыт в кабинете' }])
    expect((await front.get('/accounts/link-requests?settled=true')).body.requests[0]).toMatchObject({ id: request.id, settled: { by: expect.any(String) } })
    const [access] = (await card(9)).access
    expect(access).toMatchObject({ email: 'grant@example.kz', way: 'office' })
    expect(told(await front.post(`/accounts/10/access/${access.id}/end`, { reason: 'Продал' }))).toEqual([404, 'not_found', 'not_found'])
    expect((await front.post(`/accounts/9/access/${access.id}/end`, { reason: 'Продал квартиру' })).status).toBe(200)
    expect((await front.post(`/accounts/9/access/${access.id}/end`, { reason: 'Продал квартиру' })).status).toBe(404)
    expect((await consumer.get('/cabinet/accounts')).body).toEqual([])
  })

  it('are refused with a reason, in the language of their last appeal', async () => {
    await crew.write({ language: 'kk', email: 'refuse@example.kz' })
    const { consumer, request } = await ask('refuse@example.kz', '1000010')
    expect(told(await front.post(`/accounts/link-requests/${request.id}/decision`, { grant: false }))).toEqual([422, 'reason', 'field_missing'])
    expect((await front.post(`/accounts/link-requests/${request.id}/decision`, { grant: false, reason: 'Құжат жоқ' })).status).toBe(200)
    expect((await consumer.get('/cabinet/link-requests')).body[0]).toMatchObject({ state: 'refused', reason: 'Құжат жоқ' })
    expect((await letters(`link-request:${request.id}`))[0]).toMatchObject({ language: 'kk', body: expect.stringContaining('Құжат жоқ') })
  })

  it('with a number of no account are given the one that the office finds', async () => {
    const { consumer, request } = await ask('lost@example.kz', 'КВ-12')
    expect(request.account).toBeUndefined()
    expect(told(await front.post(`/accounts/link-requests/${request.id}/decision`, { grant: true }))).toEqual([422, 'account', 'account_unknown'])
    expect((await front.post(`/accounts/link-requests/${request.id}/decision`, { grant: true, account: 99_999 })).status).toBe(404)
    expect((await front.post(`/accounts/link-requests/${request.id}/decision`, { grant: true, account: 11 })).status).toBe(200)
    expect((await consumer.get('/cabinet/accounts')).body).toHaveLength(1)
  })

  it('at the window are told the code of the account once identified; a new one ends the old', async () => {
    expect(told(await front.post('/accounts/12/secret', {}))).toEqual([422, 'identified', 'field_missing'])
    for (const who of ['contact_centre_agent@skes', 'executor@skes/skes-billing', 'front_desk@skrec/skrec-service']) expect((await crew.as(who).post('/accounts/12/secret', { identified: 'Паспорт' })).status, who).toBe(403)
    const { body: old } = await front.post('/accounts/12/secret', { identified: 'Ким В. О., удостоверение 012345678' })
    expect(old).toMatchObject({ number: '1000012', code: expect.any(String) })
    const { body: fresh } = await front.post('/accounts/12/secret/renewal', { identified: 'Ким В. О., удостоверение 012345678' })
    expect(fresh.code).not.toBe(old.code)
    const consumer = await crew.consumer('window@example.kz')
    expect(told(await consumer.post('/cabinet/accounts', { number: '1000012', code: old.code }))).toEqual([422, 'code', 'wrong_account_secret'])
    expect((await consumer.post('/cabinet/accounts', { number: '1000012', code: fresh.code })).status).toBe(201)
    expect((await card(12)).changes).toMatchObject([{ kind: 'secret_renewed' }, { kind: 'secret_shown', details: { identified: 'Ким В. О., удостоверение 012345678' } }])
    expect(JSON.stringify(await card(12))).not.toContain(fresh.code)
  })
})

describe('corrections (п. 11.3.1)', () => {
  const month = () => thisMonth().subtract({ months: 1 }).toPlainYearMonth().toString()
  const seen = async (id: number): Promise<number> => (await card(id)).corrections[0]?.id ?? 0

  it('by an amount stand in the month that is open, with their reason; the same sent twice is one', async () => {
    const { owed } = await card(13)
    const body = { service: 'heating', amount: -125_050, reason: 'Не топили три дня', seen: await seen(13) }
    const twice = await Promise.all([settler.post('/accounts/13/corrections', body), settler.post('/accounts/13/corrections', body)])
    expect(twice.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect(twice.find(({ status }) => status === 409)!.body.code).toBe('account_changed_meanwhile')
    const found = await card(13)
    expect(found.owed).toBe(owed - 125_050)
    expect(found.corrections).toMatchObject([{ service: 'heating', amount: -125_050, reason: 'Не топили три дня', by: crew.member('executor@skes/skes-billing').name }])
    expect(await rows('select period::text, kind, amount from ledger_lines where account_id = 13 and run_id is null and entry = $1 and kind = $2', found.corrections[0].id, 'recalculation')).toEqual([{ period: thisMonth().toString(), kind: 'recalculation', amount: '-125050' }])
    for (const amount of [0, 0.5, 1e15, 'сто']) expect((await settler.post('/accounts/13/corrections', { ...body, amount, seen: await seen(13) })).status, String(amount)).toBe(422)
    expect((await front.post('/accounts/13/corrections', { ...body, seen: await seen(13) })).status).toBe(403)
    expect((await settler.post('/accounts/99999/corrections', body)).status).toBe(404)
  })

  it('a charge is counted anew with other facts at that month\'s tariffs, shown first, and never twice', async () => {
    const [charge] = await rows("select amount, residents, quantity from ledger_lines where account_id = 14 and period = $1 and kind = 'charge' and service = 'waste'", `${month()}-01`)
    const facts = { period: month(), service: 'waste', residents: Number(charge!['residents']) + 1 }
    const { body: preview } = await settler.post('/accounts/14/recalculations/preview', facts)
    // One person more, 420.00 a month without VAT at 16 %.
    expect(preview).toMatchObject({ byNorm: true, before: { amount: Number(charge!['amount']) }, after: { residents: facts.residents, quantity: String(facts.residents), amount: Number(charge!['amount']) + 48_720 }, difference: 48_720, earlier: 0 })
    expect((await card(14)).corrections).toEqual([])
    expect(told(await settler.post('/accounts/14/recalculations', { ...facts, reason: 'Справка', difference: 1 }))).toEqual([409, 'account_changed_meanwhile', 'account_changed_meanwhile'])
    const twice = await Promise.all([1, 2].map(() => settler.post('/accounts/14/recalculations', { ...facts, reason: 'Ещё один прописан', difference: 48_720 })))
    expect(twice.map(({ status }) => status).toSorted()).toEqual([201, 422])
    expect(twice.find(({ status }) => status === 422)!.body.code).toBe('nothing_changes')
    expect((await card(14)).corrections).toMatchObject([{ corrects: month(), amount: 48_720 }])
    // Back to what it was: the earlier recalculation is taken into account.
    expect((await settler.post('/accounts/14/recalculations/preview', { ...facts, residents: Number(charge!['residents']) })).body).toMatchObject({ earlier: 48_720, difference: -48_720 })
  })

  it('tiers and a quantity are worked out again; what cannot be is refused at its field', async () => {
    const ask = (more: Record<string, unknown>) => settler.post('/accounts/15/recalculations/preview', { period: month(), service: 'electricity', ...more })
    const { body } = await ask({ quantity: '480', residents: 3, benefit: false })
    const [{ stove }] = await rows('select stove from premises p join accounts a on a.premises_id = p.id where a.id = 15') as [{ stove: boolean }]
    expect(body.after.amount).toBe(stove ? 1_334_580 : 1_450_812)
    for (const [more, field, code] of [
      [{ period: '2019-01' }, 'period', 'line_not_recalculable'], [{ period: thisMonth().toPlainYearMonth().toString() }, 'period', 'line_not_recalculable'], [{ quantity: '-5' }, 'quantity', 'quantity_invalid'], [{ quantity: 'много' }, 'quantity', 'quantity_invalid'],
      [{ night: '5' }, 'night', 'unknown_field'], [{ residents: 99 }, 'residents', 'field_invalid'], [{ period: '2026-13' }, 'period', 'field_invalid'],
    ] as const) expect(told(await ask(more)), JSON.stringify(more)).toEqual([422, field, code])
    expect(told(await settler.post('/accounts/15/recalculations', { period: month(), service: 'electricity', reason: 'Так' }))).toEqual([422, 'nothing_changes', 'nothing_changes'])
    expect((await front.post('/accounts/15/recalculations/preview', { period: month(), service: 'electricity' })).status).toBe(403)
    // What is known of the home now does not make what was charged then.
    await query(app.databaseUrl, 'update premises set stove = not stove where id = (select premises_id from accounts where id = 15)')
    expect(told(await ask({ quantity: '480' }))).toEqual([422, 'period', 'line_not_recalculable'])
    await query(app.databaseUrl, 'update premises set stove = not stove where id = (select premises_id from accounts where id = 15)')
  })
})

describe('reminders (п. 11.3.1)', () => {
  it('go the day before readings begin and end and before a verification lapses, in the reader\'s language, and never twice', async () => {
    const group = readGroup('groups/sevkazenergo.yaml')
    const { db } = openDatabase<DB>(app.databaseUrl, { pool: 4 })
    try {
      await crew.write({ language: 'kk', email: 'aigul@example.kz' })
      const people = []
      for (const [email, account] of [['aigul@example.kz', 20], ['oleg@example.kz', 21]] as const) {
        await crew.consumer(email)
        const [{ id }] = await rows('select id from people where email = $1', email) as [{ id: string }]
        await query(app.databaseUrl, "insert into account_access (account_id, person_id, way, granted_by, granted_at) values ($1, $2, 'office', $2, now())", [account, id])
        people.push(id)
      }
      await query(app.databaseUrl, "update meters set next_verification_on = '2040-01-01' where account_id is not null")
      const remind = (on: string) => remindConsumers({ db, group, config: { publicUrl: 'https://jauap.example.kz' } as never }, Temporal.Instant.from(`${on}T04:00:00Z`))
      const sent = async (template: string) => (await rows('select recipient, language, subject, body from messages where template = $1 and recipient = any($2) order by recipient', template, ['aigul@example.kz', 'oleg@example.kz']))
      await remind('2026-12-15')
      expect(await sent('reading_opens')).toEqual([])
      await Promise.all([remind('2026-12-19'), remind('2026-12-19')])
      await remind('2026-12-19')
      expect(await sent('reading_opens')).toMatchObject([{ recipient: 'aigul@example.kz', language: 'kk', subject: 'Ертең көрсеткіштерді қабылдау басталады' }, { recipient: 'oleg@example.kz', language: 'ru', body: expect.stringContaining('1000021') }])
      for (const meter of await rows("select id, registers from meters where account_id = 20 and service in ('electricity', 'hot_water', 'cold_water')")) {
        await query(app.databaseUrl, "insert into readings (meter_id, taken_on, value, night, source, sent_at) values ($1, '2026-12-22', 1, $2, 'consumer', now())", [meter['id'], Number(meter['registers']) === 2 ? 1 : null])
      }
      await remind('2026-12-30')
      expect((await sent('reading_closes')).map((one) => one['recipient'])).toEqual(['oleg@example.kz'])
      await query(app.databaseUrl, "update meters set next_verification_on = '2027-03-01' where account_id = 21 and service = 'hot_water'")
      for (const on of ['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-30', '2027-01-31', '2027-03-02']) await remind(on)
      expect(await rows("select cause from messages where template = 'verification_due' and recipient = 'oleg@example.kz' order by id")).toMatchObject([{ cause: expect.stringMatching(/^verification:60:/) }, { cause: expect.stringMatching(/^verification:30:/) }])
    } finally {
      await db.destroy()
    }
  })
})

describe('a month after a meter was replaced (п. 11.3.1)', () => {
  it('is charged for what both meters counted', async () => {
    const period = thisMonth().toPlainYearMonth().toString()
    const { status, body } = await settler.post('/settlement-runs', { period })
    expect(status, JSON.stringify(body)).toBe(201)
    await until(async () => (await settler.get(`/settlement-runs/${body.id}`)).body.state === 'counted', 30_000)
    // Forty of the old one, sixty of the new one.
    expect(await rows("select l.quantity, l.method, m.serial from ledger_lines l join meters m on m.id = l.meter_id where l.run_id = $1 and l.account_id = 4 and l.service = 'electricity' and l.kind = 'charge'", body.id)).toEqual([{ quantity: '1000000', method: 'reading', serial: 'НОВ-4' }])
  })
})
