import { z } from 'zod'
import { refuseField } from '../../regulation/refusals.ts'
import { executiveOf, registrarOf } from '../../regulation/route-profiles.ts'
import { actionOperation, optionalWords, words } from '../appeals/action-operation.ts'

/**
 * Not ours: to another organization of the group, where it goes on resolution, or to an outside body, where
 * our way ends (АППК ст. 65). The applicant is told at the same time.
 */
export const redirectAppeal = actionOperation({
  action: 'redirect',
  path: '/redirect',
  summary: 'Redirect an appeal to the organization or body competent for it',
  input: {
    organization: z.string().optional().describe('An organization of the group'),
    outside: optionalWords(300).describe('Or the name of an outside body'),
    reason: words(2_000),
  },
  decide: async ({ organization, outside, reason }, { appeal, ctx, tools }) => {
    if (organization) {
      if (!ctx.group.organizations.has(organization) || organization === appeal.organization) {
        throw refuseField('organization', 'organization_unknown')
      }
            // Whoever answers a paper is the chancellery it now belongs to; feedback is always answered by the contact centre (п. 11.6.13).
      const { profile } = ctx.group.organizations.get(organization)!
      const handlers = appeal.numbers[0]?.journal === 'feedback' ? undefined : [registrarOf(profile, appeal.channel)]
      return { reason, to: { organization, executive: executiveOf(organization), handlers }, number: await tools.incomingNumber(organization) }
    }
    if (!outside) throw refuseField('outside', 'field_missing')
    return { reason, to: { outside } }
  },
})
