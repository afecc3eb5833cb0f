import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

/**
 * Every setting, from the environment, checked once at start. This list is the whole of it: `docs/settings.md` is
 * generated from it. `remedy` is what is printed when a value does not fit.
 */
export const settings = {
  PORT: setting(z.coerce.number().int().min(0).max(65_535).default(8080), 'Port the web side listens on; 0 takes any free one.', 'Give a whole number from 0 to 65535.'),
  HOST: setting(z.string().min(1).default('0.0.0.0'), 'Address the web side listens on.', 'Give an address of this machine, for example 127.0.0.1.'),
  DATA_DIR: setting(z.string().min(1).default('.data'), 'Folder of the embedded database, the files and the generated secret.', 'Give a folder that can be written.'),
  DATABASE_URL: setting(z.string().regex(/^postgres(ql)?:\/\/\S+$/).optional(), 'PostgreSQL 15 to 18 to use instead of the embedded one; no demo data is filled in.', 'Give postgres://user:password@host:5432/name, or leave it out for the embedded database.'),
  DATABASE_POOL: setting(z.coerce.number().int().min(2).max(200).default(10), 'Connections to the database.', 'Give a whole number from 2 to 200.'),
  PUBLIC_URL: setting(z.string().regex(/^https?:\/\/[^\s/]+$/).optional(), 'Address under which people reach the site; links in letters and secure cookies follow it. Default: http://localhost:PORT.', 'Give the scheme and host without a path, for example https://jauap.example.kz.'),
  SMTP_URL: setting(z.string().regex(/^smtps?:\/\/\S+$/).optional(), 'Mail server. Absent: mail is kept and shown in the development mailbox.', 'Give smtp://user:password@host:587 or smtps://…:465.'),
  MAIL_FROM: setting(z.string().regex(/^\S+@\S+$/).default('feedback@sevkazenergo.kz'), 'Sender of letters.', 'Give an e-mail address.'),
  SECRET: setting(z.string().min(32).optional(), 'At least 32 characters from which tracking codes and page tokens are worked out. Needed with DATABASE_URL; otherwise generated into DATA_DIR. Keep it: with another one every tracking link dies.', 'Give at least 32 random characters, for example from `openssl rand -hex 32`.'),
  GROUP_FILE: setting(z.string().min(1).default('groups/sevkazenergo.yaml'), 'The group of companies: organizations, units, journals, terms, sites.', 'Give the path of a group file; see docs/adopting.md.'),
  DEMO: setting(z.enum(['true', 'false']).optional(), 'Whether to fill in the demo group\'s people. Default: true with the embedded database, false with DATABASE_URL.', 'Give true or false.'),
  PROCESS: setting(z.enum(['all', 'web', 'worker']).default('all'), 'What this process does: serve, work on jobs, or both.', 'Give all, web or worker.'),
  LOG_LEVEL: setting(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'), 'How much is logged.', 'Give fatal, error, warn, info, debug or silent.'),
  TRUST_PROXY: setting(z.enum(['true', 'false']).default('false'), 'Whether the client\'s address is taken from X-Forwarded-For.', 'Give true behind a reverse proxy, false otherwise.'),
  NCANODE_URL: setting(z.string().regex(/^https?:\/\/\S+$/).optional(), 'NCANode 3 that checks signatures of НУЦ РК (ЭЦП). Absent: letters are signed by hand.', 'Give http://host:14579.'),
  SIGN_DEVELOPMENT: setting(z.enum(['true', 'false']).optional(), 'Whether letters may carry a development signature, marked as such and worth nothing. Default: as DEMO.', 'Give true or false; never true where letters really leave.'),
  DEMO_ACCOUNTS: setting(z.coerce.number().int().min(0).max(100_000).optional(), 'How many accounts of consumers the demo town has. Default: 60 with the embedded database, none with DATABASE_URL.', 'Give a whole number from 0 to 100000.'),
  UPLOAD_MAX_MB: setting(z.coerce.number().min(1).max(200).default(10), 'Most a single attachment may weigh, in MB.', 'Give a number from 1 to 200.'),
  SCAN_MAX_MB: setting(z.coerce.number().min(1).max(500).default(50), 'Most a scan uploaded by staff may weigh, in MB.', 'Give a number from 1 to 500.'),
  UPLOAD_MAX_FILES: setting(z.coerce.number().int().min(0).max(10).default(5), 'Most attachments of one appeal.', 'Give a whole number from 0 to 10.'),
} as const

function setting<S extends z.ZodType>(schema: S, meaning: string, remedy: string) {
  return { schema, meaning, remedy }
}

export type Config = {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** Absent: the embedded database and the demo group. */
  readonly databaseUrl?: string | undefined
  readonly databasePool: number
  readonly publicUrl: string
  readonly smtpUrl?: string | undefined
  readonly mailFrom: string
  readonly secret: string
  readonly groupFile: string
  readonly demo: boolean
  readonly demoAccounts: number
  readonly process: 'all' | 'web' | 'worker'
  readonly logLevel: string
  readonly trustProxy: boolean
  readonly ncanodeUrl?: string | undefined
  readonly signDevelopment: boolean
  readonly uploadMaxBytes: number
  readonly scanMaxBytes: number
  readonly uploadMaxFiles: number
}

export type SettingFault = { readonly name: string; readonly given: string; readonly remedy: string }
export type ReadConfig = { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly faults: readonly SettingFault[] }

/** Reads the environment; every fault is named together, each with its remedy. Secrets are not repeated back. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ReadConfig {
  const faults: SettingFault[] = []
  const read = <N extends keyof typeof settings>(name: N): z.output<(typeof settings)[N]['schema']> => {
    const { schema, remedy } = settings[name]
    const parsed = schema.safeParse(env[name] === '' ? undefined : env[name])
    if (!parsed.success) faults.push({ name, given: shown(name, env[name]), remedy })
    return parsed.data as z.output<(typeof settings)[N]['schema']>
  }
  const port = read('PORT')
  const databaseUrl = read('DATABASE_URL')
  const secret = read('SECRET')
  const demo = (read('DEMO') ?? String(!databaseUrl)) === 'true'
  const config = {
    port, databaseUrl, host: read('HOST'), dataDir: resolve(read('DATA_DIR') ?? '.data'), databasePool: read('DATABASE_POOL'),
    publicUrl: read('PUBLIC_URL') ?? `http://localhost:${port}`, smtpUrl: read('SMTP_URL'), mailFrom: read('MAIL_FROM'),
    groupFile: read('GROUP_FILE'), demo, demoAccounts: demo ? (read('DEMO_ACCOUNTS') ?? (databaseUrl ? 0 : 60)) : 0, process: read('PROCESS'), logLevel: read('LOG_LEVEL'), trustProxy: read('TRUST_PROXY') === 'true',
    ncanodeUrl: read('NCANODE_URL'), signDevelopment: (read('SIGN_DEVELOPMENT') ?? String(demo)) === 'true',
    uploadMaxBytes: (read('UPLOAD_MAX_MB') ?? 10) * 1024 * 1024, scanMaxBytes: (read('SCAN_MAX_MB') ?? 50) * 1024 * 1024,
    uploadMaxFiles: read('UPLOAD_MAX_FILES'),
  }
  if (env['DATABASE_URL'] && !env['SECRET']) faults.push({ name: 'SECRET', given: 'nothing', remedy: settings.SECRET.remedy })
  if (faults.length > 0) return { ok: false, faults }
  try {
    return { ok: true, config: { ...config, secret: secret ?? keptSecret(config.dataDir) } }
  } catch (error) {
    return { ok: false, faults: [{ name: 'DATA_DIR', given: config.dataDir, remedy: `${settings.DATA_DIR.remedy} (${(error as Error).message})` }] }
  }
}

function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  }
  const kept = readFileSync(file, 'utf8').trim()
  if (kept.length < 32) throw new Error(`${file} was cut short: delete it if no appeal was received yet, otherwise restore it`)
  return kept
}

const shown = (name: string, value: string | undefined): string =>
  value === undefined || value === '' ? 'nothing' : /SECRET|URL/.test(name) ? 'a value that does not fit' : `“${value.slice(0, 60)}”`
