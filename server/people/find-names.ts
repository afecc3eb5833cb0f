import { sql, type Transaction } from 'kysely'
import type { PersonId } from '../../regulation/vocabulary.ts'
import type { DB } from '../schema.ts'

/** The names of people, by id; whoever is unknown keeps an empty name. */
export async function findNames(tx: Transaction<DB>, ids: Iterable<PersonId>): Promise<(id: PersonId) => { id: PersonId; name: string }> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from people where id = any(${[...new Set(ids)]}::text[])`.execute(tx)
  const names = new Map(rows.map((row) => [row.id, row.name]))
  return (id) => ({ id, name: names.get(id) ?? '' })
}
