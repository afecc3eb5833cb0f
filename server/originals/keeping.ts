import { sql } from 'kysely'
import { z } from 'zod'
import { holder } from '../../regulation/holders.ts'
import { Refusal } from '../../regulation/refusals.ts'
import type { AppealId, OrganizationId, PersonId, UnitId } from '../../regulation/vocabulary.ts'
import { appealId, moment, day } from '../appeals/views.ts'
import { appealStates } from '../../regulation/appeal-case.ts'
import type { Keeper, OriginalRow } from '../appeals/original-index.ts'
import type { Ctx } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import type { Group } from '../people/group.ts'
import { dateOf } from '../platform/clock.ts'
import { paperCode } from '../../regulation/paper-code.ts'

/** Whose papers somebody keeps: those of the chancelleries they register for, and whatever they hold themselves. */
export const keeperOf = (actor: Staff, group: Group): Keeper => ({
  person: actor.id, organizations: [...group.organizations.keys()].filter((id) => actor.holders.has(holder('registrar', id))),
})

/** Refuses whoever does not keep the papers of an organization. */
export function mustKeep(actor: Staff, organization: OrganizationId): void {
  if (!actor.holders.has(holder('registrar', organization))) throw new Refusal('not_permitted', { clause: '4.7' })
}

/** Where the papers of an organization lie by п. 4.7: its secretariat or chancellery. */
export const chancelleryOf = (group: Group, organization: OrganizationId): UnitId | undefined =>
  [...group.units.values()].find((unit) => unit.organization === organization && ['chancellery', 'secretariat'].includes(unit.kind))?.id

/** The unit somebody takes a paper to: their own, or the chancellery of their organization; undefined: they are not of the staff today. */
export async function unitOf({ tx, group, now }: Pick<Ctx, 'tx' | 'group' | 'now'>, person: PersonId): Promise<UnitId | undefined> {
  const today = dateOf(now)
  const { rows: [found] } = await sql<{ organization: OrganizationId; unit: UnitId | null }>`
    select r.organization_id as organization, r.unit_id as unit from role_assignments r join people p on p.id = r.person_id
    where r.person_id = ${person} and r.valid_from <= ${today} and (r.valid_to is null or r.valid_to > ${today})
    order by r.unit_id nulls last limit 1`.execute(tx)
  return found && (found.unit ?? chancelleryOf(group, found.organization) ?? [...group.units.values()].find((unit) => unit.organization === found.organization)?.id)
}

/** Every appeal of a batch, or none: a refusal names the one it came from. */
export async function eachOf(appeals: readonly AppealId[], act: (appeal: AppealId) => Promise<unknown>): Promise<{ done: number }> {
  for (const [i, appeal] of appeals.entries()) {
    try {
      await act(appeal)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      throw new Refusal('invalid_input', { faults: [...error.faults, { field: `appeals.${i}`, code: error.code, details: error.details }] })
    }
  }
  return { done: appeals.length }
}

export const batch = z.array(appealId).min(1, 'field_missing').max(200).transform((ids) => [...new Set(ids)])

export const originalLine = z.object({
  appeal: appealId, number: z.string(), registeredAt: moment, state: z.enum(appealStates), subject: z.string(), applicantName: z.string(), sheets: z.number().int(),
  organization: z.string(), unit: z.string().optional(), shelf: z.string().optional(), person: z.object({ id: z.string(), name: z.string() }).optional(), since: moment,
  returnOn: day.optional(), overdue: z.boolean(), offeredTo: z.object({ id: z.string(), name: z.string() }).optional(),
  caseFile: z.object({ id: z.number().int(), index: z.string() }).optional(), destroyedBy: z.string().optional(), code: z.string().describe('As on its label'),
})

export const lineOf = (row: OriginalRow, today: Temporal.PlainDate): z.input<typeof originalLine> => ({
  appeal: row.appeal_id, number: row.number, registeredAt: row.registered_at.toString(), state: row.state, subject: row.subject, applicantName: row.applicant_name,
  sheets: row.sheets, organization: row.organization_id, ...(row.unit_id && { unit: row.unit_id }), ...(row.shelf && { shelf: row.shelf }),
  ...(row.person_id && { person: { id: row.person_id, name: row.person_name ?? '' } }), since: row.since.toString(),
  ...(row.return_on && { returnOn: row.return_on.toString() }), overdue: row.return_on !== null && Temporal.PlainDate.compare(row.return_on, today) < 0,
  ...(row.offered_to && { offeredTo: { id: row.offered_to, name: row.offered_name ?? '' } }),
  ...(row.case_file_id && { caseFile: { id: row.case_file_id, index: row.case_index ?? '' } }), ...(row.destroyed_by && { destroyedBy: row.destroyed_by }),
  code: paperCode(row.appeal_id),
})
