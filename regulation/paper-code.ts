import type { AppealId } from './vocabulary.ts'

/**
 * The code on a paper's label: thirteen digits, as shops mark their own goods (EAN-13, prefix 20), so that any scanner
 * reads it and no keyboard layout spoils it. Ten digits of it are the appeal's id.
 */
export function paperCode(id: AppealId): string {
  const body = `20${String(id).padStart(10, '0')}`
  return body + checkDigit(body)
}

/** What a scanner or a person put in: a label's code, a slip's link, or a number. */
export type PaperSought =
  | { readonly id: AppealId }
  | { readonly number: string; readonly code?: string | undefined }
export function readPaperCode(given: string): PaperSought {
  const text = given.trim()
  if (/^20\d{11}$/.test(text) && checkDigit(text.slice(0, 12)) === text[12]) return { id: Number(text.slice(2, 12)) }
  const link = /\/track\/([^/?#]+)\/([^/?#]+)/.exec(text)
  if (link) return { number: decoded(link[1]!), code: link[2]! }
  return { number: text }
}

function checkDigit(body: string): string {
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
