import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, startApp, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { jpeg, pdf } from '../support/sample-files.ts'

let app: RunningApp
let crew: Crew
beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
})
afterAll(() => app?.stop())

/** Uploads as the portal's visitor does: by nobody in particular. */
async function upload(name = 'письмо.pdf', bytes: Buffer = pdf): Promise<string> {
  const response = await fetch(`${app.url}/api/v1/uploads?name=${encodeURIComponent(name)}`, { method: 'POST', body: new Uint8Array(bytes), headers: { connection: 'close' } })
  expect(response.status, name).toBe(201)
  return ((await response.json()) as { id: string }).id
}

const letter = (changes: Record<string, unknown> = {}) => ({
  organization: 'skrec', group: 'person', lastName: 'Әлиева', firstName: 'Гүлсім', address: 'Петропавловск, Жамбыла 12', phone: '8 705 555 44 33', email: 'gulsim@example.kz',
  kind: 'application', subject: 'Подключение дома', answerWay: 'email', consent: true, ...changes,
})
const company = (changes: Record<string, unknown> = {}) => letter({
  group: 'company', lastName: undefined, firstName: undefined, address: undefined, companyName: 'ТОО «Ромашка»', outgoingNumber: '12/3', outgoingOn: '2026-01-20', ...changes,
})
const post = (body: unknown, headers: Record<string, string> = {}) => new Client(app).post('/e-chancellery', body, headers)
const faultsOf = ({ body }: { body: { errors: { field: string; code: string }[] } }) => body.errors.map(({ field, code }) => `${field} ${code}`)

describe('a signed letter to an e-chancellery (п. 4.1, 11.3.4)', () => {
  it('is numbered in the journal of its own organization, each series counting for itself', async () => {
    const numbers: string[] = []
    for (const organization of ['skrec', 'pts', 'skrec']) {
      const { status, body } = await post(letter({ organization, files: [await upload()] }))
      expect(status, JSON.stringify(body)).toBe(201)
      expect(body).toMatchObject({ code: expect.any(String), trackingUrl: expect.stringContaining('/ru/track/'), dueOn: expect.any(String) })
      numbers.push(body.number)
    }
    const [first, other, second] = numbers.map((number) => ({ series: number.replace(/\d+$/, ''), n: Number(/\d+$/.exec(number)![0]) }))
    expect(second).toEqual({ series: first!.series, n: first!.n + 1 })
    expect(other!.series).not.toBe(first!.series)
    expect(other!.n).toBe(1)
  })

  it('waits for the chancellery it was sent to, with all of group II that п. 4.2 asks', async () => {
    const { body } = await post(company({ files: [await upload()] }))
    const { body: [line] } = await crew.as('registrar@skrec').get(`/appeals/search?text=${encodeURIComponent(body.number)}`)
    const card = await crew.cardOf(crew.as('registrar@skrec'), line.id)
    expect(card).toMatchObject({ channel: 'e_chancellery_skrec', applicant: { group: 'company', name: 'ТОО «Ромашка»', outgoingNumber: '12/3', outgoingOn: '2026-01-20' } })
    expect((await crew.as('registrar@pts').get(`/appeals/${line.id}`)).status).toBe(404)
  })

  it('is answered with the same number when the same key comes again, and refused when it says something else', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const body = letter({ files: [await upload()] })
    const [first, again] = [await post(body, key), await post(body, key)]
    expect(again.body.number).toBe(first.body.number)
    expect((await post({ ...body, subject: 'Другое' }, key)).status).toBe(409)
  })

  it('must be there, as a PDF or a picture: a text file shows no signature', async () => {
    expect(faultsOf(await post(letter({ files: [] })))).toEqual(['files letter_needed'])
    const words = await upload('письмо.txt', Buffer.from('Прошу подключить дом.'))
    expect(faultsOf(await post(letter({ files: [words] })))).toEqual(['files letter_needed'])
    expect((await post(letter({ files: [words, await upload('письмо.jpg', jpeg())] }))).status).toBe(201)
  })

  it('is told everything that is missing at once, each at its field, by its group (п. 4.2)', async () => {
    const empty = { lastName: '', firstName: '', address: ' ', phone: '', email: '', subject: '', kind: undefined, consent: false }
    expect(faultsOf(await post(letter(empty)))).toEqual([
      'files letter_needed', 'kind field_missing', 'subject field_missing', 'lastName field_missing', 'firstName field_missing', 'address field_missing',
      'phone field_missing', 'email email_needed', 'consent consent_needed',
    ])
    expect(faultsOf(await post(company({ companyName: '', outgoingNumber: '', outgoingOn: '2026-13-01', phone: '12', files: [await upload()] })))).toEqual([
      'companyName field_missing', 'outgoingNumber field_missing', 'outgoingOn field_invalid', 'phone bad_phone',
    ])
    expect(faultsOf(await post(company({ answerWay: 'post', files: [await upload()] })))).toEqual(['address field_missing'])
  })

  it('is refused where no e-chancellery is kept', async () => {
    for (const organization of ['skes', 'nowhere']) expect(faultsOf(await post(letter({ organization, files: [crypto.randomUUID()] })))).toEqual(['organization organization_unknown'])
  })
})
