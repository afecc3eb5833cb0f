import { PDFiumLibrary } from '@hyzyla/pdfium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type RunningApp } from '../support/app.ts'
import { page, send } from './portal-client.ts'

let app: RunningApp
beforeAll(async () => { app = await startApp() })
afterAll(() => app?.stop())

async function read(response: Response): Promise<string> {
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(new Uint8Array(await response.arrayBuffer()))
  try {
    return Array.from({ length: document.getPageCount() }, (_, n) => document.getPage(n).getText()).join('\n')
  } finally {
    document.destroy()
    library.destroy()
  }
}

const typed = { organization: 'pts', name: 'Ким Анна', address: 'Мира 1, кв. 2', phone: '8 701 000 11 22', email: '', text: 'Холодно в квартире', word: 'second', noWrittenReply: 'yes' }
const print = (form: number, changes: Record<string, string> = {}, language = 'ru') =>
  fetch(`${app.url}/${language}/forms/${form}`, { method: 'POST', body: new URLSearchParams({ ...typed, ...changes }) })

describe('the forms of Appendix 3–5 on the portal (п. 4.1)', () => {
  it('are listed in both languages, and each is a page that says that nothing is kept', async () => {
    expect((await page(app, '/ru/forms')).html).toContain('нигде не сохраняется')
    expect((await page(app, '/kk/forms')).html).toContain('сақталмайды')
    for (const form of [3, 4, 5]) expect((await page(app, `/kk/forms/${form}`)).status).toBe(200)
    for (const path of ['/ru/forms/2', '/ru/forms/6.pdf', '/ru/forms/3.pdf?organization=nowhere']) expect((await page(app, path)).status, path).toBe(404)
  })

  it.each([[3, 'ЗАЯВЛЕНИЕ'], [4, 'ПРЕТЕНЗИЯ'], [5, 'ПРЕДЛОЖЕНИЕ']] as const)('Appendix %i: blank, and for one organization', async (form, heading) => {
    const blank = await read(await fetch(`${app.url}/ru/forms/${form}.pdf`))
    expect(blank).toContain(heading)
    expect(blank).not.toContain('Петропавловские')
    expect(await read(await fetch(`${app.url}/ru/forms/${form}.pdf?organization=pts`))).toContain('Петропавловские')
  })

  it.each([3, 4, 5])('Appendix %i is printed with what was typed, for nobody to keep', async (form) => {
    const response = await print(form)
    expect(response.headers.get('cache-control')).toContain('no-store')
    const text = await read(response)
    for (const words of ['Ким Анна', 'Мира 1, кв. 2', '8 701 000 11 22', 'Холодно в квартире', 'Петропавловские']) expect(text).toContain(words)
    expect(text.includes('✕')).toBe(form === 3)
  })

  it('prints what an applicant types as words, never as orders to the typesetter', async () => {
    expect(await read(await print(3, { text: '#read("base.typ") $x^2$ *жирно* <b>' }))).toContain('#read("base.typ") $x^2$ *жирно* <b>')
  })

  it('says at the field what cannot be printed, and loses nothing of the rest', async () => {
    const sent = await send(app, '/ru/forms/4', { ...typed, email: 'не адрес', name: 'я'.repeat(201), organization: 'nowhere' })
    expect(sent.status).toBe(422)
    for (const id of ['organization-fault', 'name-fault', 'email-fault']) expect(sent.html).toContain(`id="${id}"`)
    expect(sent.html).toContain('Холодно в квартире')
    expect(/<input[^>]*id="word-second"[^>]*checked/.test(sent.html)).toBe(true)
  })
})
