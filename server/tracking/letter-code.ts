import type { AppealId, Language } from '../../regulation/vocabulary.ts'
import type { Config } from '../config.ts'
import { mac, verifyMac } from '../platform/sign.ts'

/**
 * The word in a letter's QR code: the appeal, the step that issued the letter, and a mark of ours, so that nobody can
 * ask for letters by counting. It opens nothing but the page that says whether the letter is genuine.
 */
export const letterCode = (config: Config, appeal: AppealId, seq: number): string => `${appeal}-${seq}-${mac(config.secret, 'letter', `${appeal}-${seq}`, 8)}`

export const letterUrl = (config: Config, language: Language, appeal: AppealId, seq: number): string =>
  `${config.publicUrl}/${language}/letter/${letterCode(config, appeal, seq)}`

/** What a code names; undefined: we never gave it out. */
export function readLetterCode(config: Config, code: string): { appeal: AppealId; seq: number } | undefined {
  const [, appeal, seq, mark] = /^(\d{1,15})-(\d{1,6})-([\w]+)$/.exec(code.trim()) ?? []
  if (!appeal || !seq || !mark || !verifyMac(config.secret, 'letter', `${appeal}-${seq}`, mark, 8)) return undefined
  return { appeal: Number(appeal), seq: Number(seq) }
}
