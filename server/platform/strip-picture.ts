import type { FileHandle } from 'node:fs/promises'

/** Takes the next bytes of what is kept. */
export type Sink = (bytes: Buffer) => Promise<void>

/**
 * Copies a JPEG without what it tells about its maker: place, camera, thumbnails, comments, and whatever follows
 * its end. Colours (JFIF, ICC, Adobe) and the way up stay. Reads the file in windows, never whole.
 * @throws NotAPicture where the structure breaks
 */
export async function stripJpeg(file: FileHandle, sink: Sink): Promise<void> {
  const tape = new Tape(file, sink)
  await tape.copy(2)
  let oriented = false
  for (;;) {
    const head = await tape.peek(4)
    // Cut short, as by a lost connection: what is there is kept.
    if (head.length < 2) return
    if (head[0] !== 0xff) throw new NotAPicture()
    const marker = head[1]!
    if (marker === 0xff) await tape.skip(1)
    else if (marker === 0xd9) return tape.copy(2)
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) await tape.copy(2)
    else if (head.length < 4) return
    else {
      const length = 2 + head.readUInt16BE(2)
      const segment = await tape.peek(Math.min(length, 4_096))
      if (isKept(marker, segment)) await tape.copy(length)
      else {
        const way = oriented || marker !== 0xe1 ? 1 : orientation(segment)
        if (way > 1) {
          oriented = true
          await sink(orientationSegment(way))
        }
        await tape.skip(length)
      }
      if (marker === 0xda) await copyScan(tape)
    }
  }
}

/** Copies a PNG without its texts, its time, its EXIF and whatever follows its end. */
export async function stripPng(file: FileHandle, sink: Sink): Promise<void> {
  const tape = new Tape(file, sink)
  await tape.copy(8)
  for (;;) {
    const head = await tape.peek(8)
    if (head.length < 8) return
    const kind = head.toString('latin1', 4)
    const length = head.readUInt32BE(0) + 12
    if (['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'].includes(kind)) await tape.skip(length)
    else await tape.copy(length)
    if (kind === 'IEND') return
  }
}

export class NotAPicture extends Error {}

/** APP0 (JFIF), APP2 where it is a colour profile, APP14 (Adobe), and all that is not an APP or a comment. */
function isKept(marker: number, segment: Buffer): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  return marker === 0xe0 || marker === 0xee || (marker === 0xe2 && segment.toString('latin1', 4, 15) === 'ICC_PROFILE')
}

/** Entropy-coded data up to the next real marker: a stuffed FF 00 and restart marks belong to it. */
async function copyScan(tape: Tape): Promise<void> {
  for (;;) {
    const window = await tape.peek(65_536)
    if (window.length < 2) return tape.copy(window.length)
    let at = window.indexOf(0xff)
    for (; at >= 0 && at < window.length - 1; at = window.indexOf(0xff, at + 2)) {
      const next = window[at + 1]!
      if (next !== 0 && (next < 0xd0 || next > 0xd7)) return tape.copy(at)
    }
    // A lone FF at the window's edge is looked at again with what follows it.
    await tape.copy(at === window.length - 1 && at > 0 ? at : window.length)
  }
}

/** EXIF tag 0x0112 of the first directory: 1 is upright; anything not understood is taken as upright. */
function orientation(segment: Buffer): number {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return 1
  const tiff = segment.subarray(10)
  if (tiff.length < 8) return 1
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const u16 = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let n = u16(first), entry = first + 2; n > 0; n--, entry += 12) {
    if (u16(entry) === 0x0112) return u16(entry + 8) <= 8 ? u16(entry + 8) : 1
  }
  return 1
}

/** An EXIF segment that says the way up and nothing else. */
const orientationSegment = (way: number): Buffer => Buffer.concat([
  Buffer.from('ffe10022457869660000', 'hex'),
  Buffer.from('4d4d002a00000008', 'hex'),
  Buffer.from(`00010112000300000001000${way}000000000000`, 'hex'),
])

/** Reads forward through a window, and gives what is kept to the sink. */
class Tape {
  #window = Buffer.alloc(0)
  #at = 0
  readonly #file: FileHandle
  readonly #sink: Sink

  constructor(file: FileHandle, sink: Sink) {
    this.#file = file
    this.#sink = sink
  }

  /** The next `count` bytes, fewer at the end; they stay to be copied or skipped. */
  async peek(count: number): Promise<Buffer> {
    while (this.#window.length < count) {
      const chunk = Buffer.allocUnsafe(65_536)
      const { bytesRead } = await this.#file.read(chunk, 0, chunk.length, this.#at)
      if (bytesRead === 0) break
      this.#at += bytesRead
      this.#window = Buffer.concat([this.#window, chunk.subarray(0, bytesRead)])
    }
    return this.#window.subarray(0, count)
  }

  copy(count: number): Promise<void> {
    return this.#pass(count, this.#sink)
  }

  skip(count: number): Promise<void> {
    return this.#pass(count, async () => {})
  }

  async #pass(count: number, to: Sink): Promise<void> {
    for (let left = count; left > 0;) {
      const bytes = await this.peek(Math.min(left, 65_536))
      if (bytes.length === 0) return
      this.#window = this.#window.subarray(bytes.length)
      left -= bytes.length
      await to(bytes)
    }
  }
}
