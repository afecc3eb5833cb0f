import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type RunningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { pdf } from '../support/sample-files.ts'

let app: RunningApp
let browser: Browser
beforeAll(async () => {
  app = await startApp()
  browser = await openBrowser()
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function tab(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 360, height: 720 }, ...options })).newPage()
  page.setDefaultTimeout(8_000)
  return page
}
const letter = { name: 'письмо.pdf', mimeType: 'application/pdf', buffer: pdf }

describe('the e-chancellery and the forms in a real browser (п. 4.1, 11.3.4)', () => {
  it('take a company\'s letter with scripts switched off: faults at their fields, the letter kept, then its number', async () => {
    const page = await tab({ javaScriptEnabled: false })
    await page.goto(`${app.url}/ru/`)
    await page.click('main a[href="/ru/e-chancellery"]')
    await page.click('main a[href="/ru/e-chancellery/pts"]')
    await page.setInputFiles('#files', letter)
    await page.check('#group-company')
    await page.fill('#companyName', 'ТОО «Ромашка»')
    await page.click('main button[type=submit]')
    const summary = await page.innerText('.summary')
    for (const label of ['Исходящий номер', 'Дата исходящего', 'Телефон']) expect(summary).toContain(label)
    expect(await page.inputValue('#companyName')).toBe('ТОО «Ромашка»')
    expect(await page.innerText('.kept')).toContain('письмо.pdf')
    await page.check('#kind-claim')
    await page.check('#answerWay-pickup')
    for (const [id, value] of Object.entries({ subject: 'Нет тепла в цехе', outgoingNumber: '12/3', outgoingOn: '2026-01-20', phone: '8 7152 46 00 00' })) await page.fill(`#${id}`, value)
    await page.check('#consent')
    await page.click('main button[type=submit]')
    expect(page.url()).toContain('/ru/sent/')
    await page.goto(page.url().replace('/sent/', '/track/'))
    expect(await page.innerText('main')).toContain('Нет тепла в цехе')
    await page.context().close()
  })

  it('have no serious fault for assistive technology and never scroll sideways, light and dark, in either language', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await tab({ colorScheme })
      for (const path of ['/ru/e-chancellery', '/kk/e-chancellery/skrec', '/ru/e-chancellery/pts', '/ru/forms', '/kk/forms/3', '/ru/forms/4']) {
        await page.goto(app.url + path)
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        expect(grave.map(({ id, nodes }) => `${path} ${colorScheme}: ${id} ${nodes.map((node) => node.html).join(' ').slice(0, 300)}`)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true)
      }
      await page.context().close()
    }
  })
})
