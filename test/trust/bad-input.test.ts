import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, feedback, startApp, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { addressOf, operationsOf, sampleOf, type Operation, type Schema } from '../support/operations.ts'
import { countOf } from '../support/query.ts'
import { rightSteps, type StaffAction } from '../support/right-steps.ts'

let app: RunningApp
let crew: Crew
let operations: Operation[]

beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
  operations = await operationsOf(app)
})
afterAll(() => app?.stop())

/** What is sent, byte for byte, so that it may be no JSON at all. */
type Sent = { readonly address: string; readonly body?: string | Uint8Array | ReadableStream | undefined; readonly type?: string | undefined }
type Told = { readonly status: number; readonly text: string; readonly problem: boolean }

async function send(client: Client, method: string, { address, body, type = 'application/json' }: Sent): Promise<Told> {
  const response = await fetch(`${app.url}/api/v1${address}`, {
    method, headers: { ...(body !== undefined && { 'content-type': type }), ...(client.cookie && { cookie: client.cookie }) },
    ...(body !== undefined && { body: body as never, duplex: 'half' }),
  } as RequestInit)
  const text = await response.text()
  const problem = response.headers.get('content-type')?.startsWith('application/problem+json') === true && /"requestId":"[0-9a-f-]{36}"/.test(text)
  return { status: response.status, text, problem }
}

/** Somebody for whom the right input would go through, at the place where it would, and that input. */
async function right(operation: Operation): Promise<{ client: Client; given: Record<string, string | number>; body: unknown }> {
  const action = operation.id.startsWith('actions.') ? (operation.id.slice('actions.'.length) as StaffAction) : undefined
  if (action) {
    const { place, who, says } = rightSteps[action]
    const written = await crew.places[place]()
    return { client: crew.as(who), given: { appealId: written.id, task: 1 }, body: await says(crew, written) }
  }
  const sample = operation.body && sampleOf(operation.body)
  if (operation.id === 'intake.receiveFeedback') return { client: crew.nobody, given: {}, body: feedback() }
  if (operation.path.startsWith('/tracking/')) {
    const { number, code } = await crew.write()
    return { client: crew.nobody, given: { number }, body: sample && { ...(sample as object), code } }
  }
  if (operation.path.includes('{task}')) return { client: crew.billing.executor.client, given: { appealId: (await crew.places.drafting()).id, task: 1 }, body: { body: 'Проект', revision: 0 } }
  const given = { appealId: (await crew.write()).id, organization: 'skes', year: 2026, kind: 'claim', channel: 'site_feedback', workingDays: 14 }
  return { client: operation.permission === 'anyone' ? crew.nobody : crew.head, given, body: sample }
}

/** As JSON, for a number beyond every number and half of a letter cannot be told in a value. */
const notText = fc.constantFrom('{}', '[]', '7', 'false', '1e999', '["a","b"]', '{"$gt":""}', '{"toString":1}', '{"__proto__":{"x":1}}', '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"x\\udfff"')
const notNumber = fc.constantFrom('-1', '-9007199254740993', '1.5', '1e999', '-1e999', '"x"', '"1; drop table appeals"', '{}', '["x"]', '"\\ud800"', '"NaN"', '"0x"', '1e300')
const notArray = fc.constantFrom('"x"', '{"0":"x"}', '7', 'true', '[{}]', '[[]]', '[null]', '["\\u0000"]')
const notObject = fc.constantFrom('"x"', '[]', '7', 'true', '[[{}]]')
const notTruth = fc.constantFrom('"perhaps"', '7', '{}', '[]', 'null')
const wrongFor = (schema: Schema): fc.Arbitrary<string> => {
  const inner = schema.anyOf ?? schema.oneOf ?? schema.allOf
  switch (schema.type ?? inner?.[0]?.type) {
    case 'integer': case 'number': return notNumber
    case 'array': return notArray
    case 'object': return notObject
    case 'boolean': return notTruth
    default: return fc.oneof(notText, fc.integer({ min: 21_000, max: 60_000 }).map((n) => JSON.stringify('ә'.repeat(n))))
  }
}

/** A right body with one field wrong, or no body that could be read. */
function wrongBody(schema: Schema, body: unknown): fc.Arbitrary<Pick<Sent, 'body' | 'type'>> {
  const members = Object.entries((body ?? {}) as object).map(([name, value]) => [name, JSON.stringify(value)] as const)
  const json = JSON.stringify(body ?? {})
  const fields = Object.entries(schema.properties ?? {}).filter(([, s]) => s.type ?? s.anyOf ?? s.enum)
  const withField = (name: string, fragment: string) =>
    `{${[...members.filter(([n]) => n !== name), [name, fragment] as const].map(([n, f]) => `${JSON.stringify(n)}:${f}`).join(',')}}`
  const oneFieldWrong = fields.length > 0
    ? fc.constantFrom(...fields).chain(([name, s]) => wrongFor(s).map((fragment) => ({ body: withField(name, fragment) }))) : undefined
  const unreadable = fc.oneof(
    fc.integer({ min: 1, max: Math.max(1, json.length - 1) }).map((n) => ({ body: json.slice(0, n) })),
    fc.constantFrom('[]', '"x"', '7', '[[[]]]', '{,}', "{'a':1}", '\u0000', 'NaN').map((text) => ({ body: text })),
    fc.integer({ min: 60, max: 30_000 }).map((n) => ({ body: `{"text":${'['.repeat(n)}${']'.repeat(n)}}` })),
    fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => ({ body: Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xc3, 0x28]), Buffer.from(bytes), Buffer.from('"}')]) })),
    fc.constant({ body: JSON.stringify({ text: 'x'.repeat(300_000) }) }),
    fc.constant({ body: json, type: 'multipart/form-data' }),
  )
  return oneFieldWrong ? fc.oneof({ weight: 3, arbitrary: oneFieldWrong }, { weight: 2, arbitrary: unreadable }) : unreadable
}

const tables = ['appeals', 'journal_entries', 'appeal_events', 'appeal_texts', 'appeal_readers', 'work_items', 'reply_drafts', 'files', 'people', 'sign_in_codes']
const stored = async () => Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await countOf(app.databaseUrl, table)] as const)))

describe('wrong input to every operation with a body', () => {
  it('is refused with a problem document and leaves nothing behind', async () => {
    const wrong: string[] = []
    for (const operation of operations.filter((o) => o.body)) {
      const { client, given, body } = await right(operation)
      const before = await stored()
      await fc.assert(fc.asyncProperty(wrongBody(operation.body!, body), async (sent) => {
        const told = await send(client, operation.method, { address: addressOf(operation, given), ...sent })
        if (told.status < 400 || told.status >= 500 || !told.problem) wrong.push(`${operation.id} ${String(sent.body).slice(0, 120)} ${sent.type ?? ''}: ${told.status} ${told.text.slice(0, 300)}`)
      }), { numRuns: 25 })
      if (JSON.stringify(await stored()) !== JSON.stringify(before)) wrong.push(`${operation.id} left something behind`)
    }
    expect(wrong).toEqual([])
  }, 60_000)

  it('is refused whatever it calls itself', async () => {
    const before = await stored()
    const body = JSON.stringify(feedback())
    for (const type of ['text/plain', 'application/xml', 'image/png', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/octet-stream', ';;;', 'application/json; charset=utf-16']) {
      const told = await send(crew.nobody, 'POST', { address: '/appeals', body: type.includes('json') ? Buffer.from(body, 'utf16le') : body, type })
      expect([told.status >= 400 && told.status < 500, told.problem], `${type}: ${told.status} ${told.text.slice(0, 200)}`).toEqual([true, true])
    }
    expect(await stored()).toEqual(before)
  })

  it('is refused when it is too large, with its length told or not', async () => {
    const before = await stored()
    const huge = JSON.stringify(feedback({ text: 'щ'.repeat(200_000) }))
    const told = await untilHeard(() => send(crew.nobody, 'POST', { address: '/appeals', body: huge }))
    expect([told.status, told.problem]).toEqual([413, true])
    const stream = () => new ReadableStream({ start(to) { to.enqueue(Buffer.from(huge)); to.close() } })
    const streamed = await untilHeard(() => send(crew.nobody, 'POST', { address: '/appeals', body: stream() }))
    expect([streamed.status, streamed.problem]).toEqual([413, true])
    expect(await stored()).toEqual(before)
  })

  it('keeps words that only look dangerous as the words they are', async () => {
    const text = `'; drop table appeals; -- <script>alert(1)</script> {{7*7}} ../../etc/passwd %00 \${jndi:ldap://x} 🏳️‍🌈 Ә́`
    const { id } = await crew.write({ text, name: `O'Brien <b>"&quot;`, subject: '${subject}' })
    expect(await crew.cardOf(crew.head, id)).toMatchObject({ body: text.normalize('NFC'), subject: '${subject}', applicant: { name: `O'Brien <b>"&quot;` } })
  })
})

/**
 * The server answers before it has read all that is too much, and then hangs up: a sender still writing may lose the
 * answer to the broken pipe, which is TCP's way and no fault of either.
 */
async function untilHeard<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      const code = ((error as Error).cause as { code?: string } | undefined)?.code
      if (attempt === 10 || !['EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET'].includes(code ?? '')) throw error
    }
  }
}

describe('wrong parameters to every operation that has some', () => {
  const strange = fc.oneof(
    fc.constantFrom('-1', '0', '99999999999999999999', '9007199254740991', '2147483648', '1e999', 'NaN', '%00', '%ED%A0%80', '%E0%A4%A', '%', '..%2F..%2Fetc%2Fpasswd', "1'%20or%20'1'='1", '<script>', '%F0%9F', '', '%20', '1;2', '%25', '_', '%5C', "%27:*"),
    fc.string({ maxLength: 60, unit: 'binary' }).filter((text) => text.isWellFormed()).map(encodeURIComponent),
    fc.integer({ min: 300, max: 6_000 }).map((n) => 'a'.repeat(n)),
  )

  it('is never answered with a fault of ours, and every refusal is a problem document', async () => {
    const wrong: string[] = []
    for (const operation of operations.filter((o) => o.parameters.some((p) => p.in !== 'header'))) {
      const { client, given, body } = await right(operation)
      const before = await stored()
      await fc.assert(fc.asyncProperty(fc.constantFrom(...operation.parameters.filter((p) => p.in !== 'header')), strange, fc.nat(3), async (parameter, value, doubled) => {
        const [path = '', query = ''] = addressOf(operation, { ...given, ...(parameter.in === 'path' && { [parameter.name]: 'HERE' }) }).split('?')
        const pairs = query.split('&').filter((pair) => pair && !pair.startsWith(`${parameter.name}=`))
        if (parameter.in === 'query') pairs.push(`${parameter.name}${doubled === 1 ? '[]' : doubled === 2 ? '[a][__proto__]' : ''}=${value}`, ...(doubled === 3 ? [`${parameter.name}=${value}`] : []))
        const address = `${path.replace('HERE', value)}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
        // A mutation must not happen to succeed: its body says nothing.
        const told = await send(client, operation.method, { address, body: operation.body ? '{}' : undefined })
        if (told.status >= 500 || (told.status >= 400 && !told.problem)) wrong.push(`${operation.id} ${address.slice(0, 160)}: ${told.status} ${told.text.slice(0, 300)}`)
      }), { numRuns: 20 })
      if (operation.method !== 'GET' && body !== undefined && operation.parameters.every((p) => p.in !== 'path')) expect(await stored(), operation.id).toEqual(before)
    }
    expect(wrong).toEqual([])
  }, 60_000)

  it('that name a day, a moment or a page which cannot be are refused at their field', async () => {
    for (const path of ['/work?afterDueOn=2026-13-45&afterId=1', '/work?afterDueOn=tomorrow&afterId=1', '/journal?organization=skes&year=2026&before=99999999999', '/terms?organization=skes&kind=claim&channel=email&at=soon']) {
      const { status, body } = await crew.head.get(path)
      expect([status, body.errors?.length], path).toEqual([422, 1])
    }
  })

  it('are refused in the language that is asked for', async () => {
    for (const [language, title] of [['kk', 'Белгіленген өрістерді тексеріңіз.'], ['ru', 'Проверьте отмеченные поля.']] as const) {
      expect((await crew.head.get('/appeals?limit=0', { 'accept-language': language })).body).toMatchObject({ title, errors: [{ field: 'limit' }] })
    }
  })
})
