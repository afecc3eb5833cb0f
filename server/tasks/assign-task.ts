import { refuseField } from '../../regulation/refusals.ts'
import { executiveOf } from '../../regulation/route-profiles.ts'
import { actionOperation, optionalWords } from '../appeals/action-operation.ts'
import { checkDue } from '../appeals/check-due.ts'

/**
 * п. 11.6.10, 4.6, 6.3: the resolution becomes a task for its unit heads, with its due date and controller; the
 * quality lead observes by the route profile. Text and date are the resolution's unless said otherwise.
 */
export const assignTask = actionOperation({
  action: 'assign_task',
  path: '/tasks',
  summary: 'Create the task from the resolution',
  input: { text: optionalWords(4_000), dueOn: optionalWords(10) },
  decide: ({ text, dueOn }, { appeal, ctx }) => {
    const { resolution, organization } = appeal
    if (!resolution) throw refuseField('text', 'field_missing')
    return {
      organization, executors: resolution.executors, controller: resolution.controller,
      text: text ?? resolution.text,
      dueOn: dueOn ? checkDue(ctx, appeal, dueOn).toString() : resolution.dueOn,
      observers: ctx.group.organizations.get(organization)!.profile.observers,
      executive: executiveOf(organization),
    }
  },
})
