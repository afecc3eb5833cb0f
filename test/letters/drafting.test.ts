import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MalformedReply, readReply, replyText } from '../../regulation/reply-document.ts'
import { fillTemplate } from '../../regulation/reply-template.ts'
import { startApp, type RunningApp } from '../support/app.ts'
import { gatherCrew, wayToAppeal, type Crew } from '../support/crew.ts'

let app: RunningApp
let crew: Crew
beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
})
afterAll(() => app?.stop())

const text = (words: string, ...marks: string[]) => ({ type: 'text', text: words, ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }) })
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content })
const doc = (...content: unknown[]) => JSON.stringify({ type: 'doc', content })

describe('a reply as it maps to paper (п. 7.1)', () => {
  it('is plain text where it is only that', () => {
    expect(readReply('Первая\n\nВторая')).toEqual([
      { kind: 'paragraph', inlines: [{ text: 'Первая' }] }, { kind: 'paragraph', inlines: [] }, { kind: 'paragraph', inlines: [{ text: 'Вторая' }] },
    ])
    expect(replyText('Первая\n\nВторая\n')).toBe('Первая\n\nВторая')
  })

  it('has headings, lists, tables and emphasis, and tells its words without them', () => {
    const body = doc(
      { type: 'heading', attrs: { level: 2 }, content: [text('О перерасчёте')] }, paragraph(text('Сумма: '), text('4 500 ₸', 'bold')),
      { type: 'orderedList', content: [{ type: 'listItem', content: [paragraph(text('раз'))] }, { type: 'listItem', content: [paragraph(text('два')), { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('внутри'))] }] }] }] },
      { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableHeader', content: [paragraph(text('Период'))] }, { type: 'tableCell', content: [paragraph(text('октябрь'))] }] }] },
    )
    expect(replyText(body)).toBe('О перерасчёте\nСумма: 4 500 ₸\n1. раз\n2. два\n  — внутри\nПериод | октябрь')
    expect(readReply(body)[1]).toEqual({ kind: 'paragraph', inlines: [{ text: 'Сумма: ' }, { text: '4 500 ₸', bold: true }] })
  })

  it.each([
    ['a script', doc({ type: 'script', content: [text('x')] })], ['an image', doc({ type: 'image', attrs: { src: 'http://x' } })], ['broken JSON', '{"type":"doc"'], ['text in a list', doc({ type: 'bulletList', content: [text('x')] })],
    ['content that is no list', '{"type":"doc","content":7}'], ['a hundred lists in one another', doc(Array.from({ length: 100 }).reduce<unknown>((inner) => ({ type: 'bulletList', content: [{ type: 'listItem', content: [inner] }] }), paragraph(text('x'))))],
  ])('is refused with %s', async (_, body) => {
    expect(() => readReply(body)).toThrow(MalformedReply)
    const { id } = await crew.places.drafting()
    const answer = await crew.billing.executor.client.post(`/appeals/${id}/tasks/1/versions`, { body })
    expect(answer.body.errors).toMatchObject([{ field: 'body', code: 'field_invalid' }])
  })

  it('is read by the applicant in words, whatever it was written with', async () => {
    const written = await crew.write()
    const specialist = crew.member('executor@pts/pts-consumers')
    await crew.act(crew.head, written.id, '/inquiries', { organization: 'pts', specialist: specialist.id, question: 'Почему?', dueOn: written.dueOn })
    await crew.act(specialist.client, written.id, '/tasks/1/versions', { body: doc({ type: 'heading', attrs: { level: 1 }, content: [text('Ответ')] }, paragraph(text('Порыв '), text('устранён', 'bold')), paragraph(text(wayToAppeal))) })
    await crew.act(crew.as('unit_head@pts/pts-consumers'), written.id, '/tasks/1/endorsement', { version: 1 })
    await crew.act(crew.as('executive@pts'), written.id, '/tasks/1/endorsement', { version: 1 })
    await crew.act(crew.head, written.id, '/tasks/1/explanation/acceptance', { asReply: true })
    await crew.act(crew.head, written.id, '/dispatch', { way: 'phone', call: { calledAt: new Date(Date.now() - 1_000).toISOString(), said: 'Рассказали' } })
    const { body } = await crew.nobody.get(`/tracking/${written.number}?code=${written.code}`)
    expect(body.full.answer.text).toBe(`Ответ\nПорыв устранён\n${wayToAppeal}`)
    const page = await (await fetch(`${app.url}/ru/track/${written.number}/${written.code}`)).text()
    expect(page).toMatch(/<h3[^>]*>Ответ<\/h3>/)
    expect(page).toContain('<strong>устранён</strong>')
  })
})

describe('templates and past answers (п. 7.1)', () => {
  it('are filled from the appeal, in its language, for the organization that answers', async () => {
    const executor = crew.billing.executor
    const keep = (more: Record<string, unknown> = {}) => executor.client.post('/reply-templates', {
      organization: 'skes', language: 'ru', topic: 'Начисления', title: 'Перерасчёт', body: 'Уважаемый(ая) {{applicant}}! По обращению № {{number}} сделан перерасчёт. Счёт {{account}}.', ...more,
    })
    expect((await keep()).status).toBe(201)
    expect((await keep({ title: 'Қайта есептеу', language: 'kk' })).status).toBe(201)
    expect((await keep({ organization: 'pts' })).status).toBe(403)
    expect((await keep({ body: doc({ type: 'image' }) })).body.errors).toMatchObject([{ field: 'body' }])
    const { id, number } = await crew.places.drafting()
    const { body: [one, ...others] } = await executor.client.get(`/appeals/${id}/tasks/1/templates`)
    expect(others).toEqual([])
    expect(one).toMatchObject({ title: 'Перерасчёт', mine: true, body: `Уважаемый(ая) Сергеев Пётр Ильич! По обращению № ${number} сделан перерасчёт. Счёт ________.` })
    expect((await keep({ body: 'Новый текст' })).body.id).toBe(one.id)
    expect((await crew.billing.head.ask('DELETE', `/reply-templates/${one.id}`, undefined, {})).status).toBe(404)
    expect((await executor.client.ask('DELETE', `/reply-templates/${one.id}`, undefined, {})).status).toBe(200)
    expect((await executor.client.get(`/appeals/${id}/tasks/1/templates`)).body).toEqual([])
  })

  it('a question that is asked often stands beside those who ask it, with its answer, and is no template', async () => {
    const executor = crew.billing.executor
    const { body: kept } = await executor.client.post('/reply-templates', { organization: 'skes', language: 'ru', kind: 'faq', topic: 'Квитанции', title: 'Как получить дубликат квитанции?', body: 'В кабинете или в сервис-центре.' })
    const { id } = await crew.places.drafting({ subject: 'Потеряла квитанцию', text: 'Прошу дубликат.' })
    expect((await executor.client.get(`/appeals/${id}/past-answers`)).body.faq).toEqual([{ id: kept.id, question: 'Как получить дубликат квитанции?', text: 'В кабинете или в сервис-центре.', mine: true }])
    expect((await executor.client.get(`/appeals/${id}/tasks/1/templates`)).body).toEqual([])
    const other = await crew.places.drafting({ subject: 'Трансформатор', text: 'Гудит.' })
    expect((await executor.client.get(`/appeals/${other.id}/past-answers`)).body.faq).toEqual([])
  })

  it('keep a value within its quotes in a document', () => {
    expect(JSON.parse(fillTemplate(doc(paragraph(text('{{applicant}} {{nobody}}'))), { applicant: 'ТОО «"Ромашка"» \\' })).content[0].content[0].text).toBe('ТОО «"Ромашка"» \\ {{nobody}}')
  })

  it('what was answered before to much the same stands beside, of what one may read', async () => {
    const before = await crew.places.posted({ subject: 'Трансформатор гудит ночью' })
    const { id } = await crew.places.paper_approved({ subject: 'Гудит трансформатор' })
    const { body: found } = await crew.billing.executor.client.get(`/appeals/${id}/past-answers`)
    expect(found.answers[0]).toMatchObject({ id: before.id, subject: 'Трансформатор гудит ночью', text: expect.stringContaining('Мы проверили начисление') })
    const mine = await crew.write({ subject: 'Трансформатор гудит' })
    await crew.act(crew.head, mine.id, '/redirect', { organization: 'skrec', reason: 'Сети' })
    expect((await crew.as('executive@skrec').get(`/appeals/${mine.id}/past-answers`)).body).toEqual({ answers: [], faq: [] })
  })
})

describe('the lawyers (п. 7.5)', () => {
  const lawyer = () => crew.as('lawyer@ske')
  const waits = async (id: number) => (await crew.cardOf(crew.head, id)).waiting.map((one: { holder: string }) => one.holder)

  it('endorse where the unit head asks for them', async () => {
    const { id } = await crew.places.drafting()
    await crew.act(crew.billing.executor.client, id, '/tasks/1/versions', { body: 'Пересчитаем.' })
    expect((await lawyer().get(`/appeals/${id}`)).status).toBe(404)
    await crew.act(crew.billing.head, id, '/tasks/1/endorsement', { version: 1, lawyerNeeded: true })
    expect(await waits(id)).toContain('lawyer@ske')
    await crew.act(lawyer(), id, '/tasks/1/endorsement', { version: 1 })
    expect(await waits(id)).toContain('executive@skes')
  })

  it('always see the answer to a claim, as the group file says', async () => {
    const { id } = await crew.places.drafting({ kind: 'claim' })
    await crew.act(crew.billing.executor.client, id, '/tasks/1/versions', { body: 'Пересчитаем.' })
    const { tasks } = await crew.cardOf(crew.head, id)
    expect(tasks[0].versions[0].steps.map((step: { kind: string }) => step.kind)).toEqual(['unit_head', 'lawyer', 'executive'])
  })
})

describe('a deputy (п. 7.4–7.5)', () => {
  const day = (shift: number) => Temporal.Now.plainDateISO('Asia/Almaty').add({ days: shift }).toString()

  it('endorses for whoever is away, under their own name, and only while they are away', async () => {
    const [absent, deputy] = [crew.member('unit_head@skes/skes-billing'), crew.member('unit_head@skes/skes-metering')]
    const { id } = await crew.places.endorsing()
    expect((await deputy.client.get(`/appeals/${id}`)).status).toBe(404)
    const { body: named } = await absent.client.post('/deputies', { deputy: deputy.id, from: day(0), to: day(3) })
    expect((await deputy.client.get('/session')).body.deputyFor).toEqual([{ id: absent.id, name: absent.name }])
    await crew.act(deputy.client, id, '/tasks/1/endorsement', { version: 1 })
    const { timeline } = await crew.cardOf(deputy.client, id)
    expect(timeline.at(-1)).toMatchObject({ action: 'endorse', by: { id: deputy.id }, as: 'unit_head@skes/skes-billing' })
    expect((await deputy.client.ask('DELETE', `/deputies/${named.id}`, undefined, {})).status).toBe(404)
    expect((await absent.client.ask('DELETE', `/deputies/${named.id}`, undefined, {})).status).toBe(200)
    expect((await deputy.client.get(`/appeals/${id}`)).status).toBe(404)
    await absent.client.post('/deputies', { deputy: deputy.id, from: day(2), to: day(3) })
    expect((await deputy.client.get('/session')).body.deputyFor).toEqual([])
  })

  it('is never oneself, a stranger, or for days that are past', async () => {
    const head = crew.member('unit_head@skes/skes-debt')
    const wrong = async (body: Record<string, unknown>) => (await head.client.post('/deputies', { deputy: crew.billing.executor.id, from: day(0), to: day(1), ...body })).body.errors?.[0]
    expect(await wrong({ deputy: head.id })).toMatchObject({ field: 'deputy', code: 'person_not_fit' })
    expect(await wrong({ deputy: 'nobody' })).toMatchObject({ field: 'deputy', code: 'person_not_fit' })
    expect(await wrong({ from: day(-5), to: day(-1) })).toMatchObject({ field: 'to', code: 'due_date_past' })
    expect(await wrong({ from: day(3), to: day(1) })).toMatchObject({ field: 'to' })
    expect(await wrong({ to: day(700) })).toMatchObject({ field: 'to', code: 'field_invalid' })
  })

  it('does not endorse what they wrote themselves', async () => {
    const head = crew.member('unit_head@skes/skes-billing')
    const { id } = await crew.places.endorsing()
    const { body } = await head.client.post('/deputies', { deputy: crew.billing.executor.id, from: day(0), to: day(1) })
    expect((await crew.billing.executor.client.post(`/appeals/${id}/tasks/1/endorsement`, { version: 1 })).body.code).toBe('own_version')
    await head.client.ask('DELETE', `/deputies/${body.id}`, undefined, {})
  })
})
