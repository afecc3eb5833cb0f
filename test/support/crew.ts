import { Client, demoSignIns, feedback, paper, type Answer, type RunningApp, type SignIn } from './app.ts'
import { query } from './query.ts'
import { pdf } from './sample-files.ts'
import { until } from './wait.ts'

/** Without these words no written answer passes the gate (п. 11.6.13). */
export const wayToAppeal = 'Ответ можно обжаловать в вышестоящую организацию или в суд.'

/** Everybody of the demo group, signed in once, and the steps of an appeal's way in their names. */
export type Member = SignIn & { readonly id: string; readonly client: Client; readonly key: string }
export type Written = { readonly number: string; readonly code: string; readonly dueOn: string; readonly workingDays: number }
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it expects, and fails where it is not there
type Json = any

export async function gatherCrew(app: RunningApp) {
  const members: Member[] = []
  for (const who of demoSignIns(app)) {
    const client = await new Client(app).signIn(who)
    const { id } = (await client.get('/session')).body
    members.push({ ...who, id, client, key: `${who.role}@${who.organization}${who.unit ? `/${who.unit}` : ''}` })
  }
  const nobody = new Client(app)

  const member = (key: string, nth = 0): Member => {
    const found = members.filter((m) => m.key === key)[nth]
    if (!found) throw new Error(`nobody of the demo group is ${key}`)
    return found
  }
  const as = (key: string, nth = 0): Client => member(key, nth).client
  const head = as('contact_centre_head@skes')
  const director = as('executive@skes')
  const billing = { head: as('unit_head@skes/skes-billing'), executor: member('executor@skes/skes-billing'), colleague: member('executor@skes/skes-billing', 1) }

  async function write(changes: Record<string, unknown> = {}): Promise<Written & { id: number }> {
    const { status, body } = await nobody.post('/appeals', feedback(changes))
    if (status !== 201) throw new Error(`not taken: ${status} ${JSON.stringify(body)}`)
    const { rows } = await query<{ appeal_id: string }>(app.databaseUrl, 'select appeal_id from journal_entries where number = $1', [body.number])
    return { ...body, id: Number(rows[0]!.appeal_id) }
  }

  /** A registrar enters a paper, whole and signed unless `changes` say otherwise. */
  async function registerPaper(changes: Record<string, unknown> = {}): Promise<Written & { id: number }> {
    const body = paper(changes)
    const { status, body: made } = await as(`registrar@${body.organization}`).post('/register', body)
    if (status !== 201) throw new Error(`not registered: ${status} ${JSON.stringify(made)}`)
    return { ...made, code: made.trackingUrl.split('/').at(-1), workingDays: 0 }
  }

  async function act(client: Client, id: number, path: string, body: Json = {}): Promise<{ state: string; seen: number }> {
    const answer = await client.post(`/appeals/${id}${path}`, body)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  const cardOf = async (client: Client, id: number): Promise<Json> => (await client.get(`/appeals/${id}`)).body

  /** Appeals as they stand at each place of the way, each brought there by those whose steps they are. */
  const places = {
    registered: (changes: Record<string, unknown> = {}) => write(changes),
    on_resolution: async (changes: Record<string, unknown> = {}) => {
      const written = await write(changes)
      await act(head, written.id, '/send-for-resolution')
      return written
    },
    resolved: async (changes: Record<string, unknown> = {}) => {
      const written = await places.on_resolution(changes)
      const { id: controller } = member('controller@skes')
      await act(director, written.id, '/resolution', { text: 'Рассмотреть', units: ['skes-billing'], dueOn: written.dueOn, controller })
      return written
    },
    to_name: async (changes: Record<string, unknown> = {}) => {
      const written = await places.resolved(changes)
      await act(head, written.id, '/tasks')
      return written
    },
    drafting: async (changes: Record<string, unknown> = {}) => {
      const written = await places.to_name(changes)
      await act(billing.head, written.id, '/tasks/1/executor', { executor: billing.executor.id })
      return written
    },
    shared: async (changes: Record<string, unknown> = {}) => {
      const written = await places.on_resolution(changes)
      await act(director, written.id, '/resolution', { text: 'Рассмотреть вместе', units: ['skes-billing', 'skes-metering'], dueOn: written.dueOn })
      await act(head, written.id, '/tasks')
      await act(billing.head, written.id, '/tasks/1/executor', { executor: billing.executor.id })
      await act(as('unit_head@skes/skes-metering'), written.id, '/tasks/1/executor', { executor: member('executor@skes/skes-metering').id })
      return written
    },
    extension_asked: async (changes: Record<string, unknown> = {}) => {
      const written = await places.drafting(changes)
      await act(billing.executor.client, written.id, '/tasks/1/extension-request', { reason: 'Поверка', workingDays: 14 })
      return written
    },
    endorsing: async (changes: Record<string, unknown> = {}) => {
      const written = await places.drafting(changes)
      await act(billing.executor.client, written.id, '/tasks/1/versions', { body: `Пересчитаем. ${wayToAppeal}`, lawyerNeeded: true })
      return written
    },
    explained: async (changes: Record<string, unknown> = {}) => {
      const written = await write(changes)
      const specialist = member('executor@pts/pts-consumers')
      await act(head, written.id, '/inquiries', { organization: 'pts', specialist: specialist.id, question: 'Почему?', dueOn: written.dueOn })
      await act(specialist.client, written.id, '/tasks/1/versions', { body: `Порыв устранён. ${wayToAppeal}` })
      await act(as('unit_head@pts/pts-consumers'), written.id, '/tasks/1/endorsement', { version: 1 })
      await act(as('executive@pts'), written.id, '/tasks/1/endorsement', { version: 1 })
      return written
    },
    reply_approved: async (changes: Record<string, unknown> = {}) => {
      const written = await places.explained(changes)
      await act(head, written.id, '/tasks/1/explanation/acceptance', { asReply: true })
      return written
    },
    dispatched: async (changes: Record<string, unknown> = {}) => {
      const written = await places.reply_approved(changes)
      await act(head, written.id, '/dispatch', { way: 'phone', closeAfter: false, call: { calledAt: new Date(Date.now() - 1_000).toISOString(), said: 'Рассказали' } })
      return written
    },
    closed: async (changes: Record<string, unknown> = {}) => {
      const written = await places.dispatched(changes)
      await act(head, written.id, '/closing')
      return written
    },
    redirected: async (changes: Record<string, unknown> = {}) => {
      const written = await write(changes)
      await act(head, written.id, '/redirect', { outside: 'Акимат', reason: 'Не наше' })
      return written
    },
    joined: async (changes: Record<string, unknown> = {}) => {
      const [main, written] = [await write(changes), await write(changes)]
      await act(head, written.id, '/join', { main: main.id })
      return written
    },
    dismissed: async (changes: Record<string, unknown> = {}) => {
      const written = await write(changes)
      await act(head, written.id, '/dismissal', { reason: 'Реклама' })
      return written
    },
    annulled: async (changes: Record<string, unknown> = {}) => {
      const written = await write(changes)
      await act(head, written.id, '/annulment', { reason: 'Зарегистрировано дважды' })
      return written
    },
    /** A paper of the chancellery. */
    paper: () => registerPaper(),
    /** A paper whose answer was endorsed by all: it wants its letterhead (п. 7.6). */
    paper_approved: async (changes: Record<string, unknown> = {}) => {
      const written = await registerPaper(changes)
      const clerk = as('registrar@skes')
      await act(clerk, written.id, '/send-for-resolution')
      await act(director, written.id, '/resolution', { text: 'Рассмотреть', units: ['skes-billing'], dueOn: written.dueOn })
      await act(clerk, written.id, '/tasks', { controller: member('controller@skes').id })
      await act(billing.head, written.id, '/tasks/1/executor', { executor: billing.executor.id })
      await act(billing.executor.client, written.id, '/tasks/1/versions', { body: `Мы проверили начисление и пересчитали его. ${wayToAppeal}` })
      await act(billing.head, written.id, '/tasks/1/endorsement', { version: 1 })
      await act(director, written.id, '/tasks/1/endorsement', { version: 1 })
      return written
    },
    letter_issued: async (changes: Record<string, unknown> = {}) => {
      const written = await places.paper_approved(changes)
      await act(as('registrar@skes'), written.id, '/letter')
      return written
    },
    letter_signed: async (changes: Record<string, unknown> = {}) => {
      const written = await places.letter_issued(changes)
      const { letter } = await cardOf(director, written.id)
      await act(director, written.id, '/letter/signature', { digest: letter.digest, signature: { way: 'development' } })
      return written
    },
    posted: async (changes: Record<string, unknown> = {}) => {
      const written = await places.letter_signed(changes)
      await act(as('registrar@skes'), written.id, '/dispatch', { way: 'post', closeAfter: false, post: { sentOn: today(), postNumber: 'RR123456789KZ' } })
      return written
    },
    /** A paper given to the executor, who has not signed for it yet. */
    paper_offered: async () => {
      const written = await registerPaper()
      await act(as('registrar@skes'), written.id, '/original/hand-over', { to: billing.executor.id, purpose: 'К ответу' })
      return written
    },
    /** A paper whose resolution went to the quality group for information, п. 6.3 */
    informed: async () => {
      const written = await registerPaper({ organization: 'skrec' })
      await act(as('registrar@skrec'), written.id, '/send-for-resolution')
      await act(as('executive@skrec'), written.id, '/resolution', { text: 'Рассмотреть', units: ['skrec-consumers'], dueOn: written.dueOn })
      return written
    },
    withdrawn: async (changes: Record<string, unknown> = {}) => {
      const written = await write(changes)
      await nobody.post(`/tracking/${written.number}/withdrawal`, { code: written.code })
      return written
    },
  }

  /** The approved answer of a paper on its letterhead, signed (п. 7.6). */
  async function letter(id: number, organization: string): Promise<void> {
    await act(as(`registrar@${organization}`), id, '/letter')
    const card = await cardOf(as(`executive@${organization}`), id)
    await act(as(`executive@${organization}`), id, '/letter/signature', { digest: card.letter.digest, signature: { way: 'development' } })
  }

  /** A file of somebody's own, not yet attached to anything. */
  async function upload(by: Client, bytes: Uint8Array = new Uint8Array(pdf), name = 'scan.pdf', type = 'application/pdf'): Promise<string> {
    const response = await fetch(`${app.url}/api/v1/uploads?name=${encodeURIComponent(name)}`, { method: 'POST', body: bytes as never, headers: { 'content-type': type, cookie: by.cookie } })
    return ((await response.json()) as { id: string }).id
  }

  let indexes = 0
  /** A new case file of an organization's chancellery. */
  async function caseFile(organization: string, changes: Record<string, unknown> = {}): Promise<number> {
    const place = organization === 'ske' ? 'ske-secretariat' : `${organization}-chancellery`
    const { status, body } = await as(`registrar@${organization}`).post('/case-files', { unit: place, index: `01-${++indexes}`, title: 'Обращения потребителей', retentionYears: 5, ground: 'п. 1', ...changes })
    if (status !== 201) throw new Error(`no case file: ${status} ${JSON.stringify(body)}`)
    return body.id
  }

  /** A consumer signs in by the code that their letter holds. */
  async function consumer(email: string): Promise<Client> {
    await nobody.post('/session/code', { email })
    const answer = await nobody.post('/session/by-code', { email, code: await codeFor(app, email) })
    if (answer.status !== 200) throw new Error(`${email} could not sign in: ${JSON.stringify(answer.body)}`)
    return new Bearer(app, cookieOf(answer))
  }

  return { members, member, as, nobody, head, director, billing, write, registerPaper, act, cardOf, places, caseFile, upload, letter, consumer }
}
export type Crew = Awaited<ReturnType<typeof gatherCrew>>

/** A client that carries a session it was given. */
export class Bearer extends Client {
  readonly #given: string
  constructor(app: RunningApp, cookie: string) {
    super(app)
    this.#given = cookie
  }

  override get cookie(): string {
    return this.#given
  }

  override ask(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
    return super.ask(method, path, body, { cookie: this.#given, ...headers })
  }
}
export const cookieOf = (answer: Answer): string => answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')

/** The latest one-time code written to an address, read from its letter. */
export const codeFor = (app: RunningApp, email: string): Promise<string> => until(async () => {
  const { rows } = await query<{ body: string }>(app.databaseUrl, `select body from messages where template = 'code' and lower(recipient) = lower($1) order by id desc limit 1`, [email])
  return /\b\d{6}\b/.exec(rows[0]?.body ?? '')?.[0]
})

const today = (): string => Temporal.Now.plainDateISO('Asia/Almaty').toString()
