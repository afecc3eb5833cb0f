type Work = () => Promise<unknown>

/** Times a second of two works, in turns, so that what else the machine does falls on both; the median of the rounds. */
export async function rates(clients: number, a: Work, b: Work): Promise<[number, number]> {
  const took: [number[], number[]] = [[], []]
  await perSecond(clients, 0.5, a)
  await perSecond(clients, 0.5, b)
  for (let round = 0; round < rounds; round++) {
    took[0].push(await perSecond(clients, seconds, a))
    took[1].push(await perSecond(clients, seconds, b))
  }
  return [median(took[0]), median(took[1])]
}

/** The time in milliseconds that 95 of 100 runs keep, of two works in turns, one client; each is told which run it is. */
export async function times(a: (i: number) => Promise<unknown>, b: (i: number) => Promise<unknown>): Promise<[number, number]> {
  const took: [number[], number[]] = [[], []]
  const end = performance.now() + seconds * 2_000
  for (let i = -20; i < 100 || (performance.now() < end && i < 1_000); i++) {
    for (const [side, work] of [a, b].entries()) {
      const start = performance.now()
      await work(i + 20)
      if (i >= 0) took[side]!.push(performance.now() - start)
    }
  }
  return [p95(took[0]), p95(took[1])]
}

const seconds = Number(process.env['BENCH_SECONDS'] ?? 1.5)
const rounds = 5

async function perSecond(clients: number, length: number, work: Work): Promise<number> {
  const start = performance.now()
  const end = start + length * 1_000
  let done = 0
  await Promise.all(Array.from({ length: clients }, async () => {
    while (performance.now() < end) {
      await work()
      done += 1
    }
  }))
  return done / (performance.now() - start) * 1_000
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const p95 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)]!
