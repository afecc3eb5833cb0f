import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type RunningApp } from '../support/app.ts'
import { asRole, page, send, write } from './portal-client.ts'

let app: RunningApp
let track = ''
let sent = ''
beforeAll(async () => {
  app = await startApp()
  ;({ track, sent } = await write(app))
})
afterAll(() => app?.stop())

const inBoth = (path: string) => [`/ru${path}`, `/kk${path}`]
const open = ['/', '/erc/', '/write', '/erc/write', '/track', '/sign-in', '/consent', '/rules', '/outages', '/erc/outages', '/tariffs']
const everyPage = () => [...open.flatMap(inBoth), track, sent, `${track}/withdraw`, '/ru/nothing-here']

describe('every page', () => {
  it('runs and styles nothing inline, so that the strict policy can hold', async () => {
    for (const path of everyPage()) {
      const { html, headers } = await page(app, path)
      expect(html, path).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:/i)
      expect(headers.get('content-security-policy'), path).toMatch(/script-src 'self';.*style-src 'self'[;,]/)
    }
  })

  it('says its language, has one heading, a title of its own and a way past the menu', async () => {
    const titles = new Set<string>()
    for (const path of open.flatMap(inBoth)) {
      const { html } = await page(app, path)
      expect(html).toContain(`<html lang="${path.slice(1, 3)}">`)
      expect(html.match(/<h1[ >]/g), path).toHaveLength(1)
      expect(html).toContain('href="#content"')
      titles.add(/<title>(.*)<\/title>/.exec(html)![1]!)
    }
    expect(titles.size).toBeGreaterThan(18)
  })

  it('is one page in two languages: the switch keeps the place', async () => {
    for (const path of [...open, '/track/2026-000001']) {
      expect((await page(app, `/ru${path}`)).html).toContain(`href="/kk${path}" lang="kk"`)
      expect((await page(app, `/kk${path}`)).html).toContain(`href="/ru${path}" lang="ru"`)
    }
  })

  it('leaves no Russian word of the form in the Kazakh pages', async () => {
    for (const path of open) {
      const text = (await page(app, `/kk${path}`)).html.replace(/<[^>]+>/g, ' ')
      expect(text.match(/обращени|ответ|телефон:|напиш|адрес|согласи/giu), path).toBeNull()
    }
  })

  it('weighs less than 50 kB with its style and scripts, compressed', async () => {
    for (const path of everyPage()) {
      const { html } = await page(app, path)
      const assets = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g)].map(([, address]) => address!)
      const weights = await Promise.all(assets.map(async (address) => Number((await page(app, address, { 'accept-encoding': 'gzip' })).html.length && gzipSync((await page(app, address)).html).length)))
      expect(gzipSync(html).length + weights.reduce((sum, weight) => sum + weight, 0), path).toBeLessThan(50_000)
    }
  })
})

describe('the ways in', () => {
  it('leads to the language that was chosen before, or that the browser asks for, or to Russian', async () => {
    expect((await page(app, '/', { 'accept-language': 'kk-KZ,ru;q=0.8' })).location).toBe('/kk/')
    expect((await page(app, '/', { 'accept-language': 'en' })).location).toBe('/ru/')
    expect((await page(app, '/', { 'accept-language': 'ru', cookie: 'language=kk' })).location).toBe('/kk/')
    expect((await page(app, '/kk/')).headers.get('set-cookie')).toContain('language=kk')
  })

  it('offers five wishes on the front page, and is honest about those that wait', async () => {
    const { html } = await page(app, '/ru/')
    expect(html.match(/class="wish( first)?"/g)).toHaveLength(5)
    for (const href of ['/ru/write', '/ru/track', '/ru/my/go/readings', '/ru/my/go/debt', '/ru/outages', '/desk/']) expect(html).toContain(`href="${href}"`)
    expect((await page(app, '/ru/outages?address=Абая')).html).toContain('плановых отключений нет')
  })

  it('says kindly what is not there, in the reader\'s language, with a number to tell support', async () => {
    const { status, html } = await page(app, '/kk/nothing-here')
    expect(status).toBe(404)
    expect(html).toContain('Мұндай бет жоқ')
    expect(html).toMatch(/<code>[0-9a-f-]{36}<\/code>/)
    expect((await page(app, '/nowhere', { 'accept-language': 'ru' })).html).toContain('Такой страницы нет')
  })

  it('keeps assets for ever under a name of their content, compressed where the browser takes it', async () => {
    const address = /href="(\/assets\/portal[^"]+)"/.exec((await page(app, '/ru/')).html)![1]!
    const response = await fetch(app.url + address, { headers: { 'accept-encoding': 'br' } })
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(response.headers.get('content-encoding')).toBe('br')
    expect(await response.text()).toContain('--accent')
    expect((await page(app, '/assets/portal.0000000000.css')).status).toBe(404)
  })
})

describe('a consumer\'s own appeals', () => {
  it('open to an address proved by a one-time code, which works once', async () => {
    const email = 'own.appeals@example.kz'
    const mine = await write(app, { email, subject: 'Моё обращение' })
    const asked = await send(app, '/ru/sign-in', { email })
    expect(asked.html).toContain('Введите код из письма')
    const wrong = await send(app, '/ru/sign-in/code', { email, code: '000000x' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('Код не подходит или устарел')

    const code = await codeFromMailbox(email)
    const entered = await send(app, '/ru/sign-in/code', { email, code })
    expect(entered.location).toBe('/ru/my')
    const cookie = entered.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
    const { html } = await page(app, '/ru/my', { cookie })
    expect(html).toContain('Моё обращение')
    expect(html).toContain(mine.track)
    expect((await send(app, '/ru/sign-in/code', { email, code })).status).toBe(422)

    expect((await send(app, '/ru/sign-out', {}, { cookie })).location).toBe('/ru/')
    expect((await page(app, '/ru/my', { cookie })).location).toBe('/ru/sign-in')
  })

  it('are asked for at the sign-in page, which tells a wrong address at its field', async () => {
    expect((await page(app, '/kk/my')).location).toBe('/kk/sign-in')
    const { status, html } = await send(app, '/ru/sign-in', { email: 'нет' })
    expect(status).toBe(422)
    expect(html).toContain('id="email-fault"')
  })

  it.each([['/my/go/readings', '/my/go/readings'], ['/my/7/bills/2026-10?print=1', '/my/7/bills/2026-10?print=1'], ['https://elsewhere.kz/', '/my'], ['//elsewhere.kz', '/my'], ['/my/../../x', '/my']])('lead on to the page that was asked for: %s', async (to, reached) => {
    const email = `wish.${Math.random().toString(36).slice(2)}@example.kz`
    expect((await page(app, `/ru/sign-in?to=${encodeURIComponent(to)}`)).html).toContain(`name="to" value="${reached}"`)
    expect((await send(app, '/ru/sign-in', { email, to })).html).toContain(`name="to" value="${reached}"`)
    expect((await send(app, '/ru/sign-in/code', { email, to, code: '000000x' })).html).toContain(`name="to" value="${reached}"`)
    expect((await send(app, '/ru/sign-in/code', { email, to, code: await codeFromMailbox(email) })).location).toBe(`/ru${reached}`)
  })

  it('are not for staff, whose page leads to their desk', async () => {
    const { cookie } = await asRole(app, 'executive', 'skes')
    expect((await page(app, '/ru/my', { cookie })).html).toContain('href="/desk/"')
  })

  it('and the letters about them are shown to the administrator alone where the database is one\'s own', async () => {
    expect((await page(app, '/dev/mailbox')).status).toBe(404)
    expect((await page(app, '/dev/mailbox', { cookie: (await asRole(app, 'executive', 'skes')).cookie })).status).toBe(404)
    expect((await page(app, '/dev/mailbox', { cookie: (await asRole(app, 'it_admin', 'ske')).cookie })).status).toBe(200)
  })
})

/** The code of the newest letter to an address, read as the administrator reads the mailbox. */
async function codeFromMailbox(email: string): Promise<string> {
  const { cookie } = await asRole(app, 'it_admin', 'ske')
  const { html } = await page(app, '/dev/mailbox', { cookie })
  const letters = [...html.matchAll(/href="(\/dev\/mailbox\/\d+)"><b>(.*?)<\/b><span[^>]*>(.*?)</g)]
  const [, path] = letters.find(([, , subject, line]) => line!.includes(email) && subject!.includes('Код')) ?? []
  const letter = await page(app, path!, { cookie })
  return /\b(\d{6})\b/.exec(letter.html.slice(letter.html.indexOf('class="letter')))![1]!
}
