import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { makeApp } from './app.ts'
import { makeRegistrar } from './appeals/register-appeal.ts'
import { readConfig, type Config } from './config.ts'
import { openLiveHub } from './live.ts'
import { fillDemoTown, printDemoAccount } from './demo-town.ts'
import type { Services } from './operation.ts'
import { openTypesetter } from './papers/typeset.ts'
import { fillDemoPeople, printDemoSignIns } from './people/demo-people.ts'
import { readGroup, syncGroup } from './people/read-group.ts'
import { checkDatabase, openDatabase } from './platform/database.ts'
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts'
import { openFiles } from './platform/files.ts'
import { openPagePictures } from './platform/page-pictures.ts'
import { migrateJobs, startWorker } from './platform/jobs.ts'
import { openLog } from './platform/log.ts'
import { migrate } from './platform/migrate.ts'
import { jobs, crontab } from './schedule.ts'
import type { DB } from './schema.ts'

/** Starts web, worker or both, in the order they need each other, and stops them in the other. */
async function main(config: Config): Promise<void> {
  const log = openLog(config.logLevel)
  mkdirSync(config.dataDir, { recursive: true })
  const closing: (() => Promise<unknown>)[] = []
  endOnSignal(closing)

  const group = readGroup(config.groupFile)
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres({ dataDir: config.dataDir })
  if (embedded) closing.push(embedded.stop)
  const url = config.databaseUrl ?? embedded!.url

  await migrate(url)
  await migrateJobs(url)
  const { db } = openDatabase<DB>(url, { pool: config.databasePool })
  closing.push(() => db.destroy())
  const faults = await checkDatabase(db as never)
  if (faults.length > 0) throw new StartFault(faults)

  await syncGroup(db, group)
  const demo = config.demo && (await fillDemoPeople(db, config))

  await fillDemoTown({ db, group }, config.demoAccounts)

  const typesetter = openTypesetter()
  const files = openFiles(config.dataDir)
  const pages = openPagePictures(files)
  closing.push(typesetter.stop, pages.stop)
  const services: Services = {
    config, db, group, log, demo: demo || [], files, pages,
    registrar: makeRegistrar(db, group), typesetter,
  }
  if (config.process !== 'web') {
    const worker = await startWorker({ url, log, tasks: jobs(services), crontab })
    closing.push(worker.stop)
  }
  if (config.process !== 'worker') await serveWeb(services, url, closing)
  if (demo) {
    printDemoSignIns(demo)
    await printDemoAccount(services)
  }
}

async function serveWeb(services: Services, url: string, closing: (() => Promise<unknown>)[]): Promise<void> {
  const { config, log } = services
  const hub = await openLiveHub(url, log)
  closing.push(hub.stop)
  const app = makeApp(services, hub)
  const server = await new Promise<ReturnType<typeof serve>>((done, fail) => {
    const made = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, () => done(made))
    made.once('error', fail)
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new StartFault([`Port ${config.port} is taken: give another one in PORT.`]) : error
  })
  closing.push(() => new Promise<void>((done) => {
    server.close(() => done())
    if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), 2_000).unref()
  }))
  const { port } = server.address() as AddressInfo
  console.log(`ready http://localhost:${port}`)
}

/** What keeps the system from starting, in words that say what to do. */
class StartFault extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

function endOnSignal(closing: (() => Promise<unknown>)[]): void {
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    for (const close of closing.reverse()) await close().catch((error: unknown) => console.error(error))
    process.exit(0)
  }
  process.on('SIGINT', () => void end())
  process.on('SIGTERM', () => void end())
}

const read = readConfig(process.env)
if (read.ok) {
  await main(read.config).catch((error: unknown) => {
    console.error(error instanceof StartFault || ['DataDirInUse', 'GroupFault'].includes((error as Error).name) ? (error as Error).message : error)
    process.exit(1)
  })
} else {
  console.error('These settings do not fit:')
  for (const { name, given, remedy } of read.faults) console.error(`  ${name} is ${given}. ${remedy}`)
  process.exit(1)
}
