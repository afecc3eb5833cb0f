import { sql, type RawBuilder, type Transaction } from 'kysely'
import { z } from 'zod'
import { isAt, readPlaces } from '../../regulation/places.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { services, type Service } from '../../regulation/tariffs.ts'
import { bilingual, moment } from '../appeals/views.ts'
import { inTransaction, openOperation, reading, signedInOperation, staffOperation } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { instantOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'

const outageId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const outageView = z.object({
  id: outageId, organization: z.string(), service: z.enum(services), startsAt: moment, endsAt: moment, reason: bilingual, places: z.string(), houses: z.number().int(), state: z.enum(['coming', 'now', 'over', 'cancelled']),
})
export type Outage = z.output<typeof outageView>

/** п. 11.3.3: what is switched off now or soon; `address` asks for a street or a house. */
export const listOutages = openOperation
  .meta({ clause: '11.3.3' })
  .route({ method: 'GET', path: '/outages', summary: 'Planned outages, now and coming', tags: ['outages'] })
  .use(reading)
  .input(z.object({ service: z.enum(services).optional(), address: z.string().trim().max(200, 'field_too_long').optional() }))
  .output(z.array(outageView))
  .handler(({ context: { tx, now }, input }) => outages(tx, now, sql`
    o.cancelled_at is null and o.ends_at > ${now} and (${input.service ?? null}::service is null or o.service = ${input.service ?? null}::service)
    and (${input.address ? likeOf(input.address) : null}::text is null or exists (
      select 1 from buildings b join outage_buildings ob on ob.building_id = b.id where ob.outage_id = o.id and b.address ilike ${input.address ? likeOf(input.address) : null}))
    order by o.starts_at limit 200`))

/** At the houses of one's own accounts. */
export const myOutages = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/outages', summary: 'Planned outages at one\'s own addresses', tags: ['outages'] })
  .use(reading)
  .output(z.array(outageView.extend({ account: z.number().int() })))
  .handler(async ({ context: { tx, actor, now } }) => {
    const { rows } = await sql<{ outage_id: number; account_id: number }>`
      select ob.outage_id, x.account_id from account_access x join accounts a on a.id = x.account_id join premises p on p.id = a.premises_id join outage_buildings ob on ob.building_id = p.building_id
      where x.person_id = ${actor.id} and x.ended_at is null limit 200`.execute(tx)
    const found = new Map((await outages(tx, now, sql`o.id = any(${rows.map((row) => row.outage_id)}::bigint[]) and o.cancelled_at is null and o.ends_at > ${now} order by o.starts_at limit 200`)).map((one) => [one.id, one]))
    return rows.flatMap((row) => { const one = found.get(row.outage_id); return one ? [{ ...one, account: row.account_id }] : [] })
  })

/** What staff planned, newest first, the past and the cancelled with it. */
export const listPlanned = staffOperation
  .meta({ clause: '11.3.3' })
  .route({ method: 'GET', path: '/outages/planned', summary: 'Outages that were planned, newest first', tags: ['outages'] })
  .use(reading)
  .output(z.object({ outages: z.array(outageView), mayPlan: z.array(z.string()).describe('Organizations for which one may plan') }))
  .handler(async ({ context: { tx, now, actor } }) => ({ outages: await outages(tx, now, sql`true order by o.id desc limit 100`), mayPlan: plans(actor) }))

const planned = {
  organization: z.string().max(40), service: z.enum(services), startsAt: z.string().max(40).describe('Local date and time'), endsAt: z.string().max(40), reason: z.object({ kk: z.string().trim().min(1, 'field_missing').max(500, 'field_too_long'), ru: z.string().trim().min(1, 'field_missing').max(500, 'field_too_long') }),
  places: z.string().trim().min(1, 'field_missing').max(10_000, 'field_too_long').describe('A street and its houses a line: «ул. Абая, 1–15, 22»'),
}

/** Which houses the lines name; nothing is kept. */
export const previewPlaces = staffOperation
  .meta({ clause: '11.3.3' })
  .route({ method: 'POST', path: '/outages/places', summary: 'Which houses the typed places are', tags: ['outages'] })
  .use(reading)
  .input(z.object({ places: planned.places }))
  .output(z.object({ lines: z.array(z.object({ line: z.number().int(), houses: z.number().int(), understood: z.boolean() })), houses: z.number().int(), accounts: z.number().int() }))
  .handler(async ({ context: { tx }, input }) => {
    const { lines, buildings } = await housesOf(tx, input.places)
    const { rows: [found] } = await sql<{ count: number }>`select count(*)::int as count from premises p join accounts a on a.premises_id = p.id where p.building_id = any(${buildings}::bigint[])`.execute(tx)
    return { lines, houses: buildings.length, accounts: found!.count }
  })

export const planOutage = staffOperation
  .meta({ clause: '11.3.3' })
  .route({ method: 'POST', path: '/outages', successStatus: 201, summary: 'Publish a planned outage', tags: ['outages'] })
  .use(inTransaction)
  .input(z.object(planned))
  .output(z.object({ id: outageId, houses: z.number().int() }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    if (!plans(actor).includes(input.organization)) throw new Refusal('not_permitted', { clause: '11.3.3' })
    const [startsAt, endsAt] = [instantOf(input.startsAt), instantOf(input.endsAt)]
    if (!startsAt) throw refuseField('startsAt', 'field_invalid')
    if (!endsAt || Temporal.Instant.compare(endsAt, startsAt) <= 0) throw refuseField('endsAt', 'outage_ends_first')
    if (Temporal.Instant.compare(endsAt, now) <= 0) throw refuseField('endsAt', 'due_date_past')
    const { lines, buildings } = await housesOf(tx, input.places)
    const wrong = lines.find(({ houses }) => houses === 0)
    if (wrong) throw refuseField('places', 'places_unknown', { line: wrong.line })
    const { id } = await tx.insertInto('outages').values({
      organization_id: input.organization, service: input.service, starts_at: startsAt, ends_at: endsAt, reason_kk: input.reason.kk, reason_ru: input.reason.ru, places: input.places, made_by: actor.id, made_at: now, cancelled_at: null, cancelled_by: null,
    }).returning('id').executeTakeFirstOrThrow()
    await sql`insert into outage_buildings (outage_id, building_id) select ${id}, unnest(${buildings}::bigint[])`.execute(tx)
    return { id, houses: buildings.length }
  })

/** It stays in the list, marked; nobody is told of it any more. */
export const cancelOutage = staffOperation
  .meta({ clause: '11.3.3' })
  .route({ method: 'POST', path: '/outages/{id}/cancel', summary: 'Call a planned outage off', tags: ['outages'] })
  .use(inTransaction)
  .input(z.object({ id: outageId }))
  .output(z.object({ done: z.literal(true) }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    const { rows } = await sql`update outages set cancelled_at = coalesce(cancelled_at, ${now}), cancelled_by = coalesce(cancelled_by, ${actor.id}) where id = ${input.id} and organization_id = any(${plans(actor)}::text[]) returning id`.execute(tx)
    if (rows.length === 0) throw new Refusal('not_found')
    return { done: true as const }
  })

/** Organizations whose outages somebody tells of: heads of units and districts of theirs; public relations of all. */
function plans(actor: Staff): string[] {
  const heads = actor.assignments.filter(({ role }) => role === 'unit_head' || role === 'district_head').map(({ organization }) => organization)
  return [...new Set(heads)]
}

async function housesOf(tx: Transaction<DB>, text: string): Promise<{ lines: { line: number; houses: number; understood: boolean }[]; buildings: number[] }> {
  const buildings = new Set<number>()
  const lines = []
  for (const [i, place] of readPlaces(text).slice(0, 200).entries()) {
    const { rows } = place ? await sql<{ id: number; address: string }>`select id, address from buildings where address ilike ${likeOf(place.street)} limit 5000`.execute(tx) : { rows: [] }
    const found = rows.filter(({ address }) => isAt(place!, address))
    for (const { id } of found) buildings.add(id)
    lines.push({ line: i + 1, houses: found.length, understood: place !== undefined })
  }
  return { lines, buildings: [...buildings] }
}

const likeOf = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&')}%`

async function outages(tx: Transaction<DB>, now: Temporal.Instant, where: RawBuilder<unknown>): Promise<Outage[]> {
  const { rows } = await sql<{ id: number; organization_id: string; service: Service; starts_at: Temporal.Instant; ends_at: Temporal.Instant; reason_kk: string; reason_ru: string; places: string; cancelled_at: unknown; houses: number }>`
    select o.*, (select count(*)::int from outage_buildings where outage_id = o.id) as houses from outages o where ${where}`.execute(tx)
  return rows.map((row) => ({
    id: row.id, organization: row.organization_id, service: row.service, startsAt: row.starts_at.toString(), endsAt: row.ends_at.toString(), reason: { kk: row.reason_kk, ru: row.reason_ru }, places: row.places, houses: row.houses,
    state: row.cancelled_at ? 'cancelled' as const : Temporal.Instant.compare(row.ends_at, now) <= 0 ? 'over' as const : Temporal.Instant.compare(row.starts_at, now) <= 0 ? 'now' as const : 'coming' as const,
  }))
}
