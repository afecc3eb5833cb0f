export type Measured = { readonly perSecond: number; readonly p95: number }

/** So many clients, each doing the work over and over for so many seconds, after a short warm-up. */
export async function run(clients: number, seconds: number, work: () => Promise<unknown>): Promise<Measured> {
  await loop(clients, 500, work)
  const times = await loop(clients, seconds * 1_000, work)
  const sorted = times.toSorted((a, b) => a - b)
  return { perSecond: times.length / seconds, p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0 }
}

async function loop(clients: number, ms: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  const end = performance.now() + ms
  await Promise.all(Array.from({ length: clients }, async () => {
    while (performance.now() < end) {
      const start = performance.now()
      await work()
      times.push(performance.now() - start)
    }
  }))
  return times
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
