import { ORPCError, ValidationError } from '@orpc/server'
import { refusals, Refusal, refuseField, type Fault, type RefusalCode } from '../regulation/refusals.ts'

/** The part of a schema issue that is read here; zod's and the standard's issues both have it. */
type Issue = { readonly path?: readonly unknown[]; readonly message: string; readonly code?: string; readonly input?: unknown; readonly maximum?: number | bigint }

/** A refusal as thrown, or the schema's complaint told as one, each fault at its field. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return undefined
  if (!(error.cause instanceof ValidationError)) return new Refusal('malformed_request')
  const faults = (error.cause.issues as unknown as Issue[]).map(faultOf)
  // A fault of no field: the body is not what it should be at all.
  return faults.some((fault) => fault.field === '') ? new Refusal('malformed_request') : new Refusal('invalid_input', { faults })
}

function faultOf(issue: Issue): Fault {
  const path = (issue.path ?? []).map((key) => (typeof key === 'object' && key !== null && 'key' in key ? key.key : key))
  const [part, ...rest] = path
  const field = (['body', 'headers', 'query', 'params'].includes(String(part)) ? rest : path).join('.')
  const max = issue.maximum === undefined ? undefined : Number(issue.maximum)
  return { field, code: codeOf(issue), ...(max !== undefined && { details: { max } }) }
}

function codeOf(issue: Issue): RefusalCode {
  if (issue.message in refusals) return issue.message as RefusalCode
  if (issue.code === 'invalid_type' && /received undefined/.test(issue.message)) return 'field_missing'
  if (issue.code === 'too_big') return 'field_too_long'
  if (issue.code === 'unrecognized_keys') return 'unknown_field'
  return 'field_invalid'
}

/** Text the database cannot hold: NUL, or half of a surrogate pair, anywhere in the input. */
export function refuseUnstorable(input: unknown, path: readonly string[] = [], depth = 0): void {
  if (typeof input === 'string') {
    if (input.includes('\u0000') || !input.isWellFormed()) {
      throw new Refusal('invalid_input', { faults: [{ field: path.filter((part) => part !== 'body').join('.'), code: 'bad_characters' }] })
    }
  } else if (input !== null && typeof input === 'object') {
    if (depth > 40) throw new Refusal('malformed_request')
    for (const [name, member] of Object.entries(input)) refuseUnstorable(member, [...path, name], depth + 1)
  }
}

/** A day as it was typed; refuses the field it stands in. */
export function readDay(text: string, field: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    throw refuseField(field, 'field_invalid')
  }
}
