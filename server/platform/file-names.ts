import { endingOf } from './file-kinds.ts'

/** The most signs a name may have, its ending included. */
const longest = 150

/**
 * A name that is safe to store, to show and to download: no folders, no control or direction signs, nothing a file
 * system takes amiss, and the ending of what the file is (`endings`, the usual one first).
 */
export function safeName(given: string, endings: readonly string[]): string {
  const plain = given.slice(-1_000).normalize('NFC').replace(/\p{C}/gu, '').replace(/\s+/g, ' ')
  const base = (plain.split(/[/\\]/).at(-1) ?? '').replace(/[<>:"|?*]/g, '_').replace(/^[. ]+|[. ]+$/g, '')
  const ending = endingOf(base)
  const right = endings.includes(ending)
  const stem = right ? base.slice(0, -(ending.length + 1)).replace(/[. ]+$/, '') : base
  const kept = [...(stem || 'file')].slice(0, longest - 12).join('')
  const named = reserved.test(kept) ? `_${kept}` : kept
  return `${named}.${right ? ending : endings[0]}`
}

/** A name to say in a refusal, before anything is known about the file. */
export const shownName = (given: string): string =>
  [...(given.slice(-1_000).normalize('NFC').replace(/\p{C}/gu, '').split(/[/\\]/).at(-1)?.trim() || 'file')].slice(0, longest).join('')

/** Names that Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i
