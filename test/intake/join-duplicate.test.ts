import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type RunningApp } from '../support/app.ts'
import { gatherCrew, wayToAppeal, type Crew, type Written } from '../support/crew.ts'

let app: RunningApp
let crew: Crew
beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
})
afterAll(() => app?.stop())

const tracked = async ({ number, code }: Written) => (await crew.nobody.get(`/tracking/${number}?code=${code}`)).body.full

describe('appeals joined to one another (п. 11.6.8)', () => {
  it('all find the answer of the one that is answered, however far away it is', async () => {
    const main = await crew.places.reply_approved()
    const [second, third] = [await crew.write({ subject: 'Второе' }), await crew.write({ subject: 'Третье' })]
    await crew.act(crew.head, third.id, '/join', { main: second.id })
    await crew.act(crew.head, second.id, '/join', { main: main.id })
    expect((await tracked(third)).answer).toBeUndefined()
    await crew.act(crew.head, main.id, '/dispatch', { way: 'phone', call: { calledAt: new Date(Date.now() - 1_000).toISOString(), said: 'Рассказали' } })
    for (const written of [main, second, third]) expect((await tracked(written)).answer.text, written.number).toBe(`Порыв устранён. ${wayToAppeal}`)
  })

  it('are joined to what can be answered only, and to no other organization\'s that one may not read', async () => {
    const written = await crew.write()
    for (const place of ['dismissed', 'withdrawn', 'joined'] as const) {
      const { id } = await crew.places[place]()
      expect((await crew.head.post(`/appeals/${written.id}/join`, { main: id })).body.errors, place).toMatchObject([{ field: 'main', code: 'main_not_fit' }])
    }
    for (const main of [written.id, 999_999]) {
      expect((await crew.head.post(`/appeals/${written.id}/join`, { main })).body.errors).toMatchObject([{ field: 'main', code: 'main_not_fit' }])
    }
  })

  it('come back when they were joined by mistake, with their own term and way', async () => {
    const { id, dueOn } = await crew.places.joined()
    expect((await crew.act(crew.head, id, '/restoration')).state).toBe('registered')
    const card = await crew.cardOf(crew.head, id)
    expect([card.joinedTo, card.term.dueOn]).toEqual([undefined, dueOn])
    expect(card.waiting).toMatchObject([{ queue: 'triage', holder: 'contact_centre_head@skes' }])
  })
})
