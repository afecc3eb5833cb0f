import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** Numbered SQL files, each applied once, in its own transaction; a file that changed after it was applied refuses. */
export async function migrate(url: string, folder = 'db/migrations'): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'jauap migrate' })
  await client.connect()
  try {
    // Two processes may start at once: the second waits here and finds nothing to do.
    await client.query('select pg_advisory_lock(7263541)')
    await client.query(`create table if not exists schema_migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
    const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from schema_migrations')
    const applied = new Map(rows.map((row) => [row.name, row.checksum]))
    const done: string[] = []
    for (const name of readdirSync(folder).filter((file) => /^\d{4}_.*\.sql$/.test(file)).sort()) {
      const text = readFileSync(join(folder, name), 'utf8')
      const checksum = createHash('sha256').update(text).digest('hex')
      const known = applied.get(name)
      if (known === checksum) continue
      if (known) throw new Error(`${name} was changed after it had been applied: write a new migration instead`)
      await apply(client, name, checksum, text)
      done.push(name)
    }
    return done
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, name: string, checksum: string, text: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error })
  }
}
