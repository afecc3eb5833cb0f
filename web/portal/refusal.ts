import { ORPCError } from '@orpc/server'
import { Refusal, refusals, refusalWords, type Fault, type RefusalCode, type RefusalDetails } from '../../regulation/refusals.ts'
import type { Language } from '../../regulation/vocabulary.ts'

/** What a verb said no with. */
export type Told = { readonly code: RefusalCode; readonly details: RefusalDetails; readonly faults: readonly Fault[] }

/** The refusal in whatever was thrown; what is not one goes on as an error. */
export function toldBy(error: unknown): Told {
  if (error instanceof Refusal) return error
  const data = error instanceof ORPCError ? (error.data as Partial<Told> | undefined) : undefined
  if (data?.code && data.code in refusals) return { code: data.code, details: data.details ?? {}, faults: data.faults ?? [] }
  throw error
}

export const statusOf = ({ code }: Told) => refusals[code].status

export const wordsOf = ({ code, details }: Told, language: Language): string => refusalWords(code, language, details)
