import { refuseField } from '../../regulation/refusals.ts'
import { executiveOf, routeOf } from '../../regulation/route-profiles.ts'
import { z } from 'zod'
import { actionOperation, words } from '../appeals/action-operation.ts'
import { checkDue } from '../appeals/check-due.ts'
import { day } from '../appeals/views.ts'
import { isAssigned } from '../people/is-assigned.ts'

/** п. 11.6.14: a subsidiary's responsible specialist is asked for an explanation; it enters that company's journal. */
export const sendInquiry = actionOperation({
  action: 'send_inquiry',
  path: '/inquiries',
  summary: 'Send an inquiry to a subsidiary\'s responsible specialist',
  input: { organization: z.string(), specialist: z.string(), question: words(4_000), dueOn: day },
  decide: async ({ organization, specialist, question, dueOn }, { appeal, ctx, tools }) => {
    const subsidiary = ctx.group.organizations.get(organization)
    const unit = subsidiary?.profile.inquiryUnit
    if (!subsidiary || !unit) throw refuseField('organization', 'organization_unknown')
    if (!(await isAssigned(ctx, specialist, ['executor', 'unit_head'], organization, unit))) {
      throw refuseField('specialist', 'person_not_fit')
    }
    return {
      organization, unit, specialist, question,
      dueOn: checkDue(ctx, appeal, dueOn).toString(),
      observers: routeOf(subsidiary.profile, appeal.channel).observers,
      executive: executiveOf(organization),
      number: await tools.incomingNumber(organization),
    }
  },
})
