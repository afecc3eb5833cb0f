import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { SimpleCsrfProtectionLinkPlugin } from '@orpc/client/plugins'
import type { RouterClient } from '@orpc/server'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import type { AppealState } from '../../regulation/appeal-case.ts'
import { refusals, refusalWords, type Fault, type RefusalCode, type RefusalDetails } from '../../regulation/refusals.ts'
import type { FindingKind } from '../../regulation/reply-gate.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import type { Router } from '../../server/routes.ts'
import { formatDate } from '../i18n/format.ts'
import { replyWords } from '../i18n/reply.ts'
import { vocabulary } from '../i18n/vocabulary.ts'
import { deskWords } from './words.ts'

/** The only way to the server: its own operations, typed. */
export const client: RouterClient<Router> = createORPCClient(new RPCLink({
  url: `${location.origin}/api/rpc`, plugins: [new SimpleCsrfProtectionLinkPlugin()],
}))
export const api = createTanstackQueryUtils(client)

export type Card = Awaited<ReturnType<typeof client.appeals.card>>
export type Task = Card['tasks'][number]
export type Version = Task['versions'][number]
export type Line = Awaited<ReturnType<typeof client.appeals.search>>[number]
export type WorkLine = Awaited<ReturnType<typeof client.work.myWork>>['lines'][number]
export type Person = Awaited<ReturnType<typeof client.people.currentPerson>>
export type Group = Awaited<ReturnType<typeof client.people.listOrganizations>>

/** A session may end while one works: the next refusal asks who is signed in, and the frame asks them to sign in again. */
const askWhoIsIn = (error: Error): void => {
  if (refusalOf(error)?.code === 'not_signed_in') void queryClient.invalidateQueries({ queryKey: api.people.currentPerson.key() })
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: askWhoIsIn }),
  mutationCache: new MutationCache({ onError: askWhoIsIn }),
  defaultOptions: {
    queries: { staleTime: 10_000, refetchOnWindowFocus: true, retry: (count, error) => count < 2 && !refusalOf(error) },
  },
})

/** What a refusal carries, if the error is one. */
export type RefusalData = { readonly code: RefusalCode; readonly details: RefusalDetails; readonly faults: readonly Fault[] }
export function refusalOf(error: unknown): RefusalData | undefined {
  const data = error instanceof ORPCError ? (error.data as Partial<RefusalData> | undefined) : undefined
  return data?.code && data.code in refusals ? (data as RefusalData) : undefined
}

/** Any error in the reader's language: a refusal by its words, the rest by what can be done. */
export function errorWords(error: unknown, language: Language): string {
  const refusal = refusalOf(error)
  return refusal ? refusalWords(refusal.code, language, readable(refusal.details, language)) : deskWords[language].noConnection
}

/** The words of the faults of a form, by field. */
export function faultWords(error: unknown, language: Language): Record<string, string> {
  const faults = refusalOf(error)?.faults ?? []
  return Object.fromEntries(faults.map(({ field, code, details = {} }) => [field, refusalWords(code, language, readable(details, language))]))
}

/** Details name states and days by code; people read words. */
function readable(details: RefusalDetails, language: Language): RefusalDetails {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => {
    if (name === 'findings') return [name, String(value).split(', ').map((kind) => replyWords[language].findings[kind as FindingKind] ?? kind).join('; ')]
    if (name === 'state') return [name, vocabulary[language].states[value as AppealState] ?? value]
    return [name, typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? formatDate(value, language) : value]
  }))
}

/** A file goes by its own door, streamed. */
export async function upload(file: File): Promise<{ id: string; name: string; size: number }> {
  const response = await fetch(`/api/v1/uploads?name=${encodeURIComponent(file.name)}`, {
    method: 'POST', body: file,
    headers: { 'content-type': file.type || 'application/octet-stream', 'accept-language': document.documentElement.lang },
  })
  const body = (await response.json()) as { id: string; name: string; size: number; title?: string; errors?: { message: string }[] }
  if (!response.ok) throw new Error(body.errors?.[0]?.message ?? body.title ?? file.name)
  return body
}
