import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, startApp, type RunningApp } from '../support/app.ts'
import { gatherCrew, type Crew } from '../support/crew.ts'
import { until } from '../support/wait.ts'

let app: RunningApp
let crew: Crew
beforeAll(async () => {
  app = await startApp()
  crew = await gatherCrew(app)
})
afterAll(() => app?.stop())

/** What a stream has told so far, and whether it has ended. */
async function listen({ cookie }: Client) {
  const stopping = new AbortController()
  const response = await fetch(`${app.url}/api/v1/live`, { headers: { cookie }, signal: stopping.signal })
  const heard = { text: '', ended: false }
  void (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) heard.text += chunk
    heard.ended = true
  })().catch(() => undefined)
  await until(async () => heard.text.includes('alive'))
  return { heard, stop: () => stopping.abort() }
}

describe('live updates (п. 4.1)', () => {
  it('tell whoever may read an appeal that it changed, by its id alone, and nobody else', async () => {
    const [head, stranger] = [await listen(crew.head), await listen(crew.as('executor@skes/skes-metering'))]
    const { id } = await crew.write({ subject: 'Тайна' })
    await until(async () => head.heard.text.includes(`{"appeal":${id}}`))
    expect(head.heard.text).not.toContain('Тайна')
    expect(stranger.heard.text).not.toContain('appeal')
    head.stop()
    stranger.stop()
  })

  it('end with the session', async () => {
    const client = await new Client(app).signIn(crew.member('contact_centre_agent@skes'))
    const { heard } = await listen(client)
    await client.ask('DELETE', '/session', undefined, {})
    await until(async () => heard.ended)
    await crew.write()
    expect(heard.text).not.toContain('appeal')
  })
})
