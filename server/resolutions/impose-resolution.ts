import { z } from 'zod'
import { refuseField } from '../../regulation/refusals.ts'
import { routeOf, taskSetters } from '../../regulation/route-profiles.ts'
import { actionOperation, words, type Deciding } from '../appeals/action-operation.ts'
import { checkDue } from '../appeals/check-due.ts'
import { day } from '../appeals/views.ts'
import { isAssigned } from '../people/is-assigned.ts'

/** п. 4.6, 6.3, 11.6.9–10: text, executors in order (the first leads, п. 7.3), due date, controller. */
export const imposeResolution = actionOperation({
  action: 'impose_resolution',
  path: '/resolution',
  summary: 'Impose a resolution: executors in order, due date, controller',
  input: {
    text: words(4_000),
    units: z.array(z.string()).min(1, 'field_missing').max(10).describe('Units in order; the first leads'),
    dueOn: day,
    controller: z.string().optional().describe('Person who controls the term'),
  },
  decide: async ({ text, units, dueOn, controller }, deciding) => {
    const { appeal, ctx } = deciding
    const organization = ctx.group.organizations.get(appeal.organization)!
    checkUnits(units, deciding)
    if (controller && !(await isAssigned(ctx, controller, ['controller', 'unit_head', 'executive'], organization.id))) {
      throw refuseField('controller', 'person_not_fit')
    }
    return {
      text, dueOn: checkDue(ctx, appeal, dueOn).toString(), controller,
      executors: units.map((unit) => ({ unit })),
      taskSetters: taskSetters(organization.profile, appeal.channel, units[0]!),
      informed: routeOf(organization.profile, appeal.channel).informed,
    }
  },
})

function checkUnits(units: readonly string[], { appeal, ctx }: Deciding): void {
  units.forEach((unit, i) => {
    if (ctx.group.units.get(unit)?.organization !== appeal.organization) throw refuseField(`units.${i}`, 'unit_unknown')
    if (units.indexOf(unit) !== i) throw refuseField(`units.${i}`, 'unit_repeated')
  })
}
