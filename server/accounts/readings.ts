import { sql } from 'kysely'
import { z } from 'zod'
import { asksReason, readingDoubts, readingSources } from '../../regulation/readings.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { services, writeQuantity, type Service } from '../../regulation/tariffs.ts'
import { accountLetter } from '../../web/i18n/account-letters.ts'
import { tariffWords } from '../../web/i18n/tariffs.ts'
import { optionalWords } from '../appeals/action-operation.ts'
import { findLanguages } from '../appeals/find-languages.ts'
import { day, moment } from '../appeals/views.ts'
import { decideReading, judge, keepReading, metersOf, waitingReadings } from '../ledger/meters.ts'
import { inTransaction, reading, staffOperation, type Ctx } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import { putMessage } from '../platform/outbox.ts'
import { accountId, asServing, figure, readFigures, readNearDay, rowId, typedDay } from './fields.ts'

/** How the office comes by a reading. */
export const officeSources = ['office', 'inspector', 'automatic'] as const

/** п. 11.3.1: a reading by the office, of any day not in a closed month. An odd one is asked about once; said to be right, it counts at once. */
export const enterReading = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/{id}/readings', successStatus: 201, summary: 'Enter a reading of a meter', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({
    id: accountId, meter: rowId, value: figure, night: figure.optional(), takenOn: typedDay, source: z.enum(officeSources).default('office'), reason: optionalWords(300), confirmed: z.boolean().default(false).describe('Odd, and looked at again'),
    key: z.string().min(8, 'field_invalid').max(100, 'field_too_long').optional().describe('The same key sent twice is one reading'),
  }))
  .output(z.object({ id: rowId, used: z.string(), doubts: z.array(z.enum(readingDoubts)), repeated: z.boolean() }))
  .handler(async ({ context, input }) => {
    const actor = asServing(context)
    const { tx, group, now } = context
    const takenOn = readNearDay(input.takenOn, 'takenOn')
    const given = readFigures(input)
    const meter = (await metersOf(tx, input.id)).find(({ id }) => id === input.meter)
    if (!meter) throw new Refusal('meter_unknown', { clause: '11.3.1' })
    const judged = await judge(tx, group, meter, given, takenOn, dateOf(now))
    const cause = input.key && `office:${actor.id}:${input.key}`
    const known = cause && (await tx.selectFrom('readings').select('id').where('cause', '=', cause).executeTakeFirst())
    if (!known && !judged.ok) throw refuseField(judged.field, judged.code, judged.details)
    if (!known && judged.ok && !input.confirmed && judged.doubts.some(asksReason)) throw new Refusal('reading_doubtful', { clause: '11.3.1', details: { doubts: judged.doubts.filter(asksReason).join(', ') } })
    const { id, used, doubts, repeated } = await keepReading(tx, group, input.id, { meter: meter.id, ...given, takenOn, source: input.source, by: actor.id, settled: true, reason: input.reason, ...(cause && { cause }) }, now)
    return { id, used: writeQuantity(used), doubts: [...doubts], repeated }
  })

const waitingView = z.object({
  id: rowId, account: accountId, number: z.string(), holder: z.string(), address: z.string(), service: z.enum(services), serial: z.string(), on: day, value: z.string(), night: z.string().optional(), source: z.enum(readingSources), sentAt: moment,
  reason: z.string().optional(), photo: z.boolean(), doubts: z.array(z.enum(readingDoubts)), last: z.object({ value: z.string(), night: z.string().optional(), on: day }).optional(),
  usual: z.string().optional().describe('What the meter counts in a usual month'), used: z.string().optional().describe('Since the last accepted reading, below nothing where it is lower'),
})
export type WaitingReadingView = z.output<typeof waitingView>

/** Odd readings that count only when the office has looked, the longest waiting first. */
export const listWaitingReadings = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/accounts/readings/waiting', summary: 'Odd readings that wait for the office', tags: ['accounts'] })
  .use(reading)
  .input(z.object({ after: z.string().max(60).optional().describe('`next` of the page before') }))
  .output(z.object({ readings: z.array(waitingView), next: z.string().optional() }))
  .handler(async ({ context, input }) => {
    asServing(context)
    const rows = await waitingReadings(context.tx, { after: input.after ? cursorOf(input.after) : undefined, limit: 50 })
    const last = rows.at(-1)
    return {
      ...(rows.length === 50 && { next: `${last!.sent_at.toString()}~${last!.id}` }),
      readings: rows.map((row) => {
        const used = row.last_value === null ? undefined : row.value - row.last_value + (row.night ?? 0) - (row.last_night ?? 0)
        return {
          id: row.id, account: row.account_id, number: row.number, holder: row.holder_name, address: row.flat ? `${row.address}, ${row.flat}` : row.address, service: row.service, serial: row.serial, on: row.taken_on.toString(),
          value: writeQuantity(BigInt(row.value)), ...(row.night !== null && { night: writeQuantity(BigInt(row.night)) }), source: row.source, sentAt: row.sent_at.toString(), ...(row.reason && { reason: row.reason }), photo: row.photo_id !== null, doubts: [...row.doubts],
          ...(row.last_value !== null && { last: { value: writeQuantity(BigInt(row.last_value)), on: row.last_on!.toString(), ...(row.last_night !== null && { night: writeQuantity(BigInt(row.last_night)) }) } }),
          ...(row.usual !== null && { usual: writeQuantity(BigInt(row.usual)) }), ...(used !== undefined && { used: used < 0 ? `-${writeQuantity(BigInt(-used))}` : writeQuantity(BigInt(used)) }),
        }
      }),
    }
  })

/** Accepted it counts; refused it does not, and whoever sent it reads why. Once. */
export const settleReading = staffOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/accounts/readings/{id}/decision', summary: 'Accept or refuse an odd reading', tags: ['accounts'] })
  .use(inTransaction)
  .input(z.object({ id: rowId, accept: z.boolean(), reason: optionalWords(500).describe('Why it is refused') }))
  .output(z.object({ state: z.enum(['accepted', 'refused']) }))
  .handler(async ({ context, input }) => {
    const actor = asServing(context)
    if (!input.accept && !input.reason) throw refuseField('reason', 'field_missing')
    const state = await decideReading(context.tx, context.group, { reading: input.id, by: actor.id, ...(!input.accept && { refusedFor: input.reason }) }, context.now)
    if (state === 'refused') await tellSender(context, input.id, input.reason!)
    return { state }
  })

/** Whoever handed the reading in from the cabinet is told that it does not count, and why. */
async function tellSender({ tx, config, now }: Ctx, id: number, reason: string): Promise<void> {
  const { rows: [sent] } = await sql<{ email: string; account_id: number; number: string; service: Service; serial: string; value: number }>`
    select p.email, m.account_id, a.number, m.service, m.serial, r.value from readings r join meters m on m.id = r.meter_id join accounts a on a.id = m.account_id join people p on p.id = r.sent_by
    where r.id = ${id} and r.source = 'consumer'`.execute(tx)
  if (!sent) return
  const language = (await findLanguages(tx, [sent.email])).get(sent.email.toLowerCase()) ?? 'ru'
  const letter = accountLetter('reading_refused', language, {
    number: sent.number, service: tariffWords[language].services[sent.service], serial: sent.serial, value: writeQuantity(BigInt(sent.value), ','), reason, url: `${config.publicUrl}/${language}/my/${sent.account_id}/readings`,
  })
  await putMessage(tx, { cause: `reading-refused:${id}`, template: 'reading_refused', recipient: sent.email, language, ...letter, now, config })
}

function cursorOf(text: string): { at: Temporal.Instant; id: number } {
  const [at = '', id = ''] = text.split('~')
  try {
    return { at: Temporal.Instant.from(at), id: Number.parseInt(id, 10) || 0 }
  } catch {
    throw refuseField('after', 'field_invalid')
  }
}
