import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoSignIns, startApp, type RunningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { noSeriousFault, notSideways } from '../support/desk.ts'
import { query } from '../support/query.ts'

let app: RunningApp
let browser: Browser
beforeAll(async () => {
  app = await startApp({ env: { DEMO_ACCOUNTS: '24' } })
  browser = await openBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const today = Temporal.Now.plainDateISO('Asia/Almaty').toString()

async function sit(language: 'ru' | 'kk', width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
  const who = demoSignIns(app).find((one) => one.role === 'unit_head' && one.unit === 'skes-billing')!
  await context.request.post(`${app.url}/api/v1/session`, { data: { email: who.email, password: who.password } })
  await context.addInitScript(([chosen, scheme]) => { localStorage.setItem('jauap-desk-language', chosen!); localStorage.setItem('mantine-color-scheme-value', scheme!) }, [language, colorScheme])
  return context.newPage()
}

const seen = async (page: Page, where: string) => {
  await noSeriousFault(page, where)
  await notSideways(page, where)
}

describe.each([['ru', 1280, 'light'], ['kk', 360, 'dark']] as const)('the settlement clerk, %s, %i, %s', (language, width, scheme) => {
  const words = language === 'ru'
    ? { take: 'Загрузить', book: 'Провести', booked: 'проведён', knows: /не сходится/, unresolved: /Без счёта/, settle: 'Зачислить', source: 'Банк', start: /Рассчитать/, counted: 'посчитан, не проведён', posted: 'проведён' }
    : { take: 'Жүктеу', book: 'Өткізу', booked: 'өткізілді', knows: /сәйкес емесін/, unresolved: /Шоты жоқ/, settle: 'Есептеу', source: 'Банк', start: /есептеу$/, counted: 'есептелді, өткізілмеген', posted: 'өткізілді' }

  it('uploads a bank\'s file, sees what is wrong with it, books it, and settles what found no account (п. 11.3.1)', async () => {
    const page = await sit(language, width, scheme)
    await page.goto(`${app.url}/desk/payments`)
    const text = `Лицевой счёт;Сумма;Дата;Номер платежа\n1000001;1500,50;${today};${language}-1\nнет;700;${today};${language}-2\n1000004;ноль;${today};${language}-3\nИТОГО;;3000`
    await page.locator('input[type=file]').setInputFiles({ name: `${language}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByLabel(words.source, { exact: true }).fill('Банк')
    await seen(page, 'payments')
    await page.getByRole('button', { name: words.take, exact: true }).click()
    await page.waitForURL(/\/desk\/payments\/\d+/)
    await page.getByText('1000001').waitFor()
    await seen(page, 'batch')
    await page.getByRole('button', { name: words.book, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(words.knows).check()
    await dialog.getByRole('button', { name: words.book, exact: true }).click()
    await page.getByText(words.booked, { exact: true }).waitFor()
    await page.goto(`${app.url}/desk/payments`)
    await page.getByRole('tab', { name: words.unresolved }).click()
    await page.getByRole('button', { name: words.settle, exact: true }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('1000002')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await seen(page, 'unresolved')
    expect((await query<{ n: string }>(app.databaseUrl, `select count(*) as n from payments where reference like $1 and account_id is not null`, [`${language}-%`])).rows).toEqual([{ n: '2' }])
    await page.context().close()
  }, 60_000)

  it('settles a month: looks at what it comes to, decides what is odd, posts it (п. 11.3.1)', async () => {
    const page = await sit(language, width, scheme)
    // The town is settled to last month: in the second language the month after waits for its window, so the last is undone by hand.
    await query(app.databaseUrl, `update settlement_runs set posted_at = null, posted_by = null where id = (select max(id) from settlement_runs where cancelled_at is null)`)
    await page.goto(`${app.url}/desk/settlement`)
    await page.getByText(words.counted, { exact: true }).first().waitFor()
    await seen(page, 'settlement')
    await page.getByRole('link', { name: /20\d\d/ }).first().click()
    await page.getByText(words.counted, { exact: true }).waitFor()
    await seen(page, 'run')
    await page.getByRole('button', { name: words.book, exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: words.book, exact: true }).click()
    await page.getByText(words.posted, { exact: true }).first().waitFor()
    await page.context().close()
  }, 60_000)
})
