import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import pixelmatch from 'pixelmatch'
import sharp from 'sharp'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'pictures')

/** A PDF looked at: how many pages it has, how large the first is in points, and the first as a picture. */
export async function look(pdf: Uint8Array): Promise<{ pages: number; size: readonly [number, number]; text: string; png: Buffer }> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  try {
    const page = document.getPage(0)
    const { originalWidth, originalHeight } = page.getOriginalSize()
    // Before the picture is made: rendering gives the page back.
    const text = page.getText()
    const { data } = await page.render({ scale: 1, render: ({ data: raw, width, height }) => sharp(raw, { raw: { width, height, channels: 4 } }).flatten({ background: '#fff' }).grayscale().png({ palette: true }).toBuffer() })
    return { pages: document.getPageCount(), size: [originalWidth, originalHeight], text, png: Buffer.from(data) }
  } finally {
    document.destroy()
    library.destroy()
  }
}

/**
 * How many pixels of a paper differ from its kept picture. With UPDATE_PICTURES=1 the picture is taken anew, to be
 * looked at before it is committed.
 */
export async function difference(name: string, png: Buffer): Promise<number> {
  const kept = join(folder, `${name}.png`)
  if (process.env['UPDATE_PICTURES'] === '1') {
    mkdirSync(folder, { recursive: true })
    writeFileSync(kept, png)
  }
  if (!existsSync(kept)) throw new Error(`there is no picture ${name}: run with UPDATE_PICTURES=1 and look at it`)
  const [a, b] = await Promise.all([raw(readFileSync(kept)), raw(png)])
  if (a.info.width !== b.info.width || a.info.height !== b.info.height) return Infinity
  return pixelmatch(a.data, b.data, undefined, a.info.width, a.info.height, { threshold: 0.2 })
}

const raw = (png: Buffer) => sharp(png).ensureAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
