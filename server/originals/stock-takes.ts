import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { originalsOf } from '../appeals/original-index.ts'
import { appealId, moment } from '../appeals/views.ts'
import { inTransaction, reading, staffOperation } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import type { Group } from '../people/group.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { keeperOf, lineOf, mustKeep, originalLine } from './keeping.ts'
import { soughtBy } from './read-originals.ts'

export const stockTakeId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

const stockTakeView = z.object({
  id: stockTakeId, organization: z.string(), unit: z.string(), startedAt: moment, startedBy: z.string(), closedAt: moment.optional(),
  expected: z.number().int(), found: z.number().int(), missing: z.number().int(), elsewhere: z.number().int().describe('Scanned here, though by the index they are elsewhere'),
})

/** What a scan told: in its place; scanned before; here though it should be elsewhere. */
export const scanResults = ['found', 'again', 'elsewhere'] as const

/** п. 4.7: stock-takes of the papers that lie in one's chancelleries. */
export const listStockTakes = staffOperation
  .meta({ clause: '4.7' })
  .route({ method: 'GET', path: '/stock-takes', summary: 'Stock-takes, newest first', tags: ['originals'] })
  .use(reading)
  .output(z.array(stockTakeView))
  .handler(({ context: { tx, actor, group } }) => stockTakes(tx, sql`t.organization_id = any(${[...keeperOf(actor, group).organizations]}::text[]) order by t.id desc limit 50`))

/** Takes down what should lie in the unit at this moment; from here on every scan is held against it. */
export const startStockTake = staffOperation
  .meta({ clause: '4.7' })
  .route({ method: 'POST', path: '/stock-takes', successStatus: 201, summary: 'Begin a stock-take of a unit', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ unit: z.string().max(60) }))
  .output(z.object({ id: stockTakeId }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const unit = group.units.get(input.unit)
    if (!unit) throw refuseField('unit', 'unit_unknown')
    mustKeep(actor, unit.organization)
    const { rows: [made] } = await sql<{ id: number }>`
      insert into stock_takes (organization_id, unit_id, started_at, started_by) values (${unit.organization}, ${unit.id}, ${now}, ${actor.id})
      on conflict (unit_id) where closed_at is null do nothing returning id`.execute(tx)
    if (!made) throw new Refusal('stock_take_open')
    await sql`
      insert into stock_take_lines (stock_take_id, appeal_id, expected)
      select ${made.id}, appeal_id, true from originals where unit_id = ${unit.id} and person_id is null and destroyed_by is null`.execute(tx)
    return { id: made.id }
  })

export const readStockTake = staffOperation
  .meta({ clause: '4.7' })
  .route({ method: 'GET', path: '/stock-takes/{id}', summary: 'A stock-take and its papers', tags: ['originals'] })
  .use(reading)
  .input(z.object({
    id: stockTakeId, show: z.enum(['missing', 'found', 'elsewhere']).default('missing'), after: z.coerce.number().int().nonnegative().default(0),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }))
  .output(z.object({ stockTake: stockTakeView, lines: z.array(originalLine), more: z.boolean() }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const stockTake = await getStockTake(tx, actor, group, input.id)
    const ids = await linesOf(tx, input)
    const rows = await originalsOf(tx, keeperOf(actor, group), ids)
    return { stockTake, lines: rows.map((row) => lineOf(row, dateOf(now))), more: ids.length === input.limit }
  })

export const scanOriginal = staffOperation
  .meta({ clause: '4.7' })
  .route({ method: 'POST', path: '/stock-takes/{id}/scans', summary: 'A paper was scanned in its place', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ id: stockTakeId, code: z.string().trim().min(1, 'field_missing').max(300) }))
  .output(z.object({ result: z.enum(scanResults), original: originalLine, stockTake: stockTakeView }))
  .handler(async ({ context, input }) => {
    const { tx, actor, group, now } = context
    const open = await getStockTake(tx, actor, group, input.id)
    if (open.closedAt) throw new Refusal('stock_take_closed')
    const rows = await soughtBy(context, keeperOf(actor, group), input.code)
    if (rows.length === 0) throw new Refusal('paper_unknown')
    // A number repeats with the years: the paper that should lie here is the one that was meant.
    const { rows: known } = await sql<{ appeal_id: number; expected: boolean; found_at: unknown }>`
      select appeal_id, expected, found_at from stock_take_lines
      where stock_take_id = ${input.id} and appeal_id = any(${rows.map((row) => row.appeal_id)}::bigint[]) order by found_at is null desc, appeal_id desc`.execute(tx)
    const [meant] = known
    const original = rows.find((row) => row.appeal_id === meant?.appeal_id) ?? rows[0]!
    const result = meant?.found_at ? 'again' : meant ? 'found' : 'elsewhere'
    if (result !== 'again') {
      await sql`
        insert into stock_take_lines (stock_take_id, appeal_id, expected, found_at, found_by) values (${input.id}, ${original.appeal_id}, false, ${now}, ${actor.id})
        on conflict (stock_take_id, appeal_id) do update set found_at = excluded.found_at, found_by = excluded.found_by where stock_take_lines.found_at is null`.execute(tx)
    }
    return { result, original: lineOf(original, dateOf(now)), stockTake: await getStockTake(tx, actor, group, input.id) }
  })

/** Takes a scan back: it was another paper's label, or a slip of the hand. */
export const unscanOriginal = staffOperation
  .meta({ clause: '4.7' })
  .route({ method: 'DELETE', path: '/stock-takes/{id}/scans/{appealId}', summary: 'Take a scan back', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ id: stockTakeId, appealId }))
  .output(stockTakeView)
  .handler(async ({ context: { tx, actor, group }, input }) => {
    const open = await getStockTake(tx, actor, group, input.id)
    if (open.closedAt) throw new Refusal('stock_take_closed')
    await sql`delete from stock_take_lines where stock_take_id = ${input.id} and appeal_id = ${input.appealId} and not expected`.execute(tx)
    await sql`update stock_take_lines set found_at = null, found_by = null where stock_take_id = ${input.id} and appeal_id = ${input.appealId}`.execute(tx)
    return getStockTake(tx, actor, group, input.id)
  })

export const closeStockTake = staffOperation
  .meta({ clause: '4.7' })
  .route({ method: 'POST', path: '/stock-takes/{id}/close', summary: 'End a stock-take; its figures stay', tags: ['originals'] })
  .use(inTransaction)
  .input(z.object({ id: stockTakeId }))
  .output(stockTakeView)
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const open = await getStockTake(tx, actor, group, input.id)
    if (open.closedAt) throw new Refusal('stock_take_closed')
    await sql`update stock_takes set closed_at = ${now}, closed_by = ${actor.id} where id = ${input.id}`.execute(tx)
    return getStockTake(tx, actor, group, input.id)
  })

export type StockTake = z.input<typeof stockTakeView>

/** One stock-take of a chancellery of one's own; refuses with `not_found`. */
export async function getStockTake(tx: Transaction<DB>, actor: Staff, group: Group, id: number): Promise<StockTake> {
  const [found] = await stockTakes(tx, sql`t.id = ${id} and t.organization_id = any(${[...keeperOf(actor, group).organizations]}::text[])`)
  if (!found) throw new Refusal('not_found')
  return found
}

export async function linesOf(tx: Transaction<DB>, { id, show, after, limit }: { id: number; show: 'missing' | 'found' | 'elsewhere'; after: number; limit: number }): Promise<number[]> {
  const which = show === 'missing' ? sql`found_at is null` : show === 'found' ? sql`expected and found_at is not null` : sql`not expected`
  const { rows } = await sql<{ appeal_id: number }>`
    select appeal_id from stock_take_lines where stock_take_id = ${id} and appeal_id > ${after} and ${which} order by appeal_id limit ${limit}`.execute(tx)
  return rows.map((row) => row.appeal_id)
}

async function stockTakes(tx: Transaction<DB>, where: ReturnType<typeof sql>): Promise<StockTake[]> {
  type Row = {
    id: number; organization_id: string; unit_id: string; started_at: Temporal.Instant; closed_at: Temporal.Instant | null; name: string
    expected: number; found: number; elsewhere: number
  }
  const { rows } = await sql<Row>`
    select t.id, t.organization_id, t.unit_id, t.started_at, t.closed_at, p.name, l.expected, l.found, l.elsewhere
    from stock_takes t join people p on p.id = t.started_by cross join lateral (
      select count(*) filter (where expected)::int as expected, count(*) filter (where expected and found_at is not null)::int as found,
        count(*) filter (where not expected)::int as elsewhere
      from stock_take_lines where stock_take_id = t.id) l
    where ${where}`.execute(tx)
  return rows.map((row) => ({
    id: row.id, organization: row.organization_id, unit: row.unit_id, startedAt: row.started_at.toString(), startedBy: row.name,
    ...(row.closed_at && { closedAt: row.closed_at.toString() }), expected: row.expected, found: row.found, missing: row.expected - row.found, elsewhere: row.elsewhere,
  }))
}
