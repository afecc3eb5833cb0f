import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type RunningApp } from '../support/app.ts'
import { gatherCrew, wayToAppeal, type Crew } from '../support/crew.ts'

let app: RunningApp
let crew: Crew
beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
})
afterAll(() => app?.stop())

/** Where a paper is registered in each organization, and a unit that works on it. */
const places = {
  ske: { channel: 'paper_secretariat', unit: 'ske-technical' },
  skes: { channel: 'paper_chancellery', unit: 'skes-billing' },
  skrec: { channel: 'paper_chancellery', unit: 'skrec-consumers' },
  pts: { channel: 'paper_chancellery', unit: 'pts-consumers' },
} as const

describe.each(Object.entries(places))('a paper at %s (п. 4.3–4.6)', (organization, { channel, unit }) => {
  it('goes from the registrar to the executive, becomes a task with controller and observer, and is answered by post (п. 7.7)', async () => {
    const registrar = crew.as(`registrar@${organization}`)
    const executive = crew.as(`executive@${organization}`)
    const executor = crew.member(`executor@${organization}/${unit}`)
    const { id, dueOn, number } = await crew.registerPaper({ organization, channel })

    expect((await registrar.get('/work?queue=triage')).body.lines.map((line: { id: number }) => line.id)).toContain(id)
    await crew.act(registrar, id, '/send-for-resolution')
    const onResolution = await crew.cardOf(executive, id)
    expect(onResolution.timeline.at(-1)).toMatchObject({ action: 'send_for_resolution', clause: '4.5' })
    expect(onResolution.numbers, 'it is not registered twice').toEqual([{ organization, journal: 'incoming', number }])

    await crew.act(executive, id, '/resolution', { text: 'Разобраться и ответить', units: [unit], dueOn })
    const refused = await registrar.post(`/appeals/${id}/tasks`)
    expect(refused.body.errors?.[0], 'п. 4.6: nobody controls it').toMatchObject({ field: 'controller', code: 'controller_needed' })
    await crew.act(registrar, id, '/tasks', { controller: crew.member(`controller@${organization}`).id })
    const card = await crew.cardOf(registrar, id)
    expect(card.timeline.at(-1)).toMatchObject({ action: 'assign_task', clause: '4.6' })
    expect(card.tasks[0].observers).toEqual(['quality_lead@skes'])
    expect((await crew.cardOf(crew.as('quality_lead@skes'), id)).number, 'the quality lead reads it').toBe(number)

    const head = crew.as(`unit_head@${organization}/${unit}`)
    await crew.act(head, id, '/tasks/1/executor', { executor: executor.id })
    await crew.act(executor.client, id, '/tasks/1/versions', { body: `Перерасчёт сделан. ${wayToAppeal}` })
    await crew.act(head, id, '/tasks/1/endorsement', { version: 1 })
    await crew.act(executive, id, '/tasks/1/endorsement', { version: 1 })
    expect((await registrar.post(`/appeals/${id}/dispatch`, { way: 'post', post: { sentOn: dueOn } })).body).toMatchObject({ code: 'letter_needed_first', clause: '7.6' })
    await crew.letter(id, organization)
    const early = await registrar.post(`/appeals/${id}/dispatch`, { way: 'post', post: { sentOn: '2099-01-01' } })
    expect(early.body.errors?.[0]).toMatchObject({ field: 'post.sentOn', code: 'date_in_future' })
    const before = await registrar.post(`/appeals/${id}/dispatch`, { way: 'post', post: { sentOn: '2020-01-01' } })
    expect(before.body.errors?.[0]).toMatchObject({ field: 'post.sentOn', code: 'before_answer' })
    const today = Temporal.Now.plainDateISO('Asia/Almaty').toString()
    await crew.act(registrar, id, '/dispatch', { way: 'post', post: { sentOn: today, postNumber: 'RR123456789KZ' }, closeAfter: false })
    expect((await crew.cardOf(registrar, id)).state).toBe('dispatched')
  })
})

describe('what the grid company\'s resolution tells the quality group (п. 6.3)', () => {
  it('reaches its head for information, who reads it and says so', async () => {
    const { id } = await crew.places.informed()
    const quality = crew.as('quality_lead@skrec')
    expect((await quality.get('/work/queues')).body).toEqual(expect.arrayContaining([expect.objectContaining({ queue: 'information' })]))
    await crew.act(quality, id, '/note-taken')
    const card = await crew.cardOf(quality, id)
    expect(card.timeline.at(-1)).toMatchObject({ action: 'take_note', clause: '6.3' })
    expect(card.actions).toEqual([])
  })
})

describe('a paper of another organization of the group', () => {
  it('goes to its chancellery, which answers it from then on under a number of its own', async () => {
    const { id, number } = await crew.registerPaper({ organization: 'ske', channel: 'paper_secretariat' })
    await crew.act(crew.as('registrar@ske'), id, '/redirect', { organization: 'pts', reason: 'Теплоснабжение' })
    const card = await crew.cardOf(crew.as('registrar@pts'), id)
    expect(card.numbers.map((n: { organization: string }) => n.organization)).toEqual(['ske', 'pts'])
    expect((await crew.as('registrar@pts').get(`/appeals/search?text=${encodeURIComponent(number)}`)).body[0]?.id).toBe(id)
    expect(card.organization).toBe('pts')
  })
})

describe('the routes that are shown (п. 4.5–4.6, 4.11, 5.3–5.4, 6.2–6.3)', () => {
  const wayOf = async (organization: string, channel: string) => {
    const { body } = await crew.as('registrar@skes').get('/routes')
    const { routes } = body.find((one: { organization: string }) => one.organization === organization)
    const { steps } = routes.find((route: { channels?: string[] }) => !route.channels || route.channels.includes(channel))
    return Object.fromEntries(steps.map((step: { step: string }) => [step.step, step]))
  }

  it('say who sets the task and who observes, as each section does', async () => {
    expect((await wayOf('skes', 'review_book')).assign_task).toMatchObject({ clause: '5.4', who: ['registrar@skes'], observers: ['quality_lead@skes'], controller: 'required' })
    expect((await wayOf('skrec', 'review_book')).assign_task).toMatchObject({ clause: '6.3', who: ['unit_head@skrec/unit'] })
    expect((await wayOf('skrec', 'review_book')).inform).toMatchObject({ who: ['quality_lead@skrec'] })
    expect((await wayOf('pts', 'district_office')).assign_task).toMatchObject({ clause: '4.11', observers: ['quality_lead@skes'] })
    expect((await wayOf('ske', 'paper_secretariat')).send_for_resolution).toMatchObject({ clause: '4.5', who: ['registrar@ske'] })
  })
})
