import { Readable, PassThrough } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { Refusal, refuseField } from '../../regulation/refusals.ts'
import type { Files, ReceivedFile } from './files.ts'
import { shownName } from './file-names.ts'

/** A form as it was sent: every text field, and what became of each file. */
export type Form = {
  /** In the order sent; a name may come more than once. */
  readonly fields: URLSearchParams
  readonly files: readonly FormFile[]
}
export type FormFile =
  | { readonly ok: true; readonly field: string; readonly file: ReceivedFile }
  | { readonly ok: false; readonly field: string; readonly name: string; readonly refusal: Refusal }

export type FormLimits = {
  readonly maxFiles: number
  readonly maxFileBytes: number
  /** Of all text fields together. Default 256 KiB. */
  readonly maxFieldBytes?: number
}

/**
 * Reads a form (multipart or urlencoded), its files straight into the store, none of them held in memory. A file
 * that is refused leaves the rest as it is, so that the form can be shown again with all that was typed. Where the
 * form itself is refused, none of its files stays.
 * @throws Refusal malformed_request; file_too_large where the whole is beyond reason; invalid_input at an endless field
 */
export async function readForm(request: Request, files: Pick<Files, 'receive' | 'remove'>, limits: FormLimits): Promise<Form> {
  const fields = new URLSearchParams()
  const receptions: Promise<FormFile>[] = []
  let trouble: unknown
  try {
    const parser = parserOf(request, limits)
    collectFields(parser, fields, limits.maxFieldBytes ?? 256 * 1024)
    parser.on('file', (field, stream, name, _encoding, mediaType) => {
      stream.on('error', () => {})
      // A file field left empty is sent as a nameless file.
      if (!name) stream.resume()
      else if (receptions.length < limits.maxFiles) receptions.push(receive(files, limits, { stream, field, name, mediaType }))
      else {
        stream.resume()
        receptions.push(Promise.resolve({ ok: false, field, name: shownName(name), refusal: new Refusal('too_many_files', { details: { max: limits.maxFiles } }) }))
      }
    })
    await feed(parser, request, limits)
  } catch (error) {
    trouble = error
  }
  const received = (await Promise.allSettled(receptions)).map((end) => (end.status === 'fulfilled' ? end.value : void (trouble ??= end.reason)))
  const sent = received.filter((file) => file !== undefined)
  if (trouble === undefined) return { fields, files: sent }
  for (const file of sent) if (file.ok) await files.remove(file.file.id)
  throw trouble
}

function parserOf(request: Request, { maxFiles, maxFileBytes, maxFieldBytes = 256 * 1024 }: FormLimits): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
      // One byte more than allowed: enough for the store to see that it is too much.
      limits: { files: maxFiles + 20, fileSize: maxFileBytes + 1, fieldSize: maxFieldBytes + 1, fields: 300, parts: 400, headerPairs: 20, headerSize: 8_192 },
    })
  } catch {
    throw new Refusal('malformed_request')
  }
}

function collectFields(parser: BusboyInstance, fields: URLSearchParams, maxBytes: number): void {
  let bytes = 0
  parser.on('field', (name, value) => {
    bytes += Buffer.byteLength(value)
    if (bytes > maxBytes) parser.destroy(refuseField(shownName(name), 'field_too_long', { max: maxBytes }))
    else fields.append(name, value)
  })
}

/** Runs the body through the parser; whichever breaks first ends both. */
async function feed(parser: BusboyInstance, request: Request, { maxFiles, maxFileBytes, maxFieldBytes = 256 * 1024 }: FormLimits): Promise<void> {
  if (!request.body) throw new Refusal('malformed_request')
  // What is refused is read to its end, so that the rest is kept; but not without end.
  const mostBytes = 2 * Math.max(maxFiles, 1) * maxFileBytes + maxFieldBytes + 1_048_576
  let bytes = 0
  const body = Readable.fromWeb(request.body as ReadableStream)
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > mostBytes) body.destroy(new Refusal('file_too_large', { details: { name: '…', max: Math.floor(maxFileBytes / 1_048_576) } }))
  })
  await new Promise<void>((done, fail) => {
    const end = (error: unknown) => {
      body.destroy()
      parser.destroy()
      fail(error instanceof Refusal ? error : new Refusal('malformed_request'))
    }
    body.once('error', end)
    parser.once('error', end)
    parser.once('finish', done)
    body.pipe(parser)
  })
}

type Part = { readonly stream: BusboyFileStream; readonly field: string; readonly name: string; readonly mediaType: string }

async function receive(files: Pick<Files, 'receive'>, { maxFileBytes }: FormLimits, { stream, field, name, mediaType }: Part): Promise<FormFile> {
  // The store gives up on a stream it refuses; the parser needs its own read to the end.
  const through = new PassThrough()
  stream.once('error', () => through.destroy(new Refusal('malformed_request')))
  through.once('close', () => stream.resume())
  stream.pipe(through)
  try {
    return { ok: true, field, file: await files.receive(through, { name, claimedType: mediaType, maxBytes: maxFileBytes }) }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'malformed_request') throw error
    return { ok: false, field, name: shownName(name), refusal: error }
  }
}
