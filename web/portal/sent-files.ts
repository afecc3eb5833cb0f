import type { ReceivedFile } from '../../server/platform/files.ts'

/**
 * The same file of the same form keeps the id it got first. Without it a second press, which sends the files anew,
 * would look like another appeal under the same key.
 */
export function oncePerForm(nonce: string, files: readonly ReceivedFile[]): ReceivedFile[] {
  const before = forms.get(nonce) ?? new Map<string, ReceivedFile>()
  forms.delete(nonce)
  if (files.length > 0 || before.size > 0) forms.set(nonce, before)
  const eldest = forms.keys().next()
  if (forms.size > most && !eldest.done) forms.delete(eldest.value)
  return files.map((file) => {
    const key = `${file.sha256} ${file.name}`
    const known = before.get(key) ?? file
    before.set(key, known)
    return known
  })
}

/** Forms sent lately, the eldest first; presses follow each other within seconds. */
const forms = new Map<string, Map<string, ReceivedFile>>()
const most = 2_000
