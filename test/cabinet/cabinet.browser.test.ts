import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page as Tab } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountSecret } from '../../server/ledger/account-secret.ts'
import type { Config } from '../../server/config.ts'
import { page, send, tokenOf, valueOf, type Page } from '../portal/portal-client.ts'
import { startApp, type Client, type RunningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { gatherCrew } from '../support/crew.ts'

let app: RunningApp
let browser: Browser
let nina: Client
const lastMonth = Temporal.Now.plainDateISO('Asia/Almaty').with({ day: 1 }).subtract({ months: 1 }).toPlainYearMonth().toString()
const secret = accountSecret({ secret: 'a secret of the tests, long enough to be taken' } as Config, { id: 10, secret_version: 1 })

beforeAll(async () => {
  app = await startApp({ env: { DEMO_ACCOUNTS: '24' } })
  nina = await (await gatherCrew(app)).consumer('nina.cabinet@example.kz')
  browser = await openBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const look = (path: string): Promise<Page> => page(app, path, { cookie: nina.cookie })
const fill = (path: string, fields: Record<string, string | readonly (string | File)[]>): Promise<Page> => send(app, path, fields, { cookie: nina.cookie })
const textOf = ({ html }: Page) => html.replace(/<[^>]+>/g, ' ').replaceAll(/[\s\u00A0]+/g, ' ')

describe('the cabinet without a script (п. 11.3.1)', () => {
  it('begins with the account\'s number and the code of its bill; a wrong one stands at its field with what was typed', async () => {
    expect((await page(app, '/ru/my')).location).toBe('/ru/sign-in')
    expect((await page(app, '/ru/my/go/readings')).location).toBe('/ru/sign-in?to=%2Fmy%2Fgo%2Freadings')
    const wrong = await fill('/ru/my/link', { number: '1000010', code: 'AAAA-AAAA' })
    expect([wrong.status, valueOf(wrong, 'number')]).toEqual([422, '1000010'])
    expect(textOf(wrong)).toContain('Номер счёта и код с квитанции не подходят друг к другу.')
    const linked = await fill('/ru/my/link', { number: '1000010', code: secret })
    expect([linked.status, linked.location]).toEqual([303, '/ru/my/10?done=linked'])
    expect((await look('/kk/my/go/readings')).location).toBe('/kk/my/10/readings')
    expect((await look('/ru/my/11')).status).toBe(404)
    expect((await look('/ru/my/nothing')).status).toBe(404)
  })

  it('takes readings, asks about an odd one under its own field, and keeps what is right beside it', async () => {
    const form = await look('/ru/my/10/readings')
    const [day, , hot] = [...form.html.matchAll(/id="((?:value|night)-\d+)"/g)].map(([, id]) => id!)
    const seen = Object.fromEntries([...form.html.matchAll(/name="(seen-\d+)" value="(\d*)"/g)].map(([, name, value]) => [name!, value!]))
    const last = [...textOf(form).matchAll(/прошлое: (\d+)/g)].map(([, value]) => Number(value))
    const token = valueOf(form, 'token')!
    const fields = { token, ...seen, [day!]: String(last[0]! + 40), [day!.replace('value', 'night')]: String(last[1]! + 20), [hot!]: '1' }
    const asked = await fill('/ru/my/10/readings', fields)
    expect(asked.status).toBe(422)
    expect(textOf(asked)).toContain('Показания приняты')
    expect(textOf(asked)).toContain('меньше прошлого')
    const id = hot!.replace('value-', '')
    const answered = await fill('/ru/my/10/readings', { token, ...seen, [hot!]: '1', [`confirmed-${id}`]: 'yes', [`reason-${id}`]: 'Поставили новый' })
    expect([answered.status, answered.location]).toEqual([303, '/ru/my/10/readings?done=waits'])
    expect(textOf(await look('/kk/my/10/readings'))).toContain('тексеруде')
    expect(textOf(await fill('/kk/my/10/readings', { token }))).toContain('Кемінде бір көрсеткіш енгізіңіз')
    expect(textOf(await fill('/ru/my/10/readings', { token, act: 'check', [hot!]: 'много' }))).toContain('Укажите число')
  })

  it('disputes a line: worked out again first, then sent as an appeal with a number and a term', async () => {
    const path = `/ru/my/10/bills/${lastMonth}/dispute?service=waste&kind=charge&residents=1`
    expect(textOf(await look(path))).toMatch(/С вашими данными: [\d ,]+ ₸/)
    const token = valueOf(await look(path), 'token')!
    const fields = { token, service: 'waste', kind: 'charge', residents: '1', subject: 'Не согласен', text: 'Живу один.' }
    expect((await fill(`/ru/my/10/bills/${lastMonth}/dispute`, { ...fields, text: '' })).status).toBe(422)
    const sent = await fill(`/ru/my/10/bills/${lastMonth}/dispute`, fields)
    expect(sent.location).toMatch(/^\/ru\/my\/messages\?to=skes&sent=/)
    expect((await fill(`/ru/my/10/bills/${lastMonth}/dispute`, fields)).location, 'the same press').toBe(sent.location)
    const thread = textOf(await look(sent.location))
    for (const words of ['Письмо принято: обращение №', 'Живу один.', 'Оспаривается строка: Вывоз мусора', 'Лицевой счёт № 1000010']) expect(thread).toContain(words)
  })

  it('writes to an organization, one thread each', async () => {
    const token = await tokenOf(app, '/ru/write')
    const sent = await fill('/kk/my/messages', { token, to: 'pts', account: '10', kind: 'question', subject: 'Жылу', text: 'Қашан жылытасыздар?' })
    expect(sent.location).toMatch(/^\/kk\/my\/messages\?to=pts/)
    expect(textOf(await look('/kk/my/messages?to=pts'))).toContain('Қашан жылытасыздар?')
    expect(textOf(await look('/kk/my/messages?to=ske'))).toContain('Хат әлі болған жоқ')
  })
})

describe('the cabinet in a browser', () => {
  const open = async (width: number, colorScheme: 'light' | 'dark'): Promise<Tab> => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
    const [name, value] = nina.cookie.split('=')
    await context.addCookies([{ name: name!, value: value!, url: app.url }])
    return context.newPage()
  }

  it.each([['ru', 360, 'dark'], ['kk', 1280, 'light']] as const)('has no serious fault for whoever cannot see, and never scrolls sideways: %s, %i, %s', async (language, width, scheme) => {
    const tab = await open(width, scheme)
    const paths = ['', '/10', '/10/readings', '/10/bills', `/10/bills/${lastMonth}`, `/10/bills/${lastMonth}/dispute?service=electricity`, '/10/card', '/10/payments', '/10/consumption', '/10/access', '/messages', '/messages/write']
    for (const path of paths) {
      await tab.goto(`${app.url}/${language}/my${path}`)
      const { violations } = await new AxeBuilder({ page: tab }).analyze()
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${path} ${id} ${nodes.map((node) => node.html).join(' ').slice(0, 240)}`)).toEqual([])
      expect(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true)
      // A record is read without pushing it sideways either, on the narrowest screen.
      expect(await tab.evaluate(`[...document.querySelectorAll('.wide-table:has(.records)')].every((one) => one.scrollWidth <= one.clientWidth)`), path).toBe(true)
    }
    await tab.context().close()
  }, 60_000)

  it('counts a reading while it is typed', async () => {
    const tab = await open(360, 'light')
    await tab.goto(`${app.url}/ru/my/10/readings`)
    const field = tab.locator('input[id^=value-]').last()
    const last = Number(/прошлое: (\d+)/.exec((await tab.locator('fieldset').last().textContent()) ?? '')?.[1])
    await field.fill(String(last + 3))
    await tab.locator('fieldset').last().getByText('расход 3 м³').waitFor()
    await tab.context().close()
  })
})
