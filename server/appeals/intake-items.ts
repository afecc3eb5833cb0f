import { sql, type RawBuilder, type Transaction } from 'kysely'
import { refuseField, Refusal } from '../../regulation/refusals.ts'
import type { AppealKind, Channel, Language, OrganizationId, PersonId, UnitId } from '../../regulation/vocabulary.ts'
import { holder } from '../../regulation/holders.ts'
import { registrarOf } from '../../regulation/route-profiles.ts'
import type { Group } from '../people/group.ts'
import type { DB } from '../schema.ts'
import { announce } from './live.ts'

/** What a channel brought, before it is registered (п. 4.9, 5.1–5.2, 6.1): kept as it came; only its outcome is added. */
export type NewIntakeItem = {
  /** Whose chancellery registers it. */
  readonly organization: OrganizationId
  readonly channel: Channel
  readonly unit?: UnitId | undefined
  readonly by: PersonId
  readonly receivedAt: Temporal.Instant
  readonly now: Temporal.Instant
  readonly words: string
  readonly kind?: AppealKind | undefined
  readonly language: Language
  readonly applicantName?: string | undefined
  readonly applicantContacts?: string | undefined
  readonly bookEntry?: number | undefined
  /** Uploads of `by`, not yet attached. */
  readonly files: readonly string[]
}

/** Keeps it with its scans, and tells the registrars. Refuses with `file_unknown` what is not the sender's own upload. */
export async function putIntakeItem(tx: Transaction<DB>, group: Group, item: NewIntakeItem): Promise<number> {
  const { rows: [made] } = await sql<{ id: number }>`
    insert into intake_items (organization_id, channel, unit_id, sent_by, received_at, sent_at, words, kind, language,
      applicant_name, applicant_contacts, book_entry_id)
    values (${item.organization}, ${item.channel}, ${item.unit ?? null}, ${item.by}, ${item.receivedAt}, ${item.now}, ${item.words},
      ${item.kind ?? null}, ${item.language}, ${item.applicantName ?? null}, ${item.applicantContacts ?? null}, ${item.bookEntry ?? null})
    returning id`.execute(tx)
  const { rows: files } = await sql`
    update files set intake_item_id = ${made!.id}
    where id = any(${[...item.files]}::uuid[]) and appeal_id is null and intake_item_id is null and uploaded_by = ${item.by} returning id`.execute(tx)
  if (files.length !== new Set(item.files).size) throw refuseField('files', 'file_unknown')
  await tellRegistrars(tx, group, item)
  return made!.id
}

/** An item as a list shows it. */
export type IntakeItem = {
  readonly id: number
  readonly organization_id: OrganizationId
  readonly channel: Channel
  readonly unit_id: UnitId | null
  readonly sent_by: PersonId | null
  readonly sender: string | null
  readonly received_at: Temporal.Instant
  readonly sent_at: Temporal.Instant
  readonly words: string
  readonly kind: AppealKind | null
  readonly language: Language
  readonly applicant_name: string | null
  readonly applicant_contacts: string | null
  readonly book_entry_id: number | null
  readonly appeal_id: number | null
  readonly number: string | null
  readonly return_reason: string | null
  readonly settled_at: Temporal.Instant | null
  readonly files: readonly { readonly id: string; readonly name: string; readonly media_type: string; readonly size_bytes: number }[]
}

export const intakeStatuses = ['waiting', 'registered', 'returned'] as const
export type IntakeStatus = (typeof intakeStatuses)[number]

export type IntakeFilter = {
  /** Those of these chancelleries, or those that this person sent. */
  readonly organizations?: readonly OrganizationId[] | undefined
  readonly sentBy?: PersonId | undefined
  readonly status?: IntakeStatus | undefined
  readonly channel?: Channel | undefined
  readonly before?: number | undefined
  readonly limit: number
}

/** Waiting ones oldest first, for they are served in turn; settled ones newest first. */
export async function findIntakeItems(tx: Transaction<DB>, filter: IntakeFilter): Promise<IntakeItem[]> {
  const oldestFirst = filter.status === 'waiting'
  const conditions = [
    ...(filter.organizations ? [sql`i.organization_id = any(${[...filter.organizations]}::text[])`] : []),
    ...(filter.sentBy ? [sql`i.sent_by = ${filter.sentBy}`] : []),
    ...(filter.channel ? [sql`i.channel = ${filter.channel}`] : []),
    ...(filter.status === 'waiting' ? [sql`i.settled_at is null`] : []),
    ...(filter.status === 'registered' ? [sql`i.appeal_id is not null`] : []),
    ...(filter.status === 'returned' ? [sql`i.return_reason is not null`] : []),
    ...(filter.before ? [oldestFirst ? sql`i.id > ${filter.before}` : sql`i.id < ${filter.before}`] : []),
  ]
  return items(tx, sql`where ${sql.join(conditions, sql` and `)} order by i.id ${oldestFirst ? sql`asc` : sql`desc`} limit ${filter.limit}`)
}

/** Joins an item as `i` and, once it is registered, its appeal as `a`: for those who keep the item's number. */
export const outcomeOf = (item: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`left join intake_items i on i.id = ${item} left join appeals a on a.id = i.appeal_id`

/** How many wait in these chancelleries, counted to a thousand. */
export async function countWaiting(tx: Transaction<DB>, organizations: readonly OrganizationId[]): Promise<number> {
  const { rows: [found] } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from intake_items where organization_id = any(${[...organizations]}::text[]) and settled_at is null limit 1000) w`.execute(tx)
  return found!.count
}

/** One item; refuses with `not_found`. */
export async function getIntakeItem(tx: Transaction<DB>, id: number): Promise<IntakeItem> {
  const [item] = await items(tx, sql`where i.id = ${id}`)
  if (!item) throw new Refusal('not_found')
  return item
}

async function items(tx: Transaction<DB>, rest: RawBuilder<unknown>): Promise<IntakeItem[]> {
  const { rows } = await sql<IntakeItem>`
    select i.*, p.name as sender, a.number,
      coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'media_type', f.media_type, 'size_bytes', f.size_bytes) order by f.created_at, f.id)
        from files f where f.intake_item_id = i.id), '[]') as files
    from intake_items i left join people p on p.id = i.sent_by left join appeals a on a.id = i.appeal_id ${rest}`.execute(tx)
  return rows
}

/** Sends it back to whoever sent it (an unreadable scan, another's chancellery). Refuses with `item_taken`. */
export async function returnItem(
  tx: Transaction<DB>, group: Group, id: number, { reason, by, now }: { reason: string; by: PersonId; now: Temporal.Instant },
): Promise<void> {
  const { rows: [item] } = await sql<{ organization: string; channel: Channel; sent_by: string | null }>`
    update intake_items set return_reason = ${reason}, settled_at = ${now}, settled_by = ${by}
    where id = ${id} and settled_at is null returning organization_id as organization, channel, sent_by`.execute(tx)
  if (!item) throw new Refusal('item_taken')
  await tellRegistrars(tx, group, { organization: item.organization, channel: item.channel, by: item.sent_by ?? undefined })
}

async function tellRegistrars(
  tx: Transaction<DB>, group: Group, item: { readonly organization: OrganizationId; readonly channel: Channel; readonly by?: PersonId | undefined },
): Promise<void> {
  const { profile } = group.organizations.get(item.organization)!
  await announce(tx, { appeals: [], holders: [registrarOf(profile, item.channel), holder('registrar', item.organization), ...(item.by ? [`person:${item.by}`] : [])] })
}
