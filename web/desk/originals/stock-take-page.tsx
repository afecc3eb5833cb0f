/** A stock-take. */
export function StockTakePage() {
  return null
}
