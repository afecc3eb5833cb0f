import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reserveNumber } from '../../server/appeals/journal.ts'
import { now } from '../../server/platform/clock.ts'
import { typeParsers } from '../../server/platform/database.ts'
import type { DB } from '../../server/schema.ts'
import { Client, paper, startApp, type RunningApp } from '../support/app.ts'
import { brokenLinks } from '../support/chains.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { query } from '../support/query.ts'
import { jpeg } from '../support/sample-files.ts'

let app: RunningApp
let crew: Crew
beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
  await reserve()
})
afterAll(() => app?.stop())

/** A number taken for a paper that is still on its way. */
async function reserve(): Promise<void> {
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: app.databaseUrl, types: typeParsers as pg.CustomTypesConfig }) }) })
  await db.transaction().execute((tx) => reserveNumber(tx, { organization: 'skes', journal: 'incoming', format: 'ВХ-{unit}-{n:5}', unit: 'СЭС' }, {
    reason: 'Письмо акимата, везут', by: crew.member('registrar@skes').id, at: now(),
  }))
  await db.destroy()
}

const clerk = (organization = 'skes') => crew.as(`registrar@${organization}`)
const key = () => ({ 'idempotency-key': crypto.randomUUID() })

describe('a paper is registered (п. 4.2–4.3)', () => {
  it('with its number at once, in the journal of incoming documents, by the clerk\'s name', async () => {
    const { status, body } = await clerk().post('/register', paper(), key())
    expect(status, JSON.stringify(body)).toBe(201)
    expect(body.number).toMatch(/^ВХ-СЭС-\d{5}$/)
    const card = await crew.cardOf(clerk(), body.id)
    expect(card).toMatchObject({ state: 'registered', channel: 'paper_chancellery', answerWay: 'post', lacks: [], original: { sheets: 1, person: { name: 'Соколова Марина Андреевна' } } })
    expect(card.timeline[0]).toMatchObject({ action: 'register', clause: '4.3', by: { name: 'Соколова Марина Андреевна' } })
    expect(card.actions.map((a: { action: string }) => a.action)).toEqual(expect.arrayContaining(['send_for_resolution', 'acknowledge_receipt', 'annul']))
  })

  it('of group II by its name, outgoing number and date', async () => {
    const { body } = await clerk().post('/register', paper({
      group: 'company', lastName: undefined, firstName: undefined, companyName: 'ТОО «Ромашка»', outgoingNumber: '12/3', outgoingOn: '2026-11-20',
    }))
    expect((await crew.cardOf(clerk(), body.id)).applicant).toMatchObject({ group: 'company', name: 'ТОО «Ромашка»', outgoingNumber: '12/3', outgoingOn: '2026-11-20' })
  })

  it('though unsigned or anonymous: marked so once the clerk has seen it, never lost', async () => {
    const bare = paper({ lastName: '', firstName: '', middleName: '', phone: '', signed: false })
    const refused = await clerk().post('/register', bare)
    expect(refused.status).toBe(409)
    expect(refused.body.errors.map((e: { details?: { lack: string }; code: string }) => e.code)).toEqual(['lacks_unacknowledged', 'lacks_unacknowledged', 'lacks_unacknowledged'])
    const { body } = await clerk().post('/register', { ...bare, acknowledged: ['name', 'phone', 'signature'] })
    expect(body.lacks).toEqual(['name', 'phone', 'signature'])
    expect((await crew.cardOf(clerk(), body.id)).lacks).toEqual(['name', 'phone', 'signature'])
  })

  it('once, however often it is pressed', async () => {
    const once = key()
    const [first, second] = await Promise.all([clerk().post('/register', paper(), once), clerk().post('/register', paper(), once)])
    expect(second.body.number).toBe(first.body.number)
    expect((await clerk().post('/register', paper({ subject: 'Другое' }), once)).body.code).toBe('key_reused')
  })

  it('under the number that was reserved for it, once however often it is pressed, and found by it', async () => {
    const { rows: [place] } = await query<{ year: number; n: number; number: string }>(app.databaseUrl, `select year, n, number from journal_entries where appeal_id is null limit 1`)
    const once = key()
    const body = paper({ reserved: { year: place!.year, n: place!.n } })
    const [first, second] = [await clerk().post('/register', body, once), await clerk().post('/register', body, once)]
    expect([first.body.number, second.body.number]).toEqual([place!.number, place!.number])
    expect(second.body.id).toBe(first.body.id)
    expect((await clerk().post('/register', body, key())).body.errors[0]).toMatchObject({ field: 'reserved', code: 'reservation_unknown' })
    expect((await clerk().get(`/appeals/search?text=${encodeURIComponent(place!.number)}`)).body[0].id).toBe(first.body.id)
    expect((await new Client(app).get(`/tracking/${encodeURIComponent(place!.number)}`)).body.stage).toBe('registered')
  })

  it('by nobody but the organization\'s own registrar, and only by a way of delivery it has', async () => {
    expect((await crew.as('registrar@pts').post('/register', paper())).status).toBe(403)
    expect((await crew.head.post('/register', paper())).status).toBe(403)
    expect((await clerk().post('/register', paper({ channel: 'paper_secretariat' }))).body.errors[0].code).toBe('channel_not_here')
    expect((await clerk().post('/register', paper({ channel: 'review_book' }))).body.errors[0].code).toBe('channel_not_here')
  })

  it.each([
    ['a day that has not come', { receivedAt: '2027-01-01T10:00:00Z' }, 'receivedAt', 'date_in_future'],
    ['a year mistyped', { receivedAt: '2006-11-20T10:00:00Z' }, 'receivedAt', 'received_too_early'],
    ['a phone with letters', { phone: 'нет' }, 'phone', 'bad_phone'],
    ['no summary', { subject: ' ' }, 'subject', 'field_missing'],
    ['another\'s upload', { files: ['6f9619ff-8b86-4d01-b42d-00cf4fc964ff'] }, 'files', 'file_unknown'],
    ['a number nobody reserved', { reserved: { year: 2026, n: 999 } }, 'reserved', 'reservation_unknown'],
  ])('is told at its field: %s', async (_, changes, field, code) => {
    const { status, body } = await clerk().post('/register', paper(changes))
    expect([status, body.errors?.[0]?.field, body.errors?.[0]?.code]).toEqual([422, field, code])
  })
})

describe('a slip or the mark on the second copy (п. 4.4)', () => {
  it('is noted, and the other way if it was noted wrongly', async () => {
    const { id } = await crew.registerPaper()
    await crew.act(clerk(), id, '/receipt', { by: 'slip' })
    await crew.act(clerk(), id, '/receipt', { by: 'second_copy' })
    expect((await crew.cardOf(clerk(), id)).acknowledged).toBe('second_copy')
  })
})

describe('who is writing (п. 4.2)', () => {
  it('is recognized by phone, e-mail, ИИН, account or surname, with earlier appeals and likely duplicates', async () => {
    const mine = { lastName: 'Әлиева', firstName: 'Гүлсім', middleName: '', phone: '+7 705 555 44 33', email: 'gulsim@example.kz', account: '1203344', subject: 'Нет света второй день' }
    const { number } = await crew.registerPaper(mine)
    for (const hint of ['phone=8%20705%20555-44-33', 'email=GULSIM@example.kz', 'account=1203344', 'name=әлие']) {
      const { body } = await clerk().get(`/applicants?${hint}&subject=${encodeURIComponent('Нет света')}`)
      expect(body.applicants[0], hint).toMatchObject({ name: 'Әлиева Гүлсім', phone: '+77055554433', appeals: 1 })
      expect(body.earlier[0].number).toBe(number)
      if (!hint.startsWith('name')) expect(body.duplicates[0]?.number, hint).toBe(number)
    }
    expect((await crew.as('registrar@pts').get('/applicants?account=1203344')).body.applicants).toEqual([])
  })
})

describe('an annulled registration (п. 4.3)', () => {
  it('keeps its number, with the reason, and gives it to nobody else', async () => {
    const { id, number } = await crew.registerPaper()
    expect((await crew.act(clerk(), id, '/annulment', { reason: 'Зарегистрировано дважды' })).state).toBe('annulled')
    const next = await crew.registerPaper()
    expect(next.number).not.toBe(number)
    const { rows } = await query<{ mark: string; reason: string }>(app.databaseUrl, 'select mark, reason from journal_marks where appeal_id = $1', [id])
    expect(rows).toEqual([{ mark: 'annulled', reason: 'Зарегистрировано дважды' }])
    expect(await clerk().post(`/appeals/${id}/send-for-resolution`)).toMatchObject({ status: 409 })
  })
})

describe('districts and service centres send what they took in (п. 4.9, 5.2)', () => {
  async function send(from: Client, unit: string, changes: Record<string, unknown> = {}) {
    const file = await upload(from)
    return from.post('/intake-items', { unit, words: 'Жалоба на перепады', applicantName: 'Петрова', files: [file], ...changes })
  }
  const upload = async (from: Client): Promise<string> => {
    const response = await fetch(`${app.url}/api/v1/uploads?name=scan.jpg`, { method: 'POST', body: new Uint8Array(jpeg()), headers: { 'content-type': 'image/jpeg', cookie: from.cookie } })
    return ((await response.json()) as { id: string }).id
  }

  it('to the right chancellery, which registers it with its scan under its own clause (п. 4.10)', async () => {
    const district = crew.as('district_head@skrec/skrec-yesil')
    const { status, body } = await send(district, 'skrec-yesil')
    expect(status, JSON.stringify(body)).toBe(201)
    expect((await clerk('skes').get('/intake-items?status=waiting')).body.items).toEqual([])
    const { items, waiting } = (await clerk('skrec').get('/intake-items?status=waiting')).body
    expect(waiting).toBe(1)
    expect(items[0]).toMatchObject({ id: body.id, channel: 'district_office', unit: 'skrec-yesil', words: 'Жалоба на перепады', status: 'waiting' })

    const made = await crew.registerPaper({ organization: 'skrec', channel: 'district_office', item: body.id })
    const card = await crew.cardOf(clerk('skrec'), made.id)
    expect(card.files).toHaveLength(1)
    expect(card.timeline[0].clause).toBe('4.10')
    expect((await district.get('/intake-items?mine=true')).body.items[0]).toMatchObject({ status: 'registered', appeal: { number: made.number } })
    expect((await crew.cardOf(district, made.id)).number).toBe(made.number)
  })

  it('once: two clerks cannot register the same item', async () => {
    const { body } = await send(crew.as('district_head@skrec/skrec-yesil'), 'skrec-yesil')
    const both = await Promise.all([1, 2].map(() => clerk('skrec').post('/register', paper({ organization: 'skrec', channel: 'district_office', item: body.id }))))
    expect(both.map((b) => b.status).sort()).toEqual([201, 409])
    expect(both.find((b) => b.status === 409)?.body.code).toBe('item_taken')
  })

  it('and gets it back with the reason when the scan cannot be read', async () => {
    const desk = crew.as('front_desk@skes/skes-service')
    const { body } = await send(desk, 'skes-service')
    expect((await crew.as('registrar@pts').post(`/intake-items/${body.id}/return`, { reason: 'Не читается' })).status).toBe(404)
    expect((await clerk().post(`/intake-items/${body.id}/return`, { reason: 'Не читается' })).status).toBe(200)
    expect((await desk.get('/intake-items?mine=true')).body.items[0]).toMatchObject({ status: 'returned', returnReason: 'Не читается' })
    expect((await clerk().post(`/intake-items/${body.id}/return`, { reason: 'Ещё раз' })).body.code).toBe('item_taken')
  })

  it('only from one\'s own place, and with a scan', async () => {
    expect((await send(crew.as('district_head@skrec/skrec-yesil'), 'skes-service')).status).toBe(403)
    expect((await crew.as('front_desk@skes/skes-service').post('/intake-items', { unit: 'skes-service', files: [] })).status).toBe(422)
  })

  it('stays as it came: the database refuses to change it', async () => {
    await expect(query(app.databaseUrl, 'update intake_items set words = $1', ['иначе'])).rejects.toThrow(/stays as it came/)
    await expect(query(app.databaseUrl, 'delete from intake_items')).rejects.toThrow(/stays as it came/)
  })
})

describe('fifty clerks at once in four organizations', () => {
  it('leave no gap, no double and no error in any journal (п. 4.3)', async () => {
    const organizations = ['ske', 'skes', 'skrec', 'pts']
    const channelOf = (id: string) => (id === 'ske' ? 'paper_secretariat' : 'paper_chancellery')
    const answers = await Promise.all(Array.from({ length: 50 }, async (_, n) => {
      const organization = organizations[n % 4]!
      const made = []
      for (let k = 0; k < 6; k++) made.push(await clerk(organization).post('/register', paper({ organization, channel: channelOf(organization), subject: `Бумага ${n}-${k}` }), key()))
      return made
    }))
    const flat = answers.flat()
    expect(flat.filter(({ status }) => status !== 201)).toEqual([])
    expect(new Set(flat.map(({ body }) => body.number)).size).toBe(300)
    for (const organization of organizations) {
      const { body } = await clerk(organization).get(`/journal/verification?organization=${organization}&journal=incoming&year=${new Date().getFullYear()}`)
      expect(body.whole, organization).toBe(true)
    }
    expect(await brokenLinks(app.databaseUrl)).toEqual([])
  })
})
