import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, startApp, type RunningApp } from '../support/app.ts'
import { pdf } from '../support/sample-files.ts'
import { look } from '../papers/pictures.ts'
import { asRole, page, send, tokenOf } from './portal-client.ts'

let app: RunningApp
beforeAll(async () => { app = await startApp() })
afterAll(() => app?.stop())

const letter = () => new File([new Uint8Array(pdf)], 'письмо.pdf', { type: 'application/pdf' })
const words = {
  group: 'person', lastName: 'Әлиева', firstName: 'Гүлсім', middleName: '', address: 'Петропавловск, Жамбыла 12', phone: '8 705 555 44 33', email: 'gulsim@example.kz',
  kind: 'application', subject: 'Подключение дома', text: '', answerWay: 'post', consent: 'yes',
}
const write = async (organization: string, changes: Record<string, string | File[]> = {}) =>
  send(app, `/ru/e-chancellery/${organization}`, { ...words, files: [letter()], token: await tokenOf(app, `/ru/e-chancellery/${organization}`), ...changes })

describe('the e-chancellery of an organization (п. 4.1, 11.3.4)', () => {
  it('is there for the grid and the heat company, and for nobody else', async () => {
    const { html } = await page(app, '/ru/e-chancellery')
    expect(html).toContain('/ru/e-chancellery/skrec')
    expect(html).toContain('/ru/e-chancellery/pts')
    expect(html).not.toContain('/ru/e-chancellery/skes"')
    expect((await page(app, '/ru/e-chancellery/skes')).status).toBe(404)
    expect((await page(app, '/kk/e-chancellery/pts')).html).toContain('Қол қойылған хат')
  })

  it('takes a signed letter without scripts, gives its number at once in a journal of its own, and shows the way', async () => {
    const sent = await write('skrec')
    expect(sent.status, sent.html.replace(/<[^>]+>/g, ' ').slice(0, 600)).toBe(303)
    const number = decodeURIComponent(sent.location.split('/')[3]!)
    expect(number).toMatch(/^ЭК-СКРЭК-\d{5}$/)
    const track = await page(app, sent.location.replace('/sent/', '/track/'))
    expect(track.html).toContain('Подключение дома')
    expect(track.html).toContain('Почтой')
    const registrar = await asRole(app, 'registrar', 'skrec')
    const { body: [line] } = await registrar.get(`/appeals/search?text=${encodeURIComponent(number)}`)
    await registrar.post(`/appeals/${line.id}/send-for-resolution`)
    const card = (await registrar.get(`/appeals/${line.id}`)).body
    expect(card.numbers.map((n: { journal: string }) => n.journal)).toEqual(['e_chancellery', 'incoming'])
    expect(card.timeline.map((e: { clause: string }) => e.clause)).toEqual(['11.3.4', '4.5'])
    expect(card.files).toHaveLength(1)
    expect((await asRole(app, 'registrar', 'pts').then((other) => other.get(`/appeals/${line.id}`))).status).toBe(404)
  })

  it('keeps what was typed and the letter when something is missing, each fault at its field', async () => {
    const sent = await write('pts', { group: 'company', companyName: 'ТОО «Ромашка»', outgoingNumber: '', consent: '' })
    expect(sent.status).toBe(422)
    expect(sent.html).toContain('ТОО «Ромашка»')
    expect(sent.html).toContain('name="kept"')
    for (const id of ['outgoingNumber-fault', 'consent-fault']) expect(sent.html).toContain(`id="${id}"`)
    const bare = await write('pts', { files: [] })
    expect(bare.html).toContain('Приложите подписанное письмо')
  })

  it('answers the same press with the same number, and refuses what is no letter of this organization', async () => {
    const token = await tokenOf(app, '/ru/e-chancellery/pts')
    const press = () => send(app, '/ru/e-chancellery/pts', { ...words, files: [letter()], token })
    const [first, second] = [await press(), await press()]
    expect(second.location).toBe(first.location)
    const { body } = await new Client(app).post('/e-chancellery', { ...words, consent: true, organization: 'skes', files: [crypto.randomUUID()] })
    expect(body.errors[0]).toMatchObject({ field: 'organization', code: 'organization_unknown' })
  })
})

describe('the forms of the appendices on the portal (п. 4.1)', () => {
  it.each([3, 4, 5])('Appendix %i is there to download and to fill in', async (form) => {
    const blank = await fetch(`${app.url}/ru/forms/${form}.pdf`)
    expect([blank.status, blank.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect((await page(app, `/kk/forms/${form}`)).status).toBe(200)
    const body = new URLSearchParams({ organization: 'pts', name: 'Ким Анна', address: 'Мира 1', phone: '1', email: '', text: 'Холодно в квартире', word: 'second' })
    const filled = await fetch(`${app.url}/ru/forms/${form}`, { method: 'POST', body })
    const seen = await look(new Uint8Array(await filled.arrayBuffer()))
    expect(seen.text).toContain('Ким Анна')
    expect(seen.text).toContain('Холодно в квартире')
  })
})
