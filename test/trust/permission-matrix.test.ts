import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appealStates } from '../../regulation/appeal-case.ts'
import { holdersOf } from '../../regulation/holders.ts'
import { Client, startApp, type Answer, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew, type Member } from '../support/crew.ts'
import { addressOf, operationsOf, sampleOf, type Operation } from '../support/operations.ts'
import { rightSteps, type StaffAction } from '../support/right-steps.ts'
import { atOnce } from '../support/at-once.ts'
import { query } from '../support/query.ts'
import { pdf } from '../support/sample-files.ts'

let app: RunningApp
let crew: Crew
let operations: Operation[]
let consumer: Client

beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
  consumer = await crew.consumer('consumer@example.kz')
  operations = await operationsOf(app)
})
afterAll(() => app?.stop())

const call = (client: Client, operation: Operation, given: Record<string, string | number> = {}, body: unknown = operation.body && sampleOf(operation.body)): Promise<Answer> =>
  client.ask(operation.method, addressOf(operation, given), body, {})

/** A session ends with its sign-out and a stream has no end: these two are asked apart. */
const asksOnce = (operation: Operation) => !['people.signOut', 'live'].includes(operation.id)

const isProblem = (answer: Answer) =>
  answer.headers.get('content-type')?.startsWith('application/problem+json') && typeof answer.body.requestId === 'string' && answer.body.status === answer.status

describe('every operation of the API for everybody', () => {
  it('is never answered with a fault of ours, and every refusal is a problem document', async () => {
    const wrong: string[] = []
    const everybody = [['nobody', crew.nobody], ['consumer', consumer], ...onceEach(crew.members).map((m) => [m.key, m.client] as const)] as const
    await atOnce(everybody, 4, async ([who, client]) => {
      for (const operation of operations.filter(asksOnce)) {
        const answer = await call(client, operation)
        if (answer.status >= 500 || (answer.status >= 400 && !isProblem(answer))) wrong.push(`${who} ${operation.id}: ${answer.status} ${JSON.stringify(answer.body)}`)
      }
    })
    expect(wrong).toEqual([])
    expect(operations.length).toBeGreaterThan(45)
  }, 120_000)

  it('that is for staff refuses nobody with 401 and a consumer with 403, before it looks at what was sent', async () => {
    const wrong: string[] = []
    for (const operation of operations.filter((o) => o.permission === 'staff')) {
      for (const body of operation.body ? [sampleOf(operation.body), {}] : [undefined]) {
        for (const [client, status, code] of [[crew.nobody, 401, 'not_signed_in'], [consumer, 403, 'not_permitted']] as const) {
          const answer = await call(client, operation, {}, body)
          if (answer.status !== status || answer.body.code !== code) wrong.push(`${operation.id}: ${answer.status} ${JSON.stringify(answer.body)}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  it('that needs a sign-in refuses nobody with 401', async () => {
    for (const operation of operations.filter((o) => o.permission === 'signed_in')) expect((await call(crew.nobody, operation)).status, operation.id).toBe(401)
  })

  it('declares its permission', () => {
    expect(new Set(operations.map((o) => o.permission))).toEqual(new Set(['anyone', 'applicant', 'staff', 'signed_in']))
    expect(operations.filter((o) => ['anyone', 'applicant'].includes(o.permission)).map((o) => o.id).sort()).toEqual([
      'intake.receiveFeedback', 'intake.receiveLetter', 'letters.checkLetter', 'outages.listOutages', 'people.currentPerson', 'people.demoSignIns', 'people.listOrganizations', 'people.requestCode', 'people.signIn',
      'people.signInWithCode', 'people.signOut', 'receiveUpload', 'tariffs.estimateTariff', 'terms.readTerms', 'tracking.rateAnswer', 'tracking.trackAppeal', 'tracking.withdrawAppeal',
    ])
  })
})

describe('an appeal of others (п. 4.1, 11.6.5)', () => {
  it('is not there for whoever its history did not name: in no list, no search, on no card, behind no step', async () => {
    const upload = await fetch(`${app.url}/api/v1/uploads?name=bill.pdf`, { method: 'POST', headers: { 'content-type': 'application/pdf' }, body: new Uint8Array(pdf) })
    const { id: file } = (await upload.json()) as { id: string }
    const secret = await crew.places.drafting({ subject: 'Неповторимый предмет', name: 'Тайный Заявитель', phone: '+7 701 555 44 33', email: 'secret@example.kz', files: [file] })
    const outsiders = await strangersTo(secret.id)
    expect(outsiders.map((m) => m.key)).toEqual(expect.arrayContaining([
      'executor@skes/skes-metering', 'unit_head@skes/skes-debt', 'executive@pts', 'registrar@skes', 'it_admin@ske', 'executor@skes/skes-billing', 'lawyer@ske', 'front_desk@skes/skes-service',
    ]))

    const wrong: string[] = []
    await atOnce(outsiders, 4, async ({ key, client }) => {
      const seen = async (path: string) => {
        const { body } = await client.get(path)
        if (JSON.stringify(body).includes(secret.number) || (body.lines ?? body).length > 0) wrong.push(`${key} sees it in ${path}`)
      }
      for (const text of [secret.number, 'Неповторимый', 'Тайный', '87015554433', 'secret@example.kz']) await seen(`/appeals/search?text=${encodeURIComponent(text)}`)
      for (const path of ['/appeals', '/appeals?state=in_progress', '/work']) await seen(path)
      for (const operation of operations.filter((o) => o.path.includes('{appealId}'))) {
        const answer = await call(client, operation, { appealId: secret.id, task: 1, fileId: file })
        if (answer.status !== 404) wrong.push(`${key} ${operation.id}: ${answer.status} ${JSON.stringify(answer.body)}`)
        if (key !== outsiders[0]!.key) continue
        const absent = await call(client, operation, { appealId: 999_999, task: 1, fileId: file })
        if (absent.body.code !== answer.body.code || absent.body.title !== answer.body.title) wrong.push(`${key} ${operation.id} tells a stranger that it exists`)
      }
    })
    expect(wrong).toEqual([])
    const { cookie } = crew.billing.executor.client
    const download = await fetch(`${app.url}/api/v1/appeals/${secret.id}/files/${file}`, { headers: { cookie } })
    expect([download.status, Buffer.from(await download.arrayBuffer())]).toEqual([200, pdf])
  }, 60_000)

  it('is not told by the appeals beside it: similar ones, one that repeats it, the journal of another organization', async () => {
    const [first] = [await crew.places.drafting({ phone: '+7 701 222 11 00', email: 'same@example.kz' })]
    const second = await crew.write({ phone: '+7 701 222 11 00', email: 'same@example.kz', repeatOf: { number: first.number, code: first.code } })
    await crew.act(crew.head, second.id, '/redirect', { organization: 'skrec', reason: 'Сети' })
    const skrec = crew.as('executive@skrec')
    expect((await skrec.get(`/appeals/${second.id}`)).status).toBe(200)
    expect((await skrec.get(`/appeals/${second.id}/similar`)).body).toEqual([])
    expect((await crew.head.get(`/appeals/${second.id}/similar`)).body.map((line: { id: number }) => line.id)).toContain(first.id)
    expect((await skrec.get('/journal?organization=skes&year=2026')).status).toBe(403)
  })

  it('is not opened by a join: who may not read the main appeal cannot join to it', async () => {
    const [mine, secret] = [await crew.write(), await crew.write()]
    await query(app.databaseUrl, `delete from appeal_readers where appeal_id = $1`, [secret.id])
    const answer = await crew.head.post(`/appeals/${mine.id}/join`, { main: secret.id })
    expect(answer.body.errors).toMatchObject([{ field: 'main', code: 'main_not_fit' }])
  })
})

describe('the card offers what the API takes, and nothing else (п. 11.6.8–11.6.17)', () => {
  const places = [
    'registered', 'on_resolution', 'resolved', 'to_name', 'drafting', 'shared', 'extension_asked', 'endorsing', 'explained', 'reply_approved',
    'dispatched', 'closed', 'redirected', 'joined', 'dismissed', 'withdrawn', 'annulled', 'paper', 'paper_offered', 'informed', 'paper_approved', 'letter_issued', 'letter_signed', 'posted',
  ] as const

  const offeredSomewhere = new Set<string>()
  const statesSeen = new Set<string>()

  it.concurrent.each(places)('%s', async (place) => {
    const make = crew.places[place]
    const { id } = await make({ kind: 'complaint' })
    const readers = (await knowing(id)).filter((m, i, all) => all.findIndex((other) => other.key === m.key) === i || m.role === 'executor')
    expect(readers.length).toBeGreaterThan(0)
    const steps = operations.filter((o) => o.id.startsWith('actions.'))
    const taken = new Set<string>()
    const wrong: string[] = []

    for (const reader of readers) {
      const card = await crew.cardOf(reader.client, id)
      statesSeen.add(card.state)
      const offered = new Set<string>(card.actions.map((a: { action: string }) => a.action))
      for (const operation of steps) {
        const action = operation.id.slice('actions.'.length) as StaffAction
        if (!offered.has(action)) {
          const answer = await call(reader.client, operation, { appealId: id, task: 1 })
          if (!['not_your_step', 'out_of_turn', 'paper_moved'].includes(answer.body.code)) wrong.push(`${reader.key} ${action}, not offered: ${answer.status} ${JSON.stringify(answer.body)}`)
        } else if (!taken.has(action)) {
          taken.add(action)
          offeredSomewhere.add(action)
          const other = await make({ kind: 'complaint' })
          const answer = await reader.client.ask('POST', addressOf(operation, { appealId: other.id, task: 1 }), await rightSteps[action].says(crew, other, reader), {})
          // A paper's term is the law's: who may extend terms is told that this one is not extended (п. 7.2).
          if (answer.status !== 200 && answer.body.code !== 'not_extendable') wrong.push(`${reader.key} ${action}, offered: ${answer.status} ${JSON.stringify(answer.body)}`)
        }
      }
      const after = await crew.cardOf(reader.client, id)
      if (after.seen !== card.seen) wrong.push(`${reader.key} changed the appeal`)
    }
    expect(wrong).toEqual([])
  }, 60_000)

  it('offers every step of staff at one place or another, and none but those', () => {
    const steps = operations.filter((o) => o.id.startsWith('actions.')).map((o) => o.id.slice('actions.'.length)).sort()
    expect(steps).toEqual(Object.keys(rightSteps).sort())
    expect([...offeredSomewhere].sort()).toEqual(steps)
    expect([...statesSeen].sort()).toEqual([...appealStates].sort())
  })
})

/** One person for each role in each organization. */
const onceEach = (members: readonly Member[]): Member[] =>
  members.filter((m, i) => members.findIndex((other) => other.role === m.role && other.organization === m.organization) === i)

const readersOf = async (id: number): Promise<Set<string>> =>
  new Set((await query<{ holder: string }>(app.databaseUrl, 'select holder from appeal_readers where appeal_id = $1', [id])).rows.map((row) => row.holder))
const reads = (readers: ReadonlySet<string>, { id, role, organization, unit }: Member): boolean =>
  [...holdersOf(id, [{ role: role as never, organization, unit }])].some((holder) => readers.has(holder))

async function strangersTo(id: number): Promise<Member[]> {
  const readers = await readersOf(id)
  return crew.members.filter((m) => !reads(readers, m))
}
async function knowing(id: number): Promise<Member[]> {
  const readers = await readersOf(id)
  return crew.members.filter((m) => reads(readers, m))
}
