/**
 * Numbers of a journal. A format is text with places in braces: `{n}` the number in its series, padded with zeros
 * by `{n:5}`; `{yyyy}` or `{yy}` the year of the series; `{unit}` the code of the organization or unit that keeps
 * the journal. `ВХ-{unit}-{n:5}` gives ВХ-СЭС-00012, `{yyyy}-{n:6}` gives 2026-000123.
 */
export type NumberParts = { readonly n: number; readonly year: number; readonly unit?: string | undefined }

export type FormatFault = 'no_n' | 'repeated_n' | 'unknown_place' | 'bad_width' | 'stray_brace' | 'too_long'

/** What is wrong with a format; undefined: it is good. Configuration is checked with it when it is read. */
export function formatFault(format: string): FormatFault | undefined {
  const places = [...format.matchAll(place)]
  if (/[{}]/.test(format.replace(place, ''))) return 'stray_brace'
  if (places.some(([, name]) => !known.includes(name ?? ''))) return 'unknown_place'
  const widths = places.filter(([, , width]) => width !== undefined)
  if (widths.some(([, name, width]) => name !== 'n' || !/^[1-9]$/.test(width!))) return 'bad_width'
  const counts = places.filter(([, name]) => name === 'n').length
  if (counts !== 1) return counts === 0 ? 'no_n' : 'repeated_n'
  return format.length > 60 ? 'too_long' : undefined
}

/** Writes one number. The format is taken as good (`formatFault`); a missing unit leaves its place empty. */
export function formatNumber(format: string, { n, year, unit = '' }: NumberParts): string {
  return format.replace(place, (text, name: string, width: string | undefined) => {
    if (name === 'n') return String(n).padStart(Number(width ?? 1), '0')
    if (name === 'yyyy') return String(year).padStart(4, '0')
    if (name === 'yy') return String(year % 100).padStart(2, '0')
    return name === 'unit' ? unit : text
  })
}

/**
 * The key by which a number is kept and looked for, the same for every spelling: case, spaces, dashes, slashes,
 * `№` and leading zeros do not count; Latin and Kazakh letters stand for the Russian ones they look like or are typed
 * as; the year may be run together with the rest. « № вх/сэс 12 », `BX-CЭC-00012` and ВХ-СЭС-00012 all give ВХСЭС12.
 * The key of a number's beginning is the beginning of its key, so that typing finds it by prefix. Numbers that differ
 * may share a key: it finds, it does not identify.
 */
export function normalizeNumber(text: string): string {
  const tokens = text.normalize('NFC').toUpperCase().match(/\p{L}+|[0-9]+/gu) ?? []
  const named = tokens.length > 1 && sayNumber.includes(tokens[0]!) ? tokens.slice(1) : tokens
  let key = ''
  for (const token of named) key += /[0-9]/.test(token) ? digitsAfter(key, token) : cyrillic(token)
  return key
}

const place = /\{([a-z]+)(?::([^{}]*))?\}/g
const known = ['n', 'yyyy', 'yy', 'unit']

/** Words for «№» that people put before a number. */
const sayNumber = ['N', 'NO', 'НОМЕР', 'НӨМІР', 'НӨМІРІ']

/** A year typed together with the number is parted from it: 2026000123 → 2026-123. */
function digitsAfter(key: string, digits: string): string {
  const split = /^(20[0-9]{2})([0-9]{5,})$/.exec(digits)
  const groups = split ? split.slice(1) : [digits]
  return groups.reduce((text, group) => text + (/[0-9]$/.test(key + text) ? '-' : '') + group.replace(/^0+/, ''), '')
}

const lookAlikes: Readonly<Record<string, string>> = {
  A: 'А', B: 'В', C: 'С', E: 'Е', H: 'Н', I: 'И', K: 'К', M: 'М', O: 'О', P: 'Р', T: 'Т', X: 'Х', Y: 'У',
  Ё: 'Е', Й: 'И', Ә: 'А', Ғ: 'Г', І: 'И', Қ: 'К', Ң: 'Н', Ө: 'О', Ұ: 'У', Ү: 'У', Һ: 'Н',
}

const cyrillic = (letters: string): string => letters.replace(/./gu, (letter) => lookAlikes[letter] ?? letter)
