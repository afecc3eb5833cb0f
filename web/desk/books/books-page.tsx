/** Review books. */
export function BooksPage() {
  return null
}
