import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { Refusal } from '../../regulation/refusals.ts'
import { keep, writeNew } from './disk.ts'
import { contradiction, isShown, sniff, type FileKind } from './file-kinds.ts'
import { safeName, shownName } from './file-names.ts'
import { NotAPicture, stripJpeg, stripPng, type Sink } from './strip-picture.ts'

/** A stored file. Name and type are ours: worked out from the content, safe to show and to serve. */
export type ReceivedFile = {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  /** Bytes as stored. */
  readonly size: number
  /** Hex, of the bytes as stored. */
  readonly sha256: string
}

/** Where files are kept. One implementation on the local disk; another store is another value of this type. */
export type Files = {
  /**
   * Streams one file in; nothing of a refused or broken one stays.
   * @throws Refusal file_too_large, file_empty, file_type_refused, file_not_what_it_claims; malformed_request where
   *   the sender broke off
   */
  readonly receive: (stream: Readable | ReadableStream | null, claim: FileClaim) => Promise<ReceivedFile>
  /** @throws Refusal not_found */
  readonly open: (id: string) => Promise<{ readonly stream: Readable; readonly size: number }>
  readonly remove: (id: string) => Promise<void>
  /** Removes what broken receptions older than this left behind. */
  readonly clean: (before: Temporal.Instant) => Promise<void>
}

/** What the sender says about a file. */
export type FileClaim = { readonly name: string; readonly claimedType: string; readonly maxBytes: number }

/** Files on the local disk, at `files/ab/cd/abcd….`, whole or not there at all. */
export function openFiles(dataDir: string): Files {
  const root = join(dataDir, 'files')
  const incoming = join(root, 'incoming')
  const pathOf = (id: string): string => {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new Refusal('not_found')
    return join(root, id.slice(0, 2), id.slice(2, 4), id)
  }
  return {
    async receive(stream, claim) {
      // Its error is told when it is read; until then it must not end the process.
      if (stream instanceof Readable) stream.on('error', () => {})
      const id = randomUUID()
      const raw = join(incoming, id)
      const clean = `${raw}-clean`
      try {
        await mkdir(incoming, { recursive: true, mode: 0o700 })
        const written = await writeNew(raw, (sink) => pour(stream, sink, claim))
        const kind = await recognize(raw, claim)
        const strip = strippers[kind.mediaType]
        const stored = strip ? await writeNew(clean, (sink) => stripped(raw, strip, sink, claim)) : written
        await keep(strip ? clean : raw, pathOf(id))
        return { id, name: safeName(claim.name, kind.endings), mediaType: kind.mediaType, ...stored }
      } finally {
        await Promise.all([rm(raw, { force: true }), rm(clean, { force: true })])
      }
    },
    async open(id) {
      const path = pathOf(id)
      const found = await stat(path).catch(() => { throw new Refusal('not_found') })
      return { stream: createReadStream(path), size: found.size }
    },
    async remove(id) {
      await rm(pathOf(id), { force: true })
    },
    async clean(before) {
      for (const name of await readdir(incoming).catch(() => [])) {
        const path = join(incoming, name)
        const found = await stat(path).catch(() => undefined)
        if (found && found.mtimeMs < before.epochMilliseconds) await rm(path, { force: true })
      }
    },
  }
}

/** What is to be served; name and type as stored. `download`: saved, even where it could be shown. */
export type ServedFile = { readonly id: string; readonly name: string; readonly mediaType: string; readonly download?: boolean }

/**
 * A stored file as an answer that can do no harm: shown in place only if it is a PDF or a picture, never run as a
 * page, never kept by caches.
 * @throws Refusal not_found
 */
export async function serveFile(files: Pick<Files, 'open'>, { id, name, mediaType, download = false }: ServedFile): Promise<Response> {
  const { stream, size } = await files.open(id)
  return new Response(Readable.toWeb(stream) as never, {
    headers: {
      'content-type': mediaType,
      'content-length': String(size),
      'content-disposition': `${!download && isShown(mediaType) ? 'inline' : 'attachment'}; ${nameParameters(name)}`,
      'x-content-type-options': 'nosniff',
      // A browser's own PDF reader does not work in a sandbox; everything else is put in one.
      'content-security-policy': `default-src 'none'; frame-ancestors 'self'${mediaType === 'application/pdf' ? '' : '; sandbox'}`,
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    },
  })
}

/** Pictures tell where and with what they were taken; that is nobody's business. */
const strippers: Readonly<Record<string, typeof stripJpeg>> = { 'image/jpeg': stripJpeg, 'image/png': stripPng }

async function pour(stream: Readable | ReadableStream | null, sink: Sink, { name, maxBytes }: FileClaim): Promise<void> {
  let size = 0
  for await (const chunk of arriving(stream)) {
    size += chunk.length
    if (size > maxBytes) throw new Refusal('file_too_large', { details: { name: shownName(name), max: Math.floor(maxBytes / 1_048_576) } })
    await sink(chunk)
  }
  if (size === 0) throw new Refusal('file_empty', { details: { name: shownName(name) } })
}

/** Tells a sender who broke off from a disk that failed: the one is refused, the other is our fault. */
async function* arriving(stream: Readable | ReadableStream | null): AsyncGenerator<Buffer> {
  const chunks = (stream ?? []) as AsyncIterable<Uint8Array>
  const iterator = stream ? chunks[Symbol.asyncIterator]() : undefined
  try {
    for (;;) {
      const next = await iterator?.next().catch(() => { throw new Refusal('malformed_request') })
      if (!next || next.done) return
      yield Buffer.from(next.value)
    }
  } finally {
    await iterator?.return?.().catch(() => {})
  }
}

async function recognize(path: string, { name, claimedType }: FileClaim): Promise<FileKind> {
  const kind = await sniff(path)
  if (!kind) throw new Refusal('file_type_refused', { details: { name: shownName(name) } })
  const claimed = contradiction(kind, name, claimedType)
  if (claimed) throw new Refusal('file_not_what_it_claims', { details: { name: shownName(name), claimed } })
  return kind
}

async function stripped(raw: string, strip: typeof stripJpeg, sink: Sink, { name }: FileClaim): Promise<void> {
  const file = await open(raw)
  try {
    await strip(file, sink)
  } catch (error) {
    throw error instanceof NotAPicture ? new Refusal('file_type_refused', { details: { name: shownName(name) } }) : error
  } finally {
    await file.close()
  }
}

/** RFC 6266: the name in ASCII for old programs, and whole by RFC 8187. */
function nameParameters(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const whole = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `filename="${plain}"; filename*=UTF-8''${whole}`
}
