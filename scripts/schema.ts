import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../server/platform/embedded-postgres.ts'
import { migrate } from '../server/platform/migrate.ts'
import { describeSchema } from './describe-schema.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'jauap-schema-'))
const server = await startEmbeddedPostgres({ dataDir, durable: false })
await migrate(server.url)
writeFileSync('db/schema.sql', await describeSchema(server.url))
await server.stop()
rmSync(dataDir, { recursive: true, force: true })
