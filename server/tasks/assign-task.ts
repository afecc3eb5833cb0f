import { refuseField } from '../../regulation/refusals.ts'
import { z } from 'zod'
import { executiveOf, routeOf } from '../../regulation/route-profiles.ts'
import { actionOperation, optionalWords } from '../appeals/action-operation.ts'
import { checkDue } from '../appeals/check-due.ts'
import { isAssigned } from '../people/is-assigned.ts'

/**
 * п. 4.6, 4.11, 5.4, 6.3, 11.6.10: the resolution becomes a task for its unit heads, with its due date and controller; the
 * quality lead observes by the route. Text, date and controller are the resolution's unless said otherwise; where the
 * route requires a controller, the task is not set without one.
 */
export const assignTask = actionOperation({
  action: 'assign_task',
  path: '/tasks',
  summary: 'Create the task from the resolution',
  input: { text: optionalWords(4_000), dueOn: optionalWords(10), controller: z.string().optional().describe('Person who controls the term') },
  decide: async ({ text, dueOn, controller = undefined }, { appeal, ctx }) => {
    const { resolution, organization } = appeal
    if (!resolution) throw refuseField('text', 'field_missing')
    const route = routeOf(ctx.group.organizations.get(organization)!.profile, appeal.channel)
    if (controller && !(await isAssigned(ctx, controller, ['controller', 'unit_head', 'executive', 'registrar'], organization))) {
      throw refuseField('controller', 'person_not_fit')
    }
    const controls = controller ?? resolution.controller
    if (!controls && route.controller === 'required') throw refuseField('controller', 'controller_needed')
    return {
      organization, executors: resolution.executors, controller: controls,
      text: text ?? resolution.text,
      dueOn: dueOn ? checkDue(ctx, appeal, dueOn).toString() : resolution.dueOn,
      observers: route.observers,
      executive: executiveOf(organization),
    }
  },
})
