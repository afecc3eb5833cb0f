/** Asks again until the answer is there; fails with the last one. */
export async function until<T>(ask: () => Promise<T | undefined | false>, within = 10_000): Promise<T> {
  for (const end = Date.now() + within; ;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`waited ${within} ms in vain`)
    await new Promise((done) => setTimeout(done, 25))
  }
}
