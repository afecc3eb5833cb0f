import { refuseField } from '../../regulation/refusals.ts'
import type { AppealCase } from '../../regulation/appeal-case.ts'
import { readDay } from '../input-faults.ts'
import type { Ctx } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import { bindingTerm } from './appeal-terms.ts'

/** A step's own date: not past, and not after the day the answer is due. A late appeal's steps are due today. */
export function checkDue(ctx: Pick<Ctx, 'group' | 'now'>, appeal: AppealCase, text: string, field = 'dueOn'): Temporal.PlainDate {
  const today = dateOf(ctx.now)
  const dueOn = readDay(text, field)
  const term = bindingTerm(ctx.group, appeal).dueOn
  const latest = Temporal.PlainDate.compare(term, today) < 0 ? today : term
  if (Temporal.PlainDate.compare(dueOn, today) < 0) throw refuseField(field, 'due_date_past')
  if (Temporal.PlainDate.compare(dueOn, latest) > 0) throw refuseField(field, 'due_date_after_term', { latest: latest.toString() })
  return dueOn
}
