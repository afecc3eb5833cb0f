import type { Transaction } from 'kysely'
import { z } from 'zod'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import { quantityScale, readQuantity, type Quantity } from '../../regulation/tariffs.ts'
import { settlesMonths, servesAccounts } from '../ledger/find-account.ts'
import type { AccountChangeKind } from '../ledger/schema.ts'
import type { RequestContext } from '../operation.ts'
import type { Actor, Staff } from '../people/actor.ts'
import type { Group } from '../people/group.ts'
import type { DB } from '../schema.ts'
import { readDay } from '../input-faults.ts'

/** What the office's verbs on accounts (п. 11.3.1) take alike. */
export const accountId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
export const rowId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
export const tiyn = z.number().int()
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'field_invalid').describe('YYYY-MM')
export const typedDay = z.string().min(1, 'field_missing').max(10, 'field_invalid').describe('YYYY-MM-DD')
export const figure = z.union([z.number(), z.string().max(60, 'field_too_long')]).describe('As the meter shows it: 12345 or «123,4»')

type Asking = Pick<RequestContext, 'actor' | 'group'>
export function asServing({ actor, group }: Asking): Staff {
  if (!servesAccounts(actor, group)) throw new Refusal('not_permitted', { clause: '11.3.1' })
  return actor
}
export function asSettling({ actor, group }: Asking): Staff {
  if (!settlesMonths(actor, group)) throw new Refusal('not_permitted', { clause: '11.3.1' })
  return actor
}
/** Whoever has the person before them: only there can somebody be identified. */
export const atWindow = (actor: Actor, { cabinet: { organization } }: Group): actor is Staff =>
  actor.kind === 'staff' && actor.assignments.some((one) => (one.role === 'front_desk' || one.role === 'district_head') && one.organization === organization)

/** A meter's figure as typed; refuses words, signs and what no meter shows, at its field. */
export function readFigure(given: number | string, field: string): Quantity {
  const text = String(given).replaceAll(/[\s\u00A0]/g, '')
  if (text === '') throw refuseField(field, 'field_missing')
  const read = /e/i.test(text) ? undefined : readQuantity(text)
  if (read === undefined || read >= 10n ** 9n * quantityScale) throw refuseField(field, 'quantity_invalid')
  return read
}
type Figures = { readonly value: number | string; readonly night?: number | string | undefined }
export const readFigures = ({ value, night }: Figures, at = ''): { value: Quantity; night?: Quantity } =>
  ({ value: readFigure(value, `${at}value`), ...(night !== undefined && night !== '' && { night: readFigure(night, `${at}night`) }) })

/** A day that is none of the far past or future: a year typed wrong is told at once. */
export function readNearDay(text: string, field: string): Temporal.PlainDate {
  const day = readDay(text, field)
  if (day.year < 1950 || day.year > 2150) throw refuseField(field, 'field_invalid')
  return day
}

/** Who changed what on an account, and when. */
export async function note(tx: Transaction<DB>, change: { readonly account: number; readonly kind: AccountChangeKind; readonly details: Record<string, string>; readonly by: string; readonly now: Temporal.Instant }): Promise<void> {
  await tx.insertInto('account_changes').values({ account_id: change.account, kind: change.kind, details: change.details, made_by: change.by, made_at: change.now }).execute()
}
