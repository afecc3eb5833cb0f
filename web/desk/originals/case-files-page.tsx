/** Case files. */
export function CaseFilesPage() {
  return null
}
