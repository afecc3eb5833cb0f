/** Does all of it, `width` at a time; fails with the first that fails. */
export async function atOnce<T, R>(all: readonly T[], width: number, one: (each: T, index: number) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  let next = 0
  await Promise.all(Array.from({ length: Math.min(width, all.length) }, async () => {
    for (let i = next++; i < all.length; i = next++) done[i] = await one(all[i]!, i)
  }))
  return done
}
