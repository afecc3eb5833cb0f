import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { AppealState } from '../../regulation/appeal-case.ts'
import { organizationOf } from '../../regulation/holders.ts'
import { normalizeNumber } from '../../regulation/numbering.ts'
import type { Original, OriginalPlace } from '../../regulation/originals.ts'
import type { PaperSought } from '../../regulation/paper-code.ts'
import type { AppealId, OrganizationId, PersonId, UnitId } from '../../regulation/vocabulary.ts'
import type { Ctx } from '../operation.ts'
import type { DB } from '../schema.ts'

/** The index of papers after a step on one: in whose charge it is, where it lies, who has it, until when (п. 4.7–4.8). */
export async function storeOriginal({ tx }: Pick<Ctx, 'tx'>, id: AppealId, original: Original): Promise<void> {
  await sql`
    update originals set organization_id = ${organizationOf(original.keeper)}, unit_id = ${original.unit ?? null}, shelf = ${original.shelf ?? null},
      person_id = ${original.person ?? null}, since = ${original.since}, return_on = ${original.returnOn ?? null},
      offered_to = ${original.offered?.to ?? null}, case_file_id = ${original.caseFile?.id ?? null}, destroyed_by = ${original.destroyedBy ?? null}
    where appeal_id = ${id}`.execute(tx)
}

/** Whose list it is: what they hold themselves, and the organizations whose papers they keep. */
export type Keeper = { readonly person: PersonId; readonly organizations: readonly OrganizationId[] }

export type OriginalFilter = {
  readonly place: OriginalPlace
  readonly today: Temporal.PlainDate
  readonly unit?: UnitId | undefined
  readonly person?: PersonId | undefined
  /** The last one seen: lists go from the newest appeal down. */
  readonly before?: AppealId | undefined
  readonly limit: number
}

/** A paper as lists show it. */
export type OriginalRow = {
  readonly appeal_id: AppealId
  readonly organization_id: OrganizationId
  readonly number: string
  readonly registered_at: Temporal.Instant
  readonly state: AppealState
  readonly subject: string
  readonly applicant_name: string
  readonly sheets: number
  readonly unit_id: UnitId | null
  readonly shelf: string | null
  readonly person_id: PersonId | null
  readonly person_name: string | null
  readonly since: Temporal.Instant
  readonly return_on: Temporal.PlainDate | null
  readonly offered_to: PersonId | null
  readonly offered_name: string | null
  readonly case_file_id: number | null
  readonly case_index: string | null
  readonly destroyed_by: string | null
}

export async function findOriginals(tx: Transaction<DB>, keeper: Keeper, filter: OriginalFilter): Promise<OriginalRow[]> {
  return originals(tx, sql`
    where ${standing(keeper, filter.place, filter.today)}
      ${filter.unit ? sql`and o.unit_id = ${filter.unit}` : sql``} ${filter.person ? sql`and o.person_id = ${filter.person}` : sql``}
      ${filter.before ? sql`and o.appeal_id < ${filter.before}` : sql``}
    order by o.appeal_id desc limit ${filter.limit}`)
}

/** How many stand in each place, counted to a thousand. */
export async function countOriginals<P extends OriginalPlace>(tx: Transaction<DB>, keeper: Keeper, places: readonly P[], today: Temporal.PlainDate): Promise<Record<P, number>> {
  const counts = places.map((place) => sql`select ${place}::text as place, (select count(*)::int from (select 1 from originals o where ${standing(keeper, place, today)} limit 1000) c) as count`)
  const { rows } = await sql<{ place: P; count: number }>`${sql.join(counts, sql` union all `)}`.execute(tx)
  return Object.fromEntries(rows.map(({ place, count }) => [place, count])) as Record<P, number>
}

function standing({ person, organizations }: Keeper, place: OriginalPlace, today: Temporal.PlainDate): RawBuilder<unknown> {
  const kept = sql`o.organization_id = any(${[...organizations]}::text[])`
  switch (place) {
    case 'with_me':
      return sql`o.person_id = ${person}`
    case 'offered_to_me':
      return sql`o.offered_to = ${person}`
    case 'offered':
      return sql`${kept} and o.offered_to is not null`
    case 'lying':
      return sql`${kept} and o.person_id is null and o.case_file_id is null and o.destroyed_by is null`
    case 'given_out':
      return sql`${kept} and o.person_id is not null`
    case 'overdue':
      return sql`${kept} and o.return_on < ${today}`
    case 'filed':
      return sql`${kept} and o.case_file_id is not null and o.destroyed_by is null`
    case 'destroyed':
      return sql`${kept} and o.destroyed_by is not null`
  }
}

/**
 * Papers of what was scanned or typed, for whoever keeps or holds them; several where a number repeats with the years.
 * `trusted` says whether a slip's secret is the appeal's.
 */
export async function soughtOriginals(tx: Transaction<DB>, keeper: Keeper, sought: PaperSought, trusted: (id: AppealId, code: string) => boolean): Promise<OriginalRow[]> {
  const mine = sql`(o.organization_id = any(${[...keeper.organizations]}::text[]) or o.person_id = ${keeper.person} or o.offered_to = ${keeper.person})`
  const which = 'id' in sought ? sql`o.appeal_id = ${sought.id}`
    : sql`o.appeal_id in (select e.appeal_id from journal_entries e where e.number_key = ${normalizeNumber(sought.number)})`
  const found = await originals(tx, sql`where ${which} and ${mine} order by o.appeal_id desc limit 10`)
  const { code } = 'number' in sought ? sought : {}
  return code ? found.filter((row) => trusted(row.appeal_id, code)) : found
}

/** The papers of appeals that somebody keeps or holds, in the order of their ids; for a sheet of labels or of a hand-over. */
export async function originalsOf(tx: Transaction<DB>, keeper: Keeper, appeals: readonly AppealId[]): Promise<OriginalRow[]> {
  return originals(tx, sql`
    where o.appeal_id = any(${[...appeals]}::bigint[])
      and (o.organization_id = any(${[...keeper.organizations]}::text[]) or o.person_id = ${keeper.person} or o.offered_to = ${keeper.person})
    order by o.appeal_id`)
}

/** Everything in a case file, in the order of the appeals. */
export async function originalsInFile(tx: Transaction<DB>, caseFile: number, ask: { after?: AppealId | undefined; limit: number }): Promise<OriginalRow[]> {
  return originals(tx, sql`where o.case_file_id = ${caseFile} and o.appeal_id > ${ask.after ?? 0} order by o.appeal_id limit ${ask.limit}`)
}

/** Papers of an act's case files that are not in their place: with somebody, or on the way to somebody. */
export async function originalsOut(tx: Transaction<DB>, act: number): Promise<OriginalRow[]> {
  return originals(tx, sql`where f.act_id = ${act} and (o.person_id is not null or o.offered_to is not null) order by o.appeal_id limit 20`)
}

async function originals(tx: Transaction<DB>, rest: RawBuilder<unknown>): Promise<OriginalRow[]> {
  const { rows } = await sql<OriginalRow>`
    select o.*, a.number, a.registered_at, a.state, c.subject, c.applicant_name, holder.name as person_name, receiver.name as offered_name, f.index as case_index
    from originals o join appeals a on a.id = o.appeal_id join appeal_contents c on c.appeal_id = o.appeal_id
      left join people holder on holder.id = o.person_id left join people receiver on receiver.id = o.offered_to
      left join case_files f on f.id = o.case_file_id ${rest}`.execute(tx)
  return rows
}
