import { buffer } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import { Refusal } from '../../regulation/refusals.ts'
import type { Files } from './files.ts'

/** What a scan is read from: a stored file, or bytes that were only just made. */
export type ScannedFile = { readonly mediaType: string } & ({ readonly id: string } | { readonly bytes: Uint8Array })

/**
 * Pages of scans as pictures, whatever the scan was made as: PDF, JPEG, PNG, WebP, TIFF of several pages, HEIC. Decoding
 * what strangers send happens in a thread of its own, with a time limit; what cannot be decoded is refused.
 */
export type PagePictures = {
  readonly count: (file: ScannedFile) => Promise<number>
  /** Page `n` (from 1) as JPEG, the right way up and then turned clockwise by `turn` degrees, at most `width` pixels wide. */
  readonly page: (file: ScannedFile, n: number, wanted: { readonly width: number; readonly turn?: Turn }) => Promise<Uint8Array>
  readonly stop: () => Promise<void>
}

export const turns = [0, 90, 180, 270] as const
export type Turn = (typeof turns)[number]

/** Longest that one page may take, in ms. */
const patience = 20_000
/** Most that made pages may take in memory, in bytes. */
const cacheLimit = 48 * 1024 * 1024

const scannable = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/tiff', 'image/heic'])
export const isScan = (mediaType: string): boolean => scannable.has(mediaType)

type Asked = { readonly mediaType: string; readonly n?: number; readonly width?: number; readonly turn?: Turn }
type Answer = { readonly id: number; readonly count?: number; readonly picture?: Uint8Array; readonly error?: string }

export function openPagePictures(files: Pick<Files, 'open'>): PagePictures {
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  const made = new Map<string, Uint8Array>()
  let worker: Worker | undefined
  let last = 0

  function start(): Worker {
    const started = new Worker(new URL('./page-pictures-worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 512 } })
    started.unref()
    started.on('message', (answer: Answer) => {
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.error === undefined) asked?.resolve(answer)
      else asked?.reject(new Error(answer.error))
    })
    started.on('error', () => {})
    started.on('exit', () => {
      if (worker === started) worker = undefined
      for (const { reject } of waiting.values()) reject(new Error('ended'))
      waiting.clear()
    })
    return started
  }

  async function ask(file: ScannedFile, what: Omit<Asked, 'mediaType'>): Promise<Answer> {
    if (!isScan(file.mediaType)) throw new Refusal('not_found')
    const bytes = 'bytes' in file ? file.bytes : await buffer((await files.open(file.id)).stream)
    worker ??= start()
    const asked = worker
    const id = ++last
    const late = setTimeout(() => void asked.terminate(), patience)
    try {
      return await new Promise<Answer>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        asked.postMessage({ id, bytes, mediaType: file.mediaType, ...what })
      })
    } catch {
      throw new Refusal('page_unreadable')
    } finally {
      clearTimeout(late)
    }
  }

  function remember(key: string, picture: Uint8Array): void {
    made.set(key, picture)
    let size = [...made.values()].reduce((sum, one) => sum + one.length, 0)
    for (const [oldest, one] of made) {
      if (size <= cacheLimit) return
      made.delete(oldest)
      size -= one.length
    }
  }

  return {
    async count(file) {
      return (await ask(file, {})).count!
    },
    async page(file, n, { width, turn = 0 }) {
      const key = 'id' in file ? `${file.id} ${n} ${width} ${turn}` : undefined
      const known = key && made.get(key)
      if (known) return known
      const { picture } = await ask(file, { n, width, turn })
      if (key) remember(key, picture!)
      return picture!
    },
    async stop() {
      await worker?.terminate()
    },
  }
}
