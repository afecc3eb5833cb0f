import { EventEmitter } from 'node:events'
import { Logger, run, runMigrations, type TaskList } from 'graphile-worker'
import { sql, type QueryExecutorProvider } from 'kysely'
import pg from 'pg'
import type { Log } from './log.ts'
import { holdPresence } from './presence.ts'

/**
 * Work to be done after the transaction that asks for it is committed: at least once, so each job must be safe to
 * run twice. A job that throws is run again after 3 s, 7 s, 20 s … up to 6 hours.
 */
export type NewJob = {
  readonly name: string
  readonly payload: Readonly<Record<string, unknown>>
  /** At most one waiting job has this key: asking again replaces it. */
  readonly key?: string
  readonly runAt?: Temporal.Instant
  /** After so many tries the job stays, marked as failed for good. Default 25, which is four days. */
  readonly maxAttempts?: number
}

/** Asks for jobs inside the caller's transaction, in one statement: they are there if it commits, and only then. */
export async function addJobs(tx: QueryExecutorProvider, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return
  const specs = JSON.stringify(jobs.map((job) => ({ ...job, runAt: job.runAt?.toString() })))
  await sql`
    select count(*) from graphile_worker.add_jobs((
      select array_agg((
        job->>'name', (job->'payload')::json, null, (job->>'runAt')::timestamptz, (job->>'maxAttempts')::smallint,
        job->>'key', null, null)::graphile_worker.job_spec)
      from jsonb_array_elements(${specs}::jsonb) as job))`.execute(tx)
}

/** Makes the queue's own tables (schema `graphile_worker`), or brings them up to date. */
export const migrateJobs = (url: string): Promise<void> =>
  runMigrations({ connectionString: url, logger: quiet })

export type WorkerOptions = {
  /** Straight to the database: a pooler that shares connections hides both the wake-up calls and who is alive. */
  readonly url: string
  readonly log: Log
  readonly tasks: Readonly<Record<string, (payload: never) => Promise<unknown>>>
  /** Lines of `minute hour day month weekday task`, in UTC. */
  readonly crontab?: string
  readonly concurrency?: number
  /** How soon what a dead process left locked is taken over, in seconds. */
  readonly takeOverAfter?: number
}

/** Works until stopped; `stop` lets the running jobs end, and hands back those that do not within five seconds. */
export async function startWorker(options: WorkerOptions): Promise<{ stop: () => Promise<void> }> {
  const { url, log, tasks, crontab = '', concurrency = 4, takeOverAfter = 10 } = options
  const pgPool = new pg.Pool({ connectionString: url, max: concurrency + 2, application_name: 'jauap jobs' })
  // A connection that breaks is replaced by the pool; without listeners it would end the process.
  pgPool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
  const events = new EventEmitter()
  let name = ''
  events.once('pool:create', ({ workerPool }: { workerPool: { id: string } }) => { name = workerPool.id })
  const taskList = Object.fromEntries(Object.entries(tasks).map(([task, work]) =>
    [task, async (payload: unknown) => { await work(payload as never) }])) as TaskList

  const runner = await run({
    pgPool, events, taskList, crontab, concurrency, logger: loggerOf(log), noHandleSignals: true, pollInterval: 2_000,
  })
  runner.promise.catch((error: unknown) => log.error({ err: error }, 'the worker stopped'))
  const presence = await holdPresence({ url, log, name, takeOverAfter })
  return {
    async stop() {
      await runner.stop()
      await presence.stop()
      await pgPool.end()
    },
  }
}

/** The queue's words go to our log without their details, for payloads may be personal. */
const loggerOf = (log: Log): Logger => new Logger(({ taskIdentifier }) => (level, message) => {
  const to = level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug'
  log[to]({ task: taskIdentifier }, message)
})
const quiet = new Logger(() => () => {})
