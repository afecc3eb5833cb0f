import { Client, demoSignIns, type RunningApp } from '../support/app.ts'

/** A consumer's browser without scripts: forms are filled in and sent as they stand in the page. */
export const page = async (app: RunningApp, path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${app.url}${path}`, { headers, redirect: 'manual' })
  return { status: response.status, headers: response.headers, location: response.headers.get('location') ?? '', html: await response.text() }
}
export type Page = Awaited<ReturnType<typeof page>>

export async function send(app: RunningApp, path: string, fields: Record<string, string | readonly (string | File)[]>, headers: Record<string, string> = {}): Promise<Page> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one as string)
  const response = await fetch(`${app.url}${path}`, { method: 'POST', body: form, redirect: 'manual', headers })
  return { status: response.status, headers: response.headers, location: response.headers.get('location') ?? '', html: await response.text() }
}

export const words = {
  name: 'Сергеев Пётр Ильич', address: 'г. Петропавловск, ул. Жамбыла, 12, кв. 5', email: 'petr.sergeev@example.kz', phone: '8 (701) 123-45-67',
  kind: 'complaint', subject: 'Начислили дважды', text: 'В счёте за октябрь электроэнергия начислена дважды.', answerWay: 'email', consent: 'yes', group: 'person',
}

export const valueOf = ({ html }: Page, name: string): string | undefined =>
  new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1]

export const tokenOf = async (app: RunningApp, path = '/ru/write'): Promise<string> => valueOf(await page(app, path), 'token')!

/** Writes by the form; answers with the number and the code as they stand in the address of the next page. */
export async function write(app: RunningApp, changes: Record<string, string | readonly (string | File)[]> = {}, path = '/ru/write') {
  const sent = await send(app, path, { ...words, token: await tokenOf(app, path), ...changes })
  const [, , , number, code] = sent.location.split('/')
  if (sent.status !== 303 || !number || !code) throw new Error(`the form was answered with ${sent.status}: ${sent.html.replace(/<[^>]+>/g, ' ').slice(0, 900)}`)
  return { number: decodeURIComponent(number), code, sent: sent.location, track: sent.location.replace('/sent/', '/track/') }
}

export const asRole = (app: RunningApp, role: string, organization: string): Promise<Client> =>
  new Client(app).signIn(demoSignIns(app).find((who) => who.role === role && who.organization === organization)!)

/** Brings an appeal to its answer by the shortest lawful way: a subsidiary's explanation, told by telephone. */
export async function answer(app: RunningApp, number: string, said: string, text: string): Promise<void> {
  const head = await asRole(app, 'contact_centre_head', 'skes')
  const { body: [line] } = await head.get(`/appeals/search?text=${number}`)
  const must = async (client: Client, path: string, body: unknown = {}) => {
    const answered = await client.post(`/appeals/${line.id}${path}`, body)
    if (answered.status !== 200) throw new Error(`${path}: ${JSON.stringify(answered.body)}`)
  }
  const specialists = demoSignIns(app).filter((who) => who.role === 'executor' && who.organization === 'pts')
  const [specialist] = specialists
  const writer = await new Client(app).signIn(specialist!)
  const { body: me } = await writer.get('/session')
  await must(head, '/inquiries', { organization: 'pts', specialist: me.id, question: 'Почему?', dueOn: line.term.dueOn })
  await must(writer, '/tasks/1/versions', { body: text })
  await must(await asRole(app, 'unit_head', 'pts'), '/tasks/1/endorsement', { version: 1 })
  await must(await asRole(app, 'executive', 'pts'), '/tasks/1/endorsement', { version: 1 })
  await must(head, '/tasks/1/explanation/acceptance', { asReply: true })
  await must(head, '/dispatch', { way: 'phone', call: { calledAt: new Date(Date.now() - 1_000).toISOString(), said } })
}
