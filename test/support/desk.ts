import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { deskWords } from '../../web/desk/words.ts'
import { vocabulary } from '../../web/i18n/vocabulary.ts'
import { demoSignIns, type RunningApp } from './app.ts'

export type Language = 'ru' | 'kk'
type Stage = { readonly app: RunningApp; readonly browser: Browser }

/** A page whose script errors and refused resources fail the test. */
export async function openPage(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => { if (/Content Security Policy|Refused/.test(message.text())) faults.push(message.text()) })
  return { page, context, faults }
}

export async function noSeriousFault(page: Page, where: string): Promise<void> {
  // What is fading in is faint for a moment; what never ends (a progress bar) is not waited for, nor a notice that begins to fade while it is looked at.
  await page.evaluate('Promise.allSettled(document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity).map((one) => one.finished)).then(() => null)')
  const { violations } = await new AxeBuilder({ page }).exclude('.mantine-Notification-root').analyze()
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  expect(serious.map((v) => `${where}: ${v.id} — ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`)).toEqual([])
}

export async function notSideways(page: Page, where: string): Promise<void> {
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  expect(wide, `${where} scrolls sideways`).toBeLessThanOrEqual(0)
}

/** Somebody of the staff at their desk. */
export class Desk {
  readonly page: Page
  readonly language: Language
  readonly faults: string[]
  readonly #url: string
  constructor(url: string, page: Page, language: Language, faults: string[]) {
    this.#url = url
    this.page = page
    this.language = language
    this.faults = faults
  }

  get words() { return deskWords[this.language] }
  get named() { return vocabulary[this.language] }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.#url}/desk/${path}`)
    await this.page.getByRole('heading', { level: 1 }).first().waitFor()
  }

  /** Opens an appeal from «my work», as the person whose step it is would. */
  async open(number: string): Promise<void> {
    await this.page.goto(`${this.#url}/desk/`)
    await this.page.getByRole('link', { name: new RegExp(number) }).first().click()
    await this.page.getByRole('heading', { level: 1, name: number }).waitFor()
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }).first()
  }

  /** Presses a step's button, fills its form and sends it. */
  async act(action: keyof typeof vocabulary.ru.actions, fill: (form: ReturnType<Page['getByRole']>) => Promise<void> = async () => {}): Promise<void> {
    const label = this.named.actions[action]
    await this.button(label).click()
    const form = this.page.getByRole('dialog')
    await fill(form)
    await form.getByRole('button', { name: label, exact: true }).click()
    await form.waitFor({ state: 'hidden' })
  }

  async choose(form: ReturnType<Page['getByRole']> | Page, label: string | RegExp, option: RegExp): Promise<void> {
    await form.getByRole('combobox', { name: label }).or(form.getByRole('textbox', { name: label })).first().click()
    await this.page.getByRole('option', { name: option }).first().click()
  }

  /** Nothing went wrong behind the screen; the window is closed. */
  async leave(): Promise<void> {
    expect(this.faults).toEqual([])
    await this.page.context().close()
  }
}

/** Somebody signs in, in their language. */
export async function deskOf({ app, browser }: Stage, role: string, organization: string, language: Language, unit?: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Desk> {
  const who = demoSignIns(app).find((one) => one.role === role && one.organization === organization && (!unit || one.unit === unit))!
  const { page, faults } = await openPage(browser, options)
  await page.addInitScript((kept) => localStorage.setItem('jauap-desk-language', kept), language)
  await page.goto(`${app.url}/desk/`)
  await page.locator('input[type="email"]').fill(who.email)
  await page.locator('input[type="password"]').fill(who.password)
  await page.locator('button[type="submit"]').click()
  await page.getByRole('heading', { level: 1, name: deskWords[language].myWork }).waitFor()
  return new Desk(app.url, page, language, faults)
}
