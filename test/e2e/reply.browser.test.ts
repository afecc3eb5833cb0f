import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replyWords } from '../../web/i18n/reply.ts'
import { startApp, type RunningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { deskOf as sit, noSeriousFault, notSideways, type Desk, type Language } from '../support/desk.ts'

let app: RunningApp
let browser: Browser
let crew: Crew
/** NCANode, as it answers a good signature of the organization. */
let node: Server

beforeAll(async () => {
  node = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(JSON.stringify({
      valid: true, signers: [{ certificates: [{ valid: true, keyUsage: 'SIGN', subject: { commonName: 'ЖҰМАБАЕВ ЕРЛАН', iin: '700101300000', bin: '990340000002' } }] }],
    })))
  })
  await new Promise<void>((done) => node.listen(0, '127.0.0.1', done))
  ;[app, browser] = await Promise.all([startApp({ env: { NCANODE_URL: `http://127.0.0.1:${(node.address() as AddressInfo).port}` } }), openBrowser()])
  crew = await gatherCrew(app)
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  node?.close()
})

const deskOf = (role: string, organization: string, language: Language = 'ru', unit?: string, options = {}) => sit({ app, browser }, role, organization, language, unit, options)
const saved = (desk: Desk) => desk.page.getByText(new RegExp(`^${desk.words.saved} \\d`)).waitFor()

/** A paper at its executor's desk. */
async function toDraft(changes: Record<string, unknown> = {}): Promise<{ id: number; number: string }> {
  const written = await crew.registerPaper(changes)
  const clerk = crew.as('registrar@skes')
  await crew.act(clerk, written.id, '/send-for-resolution')
  await crew.act(crew.director, written.id, '/resolution', { text: 'Рассмотреть', units: ['skes-billing'], dueOn: written.dueOn })
  await crew.act(clerk, written.id, '/tasks', { controller: crew.member('controller@skes').id })
  await crew.act(crew.billing.head, written.id, '/tasks/1/executor', { executor: crew.billing.executor.id })
  return written
}

describe('an answer, from the first word to the post (п. 7.1–7.8)', () => {
  it.each(['ru', 'kk'] as const)('п. 7.1–7.7 is written, corrected, endorsed, put on the letterhead, signed by ЭЦП and posted in a registry (%s)', async (language) => {
    const words = replyWords[language]
    const { id, number } = await toDraft({ language, subject: language === 'kk' ? 'Екі рет есептелді' : 'Начислили дважды' })
    const executor = await deskOf('executor', 'skes', language, 'skes-billing')
    await executor.open(number)
    const editor = executor.page.getByRole('textbox', { name: words.editor })
    await editor.click()
    const type = executor.page.keyboard
    await type.type(language === 'kk' ? 'Есептегішіңіздің көрсеткіштерін тексердік, есеп түзетілді.' : 'Мы проверили показания вашего прибора учёта и исправили начисление.')
    await type.press('Enter')
    await executor.button(words.bullets).click()
    await type.type('4 500 ₸')
    await executor.page.getByText(words.findings.no_way_to_appeal).waitFor()
    await executor.button(words.addAppealPhrase).click()
    await executor.page.getByText(words.gateClear).waitFor()
    await saved(executor)
    await noSeriousFault(executor.page, 'the editor')
    await executor.page.getByText(words.preview, { exact: true }).first().click()
    await executor.page.getByRole('img', { name: new RegExp(words.preview) }).waitFor()
    await executor.page.getByText(words.writing, { exact: true }).first().click()
    await executor.button(executor.named.actions.submit_version).click()
    await executor.page.getByText(executor.words.waitsVote, { exact: true }).waitFor()

    const head = await deskOf('unit_head', 'skes', language, 'skes-billing')
    await head.open(number)
    await head.act('return_version', async (form) => {
      await form.getByLabel(new RegExp(head.words.comment)).first().fill('4 800 ₸')
      const text = form.getByRole('textbox', { name: new RegExp(head.words.correction) })
      await text.click()
      await head.page.keyboard.press('Control+End')
      await head.page.keyboard.type(' 4 800 ₸')
    })
    await executor.open(number)
    await expect.poll(() => editor.innerText()).toContain('4 800 ₸')
    await executor.button(executor.named.actions.submit_version).click()
    await executor.page.getByText(executor.words.waitsVote, { exact: true }).waitFor()
    await executor.leave()
    await head.open(number)
    await head.page.locator('ins.diff').first().waitFor({ state: 'attached' }).catch(() => {})
    await head.act('endorse')
    await head.leave()

    const director = await deskOf('executive', 'skes', language)
    await director.open(number)
    await director.act('endorse')

    const clerk = await deskOf('registrar', 'skes', language)
    await clerk.open(number)
    await clerk.act('issue_letter')
    await clerk.page.getByText(/ИСХ-СЭС-\d{5}/).first().waitFor()
    await clerk.page.getByText(new RegExp(words.unsigned)).first().waitFor()
    await noSeriousFault(clerk.page, 'the card with a letter')

    // NCALayer on the signer's own machine, by its own protocol.
    await director.page.routeWebSocket('wss://127.0.0.1:13579', (socket) => {
      socket.send(JSON.stringify({ result: { version: '1.4' } }))
      socket.onMessage((message) => {
        const { module: asked, method, args } = JSON.parse(String(message)) as { module: string; method: string; args?: { format?: string; data?: string } }
        if (asked !== 'kz.gov.pki.knca.basics' || method !== 'sign') return socket.send(JSON.stringify({ status: false, code: '404' }))
        socket.send(JSON.stringify({ status: true, body: { result: [Buffer.from(`signed ${args?.format} ${args?.data?.length}`).toString('base64')] } }))
      })
    })
    await director.open(number)
    await director.button(director.named.actions.sign_letter).click()
    const dialog = director.page.getByRole('dialog')
    await dialog.getByRole('img').first().waitFor()
    await dialog.getByLabel(words.ways.eds).check()
    await dialog.getByRole('button', { name: words.signEds }).click()
    await dialog.waitFor({ state: 'hidden' })
    await director.page.getByText('ЖҰМАБАЕВ ЕРЛАН').first().waitFor()
    await director.leave()

    await clerk.go('outgoing')
    await clerk.page.getByRole('tab', { name: words.stages.dispatch }).click()
    await clerk.page.getByLabel(words.choose(number)).check()
    await clerk.button(words.makeRegistry(1)).click()
    await clerk.page.getByRole('heading', { level: 1, name: new RegExp(words.registry('').trim()) }).or(clerk.page.getByRole('heading', { level: 1 })).first().waitFor()
    await clerk.page.getByLabel(new RegExp(`^${words.postNumber}`)).fill('RR123456789KZ')
    await noSeriousFault(clerk.page, 'a registry of the post')
    await clerk.button(words.post).click()
    await clerk.page.getByText(/RR123456789KZ/).first().waitFor()
    expect((await crew.cardOf(crew.as('registrar@skes'), id)).state).toBe('closed')

    await clerk.page.goto(`${app.url}/desk/appeals/${id}`)
    await clerk.act('report_bounce', (form) => form.getByLabel(new RegExp(clerk.words.reason)).fill('Адресат выбыл'))
    await clerk.page.getByText('Адресат выбыл').first().waitFor()
    await clerk.act('dispatch_reply', async (form) => {
      await form.getByLabel(clerk.named.answerWays.phone).check()
      await form.getByLabel(new RegExp(clerk.words.said)).fill('Рассказали по телефону')
    })
    await expect.poll(async () => (await crew.cardOf(crew.as('registrar@skes'), id)).state).toBe('closed')
    await clerk.act('reopen', (form) => form.getByLabel(new RegExp(clerk.words.reason)).fill('Рано'))
    await expect.poll(async () => (await crew.cardOf(crew.as('registrar@skes'), id)).state).toBe('dispatched')
    await clerk.leave()
  }, 150_000)

  it('п. 7.3 the first executor takes in what the others wrote', async () => {
    const { id } = await crew.places.shared()
    await crew.act(crew.as('executor@skes/skes-metering'), id, '/tasks/1/contributions', { text: 'Показания сняты 20.11, верны' })
    const lead = await deskOf('executor', 'skes', 'ru', 'skes-billing')
    await lead.page.goto(`${app.url}/desk/appeals/${id}`)
    await lead.button(replyWords.ru.insert).click()
    await expect.poll(() => lead.page.getByRole('textbox', { name: replyWords.ru.editor }).innerText()).toContain('Показания сняты 20.11, верны')
    await lead.leave()
  }, 40_000)

  it('п. 7.4–7.5 a deputy endorses for whoever is away', async () => {
    const words = replyWords.kk
    const head = await deskOf('unit_head', 'skes', 'kk', 'skes-billing')
    await head.go('profile')
    await head.choose(head.page, new RegExp(words.deputy), /Отырықшы|Учёт|./)
    await head.page.getByRole('region', { name: words.deputies }).getByLabel(new RegExp(`^${words.to}`)).fill(Temporal.Now.plainDateISO('Asia/Almaty').add({ days: 3 }).toString())
    await head.button(words.name).click()
    await head.button(words.endDeputy).waitFor()
    await noSeriousFault(head.page, 'deputies')
    await head.button(words.endDeputy).click()
    await head.button(words.endDeputy).waitFor({ state: 'hidden' })
    await head.leave()
  }, 40_000)

  it('what was found at the gate is sent only with a reason', async () => {
    const words = replyWords.ru
    const { id, number } = await crew.places.reply_approved({ subject: 'Без приложения' })
    await crew.act(crew.head, id, '/reply/return', { comment: 'Дополните' })
    const specialist = crew.member('executor@pts/pts-consumers')
    await crew.act(specialist.client, id, '/tasks/1/versions', { body: 'Расчёт прилагаем, порыв на теплотрассе устранён.' })
    await crew.act(crew.as('unit_head@pts/pts-consumers'), id, '/tasks/1/endorsement', { version: 2 })
    await crew.act(crew.as('executive@pts'), id, '/tasks/1/endorsement', { version: 2 })
    await crew.act(crew.head, id, '/tasks/1/explanation/acceptance', { asReply: true })
    const head = await deskOf('contact_centre_head', 'skes')
    await head.open(number)
    await head.button(head.named.actions.dispatch_reply).click()
    const dialog = head.page.getByRole('dialog')
    const send = dialog.getByRole('button', { name: head.named.actions.dispatch_reply, exact: true })
    await dialog.getByText(words.findings.attachment_missing).first().waitFor()
    await expect(send.isDisabled()).resolves.toBe(true)
    for (const field of await dialog.getByLabel(new RegExp(words.overrideWhy)).all()) await field.fill('Передан лично')
    await noSeriousFault(head.page, 'the gate')
    await send.click()
    await dialog.waitFor({ state: 'hidden' })
    await head.leave()
  }, 60_000)
})

it.each([['ru', 'light', 1280], ['kk', 'dark', 360]] as const)('no screen of answers has a serious fault for whoever cannot see or use a mouse (%s, %s, %i px)', async (language, colorScheme, width) => {
  await crew.places.letter_signed()
  const clerk = await deskOf('registrar', 'skes', language)
  await clerk.page.emulateMedia({ colorScheme })
  await clerk.page.setViewportSize({ width, height: 800 })
  for (const path of ['outgoing', 'outgoing/registries', 'profile']) {
    await clerk.go(path)
    await clerk.page.waitForTimeout(400)
    await noSeriousFault(clerk.page, `/desk/${path}`)
    await notSideways(clerk.page, `/desk/${path}`)
  }
  const { id } = await crew.places.drafting()
  const executor = await deskOf('executor', 'skes', language, 'skes-billing')
  await executor.page.emulateMedia({ colorScheme })
  await executor.page.setViewportSize({ width, height: 800 })
  await executor.page.goto(`${app.url}/desk/appeals/${id}`)
  await executor.page.getByRole('textbox', { name: replyWords[language].editor }).waitFor()
  await noSeriousFault(executor.page, 'the card with its editor')
  await notSideways(executor.page, 'the card with its editor')
  for (const one of [clerk, executor]) await one.leave()
}, 60_000)
