import { Worker } from 'node:worker_threads'
import type { PaperData, PaperName } from './papers.ts'

/** Sets papers with Typst, one after another, in a thread of its own: a long journal keeps nobody waiting for a page. */
export type Typesetter = {
  /** The paper as PDF/A-2b. Rejects with the template's name and what the compiler said. */
  readonly typeset: <N extends PaperName>(paper: N, data: PaperData[N]) => Promise<Uint8Array>
  readonly stop: () => Promise<void>
}

type Answer = { readonly id: number; readonly pdf?: Uint8Array; readonly error?: string }
type Waiting = { readonly resolve: (pdf: Uint8Array) => void; readonly reject: (error: Error) => void }

/** The thread is started by the first paper; if it dies, what it was asked is refused and the next paper starts another. */
export function openTypesetter(): Typesetter {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0

  function start(): Worker {
    const started = new Worker(new URL('./typeset-worker.ts', import.meta.url))
    started.unref()
    started.on('message', ({ id, pdf, error }: Answer) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (pdf) asked?.resolve(pdf)
      else asked?.reject(new Error(error))
    })
    started.on('error', () => {})
    started.on('exit', () => {
      if (worker === started) worker = undefined
      for (const { reject } of waiting.values()) reject(new Error('the typesetter ended before the paper was done'))
      waiting.clear()
    })
    return started
  }

  return {
    typeset: (paper, data) => new Promise((resolve, reject) => {
      worker ??= start()
      const id = ++last
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, paper, data: JSON.stringify(data) })
    }),
    async stop() {
      await worker?.terminate()
    },
  }
}
