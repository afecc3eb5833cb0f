import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountWords } from '../../web/i18n/accounts.ts'
import { tariffWords } from '../../web/i18n/tariffs.ts'
import { startApp, type RunningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { deskOf as sit, noSeriousFault, notSideways, type Language } from '../support/desk.ts'
import { query } from '../support/query.ts'
import { sentReading, today } from './town.ts'

let app: RunningApp
let browser: Browser
let crew: Crew

beforeAll(async () => {
  ;[app, browser] = await Promise.all([startApp({ env: { DEMO_ACCOUNTS: '24' } }), openBrowser()])
  crew = await gatherCrew(app)
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const deskOf = (role: string, unit: string, language: Language, options = {}) => sit({ app, browser }, role, 'skes', language, unit, options)

describe('the office at consumers\' accounts (п. 11.3.1)', () => {
  it.each([['ru', '1000001', 1, {}], ['kk', '1000002', 2, { colorScheme: 'dark', viewport: { width: 360, height: 780 } }]] as const)('finds an account, enters a reading, decides an odd one, opens an account, corrects it (%s)', async (language, number, id, options) => {
    const words = accountWords[language]
    const { rows: [meter] } = await query<{ id: string; serial: string; last: string }>(app.databaseUrl, `
      select m.id, m.serial, l.value / 10000 as last from meters m cross join lateral (select value from readings where meter_id = m.id and accepted_at is not null order by taken_on desc, id desc limit 1) l
      where m.account_id = $1 and m.service = 'hot_water'`, [id])
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    const { rows: [electric] } = await query<{ id: string; last: string }>(app.databaseUrl, `
      select m.id, (select value / 10000 from readings where meter_id = m.id order by taken_on desc limit 1) as last from meters m where m.account_id = $1 and m.service = 'electricity'`, [id])
    for (const value of [Number(electric!.last) - 15, Number(electric!.last) + 40_000]) await sentReading(app, id, Number(electric!.id), value, 'Фото приложено', await crew.upload(crew.as('front_desk@skes/skes-service'), png, 'meter.png', 'image/png'))
    const consumer = await crew.consumer(`${language}@example.kz`)
    await consumer.post('/cabinet/link-requests', { number, words: 'Квитанцию потеряли' })

    const front = await deskOf('front_desk', 'skes-service', language, options)
    const { page } = front
    const fits = async (where: string) => { await noSeriousFault(page, where); await notSideways(page, where) }
    await front.go('accounts')
    await fits('the empty search')
    await page.getByRole('searchbox', { name: words.search }).fill(number)
    await page.getByRole('link', { name: new RegExp(number) }).waitFor()
    await fits('what was found')
    await page.getByRole('link', { name: new RegExp(number) }).click()
    await page.getByRole('heading', { level: 1, name: words.account(number) }).waitFor()
    await fits('the card')

    // A slip of the finger is asked about, put right, then kept.
    await page.getByRole('button', { name: `${words.enter} № ${meter!.serial}` }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: words.value }).fill('много')
    await dialog.getByRole('button', { name: words.save }).click()
    await dialog.getByText(language === 'ru' ? /Укажите число/ : /Санды көрсетіңіз/).waitFor()
    await dialog.getByRole('textbox', { name: words.value }).fill(String(Number(meter!.last) + 900))
    await dialog.getByRole('button', { name: words.save }).click()
    await dialog.getByText(words.doubtful).waitFor()
    await noSeriousFault(page, 'a doubtful reading')
    await dialog.getByRole('textbox', { name: words.value }).fill(String(Number(meter!.last) + 4))
    await dialog.getByRole('button', { name: words.save, exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText(`${words.kept}: ${words.used('4')}`).waitFor()

    await page.getByRole('button', { name: words.changeTerms }).click()
    await dialog.getByLabel(new RegExp(`^${words.residentsField}`)).fill('6')
    await dialog.getByRole('button', { name: words.save }).click()
    await dialog.getByLabel(new RegExp(`^${words.basis}`)).fill('Справка 5')
    await noSeriousFault(page, 'the form of residents')
    await dialog.getByRole('button', { name: words.save }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText(words.residentsCount(6)).first().waitFor()

    // Odd readings, by keys alone.
    await front.go('accounts/readings')
    await page.getByRole('article').nth(1).waitFor()
    await expect.poll(() => page.evaluate<boolean>("[...document.querySelectorAll('article img')].every((one) => one.complete && one.naturalWidth > 0)")).toBe(true)
    await fits('the queue of odd readings')
    await page.keyboard.press('j')
    await page.locator('article[data-active]').getByText(words.doubts.spike).waitFor()
    await page.keyboard.press('a')
    await page.getByRole('article').nth(1).waitFor({ state: 'detached' })
    await page.keyboard.press('r')
    await dialog.getByLabel(new RegExp(words.refuseWhy)).fill('На фото другое')
    await dialog.getByRole('button', { name: words.refuse }).click()
    await page.getByText(words.nothingWaits).waitFor()

    await front.go('accounts/requests')
    await page.getByRole('button', { name: `${words.grant}: ${language}@example.kz` }).click()
    await fits('a request to open an account')
    await dialog.getByRole('button', { name: words.grant }).click()
    await page.getByText(words.noRequests).waitFor()
    expect((await consumer.get('/cabinet/accounts')).body).toHaveLength(1)

    await front.go(`accounts/${id}`)
    await page.getByRole('button', { name: words.showSecret }).click()
    await dialog.getByLabel(new RegExp(words.identified)).fill('Удостоверение 012345678')
    await dialog.getByRole('button', { name: words.showSecret }).click()
    await page.getByText(words.secretPaper).waitFor()
    await fits('the code of an account')

    const file = join(app.dataDir, `readings-${language}.csv`)
    writeFileSync(file, `account;meter;value;day\n${number};${meter!.serial};${Number(meter!.last) + 5};${today().toString()}\n${number};нет;5;${today().toString()}\n`)
    await front.go('accounts/imports')
    await page.locator('input[type="file"]').setInputFiles(file)
    await page.getByRole('button', { name: words.take }).click()
    await page.getByText(words.resultLine(1, 0, 1)).waitFor()
    await page.getByText(language === 'ru' ? 'Такого прибора учёта на этом счёте нет.' : 'Бұл шотта мұндай есептегіш жоқ.').waitFor()
    await fits('the report of a file')
    await front.leave()

    const settler = await deskOf('executor', 'skes-billing', language, options)
    await settler.go(`accounts/${id}`)
    await settler.page.getByRole('button', { name: words.correct, exact: true }).click()
    const form = settler.page.getByRole('dialog')
    await settler.choose(form, words.service, new RegExp(tariffWords[language].services.waste))
    await form.getByLabel(new RegExp(`^${words.residentsField}`)).fill('9')
    await form.getByRole('button', { name: words.preview }).click()
    await form.getByText(new RegExp(words.difference)).waitFor()
    await noSeriousFault(settler.page, 'a recalculation')
    await notSideways(settler.page, 'a recalculation')
    await form.getByLabel(new RegExp(`^${words.reason}`)).fill('Прописано девять')
    await form.getByRole('button', { name: words.post }).click()
    await form.waitFor({ state: 'hidden' })
    await settler.page.getByText(/Прописано девять/).waitFor()
    await settler.leave()
  }, 150_000)
})
