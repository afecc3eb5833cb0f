import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { billPrintWords } from '../../web/i18n/bill-prints.ts'
import { startApp, type RunningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { deskOf, noSeriousFault, notSideways } from '../support/desk.ts'

let app: RunningApp
let browser: Browser
beforeAll(async () => {
  ;[app, browser] = await Promise.all([startApp({ env: { DEMO_ACCOUNTS: '24' } }), openBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const { SHOTS } = process.env

describe('printing the bills of a month at the desk (п. 11.3.1)', () => {
  it.each([['ru', 'light', 1280], ['kk', 'dark', 360]] as const)('a clerk chooses a house, watches, fetches the part, finds it again (%s, %s, %i px)', async (language, colorScheme, width) => {
    const words = billPrintWords[language]
    const clerk = await deskOf({ app, browser }, 'executor', 'skes', language, 'skes-billing')
    const { page } = clerk
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 800 })
    const settled = async (where: string) => {
      await page.waitForTimeout(400)
      await noSeriousFault(page, where)
      await notSideways(page, where)
      if (SHOTS) {
        mkdirSync(SHOTS, { recursive: true })
        await page.screenshot({ path: `${SHOTS}/${where}-${language}.png`, fullPage: true })
      }
    }
    await clerk.go('bills')
    if (language === 'ru') await page.getByText(words.none).waitFor()
    await page.getByText(words.scopes.building, { exact: true }).click()
    await expect(clerk.button(words.start).isDisabled()).resolves.toBe(true)
    await settled('bills')
    await page.getByRole('combobox', { name: words.building }).or(page.getByRole('textbox', { name: words.building })).first().fill('Абая')
    await page.getByRole('option', { name: /Абая/ }).first().click()
    await clerk.button(words.start).click()
    await page.getByRole('heading', { level: 1, name: /Абая/ }).waitFor()
    const link = page.getByRole('link', { name: words.download(1) })
    await link.waitFor()
    await page.getByText(words.states.done, { exact: true }).waitFor()
    await settled('bill-print')
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toMatch(/-001\.pdf$/)
    await page.getByRole('main').getByRole('link', { name: words.back, exact: true }).click()
    await page.getByRole('link', { name: /Абая/ }).first().waitFor()
    await settled('bills-again')
    await clerk.leave()
  }, 60_000)

  it('is not offered to those who do not settle months', async () => {
    const clerk = await deskOf({ app, browser }, 'registrar', 'skes', 'ru')
    await expect(clerk.page.getByRole('link', { name: billPrintWords.ru.title }).count()).resolves.toBe(0)
    await clerk.page.goto(`${app.url}/desk/bills`)
    await clerk.page.getByRole('alert').waitFor()
    await clerk.leave()
  }, 30_000)
})
