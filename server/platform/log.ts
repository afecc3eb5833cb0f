import { pino, type Logger } from 'pino'

export type Log = Logger

/** Names under which personal data travels; their values never reach the log. */
const personal = ['name', 'email', 'phone', 'address', 'identifier', 'password', 'code', 'text', 'body', 'subject', 'recipient', 'cookie', 'authorization']

export const openLog = (level: string): Log =>
  pino({ level, base: null, redact: { paths: personal.flatMap((key) => [key, `*.${key}`]), censor: '…' } })
