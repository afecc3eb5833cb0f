/** One review book. */
export function BookPage() {
  return null
}
