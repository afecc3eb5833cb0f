import { z } from 'zod'
import { journals } from '../../regulation/appeal-facts.ts'
import { holder } from '../../regulation/holders.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { words } from '../appeals/action-operation.ts'
import { holdReserved, markEntry, reserveNumber as reserve } from '../appeals/journal.ts'
import { findReservations } from '../appeals/read-journal.ts'
import { moment } from '../appeals/views.ts'
import { inTransaction, reading, staffOperation } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import { mayRead } from './read-journal.ts'

const place = { year: z.number().int().min(2000).max(2100), n: z.number().int().positive().max(2_147_483_647) }
const kept = z.enum(journals).default('incoming')

function mustRegister(actor: Staff, organization: string): void {
  if (!actor.holders.has(holder('registrar', organization))) throw new Refusal('not_permitted', { clause: '4.3' })
}

/** п. 4.3: a number for a paper that came earlier or is on its way: taken at once, in its place, with the reason. */
export const reserveNumber = staffOperation
  .meta({ clause: '4.3' })
  .route({ method: 'POST', path: '/journal/reservations', successStatus: 201, summary: 'Reserve the next number of a journal', tags: ['journal'] })
  .use(inTransaction)
  .input(z.object({ organization: z.string().max(40), journal: kept, reason: words(500) }))
  .output(z.object({ number: z.string(), ...place }))
  .handler(async ({ context: { tx, actor, group, now }, input: { organization: id, journal, reason } }) => {
    const organization = group.organizations.get(id)
    if (!organization) throw refuseField('organization', 'organization_unknown')
    mustRegister(actor, id)
    const { number, year, n } = await reserve(
      tx, { organization: id, journal, format: organization.numbers[journal], unit: organization.code }, { reason, by: actor.id, at: now },
    )
    return { number, year, n }
  })

/** Reserved numbers that no paper has taken yet. */
export const listReservations = staffOperation
  .meta({ clause: '4.3' })
  .route({ method: 'GET', path: '/journal/reservations', summary: 'Reserved numbers that wait for their papers', tags: ['journal'] })
  .use(reading)
  .input(z.object({ organization: z.string().max(40), journal: kept }))
  .output(z.object({ reservations: z.array(z.object({ number: z.string(), ...place, reason: z.string(), by: z.string().optional(), at: moment })) }))
  .handler(async ({ context: { tx, actor }, input }) => {
    mayRead(actor, input.organization)
    const rows = await findReservations(tx, input)
    return { reservations: rows.map(({ by, at, ...row }) => ({ ...row, at: at.toString(), ...(by && { by }) })) }
  })

/** A reserved number whose paper will not come is annulled with a reason; it stays in the journal. */
export const annulReservation = staffOperation
  .meta({ clause: '4.3' })
  .route({ method: 'POST', path: '/journal/reservations/annulment', summary: 'Annul a reserved number', tags: ['journal'] })
  .use(inTransaction)
  .input(z.object({ organization: z.string().max(40), journal: kept, ...place, reason: words(500) }))
  .output(z.object({ number: z.string() }))
  .handler(async ({ context: { tx, actor, now }, input: { reason, ...at } }) => {
    mustRegister(actor, at.organization)
    const { number } = await holdReserved(tx, at)
    await markEntry(tx, at, { mark: 'annulled', appeal: null, reason, by: actor.id, at: now })
    return { number }
  })
