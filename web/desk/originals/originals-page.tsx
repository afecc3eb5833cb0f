/** Originals. */
export function OriginalsPage() {
  return null
}
