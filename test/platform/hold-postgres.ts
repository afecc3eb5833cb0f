import { startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts'

/** An app that starts the embedded database in the given folder, says where, and is then killed by its test. */
const { url } = await startEmbeddedPostgres({ dataDir: process.argv[2]! })
process.stdout.write(`${url}\n`)
setInterval(() => {}, 60_000)
