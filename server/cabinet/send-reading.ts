import { z } from 'zod'
import { readingDoubts, readingSources } from '../../regulation/readings.ts'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { estimate, quantityScale, readQuantity, services, writeQuantity, type Quantity } from '../../regulation/tariffs.ts'
import { day, moment } from '../appeals/views.ts'
import { getMine, servicesOf } from '../ledger/find-account.ts'
import { judge, keepReading, metersOf, readingsOf } from '../ledger/meters.ts'
import { inTransaction, reading, signedInOperation } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import { accountId, tiyn } from './my-accounts.ts'

const value = z.union([z.number(), z.string().max(60, 'field_too_long')]).describe('As the meter shows it: 12345 or «123,4»')
const asked = { account: accountId, meter: z.number().int().positive().max(Number.MAX_SAFE_INTEGER), value, night: value.optional().describe('Of a meter with two registers') }

/** п. 11.3.1: what a reading would come to, before it is sent; nothing is kept. */
export const estimateReading = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/cabinet/accounts/{account}/readings/estimate', summary: 'What a reading would come to, and what is odd about it', tags: ['cabinet'] })
  .use(reading)
  .input(z.object(asked))
  .output(z.object({ used: z.string(), total: tiyn.optional(), doubts: z.array(z.enum(readingDoubts)) }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const today = dateOf(now)
    const account = await getMine(tx, actor.id, input.account, today)
    const meter = (await metersOf(tx, account.id)).find(({ id }) => id === input.meter)
    if (!meter) throw new Refusal('meter_unknown', { clause: '11.3.1' })
    const judged = await judge(tx, group, meter, valuesOf(input), today, today)
    if (!judged.ok) throw refuseField(judged.field, judged.code, judged.details)
    const { used, doubts } = judged
    const taken = (await servicesOf(tx, account.id, today)).find(({ service }) => service === meter.service)
    const all = used.value + (used.night ?? 0n)
    const [cost] = estimate(group.tariffs, {
      service: meter.service, group: taken?.consumer_group ?? 'household', on: today, residents: account.residents ?? 1, stove: account.stove, benefit: account.benefit ?? false, commonMeter: account.common_heat_meter,
      ...(used.night === undefined ? { quantity: all } : { zones: { day: used.value, night: used.night } }),
    }).filter(({ plan }) => plan === taken?.plan)
    return { used: writeQuantity(all), doubts: [...doubts], ...(cost && { total: Number(cost.total) }) }
  })

/**
 * A reading by the household, of today. An odd one is asked about once (`reading_doubtful`), then taken with a reason
 * or a photo; the same `key` sent twice is one reading; `seen` tells another device's reading instead of hiding it.
 */
export const sendReading = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/cabinet/accounts/{account}/readings', successStatus: 201, summary: 'Hand a reading in', tags: ['cabinet'] })
  .use(inTransaction)
  .input(z.object({
    ...asked, confirmed: z.boolean().default(false), reason: z.string().trim().max(500, 'field_too_long').optional(), photo: z.uuid().optional().describe('Of POST /uploads'),
    seen: z.number().int().nullable().optional().describe('The last reading one saw (`last.id`)'), key: z.string().min(8, 'field_invalid').max(100, 'field_too_long').optional(),
  }))
  .output(z.object({ id: z.number().int(), state: z.enum(['sent', 'accepted']), used: z.string(), doubts: z.array(z.enum(readingDoubts)), repeated: z.boolean() }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const account = await getMine(tx, actor.id, input.account, dateOf(now))
    const meter = (await metersOf(tx, account.id)).find(({ id }) => id === input.meter)
    if (!meter || !group.cabinet.readingsOf.includes(meter.service)) throw new Refusal('meter_unknown', { clause: '11.3.1' })
    if (input.photo && !(await tx.selectFrom('files').select('id').where('id', '=', input.photo).where('uploaded_by', '=', actor.id).where('media_type', 'like', 'image/%').executeTakeFirst())) throw refuseField('photo', 'file_unknown')
    const { id, state, used, doubts, repeated } = await keepReading(tx, group, account.id, {
      meter: input.meter, ...valuesOf(input), takenOn: dateOf(now), source: 'consumer', by: actor.id, confirmed: input.confirmed, reason: input.reason || undefined, photo: input.photo, seen: input.seen,
      ...(input.key && { cause: `${actor.id}:${input.key}` }),
    }, now)
    return { id, state, used: writeQuantity(used), doubts: [...doubts], repeated }
  })

export const readingView = z.object({
  id: z.number().int(), meter: z.number().int(), serial: z.string(), service: z.enum(services), on: day, value: z.string(), night: z.string().optional(), source: z.enum(readingSources), sentAt: moment,
  state: z.enum(['sent', 'accepted', 'billed', 'refused']), billedIn: z.string().optional(), reason: z.string().optional(), refusedFor: z.string().optional(), doubts: z.array(z.enum(readingDoubts)),
})
export type ReadingView = z.output<typeof readingView>

/** Each with where it came from and how far it has come: sent, accepted, billed. */
export const listReadings = signedInOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'GET', path: '/cabinet/accounts/{account}/readings', summary: 'Readings of an account, newest first', tags: ['cabinet'] })
  .use(reading)
  .input(z.object({ account: accountId }))
  .output(z.array(readingView))
  .handler(async ({ context: { tx, actor, now }, input }) => {
    await getMine(tx, actor.id, input.account, dateOf(now))
    return (await readingsOf(tx, input.account, 120)).map((row) => ({
      id: row.id, meter: row.meter_id, serial: row.serial, service: row.service, on: row.taken_on.toString(), value: writeQuantity(BigInt(row.value)), ...(row.night !== null && { night: writeQuantity(BigInt(row.night)) }),
      source: row.source, sentAt: row.sent_at.toString(), state: row.state, doubts: [...row.doubts], ...(row.billed_in && { billedIn: row.billed_in.toPlainYearMonth().toString() }), ...(row.reason && { reason: row.reason }), ...(row.refused_for && { refusedFor: row.refused_for }),
    }))
  })

function valuesOf({ value: given, night }: { readonly value: number | string; readonly night?: number | string | undefined }): { value: Quantity; night?: Quantity } {
  return { value: readValue(given, 'value'), ...(night !== undefined && night !== '' && { night: readValue(night, 'night') }) }
}

/** A meter's figure as typed; refuses words, signs and what no meter shows, at its field. */
function readValue(given: number | string, field: string): Quantity {
  const text = String(given).replaceAll(/[\s ]/g, '')
  if (text === '') throw refuseField(field, 'field_missing')
  const read = /e/i.test(text) ? undefined : readQuantity(text)
  if (read === undefined || read >= 10n ** 9n * quantityScale) throw refuseField(field, 'quantity_invalid')
  return read
}
