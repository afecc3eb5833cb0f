import { sql, type RawBuilder } from 'kysely'

/** The most hits of the word index that are sorted; above it the newest are walked on instead. */
export const commonWord = 5_000

/** Every word, in its Russian forms or as a beginning; Kazakh endings are dropped for the beginning. */
export function wordsQuery(text: string): RawBuilder<unknown> | undefined {
  const words = text.normalize('NFC').toLowerCase().match(/[\p{L}\p{N}@.+_-]*[\p{L}\p{N}]/gu)?.slice(0, 8) ?? []
  const phone = text.replace(/\D/g, '')
  if (phone.length >= 10) return sql`to_tsquery('simple', ${`'+7${phone.slice(-10)}' | '${phone}':*`})`
  if (words.length === 0) return undefined
  const parts = words.map((word) =>
    sql`(plainto_tsquery('russian', ${word}) || to_tsquery('simple', ${`'${beginning(word).replace(/['\\]/g, '')}':*`}))`)
  return sql.join(parts, sql` && `)
}

const kazakhLetters = /[әғқңөұүһі]/
const kazakhEndings = /(?:лар|лер|дар|дер|тар|тер)?(?:ым|ім|ың|ің|ымыз|іміз|ыңыз|іңіз|ы|і|сы|сі)?(?:ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|на|не|ны|ні|ды|ді|ты|ті|нан|нен|дан|ден|тан|тен|да|де|та|те|мен|бен|пен)?$/

function beginning(word: string): string {
  if (!kazakhLetters.test(word)) return word
  const stem = word.replace(kazakhEndings, '')
  return stem.length >= 4 ? stem : word
}
