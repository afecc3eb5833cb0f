import type { Hono } from 'hono'
import { sql } from 'kysely'
import type { AppEnv } from './operation.ts'
import type { Services } from './operation.ts'

/** `/healthz`: the process answers. `/readyz`: its database does too. */
export function serveHealth(app: Hono<AppEnv>, { db, log }: Services): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    try {
      await sql`select 1`.execute(db)
      return c.json({ status: 'ready' })
    } catch (error) {
      log.warn({ err: error }, 'not ready: the database does not answer')
      return c.json({ status: 'not ready', waitsFor: 'database' }, 503)
    }
  })
}
