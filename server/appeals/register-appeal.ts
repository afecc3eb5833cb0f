import { sql, type Kysely, type Transaction } from 'kysely'
import type { Fact, FactData, GivenNumber, Journal } from '../../regulation/appeal-facts.ts'
import { routeOf } from '../../regulation/route-profiles.ts'
import { foldCase } from '../../regulation/appeal-case.ts'
import { Refusal } from '../../regulation/refusals.ts'
import type { AnswerWay, AppealId, AppealKind, ApplicantGroup, Channel, Language, OrganizationId, PersonId } from '../../regulation/vocabulary.ts'
import { applicant, type Holder } from '../../regulation/holders.ts'
import type { Group } from '../people/group.ts'
import { yearOf } from '../platform/clock.ts'
import { addJobs } from '../platform/jobs.ts'
import type { DB } from '../schema.ts'
import { bindingTerm } from './appeal-terms.ts'
import { eventHash } from './chain.ts'
import { chainEntries, holdReserved, markEntry, takePlaces, type Entry, type Series } from './journal.ts'
import { announce } from './live.ts'
import { itemRows, type ItemRow } from './work-items.ts'

/** What an appeal is born with, already checked. */
export type NewAppeal = Pick<FactData['register'], 'clauses' | 'lacks' | 'noWrittenReply' | 'sheets' | 'sentFrom'> & {
  readonly organization: OrganizationId
  readonly journal: Journal
  readonly channel: Channel
  readonly kind: AppealKind
  readonly language: Language
  readonly answerWay: AnswerWay
  readonly receivedAt: Temporal.Instant
  readonly registeredAt: Temporal.Instant
  readonly handlers: readonly Holder[]
  readonly readers: readonly Holder[]
  readonly repeatOf?: AppealId | undefined
  /** Who registers it from paper; absent: the applicant, by a form. */
  readonly by?: { readonly person: PersonId; readonly holder: Holder } | undefined
  /** The reserved number it takes, п. 4.3; absent: the next of its series. */
  readonly reserved?: { readonly year: number; readonly n: number } | undefined
  /** What a channel brought and this appeal is, still waiting. */
  readonly item?: number | undefined
  readonly subject: string
  readonly body: string
  readonly applicant: {
    readonly group: ApplicantGroup
    readonly name: string
    readonly address: string
    readonly email?: string | undefined
    readonly phone?: string | undefined
    readonly identifier?: string | undefined
    readonly account?: string | undefined
    readonly outgoingNumber?: string | undefined
    readonly outgoingOn?: Temporal.PlainDate | undefined
  }
  readonly consentVersion?: string | undefined
  /** Files received before and not yet attached. */
  readonly files: readonly string[]
  /** Who asks, under which key, for what: the same key and content is answered with the same appeal. */
  readonly once: { readonly scope: string; readonly key: string; readonly digest: Buffer }
}

export type Registered = {
  readonly id: AppealId
  readonly number: string
  readonly registeredAt: Temporal.Instant
  readonly dueOn: Temporal.PlainDate
  /** The key was known: this appeal was registered before, nothing new was written. */
  readonly repeated: boolean
}

export type Registrar = { readonly register: (appeal: NewAppeal) => Promise<Registered> }

/** The most appeals one transaction registers together. */
const batchLimit = 100

/**
 * The only birth of an appeal: number, journal entry, clocks, first event and queue in one transaction. What
 * arrives while a transaction is under way is registered together in the next, so the journal's lock and the
 * disk are waited for once for all of them; one that fails falls out alone.
 */
export function makeRegistrar(db: Kysely<DB>, group: Group): Registrar {
  type Arrival = { appeal: NewAppeal; resolve: (done: Registered) => void; reject: (error: unknown) => void }
  let arrivals: Arrival[] = []
  let busy = false

  async function work(): Promise<void> {
    if (busy) return
    busy = true
    while (arrivals.length > 0) {
      const batch = takeAlike(arrivals)
      arrivals = arrivals.filter((arrival) => !batch.includes(arrival))
      await settle(batch)
    }
    busy = false
  }

  async function settle(batch: readonly Arrival[]): Promise<void> {
    try {
      const done = await registerTogether(db, group, batch.map((arrival) => arrival.appeal))
      batch.forEach((arrival, i) => arrival.resolve(done[i]!))
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error)
      else for (const arrival of batch) await settle([arrival])
    }
  }

  return {
    async register(appeal) {
      try {
        return await new Promise<Registered>((resolve, reject) => {
          arrivals.push({ appeal, resolve, reject })
          void work()
        })
      } catch (error) {
        const racedBy = (isKeyTaken(error) || isTaken(error)) && (await findByKey(db, appeal))
        if (racedBy) return racedBy
        throw error
      }
    },
  }
}

/** The first arrivals that go into one series and year, no key twice. */
function takeAlike<T extends { appeal: NewAppeal }>(arrivals: readonly T[]): T[] {
  const first = arrivals[0]!.appeal
  const alike: T[] = []
  const keys = new Set<string>()
  for (const arrival of arrivals) {
    const { appeal } = arrival
    const key = `${appeal.once.scope} ${appeal.once.key}`
    if (alike.length === batchLimit || keys.has(key)) break
    if (appeal.organization !== first.organization || appeal.journal !== first.journal
      || yearOf(appeal.registeredAt) !== yearOf(first.registeredAt)
      || (alike.length > 0 && (first.reserved || appeal.reserved))) break
    keys.add(key)
    alike.push(arrival)
  }
  return alike
}

function registerTogether(db: Kysely<DB>, group: Group, appeals: readonly NewAppeal[]): Promise<Registered[]> {
  const [first] = appeals
  const organization = group.organizations.get(first!.organization)
  if (!organization) throw new Refusal('organization_unknown')
  const series: Series = {
    organization: organization.id, journal: first!.journal, format: organization.numbers[first!.journal], unit: organization.code,
  }
  const year = yearOf(first!.registeredAt)

  return db.transaction().execute(async (tx) => {
    const ids = await takeIds(tx, appeals.length)
    const births = first!.reserved
      ? [await fillReserved(tx, group, first!, ids[0]!, first!.reserved)]
      : await numbered(tx, group, series, year, appeals, ids)
    await insertBirths(tx, series, year, births)
    await addJobs(tx, births.map((b) => ({ name: 'react', payload: { appeal: b.id, seq: 1 } })))
    await announce(tx, { appeals: ids, holders: [...new Set(births.flatMap((b) => b.readers))] })
    return births.map((b) => ({
      id: b.id, number: b.number.number, registeredAt: b.appeal.registeredAt, dueOn: b.dueOn, repeated: false,
    }))
  })
}

/** The next numbers of the series, one an appeal. */
async function numbered(
  tx: Transaction<DB>, group: Group, series: Series, year: number, appeals: readonly NewAppeal[], ids: readonly AppealId[],
): Promise<Birth[]> {
  const { from, previous } = await takePlaces(tx, series, year, appeals.length)
  const entries = chainEntries(series, year, from, previous, appeals.map((appeal, i) => ({
    appeal: ids[i]!, at: appeal.registeredAt, registrar: appeal.by?.person ?? null,
  })))
  return appeals.map((appeal, i) => birth(group, appeal, ids[i]!, entries[i]!, entries[i]))
}

/** The number that was reserved for it: its entry stands already, and a mark says who filled it. */
async function fillReserved(
  tx: Transaction<DB>, group: Group, appeal: NewAppeal, id: AppealId, { year, n }: NonNullable<NewAppeal['reserved']>,
): Promise<Birth> {
  return birth(group, appeal, id, await holdReserved(tx, { organization: appeal.organization, journal: appeal.journal, year, n }))
}

async function takeIds(tx: Transaction<DB>, count: number): Promise<AppealId[]> {
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('appeals', 'id')) as id from generate_series(1, ${count})`.execute(tx)
  return rows.map((row) => row.id)
}

type Birth = {
  readonly id: AppealId
  readonly appeal: NewAppeal
  readonly number: GivenNumber
  /** Absent: its entry was written when the number was reserved. */
  readonly entry?: Entry | undefined
  readonly fact: FactData['register']
  readonly hash: Buffer
  readonly dueOn: Temporal.PlainDate
  readonly readers: readonly Holder[]
  readonly items: readonly ItemRow[]
}

function birth(group: Group, appeal: NewAppeal, id: AppealId, { organization, journal, number: given }: GivenNumber, entry?: Entry): Birth {
  const number: GivenNumber = { organization, journal, number: given }
  const fact: FactData['register'] = {
    organization: appeal.organization, channel: appeal.channel, kind: appeal.kind, language: appeal.language,
    answerWay: appeal.answerWay, receivedAt: appeal.receivedAt.toString(), number, handlers: appeal.handlers,
    readers: appeal.readers, repeatOf: appeal.repeatOf, clauses: appeal.clauses, lacks: appeal.lacks,
    noWrittenReply: appeal.noWrittenReply, letterRequired: letterOf(group, appeal), sheets: appeal.sheets, sentFrom: appeal.sentFrom,
  }
  const at = appeal.registeredAt
  const { person: by, holder: as } = appeal.by ?? { holder: applicant }
  const folded = foldCase([{ seq: 1, at, by, as, action: 'register', data: fact } satisfies Fact<'register'>])
  const { dueOn } = bindingTerm(group, folded)
  return {
    id, appeal, number, entry, fact, dueOn, readers: [...folded.readers], items: itemRows(folded, id, dueOn),
    hash: eventHash(null, { appeal: id, seq: 1, at: at.toString(), by: by ?? null, as, action: 'register', data: fact }),
  }
}

/** Whether its answer must be a signed letter: as the route of its channel says, in the organization that registers it (п. 7.6). */
function letterOf(group: Group, { organization, channel }: NewAppeal): true | undefined {
  const profile = group.organizations.get(organization)?.profile
  return (profile && routeOf(profile, channel).letter === 'required') || undefined
}

/** Everything of all the births in one statement. */
async function insertBirths(tx: Transaction<DB>, series: Series, year: number, births: readonly Birth[]): Promise<void> {
  const lastHash = births.at(-1)!.entry?.hash
  const rows = births.map((b) => ({
    id: b.id, number: b.number.number, number_key: b.entry?.numberKey, n: b.entry?.n,
    registrar: b.appeal.by?.person, as_holder: b.appeal.by?.holder ?? applicant, brought_by: b.appeal.item, sheets: b.appeal.sheets,
    account: b.appeal.applicant.account, outgoing_number: b.appeal.applicant.outgoingNumber, outgoing_on: b.appeal.applicant.outgoingOn,
    channel: b.appeal.channel, kind: b.appeal.kind, language: b.appeal.language, answer_way: b.appeal.answerWay,
    received_at: b.appeal.receivedAt, registered_at: b.appeal.registeredAt, due_on: b.dueOn, repeat_of: b.appeal.repeatOf,
    subject: b.appeal.subject, body: b.appeal.body,
    applicant_group: b.appeal.applicant.group, applicant_name: b.appeal.applicant.name,
    applicant_address: b.appeal.applicant.address, applicant_email: b.appeal.applicant.email,
    applicant_phone: b.appeal.applicant.phone, applicant_identifier: b.appeal.applicant.identifier,
    consent_version: b.appeal.consentVersion,
    fact: b.fact, event_hash: b.hash.toString('hex'), entry_hash: b.entry?.hash.toString('hex'),
    entry_prev: b.entry?.previous?.toString('hex'), readers: b.readers, items: b.items, files: b.appeal.files,
    scope: b.appeal.once.scope, key: b.appeal.once.key, digest: b.appeal.once.digest.toString('hex'),
  }))
  const { rows: [count] } = await sql<{ files: number; items: number }>`
    with births as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as b(
        id bigint, number text, number_key text, n int, channel text, kind text, language text, answer_way text,
        received_at timestamptz, registered_at timestamptz, due_on date, repeat_of bigint, subject text, body text,
        applicant_group text, applicant_name text, applicant_address text, applicant_email text, applicant_phone text,
        applicant_identifier text, consent_version text, fact jsonb, event_hash text, entry_hash text, entry_prev text,
        readers jsonb, items jsonb, files jsonb, scope text, key text, digest text, registrar text, as_holder text,
        brought_by bigint, sheets int, account text, outgoing_number text, outgoing_on date)
    ), new_appeals as (
      insert into appeals (id, organization_id, number, channel, kind, language, state, answer_way, received_at,
        registered_at, due_on, repeat_of, last_seq, last_hash)
      overriding system value
      select id, ${series.organization}, number, channel, kind, language, 'registered', answer_way, received_at,
        registered_at, due_on, repeat_of, 1, decode(event_hash, 'hex') from births
    ), contents as (
      insert into appeal_contents (appeal_id, subject, body, applicant_group, applicant_name, applicant_address,
        applicant_email, applicant_phone, applicant_identifier, consent_version, applicant_account, outgoing_number, outgoing_on)
      select id, subject, body, applicant_group, applicant_name, applicant_address, applicant_email, applicant_phone,
        applicant_identifier, consent_version, account, outgoing_number, outgoing_on from births
    ), events as (
      insert into appeal_events (appeal_id, seq, at, by_person, as_holder, action, data, hash)
      select id, 1, registered_at, registrar, as_holder, 'register', fact, decode(event_hash, 'hex') from births
    ), entries as (
      insert into journal_entries (organization_id, journal, year, n, number, number_key, appeal_id, registered_at, registrar, prev_hash, hash)
      select ${series.organization}, ${series.journal}, ${year}, n, number, number_key, id, registered_at, registrar,
        decode(entry_prev, 'hex'), decode(entry_hash, 'hex') from births where n is not null
    ), series as (
      update journal_series set last_hash = ${lastHash ?? null}
      where ${lastHash !== undefined} and organization_id = ${series.organization} and journal = ${series.journal} and year = ${year}
    ), readers as (
      insert into appeal_readers (holder, appeal_id)
      select reader, id from births, jsonb_array_elements_text(readers) as reader
    ), items as (
      insert into work_items (holder, queue, appeal_id, task, due_on, since)
      select item ->> 'holder', item ->> 'queue', id, (item ->> 'task')::int, (item ->> 'due_on')::date, registered_at
      from births, jsonb_array_elements(items) as item
    ), once as (
      insert into idempotency_keys (scope, key, request_digest, appeal_id, created_at)
      select scope, key, decode(digest, 'hex'), id, registered_at from births
    ), papers as (
      insert into originals (appeal_id, organization_id, sheets, person_id, since)
      select id, ${series.organization}, sheets, registrar, registered_at from births where sheets is not null
    ), brought as (
      update intake_items set appeal_id = births.id, settled_at = births.registered_at, settled_by = births.registrar
      from births where intake_items.id = births.brought_by and intake_items.settled_at is null
      returning intake_items.id
    ), attached as (
      update files set appeal_id = births.id
      from births, jsonb_array_elements_text(births.files) as file
      where files.id = file::uuid and files.appeal_id is null
      returning files.id
    )
    select (select count(*) from attached) as files, (select count(*) from brought) as items`.execute(tx)
  if (count!.items !== births.filter((b) => b.appeal.item !== undefined).length) throw new Refusal('item_taken')
  for (const b of births) {
    if (b.appeal.reserved) {
      await markEntry(tx, { organization: series.organization, journal: series.journal, ...b.appeal.reserved }, {
        mark: 'filled', appeal: b.id, reason: null, by: b.appeal.by?.person ?? null, at: b.appeal.registeredAt,
      })
    }
  }
  if (count!.files !== births.reduce((sum, b) => sum + b.appeal.files.length, 0)) throw new Refusal('file_unknown')
}

async function findByKey(db: Kysely<DB>, appeal: NewAppeal): Promise<Registered | undefined> {
  const { scope, key, digest } = appeal.once
  const { rows: [known] } = await sql<{ request_digest: Buffer; id: number; number: string; registered_at: Temporal.Instant; due_on: Temporal.PlainDate }>`
    select k.request_digest, a.id, a.number, a.registered_at, a.due_on
    from idempotency_keys k join appeals a on a.id = k.appeal_id where k.scope = ${scope} and k.key = ${key}`.execute(db)
  if (!known) return undefined
  if (!known.request_digest.equals(digest)) throw new Refusal('key_reused')
  return { id: known.id, number: known.number, registeredAt: known.registered_at, dueOn: known.due_on, repeated: true }
}

/** Its number or its item was taken: perhaps by the same registration, sent before. */
const isTaken = (error: unknown): boolean =>
  error instanceof Refusal && (error.code === 'item_taken' || error.faults.some(({ code }) => code === 'reservation_unknown'))

const isKeyTaken = (error: unknown): boolean =>
  (error as { code?: string }).code === '23505' && (error as { table?: string }).table === 'idempotency_keys'
