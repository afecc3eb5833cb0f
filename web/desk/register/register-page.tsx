/** The register screen. */
export function RegisterPage() {
  return null
}
