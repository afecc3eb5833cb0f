import { fileDoors } from '../../server/file-doors.ts'
import { router } from '../../server/routes.ts'
import type { Permission } from '../../server/operation.ts'
import type { RunningApp } from './app.ts'

/** A schema as OpenAPI tells it; only what a sample or a wrong value needs is read. */
export type Schema = {
  readonly type?: string; readonly enum?: readonly unknown[]; readonly const?: unknown; readonly default?: unknown; readonly format?: string; readonly pattern?: string
  readonly minimum?: number; readonly exclusiveMinimum?: number; readonly minLength?: number; readonly minItems?: number
  readonly properties?: Readonly<Record<string, Schema>>; readonly required?: readonly string[]; readonly items?: Schema
  readonly anyOf?: readonly Schema[]; readonly allOf?: readonly Schema[]; readonly oneOf?: readonly Schema[]
}
export type Parameter = { readonly name: string; readonly in: 'path' | 'query' | 'header'; readonly required?: boolean; readonly schema: Schema }

/** One operation of the API as its own document tells it, with the permission its code declares. */
export type Operation = {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body?: Schema | undefined
  readonly permission: Permission
}

export async function operationsOf(app: RunningApp): Promise<Operation[]> {
  const document = (await (await fetch(`${app.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string; parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: Schema }> } }>>
  }
  const permissions = declaredPermissions()
  return Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, told]) => {
    const permission = permissions.get(told.operationId) ?? besideTheRouter[told.operationId]
    if (!permission) throw new Error(`${told.operationId} declares no permission`)
    return {
      id: told.operationId, method: method.toUpperCase(), path, permission,
      parameters: told.parameters ?? [], body: told.requestBody?.content['application/json']?.schema,
    }
  }))
}

/** Doors beside the router declare it in their list. */
const besideTheRouter: Readonly<Record<string, Permission>> = { live: 'staff', ...Object.fromEntries(fileDoors.map(({ id, permission }) => [id, permission])) }

function declaredPermissions(): ReadonlyMap<string, Permission> {
  const found = new Map<string, Permission>()
  const walk = (node: unknown, path: readonly string[]): void => {
    if (node === null || typeof node !== 'object') return
    const procedure = (node as { '~orpc'?: { meta?: { permission?: Permission } } })['~orpc']
    if (procedure) found.set(path.join('.'), procedure.meta?.permission as Permission)
    else for (const [name, member] of Object.entries(node)) walk(member, [...path, name])
  }
  walk(router, [])
  return found
}

/** The plainest value a schema takes. */
export function sampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const inner = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0]
  if (inner) return sampleOf(inner)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? {})]))
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}))
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    default:
      return schema.format === 'uuid' ? '00000000-0000-4000-8000-000000000000'
        : schema.pattern === '^[A-Z2-7]{32}$' ? 'A'.repeat(32) : 'x'.repeat(schema.minLength ?? 1)
  }
}

/** Path and query of an operation, with `given` values and samples for what else it needs. */
export function addressOf(operation: Operation, given: Readonly<Record<string, string | number>> = {}): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(given[name] ?? operation.parameters.find((p) => p.in === 'path' && p.name === name)?.schema.enum?.[0] ?? 1)))
  const query = operation.parameters.filter((p) => p.in === 'query' && (p.required || given[p.name] !== undefined))
    .map((p) => `${p.name}=${encodeURIComponent(String(given[p.name] ?? sampleOf(p.schema)))}`)
  return query.length > 0 ? `${path}?${query.join('&')}` : path
}
