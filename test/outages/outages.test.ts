import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAt, readPlaces } from '../../regulation/places.ts'
import { page } from '../portal/portal-client.ts'
import { startApp, type Client, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { query } from '../support/query.ts'

let app: RunningApp
let crew: Crew
let district: Client
let address = ''
beforeAll(async () => {
  app = await startApp({ env: { DEMO_ACCOUNTS: '36' } })
  crew = await gatherCrew(app)
  district = crew.as('district_head@skrec/skrec-yesil')
  address = (await query<{ address: string }>(app.databaseUrl, 'select address from buildings order by id limit 1')).rows[0]!.address
}, 60_000)
afterAll(() => app?.stop())

const local = (days: number, hour: number) => Temporal.Now.plainDateISO('Asia/Almaty').add({ days }).toPlainDateTime({ hour }).toString()
const outage = (changes: Record<string, unknown> = {}) => ({ organization: 'skrec', service: 'electricity', startsAt: local(1, 9), endsAt: local(1, 17), reason: { ru: 'Замена опоры', kk: 'Тіреуішті ауыстыру' }, places: address.split(', ').slice(1).join(', '), ...changes })

describe('places as dispatchers write them', () => {
  it.each<[string, ReturnType<typeof readPlaces>]>([
    ['ул. Абая, 1–3, 22а', [{ street: 'ул. Абая', houses: ['1', '2', '3', '22а'] }]], ['ул. Мира', [{ street: 'ул. Мира', houses: undefined }]], ['ул. Мира, д. 5, 7/2', [{ street: 'ул. Мира', houses: ['5', '7/2'] }]],
    ['ул. Мира, 9-1', [undefined]], ['ул. Мира, дом с садом', [undefined]], ['ул. Мира, 1–9999', [undefined]], ['\n\n', []], ['а', [undefined]],
  ])('«%s»', (text, places) => expect(readPlaces(text)).toEqual(places))
  it('are a house, not one whose number begins alike, nor a street whose name ends alike', () => {
    const [place] = readPlaces('ул. Абая, 1')
    expect([isAt(place!, 'г. Петропавловск, ул. Абая, 1'), isAt(place!, 'г. Петропавловск, ул. Абая, 11'), isAt(place!, 'г. Петропавловск, ул. Кабая, 1')]).toEqual([true, false, false])
  })
})

describe('a planned outage (п. 11.3.3)', () => {
  it('is planned for one\'s own organization, by those who know of it', async () => {
    expect((await district.post('/outages', outage({ organization: 'pts' }))).status).toBe(403)
    expect((await crew.as('front_desk@skes/skes-service').post('/outages', outage())).status).toBe(403)
    expect((await crew.nobody.post('/outages', outage())).status).toBe(401)
  })

  it.each<[string, Record<string, unknown>, string, string]>([
    ['an end before its beginning', { endsAt: local(1, 8) }, 'endsAt', 'outage_ends_first'], ['a past day', { startsAt: local(-3, 9), endsAt: local(-3, 12) }, 'endsAt', 'due_date_past'], ['no moment', { startsAt: 'завтра' }, 'startsAt', 'field_invalid'],
    ['houses that are none', { places: 'ул. Несуществующая, 1' }, 'places', 'places_unknown'], ['no reason in Kazakh', { reason: { ru: 'Ремонт', kk: ' ' } }, 'reason.kk', 'field_missing'],
  ])('is refused at its field with %s', async (_, changes, field, code) => {
    const { status, body } = await district.post('/outages', outage(changes))
    expect([status, body.errors?.[0]?.field, body.errors?.[0]?.code]).toEqual([422, field, code])
  })

  it('is seen on the site by street and in the cabinets of its houses, until it is called off', async () => {
    expect((await district.post('/outages/places', { places: outage().places })).body).toMatchObject({ houses: 1, accounts: 12 })
    const { body: { id }, status } = await district.post('/outages', outage())
    expect(status).toBe(201)
    const inhabitant = await crew.consumer('dark@example.kz')
    await query(app.databaseUrl, `insert into account_access (account_id, person_id, way, granted_by, granted_at) select v.account, id, 'office', id, now() from people cross join (values (1), (30)) v(account) where email = 'dark@example.kz'`)
    expect((await inhabitant.get('/cabinet/outages')).body).toMatchObject([{ id, account: 1, state: 'coming' }])
    const street = address.split(', ')[1]!
    for (const [path, words] of [[`/ru/outages?address=${encodeURIComponent(street)}`, 'Замена опоры'], [`/kk/erc/outages?service=electricity`, 'Тіреуішті ауыстыру']] as const) expect((await page(app, path)).html, path).toContain(words)
    expect((await page(app, '/ru/outages?service=hot_water')).html).not.toContain('Замена опоры')
    expect((await page(app, '/ru/my/1', { cookie: inhabitant.cookie })).html).toContain('Замена опоры')
    expect((await page(app, '/ru/my/30', { cookie: inhabitant.cookie })).html).not.toContain('Замена опоры')
    expect((await crew.as('unit_head@pts/pts-consumers').post(`/outages/${id}/cancel`)).status).toBe(404)
    expect((await district.post(`/outages/${id}/cancel`)).status).toBe(200)
    expect((await page(app, '/ru/outages')).html).not.toContain('Замена опоры')
    expect((await district.get('/outages/planned')).body.outages[0]).toMatchObject({ id, state: 'cancelled' })
  })
})
