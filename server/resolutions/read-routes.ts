import { z } from 'zod'
import { clauses, type ClauseNumber } from '../../regulation/clauses.ts'
import { previewRoute } from '../../regulation/route-profiles.ts'
import { channels } from '../../regulation/vocabulary.ts'
import { bilingual } from '../appeals/views.ts'
import { staffOperation } from '../operation.ts'

const steps = ['register', 'send_for_resolution', 'impose_resolution', 'inform', 'assign_task', 'name_executor', 'submit_version', 'endorse', 'issue_letter', 'sign_letter', 'dispatch_reply'] as const

/** п. 4.5–4.6, 4.11, 5.3–5.4, 6.2–6.3: the way that each organization's routes make, step by step, as its configuration says. */
export const readRoutes = staffOperation
  .meta({ clause: '4.5' })
  .route({ method: 'GET', path: '/routes', summary: 'The routes of every organization, with a preview of the way they make', tags: ['people'] })
  .output(z.array(z.object({
    organization: z.string(),
    routes: z.array(z.object({
      channels: z.array(z.enum(channels)).optional().describe('Absent: whatever no route before it takes'),
      steps: z.array(z.object({
        step: z.enum(steps), clause: z.string(), words: bilingual, who: z.array(z.string()), observers: z.array(z.string()).optional(),
        controller: z.enum(['required', 'optional']).optional(),
      })),
    })),
  })))
  .handler(({ context: { group } }) => [...group.organizations.values()].map(({ id, profile }) => ({
    organization: id,
    routes: profile.routes.map((route) => ({
      ...(route.channels && { channels: [...route.channels] }),
      steps: previewRoute(profile, route).map(({ step, clause, who, observers, controller }) => ({
        step, clause, words: clauses[clause as ClauseNumber], who: [...who], ...(observers && { observers: [...observers] }), ...(controller && { controller }),
      })),
    })),
  })))
