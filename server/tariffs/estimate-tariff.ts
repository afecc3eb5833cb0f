import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { consumerGroups, estimate, readQuantity, services, tariffPlans, writeQuantity, type Estimate } from '../../regulation/tariffs.ts'
import { day } from '../appeals/views.ts'
import { readDay } from '../input-faults.ts'
import { openOperation } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'

/** A quantity as JSON or as text: 480, 54.3, «54,3»; at most four decimals. */
const quantity = z.union([z.number(), z.string().max(20)]).transform((given, context) => {
  const read = typeof given === 'number' && /e/i.test(String(given)) ? undefined : readQuantity(String(given))
  if (read === undefined) context.addIssue('quantity_invalid')
  return read ?? 0n
})
const tiyn = z.number().int().describe('Whole tiyn: 1450812 is 14,508.12 tenge')

export const estimateView = z.object({
  plan: z.enum(tariffPlans), byNorm: z.boolean().describe('No meter: the quantity is the norm\'s'),
  lines: z.array(z.object({ what: z.enum(['flat', 'tier', 'day', 'night']), tier: z.number().int().optional(), quantity: z.string(), price: tiyn.describe('Of one unit, without VAT'), net: tiyn })),
  net: tiyn, vatPercent: z.number().int(), vat: tiyn, total: tiyn,
})
export type EstimateView = z.output<typeof estimateView>

/** п. 11.3.1: what a month would cost, with its working, by every plan one could choose; cheapest first. */
export const estimateTariff = openOperation
  .meta({ clause: '11.3.1' })
  .route({ method: 'POST', path: '/tariffs/estimate', summary: 'What a month of a service would cost, with its working, by every plan', tags: ['tariffs'] })
  .input(z.object({
    service: z.enum(services), group: z.enum(consumerGroups).default('household'), on: day.optional().describe('Today if absent'),
    quantity: quantity.optional().describe('By the meter: kWh, Gcal or m³'), dayZone: quantity.optional().describe('kWh of the day zone'), nightZone: quantity.optional().describe('kWh of the night zone'),
    residents: z.coerce.number().int().min(1).max(50).default(1), stove: z.boolean().default(false).describe('An electric stove stands in the home'),
    benefit: z.boolean().default(false).describe('A lone pensioner, or holds a benefit'), commonMeter: z.boolean().default(false).describe('The house has a common heat meter'),
    area: quantity.optional().describe('m², for heat without a meter'),
  }).meta({ examples: [{ service: 'electricity', quantity: 480, residents: 3, stove: false }] }))
  .output(z.object({ on: day, estimates: z.array(estimateView) }))
  .handler(({ context: { group, now }, input }) => {
    const on = input.on ? readDay(input.on, 'on') : dateOf(now)
    if ((input.dayZone === undefined) !== (input.nightZone === undefined)) throw refuseField(input.dayZone === undefined ? 'dayZone' : 'nightZone', 'field_missing')
    const zones = input.dayZone !== undefined && input.nightZone !== undefined ? { day: input.dayZone, night: input.nightZone } : undefined
    if (input.service === 'electricity' && input.quantity === undefined && !zones) throw refuseField('quantity', 'field_missing')
    if (input.service === 'heating' && input.quantity === undefined && input.area === undefined) throw refuseField('area', 'field_missing')
    const estimates = estimate(group.tariffs, { ...input, on, zones })
    if (estimates.length === 0) throw new Refusal('no_tariff', { clause: '11.3.1' })
    return { on: on.toString(), estimates: estimates.map(viewOf) }
  })

const viewOf = ({ plan, byNorm, lines, net, vatPercent, vat, total }: Estimate): EstimateView => ({
  plan, byNorm, vatPercent, net: Number(net), vat: Number(vat), total: Number(total),
  lines: lines.map((line) => ({ what: line.what, ...(line.tier && { tier: line.tier }), quantity: writeQuantity(line.quantity), price: Number(line.price), net: Number(line.net) })),
})
