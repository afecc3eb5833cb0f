import { z } from 'zod'
import { originalPlaces } from '../../regulation/originals.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { readPaperCode } from '../../regulation/paper-code.ts'
import { countOriginals, findOriginals, soughtOriginals, type Keeper } from '../appeals/original-index.ts'
import { appealId } from '../appeals/views.ts'
import { reading, staffOperation, type RequestContext } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import { isTrackingCode } from '../tracking/tracking-code.ts'
import { keeperOf, lineOf, originalLine } from './keeping.ts'

/** What waits for me among the papers: shown as figures on the tabs. */
const counted = ['with_me', 'offered_to_me', 'offered', 'overdue'] as const

/** п. 4.7–4.8: where every paper lies and who has it. */
export const listOriginals = staffOperation
  .meta({ clause: '4.7' })
  .route({ method: 'GET', path: '/originals', summary: 'Papers: where they lie and who has them', tags: ['originals'] })
  .use(reading)
  .input(z.object({
    place: z.enum(originalPlaces).default('with_me'), organization: z.string().max(40).optional(), unit: z.string().max(60).optional(), person: z.string().max(60).optional(),
    before: appealId.optional().describe('The last one seen'), limit: z.coerce.number().int().min(1).max(200).default(50),
  }))
  .output(z.object({ originals: z.array(originalLine), more: z.boolean(), counts: z.record(z.enum(counted), z.number().int()).describe('Counted to a thousand') }))
  .handler(async ({ context: { tx, actor, group, now }, input }) => {
    const today = dateOf(now)
    const keeper = keeperOf(actor, group)
    const asked = input.organization ? { ...keeper, organizations: keeper.organizations.filter((id) => id === input.organization) } : keeper
    const rows = await findOriginals(tx, asked, { ...input, today })
    return {
      originals: rows.map((row) => lineOf(row, today)), more: rows.length === input.limit, counts: await countOriginals(tx, keeper, counted, today),
    }
  })

/** A paper by the code on its label, the link on its slip or its number; several where the number repeats with the years. */
export const findOriginal = staffOperation
  .meta({ clause: '4.7' })
  .route({ method: 'GET', path: '/originals/find', summary: 'A paper by its label, slip or number', tags: ['originals'] })
  .use(reading)
  .input(z.object({ code: z.string().trim().min(1, 'field_missing').max(300) }))
  .output(z.array(originalLine))
  .handler(async ({ context, input }) => {
    const rows = await soughtBy(context, keeperOf(context.actor, context.group), input.code)
    if (rows.length === 0) throw new Refusal('paper_unknown')
    return rows.map((row) => lineOf(row, dateOf(context.now)))
  })

export const soughtBy = ({ tx, config }: { readonly tx: Parameters<typeof soughtOriginals>[0] } & Pick<RequestContext, 'config'>, keeper: Keeper, code: string) =>
  soughtOriginals(tx, keeper, readPaperCode(code), (id, secret) => isTrackingCode(config, id, secret))

