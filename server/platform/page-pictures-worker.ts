import { parentPort } from 'node:worker_threads'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import decodeHeic from 'heic-decode'
import sharp, { type Sharp } from 'sharp'

/** The thread that decodes scans. Whatever fails here is told as a failure of that one page. */
type Asked = { readonly id: number; readonly bytes: Uint8Array; readonly mediaType: string; readonly n?: number; readonly width?: number; readonly turn?: Turn }
type Turn = 0 | 90 | 180 | 270
/** How a page is wanted. */
type Wanted = { readonly width: number; readonly turn: Turn }

/** A picture that unpacks to more is not a scan: A3 at 600 dpi is 70 million pixels. */
const mostPixels = 100_000_000
const mostPages = 500
sharp.concurrency(1)
sharp.cache(false)

let pdfium: Promise<PDFiumLibrary> | undefined

parentPort!.on('message', (asked: Asked) => {
  answer(asked).then(
    (found) => parentPort!.postMessage({ id: asked.id, ...found }),
    (error: unknown) => parentPort!.postMessage({ id: asked.id, error: String(error) }),
  )
})

async function answer({ bytes, mediaType, n, width = 1200, turn = 0 }: Asked): Promise<{ count: number } | { picture: Uint8Array }> {
  if (mediaType === 'application/pdf') return ofPdf(bytes, n, { width, turn })
  if (mediaType === 'image/heic') return ofHeic(bytes, n, { width, turn })
  if (n === undefined) return { count: Math.min((await sharp(bytes, { limitInputPixels: mostPixels }).metadata()).pages ?? 1, mostPages) }
  return { picture: await finished(sharp(bytes, { page: n - 1, limitInputPixels: mostPixels }), { width, turn }) }
}

async function ofPdf(bytes: Uint8Array, n: number | undefined, wanted: Wanted) {
  pdfium ??= PDFiumLibrary.init()
  const document = await (await pdfium).loadDocument(bytes)
  try {
    const count = document.getPageCount()
    if (n === undefined) return { count: Math.min(count, mostPages) }
    if (n > count) throw new Error('there is no such page')
    const page = document.getPage(n - 1)
    const { originalWidth: across, originalHeight: down } = page.getOriginalSize()
    const { data } = await page.render({
      // However long the page, no more is painted than a scan may have.
      scale: Math.min(wanted.width / (wanted.turn % 180 ? down : across), 4, Math.sqrt(mostPixels / 4 / (across * down))),
      render: ({ data: raw, width: w, height: h }) => finished(sharp(raw, { raw: { width: w, height: h, channels: 4 } }), wanted),
    })
    return { picture: data }
  } finally {
    document.destroy()
  }
}

async function ofHeic(bytes: Uint8Array, n: number | undefined, wanted: Wanted) {
  if (n === undefined) return { count: 1 }
  const { width: w, height: h, data } = await decodeHeic({ buffer: bytes })
  if (w * h > mostPixels) throw new Error('too many pixels')
  return { picture: await finished(sharp(new Uint8Array(data), { raw: { width: w, height: h, channels: 4 } }), wanted) }
}

/** Upright by its own mark, then turned as asked; on white, no larger than asked, without what the camera wrote into it. */
async function finished(picture: Sharp, { width, turn }: Wanted): Promise<Uint8Array> {
  return new Uint8Array(await picture.autoOrient().rotate(turn).flatten({ background: '#fff' }).resize({ width, withoutEnlargement: true }).jpeg({ quality: 82 }).toBuffer())
}
