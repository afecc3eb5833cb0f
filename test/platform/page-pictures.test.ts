import { Readable } from 'node:stream'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { openPagePictures, type ScannedFile, type Turn } from '../../server/platform/page-pictures.ts'
import { exif, heic, jpeg, pdf } from '../support/sample-files.ts'

/** Files as they are kept, by id. */
const kept = new Map<string, Buffer>()
const pictures = openPagePictures({ open: async (id: string) => ({ size: kept.get(id)!.length, stream: Readable.from([kept.get(id)!]) }) } as never)
afterAll(() => pictures.stop())

let made = 0
function scan(mediaType: string, bytes: Buffer): ScannedFile {
  const id = `file-${++made}`
  kept.set(id, bytes)
  return { id, mediaType }
}
async function look(file: ScannedFile, n = 1, wanted: { width?: number; turn?: Turn } = {}) {
  const jpg = await pictures.page(file, n, { width: 400, ...wanted })
  const { data, info } = await sharp(jpg).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)].map((value) => Math.round(value / 64))
  return { width: info.width, height: info.height, at, metadata: await sharp(jpg).metadata() }
}
const colour = (background: string, width = 64, height = 48) => sharp({ create: { width, height, channels: 3, background } })
const red = [3, 1, 1]

/** Left half black, right half white: which way up it is can be seen. */
const halves = async (format: 'jpeg' | 'png') => sharp(await colour('#fff').png().toBuffer()).composite([{ input: await colour('#000', 32).png().toBuffer(), left: 0, top: 0 }])[format]().toBuffer()

describe('a scan as pictures (п. 4.2)', () => {
  it('shows each page of a TIFF, a PDF and a HEIC', async () => {
    const pages = await Promise.all(['#c03020', '#20c030', '#2030c0'].map((background) => colour(background).png().toBuffer()))
    const tiff = scan('image/tiff', await sharp(pages, { join: { animated: true } }).tiff().toBuffer())
    expect(await pictures.count(tiff)).toBe(3)
    expect((await look(tiff, 3)).at(20, 20)).toEqual([1, 1, 3])

    const document = scan('application/pdf', pdf)
    expect(await pictures.count(document)).toBe(1)
    const page = await look(document)
    expect([page.width, page.height]).toEqual([400, 266])

    const photo = scan('image/heic', heic)
    expect(await pictures.count(photo)).toBe(1)
    expect(await look(photo)).toMatchObject({ width: 64, height: 48 })
    expect((await look(photo)).at(30, 20)).toEqual(red)
  })

  it('is the right way up by the camera\'s own mark, and carries nothing else the camera wrote', async () => {
    const plain = await halves('jpeg')
    const marked = Buffer.concat([plain.subarray(0, 2), exif(6, 'секрет'), plain.subarray(2)])
    const { width, height, at, metadata } = await look(scan('image/jpeg', marked))
    expect([width, height]).toEqual([48, 64])
    expect([at(24, 5), at(24, 60)]).toEqual([[0, 0, 0], [4, 4, 4]])
    expect(metadata.exif).toBeUndefined()
  })

  it('is turned as the clerk asks: the whole page stays in sight', async () => {
    const file = scan('image/png', await halves('png'))
    const seen = await Promise.all(([0, 90, 180, 270] as const).map((turn) => look(file, 1, { turn })))
    expect(seen.map(({ width, height }) => [width, height])).toEqual([[64, 48], [48, 64], [64, 48], [48, 64]])
    expect(seen[1]!.at(24, 5)).toEqual([0, 0, 0])
    expect(seen[2]!.at(5, 24)).toEqual([4, 4, 4])
  })

  it('lies on white where it is transparent, and is no larger than asked', async () => {
    const clear = scan('image/png', await sharp({ create: { width: 900, height: 300, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer())
    expect(await look(clear, 1, { width: 300 })).toMatchObject({ width: 300, height: 100 })
    expect((await look(clear, 1, { width: 300 })).at(50, 50)).toEqual([4, 4, 4])
  })
})

describe('what strangers send as a scan', () => {
  /** A PNG that says it is 40,000 by 40,000 pixels: some kilobytes that unpack to gigabytes. */
  const bomb = (): Buffer => {
    const chunk = (kind: string, bytes: Buffer) => {
      const body = Buffer.concat([Buffer.from(kind, 'latin1'), bytes])
      const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
      size.writeUInt32BE(bytes.length)
      sum.writeUInt32BE(crc32(body))
      return Buffer.concat([size, body, sum])
    }
    const head = Buffer.alloc(13)
    head.writeUInt32BE(40_000, 0)
    head.writeUInt32BE(40_000, 4)
    head.set([8, 0, 0, 0, 0], 8)
    return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(5_000_000))), chunk('IEND', Buffer.alloc(0))])
  }

  it.each<[string, () => ScannedFile, number]>([
    ['a picture that unpacks to gigabytes', () => scan('image/png', bomb()), 1], ['a broken JPEG', () => scan('image/jpeg', jpeg()), 1], ['a PDF that is cut off', () => scan('application/pdf', pdf.subarray(0, 60)), 1],
    ['a broken HEIC', () => scan('image/heic', heic.subarray(0, 200)), 1], ['text called TIFF', () => scan('image/tiff', Buffer.from('просто текст')), 1], ['a page there is not', () => scan('application/pdf', pdf), 7],
    ['an empty file', () => scan('image/png', Buffer.alloc(0)), 1],
  ])('is refused, and the next page is shown all the same: %s', async (_, file, n) => {
    await expect(pictures.page(file(), n, { width: 300 })).rejects.toMatchObject({ code: 'page_unreadable' })
    expect((await look(scan('image/heic', heic))).at(30, 20)).toEqual(red)
  })

  it('is not even opened where it is no scan', async () => {
    await expect(pictures.count(scan('application/zip', Buffer.from('PK')))).rejects.toMatchObject({ code: 'not_found' })
  })

  it('never paints a page longer than a scan may be', async () => {
    const long = Buffer.from(pdf.toString().replace('[0 0 300 200]', '[0 0 14 14000]'))
    const { width, height } = await look(scan('application/pdf', long), 1, { width: 2400 })
    expect(width * height).toBeLessThan(25_000_000)
  })

  it('goes on after the thread was ended', async () => {
    await pictures.stop()
    expect((await look(scan('image/heic', heic))).at(30, 20)).toEqual(red)
  })
})
