import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exchangeWords } from '../../web/i18n/exchange.ts'
import { startApp, type RunningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { deskOf as sit, noSeriousFault, notSideways } from '../support/desk.ts'

let app: RunningApp
let browser: Browser
beforeAll(async () => {
  ;[app, browser] = await Promise.all([startApp({ env: { DEMO_ACCOUNTS: '24' } }), openBrowser()])
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

describe('files of an outside billing system at the desk (п. 11.3.1)', () => {
  it.each([['ru', 'executor', 'skes', 'skes-billing', '8100', {}], ['kk', 'it_admin', 'ske', undefined, '8200', { colorScheme: 'dark', viewport: { width: 360, height: 780 } }]] as const)('are chosen, shown row by row, applied, found again, and taken out (%s, %s)', async (language, role, organization, unit, prefix, options) => {
    const words = exchangeWords[language]
    const desk = await sit({ app, browser }, role, organization, language, unit, options)
    const { page } = desk
    const fits = async (where: string) => { await noSeriousFault(page, where); await notSideways(page, where) }
    if (language === 'ru') await page.getByRole('link', { name: words.title, exact: true }).click()
    else await desk.go('exchange')
    await page.getByRole('heading', { level: 1, name: words.title }).waitFor()
    await page.getByText(words.master.own).waitFor()
    await fits('the exchange')

    const bring = page.getByRole('region', { name: words.bring })
    const choose = async (kind: keyof typeof words.kinds) => {
      await bring.getByRole('combobox', { name: words.what }).click()
      await page.getByRole('option', { name: words.kinds[kind] }).click()
    }
    await choose('charges')
    await bring.getByText(words.ownCharges).waitFor()
    expect(await bring.getByRole('button', { name: words.upload }).count()).toBe(0)
    await choose('accounts')

    const send = async (name: string, text: string) => {
      await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
      await bring.getByRole('button', { name: words.upload }).click()
    }
    await send('wrong.csv', 'number;colour\n1;2\n')
    await bring.getByRole('alert').filter({ hasText: 'colour' }).waitFor()
    await fits('a file that was refused')
    const file = `number;holder;address;flat;area;opened_on;residents;electricity\n${prefix}1;Ахметов Ерлан;г. Петропавловск, ул. Новая, ${prefix};1;54,3;2026-01-01;2;tiers\n${prefix}2;Ким Ольга;г. Петропавловск, ул. Новая, ${prefix};2;40;2026-01-01;1;flat\n${prefix}3;Без площади;г. Петропавловск, ул. Новая, ${prefix};3;много;завтра;99;flat\n`
    await send('accounts-of-november.csv', file)
    await page.getByRole('heading', { level: 1, name: 'accounts-of-november.csv' }).waitFor()
    await page.getByRole('status').filter({ hasText: words.states.staged }).waitFor()
    await page.getByRole('cell', { name: 'много' }).waitFor()
    await fits('what will happen')
    await page.getByRole('button', { name: `${words.will.new}: 2`, exact: true }).click()
    await page.getByRole('cell', { name: 'Ким Ольга' }).waitFor()
    const [report] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: words.refusedFile }).click()])
    expect(readFileSync(await report.path(), 'utf8')).toContain('много')
    await page.getByRole('button', { name: words.apply, exact: true }).click()
    await page.getByRole('status').filter({ hasText: new RegExp(`^${words.states.applied}$`) }).waitFor()
    await page.getByRole('button', { name: `${words.was.new}: 2`, exact: true }).waitFor()
    await fits('what happened')

    await page.getByRole('link', { name: words.back }).click()
    await page.getByRole('link', { name: 'accounts-of-november.csv' }).first().waitFor()
    await send('again.csv', file)
    await page.getByRole('button', { name: `${words.will.unchanged}: 2` }).waitFor()
    await page.getByText(words.nothing).waitFor()
    await page.getByRole('button', { name: words.cancel, exact: true }).click()
    await page.getByRole('status').filter({ hasText: words.states.cancelled }).waitFor()

    await page.getByRole('link', { name: words.back }).click()
    await send('moved-in.csv', file.replace('Ким Ольга', 'Ким Анна').replace(';40;', ';41;'))
    await page.getByRole('button', { name: `${words.will.changed}: 1` }).click()
    // What stands here is told beside what would take its place.
    for (const cell of [`Ким Анна ${words.before} Ким Ольга`, `41 ${words.before} 40`]) await page.getByRole('cell', { name: cell, exact: true }).waitFor()
    await fits('what will change')

    await page.getByRole('link', { name: words.back }).click()
    const take = page.getByRole('region', { name: words.take })
    await take.getByRole('combobox', { name: words.what }).click()
    await page.getByRole('option', { name: words.kinds.readings }).click()
    await take.getByLabel(words.since).fill('2026-01-01T00:00')
    await fits('an export')
    const [taken] = await Promise.all([page.waitForEvent('download'), take.getByRole('link', { name: `${words.take} CSV` }).click()])
    expect(readFileSync(await taken.path(), 'utf8').trim().split('\r\n').length).toBeGreaterThan(200)
    await desk.leave()
  }, 60_000)

  it('are not in the menu of others', async () => {
    const { page, leave } = await sit({ app, browser }, 'executor', 'skes', 'ru', 'skes-metering').then((desk) => ({ page: desk.page, leave: () => desk.leave() }))
    expect(await page.getByRole('link', { name: exchangeWords.ru.title, exact: true }).count()).toBe(0)
    await leave()
  })
})
