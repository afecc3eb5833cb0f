import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { AppealState } from '../../regulation/appeal-case.ts'
import type { Fact } from '../../regulation/appeal-facts.ts'
import { foldCase, type AppealCase } from '../../regulation/appeal-case.ts'
import type { Holder } from '../../regulation/holders.ts'
import { normalizeNumber } from '../../regulation/numbering.ts'
import { Refusal } from '../../regulation/refusals.ts'
import type { AnswerWay, AppealId, AppealKind, ApplicantGroup, Channel, Language } from '../../regulation/vocabulary.ts'
import type { DB } from '../schema.ts'
import { commonWord, wordsQuery } from './words-query.ts'

/**
 * Every read of appeals. Who may see is part of the query: what the holders' names do not stand on is absent,
 * as if it did not exist.
 */

/** One line of a list. */
export type AppealLine = {
  readonly id: AppealId
  readonly number: string
  readonly organization_id: string
  readonly channel: Channel
  readonly kind: AppealKind
  readonly state: AppealState
  readonly received_at: Temporal.Instant
  readonly due_on: Temporal.PlainDate | null
  readonly answered_on: Temporal.PlainDate | null
  readonly subject: string
  readonly applicant_name: string
}

export type WorkLine = AppealLine & { readonly queue: string; readonly task: number; readonly step_due_on: Temporal.PlainDate; readonly since: Temporal.Instant }

export type Holders = ReadonlySet<Holder>

const lineColumns = sql`a.id, a.number, a.organization_id, a.channel, a.kind, a.state, a.received_at, a.due_on, a.answered_on,
  c.subject, c.applicant_name`

/** What waits for these holders, soonest first; `after` is the last line seen. */
export async function findWork(
  tx: Transaction<DB>, holders: Holders,
  ask: { queue?: string | undefined; after?: { dueOn: Temporal.PlainDate; id: AppealId } | undefined; limit: number },
): Promise<WorkLine[]> {
  const inQueue = ask.queue ? sql`and w.queue = ${ask.queue}` : sql``
  const after = ask.after ? sql`and (w.due_on, w.appeal_id) > (${ask.after.dueOn}, ${ask.after.id})` : sql``
  const { rows } = await sql<WorkLine>`
    select ${lineColumns}, i.queue, i.task, i.due_on as step_due_on, i.since
    from (
      select distinct on (w.due_on, w.appeal_id, w.queue, w.task) w.*
      from unnest(${[...holders]}::text[]) as h(holder)
      cross join lateral (
        select w.* from work_items w where w.holder = h.holder ${inQueue} ${after}
        order by w.due_on, w.appeal_id limit ${ask.limit}
      ) w
      order by w.due_on, w.appeal_id, w.queue, w.task
      limit ${ask.limit}
    ) i
    join appeals a on a.id = i.appeal_id join appeal_contents c on c.appeal_id = i.appeal_id
    order by i.due_on, i.appeal_id, i.queue, i.task`.execute(tx)
  return rows
}

/** How much waits in each queue, counted to a thousand, and how much of it was due before `today`. */
export async function countWork(tx: Transaction<DB>, holders: Holders, today: Temporal.PlainDate): Promise<{ queue: string; count: number; late: number }[]> {
  const { rows } = await sql<{ queue: string; count: number; late: number }>`
    select queue, count(*)::int as count, (count(*) filter (where due_on < ${today}))::int as late
    from unnest(${[...holders]}::text[]) as h(holder)
    cross join lateral (
      select w.queue, w.due_on from work_items w where w.holder = h.holder order by w.due_on limit 1000
    ) w
    group by queue`.execute(tx)
  return rows
}

export type ListFilter = {
  readonly state?: AppealState | undefined
  readonly kind?: AppealKind | undefined
  readonly organization?: string | undefined
  /** The last line seen, newest first. */
  readonly before?: AppealId | undefined
  readonly limit: number
}

/** Beyond this many readable appeals a filtered list walks the appeals rather than the reader's own rows. */
const narrowReader = 5_000

/** All that these holders may read, newest first. */
export async function listAppeals(tx: Transaction<DB>, holders: Holders, filter: ListFilter): Promise<AppealLine[]> {
  const filters = conditions(filter)
  const filtered = filters.length > 0
  if (filtered && (await readsMoreThan(tx, holders, narrowReader))) return walkAppeals(tx, holders, filter, filters)
  const before = filter.before ? sql`and r.appeal_id < ${filter.before}` : sql``
  const join = filtered ? sql`join appeals a on a.id = r.appeal_id ${and(filters)}` : sql``
  const { rows } = await sql<AppealLine>`
    select ${lineColumns}
    from (
      select distinct r.appeal_id
      from unnest(${[...holders]}::text[]) as h(holder)
      cross join lateral (
        select r.appeal_id from appeal_readers r ${join}
        where r.holder = h.holder ${before}
        order by r.appeal_id desc limit ${filter.limit}
      ) r
      order by r.appeal_id desc limit ${filter.limit}
    ) r
    join appeals a on a.id = r.appeal_id join appeal_contents c on c.appeal_id = r.appeal_id
    order by a.id desc`.execute(tx)
  return rows
}

async function walkAppeals(tx: Transaction<DB>, holders: Holders, filter: ListFilter, filters: RawBuilder<unknown>[]): Promise<AppealLine[]> {
  const before = filter.before ? sql`and a.id < ${filter.before}` : sql``
  const { rows } = await sql<AppealLine>`
    select ${lineColumns}
    from appeals a join appeal_contents c on c.appeal_id = a.id
    where true ${and(filters)} ${before} and ${readable(holders, sql`a.id`)}
    order by a.id desc limit ${filter.limit}`.execute(tx)
  return rows
}

async function readsMoreThan(tx: Transaction<DB>, holders: Holders, count: number): Promise<boolean> {
  const { rows: [found] } = await sql<{ count: number }>`
    select count(*)::int as count from unnest(${[...holders]}::text[]) as h(holder)
    cross join lateral (
      select 1 from appeal_readers r where r.holder = h.holder order by r.appeal_id desc limit ${count + 1}
    ) r`.execute(tx)
  return found!.count > count
}

const conditions = (filter: ListFilter): RawBuilder<unknown>[] => [
  ...(filter.state ? [sql`a.state = ${filter.state}`] : []),
  ...(filter.kind ? [sql`a.kind = ${filter.kind}`] : []),
  ...(filter.organization ? [sql`a.organization_id = ${filter.organization}`] : []),
]
const and = (filters: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  filters.length > 0 ? sql`and ${sql.join(filters, sql` and `)}` : sql``

const readable = (holders: Holders, id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`exists (select 1 from appeal_readers r where r.holder = any(${[...holders]}::text[]) and r.appeal_id = ${id})`

/** How many of the newest are looked through first: words that many appeals hold are found there at once. */
const firstGlance = 500
/** How far back that walk goes: of a million appeals, a word too common for the index is in fifty of the newest so many. */
const walkDepth = 10_000

/** Search by number, surname, phone, e-mail and words; newest first, at most `limit`. */
export async function searchAppeals(tx: Transaction<DB>, holders: Holders, text: string, limit: number): Promise<AppealLine[]> {
  const byNumber = await findByNumber(tx, holders, text, limit)
  const query = wordsQuery(text)
  if (!query || byNumber.length >= limit) return byNumber

  const byWords = await findByWords(tx, holders, query, limit)
  const known = new Set(byNumber.map((line) => line.id))
  return [...byNumber, ...byWords.filter((line) => !known.has(line.id))].slice(0, limit)
}

async function findByWords(tx: Transaction<DB>, holders: Holders, query: RawBuilder<unknown>, limit: number): Promise<AppealLine[]> {
  const newest = await walkWords(tx, holders, query, firstGlance, limit)
  if (newest.length >= limit) return newest
  const { rows: hits } = await sql<{ appeal_id: AppealId }>`
    select appeal_id from appeal_contents where search @@ (${query}) limit ${commonWord + 1}`.execute(tx)
  return hits.length > commonWord
    ? walkWords(tx, holders, query, walkDepth, limit)
    : linesOf(tx, holders, hits.map((hit) => hit.appeal_id), limit)
}

async function findByNumber(tx: Transaction<DB>, holders: Holders, text: string, limit: number): Promise<AppealLine[]> {
  const key = normalizeNumber(text)
  if (!/\d/.test(key)) return []
  const bare = /^\d{1,9}$/.test(key) ? sql`or e.n = ${Number(key)}` : sql``
  const { rows } = await sql<{ appeal_id: AppealId }>`
    select distinct ${appealOfEntry} as appeal_id from journal_entries e
    where (e.number_key like ${`${key.replace(/[\\%_]/g, '\\$&')}%`} ${bare})
    order by 1 desc nulls last limit ${limit * 4}`.execute(tx)
  return linesOf(tx, holders, rows.map((row) => row.appeal_id).filter(Boolean), limit)
}

/** Whose entry it is: a reserved number is that of whoever filled it. */
const appealOfEntry = sql`coalesce(e.appeal_id, (select m.appeal_id from journal_marks m
  where (m.organization_id, m.journal, m.year, m.n, m.mark) = (e.organization_id, e.journal, e.year, e.n, 'filled')))`

async function linesOf(tx: Transaction<DB>, holders: Holders, ids: readonly AppealId[], limit: number): Promise<AppealLine[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<AppealLine>`
    select ${lineColumns} from appeals a join appeal_contents c on c.appeal_id = a.id
    where a.id = any(${[...ids]}::bigint[]) and ${readable(holders, sql`a.id`)}
    order by a.id desc limit ${limit}`.execute(tx)
  return rows
}

async function walkWords(tx: Transaction<DB>, holders: Holders, query: RawBuilder<unknown>, depth: number, limit: number): Promise<AppealLine[]> {
  const { rows } = await sql<AppealLine>`
    with newest as materialized (
      select distinct r.appeal_id from unnest(${[...holders]}::text[]) as h(holder)
      cross join lateral (
        select appeal_id from appeal_readers r where r.holder = h.holder order by appeal_id desc limit ${depth}
      ) r order by r.appeal_id desc limit ${depth}
    ), hits as materialized (
      select n.appeal_id from newest n join appeal_contents c on c.appeal_id = n.appeal_id
      where c.search @@ (${query}) order by n.appeal_id desc limit ${limit}
    )
    select ${lineColumns} from hits h join appeals a on a.id = h.appeal_id join appeal_contents c on c.appeal_id = a.id
    order by a.id desc`.execute(tx)
  return rows
}

/** An answer on its way out: to be put on the letterhead, signed, or sent. */
export type OutgoingLine = AppealLine & {
  readonly answer_way: AnswerWay
  readonly applicant_address: string
  readonly applicant_email: string | null
  readonly letter_number: string | null
  readonly registry: string | null
}

/** Answers that wait for these holders at a stage of their way out, soonest due first. */
export async function findOutgoing(tx: Transaction<DB>, holders: Holders, ask: { stage: 'letter' | 'signing' | 'dispatch'; way?: AnswerWay | undefined; limit: number }): Promise<OutgoingLine[]> {
  const { rows } = await sql<OutgoingLine>`
    select ${lineColumns}, a.answer_way, c.applicant_address, c.applicant_email,
      (select e.number from journal_entries e where e.appeal_id = a.id and e.journal = 'outgoing' order by e.year desc, e.n desc limit 1) as letter_number,
      (select r.n || '/' || r.year from post_items i join post_registries r on r.id = i.registry_id
        where i.appeal_id = a.id and r.posted_on is null and r.cancelled_on is null limit 1) as registry
    from (select distinct w.appeal_id, w.due_on from work_items w where w.holder = any(${[...holders]}::text[]) and w.queue = ${ask.stage}) w
    join appeals a on a.id = w.appeal_id join appeal_contents c on c.appeal_id = a.id
    where true ${ask.way ? sql`and a.answer_way = ${ask.way}` : sql``}
    order by w.due_on, a.id limit ${ask.limit}`.execute(tx)
  return rows
}

/** Appeals that were answered and say much the same, nearest in words first: of the newest that share a word of the subject. */
export async function findAnswered(tx: Transaction<DB>, holders: Holders, of: AppealRecord, limit: number): Promise<AppealId[]> {
  const words = [...new Set(of.contents.subject.toLowerCase().match(/\p{L}{4,}/gu) ?? [])].slice(0, 8)
  if (words.length === 0) return []
  const query = sql`${sql.join(words.map((word) => sql`plainto_tsquery('russian', ${word})`), sql` || `)}`
  const { rows } = await sql<{ id: AppealId }>`
    with hits as materialized (select appeal_id, search from appeal_contents where search @@ (${query}) limit ${commonWord}),
    newest as materialized (select * from hits order by appeal_id desc limit 300)
    select a.id from newest n join appeals a on a.id = n.appeal_id
    where a.answered_on is not null and a.id <> ${of.line.id} and a.language = ${of.line.language} and ${readable(holders, sql`a.id`)}
    order by ts_rank(n.search, (${query})) desc, a.id desc limit ${limit}`.execute(tx)
  return rows.map((row) => row.id)
}

/** All that is kept of one appeal. */
export type AppealRecord = {
  readonly line: AppealLine & { readonly language: Language; readonly answer_way: AnswerWay; readonly registered_at: Temporal.Instant; readonly repeat_of: number | null; readonly repeat_of_number: string | null; readonly joined_to: number | null }
  readonly contents: {
    readonly subject: string
    readonly body: string
    readonly applicant_group: ApplicantGroup
    readonly applicant_name: string
    readonly applicant_address: string
    readonly applicant_email: string | null
    readonly applicant_phone: string | null
    readonly applicant_identifier: string | null
    readonly applicant_account: string | null
    readonly outgoing_number: string | null
    readonly outgoing_on: Temporal.PlainDate | null
  }
  readonly history: readonly Fact[]
  readonly appeal: AppealCase
  /** Texts of versions and corrections, by digest. */
  readonly texts: ReadonlyMap<string, string>
  readonly files: readonly AttachedFile[]
}

export type AttachedFile = {
  readonly id: string
  /** Null: came with the appeal; otherwise goes with the reply of that task. */
  readonly task: number | null
  /** `letter`: the letter as it leaves; `aside`: kept, and shown to nobody outside (a letter taken back, or not yet signed by hand). */
  readonly part: 'letter' | 'aside' | null
  readonly name: string
  readonly media_type: string
  readonly size_bytes: number
}

/** One appeal for staff: absent unless the holders may read it. */
export async function getAppeal(tx: Transaction<DB>, holders: Holders, id: AppealId): Promise<AppealRecord> {
  return record(tx, sql`a.id = ${id} and ${readable(holders, sql`a.id`)}`)
}

/** One appeal for those who have already proved their right to it (the tracking secret, a reaction). */
export async function getAppealUnseen(tx: Transaction<DB>, id: AppealId): Promise<AppealRecord> {
  return record(tx, sql`a.id = ${id}`)
}

/** The row, its history, texts and files in one statement: the card and the tracking page are asked for most. */
async function record(tx: Transaction<DB>, where: RawBuilder<unknown>): Promise<AppealRecord> {
  const { rows: [row] } = await sql<AppealRecord['line'] & AppealRecord['contents'] & { history: readonly EventJson[]; texts: Record<string, string> | null; files: readonly AttachedFile[] | null }>`
    select ${lineColumns}, a.language, a.answer_way, a.registered_at, a.repeat_of, a.joined_to,
      (select earlier.number from appeals earlier where earlier.id = a.repeat_of) as repeat_of_number,
      c.body, c.applicant_group, c.applicant_address, c.applicant_email, c.applicant_phone, c.applicant_identifier,
      c.applicant_account, c.outgoing_number, c.outgoing_on,
      (select json_agg(json_build_object('seq', e.seq, 'at', e.at, 'by', e.by_person, 'as', e.as_holder, 'action', e.action, 'data', e.data) order by e.seq)
        from appeal_events e where e.appeal_id = a.id) as history,
      (select json_object_agg(t.digest, t.body) from appeal_texts t where t.appeal_id = a.id) as texts,
      (select json_agg(json_build_object('id', f.id, 'task', f.task, 'part', f.part, 'name', f.name, 'media_type', f.media_type, 'size_bytes', f.size_bytes) order by f.created_at, f.id)
        from files f where f.appeal_id = a.id) as files
    from appeals a join appeal_contents c on c.appeal_id = a.id where ${where}`.execute(tx)
  if (!row) throw new Refusal('appeal_not_found')
  const history = row.history.map(({ at, by, ...fact }) => ({ ...fact, at: Temporal.Instant.from(at), by: by ?? undefined }) as Fact)
  return { line: row, contents: row, history, appeal: foldCase(history), texts: new Map(Object.entries(row.texts ?? {})), files: row.files ?? [] }
}

type EventJson = { readonly seq: number; readonly at: string; readonly by: string | null; readonly as: string; readonly action: string; readonly data: unknown }

/** What a number alone may tell anybody: that it exists and where it stands. */
export type TrackedLine = { readonly id: AppealId; readonly number: string; readonly state: AppealState; readonly joined_to: number | null }

export async function findTracked(tx: Transaction<DB>, number: string): Promise<TrackedLine[]> {
  const key = normalizeNumber(number)
  if (key === '') return []
  const { rows } = await sql<TrackedLine>`
    select a.id, e.number, a.state, a.joined_to from journal_entries e join appeals a on a.id = ${appealOfEntry}
    where e.number_key = ${key} order by a.id desc limit 10`.execute(tx)
  return rows
}

/** A consumer's own appeals: those written with the address they have proved to be theirs. */
export async function findOwn(tx: Transaction<DB>, email: string, limit: number): Promise<AppealLine[]> {
  const { rows } = await sql<AppealLine>`
    select ${lineColumns} from appeal_contents c join appeals a on a.id = c.appeal_id
    where lower(c.applicant_email) = ${email.toLowerCase()} order by c.appeal_id desc limit ${limit}`.execute(tx)
  return rows
}

/** Appeals of the same applicant, and those that say much the same in the last weeks: likely duplicates. */
export async function findSimilar(tx: Transaction<DB>, holders: Holders, of: AppealRecord, limit: number): Promise<AppealLine[]> {
  const { applicant_email: email, applicant_phone: phone } = of.contents
  const { rows } = await sql<{ appeal_id: AppealId }>`
    select appeal_id from (
      (select appeal_id from appeal_contents where ${phone}::text is not null and applicant_phone = ${phone} order by appeal_id desc limit 20)
      union
      (select appeal_id from appeal_contents where ${email}::text is not null and lower(applicant_email) = lower(${email}) order by appeal_id desc limit 20)
    ) same where appeal_id <> ${of.line.id}`.execute(tx)
  return linesOf(tx, holders, rows.map((row) => row.appeal_id), limit)
}

/** Appeals that follow from this one: joined to it as duplicates, or written again after its answer. */
export async function findLinked(tx: Transaction<DB>, id: AppealId): Promise<{ id: AppealId; number: string; link: 'joined' | 'repeat' }[]> {
  const { rows } = await sql<{ id: AppealId; number: string; link: 'joined' | 'repeat' }>`
    select id, number, 'joined' as link from appeals where joined_to = ${id}
    union all select id, number, 'repeat' from appeals where repeat_of = ${id} order by id limit 50`.execute(tx)
  return rows
}

/** What a registrar has typed of an applicant so far. */
export type ApplicantHints = { readonly phone?: string | undefined; readonly email?: string | undefined; readonly account?: string | undefined; readonly identifier?: string | undefined; readonly name?: string | undefined }

/** An earlier appeal that one of the hints points to, and which. */
export type Recognized = AppealLine & AppealRecord['contents'] & { readonly matched: keyof ApplicantHints; readonly likeness: number }

/** Earlier appeals of an applicant known by phone, e-mail, account, ИИН/БИН or the beginning of a name; newest first. */
export async function recognizeApplicant(tx: Transaction<DB>, holders: Holders, hints: ApplicantHints, subject: string, limit: number): Promise<Recognized[]> {
  const name = hints.name?.trim().toLowerCase().replace(/[\\%_]/g, '\\$&')
  const ways = [
    hints.phone && sql`select appeal_id, 1, 'phone' from appeal_contents where applicant_phone = ${hints.phone}`,
    hints.email && sql`select appeal_id, 2, 'email' from appeal_contents where lower(applicant_email) = ${hints.email.toLowerCase()}`,
    hints.identifier && sql`select appeal_id, 3, 'identifier' from appeal_contents where applicant_identifier = ${hints.identifier}`,
    hints.account && sql`select appeal_id, 4, 'account' from appeal_contents where applicant_account = ${hints.account}`,
    name && name.length >= 3 && sql`select appeal_id, 5, 'name' from appeal_contents where lower(applicant_name) like ${`${name}%`}`,
  ].filter((way) => typeof way === 'object')
  if (ways.length === 0) return []
  const { rows } = await sql<Recognized>`
    with hits as materialized (
      select distinct on (appeal_id) appeal_id, matched from (
        ${sql.join(ways.map((way) => sql`(${way} order by appeal_id desc limit 100)`), sql` union all `)}
      ) found (appeal_id, rank, matched) order by appeal_id, rank
    )
    select ${lineColumns}, c.body, c.applicant_group, c.applicant_address, c.applicant_email, c.applicant_phone, c.applicant_identifier,
      c.applicant_account, c.outgoing_number, c.outgoing_on, h.matched, similarity(lower(c.subject), lower(${subject}))::float8 as likeness
    from hits h join appeals a on a.id = h.appeal_id join appeal_contents c on c.appeal_id = h.appeal_id
    where ${readable(holders, sql`a.id`)} and a.state <> 'annulled'
    order by a.id desc limit ${limit}`.execute(tx)
  return rows
}
