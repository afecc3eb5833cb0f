import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, demoSignIns, feedback, startApp, type RunningApp, type SignIn } from '../support/app.ts'
import { wayToAppeal } from '../support/crew.ts'
import { until } from '../support/wait.ts'

let app: RunningApp
const staff = new Map<string, Client>()
const nobody = () => new Client(app)

beforeAll(async () => {
  app = await startApp()
  for (const who of demoSignIns(app)) {
    if (who.role === 'consumer') continue
    const key = keyOf(who)
    if (!staff.has(key)) staff.set(key, await new Client(app).signIn(who))
  }
})
afterAll(() => app?.stop())

const keyOf = (who: SignIn) => `${who.role}@${who.organization}${who.unit ? `/${who.unit}` : ''}`
function as(role: string, organization = 'skes', unit?: string): Client {
  const found = [...staff].find(([key]) => key === `${role}@${organization}${unit ? `/${unit}` : ''}`)
    ?? [...staff].find(([key]) => key.startsWith(`${role}@${organization}`))
  if (!found) throw new Error(`no demo sign-in for ${role}@${organization}; there are ${[...staff.keys()].join(', ')}`)
  return found[1]
}

async function write(changes: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
  const { status, body } = await nobody().post('/appeals', feedback(changes), headers)
  expect(status, JSON.stringify(body)).toBe(201)
  return body as { number: string; code: string; dueOn: string; workingDays: number }
}

async function cardOf(client: Client, number: string) {
  const { body } = await client.get(`/appeals/search?text=${encodeURIComponent(number)}`)
  const line = body.find((found: { number: string }) => found.number === number)
  if (!line) throw new Error(`${number} is not found: ${JSON.stringify(body)}`)
  return (await client.get(`/appeals/${line.id}`)).body
}

async function act(client: Client, path: string, body: unknown = {}) {
  const answer = await client.post(path, body)
  expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).toBe(200)
  return answer.body as { state: string; seen: number }
}

const people = async (client: Client, role: string, organization: string, unit?: string) =>
  (await client.get(`/people?role=${role}&organization=${organization}${unit ? `&unit=${unit}` : ''}`)).body as { id: string; name: string }[]

/** Brings an appeal to the executor: triage, resolution, task, executor. */
async function toExecutor(number: string, unit: string) {
  const head = as('contact_centre_head')
  const { id, term } = await cardOf(head, number)
  await act(head, `/appeals/${id}/send-for-resolution`)
  const [controller] = await people(head, 'controller', 'skes')
  await act(as('executive'), `/appeals/${id}/resolution`, { text: 'Рассмотреть и ответить', units: [unit], dueOn: term.dueOn, controller: controller!.id })
  await act(head, `/appeals/${id}/tasks`)
  const [executor] = await people(head, 'executor', 'skes', unit)
  await act(as('unit_head', 'skes', unit), `/appeals/${id}/tasks/1/executor`, { executor: executor!.id })
  return { id: id as number, executor: executor! }
}

async function firstUnit() {
  const signIn = demoSignIns(app).find((who) => who.role === 'executor' && who.organization === 'skes')!
  return signIn.unit!
}
const executorClient = async (id: string) => {
  for (const [key, client] of staff) {
    if (!key.startsWith('executor@skes')) continue
    const { body } = await client.get('/session')
    if (body.id === id) return client
  }
  for (const who of demoSignIns(app)) {
    if (who.role !== 'executor') continue
    const client = await new Client(app).signIn(who)
    if ((await client.get('/session')).body.id === id) return client
  }
  throw new Error('the named executor cannot sign in')
}

describe('the whole way of one appeal (п. 11.6.1–11.6.17)', () => {
  it('goes from the form to the answer on the tracking page, each step by the person whose it is', async () => {
    const written = await write()
    expect(written.number).toMatch(/^\d{4}-\d{6}$/)
    const unit = await firstUnit()
    const { id, executor } = await toExecutor(written.number, unit)
    const writer = await executorClient(executor.id)

    const draft = await writer.put(`/appeals/${id}/tasks/1/draft`, { body: 'Проверили. Пересчитаем.', revision: 0 })
    expect(draft.body.revision).toBe(1)
    await act(writer, `/appeals/${id}/tasks/1/versions`, { body: 'Проверили. Пересчитаем.', lawyerNeeded: true })

    const head = as('unit_head', 'skes', unit)
    await act(head, `/appeals/${id}/tasks/1/endorsement/return`, { version: 1, comment: 'Назовите сумму', correction: 'Проверили. Вернём 4 500 ₸.' })
    expect((await writer.get(`/appeals/${id}/tasks/1/draft`)).body.body).toBe('Проверили. Вернём 4 500 ₸.')
    await act(writer, `/appeals/${id}/tasks/1/versions`, { body: `Проверили. Вернём 4 500 ₸ в ноябре. ${wayToAppeal}`, lawyerNeeded: true })
    await act(head, `/appeals/${id}/tasks/1/endorsement`, { version: 2 })
    await act(as('lawyer', 'ske'), `/appeals/${id}/tasks/1/endorsement`, { version: 2 })
    const approved = await act(as('executive'), `/appeals/${id}/tasks/1/endorsement`, { version: 2 })
    expect(approved.state).toBe('reply_approved')

    await act(as('contact_centre_head'), `/appeals/${id}/dispatch`, { way: 'email', closeAfter: true })
    const tracked = await until(async () => {
      const { body } = await nobody().get(`/tracking/${written.number}?code=${written.code}`)
      return body.full?.answer && body
    })
    expect(tracked.stage).toBe('answered')
    expect(tracked.full.answer.text).toBe(`Проверили. Вернём 4 500 ₸ в ноябре. ${wayToAppeal}`)
    await until(async () => (await cardOf(as('contact_centre_head'), written.number)).state === 'closed')

    const rated = await nobody().post(`/tracking/${written.number}/rating`, { code: written.code, score: 5, comment: 'Спасибо' })
    expect(rated.status).toBe(200)
    expect((await nobody().post(`/tracking/${written.number}/rating`, { code: written.code, score: 1 })).body.code).toBe('already_rated')

    const again = await write({ subject: 'Снова', repeatOf: { number: written.number, code: written.code } })
    const card = await cardOf(as('contact_centre_head'), again.number)
    expect(card.repeatOf.id).toBe(id)
  })

  it('takes a subsidiary\'s explanation, endorsed inside it, as the answer (п. 11.6.14–11.6.15)', async () => {
    const written = await write({ subject: 'Холодные батареи', answerWay: 'phone' })
    const head = as('contact_centre_head')
    const { id, term } = await cardOf(head, written.number)
    const candidates = await people(head, 'executor', 'pts')
    let specialist: { id: string } | undefined
    for (const candidate of candidates) {
      const { status } = await head.post(`/appeals/${id}/inquiries`, { organization: 'pts', specialist: candidate.id, question: 'Почему холодно?', dueOn: term.dueOn })
      if (status === 200) { specialist = candidate; break }
    }
    expect(specialist).toBeDefined()
    const writer = await executorClient(specialist!.id)
    await act(writer, `/appeals/${id}/tasks/1/versions`, { body: 'Порыв устранён 22 ноября.' })
    const card = await cardOf(writer, written.number)
    expect(card.numbers.map((n: { organization: string }) => n.organization)).toEqual(['skes', 'pts'])
    await act(as('unit_head', 'pts', card.tasks[0].executors[0].unit), `/appeals/${id}/tasks/1/endorsement`, { version: 1 })
    await act(as('executive', 'pts'), `/appeals/${id}/tasks/1/endorsement`, { version: 1 })
    await act(head, `/appeals/${id}/tasks/1/explanation/acceptance`, { asReply: true })
    const sent = await act(head, `/appeals/${id}/dispatch`, { way: 'phone', call: { calledAt: new Date(Date.now() - 1_000).toISOString(), said: 'Рассказали о ремонте' } })
    expect(sent.state).toBe('dispatched')
  })

  it('extends the term by the executive\'s resolution to fourteen days, and not past the law unsaid (п. 11.6.16)', async () => {
    const written = await write({ kind: 'claim' })
    const { id, executor } = await toExecutor(written.number, await firstUnit())
    const writer = await executorClient(executor.id)
    await act(writer, `/appeals/${id}/tasks/1/extension-request`, { reason: 'Ждём поверку', workingDays: 14 })
    const director = as('executive')
    const warned = await director.post(`/appeals/${id}/extension`, { reason: 'Поверка прибора', workingDays: 14 })
    expect(warned.body.code).toBe('extension_passes_law')
    expect((await director.post(`/appeals/${id}/extension`, { reason: 'Поверка', workingDays: 15 })).body.errors[0].code).toBe('extension_beyond_limit')
    await act(director, `/appeals/${id}/extension`, { reason: 'Поверка прибора', workingDays: 14, acknowledged: warned.body.details.policies.split(',') })
    const card = await cardOf(director, written.number)
    expect(card.extension.workingDays).toBe(14)
    expect(card.terms.clocks.find((clock: { extendedTo?: number }) => clock.extendedTo)?.extendedTo).toBe(14)
  })

  it('lets the head dismiss spam and take it back, join a duplicate and redirect what is not ours (п. 11.6.8, 11.6.14)', async () => {
    const head = as('contact_centre_head')
    const [spam, first, second, foreign] = [await write({ subject: 'Купите' }), await write({ subject: 'Света нет' }), await write({ subject: 'Нет света' }), await write({ subject: 'Газ' })]
    const idOf = async (written: { number: string }) => (await cardOf(head, written.number)).id as number
    expect((await act(head, `/appeals/${await idOf(spam)}/dismissal`, { reason: 'реклама' })).state).toBe('dismissed')
    expect((await act(head, `/appeals/${await idOf(spam)}/restoration`)).state).toBe('registered')
    expect((await act(head, `/appeals/${await idOf(second)}/join`, { main: await idOf(first) })).state).toBe('joined')
    expect((await act(head, `/appeals/${await idOf(foreign)}/redirect`, { outside: 'ТОО «Горгаз-сервис»', reason: 'Газ не наш' })).state).toBe('redirected')
    const { body } = await nobody().get(`/tracking/${foreign.number}?code=${foreign.code}`)
    expect(body).toMatchObject({ end: 'redirected', full: { redirectedTo: { ru: 'ТОО «Горгаз-сервис»' } } })
  })

  it('lets the executor delegate, the unit head return the task, and the executive return the appeal (п. 11.6.11)', async () => {
    const unit = await firstUnit()
    const written = await write({ subject: 'Передать' })
    const { id, executor } = await toExecutor(written.number, unit)
    const colleague = (await people(as('contact_centre_head'), 'executor', 'skes', unit)).find((p) => p.id !== executor.id)!
    await act(await executorClient(executor.id), `/appeals/${id}/tasks/1/delegation`, { executor: colleague.id, reason: 'В отпуске' })
    expect((await cardOf(as('contact_centre_head'), written.number)).tasks[0].executors[0].person.id).toBe(colleague.id)
    await act(as('unit_head', 'skes', unit), `/appeals/${id}/tasks/1/return`, { reason: 'Не наш вопрос' })
    const { waiting } = await cardOf(as('contact_centre_head'), written.number)
    expect(waiting[0].queue).toBe('task_setting')

    const other = await write({ subject: 'Вернуть' })
    const card = await cardOf(as('contact_centre_head'), other.number)
    await act(as('contact_centre_head'), `/appeals/${card.id}/send-for-resolution`)
    expect((await act(as('executive'), `/appeals/${card.id}/return-for-triage`, { reason: 'Не ко мне' })).state).toBe('registered')
  })

  it('goes to another organization of the group by that organization\'s own route: at skrec the unit head sets the task (п. 6.3)', async () => {
    const written = await write({ subject: 'Столб наклонился' })
    const head = as('contact_centre_head')
    const { id, term } = await cardOf(head, written.number)
    expect((await act(head, `/appeals/${id}/redirect`, { organization: 'skrec', reason: 'Сети — СКРЭК' })).state).toBe('on_resolution')
    await act(as('executive', 'skrec'), `/appeals/${id}/resolution`, { text: 'Осмотреть', units: ['skrec-consumers'], dueOn: term.dueOn })
    expect((await head.post(`/appeals/${id}/tasks`)).status).toBe(403)
    const unitHead = as('unit_head', 'skrec', 'skrec-consumers')
    await act(unitHead, `/appeals/${id}/tasks`)
    const card = (await unitHead.get(`/appeals/${id}`)).body
    expect(card.tasks[0].observers).toEqual(['quality_lead@skes', 'quality_lead@skrec'])
    expect(card.numbers.map((n: { organization: string; journal: string }) => `${n.organization} ${n.journal}`)).toEqual(['skes feedback', 'skrec incoming'])
  })

  it('lets the first of several executors lead and the others give their part (п. 7.3)', async () => {
    const written = await write({ subject: 'Прибор и счёт' })
    const head = as('contact_centre_head')
    const { id, term } = await cardOf(head, written.number)
    await act(head, `/appeals/${id}/send-for-resolution`)
    await act(as('executive'), `/appeals/${id}/resolution`, { text: 'Ответить вместе', units: ['skes-billing', 'skes-metering'], dueOn: term.dueOn })
    await act(head, `/appeals/${id}/tasks`)
    const [lead] = await people(head, 'executor', 'skes', 'skes-billing')
    const [second] = await people(head, 'executor', 'skes', 'skes-metering')
    await act(as('unit_head', 'skes', 'skes-billing'), `/appeals/${id}/tasks/1/executor`, { executor: lead!.id })
    await act(as('unit_head', 'skes', 'skes-metering'), `/appeals/${id}/tasks/1/executor`, { executor: second!.id })
    const helper = await executorClient(second!.id)
    expect((await helper.post(`/appeals/${id}/tasks/1/versions`, { body: 'Не моя очередь' })).status).toBe(403)
    await act(helper, `/appeals/${id}/tasks/1/contributions`, { text: 'Прибор исправен, показание 412.' })
    const { tasks } = (await (await executorClient(lead!.id)).get(`/appeals/${id}`)).body
    expect(tasks[0].contributions[0]).toMatchObject({ unit: 'skes-metering', text: 'Прибор исправен, показание 412.' })
  })

  it('lets the applicant withdraw, and shows nothing but the state without the code (п. 4.1, 11.6.5)', async () => {
    const written = await write()
    const open = await nobody().get(`/tracking/${written.number}`)
    expect(open.body).toEqual({ number: written.number, stage: 'registered' })
    expect((await nobody().get(`/tracking/${written.number}?code=AAAAAAAAAA`)).body.code).toBe('wrong_tracking_code')
    expect((await nobody().post(`/tracking/${written.number}/withdrawal`, { code: written.code })).body.state).toBe('withdrawn')
  })

  it('names the quality lead an observer of every task, who reads and acts on nothing (п. 4.6)', async () => {
    const written = await write()
    const { id } = await toExecutor(written.number, await firstUnit())
    const card = (await as('quality_lead').get(`/appeals/${id}`)).body
    expect(card.tasks[0].observers).toContain('quality_lead@skes')
    expect(card.actions).toEqual([])
  })
})
