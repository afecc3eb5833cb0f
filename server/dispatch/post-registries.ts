import { sql, type RawBuilder, type Transaction } from 'kysely'
import { z } from 'zod'
import { holder } from '../../regulation/holders.ts'
import { actionsFor } from '../../regulation/lifecycle.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { optionalWords } from '../appeals/action-operation.ts'
import { advanceAppeal } from '../appeals/advance-appeal.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import { appealId, day } from '../appeals/views.ts'
import { readDay } from '../input-faults.ts'
import { inTransaction, reading, staffOperation } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import type { Group } from '../people/group.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { decideDispatch } from './dispatch-reply.ts'
import { gateOf } from './gate.ts'

const registryId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const registryView = z.object({
  id: registryId, organization: z.string(), number: z.string(), madeOn: day, madeBy: z.string(), letters: z.number().int(), state: z.enum(['open', 'posted', 'cancelled']), postedOn: day.optional(),
})
const itemView = z.object({ place: z.number().int(), appeal: appealId, letter: z.string(), addressee: z.string(), address: z.string(), postNumber: z.string().optional() })
export type Registry = z.input<typeof registryView>
export type RegistryItem = z.input<typeof itemView>

/** п. 7.7: lists of letters for the post, newest first. */
export const listRegistries = staffOperation
  .meta({ clause: '7.7' })
  .route({ method: 'GET', path: '/post-registries', summary: 'Registries of posted letters, newest first', tags: ['dispatch'] })
  .use(reading)
  .output(z.array(registryView))
  .handler(({ context: { tx, actor, group } }) => registries(tx, sql`${mine(actor, group)} order by r.id desc limit 100`))

export const readRegistry = staffOperation
  .meta({ clause: '7.7' })
  .route({ method: 'GET', path: '/post-registries/{id}', summary: 'A registry and its letters', tags: ['dispatch'] })
  .use(reading)
  .input(z.object({ id: registryId }))
  .output(z.object({ registry: registryView, items: z.array(itemView) }))
  .handler(async ({ context: { tx, actor, group }, input }) => ({ registry: await getRegistry(tx, actor, group, input.id), items: await itemsOf(tx, input.id) }))

/** Signed letters that leave by post, put on one list; what the gate would stop is told before anything is printed. */
export const makeRegistry = staffOperation
  .meta({ clause: '7.7' })
  .route({ method: 'POST', path: '/post-registries', successStatus: 201, summary: 'Put letters on a registry for the post', tags: ['dispatch'] })
  .use(inTransaction)
  .input(z.object({ organization: z.string().max(40), appeals: z.array(appealId).min(1, 'field_missing').max(300).transform((ids) => [...new Set(ids)]) }))
  .output(z.object({ id: registryId, number: z.string() }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    if (!keeps(actor, input.organization)) throw new Refusal('not_permitted', { clause: '7.7' })
    // Two registries of one organization wait for one another: no letter stands on both, no number is left out.
    await sql`select 1 from organizations where id = ${input.organization} for update`.execute(tx)
    const items = []
    for (const [i, id] of input.appeals.entries()) {
      const field = `appeals.${i}`
      const record = await getAppeal(tx, actor.holders, id).catch(() => { throw refuseField(field, 'appeal_not_found') })
      const { appeal, contents } = record
      if (!actionsFor(actor.holders, appeal).some(({ action }) => action === 'dispatch_reply')) throw refuseField(field, 'not_your_step')
      if (!appeal.letter?.signature) throw refuseField(field, 'letter_needed_first')
      if (!contents.applicant_address) throw refuseField(field, 'address_missing')
      const findings = gateOf(group, appeal, record)
      if (findings.length > 0) throw refuseField(field, 'gate_closed', { findings: [...new Set(findings.map(({ kind }) => kind))].join(', ') })
      const [known] = await registries(tx, sql`r.posted_on is null and r.cancelled_on is null and exists (select 1 from post_items i where i.registry_id = r.id and i.appeal_id = ${id})`)
      if (known) throw refuseField(field, 'in_registry', { number: known.number })
      items.push({ place: i + 1, appeal_id: id, letter_number: appeal.letter.number.number, addressee: contents.applicant_name, address: contents.applicant_address })
    }
    const today = dateOf(now)
    const { rows: [made] } = await sql<{ id: number; n: number }>`
      insert into post_registries (organization_id, year, n, made_on, made_by)
      select ${input.organization}, ${today.year}::int, coalesce(max(n), 0) + 1, ${today}, ${actor.id} from post_registries where organization_id = ${input.organization} and year = ${today.year}
      returning id, n`.execute(tx)
    await tx.insertInto('post_items').values(items.map((item) => ({ ...item, registry_id: made!.id, post_number: null }))).execute()
    return { id: made!.id, number: `${made!.n}/${today.year}` }
  })

/** The post took them: every letter of the list is dispatched, with its number of the post as evidence; all of them or none. */
export const postRegistry = staffOperation
  .meta({ clause: '7.7' })
  .route({ method: 'POST', path: '/post-registries/{id}/posted', summary: 'Note that the post took a registry\'s letters', tags: ['dispatch'] })
  .use(inTransaction)
  .input(z.object({
    id: registryId, postedOn: day, numbers: z.array(z.object({ place: z.number().int().positive(), postNumber: optionalWords(60) })).max(300).default([]),
    closeAfter: z.boolean().default(true),
  }))
  .output(z.object({ done: z.number().int() }))
  .handler(async ({ context, input }) => {
    const { tx, actor, group } = context
    await open(tx, actor, group, input.id)
    readDay(input.postedOn, 'postedOn')
    const items = await itemsOf(tx, input.id)
    for (const item of items) {
      const postNumber = input.numbers.find((one) => one.place === item.place)?.postNumber
      try {
        await advanceAppeal(context, {
          appeal: Number(item.appeal), action: 'dispatch_reply', by: { person: actor.id, holders: actor.holders },
          decide: (appeal) => {
            // What the list names is what lies in the envelope.
            if (appeal.letter?.number.number !== item.letter) throw new Refusal('letter_taken_back', { details: { number: item.letter } })
            return decideDispatch({ way: 'post', post: { sentOn: input.postedOn, postNumber }, closeAfter: input.closeAfter, overridden: [] }, { ctx: context, appeal, id: Number(item.appeal) })
          },
        })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        throw new Refusal('invalid_input', { faults: error.faults.length > 0 ? error.faults.map((fault) => ({ ...fault, field: 'postedOn' })) : [{ field: `items.${item.place}`, code: error.code, details: error.details }] })
      }
      if (postNumber) await sql`update post_items set post_number = ${postNumber} where registry_id = ${input.id} and place = ${item.place}`.execute(tx)
    }
    await sql`update post_registries set posted_on = ${input.postedOn}::date, posted_by = ${actor.id} where id = ${input.id}`.execute(tx)
    return { done: items.length }
  })

/** Made by mistake: its letters wait again, its number stays. */
export const cancelRegistry = staffOperation
  .meta({ clause: '7.7' })
  .route({ method: 'POST', path: '/post-registries/{id}/cancel', summary: 'Take a registry apart', tags: ['dispatch'] })
  .use(inTransaction)
  .input(z.object({ id: registryId }))
  .output(z.object({ id: registryId }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    await open(tx, actor, group, input.id)
    await sql`update post_registries set cancelled_on = ${dateOf(now)} where id = ${input.id}`.execute(tx)
    return { id: input.id }
  })

async function open(tx: Transaction<DB>, actor: Staff, group: Group, id: number): Promise<void> {
  await sql`select 1 from post_registries where id = ${id} for update`.execute(tx)
  if ((await getRegistry(tx, actor, group, id)).state !== 'open') throw new Refusal('registry_settled')
}

/** Whoever sends the answers of an organization. */
const keeps = (actor: Staff, organization: string): boolean => (['registrar', 'contact_centre_head'] as const).some((role) => actor.holders.has(holder(role, organization)))
const mine = (actor: Staff, group: Group): RawBuilder<unknown> => sql`r.organization_id = any(${[...group.organizations.keys()].filter((id) => keeps(actor, id))}::text[])`

/** One registry of an organization of one's own; refuses with `not_found`. */
export async function getRegistry(tx: Transaction<DB>, actor: Staff, group: Group, id: number): Promise<Registry> {
  const [found] = await registries(tx, sql`r.id = ${id} and ${mine(actor, group)}`)
  if (!found) throw new Refusal('not_found')
  return found
}

async function registries(tx: Transaction<DB>, where: RawBuilder<unknown>): Promise<Registry[]> {
  const { rows } = await sql<{ id: number; organization_id: string; year: number; n: number; made_on: Temporal.PlainDate; name: string; posted_on: Temporal.PlainDate | null; cancelled_on: unknown; letters: number }>`
    select r.id, r.organization_id, r.year, r.n, r.made_on, p.name, r.posted_on, r.cancelled_on, (select count(*)::int from post_items where registry_id = r.id) as letters
    from post_registries r join people p on p.id = r.made_by where ${where}`.execute(tx)
  return rows.map((row) => ({
    id: row.id, organization: row.organization_id, number: `${row.n}/${row.year}`, madeOn: row.made_on.toString(), madeBy: row.name, letters: row.letters,
    state: row.cancelled_on ? 'cancelled' : row.posted_on ? 'posted' : 'open', ...(row.posted_on && { postedOn: row.posted_on.toString() }),
  }))
}

export async function itemsOf(tx: Transaction<DB>, id: number): Promise<RegistryItem[]> {
  const { rows } = await sql<{ place: number; appeal_id: number; letter_number: string; addressee: string; address: string; post_number: string | null }>`
    select place, appeal_id, letter_number, addressee, address, post_number from post_items where registry_id = ${id} order by place`.execute(tx)
  return rows.map((row) => ({ place: row.place, appeal: row.appeal_id, letter: row.letter_number, addressee: row.addressee, address: row.address, ...(row.post_number && { postNumber: row.post_number }) }))
}
