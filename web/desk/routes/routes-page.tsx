/** Routes. */
export function RoutesPage() {
  return null
}
