import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sql, type Kysely } from 'kysely'
import pg from 'pg'
import { openDatabase } from '../../server/platform/database.ts'
import { addJobs, migrateJobs, startWorker } from '../../server/platform/jobs.ts'
import { openLog } from '../../server/platform/log.ts'
import { freshDatabase } from '../support/database.ts'

const log = openLog('silent')
let url: string
let db: Kysely<Record<string, never>>
let close: () => Promise<void>

const soon = { timeout: 5_000 }

beforeAll(async () => {
  const fresh = await freshDatabase()
  const opened = openDatabase<Record<string, never>>(fresh.url, { pool: 4 })
  url = fresh.url
  db = opened.db
  close = async () => {
    await db.destroy()
    await fresh.drop()
  }
})
afterAll(() => close())

describe('jobs', () => {
  it('asked for in a transaction are done after it commits, and never if it does not', async () => {
    const done: number[] = []
    const worker = await startWorker({ url, log, tasks: { note: async ({ n }: { n: number }) => done.push(n) } })
    await db.transaction().execute(async (tx) => {
      await addJobs(tx, [{ name: 'note', payload: { n: 1 } }, { name: 'note', payload: { n: 2 } }])
      await new Promise((wait) => setTimeout(wait, 50))
      expect(done).toEqual([])
    })
    await db.transaction().execute(async (tx) => {
      await addJobs(tx, [{ name: 'note', payload: { n: 3 } }])
      throw new Error('changed my mind')
    }).catch(() => {})
    await vi.waitFor(() => expect(done.toSorted()).toEqual([1, 2]), soon)
    await worker.stop()
    expect(await waiting()).toBe(0)
  })

  it('with the same key are done once, with what was said last', async () => {
    await addJobs(db, [{ name: 'note', payload: { n: 1 }, key: 'k' }])
    await addJobs(db, [{ name: 'note', payload: { n: 2 }, key: 'k' }])
    expect(await waiting()).toBe(1)
    const done: number[] = []
    const worker = await startWorker({ url, log, tasks: { note: async ({ n }: { n: number }) => done.push(n) } })
    await vi.waitFor(() => expect(done).toEqual([2]), soon)
    await worker.stop()
  })

  it('that are not due wait, and those that fail are tried again', async () => {
    await addJobs(db, [{ name: 'note', payload: {}, runAt: Temporal.Now.instant().add({ hours: 1 }) }])
    await addJobs(db, [{ name: 'fail', payload: {}, maxAttempts: 3 }])
    let tried = 0
    const worker = await startWorker({ url, log, tasks: {
      note: async () => { throw new Error('too early') },
      fail: async () => { if (++tried < 2) throw new Error('not now') },
    } })
    await vi.waitFor(() => expect(tried).toBe(2), { timeout: 8_000 })
    await worker.stop()
    expect(await waiting()).toBe(1)
    await sql`delete from graphile_worker._private_jobs`.execute(db)
  })

  it('locked by a worker that died are taken over by the next one, and those of a living one are not', async () => {
    await addJobs(db, [{ name: 'note', payload: { n: 7 } }, { name: 'note', payload: { n: 8 } }])
    const living = new pg.Client({ connectionString: url })
    living.on('error', () => {})
    await living.connect()
    await living.query(`select pg_advisory_lock(7263542, hashtext('living'))`)
    await living.query(`update graphile_worker._private_jobs set attempts = 1, locked_at = now() - interval '1 minute',
      locked_by = case payload->>'n' when '7' then 'dead' else 'living' end`)
    const done: number[] = []
    const worker = await startWorker({ url, log, takeOverAfter: 1, tasks: { note: async ({ n }: { n: number }) => done.push(n) } })
    await vi.waitFor(() => expect(done).toEqual([7]), soon)
    await new Promise((wait) => setTimeout(wait, 1_200))
    expect(done).toEqual([7])
    await living.end()
    await vi.waitFor(() => expect(done).toEqual([7, 8]), soon)
    await worker.stop()
  })

  it('are done on the minute that the table of hours says', async () => {
    const worker = await startWorker({ url, log, tasks: { tick: async () => {} }, crontab: '* * * * * tick' })
    await worker.stop()
    const { rows } = await sql<{ identifier: string }>`select identifier from graphile_worker._private_known_crontabs`.execute(db)
    expect(rows).toEqual([{ identifier: 'tick' }])
  })

  it('keep their tables when they are brought up to date twice', async () => {
    await migrateJobs(url)
    await migrateJobs(url)
    expect(await waiting()).toBe(0)
  })
})

async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from graphile_worker.jobs`.execute(db)
  return rows[0]!.count
}
