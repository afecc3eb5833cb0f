import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freshDatabase } from './database.ts'

/** The real program, in its own process, on a database of its own. */
export type RunningApp = {
  readonly url: string
  readonly databaseUrl: string
  readonly dataDir: string
  /** What it has written so far, for when a test fails. */
  readonly said: () => string
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>
  readonly stop: () => Promise<void>
}

export const demoPassword = 'demo-password-of-the-tests'

/** Starts it as `npm start` does, with the demo group filled in; ends when it says it is ready. */
export async function startApp(options: { readonly databaseUrl?: string; readonly env?: Record<string, string> } = {}): Promise<RunningApp> {
  const database = options.databaseUrl ? undefined : await freshDatabase()
  const databaseUrl = options.databaseUrl ?? database!.url
  const dataDir = mkdtempSync(join(tmpdir(), 'jauap-app-'))
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env, NODE_ENV: 'test', PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn',
      SECRET: 'a secret of the tests, long enough to be taken', PUBLIC_URL: 'http://localhost:8080', DEMO: 'true', ...options.env,
    },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString() })
  const url = await ready(child, (line) => { said += `${line}\n` }, () => said)

  const kill = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((done) => child.once('exit', done))
    child.kill(signal)
    await gone
  }
  return {
    url, databaseUrl, dataDir, said: () => said, kill,
    async stop() {
      await kill()
      await database?.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function ready(child: ChildProcess, heard: (line: string) => void, said: () => string): Promise<string> {
  return new Promise((done, fail) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      heard(line)
      if (line.startsWith('ready ')) done(line.slice('ready '.length).trim().replace('localhost', '127.0.0.1'))
    })
    child.once('exit', (code) => fail(new Error(`the app ended with ${code} before it was ready:\n${said()}`)))
  })
}

export type SignIn = { readonly role: string; readonly organization: string; readonly unit?: string; readonly email: string; readonly password: string; readonly name: string }

export const demoSignIns = (app: RunningApp): SignIn[] => JSON.parse(readFileSync(join(app.dataDir, 'demo-sign-ins.json'), 'utf8'))

/** A client of the API in somebody's name; answers are given with their status, whatever it is. */
export class Client {
  readonly #app: RunningApp
  #cookie = ''
  constructor(app: RunningApp) {
    this.#app = app
  }

  async signIn(who: SignIn): Promise<this> {
    const response = await fetch(`${this.#app.url}/api/v1/session`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: who.email, password: who.password }),
    })
    if (!response.ok) throw new Error(`${who.email} could not sign in: ${response.status} ${await response.text()}`)
    this.#cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
    return this
  }

  get cookie(): string {
    return this.#cookie
  }

  get = (path: string, headers: Record<string, string> = {}) => this.ask('GET', path, undefined, headers)
  post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) => this.ask('POST', path, body, headers)
  put = (path: string, body: unknown = {}) => this.ask('PUT', path, body, {})

  async ask(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
    const response = await fetch(`${this.#app.url}/api/v1${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...(this.#cookie && { cookie: this.#cookie }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: response.headers.get('content-type')?.includes('json') && text !== '' ? JSON.parse(text) : text }
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it expects, and fails where it is not there
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: any }

/** A whole, right form; a test changes what it is about. */
export const feedback = (changes: Record<string, unknown> = {}) => ({
  channel: 'site_feedback', language: 'ru', group: 'person', name: 'Сергеев Пётр Ильич', address: 'г. Петропавловск, ул. Жамбыла, 12, кв. 5',
  email: 'petr.sergeev@example.kz', phone: '8 (701) 123-45-67', kind: 'complaint', subject: 'Начислили дважды',
  text: 'В счёте за октябрь электроэнергия начислена дважды. Прошу пересчитать.', answerWay: 'email', consent: true, ...changes,
})

/** A whole, signed paper of a person, as a registrar enters it. */
export const paper = (changes: Record<string, unknown> = {}) => ({
  organization: 'skes', channel: 'paper_chancellery', language: 'ru', group: 'person', lastName: 'Сергеев', firstName: 'Пётр', middleName: 'Ильич',
  address: 'г. Петропавловск, ул. Жамбыла, 12, кв. 5', phone: '8 (701) 123-45-67', kind: 'complaint', subject: 'Начислили дважды',
  text: 'В счёте за октябрь электроэнергия начислена дважды.', answerWay: 'post', signed: true, sheets: 1, ...changes,
})
