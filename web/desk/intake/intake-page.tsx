/** The queue of what channels brought. */
export function IntakePage() {
  return null
}
