import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookClock } from '../../regulation/review-book.ts'
import { startApp, type Client, type RunningApp } from '../support/app.ts'
import { gatherCrew, wayToAppeal, type Crew } from '../support/crew.ts'
import { jpeg } from '../support/sample-files.ts'

let app: RunningApp
let crew: Crew
beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
})
afterAll(() => app?.stop())

const photo = async (by: Client): Promise<string> => {
  const response = await fetch(`${app.url}/api/v1/uploads?name=book.jpg`, { method: 'POST', body: new Uint8Array(jpeg()), headers: { 'content-type': 'image/jpeg', cookie: by.cookie } })
  return ((await response.json()) as { id: string }).id
}
async function open(by: Client, unit: string): Promise<number> {
  const { status, body } = await by.post('/review-books', { unit, title: 'Книга № 2' })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}
const entryOf = async (by: Client, book: number, n = 1) => (await by.get(`/review-books/${book}`)).body.entries.find((one: { n: number }) => one.n === n)
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

describe('the thirty minutes of the review book (п. 5.1, 6.1)', () => {
  const written = Temporal.Instant.from('2026-11-23T04:00:00Z')
  it.each([
    ['running at the start', undefined, 0, 'running', 30], ['running on the last minute', undefined, 30, 'running', 0], ['late after it', undefined, 31, 'late', -1],
    ['met at the thirtieth', 30, 99, 'met', 0], ['missed by ten', 40, 99, 'missed', -10],
  ])('are %s', (_, sent, now, state, minutesLeft) => {
    expect(bookClock(written, sent === undefined ? undefined : written.add({ minutes: sent }), written.add({ minutes: now }))).toMatchObject({ state, minutesLeft })
  })
})

describe('a book at the sales company\'s service centre (п. 5.1–5.4)', () => {
  const desk = () => crew.as('front_desk@skes/skes-service')
  const clerk = () => crew.as('registrar@skes')

  it('takes an entry, whose scan reaches the registrar in time, is registered, answered and written back', async () => {
    const book = await open(desk(), 'skes-service')
    await desk().post(`/review-books/${book}/entries`, { writtenAt: minutesAgo(12), kind: 'review', applicantName: 'Ким Анна', words: 'Долго ждала' })
    expect((await entryOf(desk(), book)).clock).toMatchObject({ state: 'running', minutesLeft: 17, clause: '5.1' })
    expect((await desk().get('/review-books')).body.todo).toHaveLength(1)

    const { id } = await entryOf(desk(), book)
    expect((await desk().post(`/book-entries/${id}/scan`, { files: [await photo(desk())] })).status).toBe(200)
    expect((await desk().post(`/book-entries/${id}/scan`, { files: [await photo(desk())] })).body.code).toBe('entry_sent')
    expect((await entryOf(desk(), book)).clock.state).toBe('met')

    const { items } = (await clerk().get('/intake-items?status=waiting')).body
    expect(items[0]).toMatchObject({ channel: 'review_book', bookEntry: id, unit: 'skes-service', words: 'Долго ждала' })
    const made = await crew.registerPaper({ channel: 'review_book', item: items[0].id, kind: 'review', sheets: 0 })
    const card = await crew.cardOf(clerk(), made.id)
    expect(card.timeline[0].clause).toBe('5.3')
    expect(card.original).toBeUndefined()
    expect(card.files).toHaveLength(1)
    expect((await entryOf(desk(), book)).appeal).toMatchObject({ number: made.number, registrar: 'Соколова Марина Андреевна' })

    expect((await desk().post(`/book-entries/${id}/write-back`, { measures: 'Добавлено окно', replyNumber: '1' })).body.code).toBe('entry_not_answered')
    await answer('skes', 'skes-billing', made)
    const quality = crew.as('quality_lead@skes')
    expect((await quality.get('/work?queue=information')).body.lines.map((line: { id: number }) => line.id), 'the copy, п. 5.6').toContain(made.id)
    await crew.act(quality, made.id, '/note-taken')
    expect((await desk().get('/review-books')).body.todo[0].can.writeBack).toBe(true)
    await desk().post(`/book-entries/${id}/write-back`, { measures: 'Добавлено окно', replyNumber: made.number })
    expect((await entryOf(desk(), book)).writtenBack).toMatchObject({ measures: 'Добавлено окно', replyNumber: made.number })
    expect((await desk().get('/review-books')).body.todo).toEqual([])
  })

  it('shows a late scan as missed, and lets a returned one be sent again', async () => {
    const book = await open(desk(), 'skes-service')
    const files = [await photo(desk())]
    await desk().post(`/review-books/${book}/entries`, { writtenAt: minutesAgo(0), kind: 'complaint', files })
    const { items } = (await clerk().get('/intake-items?status=waiting')).body
    await clerk().post(`/intake-items/${items.at(-1).id}/return`, { reason: 'Обрезано' })
    const entry = await entryOf(desk(), book)
    expect(entry).toMatchObject({ returnReason: 'Обрезано', can: { send: true } })
    expect((await desk().post(`/book-entries/${entry.id}/scan`, { files: [await photo(desk())] })).status).toBe(200)
    expect((await entryOf(desk(), book)).can.send).toBe(false)
  })

  it('is closed only when nothing waits, and then takes nothing more', async () => {
    const book = await open(desk(), 'skes-service')
    await desk().post(`/review-books/${book}/entries`, { kind: 'suggestion', words: 'Поставьте стулья' })
    expect((await desk().post(`/review-books/${book}/close`)).body.code).toBe('book_has_unsent')
    await desk().post(`/book-entries/${(await entryOf(desk(), book)).id}/scan`, { files: [await photo(desk())] })
    expect((await desk().post(`/review-books/${book}/close`)).status).toBe(200)
    expect((await desk().post(`/review-books/${book}/entries`, { kind: 'review' })).body.code).toBe('book_closed')
  })

  it('is seen by those who look after it, and by nobody of another place or company', async () => {
    const book = await open(desk(), 'skes-service')
    expect((await crew.as('quality_lead@skes').get(`/review-books/${book}`)).status).toBe(200)
    for (const other of ['front_desk@skes/skes-retail', 'front_desk@skrec/skrec-service', 'registrar@pts', 'executor@skes/skes-billing']) {
      expect((await crew.as(other).get(`/review-books/${book}`)).status, other).toBe(404)
    }
    expect((await clerk().post(`/review-books/${book}/entries`, { kind: 'review' })).status).toBe(403)
    expect((await desk().post('/review-books', { unit: 'skrec-service', title: 'Чужая' })).status).toBe(403)
  })
})

describe('a book at the grid company\'s district (п. 6.1–6.3)', () => {
  it('goes to its own registrar; the unit head sets the task, the quality group is informed', async () => {
    const district = crew.as('district_head@skrec/skrec-yesil')
    const clerk = crew.as('registrar@skrec')
    const book = await open(district, 'skrec-yesil')
    await district.post(`/review-books/${book}/entries`, { kind: 'complaint', words: 'Провода искрят', files: [await photo(district)] })
    expect((await entryOf(district, book)).clock).toMatchObject({ state: 'met', clause: '6.1' })
    const { items } = (await clerk.get('/intake-items?status=waiting')).body
    const made = await crew.registerPaper({ organization: 'skrec', channel: 'review_book', item: items[0].id, sheets: 0 })
    await crew.act(clerk, made.id, '/send-for-resolution')
    await crew.act(crew.as('executive@skrec'), made.id, '/resolution', { text: 'Устранить', units: ['skrec-consumers'], dueOn: made.dueOn })
    const card = await crew.cardOf(clerk, made.id)
    expect(card.timeline.map((e: { clause: string }) => e.clause)).toEqual(['6.2', '6.2', '4.6'])
    expect(card.actions.map((a: { action: string }) => a.action)).not.toContain('assign_task')
    await crew.act(crew.as('unit_head@skrec/skrec-consumers'), made.id, '/tasks')
    expect((await crew.cardOf(clerk, made.id)).timeline.at(-1)).toMatchObject({ action: 'assign_task', clause: '6.3' })
    await crew.act(crew.as('quality_lead@skrec'), made.id, '/note-taken')
  })
})

/** From the registered paper to the posted answer, each step by whose it is. */
async function answer(organization: string, unit: string, { id, dueOn }: { readonly id: number; readonly dueOn: string }): Promise<void> {
  const [registrar, executive, head, executor] = [`registrar@${organization}`, `executive@${organization}`, `unit_head@${organization}/${unit}`, `executor@${organization}/${unit}`]
  await crew.act(crew.as(registrar), id, '/send-for-resolution')
  await crew.act(crew.as(executive), id, '/resolution', { text: 'Ответить', units: [unit], dueOn, controller: crew.member(`controller@${organization}`).id })
  await crew.act(crew.as(registrar), id, '/tasks')
  await crew.act(crew.as(head), id, '/tasks/1/executor', { executor: crew.member(executor).id })
  await crew.act(crew.as(executor), id, '/tasks/1/versions', { body: `Сделано. ${wayToAppeal}` })
  await crew.act(crew.as(head), id, '/tasks/1/endorsement', { version: 1 })
  await crew.act(crew.as(executive), id, '/tasks/1/endorsement', { version: 1 })
  await crew.letter(id, organization)
  const today = Temporal.Now.plainDateISO('Asia/Almaty').toString()
  await crew.act(crew.as(registrar), id, '/dispatch', { way: 'pickup', pickup: { handedOn: today, to: 'Ким Анна' } })
}
