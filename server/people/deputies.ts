import { sql } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { day } from '../appeals/views.ts'
import { readDay } from '../input-faults.ts'
import { inTransaction, reading, staffOperation } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'

const deputyId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** Whoever goes away, and who acts for them (п. 7.4–7.5): of whom I am one or the other, from today on. */
export const listDeputies = staffOperation
  .meta({ clause: '7.4' })
  .route({ method: 'GET', path: '/deputies', summary: 'My deputies, and for whom I am one', tags: ['people'] })
  .use(reading)
  .output(z.array(z.object({ id: deputyId, person: z.object({ id: z.string(), name: z.string() }), deputy: z.object({ id: z.string(), name: z.string() }), from: day, to: day, mine: z.boolean() })))
  .handler(async ({ context: { tx, actor, now } }) => {
    const { rows } = await sql<{ id: number; person_id: string; person: string; deputy_id: string; deputy: string; from_day: Temporal.PlainDate; to_day: Temporal.PlainDate }>`
      select d.id, d.person_id, p.name as person, d.deputy_id, q.name as deputy, d.from_day, d.to_day
      from deputies d join people p on p.id = d.person_id join people q on q.id = d.deputy_id
      where (d.person_id = ${actor.id} or d.deputy_id = ${actor.id}) and d.ended_at is null and d.to_day >= ${dateOf(now)} order by d.from_day, d.id limit 100`.execute(tx)
    return rows.map((row) => ({
      id: row.id, person: { id: row.person_id, name: row.person }, deputy: { id: row.deputy_id, name: row.deputy }, from: row.from_day.toString(), to: row.to_day.toString(),
      mine: row.person_id === actor.id,
    }))
  })

/** I am away from one day to another; a colleague of the staff holds what I hold, and signs with their own name. */
export const nameDeputy = staffOperation
  .meta({ clause: '7.4' })
  .route({ method: 'POST', path: '/deputies', successStatus: 201, summary: 'Name who acts for me while I am away', tags: ['people'] })
  .use(inTransaction)
  .input(z.object({ deputy: z.string().max(60), from: day, to: day }))
  .output(z.object({ id: deputyId }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    const [from, to, today] = [readDay(input.from, 'from'), readDay(input.to, 'to'), dateOf(now)]
    if (Temporal.PlainDate.compare(to, from) < 0 || Temporal.PlainDate.compare(to, today) < 0) throw refuseField('to', 'due_date_past')
    if (Temporal.PlainDate.compare(to, from.add({ years: 1 })) > 0) throw refuseField('to', 'field_invalid')
    const { rows: [staff] } = await sql`
      select 1 from role_assignments where person_id = ${input.deputy} and valid_from <= ${today} and (valid_to is null or valid_to > ${today}) limit 1`.execute(tx)
    if (!staff || input.deputy === actor.id) throw refuseField('deputy', 'person_not_fit')
    const { rows: [made] } = await sql<{ id: number }>`
      insert into deputies (person_id, deputy_id, from_day, to_day, named_by, named_at) values (${actor.id}, ${input.deputy}, ${from}, ${to}, ${actor.id}, ${now}) returning id`.execute(tx)
    return { id: made!.id }
  })

export const endDeputy = staffOperation
  .meta({ clause: '7.4' })
  .route({ method: 'DELETE', path: '/deputies/{id}', summary: 'I am back: my deputy acts for me no more', tags: ['people'] })
  .use(inTransaction)
  .input(z.object({ id: deputyId }))
  .output(z.object({ id: deputyId }))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    const { rows } = await sql`update deputies set ended_at = ${now} where id = ${input.id} and person_id = ${actor.id} and ended_at is null returning id`.execute(tx)
    if (rows.length === 0) throw new Refusal('not_found')
    return { id: input.id }
  })
