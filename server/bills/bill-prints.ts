import { Readable } from 'node:stream'
import { sql, type RawBuilder, type Transaction } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { languages, type Language } from '../../regulation/vocabulary.ts'
import { billWords } from '../../web/i18n/bills.ts'
import { moment } from '../appeals/views.ts'
import { settlesMonths } from '../ledger/find-account.ts'
import { inTransaction, reading, staffOperation, type RequestContext, type Services } from '../operation.ts'
import { openTypesetter, type Typesetter } from '../papers/typeset.ts'
import type { Staff } from '../people/actor.ts'
import { dateOf, now as clockNow } from '../platform/clock.ts'
import type { ServedFile } from '../platform/files.ts'
import { addJobs } from '../platform/jobs.ts'
import type { DB } from '../schema.ts'
import { composeBills, gatherBills } from './compose-bill.ts'

/** Bills of one part, which is one PDF. */
const partBills = 500
/** Printed parts are made again if they are needed after so many days. */
const keptDays = 30

const printId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const month = z.string().describe('YYYY-MM')
const printView = z.object({
  id: printId, period: month, district: z.string().optional(), building: z.string().optional(), language: z.enum(languages), bills: z.number().int(), madeAt: moment, madeBy: z.string(),
  state: z.enum(['printing', 'troubled', 'done', 'cancelled', 'removed']).describe('troubled: the last try failed, it is tried again; removed: its files are no longer kept'),
  done: z.number().int().describe('Bills printed so far'), parts: z.number().int(), partsDone: z.number().int(),
})
const partView = z.object({ n: z.number().int(), bills: z.number().int(), firstAddress: z.string(), lastAddress: z.string(), ready: z.boolean(), size: z.number().int().optional().describe('Bytes') })
export type BillPrintLine = z.input<typeof printView>

/** п. 11.3.1: earlier prints of bills, newest first; the months and districts there are to choose from. */
export const listBillPrints = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/bill-prints', summary: 'Prints of bills, newest first, and what can be printed', tags: ['bills'] })
  .use(reading)
  .output(z.object({ prints: z.array(printView), months: z.array(month), districts: z.array(z.string()) }))
  .handler(async ({ context }) => {
    allow(context)
    const { tx } = context
    const { rows: months } = await sql<{ period: Temporal.PlainDate }>`select period from settlement_runs where posted_at is not null order by period desc limit 24`.execute(tx)
    const { rows: districts } = await sql<{ district: string }>`select distinct district from buildings where district <> '' order by district limit 200`.execute(tx)
    return { prints: await readPrints(tx, sql`true order by p.id desc limit 60`), months: months.map(({ period }) => period.toPlainYearMonth().toString()), districts: districts.map(({ district }) => district) }
  })

export const readBillPrint = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/bill-prints/{id}', summary: 'A print of bills and its parts, each a PDF once it is ready', tags: ['bills'] })
  .use(reading)
  .input(z.object({ id: printId }))
  .output(z.object({ print: printView, parts: z.array(partView) }))
  .handler(async ({ context, input }) => {
    allow(context)
    const print = await getPrint(context.tx, input.id)
    const { rows } = await sql<{ n: number; bills: number; first_address: string; last_address: string; file_id: string | null; size_bytes: number | null }>`
      select n, cardinality(accounts) as bills, first_address, last_address, file_id, f.size_bytes from bill_print_parts q left join files f on f.id = q.file_id where print_id = ${input.id} order by n`.execute(context.tx)
    return {
      print, parts: rows.map((row) => ({ n: row.n, bills: row.bills, firstAddress: row.first_address, lastAddress: row.last_address, ready: row.file_id !== null, ...(row.size_bytes !== null && { size: row.size_bytes }) })),
    }
  })

/** Houses whose bills can be printed apart. */
export const findBuildings = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/bill-prints/buildings', summary: 'Houses by a part of their address', tags: ['bills'] })
  .use(reading)
  .input(z.object({ text: z.string().max(100).default('') }))
  .output(z.array(z.object({ id: z.number().int(), address: z.string() })))
  .handler(async ({ context, input }) => {
    allow(context)
    const like = `%${input.text.trim().replace(/[\\%_]/g, '\\$&')}%`
    const { rows } = await sql<{ id: number; address: string }>`select id, address from buildings where address ilike ${like} order by address limit 20`.execute(context.tx)
    return rows
  })

/** Bills of a posted month for paper: laid out in parts at once, set by a job. The same asked for while it is being printed is the same print. */
export const printBills = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/bill-prints', successStatus: 201, summary: 'Print the bills of a month, of all, a district or a house', tags: ['bills'] })
  .use(inTransaction)
  .input(z.object({ period: z.string().regex(/^[1-9]\d{3}-(0[1-9]|1[0-2])$/, 'field_invalid').describe('YYYY-MM'), district: z.string().min(1).max(200).optional(), building: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(), language: z.enum(languages).default('ru') }))
  .output(z.object({ id: printId, bills: z.number().int() }))
  .handler(async ({ context, input: { district, building, language, period: given } }) => {
    const actor = allow(context)
    const { tx, now } = context
    if (district !== undefined && building !== undefined) throw refuseField('building', 'field_invalid')
    const period = Temporal.PlainDate.from(`${given}-01`)
    // Two at once wait for one another here.
    const { rows: [run] } = await sql`select 1 from settlement_runs where period = ${period} and posted_at is not null for update`.execute(tx)
    if (!run) throw refuseField('period', 'month_not_posted')
    const [same] = await readPrints(tx, sql`
      p.period = ${period} and p.district is not distinct from ${district ?? null} and p.building_id is not distinct from ${building ?? null}::bigint and p.language = ${language}
      and p.cancelled_at is null and exists (select 1 from bill_print_parts q where q.print_id = p.id and q.done_at is null) order by p.id desc limit 1`)
    if (same) return { id: same.id, bills: same.bills }
    const { id } = await tx.insertInto('bill_prints').values({
      period, district: district ?? null, building_id: building !== undefined && await known(tx, building) ? building : null, language, bills: 0, made_by: actor.id, made_at: now, cancelled_at: null, troubled_at: null, removed_at: null,
    }).returning('id').executeTakeFirstOrThrow()
    // In the order they are carried round; by plain letters, for a quarter of a million are sorted while somebody waits.
    const { rows: [laid] } = await sql<{ bills: number }>`
      with placed as (
        select a.id, h.address || case when r.flat = '' then '' else ', ' || r.flat end as place,
          row_number() over (order by h.district collate "C", h.address collate "C", h.id, length(r.flat), r.flat collate "C", a.id) - 1 as n
        from bills b join accounts a on a.id = b.account_id join premises r on r.id = a.premises_id join buildings h on h.id = r.building_id
        where b.period = ${period} and (${district ?? null}::text is null or h.district = ${district ?? null}) and (${building ?? null}::bigint is null or h.id = ${building ?? null})
      ), parts as (
        insert into bill_print_parts (print_id, n, accounts, first_address, last_address)
        select ${id}::bigint, part, array_agg(id order by n), (array_agg(place order by n))[1], (array_agg(place order by n desc))[1]
        from (select *, 1 + n / ${partBills}::int as part from placed) p group by part returning accounts
      ) update bill_prints set bills = (select coalesce(sum(cardinality(accounts)), 0) from parts) where id = ${id} returning bills`.execute(tx)
    if (laid!.bills === 0) throw refuseField(building !== undefined ? 'building' : district !== undefined ? 'district' : 'period', 'no_bills')
    await addJobs(tx, [job(id)])
    return { id, bills: laid!.bills }
  })

/** Stopped after the part it is at; what is ready can still be fetched. */
export const cancelBillPrint = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/bill-prints/{id}/cancel', summary: 'Stop a print of bills', tags: ['bills'] })
  .use(inTransaction)
  .input(z.object({ id: printId }))
  .output(printView)
  .handler(async ({ context, input }) => {
    allow(context)
    const { tx, now } = context
    const state = await lock(tx, input.id)
    if (state === 'done' || state === 'removed') throw new Refusal('run_out_of_turn')
    if (state !== 'cancelled') await sql`update bill_prints set cancelled_at = ${now} where id = ${input.id}`.execute(tx)
    return getPrint(tx, input.id)
  })

/** Goes on with the parts that are not ready. */
export const resumeBillPrint = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/bill-prints/{id}/resume', summary: 'Go on with a print of bills', tags: ['bills'] })
  .use(inTransaction)
  .input(z.object({ id: printId }))
  .output(printView)
  .handler(async ({ context, input }) => {
    allow(context)
    const { tx } = context
    const state = await lock(tx, input.id)
    if (state === 'done' || state === 'removed') throw new Refusal('run_out_of_turn')
    await sql`update bill_prints set cancelled_at = null, troubled_at = null where id = ${input.id}`.execute(tx)
    await addJobs(tx, [job(input.id)])
    return getPrint(tx, input.id)
  })

/** A part's PDF; refuses with `not_found` where it is not ready or no longer kept. */
export async function getPrintedPart(tx: Transaction<DB>, print: number, n: number): Promise<ServedFile> {
  const { rows: [part] } = await sql<{ id: string; name: string; media_type: string }>`
    select f.id, f.name, f.media_type from bill_print_parts q join files f on f.id = q.file_id where q.print_id = ${print} and q.n = ${n}`.execute(tx)
  if (!part) throw new Refusal('not_found', { clause: '11.3.1' })
  return { id: part.id, name: part.name, mediaType: part.media_type, download: true }
}

type Printing = Pick<Services, 'db' | 'group' | 'config' | 'files' | 'log'>
type Print = { readonly id: number; readonly period: Temporal.PlainDate; readonly language: Language; readonly made_by: string }

/**
 * The job `print_bills`: part by part, each in one transaction that holds it, so that a print that was cut off goes on
 * where it was and no bill is set twice. It has a thread of its own: nobody's single bill waits behind it.
 */
export async function printParts(services: Printing, { print: id }: { readonly print: number }): Promise<void> {
  const { db, log } = services
  const print = await db.selectFrom('bill_prints').select(['id', 'period', 'language', 'made_by']).where('id', '=', id).where('removed_at', 'is', null).executeTakeFirst()
  if (!print) return
  const typesetter = openTypesetter()
  try {
    while (await db.transaction().execute((tx) => printNext(tx, services, typesetter, print)));
    await sql`update bill_prints set troubled_at = null where id = ${id} and troubled_at is not null`.execute(db)
  } catch (error) {
    log.warn({ err: error, print: id }, 'a part of a print of bills failed')
    await sql`update bill_prints set troubled_at = ${clockNow()} where id = ${id}`.execute(db)
    throw error
  } finally {
    await typesetter.stop()
  }
}

/** One part that nobody else is at; false: there is none left, or it was stopped. */
async function printNext(tx: Transaction<DB>, { group, config, files }: Printing, typesetter: Typesetter, { id, period, language, made_by }: Print): Promise<boolean> {
  const { rows: [part] } = await sql<{ n: number; accounts: number[] }>`
    select q.n, q.accounts from bill_print_parts q join bill_prints p on p.id = q.print_id and p.cancelled_at is null
    where q.print_id = ${id} and q.done_at is null order by q.n limit 1 for update of q skip locked`.execute(tx)
  if (!part) return false
  const now = clockNow()
  const gathered = await gatherBills(tx, group, part.accounts.map(Number), period)
  const pdf = Buffer.from(await typesetter.typeset('bill', composeBills({ config, group }, period, gathered, language, dateOf(now))))
  const kept = await files.receive(Readable.from([pdf]), { name: `${billWords[language].title}-${period.toPlainYearMonth().toString()}-${id}-${String(part.n).padStart(3, '0')}.pdf`, claimedType: 'application/pdf', maxBytes: pdf.length + 1 })
  try {
    await sql`
      insert into files (id, name, media_type, size_bytes, sha256, uploaded_by, created_at)
      values (${kept.id}, ${kept.name}, ${kept.mediaType}, ${kept.size}, ${kept.sha256}, ${made_by}, ${now})`.execute(tx)
    await sql`update bill_print_parts set done_at = ${now}, file_id = ${kept.id} where print_id = ${id} and n = ${part.n}`.execute(tx)
  } catch (error) {
    await files.remove(kept.id)
    throw error
  }
  return true
}

/** The job `purge_bill_prints`: files of old prints go; that they were printed stays known. */
export async function purgeBillPrints({ db, files }: Pick<Services, 'db' | 'files'>): Promise<void> {
  const before = clockNow().subtract({ hours: 24 * keptDays })
  const { rows: prints } = await sql<{ id: number }>`select id from bill_prints where removed_at is null and made_at < ${before} order by made_at limit 100`.execute(db)
  for (const { id } of prints) {
    const gone = await db.transaction().execute(async (tx) => {
      await sql`update bill_prints set removed_at = ${clockNow()} where id = ${id}`.execute(tx)
      const { rows } = await sql<{ file_id: string }>`
        with old as (select print_id, n, file_id from bill_print_parts where print_id = ${id} and file_id is not null for update)
        update bill_print_parts q set file_id = null from old where q.print_id = old.print_id and q.n = old.n returning old.file_id`.execute(tx)
      await sql`delete from files where id = any(${rows.map(({ file_id }) => file_id)}::uuid[])`.execute(tx)
      return rows
    })
    for (const { file_id } of gone) await files.remove(file_id)
  }
}

const job = (print: number) => ({ name: 'print_bills', payload: { print }, key: `bill-print:${print}` })

function allow({ actor, group }: Pick<RequestContext, 'actor' | 'group'>): Staff {
  if (!settlesMonths(actor, group)) throw new Refusal('not_permitted', { clause: '11.3.1' })
  return actor
}

async function known(tx: Transaction<DB>, building: number): Promise<boolean> {
  if (await tx.selectFrom('buildings').select('id').where('id', '=', building).executeTakeFirst()) return true
  throw refuseField('building', 'no_bills')
}

async function lock(tx: Transaction<DB>, id: number): Promise<BillPrintLine['state']> {
  await sql`select 1 from bill_prints where id = ${id} for update`.execute(tx)
  return (await getPrint(tx, id)).state
}

async function getPrint(tx: Transaction<DB>, id: number): Promise<BillPrintLine> {
  const [print] = await readPrints(tx, sql`p.id = ${id}`)
  if (!print) throw new Refusal('not_found')
  return print
}

async function readPrints(tx: Transaction<DB>, where: RawBuilder<unknown>): Promise<BillPrintLine[]> {
  const { rows } = await sql<{
    id: number; period: Temporal.PlainDate; district: string | null; address: string | null; language: Language; bills: number; made_at: Temporal.Instant; made_by: string
    cancelled_at: unknown; troubled_at: unknown; removed_at: unknown; done: number; parts: number; parts_done: number
  }>`
    select p.id, p.period, p.district, h.address, p.language, p.bills, p.made_at, m.name as made_by, p.cancelled_at, p.troubled_at, p.removed_at, q.done, q.parts, q.parts_done
    from bill_prints p join people m on m.id = p.made_by left join buildings h on h.id = p.building_id
    cross join lateral (
      select coalesce(sum(cardinality(accounts)) filter (where done_at is not null), 0)::int as done, count(*)::int as parts, (count(*) filter (where done_at is not null))::int as parts_done
      from bill_print_parts where print_id = p.id) q
    where ${where}`.execute(tx)
  return rows.map((row) => ({
    id: row.id, period: row.period.toPlainYearMonth().toString(), ...(row.district !== null && { district: row.district }), ...(row.address !== null && { building: row.address }), language: row.language, bills: row.bills,
    madeAt: row.made_at.toString(), madeBy: row.made_by, done: row.done, parts: row.parts, partsDone: row.parts_done,
    state: row.removed_at ? 'removed' : row.parts_done === row.parts ? 'done' : row.cancelled_at ? 'cancelled' : row.troubled_at ? 'troubled' : 'printing',
  }))
}
