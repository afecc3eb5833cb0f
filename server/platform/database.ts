import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'

const { builtins } = pg.types

/** How values travel: whole numbers as numbers, moments and days as Temporal. */
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, (text) => {
    const value = Number(text)
    if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond whole numbers of this platform`)
    return value
  }],
  [builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text.replace(' ', 'T'))],
  [builtins.DATE, (text) => Temporal.PlainDate.from(text)],
])

const plainTypes = pg.types as unknown as { getTypeParser: (oid: number, format?: string) => (text: string) => unknown }
export const typeParsers = {
  getTypeParser: (oid: number, format?: string) => (format !== 'binary' && parsers.get(oid)) || plainTypes.getTypeParser(oid, format),
}

export type DatabaseOptions = { readonly pool: number; readonly name?: string }

/** A pool to PostgreSQL with Temporal in and out. `pool` is for libraries that want one. */
export function openDatabase<DB>(url: string, { pool: max, name = 'jauap' }: DatabaseOptions): { db: Kysely<DB>; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url, max, connectionTimeoutMillis: 20_000, application_name: name, Client: PreparingClient, types: typeParsers as pg.CustomTypesConfig,
    // Nobody waits for a connection for ever. The JIT costs more than it gives on queries this short; a forgotten transaction must not hold locks for ever.
    options: '-c jit=off -c timezone=UTC -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s',
  })
  // A connection that breaks is replaced by the pool; without listeners it would end the process.
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
  return { db: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }), pool }
}

/**
 * Names every statement that has parameters, so that the server parses and plans it once a connection: small reads
 * become two to three times as many. Statements are templates of this code, so they are few; beyond a thousand
 * different ones (a shape that varies without end) the rest go unnamed.
 */
class PreparingClient extends pg.Client {
  override query(...given: unknown[]): never {
    const [text, values, ...rest] = given
    const query = super.query as (...args: unknown[]) => never
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return query.apply(this, given)
    return query.call(this, { name: nameOf(text), text, values: values.map(sent) }, ...rest)
  }
}

/** Temporal goes as its text: the driver would write it as JSON, in quotation marks. */
const sent = (value: unknown): unknown =>
  value instanceof Temporal.Instant || value instanceof Temporal.PlainDate ? value.toString() : Array.isArray(value) ? value.map(sent) : value

const names = new Map<string, string>()
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= 1_000) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  names.set(text, name)
  return name
}

/** What the database must be for the system to be right; each with what to do about it. */
export async function checkDatabase(db: Kysely<never>): Promise<string[]> {
  const { rows: [found] } = await sql<{ version: number; encoding: string; almaty: string; trigrams: boolean }>`
    select current_setting('server_version_num')::int as version,
      current_setting('server_encoding') as encoding,
      to_char('2024-03-15T06:00:00Z'::timestamptz at time zone 'Asia/Almaty', 'HH24:MI') as almaty,
      case when exists (select 1 from pg_extension where extname = 'pg_trgm') then cardinality(show_trgm('қ')) > 0 end as trigrams`.execute(db)
  const { version, encoding, almaty, trigrams } = found!
  return [
    ...(version < 150_000 || version >= 190_000 ? [`PostgreSQL 15 to 18 is needed, this is ${Math.floor(version / 10_000)}: use another server.`] : []),
    ...(encoding !== 'UTF8' ? [`The database's encoding is ${encoding}: create it with ENCODING 'UTF8'.`] : []),
    ...(almaty !== '11:00' ? [`The server's time zone data is older than 2024: update its tzdata (Asia/Almaty is UTC+5 since 2024-03-01).`] : []),
    ...(trigrams === false ? ['The database does not know Cyrillic letters (LC_CTYPE is C): create it with LOCALE \'C.UTF-8\' or another UTF-8 locale.'] : []),
  ]
}
