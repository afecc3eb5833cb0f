import { z } from 'zod'
import { extensionFault, passedByExtension } from '../../regulation/deadlines.ts'
import { refuseField, Refusal } from '../../regulation/refusals.ts'
import { actionOperation, words } from '../appeals/action-operation.ts'
import { calendarOf, termsOf } from '../appeals/appeal-terms.ts'

/**
 * п. 11.6.16: the executive's resolution extends the regulation's clock, to fourteen working days in all.
 * An extension that passes a law's clock needs that clock acknowledged by name.
 */
export const extendTerm = actionOperation({
  action: 'extend_term',
  path: '/extension',
  summary: 'Extend the term of the answer',
  input: {
    reason: words(2_000),
    workingDays: z.number().int().min(1).max(60).describe('Length of the whole term after the extension'),
    acknowledged: z.array(z.string().max(60, 'field_too_long')).max(10).default([]).describe('Policies of legal clocks knowingly passed'),
  },
  decide: ({ reason, workingDays, acknowledged }, { appeal, ctx }) => {
    const terms = termsOf(ctx.group, appeal)
    const fault = extensionFault(terms, workingDays)
    if (fault) throw fault.code === 'not_extendable' ? new Refusal(fault.code) : refuseField('workingDays', fault.code, fault.details)

    const passed = passedByExtension(terms, calendarOf(ctx.group), workingDays).filter((clock) => !acknowledged.includes(clock.policyId))
    if (passed.length > 0) {
      throw new Refusal('extension_passes_law', {
        clause: '11.6.16', details: { clocks: passed.map((c) => `${c.ground.ru}: ${c.dueOn}`).join('; '), policies: passed.map((c) => c.policyId).join(',') },
      })
    }
    return { reason, workingDays, acknowledged }
  },
})
