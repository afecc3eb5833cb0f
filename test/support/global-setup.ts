import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts'
import { migrateJobs } from '../../server/platform/jobs.ts'
import { migrate } from '../../server/platform/migrate.ts'
import { findBrowser } from './browser.ts'

declare module 'vitest' {
  export interface ProvidedContext { databaseServer: string }
}

/**
 * One real PostgreSQL for the run, with a migrated template from which every test file copies its own database.
 * PG_BIN_DIR runs it on another version's binaries.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jauap-test-'))
  const server = await startEmbeddedPostgres({ dataDir, durable: false, binDir: process.env['PG_BIN_DIR'] })
  await query(server.url, 'create database template_jauap')
  const template = server.url.replace(/jauap$/, 'template_jauap')
  await migrate(template)
  await migrateJobs(template)
  // Unpacked once, here, so that no two test files do it at a time.
  await findBrowser()
  project.provide('databaseServer', server.url)
  return async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}
