import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageToken } from '../../server/platform/sign.ts'
import { startApp, type RunningApp } from '../support/app.ts'
import { page, send, tokenOf, valueOf, words, write } from './portal-client.ts'

let app: RunningApp
beforeAll(async () => { app = await startApp() })
afterAll(() => app?.stop())

const note = (text = 'показания счётчика') => new File([text], 'показания.txt', { type: 'text/plain' })
const program = new File(['MZ\x90\x00\x03\x00\x00\x00'], 'счёт.exe', { type: 'application/octet-stream' })

describe('writing to the companies without scripts (п. 11.6.2–11.6.6)', () => {
  it('has exactly the fields of the regulation, and says for each kind by when the answer is due', async () => {
    const { html } = await page(app, '/ru/write')
    const names = [...new Set([...html.matchAll(/<(?:input|textarea)[^>]*name="([^"]+)"/g)].map(([, name]) => name))]
    expect(names).toEqual(['token', 'website', 'kind', 'subject', 'text', 'files', 'group', 'name', 'identifier', 'address', 'answerWay', 'email', 'phone', 'consent'])
    expect(html.match(/Ответим не позднее/g)).toHaveLength(6)
    expect(html).toContain('10 календарных дней')
  })

  it('answers with the number, the due date, a link and a QR code, on a page that is kept by nobody', async () => {
    const written = await write(app)
    expect(written.number).toMatch(/^\d{4}-\d{6}$/)
    const { html, headers } = await page(app, written.sent)
    expect(html).toContain(`<strong>${written.number}</strong>`)
    expect(html).toMatch(/Ответим не позднее \d+ \p{L}+ \d{4} г\. — это 10 рабочих дней/u)
    expect(html).toContain(`/ru/track/${written.number}/${written.code}`)
    expect(html).toContain('class="qr"')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('gives a second press of the same form the same number, files and all', async () => {
    const token = await tokenOf(app)
    const press = () => send(app, '/ru/write', { ...words, token, files: [note()] })
    const [first, second] = await Promise.all([press(), press()])
    const third = await press()
    expect(first.status).toBe(303)
    expect([second.location, third.location]).toEqual([first.location, first.location])
  })

  it('shows every fault at once, each at its field and linked from the top, and loses nothing typed', async () => {
    const token = await tokenOf(app)
    const { status, html } = await send(app, '/ru/write', { token, name: 'Иван <script>alert(1)</script>', text: 'Нет "света"', phone: '12', answerWay: 'phone', email: 'x' })
    expect(status).toBe(422)
    const linked = [...html.matchAll(/<li><a href="#(\w+)"/g)].map(([, field]) => field)
    expect(linked).toEqual(['kind', 'subject', 'address', 'email', 'phone', 'consent'])
    for (const field of linked) {
      expect(html).toContain(`id="${field}"`)
      expect(html).toContain(`id="${field}-fault"`)
    }
    expect(html).toMatch(/<input[^>]*name="phone"[^>]*value="12"[^>]*aria-invalid="true"|<input[^>]*name="phone"[^>]*aria-invalid="true"[^>]*value="12"/)
    expect(html).toContain('Иван &lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).toMatch(/<textarea[^>]*>Нет &quot;света&quot;<\/textarea>/)
    expect(html).toMatch(/value="phone" id="answerWay-phone" checked/)
    expect(html).toMatch(/<title>Ошибка: /)
    expect(valueOf({ html } as never, 'token')).toBe(token)
  })

  it('keeps the files that were accepted when another is refused, and lets them be taken out', async () => {
    const refused = await send(app, '/ru/write', { ...words, token: await tokenOf(app), files: [note(), program] })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('Файлы такого вида не принимаем: «счёт.exe»')
    const kept = valueOf(refused, 'kept')!
    expect(kept).toMatch(/:показания\.txt$/)
    const token = valueOf(refused, 'token')!

    const sent = await send(app, '/ru/write', { ...words, token, kept, files: [new File([], '')] })
    const track = await page(app, sent.location.replace('/sent/', '/track/'))
    expect(track.html).toContain('показания.txt</a>')

    const other = await send(app, '/ru/write', { token: await tokenOf(app), kept: `${crypto.randomUUID()}:5:чужой.txt`, ...words })
    expect(other.status).toBe(422)
    expect(other.html).toContain('Приложенный файл не найден')
    const dropped = await write(app, { kept, drop: kept.split(':')[0]! })
    expect((await page(app, dropped.track)).html).not.toContain('показания.txt')
  })

  it('refuses more files than are allowed', async () => {
    const { status, html } = await send(app, '/ru/write', { ...words, token: await tokenOf(app), files: Array.from({ length: 6 }, (_, i) => note(`файл ${i}`)) })
    expect(status).toBe(422)
    expect(html).toContain('Можно приложить не больше 5 файлов')
    expect(html.match(/name="kept"/g)).toHaveLength(5)
  })

  it('refuses a form that was not made here', async () => {
    for (const token of ['', 'abc.def.ghi', pageToken('another secret, also long enough to be one', { purpose: 'write', now: Temporal.Now.instant() })]) {
      const { status, html } = await send(app, '/ru/write', { ...words, token })
      expect(status).toBe(403)
      expect(html).toContain('Форма пришла с чужой страницы')
    }
    expect((await send(app, '/ru/write', { ...words, token: await tokenOf(app) }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  it('shows a form left open for more than a day again, with all in it, and takes it the second time', async () => {
    const yesterday = Temporal.Now.instant().subtract({ hours: 25 })
    const old = pageToken('a secret of the tests, long enough to be taken', { purpose: 'write', now: yesterday })
    const stale = await send(app, '/kk/write', { ...words, token: old, files: [note()] })
    expect(stale.status).toBe(409)
    expect(stale.html).toContain('Бұл бет бір тәуліктен астам ашық тұрды')
    expect(valueOf(stale, 'subject')).toBe(words.subject)
    expect(valueOf(stale, 'kept')).toContain('показания.txt')
    expect((await send(app, '/kk/write', { ...words, token: valueOf(stale, 'token')! })).status).toBe(303)
  })

  it('takes nothing from a program that fills every field in sight, and loses nothing of a person who did', async () => {
    const token = await tokenOf(app)
    const trapped = await send(app, '/ru/write', { ...words, token, website: 'http://spam.example' })
    expect(trapped.status).toBe(422)
    expect(valueOf(trapped, 'name')).toBe(words.name)
    expect(valueOf(trapped, 'website')).toBeUndefined()
    expect((await send(app, '/ru/write', { ...words, token })).status).toBe(303)
  })

  it('knows a company from a person, and the second site from the first', async () => {
    const { status, html } = await send(app, '/kk/erc/write', { ...words, group: 'company', identifier: '123', token: await tokenOf(app, '/kk/erc/write') })
    expect(status).toBe(422)
    expect(html).toContain('БСН қате терілген')
    const written = await write(app, { group: 'company', name: 'ТОО «Звезда»' }, '/kk/erc/write')
    expect(written.sent).toMatch(/^\/kk\/sent\//)
    expect((await page(app, written.sent)).html).toContain('ТОО «Звезда»')
  })

  it('links a second appeal to the first for whoever has its code, and for nobody else', async () => {
    const first = await write(app)
    const form = await page(app, `/ru/write?repeat=${first.number}&code=${first.code}`)
    expect(valueOf(form, 'name')).toBe(words.name)
    expect(form.html).toContain(`Продолжение обращения № ${first.number}`)
    await write(app, { repeatNumber: valueOf(form, 'repeatNumber')!, repeatCode: valueOf(form, 'repeatCode')!, text: 'Так и не ответили' })
    const stranger = await page(app, `/ru/write?repeat=${first.number}&code=AAAAAAAAAA`)
    expect(stranger.status).toBe(404)
    expect(stranger.html).not.toContain(words.name)
  })
})
