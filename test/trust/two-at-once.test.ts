import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, startApp, type Answer, type RunningApp } from '../support/app.ts'
import { Bearer, codeFor, cookieOf, gatherCrew, type Crew } from '../support/crew.ts'
import { countOf, query } from '../support/query.ts'
import { until } from '../support/wait.ts'

let app: RunningApp
let crew: Crew
/** A second general director, for as long as the first is away. */
let deputy: Client

beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
  await query(app.databaseUrl, `insert into role_assignments (person_id, role, organization_id, valid_from) values ($1, 'executive', 'skes', '2020-01-01')`, [crew.member('executive@skrec').id])
  deputy = crew.as('executive@skrec')
})
afterAll(() => app?.stop())

const codes = (answers: readonly Answer[]) => answers.map((answer) => (answer.status === 200 ? 'done' : answer.body.code)).sort()
const eventsOf = (id: number, action: string) => countOf(app.databaseUrl, `appeal_events where appeal_id = ${id} and action = '${action}'`)

describe('two people at one appeal at once (п. 4.6, 7.4, 11.6.8–11.6.13)', () => {
  it('two executives impose: one resolution stands, the other is told that the turn has passed', async () => {
    const { id, dueOn } = await crew.places.on_resolution()
    const { seen } = await crew.cardOf(deputy, id)
    const impose = (client: Client, text: string, more = {}) => client.post(`/appeals/${id}/resolution`, { text, units: ['skes-billing'], dueOn, ...more })
    expect(codes(await Promise.all([impose(crew.director, 'Первый'), impose(deputy, 'Второй')]))).toEqual(['done', 'out_of_turn'])
    expect(await eventsOf(id, 'impose_resolution')).toBe(1)
    expect((await impose(deputy, 'Поздно', { seen })).body.code).toBe('changed_meanwhile')
  })

  it('who acts on an old card is told so; a note that came meanwhile hinders nobody', async () => {
    const { id } = await crew.write()
    const { seen } = await crew.cardOf(crew.head, id)
    await crew.act(crew.head, id, '/notes', { text: 'Звонил' })
    expect((await crew.act(crew.head, id, '/send-for-resolution', { seen })).state).toBe('on_resolution')
    const late = await crew.director.post(`/appeals/${id}/return-for-triage`, { reason: 'Не ко мне', seen })
    expect([late.status, late.body.code]).toEqual([409, 'changed_meanwhile'])
  })

  it('one version is endorsed and returned: one verdict stands', async () => {
    const { id } = await crew.places.endorsing()
    const answers = await Promise.all([
      crew.billing.head.post(`/appeals/${id}/tasks/1/endorsement`, { version: 1 }),
      crew.billing.head.post(`/appeals/${id}/tasks/1/endorsement/return`, { version: 1, comment: 'Назовите сумму' }),
    ])
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect((await eventsOf(id, 'endorse')) + (await eventsOf(id, 'return_version'))).toBe(1)
  })

  it('a version that was replaced cannot be endorsed by who still reads the old one', async () => {
    const { id } = await crew.places.endorsing()
    await crew.act(crew.billing.head, id, '/tasks/1/endorsement/return', { version: 1, comment: 'Назовите сумму' })
    await crew.act(crew.billing.executor.client, id, '/tasks/1/versions', { body: 'Вернём 4 500 ₸.' })
    expect((await crew.billing.head.post(`/appeals/${id}/tasks/1/endorsement`, { version: 1 })).body.code).toBe('changed_meanwhile')
  })

  it('one version is submitted twice: it is one version', async () => {
    const { id } = await crew.places.drafting()
    const submit = () => crew.billing.executor.client.post(`/appeals/${id}/tasks/1/versions`, { body: 'Пересчитали.' })
    expect(codes(await Promise.all([submit(), submit(), submit()]))).toEqual(['done', 'out_of_turn', 'out_of_turn'])
    expect((await crew.cardOf(crew.head, id)).tasks[0].versions).toHaveLength(1)
  })

  it('an answer is sent twelve times: one letter leaves', async () => {
    const { id } = await crew.places.reply_approved({ email: 'once@example.kz' })
    const answers = await Promise.all(Array.from({ length: 12 }, () => crew.head.post(`/appeals/${id}/dispatch`, { way: 'email' })))
    expect(codes(answers)).toEqual(['done', ...Array.from({ length: 11 }, () => 'out_of_turn')])
    await until(async () => (await crew.cardOf(crew.head, id)).state === 'closed')
    expect(await countOf(app.databaseUrl, `messages where appeal_id = ${id} and template = 'answer'`)).toBe(1)
    expect([await eventsOf(id, 'dispatch_reply'), await eventsOf(id, 'confirm_dispatch'), await eventsOf(id, 'close')]).toEqual([1, 1, 1])
  })

  it('an answer is rated twice: one rating stands', async () => {
    const { id, number, code } = await crew.places.closed()
    const rate = (score: number) => crew.nobody.post(`/tracking/${number}/rating`, { code, score })
    const answers = await Promise.all([rate(5), rate(1)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect(await eventsOf(id, 'rate')).toBe(1)
  })

  it('the applicant withdraws while the answer is sent: either it is sent, or it is withdrawn', async () => {
    const { id, number, code } = await crew.places.reply_approved()
    const answers = await Promise.all([
      crew.nobody.post(`/tracking/${number}/withdrawal`, { code }), crew.head.post(`/appeals/${id}/dispatch`, { way: 'email' }),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    if (answers[0]!.status === 200) expect(await countOf(app.databaseUrl, `messages where appeal_id = ${id} and template = 'answer'`)).toBe(0)
  })

  it('two appeals are joined to each other: one of them goes on, so that somebody answers', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [await crew.write(), await crew.write()]
      const join = (one: { id: number }, other: { id: number }) => crew.head.post(`/appeals/${one.id}/join`, { main: other.id })
      const answers = await Promise.all([join(a, b), join(b, a)])
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422])
      const states = await Promise.all([a, b].map(async ({ id }) => (await crew.cardOf(crew.head, id)).state))
      expect(states.sort()).toEqual(['joined', 'registered'])
    }
  })
})

describe('two windows with one draft (п. 7.1)', () => {
  it('the later is refused and told, the earlier text stays, and a third goes on from it', async () => {
    const { id } = await crew.places.drafting()
    const save = (body: string, revision: number) => crew.billing.executor.client.put(`/appeals/${id}/tasks/1/draft`, { body, revision })
    const answers = await Promise.all([save('Окно А', 0), save('Окно Б', 0)])
    expect(codes(answers)).toEqual(['done', 'draft_changed_meanwhile'])
    const { body } = await crew.billing.executor.client.get(`/appeals/${id}/tasks/1/draft`)
    expect(body).toMatchObject({ body: answers[0]!.status === 200 ? 'Окно А' : 'Окно Б', revision: 1 })
    expect((await save('Дальше', 1)).body.revision).toBe(2)
    expect((await save('Отстал', 1)).status).toBe(409)
    // Nor does a window that fell behind submit over what another saved; the text that is there may go.
    const submit = (text: string, revision: number) => crew.billing.executor.client.post(`/appeals/${id}/tasks/1/versions`, { body: text, revision })
    expect((await submit('Отстал', 1)).body.code).toBe('draft_changed_meanwhile')
    expect((await submit('Дальше', 1)).status).toBe(200)
  })

  it('who handed the task over cannot write on; who got it can', async () => {
    const { id } = await crew.places.drafting()
    await crew.act(crew.billing.executor.client, id, '/tasks/1/delegation', { executor: crew.billing.colleague.id, reason: 'Отпуск' })
    const draft = { body: 'Ещё слово', revision: 0 }
    expect((await crew.billing.executor.client.put(`/appeals/${id}/tasks/1/draft`, draft)).body.code).toBe('not_your_step')
    expect((await crew.billing.head.put(`/appeals/${id}/tasks/1/draft`, draft)).body.code).toBe('not_your_step')
    expect((await crew.billing.colleague.client.put(`/appeals/${id}/tasks/1/draft`, draft)).status).toBe(200)
  })
})

describe('sessions and sign-ins', () => {
  it('a session that was ended elsewhere opens nothing more', async () => {
    const who = crew.member('controller@skes')
    const [one, other] = [await new Client(app).signIn(who), await new Client(app).signIn(who)]
    const { body: sessions } = await one.get('/sessions')
    const own = (await other.get('/sessions')).body.find((s: { present: boolean }) => s.present)
    expect(sessions.map((s: { id: string }) => s.id)).toContain(own.id)
    expect((await one.ask('DELETE', `/sessions/${own.id}`, undefined, {})).status).toBe(200)
    expect([(await other.get('/work')).status, (await one.get('/work')).status]).toEqual([401, 200])
  })

  it('guesses at a password side by side are stopped after ten, and the right one is stopped with them', async () => {
    const { email, password } = crew.member('public_relations@ske')
    const guess = (given: string) => crew.nobody.post('/session', { email, password: given })
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => guess(`guess-${i}`)))
    expect(answers.filter((answer) => answer.body.code === 'wrong_credentials').length).toBeLessThanOrEqual(10)
    const stopped = await guess(password)
    expect([stopped.status, stopped.body.code]).toEqual([429, 'too_many_attempts'])
    expect(stopped.body.details.seconds).toBeGreaterThan(0)
  })

  it('a one-time code opens one session, even when it comes twice at once', async () => {
    const email = 'twice@example.kz'
    await crew.nobody.post('/session/code', { email })
    const code = await codeFor(app, email)
    const answers = await Promise.all([1, 2, 3].map(() => crew.nobody.post('/session/by-code', { email, code })))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect((await crew.nobody.post('/session/by-code', { email, code })).status).not.toBe(200)
  })

  it('staff who ask for a code are answered like anybody, and get nothing', async () => {
    const { email } = crew.member('executive@skes')
    const [staff, stranger] = [await crew.nobody.post('/session/code', { email }), await crew.nobody.post('/session/code', { email: 'stranger@example.kz' })]
    expect([staff.status, staff.body]).toEqual([stranger.status, stranger.body])
    expect(await countOf(app.databaseUrl, `messages where recipient = '${email}'`)).toBe(0)
  })
})

describe('a consumer (п. 11.6.5)', () => {
  it('finds what was written with the address they proved, whatever its letters\' case, and nothing of others', async () => {
    const mine = await crew.write({ email: 'Aigul.Own@example.kz' })
    for (const email of ['aigul.own@example.kz.evil.kz', 'aigul.own+x@example.kz', 'aigulown@example.kz']) await crew.write({ email })
    const aigul = await crew.consumer('aigul.own@EXAMPLE.kz')
    const { body: lines } = await aigul.get('/my/appeals')
    expect(lines.map((line: { number: string }) => line.number)).toEqual([mine.number])
    expect((await crew.nobody.get(`/tracking/${mine.number}?code=${lines[0].code}`)).body.full.subject).toBe('Начислили дважды')
    expect((await (await crew.consumer('other@example.kz')).get('/my/appeals')).body).toEqual([])
    for (const path of ['/appeals', `/appeals/${mine.id}`, '/appeals/search?text=2026', '/work', '/people', '/journal?organization=skes&year=2026']) {
      expect((await aigul.get(path)).status, path).toBe(403)
    }
  })

  it('is nobody once signed out', async () => {
    const email = 'leaving@example.kz'
    await crew.nobody.post('/session/code', { email })
    const leaving = new Bearer(app, cookieOf(await crew.nobody.post('/session/by-code', { email, code: await codeFor(app, email) })))
    expect((await leaving.get('/my/appeals')).status).toBe(200)
    await leaving.ask('DELETE', '/session', undefined, {})
    expect((await leaving.get('/my/appeals')).status).toBe(401)
  })
})
