import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type RunningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { words, write } from './portal-client.ts'

let app: RunningApp
let browser: Browser
let own: { track: string; sent: string }
beforeAll(async () => {
  app = await startApp()
  browser = await openBrowser()
  own = await write(app)
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function tab(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 360, height: 720 }, ...options })).newPage()
  page.setDefaultTimeout(8_000)
  page.on('pageerror', (error) => { throw error })
  return page
}

async function fill(page: Page, changes: Partial<typeof words> = {}): Promise<void> {
  const { kind, answerWay, subject, text, name, address, email, phone } = { ...words, ...changes }
  await page.check(`#kind-${kind}`)
  await page.check(`#answerWay-${answerWay}`)
  for (const [id, value] of Object.entries({ subject, text, name, address, email, phone })) await page.fill(`#${id}`, value)
  await page.check('#consent')
}

describe('in a real browser', () => {
  it('has no serious fault for assistive technology, light and dark, in either language', async () => {
    const paths = ['/ru/', '/kk/erc/', '/ru/write', '/kk/track', '/ru/sign-in', '/kk/rules', '/ru/outages', own.track, own.sent]
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await tab({ colorScheme })
      for (const path of paths) {
        await page.goto(app.url + path)
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        expect(grave.map(({ id, nodes }) => `${path} ${colorScheme}: ${id} ${nodes.map((node) => node.html).join(' ').slice(0, 300)}`)).toEqual([])
      }
      await page.context().close()
    }
  })

  it('fits a phone of 360 px and a wall of 1920 px without scrolling sideways', async () => {
    for (const width of [320, 360, 768, 1920]) {
      const page = await tab({ viewport: { width, height: 800 } })
      for (const path of ['/ru/', '/kk/write', '/kk/track', own.track, own.sent, '/ru/rules']) {
        await page.goto(app.url + path)
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${path} at ${width}`).toBe(true)
      }
      await page.context().close()
    }
  })

  it('takes an appeal with scripts switched off, errors and all', async () => {
    const page = await tab({ javaScriptEnabled: false })
    await page.goto(`${app.url}/ru/write`)
    await page.fill('#text', words.text)
    await page.click('main button[type=submit]')
    expect(await page.inputValue('#text')).toBe(words.text)
    await page.click('.summary a[href="#subject"]')
    await fill(page)
    await page.click('main button[type=submit]')
    await page.waitForURL('**/sent/**')
    expect(await page.textContent('.number strong')).toMatch(/^\d{4}-\d{6}$/)
  })

  it('asks for the name of a company when a company writes', async () => {
    const page = await tab({ javaScriptEnabled: false })
    await page.goto(`${app.url}/ru/write`)
    expect(await page.locator('label[for=name]').innerText()).toBe('Фамилия, имя, отчество')
    await page.check('#group-company')
    expect(await page.locator('label[for=name]').innerText()).toBe('Наименование организации')
    expect(await page.locator('label[for=identifier]').innerText()).toContain('БИН')
  })

  it('sends files while the rest is typed, says which are refused, and lets each be removed', async () => {
    const page = await tab()
    await page.goto(`${app.url}/ru/write`)
    await fill(page, { subject: 'С файлами' })
    const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
    await page.locator('file-picker input[type=file]').first().setInputFiles([file('первый.txt', 'раз'), file('второй.txt', 'два'), file('пустой.txt', '')])
    await page.locator('.picked [name=kept]').nth(1).waitFor({ state: 'attached' })
    await page.getByText('Файл «пустой.txt» пуст').waitFor()
    await page.getByRole('button', { name: 'Убрать: первый.txt' }).click()
    await page.getByRole('button', { name: 'Убрать: пустой.txt' }).click()
    await page.click('button.large')
    await page.waitForURL('**/sent/**')
    await page.goto(page.url().replace('/sent/', '/track/'))
    expect(await page.locator('ul.files a').allInnerTexts()).toEqual(['второй.txt'])
  })

  it('keeps a draft on the device, puts it back with a word about it, and forgets it once sent', async () => {
    const page = await tab()
    await page.goto(`${app.url}/ru/write`)
    await fill(page, { subject: 'Черновик' })
    await expect.poll(() => page.evaluate('localStorage.length')).toBe(1)
    await page.goto(`${app.url}/ru/write`)
    await page.getByText('Мы восстановили').waitFor()
    expect(await page.inputValue('#subject')).toBe('Черновик')
    expect(await page.isChecked('#kind-complaint')).toBe(true)
    await page.check('#consent')
    await page.click('button.large')
    await page.waitForURL('**/sent/**')
    await expect.poll(() => page.evaluate('localStorage.length')).toBe(0)
    await page.goto(`${app.url}/ru/write`)
    expect(await page.inputValue('#subject')).toBe('')
  })

  it('holds the form back while there is no connection, with all that was typed', async () => {
    const page = await tab()
    await page.goto(`${app.url}/ru/write`)
    await fill(page)
    await page.context().setOffline(true)
    await page.click('button.large')
    await page.getByText('Нет связи').waitFor()
    await page.context().setOffline(false)
    await page.click('button.large')
    await page.waitForURL('**/sent/**')
  })

  it('moves the reader to what is wrong', async () => {
    const page = await tab()
    await page.goto(`${app.url}/kk/write`)
    await page.click('button.large')
    await page.locator('.summary').waitFor()
    expect(await page.evaluate('document.activeElement.classList.contains("summary")')).toBe(true)
    await page.locator('.summary a[href="#subject"]').click()
    expect(await page.evaluate('document.activeElement.id')).toBe('subject')
  })
})
