import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { brotliCompressSync, constants } from 'node:zlib'

/** What the pages load besides themselves: named by content, so that a browser keeps it for ever. */
export type Assets = {
  /** The address of `portal.css`, an island as `copy-link.js`, `icon.svg` or a font as `inter-cyrillic.woff2`. */
  readonly url: (name: string) => string
  readonly serve: (address: string, acceptsBrotli: boolean) => Response | undefined
}

type Asset = { readonly type: string; readonly plain: Buffer; readonly packed: Buffer | undefined }

/** Reads, types stripped and fonts put in, everything once at start. */
export function loadAssets(): Assets {
  const urls = new Map<string, string>()
  const kept = new Map<string, Asset>()
  const add = (name: string, content: Buffer | string, type: string, pack = true) => {
    const plain = Buffer.from(content)
    const [stem, ending] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.'))]
    const address = `${stem}.${createHash('sha256').update(plain).digest('base64url').slice(0, 10)}${ending}`
    urls.set(name, `/assets/${address}`)
    kept.set(address, { type, plain, packed: pack ? compress(plain) : undefined })
  }
  const url = (name: string): string => {
    const found = urls.get(name)
    if (!found) throw new Error(`there is no asset ${name}`)
    return found
  }

  for (const subset of fonts) add(`inter-${subset}.woff2`, readFileSync(require.resolve(`${inter}/inter-${subset}-wght-normal.woff2`)), 'font/woff2', false)
  add('icon.svg', readFileSync(new URL('icon.svg', import.meta.url)), 'image/svg+xml')
  const css = sheets.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n')
  add('portal.css', slim(css).replace(/url\(asset:([\w.-]+)\)/g, (_, name: string) => `url(${url(name)})`), 'text/css; charset=utf-8')
  for (const [name, code] of islands()) add(name, code, 'text/javascript; charset=utf-8')

  return {
    url,
    serve(address, acceptsBrotli) {
      const asset = kept.get(address)
      if (!asset) return undefined
      const packed = acceptsBrotli ? asset.packed : undefined
      return new Response(new Uint8Array(packed ?? asset.plain), {
        headers: {
          'content-type': asset.type, 'cache-control': 'public, max-age=31536000, immutable',
          ...(packed && { 'content-encoding': 'br' }), ...(asset.packed && { vary: 'accept-encoding' }),
        },
      })
    },
  }
}

const require = createRequire(import.meta.url)
const inter = '@fontsource-variable/inter/files'
const sheets = ['tokens.css', 'portal.css', 'fields.css', 'pages.css', 'cabinet.css', 'wide.css', 'print.css']
const fonts = ['latin', 'cyrillic', 'cyrillic-ext', 'latin-ext'] as const

/** Every island is one file that imports nothing; its types are blanked out, so a line in the browser is our line. */
function islands(): [string, string][] {
  const folder = new URL('../islands/', import.meta.url)
  return readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) =>
    [name.replace(/\.ts$/, '.js'), stripped(readFileSync(new URL(name, folder), 'utf8'))])
}

/** Node still calls the function experimental in a warning; the version is pinned, and a start should be quiet. */
function stripped(code: string): string {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return stripTypeScriptTypes(code).replace(/[ \t]+$/gm, '')
  } finally {
    process.emitWarning = emitWarning
  }
}

/** Without comments and indentation. */
const slim = (css: string): string => css.replace(/\/\*.*?\*\//gs, '').replace(/\s*\n\s*/g, '\n')

const compress = (plain: Buffer): Buffer =>
  brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } })
