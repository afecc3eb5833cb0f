import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, startApp, type RunningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'

let app: RunningApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.stop())

const ask = (body: unknown) => new Client(app).post('/tariffs/estimate', body)
const page = async (path: string) => {
  const response = await fetch(`${app.url}${path}`)
  return { status: response.status, text: (await response.text()).replaceAll('\u00A0', ' ') }
}

describe('the tariff calculator (п. 11.3.1)', () => {
  it('answers by the API with its working, every plan beside, cheapest first', async () => {
    const { status, body } = await ask({ service: 'electricity', quantity: 480, residents: 3, stove: false, on: '2026-11-23' })
    expect(status).toBe(200)
    expect(body.estimates.map((one: { plan: string; total: number }) => [one.plan, one.total])).toEqual([['flat', 1_341_888], ['tiers', 1_450_812]])
    expect(body.estimates[1]).toMatchObject({
      net: 1_250_700, vatPercent: 16, vat: 200_112, byNorm: false,
      lines: [{ what: 'tier', tier: 1, quantity: '300', price: 2300, net: 690_000 }, { tier: 2, quantity: '150' }, { tier: 3, quantity: '30', net: 112_200 }],
    })
    expect((await ask({ service: 'electricity', dayZone: '210', nightZone: '95,0', on: '2026-11-23' })).body.estimates[0]).toMatchObject({ plan: 'zones', total: 787_640 })
  })

  it.each<[string, Record<string, unknown>, string, string]>([
    ['nothing for electricity', {}, 'quantity', 'field_missing'], ['a word', { quantity: 'много' }, 'quantity', 'quantity_invalid'], ['less than nothing', { quantity: -1 }, 'quantity', 'quantity_invalid'],
    ['forty digits', { quantity: '1'.repeat(20) }, 'quantity', 'quantity_invalid'], ['a huge number', { quantity: 1e30 }, 'quantity', 'quantity_invalid'], ['a tenth of a thousandth of a half', { quantity: 0.00005 }, 'quantity', 'quantity_invalid'],
    ['one zone', { dayZone: 5 }, 'nightZone', 'field_missing'], ['no residents', { quantity: 1, residents: 0 }, 'residents', 'field_invalid'], ['a day that is none', { quantity: 1, on: '2026-02-31' }, 'on', 'field_invalid'],
    ['heat without meter and area', { service: 'heating' }, 'area', 'field_missing'],
  ])('is told clearly what is wrong with %s', async (_, more, field, code) => {
    const { status, body } = await ask({ service: 'electricity', ...more })
    expect([status, body.errors?.[0]?.field, body.errors?.[0]?.code]).toEqual([422, field, code])
  })

  it('says that a day has no tariff', async () => {
    expect((await ask({ service: 'electricity', quantity: 1, on: '2015-01-01' })).body.code).toBe('no_tariff')
  })

  it('shows an example in the OpenAPI text', async () => {
    const { body } = await new Client(app).get('/openapi.json')
    expect(JSON.stringify(body.paths['/tariffs/estimate'])).toContain('"quantity":480')
  })

  it('works on the site without a script: the address holds what was asked, faults stand at their fields', async () => {
    const found = await page('/ru/tariffs?service=electricity&count=1&quantity=480&residents=3&on=2026-11-23')
    expect(found.status).toBe(200)
    for (const words of ['14 508,12', '13 418,88', '1-й уровень', 'НДС 16', 'дешевле всего']) expect(found.text).toContain(words)
    const kk = await page('/kk/tariffs?service=heating&count=1&area=54,3&residents=2&on=2026-11-23')
    expect(kk.text).toContain('7 719,19')
    expect(kk.text).toContain('Норма бойынша')
    const wrong = await page('/ru/tariffs?service=electricity&count=1&quantity=%D0%BC%D0%BD%D0%BE%D0%B3%D0%BE&residents=3')
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Укажите число, например 480 или 54,3.')
    expect(wrong.text).toContain('value="много"')
    expect((await page('/ru/tariffs?service=%D0%B3%D0%B0%D0%B7')).status).toBe(200)
  })

  it('has no serious fault for whoever cannot see, light and dark, and never scrolls sideways', async () => {
    const browser = await openBrowser()
    try {
      for (const [language, colorScheme] of [['ru', 'light'], ['kk', 'dark']] as const) {
        const tab = await (await browser.newContext({ viewport: { width: 360, height: 720 }, colorScheme })).newPage()
        for (const query of ['', '?service=heating', '?service=electricity&count=1&quantity=480&residents=3', '?service=electricity&count=1&quantity=x']) {
          await tab.goto(`${app.url}/${language}/tariffs${query}`)
          const { violations } = await new AxeBuilder({ page: tab }).analyze()
          expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${query} ${id} ${nodes.map((node) => node.html).join(' ').slice(0, 200)}`)).toEqual([])
          expect(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth'), query).toBe(true)
        }
        await tab.context().close()
      }
    } finally {
      await browser.close()
    }
  }, 60_000)
})
