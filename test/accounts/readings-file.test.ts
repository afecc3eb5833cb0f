import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, startApp, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { countOf, query } from '../support/query.ts'
import { sentReading, thisMonth, today } from './town.ts'

let app: RunningApp
let crew: Crew
let front: Client

beforeAll(async () => {
  app = await startApp({ env: { DEMO_ACCOUNTS: '24' } })
  crew = await gatherCrew(app)
  front = crew.as('front_desk@skes/skes-service')
}, 60_000)
afterAll(() => app?.stop())

const send = async (bytes: Uint8Array | string, { by = front, name = 'обход.csv', source = 'inspector' } = {}) => {
  const response = await fetch(`${app.url}/api/v1/accounts/reading-imports?name=${encodeURIComponent(name)}&source=${source}`, { method: 'POST', headers: { cookie: by.cookie, 'content-type': 'text/csv' }, body: bytes as never })
  const lines = (await response.text()).trim().split('\n').map((line) => JSON.parse(line))
  if (lines.at(-1)?.problem?.status === 500) throw new Error(app.said())
  return { status: response.status, lines, last: lines.at(-1) }
}
const meters = async () => {
  const { rows } = await query<{ number: string; serial: string; service: string; registers: number; last: string; night: string | null }>(app.databaseUrl, `
    select a.number, m.serial, m.service, m.registers, l.value / 10000 as last, l.night / 10000 as night from accounts a join meters m on m.account_id = a.id
    cross join lateral (select value, night from readings r where r.meter_id = m.id and accepted_at is not null order by taken_on desc, id desc limit 1) l order by m.id`)
  return rows
}
const meter = async (number: string, service: string) => (await meters()).find((one) => one.number === number && one.service === service)!

describe('readings of a file (п. 11.3.1)', () => {
  it('good lines are kept, odd ones wait, the others are reported with why; the same file twice doubles nothing', async () => {
    const [one, two, three, four] = await Promise.all([meter('1000001', 'electricity'), meter('1000002', 'hot_water'), meter('1000003', 'electricity'), meter('1000010', 'electricity')])
    const day = today().toString()
    const [y, m, d] = day.split('-')
    const text = [
      'Лицевой счёт;Прибор;Услуга;Показание;Ночь;Дата',
      `1000001;${one.serial};;${Number(one.last) + 80},5;;${d}.${m}.${y}`,
      `1000002;;Горячая вода;${Number(two.last) + 4};;${day}`,
      `1000003;${three.serial};;${Number(three.last) + 70_000};;${day}`,
      `1000010;${four.serial};Электр энергиясы;${Number(four.last) + 60};${Number(four.night) + 20};${day}`,
      `9999999;X;;5;;${day}`,
      `1000001;${one.serial};;сто;;${day}`,
      `1000001;нет такого;;5;;${day}`,
      `1000002;${two.serial};;${Number(two.last) + 5};;${thisMonth().subtract({ days: 2 }).toString()}`,
      `1000002;${two.serial};;${Number(two.last) + 5};;${today().add({ days: 3 }).toString()}`,
      `1000002;${two.serial};;${Number(two.last) + 5};;вчера`,
      `1000010;${four.serial};;${Number(four.last) + 61};;${day}`,
      '',
      `;${one.serial};;5;;${day}`,
      `"1000004";;Газ;5;;${day}`,
    ].join('\r\n')
    const before = await countOf(app.databaseUrl, 'readings')
    const { status, last } = await send(text)
    expect(status).toBe(200)
    expect(last.result).toMatchObject({ rows: 13, kept: 3, waiting: 1, repeated: 0, refused: 9 })
    expect(await countOf(app.databaseUrl, 'readings')).toBe(before + 4)
    const { body } = await front.get(`/accounts/reading-imports/${last.result.id}`)
    expect(body.lines.map((line: { row: number; faults: { field: string; code: string }[] }) => [line.row, line.faults[0]!.field, line.faults[0]!.code])).toEqual([
      [6, 'account', 'account_unknown'], [7, 'value', 'quantity_invalid'], [8, 'meter', 'meter_unknown'], [9, 'day', 'period_closed'], [10, 'day', 'date_in_future'], [11, 'day', 'field_invalid'], [12, 'night', 'field_missing'],
      [14, 'account', 'field_missing'], [15, 'service', 'field_invalid'],
    ])
    expect(body.lines[0].fields).toMatchObject({ account: '9999999', meter: 'X', value: '5' })
    const again = await send(text)
    expect(again.last.result).toMatchObject({ rows: 13, kept: 0, waiting: 0, repeated: 4, refused: 9 })
    expect(await countOf(app.databaseUrl, 'readings')).toBe(before + 4)
    expect((await front.get('/accounts/readings/waiting')).body.readings).toMatchObject([{ number: '1000003', source: 'inspector', reason: 'обход.csv, 4' }])
    expect((await front.get('/accounts/reading-imports')).body).toHaveLength(2)
  })

  it('the report is a workbook in the reader\'s language', async () => {
    const [newest] = (await front.get('/accounts/reading-imports')).body
    for (const [language, words] of [['ru', 'Этот месяц уже закрыт'], ['kk', 'Бұл ай жабылған']] as const) {
      const response = await fetch(`${app.url}/api/v1/accounts/reading-imports/${newest.id}/report.xlsx?language=${language}`, { headers: { cookie: front.cookie } })
      expect(response.headers.get('content-disposition')).toContain('attachment')
      const book = new ExcelJS.Workbook()
      await book.xlsx.load(await response.arrayBuffer())
      const cells = book.worksheets[0]!.getSheetValues().flat().join(' ')
      expect(cells).toContain(words)
      expect(book.worksheets[0]!.rowCount).toBe(10)
    }
    expect((await fetch(`${app.url}/api/v1/accounts/reading-imports/sample.xlsx`, { headers: { cookie: front.cookie } })).status).toBe(200)
    expect((await fetch(`${app.url}/api/v1/accounts/reading-imports/x/report.xlsx`, { headers: { cookie: front.cookie } })).status).toBe(404)
  })

  it('a workbook is read with its dates and numbers as the program wrote them; two at once double nothing', async () => {
    const one = await meter('1000005', 'electricity')
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('Обход')
    sheet.addRow(['Счёт', 'Есептегіш', 'Показание', 'Дата'])
    sheet.addRow([1_000_005, one.serial, Number(one.last) + 33.25, new Date(`${today().toString()}T00:00:00Z`)])
    const bytes = new Uint8Array(await book.xlsx.writeBuffer() as ArrayBuffer)
    const before = await countOf(app.databaseUrl, 'readings')
    const both = await Promise.all([send(bytes, { name: 'обход.xlsx' }), send(bytes, { name: 'обход.xlsx' })])
    expect(both.map(({ last }) => last.result.kept + last.result.repeated)).toEqual([1, 1])
    expect(await countOf(app.databaseUrl, 'readings')).toBe(before + 1)
    expect(await meter('1000005', 'electricity')).toMatchObject({ last: expect.stringMatching(/^\d+$/) })
  })

  it('an old program\'s cp1251 without a head is read in the order account, service, value, night, day', async () => {
    const two = await meter('1000006', 'hot_water')
    const words = `1000006\tГорячая вода\t${Number(two.last) + 3}\t\t${today().toString()}\n`
    const bytes = Uint8Array.from([...words].map((sign) => (sign.charCodeAt(0) >= 0x410 && sign.charCodeAt(0) <= 0x44f ? sign.charCodeAt(0) - 0x350 : sign.charCodeAt(0))))
    expect((await send(bytes, { name: 'old.txt' })).last.result).toMatchObject({ rows: 1, kept: 1, refused: 0 })
  })

  it('what is no table, empty, too long or not one\'s own to send is refused', async () => {
    expect((await send('')).last.code).toBe('file_empty')
    expect((await send('Лицевой счёт;Показание\n')).last.problem.code).toBe('table_empty')
    expect((await send(new Uint8Array([0x50, 0x4b, 3, 4, 9, 9, 9, 9]), { name: 'x.xlsx' })).last.problem.code).toBe('table_unreadable')
    expect((await send(new Uint8Array([1, 2, 0, 4]))).last.problem.code).toBe('table_unreadable')
    expect((await send(`${'1;2;3;4;2026-11-01\n'.repeat(20_002)}`)).last.problem.code).toBe('table_too_long')
    expect((await send('x'.repeat(9 * 1024 * 1024))).status).toBe(413)
    expect((await send('1;2', { by: crew.as('executor@skes/skes-metering') })).last.code).toBe('not_permitted')
    expect((await send('1;2', { by: crew.nobody })).last.code).toBe('not_signed_in')
  })

  it('twenty thousand lines are judged with their progress told', async () => {
    const all = (await meters()).filter(({ registers }) => registers === 1)
    const lines = Array.from({ length: 20_000 }, (_, i) => `${all[i % all.length]!.number};${all[i % all.length]!.serial};;1;;${today().toString()}`)
    const began = Date.now()
    const { lines: said, last } = await send(`account;meter;service;value;night;day\n${lines.join('\n')}`)
    expect(last.result).toMatchObject({ rows: 20_000, refused: 0, waiting: 20_000 })
    expect(said.length).toBe(41)
    expect(said[1]).toEqual({ done: 500, of: 20_000 })
    expect(Date.now() - began).toBeLessThan(60_000)
  }, 90_000)
})

describe('the photo of a meter (п. 11.3.1)', () => {
  it('is shown to whoever decides, and to nobody else', async () => {
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    const file = await crew.upload(front, png, 'meter.png', 'image/png')
    const { rows: [found] } = await query<{ id: string }>(app.databaseUrl, "select id from meters where account_id = 9 and service = 'electricity'")
    const id = await sentReading(app, 9, Number(found!.id), 900_000, 'На фото', file)
    const photo = (cookie: string) => fetch(`${app.url}/api/v1/accounts/readings/${id}/photo`, { headers: { cookie } })
    const shown = await photo(front.cookie)
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect((await photo(crew.as('executor@skes/skes-metering').cookie)).status).toBe(403)
    expect((await photo('')).status).toBe(401)
  })
})
