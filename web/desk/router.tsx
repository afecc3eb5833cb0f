import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { appealStates, type AppealState } from '../../regulation/appeal-case.ts'
import type { Action } from '../../regulation/appeal-facts.ts'
import { lifecycle, queues, type Queue } from '../../regulation/lifecycle.ts'
import { originalPlaces, type OriginalPlace } from '../../regulation/originals.ts'
import { appealKinds, type AppealKind } from '../../regulation/vocabulary.ts'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell })

type Typed = Record<string, unknown>
/** What stands in the address was typed by anybody: only what is known is taken. */
const known = <T extends string>(list: readonly T[], value: unknown): T | undefined => list.find((one) => one === value)
const text = (value: unknown): string | undefined => (['string', 'number'].includes(typeof value) ? String(value).slice(0, 200) : undefined)

export type WorkFilter = { readonly queue?: Queue | undefined }
export type AppealsFilter = {
  readonly text?: string | undefined
  readonly state?: AppealState | undefined
  readonly kind?: AppealKind | undefined
  readonly organization?: string | undefined
}
/** What the register screen is opened for: an item that was sent, or a number that was reserved. */
export type RegisterFor = { readonly item?: number | undefined; readonly reserved?: string | undefined }
export type OriginalsFilter = { readonly place?: OriginalPlace | undefined }
export type AccountsFilter = { readonly text?: string | undefined }
/** The step whose form is open over the card. */
export type OpenStep = { readonly step?: Action | undefined; readonly task?: number | undefined }

/** Every screen of the desk, one folder each; loaded when it is first opened. */
const routes = [
  createRoute({
    getParentRoute: () => root, path: '/',
    validateSearch: (typed: Typed): WorkFilter => ({ queue: known(queues, typed['queue']) }),
    component: lazyRouteComponent(() => import('./work/work-page.tsx'), 'WorkPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/appeals',
    validateSearch: (typed: Typed): AppealsFilter => ({
      text: text(typed['text']), state: known(appealStates, typed['state']), kind: known(appealKinds, typed['kind']),
      organization: text(typed['organization']),
    }),
    component: lazyRouteComponent(() => import('./appeals/appeals-page.tsx'), 'AppealsPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/appeals/$appealId',
    validateSearch: (typed: Typed): OpenStep => ({
      step: known(Object.keys(lifecycle) as Action[], typed['step']), task: typeof typed['task'] === 'number' ? typed['task'] : undefined,
    }),
    component: lazyRouteComponent(() => import('./card/card-page.tsx'), 'CardPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/resolutions',
    component: lazyRouteComponent(() => import('./resolutions/resolutions-page.tsx'), 'ResolutionsPage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/journal', component: lazyRouteComponent(() => import('./journal/journal-page.tsx'), 'JournalPage') }),
  createRoute({
    getParentRoute: () => root, path: '/register',
    validateSearch: (typed: Typed): RegisterFor => ({ item: typeof typed['item'] === 'number' ? typed['item'] : undefined, reserved: text(typed['reserved']) }),
    component: lazyRouteComponent(() => import('./register/register-page.tsx'), 'RegisterPage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/intake', component: lazyRouteComponent(() => import('./intake/intake-page.tsx'), 'IntakePage') }),
  createRoute({ getParentRoute: () => root, path: '/books', component: lazyRouteComponent(() => import('./books/books-page.tsx'), 'BooksPage') }),
  createRoute({ getParentRoute: () => root, path: '/books/$bookId', component: lazyRouteComponent(() => import('./books/book-page.tsx'), 'BookPage') }),
  createRoute({
    getParentRoute: () => root, path: '/originals',
    validateSearch: (typed: Typed): OriginalsFilter => ({ place: known(originalPlaces, typed['place']) }),
    component: lazyRouteComponent(() => import('./originals/originals-page.tsx'), 'OriginalsPage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/originals/stock-takes', component: lazyRouteComponent(() => import('./originals/stock-takes-page.tsx'), 'StockTakesPage') }),
  createRoute({ getParentRoute: () => root, path: '/originals/stock-takes/$stockTakeId', component: lazyRouteComponent(() => import('./originals/stock-take-page.tsx'), 'StockTakePage') }),
  createRoute({ getParentRoute: () => root, path: '/originals/case-files', component: lazyRouteComponent(() => import('./originals/case-files-page.tsx'), 'CaseFilesPage') }),
  createRoute({ getParentRoute: () => root, path: '/originals/case-files/$caseFileId', component: lazyRouteComponent(() => import('./originals/case-file-page.tsx'), 'CaseFilePage') }),
  createRoute({ getParentRoute: () => root, path: '/originals/acts', component: lazyRouteComponent(() => import('./originals/acts-page.tsx'), 'ActsPage') }),
  createRoute({ getParentRoute: () => root, path: '/originals/acts/$actId', component: lazyRouteComponent(() => import('./originals/act-page.tsx'), 'ActPage') }),
  createRoute({ getParentRoute: () => root, path: '/outgoing', component: lazyRouteComponent(() => import('./outgoing/outgoing-page.tsx'), 'OutgoingPage') }),
  createRoute({ getParentRoute: () => root, path: '/outgoing/registries', component: lazyRouteComponent(() => import('./outgoing/registries-page.tsx'), 'RegistriesPage') }),
  createRoute({ getParentRoute: () => root, path: '/outgoing/registries/$registryId', component: lazyRouteComponent(() => import('./outgoing/registry-page.tsx'), 'RegistryPage') }),
  createRoute({ getParentRoute: () => root, path: '/outages', component: lazyRouteComponent(() => import('./outages/outages-page.tsx'), 'OutagesPage') }),
  createRoute({ getParentRoute: () => root, path: '/payments', component: lazyRouteComponent(() => import('./payments/payments-page.tsx'), 'PaymentsPage') }),
  createRoute({ getParentRoute: () => root, path: '/payments/$batchId', component: lazyRouteComponent(() => import('./payments/batch-page.tsx'), 'BatchPage') }),
  createRoute({ getParentRoute: () => root, path: '/settlement', component: lazyRouteComponent(() => import('./settlement/settlement-page.tsx'), 'SettlementPage') }),
  createRoute({ getParentRoute: () => root, path: '/settlement/$runId', component: lazyRouteComponent(() => import('./settlement/run-page.tsx'), 'RunPage') }),
  createRoute({ getParentRoute: () => root, path: '/bills', component: lazyRouteComponent(() => import('./bills/bill-prints-page.tsx'), 'BillPrintsPage') }),
  createRoute({ getParentRoute: () => root, path: '/bills/$printId', component: lazyRouteComponent(() => import('./bills/bill-print-page.tsx'), 'BillPrintPage') }),
  createRoute({ getParentRoute: () => root, path: '/exchange', component: lazyRouteComponent(() => import('./exchange/exchange-page.tsx'), 'ExchangePage') }),
  createRoute({ getParentRoute: () => root, path: '/exchange/$importId', component: lazyRouteComponent(() => import('./exchange/import-page.tsx'), 'ImportPage') }),
  createRoute({ getParentRoute: () => root, path: '/routes', component: lazyRouteComponent(() => import('./routes/routes-page.tsx'), 'RoutesPage') }),
  createRoute({
    getParentRoute: () => root, path: '/accounts',
    validateSearch: (typed: Typed): AccountsFilter => ({ text: text(typed['text']) }),
    component: lazyRouteComponent(() => import('./accounts/accounts-page.tsx'), 'AccountsPage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/accounts/readings', component: lazyRouteComponent(() => import('./accounts/waiting-page.tsx'), 'WaitingPage') }),
  createRoute({ getParentRoute: () => root, path: '/accounts/requests', component: lazyRouteComponent(() => import('./accounts/requests-page.tsx'), 'RequestsPage') }),
  createRoute({ getParentRoute: () => root, path: '/accounts/imports', component: lazyRouteComponent(() => import('./accounts/imports-page.tsx'), 'ImportsPage') }),
  createRoute({ getParentRoute: () => root, path: '/accounts/$accountId', component: lazyRouteComponent(() => import('./accounts/account-page.tsx'), 'AccountPage') }),
  createRoute({ getParentRoute: () => root, path: '/messages', component: lazyRouteComponent(() => import('./messages/messages-page.tsx'), 'MessagesPage') }),
  createRoute({ getParentRoute: () => root, path: '/profile', component: lazyRouteComponent(() => import('./profile/profile-page.tsx'), 'ProfilePage') }),
] as const

export const router = createRouter({ routeTree: root.addChildren(routes), basepath: '/desk', defaultPreload: 'intent' })

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
