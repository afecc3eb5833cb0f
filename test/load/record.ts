import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { typeParsers } from '../../server/platform/database.ts'
import type { DB } from '../../server/schema.ts'

export type Recorded = { readonly name: string; readonly text: string; readonly values: readonly unknown[] }

/** The statements that some work of the app sends, but for the transaction's own; prepared by name when they are sent again, as the app does. */
export async function record(databaseUrl: string, work: (db: Kysely<DB>) => Promise<unknown>): Promise<Recorded[]> {
  const sent: Recorded[] = []
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, types: typeParsers as pg.CustomTypesConfig })
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query: { sql: text, parameters } }) => {
      if (!/^(begin|commit|rollback)/.test(text)) sent.push({ name: nameOf(text), text, values: [...parameters] })
    },
  })
  await work(db)
  await db.destroy()
  return sent
}

/** Sends them again, by plain SQL, within a transaction; `alter` makes the values of each new, given what came before. */
export async function replay(pool: pg.Pool, recorded: readonly Recorded[], alter: (value: unknown, given: Given, at: { statement: number; value: number }) => unknown): Promise<void> {
  const client = await pool.connect()
  const given: Given = []
  try {
    await client.query('begin')
    for (const [statement, { name, text, values }] of recorded.entries()) {
      const { rows } = await client.query({ name, text, values: values.map((value, i) => alter(value, given, { statement, value: i })) })
      given.push(rows[0] as Given[number])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** The first row each statement before gave. */
export type Given = (Readonly<Record<string, unknown>> | undefined)[]

const names = new Map<string, string>()
function nameOf(text: string): string {
  if (!names.has(text)) names.set(text, `bench ${names.size}`)
  return names.get(text)!
}
