import pg from 'pg'
import type { Log } from './log.ts'

/** First half of the advisory locks by which a worker shows that it lives. */
const lockClass = 7_263_542

/**
 * Shows that this worker lives, by a lock that ends with its connection, and frees the jobs that dead workers left
 * locked: without it the queue would wait four hours. A worker wrongly taken for dead only has its jobs run twice.
 */
export async function holdPresence(options: {
  readonly url: string
  readonly log: Log
  /** The worker's name, as it stands at the jobs it has locked. */
  readonly name: string
  readonly takeOverAfter: number
}): Promise<{ stop: () => Promise<void> }> {
  const { url, log, name, takeOverAfter } = options
  let client: pg.Client | undefined
  let stopped = false

  async function round(): Promise<void> {
    try {
      client ??= await present(url, name, () => { client = undefined })
      const freed = await freeJobsOfTheDead(client, name, takeOverAfter)
      if (freed.length > 0) log.warn({ workers: freed }, 'jobs of dead workers were taken over')
    } catch (error) {
      client = undefined
      log.warn({ err: error }, 'the worker could not show that it lives')
    }
  }

  await round()
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => { running = running.then(() => (stopped ? undefined : round())) }, (takeOverAfter * 1_000) / 2)
  timer.unref()
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
      await client?.end()
    },
  }
}

async function present(url: string, name: string, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url, application_name: 'jauap presence', keepAlive: true,
    // A machine that vanished without a word is noticed by the server within a minute.
    options: '-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3',
  })
  client.on('error', lost)
  await client.connect()
  await client.query('select pg_advisory_lock($1, hashtext($2))', [lockClass, name])
  return client
}

async function freeJobsOfTheDead(client: pg.Client, name: string, takeOverAfter: number): Promise<string[]> {
  // Only what has been locked for a while: a worker just started may lock a job before it shows that it lives.
  const { rows } = await client.query<{ worker: string }>(
    `select distinct locked_by as worker from graphile_worker.jobs
     where locked_by is not null and locked_by <> $1 and locked_at < now() - make_interval(secs => $2)`, [name, takeOverAfter])
  const freed: string[] = []
  for (const { worker } of rows) {
    const { rows: [tried] } = await client.query<{ dead: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as dead', [lockClass, worker])
    if (!tried?.dead) continue
    await client.query('select graphile_worker.force_unlock_workers(array[$1])', [worker])
    await client.query('select pg_advisory_unlock($1, hashtext($2))', [lockClass, worker])
    freed.push(worker)
  }
  // The queue's own wake-up call, which freeing does not make.
  if (freed.length > 0) await client.query(`select pg_notify('jobs:insert', '{"count":1}')`)
  return freed
}
