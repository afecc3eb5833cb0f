import { refusals, refusalWords, type Fault, type RefusalCode, type RefusalDetails } from '../regulation/refusals.ts'
import type { FindingKind } from '../regulation/reply-gate.ts'
import type { Language } from '../regulation/vocabulary.ts'
import { replyWords } from '../web/i18n/reply.ts'

/** What an ORPC error carries over the wire when it was a refusal. */
export type RefusalData = { readonly code: RefusalCode; readonly clause?: string; readonly details: RefusalDetails; readonly faults: readonly Fault[] }

/** A problem document (RFC 9457): the refusal in the reader's language, each fault at its field. */
export function problem(data: RefusalData, language: Language, requestId: string) {
  const status = refusals[data.code].status
  return {
    type: `/problems/${data.code}`,
    title: refusalWords(data.code, language, readable(data.details, language)),
    status,
    code: data.code,
    ...(data.clause && { clause: data.clause }),
    ...(Object.keys(data.details).length > 0 && { details: data.details }),
    ...(data.faults.length > 0 && {
      errors: data.faults.map((fault) => ({
        field: fault.field, code: fault.code, message: refusalWords(fault.code, language, readable(fault.details, language)),
        ...(fault.details && { details: fault.details }),
      })),
    }),
    requestId,
  }
}

/** Findings of the gate are named by code; people read words. */
export function readable<D extends RefusalDetails | undefined>(details: D, language: Language): D {
  const named = details?.['findings']
  if (typeof named !== 'string') return details
  return { ...details, findings: named.split(', ').map((kind) => replyWords[language].findings[kind as FindingKind] ?? kind).join('; ') }
}

/** Any error body of the API handler as a problem document; what is not a refusal says only what its status says. */
export async function problemResponse(response: Response, language: Language, requestId: string): Promise<Response> {
  const body = (await response.json().catch(() => undefined)) as { data?: Partial<RefusalData> } | undefined
  const data = body?.data
  const known = data?.code && data.code in refusals ? (data as RefusalData) : undefined
  const plain: Partial<Record<number, RefusalCode>> = { 400: 'malformed_request', 404: 'not_found', 413: 'malformed_request', 415: 'malformed_request' }
  const code = plain[response.status]
  const document = known ? problem(known, language, requestId)
    : code ? { ...problem({ code, details: {}, faults: [] }, language, requestId), status: response.status }
      : { type: 'about:blank', title: serverFault[language], status: response.status, requestId }
  return new Response(JSON.stringify(document), { status: document.status, headers: problemHeaders })
}

export const problemHeaders = { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' }

const serverFault = {
  ru: 'Ошибка на нашей стороне. Мы уже записали её; попробуйте ещё раз чуть позже.',
  kk: 'Біздің тарапымыздан қате кетті. Ол жазылып алынды; сәл кейінірек қайталап көріңіз.',
}
