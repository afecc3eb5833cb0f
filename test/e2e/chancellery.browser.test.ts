import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paperCode } from '../../regulation/paper-code.ts'
import { bookWords } from '../../web/i18n/books.ts'
import { journalWords } from '../../web/i18n/journal.ts'
import { originalWords } from '../../web/i18n/originals.ts'
import { registerWords } from '../../web/i18n/register.ts'
import { startApp, type RunningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { gatherCrew, wayToAppeal, type Crew } from '../support/crew.ts'
import { deskOf as sit, noSeriousFault, notSideways, type Desk, type Language } from '../support/desk.ts'

let app: RunningApp
let browser: Browser
let crew: Crew
let photo: { name: string; mimeType: string; buffer: Buffer }

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()])
  crew = await gatherCrew(app)
  photo = { name: 'фото.jpg', mimeType: 'image/jpeg', buffer: await sharp({ create: { width: 600, height: 800, channels: 3, background: '#eee' } }).jpeg().toBuffer() }
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const deskOf = (role: string, organization: string, language: Language = 'ru', unit?: string, options = {}) => sit({ app, browser }, role, organization, language, unit, options)
const scanInto = (desk: Desk) => desk.page.locator('input[data-scan]').first().setInputFiles(photo)
/** The number that stands in large digits after a registration. */
const numberOn = async (desk: Desk): Promise<string> => {
  const heading = desk.page.getByRole('heading', { level: 1, name: /^[А-ЯӘҒҚҢӨҰҮҺІ]+-/ })
  await heading.waitFor()
  return (await heading.textContent())!.trim()
}

describe('a paper brought to the chancellery (п. 4.1–4.8)', () => {
  it.each(['ru', 'kk'] as const)('п. 4.2–4.5 is registered by the keyboard alone, what it lacks is marked, a slip is given, and it goes to the resolution (%s)', async (language) => {
    const words = registerWords[language]
    const clerk = await deskOf('registrar', 'skes', language)
    await clerk.go('register')
    await scanInto(clerk)
    await clerk.page.getByRole('img', { name: /фото\.jpg/ }).waitFor()
    const type = clerk.page.keyboard
    await expect.poll(() => clerk.page.evaluate('document.activeElement?.closest("[data-first]") !== null')).toBe(true)
    // The surname's field takes a whole name; Enter leads on from field to field.
    for (const typed of ['Әлиева Гүлсім Қанатқызы', '', '', '8 705 555 44 33', 'Петропавл, Абай 5', '', '', '']) {
      await type.type(typed)
      await type.press('Enter')
    }
    await clerk.page.getByLabel(words.subject).focus()
    await type.type('Свет өшіп тұр')
    await clerk.page.getByLabel(words.signed).focus()
    await type.press('Space')
    await type.press('Control+Enter')
    await clerk.page.getByRole('alertdialog', { name: words.withMark }).waitFor()
    await noSeriousFault(clerk.page, 'what a paper lacks')
    await type.press('Enter')
    const number = await numberOn(clerk)
    await clerk.button(words.secondCopy).click()
    await clerk.page.getByText(words.mark(number, '', '').split(' ')[0]!).first().waitFor()
    await clerk.button(words.toResolution).click()
    await clerk.button(words.sentToResolution).waitFor()

    const director = await deskOf('executive', 'skes', language)
    await director.open(number)
    await director.page.getByRole('img', { name: /фото\.jpg/ }).waitFor()
    await director.page.getByText(clerk.named.lacks.signature, { exact: false }).first().waitFor()
    await noSeriousFault(director.page, 'the card of a paper')
    for (const one of [clerk, director]) await one.leave()
  }, 60_000)

  it('п. 4.6 its task needs a controller, and the quality lead observes', async () => {
    const { id, number } = await crew.registerPaper({ subject: 'Нужен контролёр' })
    await crew.act(crew.as('registrar@skes'), id, '/send-for-resolution')
    await crew.act(crew.director, id, '/resolution', { text: 'Рассмотреть', units: ['skes-billing'], dueOn: Temporal.Now.plainDateISO('Asia/Almaty').toString() })
    const clerk = await deskOf('registrar', 'skes')
    await clerk.open(number)
    await clerk.button(clerk.named.actions.assign_task).click()
    const form = clerk.page.getByRole('dialog')
    await form.getByText(/Ведущий специалист по качеству/).waitFor()
    await form.getByRole('button', { name: clerk.named.actions.assign_task, exact: true }).click()
    await form.getByText('Назначьте контролёра задачи.').waitFor()
    await clerk.choose(form, new RegExp(clerk.words.controller), /./)
    await form.getByRole('button', { name: clerk.named.actions.assign_task, exact: true }).click()
    await form.waitFor({ state: 'hidden' })
    expect((await crew.cardOf(crew.as('quality_lead@skes'), id)).tasks[0].observers).toEqual(['quality_lead@skes'])
    await clerk.leave()
  }, 30_000)

  it('п. 4.7–4.8 its original lies in the chancellery, is given under signature, is found by its label, and the stock-take tells where it is', async () => {
    const words = originalWords.ru
    const { id, number } = await crew.registerPaper({ subject: 'Подлинник' })
    const clerk = await deskOf('registrar', 'skes')
    await clerk.go('originals')
    await clerk.page.getByLabel(words.choose(number)).check()
    await clerk.button(words.place).click()
    const dialog = clerk.page.getByRole('dialog')
    await dialog.getByLabel(words.shelf).fill('А-3')
    await dialog.getByRole('button', { name: words.place }).click()
    await dialog.waitFor({ state: 'hidden' })
    await clerk.page.getByRole('tab', { name: new RegExp(words.places.lying) }).click()
    await clerk.page.getByText(/Канцелярия, А-3/).first().waitFor()

    await clerk.page.getByLabel(words.choose(number)).check()
    await clerk.button(words.handOver).click()
    await clerk.choose(dialog, new RegExp(words.to), /Иванова/)
    await dialog.getByLabel(words.purpose).fill('Для ответа')
    await dialog.getByRole('button', { name: words.handOver, exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })

    const executor = await deskOf('executor', 'skes', 'ru', 'skes-billing')
    await executor.open(number)
    await executor.act('accept_original')
    await executor.page.getByText(/Иванова Наталья Сергеевна, Отдел расчётов/).first().waitFor()
    await executor.leave()

    await clerk.go('originals/stock-takes')
    await clerk.button(words.begin).click()
    await clerk.page.getByRole('menuitem', { name: 'Канцелярия' }).click()
    const scan = clerk.page.getByLabel(words.scan)
    await scan.fill(paperCode(id))
    await clerk.page.keyboard.press('Enter')
    await clerk.page.getByRole('log').getByText(words.results.elsewhere).waitFor()
    await clerk.page.getByRole('tab', { name: new RegExp(words.show.elsewhere) }).click()
    await clerk.button(words.putHere).click()
    await expect.poll(async () => (await crew.cardOf(crew.as('registrar@skes'), id)).original.unit).toBe('skes-chancellery')
    await noSeriousFault(clerk.page, 'a stock-take')
    clerk.page.once('dialog', (asked) => void asked.accept())
    await clerk.button(words.end).click()
    await clerk.page.getByText(/закончена/).waitFor()
    await clerk.leave()
  }, 60_000)

  it('п. 4.9–4.10 a district sends a photo from a telephone, and its chancellery registers it or sends it back', async () => {
    const words = registerWords.ru
    const district = await deskOf('district_head', 'skrec', 'ru', 'skrec-yesil', { viewport: { width: 360, height: 740 } })
    const send = async (name: string) => {
      await district.go('intake')
      await scanInto(district)
      await district.page.getByLabel(new RegExp(words.applicant)).first().fill(name)
      await district.button(words.send).click()
      await district.page.getByRole('article').filter({ hasText: name }).waitFor()
    }
    await send('Ахметов Ерлан')
    await send('Неразборчиво')
    const clerk = await deskOf('registrar', 'skrec')
    await clerk.go('intake')
    const item = (name: string) => clerk.page.getByRole('article').filter({ hasText: name })
    await item('Неразборчиво').getByRole('button', { name: words.returnIt }).click()
    await item('Неразборчиво').getByLabel(words.returnReason).fill('Переснимите: не видно подписи')
    await item('Неразборчиво').getByRole('button', { name: words.returnIt }).last().click()
    await item('Неразборчиво').waitFor({ state: 'hidden' })
    await item('Ахметов').getByRole('link', { name: words.register }).click()
    await expect.poll(() => clerk.page.getByLabel(words.lastName).inputValue()).toBe('Ахметов')
    await clerk.page.getByLabel(words.subject).fill('Нет света в посёлке')
    await clerk.page.getByLabel(words.address).fill('с. Явленка, ул. Ленина, 3')
    await clerk.page.getByLabel(words.phone).fill('8 701 111 22 33')
    await clerk.page.keyboard.press('Control+Enter')
    const number = await numberOn(clerk)
    await district.go('intake')
    await district.page.getByText(`${words.registered}: ${number}`).waitFor()
    await district.page.getByText('Переснимите: не видно подписи').waitFor()
    await notSideways(district.page, 'sending from a district')
    for (const one of [clerk, district]) await one.leave()
  }, 60_000)
})

describe('the review book (п. 5.1–5.4, 6.1–6.4)', () => {
  it.each([
    ['5.1–5.4', 'skes', 'skes-service', 'kk'], ['6.1–6.3', 'skrec', 'skrec-service', 'ru'],
  ] as const)('п. %s an entry runs against its thirty minutes, is sent by photo, registered, and written back (%s)', async (_, organization, unit, language) => {
    const words = bookWords[language]
    const front = await deskOf('front_desk', organization, language, unit, { viewport: { width: 390, height: 844 } })
    await front.go('books')
    await front.button(words.open).click()
    const dialog = front.page.getByRole('dialog')
    await dialog.getByLabel(words.bookTitle).fill('Книга № 7')
    await dialog.getByRole('button', { name: words.open }).click()
    await front.page.getByRole('heading', { name: 'Книга № 7' }).waitFor()
    await front.page.getByLabel(`${words.applicant} (${words.optional})`).fill('Ким Анна')
    await front.page.getByLabel(words.words).fill('Долго ждала')
    await front.button(words.recordOnly).click()
    const entry = front.page.getByRole('article', { name: words.entry(1) })
    await entry.getByRole('timer').waitFor()
    expect(await entry.getByRole('timer').textContent()).toMatch(/\d/)
    await noSeriousFault(front.page, 'a review book')
    await notSideways(front.page, 'a review book')
    await entry.locator('input[data-scan]').setInputFiles(photo)
    await entry.getByRole('button', { name: words.send }).click()
    await entry.getByText(words.met).waitFor()

    const clerk = await deskOf('registrar', organization, language)
    await clerk.go('intake')
    await clerk.page.getByRole('article').filter({ hasText: 'Ким Анна' }).getByRole('link', { name: registerWords[language].register }).click()
    await clerk.page.getByLabel(registerWords[language].subject).waitFor()
    await clerk.page.keyboard.press('Control+Enter')
    await clerk.page.getByRole('alertdialog').getByRole('button').first().click()
    const number = await numberOn(clerk)
    await front.page.reload()
    await entry.getByRole('link', { name: new RegExp(number) }).waitFor()

    const { items } = (await crew.as(`registrar@${organization}`).get('/intake-items?status=registered')).body
    const { id } = items.find((item: { appeal: { number: string } }) => item.appeal.number === number).appeal
    await answered(id, organization)
    await front.page.reload()
    await entry.getByLabel(words.measures).fill('Открыто второе окно')
    await entry.getByRole('button', { name: words.wroteBack }).click()
    await entry.getByText(/Открыто второе окно/).waitFor()
    for (const one of [clerk, front]) await one.leave()
  }, 60_000)

  it('п. 6.3 the head of the quality group reads the resolution and says so', async () => {
    const { number } = await crew.places.informed()
    const quality = await deskOf('quality_lead', 'skrec', 'kk')
    await quality.open(number)
    await quality.act('take_note')
    await quality.page.getByText(quality.named.happened.take_note, { exact: true }).waitFor()
    await quality.leave()
  }, 30_000)
})

/** Brings a registered entry to its sent answer, by those whose steps they are. */
async function answered(id: number, organization: 'skes' | 'skrec'): Promise<void> {
  const [unit, setter] = organization === 'skes' ? ['skes-billing', 'registrar@skes'] : ['skrec-consumers', 'unit_head@skrec/skrec-consumers']
  const dueOn = Temporal.Now.plainDateISO('Asia/Almaty').toString()
  await crew.act(crew.as(`registrar@${organization}`), id, '/send-for-resolution')
  await crew.act(crew.as(`executive@${organization}`), id, '/resolution', { text: 'Разобраться', units: [unit], dueOn })
  await crew.act(crew.as(setter!), id, '/tasks', { text: 'Разобраться', controller: crew.member(`controller@${organization}`).id })
  const executor = crew.member(`executor@${organization}/${unit}`)
  await crew.act(crew.as(`unit_head@${organization}/${unit}`), id, '/tasks/1/executor', { executor: executor.id })
  await crew.act(executor.client, id, '/tasks/1/versions', { body: `Открыто второе окно. ${wayToAppeal}` })
  await crew.act(crew.as(`unit_head@${organization}/${unit}`), id, '/tasks/1/endorsement', { version: 1 })
  await crew.act(crew.as(`executive@${organization}`), id, '/tasks/1/endorsement', { version: 1 })
  await crew.letter(id, organization)
  await crew.act(crew.as(`registrar@${organization}`), id, '/dispatch', { way: 'post', closeAfter: false, post: { registry: '12', sentOn: dueOn } })
}

describe('the journal on the screen (п. 4.3)', () => {
  it('is filtered, proves itself, reserves a number and registers under it', async () => {
    const words = journalWords.ru
    const { number } = await crew.registerPaper({ organization: 'pts', lastName: 'Единственный', subject: 'Тепло' })
    await crew.registerPaper({ organization: 'pts', lastName: 'Другой' })
    const clerk = await deskOf('registrar', 'pts')
    await clerk.go('journal')
    await clerk.page.getByLabel(words.search).fill('единств')
    await expect.poll(() => clerk.page.getByRole('row').count()).toBe(2)
    await clerk.page.getByRole('link', { name: number }).waitFor()
    await clerk.page.getByLabel(words.search).fill('')
    await clerk.button(clerk.words.verify).click()
    await clerk.page.getByRole('status').filter({ hasText: 'Журнал цел' }).waitFor()
    await clerk.button(words.reserve).click()
    const dialog = clerk.page.getByRole('dialog')
    await dialog.getByLabel(words.reserveWhy).fill('Письмо прокуратуры')
    await dialog.getByRole('button', { name: words.reserve }).click()
    await dialog.getByRole('button', { name: words.registerHere }).click()
    await clerk.page.getByLabel(registerWords.ru.lastName).fill('Прокуроров')
    await clerk.page.getByLabel(registerWords.ru.subject).fill('Проверка')
    await clerk.page.keyboard.press('Control+Enter')
    await clerk.page.getByRole('alertdialog').getByRole('button').first().click()
    expect(await numberOn(clerk)).toBe('ВХ-ПТС-00003')
    await clerk.leave()
  }, 60_000)
})

it.each([['ru', 'light', 1280], ['kk', 'dark', 360]] as const)('no screen of the chancellery has a serious fault for whoever cannot see or use a mouse (%s, %s, %i px)', async (language, colorScheme, width) => {
  const file = await crew.caseFile('skes')
  await crew.registerPaper()
  const clerk = await deskOf('registrar', 'skes', language)
  await clerk.page.emulateMedia({ colorScheme })
  await clerk.page.setViewportSize({ width, height: 800 })
  const paths = ['register', 'intake', 'books', 'journal', 'routes', 'originals', 'originals?place=lying', 'originals/stock-takes', 'originals/case-files', `originals/case-files/${file}`, 'originals/acts']
  for (const path of paths) {
    await clerk.go(path)
    await clerk.page.waitForTimeout(400)
    await noSeriousFault(clerk.page, `/desk/${path}`)
    await notSideways(clerk.page, `/desk/${path} at ${width}`)
  }
  await clerk.leave()
}, 90_000)
