import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client, RunningApp } from '../support/app.ts'
import { until } from '../support/wait.ts'

/** The group with another system as the master of charges. */
export function outsideGroup(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'jauap-group-')), 'outside.yaml')
  writeFileSync(file, readFileSync('groups/sevkazenergo.yaml', 'utf8').replace('master: own', 'master: outside'))
  return file
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it expects, and fails where it is not there
type Json = any
export type Taken = { readonly id: number; readonly state: string; readonly rows: number; readonly counts: { readonly new: number; readonly changed: number; readonly unchanged: number; readonly refused: number }; readonly fault?: { readonly code: string }; readonly period?: string }

export async function send(app: RunningApp, client: Client, kind: string, file: string | Uint8Array, name = `${kind}.csv`): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${app.url}/api/v1/exchange/${kind}?name=${encodeURIComponent(name)}`, { method: 'POST', headers: { cookie: client.cookie, 'content-type': 'application/octet-stream' }, body: file as never })
  return { status: response.status, body: await response.json() }
}

const settled = (client: Client, id: number, ...states: string[]): Promise<Taken> => until(async () => {
  const { body } = await client.get(`/exchange/imports/${id}`)
  return states.includes(body.import?.state) ? body.import as Taken : undefined
})

/** Laid out and judged. */
export async function lay(app: RunningApp, client: Client, kind: string, file: string | Uint8Array, name?: string): Promise<Taken> {
  const { status, body } = await send(app, client, kind, file, name)
  if (status !== 201) throw new Error(`${kind}: ${status} ${JSON.stringify(body)}`)
  return settled(client, body.id, 'staged', 'failed')
}

/** Laid out, judged and applied; what came of it. */
export async function bring(app: RunningApp, client: Client, kind: string, file: string | Uint8Array): Promise<Taken> {
  const laid = await lay(app, client, kind, file)
  return laid.state === 'failed' ? laid : applied(client, laid.id)
}
export async function applied(client: Client, id: number): Promise<Taken> {
  const { status, body } = await client.post(`/exchange/imports/${id}/application`)
  if (status !== 200) throw new Error(`not applied: ${status} ${JSON.stringify(body)}`)
  return settled(client, id, 'applied', 'failed')
}

export async function take(app: RunningApp, client: Client, file: string): Promise<Uint8Array> {
  const response = await fetch(`${app.url}/api/v1/exchange/${file}`, { headers: { cookie: client.cookie } })
  if (!response.ok) throw new Error(`${file}: ${response.status} ${await response.text()}`)
  return new Uint8Array(await response.arrayBuffer())
}
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Why rows were refused: `line field code`. */
export async function faultsOf(client: Client, id: number): Promise<string[]> {
  const { body } = await client.get(`/exchange/imports/${id}?verdict=refused`)
  return body.rows.flatMap((row: Json) => row.faults.map((fault: Json) => `${row.n} ${fault.field} ${fault.code}`))
}
