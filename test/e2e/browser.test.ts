import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, feedback, startApp, type RunningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { deskOf, noSeriousFault, notSideways, openPage } from '../support/desk.ts'

let app: RunningApp
let browser: Browser

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function fillForm(page: Page, changes: Record<string, string> = {}): Promise<void> {
  const fields = {
    name: 'Тлеуов Бекзат Маратұлы', address: 'Петропавл қ., Жамбыл к-сі, 12', email: 'bekzat@example.kz', phone: '8 701 123 45 67',
    subject: 'Есептегішті тексеру', text: 'Есептегіштің көрсеткіштері дұрыс емес деп ойлаймын.', ...changes,
  }
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value)
  await page.locator('[name="kind"][value="complaint"]').check({ force: true })
  await page.locator('[name="answerWay"][value="email"]').check({ force: true })
  await page.locator('[name="consent"]').check({ force: true })
}

const send = (page: Page) => page.locator('form button[type="submit"]').last().click()

/** The number and the tracking address, as the page after sending shows them. */
async function sent(page: Page): Promise<{ number: string; code: string }> {
  await page.waitForURL(/\/sent\//)
  const [, number = '', code = ''] = /\/sent\/([^/]+)\/([^/?]+)/.exec(page.url()) ?? []
  await expect(page.locator('main').innerText()).resolves.toContain(decodeURIComponent(number))
  return { number: decodeURIComponent(number), code }
}

describe('in a browser', () => {
  it('a consumer without JavaScript writes, is told what is wrong without losing a word, and follows the number (п. 11.6.2–11.6.5)', async () => {
    const { page, context } = await openPage(browser, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
    await page.goto(`${app.url}/ru/write`)
    await fillForm(page, { email: 'не адрес', subject: 'Начислили дважды', text: 'В счёте за октябрь начислено дважды.' })
    await send(page)
    await expect(page.locator('[name="email"]').getAttribute('aria-invalid')).resolves.toBe('true')
    await expect(page.locator('[name="text"]').inputValue()).resolves.toBe('В счёте за октябрь начислено дважды.')
    await page.locator('[name="email"]').fill('petr@example.kz')
    await page.locator('input[type="file"]').first().setInputFiles({ name: 'счёт.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n') })
    await send(page)
    const { number, code } = await sent(page)
    await page.goto(`${app.url}/ru/track/${number}/${code}`)
    const shown = await page.locator('main').innerText()
    expect(shown).toContain('Начислили дважды')
    expect(shown).toContain('счёт.pdf')
    await page.goto(`${app.url}/ru/track/${number}`)
    expect(await page.locator('main').innerText()).not.toContain('Начислили дважды')
    await context.close()
  })

  it.each(['kk', 'ru'] as const)('an appeal goes the whole way on the desk in %s, and its answer is read on the tracking page (п. 11.6.8–11.6.13)', async (language) => {
    const consumer = await openPage(browser)
    await consumer.page.goto(`${app.url}/${language}/erc/write`)
    await fillForm(consumer.page)
    await send(consumer.page)
    const { number, code } = await sent(consumer.page)

    const head = await deskOf({ app, browser }, 'contact_centre_head', 'skes', language)
    await head.open(number)
    await head.act('send_for_resolution')

    const director = await deskOf({ app, browser }, 'executive', 'skes', language)
    await director.open(number)
    await director.act('impose_resolution', async (form) => {
      await director.choose(form, new RegExp(director.words.units), language === 'kk' ? /есеп айырысу/ : /расчётов/)
    })

    await head.open(number)
    await head.act('assign_task')
    const unitHead = await deskOf({ app, browser }, 'unit_head', 'skes', language, 'skes-billing')
    await unitHead.open(number)
    await unitHead.act('name_executor', (form) => unitHead.choose(form, new RegExp(unitHead.words.executor), /Иванова/))

    const executor = await deskOf({ app, browser }, 'executor', 'skes', language, 'skes-billing')
    await executor.open(number)
    const answer = language === 'kk' ? 'Есептегішіңізді тексердік: көрсеткіштер дұрыс. Жауапқа шағымдануға құқылысыз.' : 'Мы проверили прибор: показания верны. Ответ можно обжаловать.'
    await executor.page.getByLabel(executor.words.editor).fill(answer)
    await executor.page.getByText(new RegExp(`^${executor.words.saved}`)).waitFor()
    await executor.page.getByRole('button', { name: executor.named.actions.submit_version }).click()
    await executor.page.getByText(executor.words.waitsVote, { exact: true }).waitFor()

    await unitHead.open(number)
    await unitHead.act('return_version', (form) => form.getByLabel(new RegExp(unitHead.words.comment)).fill('Толығырақ / Подробнее'))
    await executor.open(number)
    await executor.page.getByLabel(executor.words.editor).fill(`${answer} 23.11.2026`)
    await executor.page.getByRole('button', { name: executor.named.actions.submit_version }).click()
    await executor.page.getByText(executor.words.waitsVote, { exact: true }).waitFor()
    await unitHead.open(number)
    await unitHead.act('endorse')
    await director.open(number)
    await director.act('endorse')

    await head.open(number)
    await head.act('dispatch_reply')
    await expect.poll(async () => {
      await consumer.page.goto(`${app.url}/${language}/track/${number}/${code}`)
      return consumer.page.locator('main').innerText()
    }, { timeout: 15_000 }).toContain(`${answer} 23.11.2026`)
    await noSeriousFault(consumer.page, 'tracking with an answer')
    for (const one of [head, director, unitHead, executor, consumer]) {
      expect(one.faults).toEqual([])
      await one.page.context().close()
    }
  }, 120_000)

  it('what changes appears on the desk by itself', async () => {
    const head = await deskOf({ app, browser }, 'contact_centre_head', 'skes', 'ru')
    const { page, context } = await openPage(browser)
    await page.goto(`${app.url}/ru/write`)
    await fillForm(page, { subject: 'Живое обновление' })
    await send(page)
    const { number } = await sent(page)
    await head.page.getByRole('link', { name: new RegExp(number) }).waitFor()
    await head.page.context().close()
    await context.close()
  })

  it.each([['ru', 'light', 1280], ['kk', 'dark', 360]] as const)('no page has a serious fault for whoever cannot see or use a mouse (%s, %s, %i px)', async (language, colorScheme, width) => {
    const { page, context, faults } = await openPage(browser, { viewport: { width, height: 800 }, colorScheme })
    for (const path of ['', 'erc/', 'write', 'track', 'sign-in', 'consent', 'rules']) {
      await page.goto(`${app.url}/${language}/${path}`)
      await noSeriousFault(page, `/${language}/${path}`)
      await notSideways(page, `/${language}/${path}`)
    }
    await context.close()
    expect(faults).toEqual([])
    await new Client(app).post('/appeals', feedback())
    const desk = await deskOf({ app, browser }, 'contact_centre_head', 'skes', language)
    await desk.page.emulateMedia({ colorScheme })
    await desk.page.setViewportSize({ width, height: 800 })
    for (const path of ['', 'appeals', 'journal', 'messages', 'profile']) {
      await desk.page.goto(`${app.url}/desk/${path}`)
      await desk.page.getByRole('heading', { level: 1 }).waitFor()
      // Live updates keep a connection open, so the network is never idle.
      await desk.page.waitForTimeout(400)
      await noSeriousFault(desk.page, `/desk/${path}`)
    }
    await desk.page.goto(`${app.url}/desk/`)
    await desk.page.getByRole('link', { name: /2026-/ }).first().click()
    await desk.page.getByRole('heading', { level: 1, name: /2026-/ }).waitFor()
    await noSeriousFault(desk.page, 'the card')
    await desk.page.context().close()
  }, 120_000)
})
