import { pino, type Logger } from 'pino'

export type Log = Logger

/** Names under which personal data travels; their values never reach the log. */
const personal = ['name', 'email', 'phone', 'address', 'identifier', 'password', 'code', 'text', 'body', 'subject', 'recipient', 'cookie', 'authorization']

/** One JSON object a line on standard output; `level` is LOG_LEVEL's. */
export const openLog = (level: string): Log =>
  pino({
    level, base: null, serializers: { err: told },
    redact: { paths: personal.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '…' },
  })

/**
 * Of an error, what helps to mend it and nothing else: PostgreSQL's carry the refused row (“Key (email)=(…) already
 * exists”), a mail server's the recipient.
 */
function told(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown }
  return {
    type: error.name, message: unaddressed(error.message), ...(code !== undefined && { reason: code }), constraint, table,
    stack: unaddressed(error.stack ?? ''), ...(error.cause !== undefined && { cause: told(error.cause) }),
  }
}

const unaddressed = (words: string): string => words.replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '…')
