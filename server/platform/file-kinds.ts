import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'

/** A kind of file we accept: its type, the words by which it may come, and the endings of its name, the usual first. */
export type FileKind = {
  readonly mediaType: string
  readonly alsoCalled?: readonly string[]
  readonly endings: readonly string[]
  /** Shown in the browser; everything else is downloaded. */
  readonly shown?: true
}

const office = 'application/vnd.openxmlformats-officedocument'
const kinds: readonly FileKind[] = [
  { mediaType: 'application/pdf', endings: ['pdf'], shown: true },
  { mediaType: 'image/jpeg', alsoCalled: ['image/jpg', 'image/pjpeg'], endings: ['jpg', 'jpeg', 'jfif'], shown: true },
  { mediaType: 'image/png', alsoCalled: ['image/x-png', 'image/apng'], endings: ['png'], shown: true },
  { mediaType: 'image/webp', endings: ['webp'], shown: true },
  { mediaType: 'image/gif', endings: ['gif'], shown: true },
  { mediaType: 'image/heic', alsoCalled: ['image/heif', 'image/heic-sequence', 'image/heif-sequence'], endings: ['heic', 'heif'] },
  { mediaType: 'image/tiff', endings: ['tif', 'tiff'] },
  { mediaType: `${office}.wordprocessingml.document`, endings: ['docx'] },
  { mediaType: `${office}.spreadsheetml.sheet`, endings: ['xlsx'] },
  { mediaType: 'application/vnd.oasis.opendocument.text', endings: ['odt'] },
  { mediaType: 'text/plain; charset=utf-8', alsoCalled: ['text/plain'], endings: ['txt'] },
  { mediaType: 'text/plain; charset=windows-1251', alsoCalled: ['text/plain'], endings: ['txt'] },
  { mediaType: 'audio/mpeg', alsoCalled: ['audio/mp3'], endings: ['mp3'] },
  { mediaType: 'audio/ogg', alsoCalled: ['application/ogg', 'audio/opus', 'audio/vorbis', 'audio/ogg; codecs=opus'], endings: ['ogg', 'oga', 'opus'] },
  { mediaType: 'audio/mp4', alsoCalled: ['audio/x-m4a', 'audio/m4a', 'audio/aac'], endings: ['m4a'] },
  { mediaType: 'video/mp4', endings: ['mp4'] },
]

/** Endings and types by which a file claims to be something that we never accept. */
const foreignEndings = new Set(('exe dll scr com bat cmd msi ps1 vbs vbe js jse wsf hta lnk jar apk app sh php asp aspx jsp py pl '
  + 'html htm xhtml shtml mht svg xml zip rar 7z gz tar iso img doc xls ppt pptx docm xlsm dotm rtf odp swf').split(' '))
const foreignTypes = /^(text\/(?!plain)|image\/svg|application\/(x-ms|zip|x-zip|javascript|x-sh|xhtml|xml|java|x-executable|vnd\.rar|x-7z))/

/** What a file is by its content; undefined: nothing we accept. Reads no more than it must. */
export async function sniff(path: string): Promise<FileKind | undefined> {
  const found = await fileTypeFromFile(path)
  return found ? kindCalled(found.mime) : textKind(path)
}

/** What the name or the declared type claims, where it contradicts the content; in words for a refusal. */
export function contradiction(kind: FileKind, name: string, claimedType: string): string | undefined {
  const ending = endingOf(name)
  const claimsOther = foreignEndings.has(ending) || kinds.some((other) => other.endings.includes(ending))
  if (claimsOther && !kind.endings.includes(ending)) return ending.toUpperCase()
  const type = claimedType.split(';')[0]!.trim().toLowerCase()
  const typeIsOther = foreignTypes.test(type) || kinds.some((other) => isCalled(other, type))
  return typeIsOther && !isCalled(kind, type) ? type : undefined
}

/** The accepted endings and types, for a form's file field. */
export const acceptedFiles: string = [...new Set(kinds.flatMap((kind) => kind.endings.map((ending) => `.${ending}`)))].join(',')

export const isShown = (mediaType: string): boolean => kinds.some((kind) => kind.shown && kind.mediaType === mediaType)

export const endingOf = (name: string): string => /\.([^.\s]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''

const kindCalled = (type: string): FileKind | undefined => kinds.find((kind) => isCalled(kind, type))
const isCalled = (kind: FileKind, type: string): boolean => kind.mediaType.split(';')[0] === type || (kind.alsoCalled ?? []).includes(type)

/** Plain text has no mark: it is text if it reads as text to its end and does not begin as a page or a script. */
async function textKind(path: string): Promise<FileKind | undefined> {
  const file = await open(path)
  try {
    const utf8 = new TextDecoder('utf-8', { fatal: true })
    let isUtf8 = true
    let cyrillic = 0
    let beyond = 0
    let first = true
    for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      if (first && /^(\ufeff|\s)*(<|#!|MZ)/.test(chunk.subarray(0, 512).toString())) return undefined
      first = false
      if (isUtf8) isUtf8 = decodes(utf8, chunk)
      for (const byte of chunk) {
        if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) || byte === 127) return undefined
        if (byte >= 128) {
          beyond++
          if (byte >= 0xc0 || byte === 0xa8 || byte === 0xb8) cyrillic++
        }
      }
    }
    if (isUtf8 && decodes(utf8)) return kinds.find((kind) => kind.mediaType.endsWith('utf-8'))
    return cyrillic > beyond * 0.7 ? kinds.find((kind) => kind.mediaType.endsWith('1251')) : undefined
  } finally {
    await file.close()
  }
}

function decodes(utf8: TextDecoder, chunk?: Buffer): boolean {
  try {
    utf8.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false
  }
}
