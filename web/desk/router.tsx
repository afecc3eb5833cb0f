import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { appealStates } from '../../regulation/appeal-case.ts'
import { queues } from '../../regulation/lifecycle.ts'
import { appealKinds } from '../../regulation/vocabulary.ts'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell })

/** Every screen of the desk, one folder each; loaded when it is first opened. */
const routes = [
  createRoute({
    getParentRoute: () => root, path: '/', validateSearch: z.object({ queue: z.enum(queues).optional().catch(undefined) }),
    component: lazyRouteComponent(() => import('./work/work-page.tsx'), 'WorkPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/appeals',
    validateSearch: z.object({
      text: z.string().optional().catch(undefined), state: z.enum(appealStates).optional().catch(undefined),
      kind: z.enum(appealKinds).optional().catch(undefined), organization: z.string().optional().catch(undefined),
    }),
    component: lazyRouteComponent(() => import('./appeals/appeals-page.tsx'), 'AppealsPage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/appeals/$appealId', component: lazyRouteComponent(() => import('./card/card-page.tsx'), 'CardPage') }),
  createRoute({ getParentRoute: () => root, path: '/resolutions', component: lazyRouteComponent(() => import('./resolutions/resolutions-page.tsx'), 'ResolutionsPage') }),
  createRoute({ getParentRoute: () => root, path: '/journal', component: lazyRouteComponent(() => import('./journal/journal-page.tsx'), 'JournalPage') }),
  createRoute({ getParentRoute: () => root, path: '/messages', component: lazyRouteComponent(() => import('./messages/messages-page.tsx'), 'MessagesPage') }),
  createRoute({ getParentRoute: () => root, path: '/profile', component: lazyRouteComponent(() => import('./profile/profile-page.tsx'), 'ProfilePage') }),
] as const

export const router = createRouter({ routeTree: root.addChildren(routes), basepath: '/desk', defaultPreload: 'intent' })

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
