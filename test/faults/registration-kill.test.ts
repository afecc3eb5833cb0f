import { afterAll, describe, expect, it } from 'vitest'
import { Client, demoSignIns, feedback, startApp, type RunningApp } from '../support/app.ts'
import { atOnce } from '../support/at-once.ts'
import { brokenLinks } from '../support/chains.ts'
import { freshDatabase } from '../support/database.ts'
import { countOf, query } from '../support/query.ts'
import { until } from '../support/wait.ts'

const rounds = 4
const senders = 24
let database: Awaited<ReturnType<typeof freshDatabase>> | undefined
let app: RunningApp | undefined
afterAll(async () => {
  await app?.stop()
  await database?.drop()
})

describe('the power goes while appeals come in (п. 11.6.5, 11.6.6)', () => {
  it('every appeal that was answered with a number is there once, with its letters, and what was cut off can be sent again', async () => {
    database = await freshDatabase()
    const answered = new Map<string, string>()
    const cutOff = new Set<string>()
    let made = 0
    let everCutOff = 0

    for (let round = 0; round < rounds; round++) {
      app = await startApp({ databaseUrl: database.url })
      const client = new Client(app)
      let dead = false
      // Those of the last round that got no answer are sent again, as a browser's retry would.
      const again = [...cutOff]
      const sending = Promise.all(Array.from({ length: senders }, async () => {
        while (!dead) {
          const key = again.pop() ?? `appeal-${++made}`
          try {
            const { status, body } = await client.post('/appeals', feedback({ subject: key }), { 'idempotency-key': key })
            expect([status, answered.get(key) ?? body.number]).toEqual([201, body.number])
            answered.set(key, body.number)
            cutOff.delete(key)
          } catch (error) {
            if ((error as Error).name === 'AssertionError') throw error
            cutOff.add(key)
            everCutOff++
          }
        }
      }))
      await new Promise((done) => setTimeout(done, 200 + Math.random() * 1_000))
      await app.kill('SIGKILL')
      dead = true
      await sending
      await app.stop()
    }
    // On a busy machine a round may answer few; that some were answered and some cut off is what the test needs.
    expect(answered.size).toBeGreaterThan(rounds)
    expect(everCutOff).toBeGreaterThan(0)

    app = await startApp({ databaseUrl: database.url })
    const client = new Client(app)
    await atOnce([...cutOff], 8, async (key) => {
      const { status, body } = await client.post('/appeals', feedback({ subject: key }), { 'idempotency-key': key })
      expect(status).toBe(201)
      answered.set(key, body.number)
    })

    expect(await countOf(database.url, 'appeals')).toBe(answered.size)
    const { rows } = await query<{ key: string; number: string; n: number }>(database.url, `
      select c.subject as key, e.number, e.n from appeals a join appeal_contents c on c.appeal_id = a.id
      join journal_entries e on e.appeal_id = a.id join appeal_events v on v.appeal_id = a.id and v.action = 'register'
      join idempotency_keys k on k.appeal_id = a.id and k.key = c.subject order by e.n`)
    expect(new Map(rows.map((row) => [row.key, row.number]))).toEqual(answered)
    expect(rows.map((row) => row.n)).toEqual(Array.from({ length: answered.size }, (_, i) => i + 1))

    const keeper = await new Client(app).signIn(demoSignIns(app).find((who) => who.role === 'registrar' && who.organization === 'skes')!)
    expect((await keeper.get(`/journal/verification?organization=skes&year=${Temporal.Now.zonedDateTimeISO('Asia/Almaty').year}`)).body).toMatchObject({ whole: true, entries: answered.size })
    expect(await brokenLinks(database.url)).toEqual([])

    const url = database.url
    await until(async () => (await countOf(url, `messages where status = 'waiting'`)) === 0 && (await countOf(url, 'messages')) >= 2 * answered.size, 60_000)
    const { rows: letters } = await query<{ template: string; count: string; appeals: string; causes: string }>(url, `
      select template, count(*), count(distinct appeal_id) as appeals, count(distinct cause) as causes from messages group by template order by template`)
    const each = String(answered.size)
    expect(letters).toEqual([
      { template: 'confirmation', count: each, appeals: each, causes: each }, { template: 'mailbox_copy', count: each, appeals: each, causes: each },
    ])
  }, 150_000)
})
