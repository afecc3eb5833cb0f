import pg from 'pg'

/** One statement on a connection of its own, past the program: to look at what it kept, or to spoil it. */
export async function query<Row extends pg.QueryResultRow>(url: string, text: string, values: readonly unknown[] = []): Promise<pg.QueryResult<Row>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query<Row>(text, [...values])
  } finally {
    await client.end()
  }
}

/** How many rows a table has. */
export const countOf = async (url: string, table: string): Promise<number> =>
  Number((await query<{ count: string }>(url, `select count(*) from ${table}`)).rows[0]!.count)
