import type { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import pg from 'pg'
import { Refusal } from '../regulation/refusals.ts'
import type { AppEnv } from './operation.ts'
import { liveChannel, type Change } from './appeals/live.ts'
import type { Actor } from './people/actor.ts'
import type { Log } from './platform/log.ts'

/** One listener a process, many readers: each is told of the changes their holders stand on. */
export type LiveHub = { readonly subscribe: (told: (change: Change) => void) => () => void; readonly stop: () => Promise<void> }

/** Listens on its own connection and comes back by itself when the database was away. */
export async function openLiveHub(databaseUrl: string, log: Log): Promise<LiveHub> {
  const readers = new Set<(change: Change) => void>()
  let stopped = false
  let client: pg.Client | undefined

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: databaseUrl, application_name: 'jauap live', keepAlive: true })
    next.on('notification', ({ payload }) => {
      const change = JSON.parse(payload ?? '{}') as Change
      for (const told of readers) told(change)
    })
    next.on('error', (error) => {
      log.warn({ err: error }, 'live updates lost the database')
      if (!stopped) setTimeout(() => void connect().catch(() => next.emit('error', error)), 1_000).unref()
    })
    await next.connect()
    await next.query(`listen ${liveChannel}`)
    client = next
  }

  await connect()
  return {
    subscribe(told) {
      readers.add(told)
      return () => readers.delete(told)
    },
    async stop() {
      stopped = true
      await client?.end()
    },
  }
}

/** How long an ended session, or a role taken away, may go on being told: the stream asks anew at every beat. */
const beat = 5_000

/** `GET /api/v1/live`: server-sent events for the desk; ends with the session or the connection. */
export function serveLive(app: Hono<AppEnv>, hub: LiveHub, readActor: (headers: Headers) => Promise<Actor>): void {
  app.get('/api/v1/live', async (c) => {
    const { headers } = c.req.raw
    let actor = await readActor(headers)
    if (actor.kind !== 'staff') throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted')
    return streamSSE(c, async (stream) => {
      const unsubscribe = hub.subscribe((change) => {
        const held = actor.kind === 'staff' ? actor.holders : undefined
        if (!change.holders.some((holder) => held?.has(holder))) return
        for (const appeal of change.appeals) void stream.writeSSE({ event: 'changed', data: JSON.stringify({ appeal }) })
      })
      stream.onAbort(unsubscribe)
      try {
        while (!stream.aborted && actor.kind === 'staff') {
          await stream.writeSSE({ event: 'alive', data: '' })
          await stream.sleep(beat)
          actor = await readActor(headers)
        }
      } finally {
        unsubscribe()
      }
    })
  })
}
