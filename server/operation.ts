import { ORPCError, os } from '@orpc/server'
import { refusalOf, refuseUnstorable } from './input-faults.ts'
import type { Kysely, Transaction } from 'kysely'
import { refusals, Refusal } from '../regulation/refusals.ts'
import type { Language } from '../regulation/vocabulary.ts'
import type { Actor } from './people/actor.ts'
import type { Group } from './people/group.ts'
import type { Config } from './config.ts'
import type { Files } from './platform/files.ts'
import type { PagePictures } from './platform/page-pictures.ts'
import type { Log } from './platform/log.ts'
import type { Registrar } from './appeals/register-appeal.ts'
import type { Typesetter } from './papers/typeset.ts'
import type { DemoSignIn } from './people/demo-people.ts'
import type { DB } from './schema.ts'

/** What the process holds for as long as it runs. Made once in `main.ts`. */
export type Services = {
  readonly config: Config
  readonly db: Kysely<DB>
  readonly group: Group
  readonly files: Files
  readonly pages: PagePictures
  readonly log: Log
  readonly registrar: Registrar
  readonly typesetter: Typesetter
  /** Sign-ins of the demo group; empty where the database is one's own. */
  readonly demo: readonly DemoSignIn[]
}

/** What one request brings. `now` is read once, so that one act happens at one moment. */
export type RequestContext = Services & {
  readonly actor: Actor
  readonly now: Temporal.Instant
  readonly language: Language
  readonly address: string
  readonly requestId: string
  /** Request headers; Set-Cookie lines that the answer must carry are pushed to `cookies`. */
  readonly headers: Headers
  readonly cookies: string[]
}

/** What the web edge hands to whatever answers by itself: files, papers, exports. */
export type AppEnv = { Variables: { context: RequestContext } }

/** What a verb gets: the request and, for reads and writes, its transaction. */
export type Ctx = RequestContext & { readonly tx: Transaction<DB> }

/** Told of an operation beside its schema: shown in OpenAPI and asked by the permission matrix. */
export type OperationMeta = { readonly clause?: string; readonly permission?: Permission }
export type Permission = 'anyone' | 'applicant' | 'staff' | 'it_admin' | 'signed_in'

const root = os.$context<RequestContext>().$meta<OperationMeta>({}).use(async ({ next }, input) => {
  try {
    refuseUnstorable(input)
    return await next()
  } catch (error) {
    const refusal = refusalOf(error)
    throw refusal ? asProblem(refusal) : error
  }
})

/** An operation anybody may call. It opens its own transactions where it needs them. */
export const openOperation = root.meta({ permission: 'anyone' })

/** For whoever is signed in, consumer or staff. */
export const signedInOperation = root.meta({ permission: 'signed_in' }).use(({ context, next }) => {
  if (context.actor.kind === 'nobody') throw new Refusal('not_signed_in')
  return next({ context: { actor: context.actor } })
})

/** For staff. Which appeals, and which steps, the doors decide. */
export const staffOperation = root.meta({ permission: 'staff' }).use(({ context, next }) => {
  const { actor } = context
  if (actor.kind === 'nobody') throw new Refusal('not_signed_in')
  if (actor.kind !== 'staff') throw new Refusal('not_permitted')
  return next({ context: { actor } })
})

/** Adds `tx`: everything the verb writes is there, or nothing is. */
export const inTransaction = os.$context<RequestContext>().middleware(async ({ context, next }) =>
  context.db.transaction().execute(async (tx) => next({ context: { tx } })))

/** Adds `tx` as a plain handle: a read of one statement needs no transaction. */
export const reading = os.$context<RequestContext>().middleware(({ context, next }) =>
  next({ context: { tx: context.db as Transaction<DB> } }))

function asProblem(refusal: Refusal) {
  return new ORPCError(refusal.code.toUpperCase(), {
    status: refusals[refusal.code].status,
    message: refusal.code,
    data: { code: refusal.code, clause: refusal.clause, details: refusal.details, faults: refusal.faults },
  })
}
