import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type RunningApp } from '../support/app.ts'
import { answer, asRole, page, send, words, write } from './portal-client.ts'

let app: RunningApp
beforeAll(async () => { app = await startApp() })
afterAll(() => app?.stop())

describe('following an appeal (п. 11.6.5)', () => {
  it('finds it by number and code however they are typed, and leads to an address that can be kept', async () => {
    const written = await write(app)
    const typed = `${written.code.slice(0, 5)} - ${written.code.slice(5)}`.toLowerCase()
    const found = await send(app, '/ru/track', { number: ` № ${written.number} `, code: typed })
    expect(found.location).toBe(written.track)
    const { status, html } = await page(app, found.location)
    expect(status).toBe(200)
    expect(html).toContain(words.subject)
  })

  it('shows without the code where it stands and nothing of the person', async () => {
    const written = await write(app)
    const { html } = await page(app, `/ru/track/${written.number}`)
    expect(html).toContain('Зарегистрировано')
    for (const secret of [words.name, words.subject, words.text, words.email, written.code]) expect(html).not.toContain(secret)
  })

  it('tells a wrong code and an unknown number in words, keeping what was typed', async () => {
    const written = await write(app)
    const wrong = await send(app, '/ru/track', { number: written.number, code: 'AAAAAAAAAA' })
    expect(wrong.status).toBe(404)
    expect(wrong.html).toContain('Номер и код не подходят друг к другу')
    expect(wrong.html).toContain(`value="${written.number}"`)
    expect((await page(app, '/ru/track/1999-000001')).status).toBe(404)
    expect((await page(app, `/kk/track/${written.number}/AAAAAAAAAA`)).html).toContain('Нөмір мен код бір-біріне сәйкес емес')
    expect((await send(app, '/ru/track', { number: '', code: '' })).status).toBe(422)
  })

  it('draws the way with dates and explains the due date day by day', async () => {
    const written = await write(app, { kind: 'claim' })
    const { html, headers } = await page(app, written.track)
    expect(html).toMatch(/<li class="now" aria-current="step"><b>Зарегистрировано<\/b><time/)
    expect(html).toContain('осталось')
    expect(html).toContain('Почему такой срок?')
    expect(html).toContain('действует этот срок: он раньше')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toContain('noindex')
    expect(html).toContain('<meta name="referrer" content="no-referrer"/>')
  })

  it('opens the files of the appeal to its code alone', async () => {
    const written = await write(app, { files: [new File(['показания 123'], 'счётчик.txt', { type: 'text/plain' })] })
    const other = await write(app)
    const { html } = await page(app, written.track)
    const path = /href="([^"]*\/files\/[^"]*)"/.exec(html)![1]!
    const file = await page(app, path)
    expect(file.html).toBe('показания 123')
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/)
    const id = path.split('/').at(-1)!
    expect((await page(app, `${other.track}/files/${id}`)).status).toBe(404)
    expect((await page(app, `/ru/track/${written.number}/AAAAAAAAAA/files/${id}`)).status).toBe(404)
  })

  it('asks once before an appeal is withdrawn, and then says so kindly', async () => {
    const written = await write(app)
    expect((await page(app, `${written.track}/withdraw`)).html).toContain('Отозвать обращение?')
    expect((await send(app, `${written.track}/withdraw`, { reason: 'Уже решили' })).location).toBe(written.track)
    const { html } = await page(app, written.track)
    expect(html).toContain('Вы отозвали это обращение')
    expect(html).not.toContain('Почему такой срок?')
    expect((await send(app, `${written.track}/withdraw`, { reason: '' })).status).toBe(303)
    expect((await page(app, `${written.track}/withdraw`)).location).toBe(written.track)
  })

  it('shows the answer in full, takes one rating and offers to write again', async () => {
    const written = await write(app, { answerWay: 'phone', subject: 'Холодные батареи' })
    await answer(app, written.number, 'Рассказали о ремонте', 'Порыв устранён 22 ноября.\n\nТепло подано.')
    const { html } = await page(app, written.track)
    expect(html).toContain('Порыв устранён 22 ноября.\n\nТепло подано.')
    expect(html).toContain('Рассказали о ремонте')
    expect(html).toContain('ТОО «Петропавловские Тепловые Сети»')
    expect(html).toContain('ответ дан в срок')
    expect(html).toContain(`/ru/write?repeat=${written.number}&amp;code=${written.code}`)
    expect((await send(app, `${written.track}/rating`, { score: '4', comment: 'Быстро' })).location).toBe(`${written.track}#rated`)
    expect((await page(app, written.track)).html).toContain('Ваша оценка: 4 из 5')
    expect((await send(app, `${written.track}/rating`, { score: '1' })).status).toBe(303)
    expect((await page(app, written.track)).html).toContain('Ваша оценка: 4 из 5')
  })

  it('says where an appeal went that is not ours', async () => {
    const written = await write(app)
    const head = await asRole(app, 'contact_centre_head', 'skes')
    const { body: [line] } = await head.get(`/appeals/search?text=${written.number}`)
    await head.post(`/appeals/${line.id}/redirect`, { outside: 'ТОО «Горгаз-сервис»', reason: 'Газ не наш' })
    const { html } = await page(app, written.track)
    expect(html).toContain('Передано туда, где его решат')
    expect(html).toContain('ТОО «Горгаз-сервис»')
    expect(html).toContain('Газ не наш')
  })
})
