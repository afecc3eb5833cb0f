import { openPagePictures } from '../../server/platform/page-pictures.ts'
import { openTypesetter } from '../../server/papers/typeset.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient, ORPCError, type RouterClient } from '@orpc/server'
import type { RefusalCode } from '../../regulation/refusals.ts'
import type { Role } from '../../regulation/vocabulary.ts'
import { makeRegistrar } from '../../server/appeals/register-appeal.ts'
import { readConfig } from '../../server/config.ts'
import type { RequestContext, Services } from '../../server/operation.ts'
import { createPerson } from '../../server/people/create-person.ts'
import { people } from '../../server/people/operations.ts'
import { hashPassword } from '../../server/people/passwords.ts'
import { readGroup, syncGroup } from '../../server/people/read-group.ts'
import { readActor } from '../../server/people/sessions.ts'
import { now } from '../../server/platform/clock.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { openFiles } from '../../server/platform/files.ts'
import { openLog } from '../../server/platform/log.ts'
import type { DB } from '../../server/schema.ts'
import { freshDatabase } from '../support/database.ts'

export const groupFile = 'groups/sevkazenergo.yaml'
export const rightPassword = 'right-horse-battery'

/** The real parts on a database of its own; only the clock of requests is the test's. */
export type Stage = Awaited<ReturnType<typeof openStage>>

export async function openStage() {
  const { url, drop } = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'jauap-people-'))
  const { db } = openDatabase<DB>(url, { pool: 12 })
  const group = readGroup(groupFile)
  await syncGroup(db, group)
  const read = readConfig({ DATABASE_URL: url, SECRET: 'a secret of the tests, long enough to be taken', DATA_DIR: dataDir })
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const services: Services = {
    config: read.config, db, group, log: openLog('silent'), demo: [], files: openFiles(dataDir), typesetter: openTypesetter(), pages: openPagePictures(openFiles(dataDir)), registrar: makeRegistrar(db, group),
  }
  const passwordHash = await hashPassword(rightPassword)
  return {
    url, dataDir, db, services,
    /** A member of staff with `rightPassword`; answers their e-mail. */
    async addStaff(login: string, role: Role = 'executive', organization = 'skes', unit?: string): Promise<string> {
      const email = `${login}@example.kz`
      await createPerson(db, { email, name: login, passwordHash, assignment: { role, organization, unit } }, now())
      return email
    },
    /** Their roles begin and end on these days. */
    async moveRoles(email: string, from: string, to?: string): Promise<void> {
      const { id } = await db.selectFrom('people').select('id').where('email', '=', email).executeTakeFirstOrThrow()
      await db.updateTable('role_assignments').where('person_id', '=', id)
        .set({ valid_from: Temporal.PlainDate.from(from), valid_to: to ? Temporal.PlainDate.from(to) : null }).execute()
    },
    /** The code in the last letter to an address; undefined: none was sent. */
    async codeSentTo(email: string): Promise<string | undefined> {
      const letter = await db.selectFrom('messages').select('subject').where('recipient', '=', email).where('template', '=', 'code')
        .orderBy('id', 'desc').limit(1).executeTakeFirst()
      return /\d{6}/.exec(letter?.subject ?? '')?.[0]
    },
    async close() {
      await db.destroy()
      await drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Somebody's browser: keeps the cookie; `later` asks as if that much time had passed. */
export type Visitor = RouterClient<typeof people> & {
  readonly later: (more: Temporal.DurationLike) => Visitor
  readonly cookies: readonly string[]
}

type Circumstances = { readonly address?: string; readonly cookies?: string[]; readonly after?: Temporal.DurationLike }
let addresses = 0

export function visitor(stage: Stage, { address = `10.0.0.${++addresses}`, cookies = [], after = { seconds: 0 } }: Circumstances = {}): Visitor {
  const { services } = stage
  const client = createRouterClient(people, {
    context: async (): Promise<RequestContext> => {
      const headers = new Headers({ 'user-agent': 'Test', cookie: cookies.at(-1)?.split(';')[0] ?? '' })
      return {
        ...services, headers, cookies, address, actor: await readActor(services, headers), now: now().add(after),
        language: 'ru', requestId: crypto.randomUUID(),
      }
    },
  })
  // A router client answers to any name, so only the operations' own are taken from it.
  const operations = Object.fromEntries(Object.keys(people).map((name) => [name, client[name as keyof typeof people]]))
  return { ...operations as RouterClient<typeof people>, cookies, later: (more) => visitor(stage, { address, cookies, after: more }) }
}

/** What an operation refused with: its code, or `field: code` where the fault stands at a field. */
export async function refusalOf(asked: Promise<unknown>): Promise<string> {
  try {
    return `no refusal: ${JSON.stringify(await asked)}`
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error
    const { code, faults = [] } = error.data as { code: RefusalCode; faults?: readonly { field: string; code: RefusalCode }[] }
    return faults.length > 0 ? faults.map((fault) => `${fault.field}: ${fault.code}`).join(', ') : code
  }
}
