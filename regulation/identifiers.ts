/**
 * What people and companies are told apart and reached by. Every check takes what a person typed and gives the
 * one form in which it is kept, or the first thing that is wrong with it. An empty text is never right: whether
 * a field may be left empty is the form's matter (a foreigner may have no ИИН).
 */
export type Checked<Fault extends string> =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly fault: Fault }

export type NumberFault = 'characters' | 'length' | 'date' | 'century' | 'kind' | 'unusable' | 'checksum'

/**
 * ИИН, a person's 12 digits: YYMMDD of birth, the century with the sex (1–2: 18xx, 3–4: 19xx, 5–6: 20xx,
 * 0: foreigner, of any century), 4 of the series, the check digit.
 */
export function checkIin(text: string): Checked<NumberFault> {
  return twelveDigits(text, (digits) => {
    const century = centuries[Number(digits[6])]
    if (!century) return 'century'
    const [month, day] = [Number(digits.slice(2, 4)), Number(digits.slice(4, 6))]
    return century.some((years) => isDate(years + Number(digits.slice(0, 2)), month, day)) ? undefined : 'date'
  })
}

/**
 * БИН, a company's 12 digits: YYMM of registration, the kind (4 resident, 5 non-resident, 6 joint enterprise;
 * below 4 it would be the day of an ИИН), the part (head, branch…), 5 of the series, the check digit.
 */
export function checkBin(text: string): Checked<NumberFault> {
  return twelveDigits(text, (digits) => {
    const month = Number(digits.slice(2, 4))
    if (month < 1 || month > 12) return 'date'
    return Number(digits[4]) >= 4 ? undefined : 'kind'
  })
}

/**
 * A telephone of Kazakhstan as E.164, `+77XXXXXXXXX`. Takes +7, 8 or 7 before the ten digits or nothing, with
 * spaces, brackets, dashes and dots; mobile and landline with its area code (7152) alike.
 */
export function checkPhone(text: string): Checked<'characters' | 'length' | 'country'> {
  const dialled = text.trim().replace(/[\s().\u2010-\u2015\u2212-]/g, '')
  if (!/^\+?[0-9]+$/.test(dialled)) return { ok: false, fault: dialled === '' ? 'length' : 'characters' }
  const abroad = dialled.startsWith('+') && !dialled.startsWith('+7')
  if (abroad) return { ok: false, fault: 'country' }
  const digits = dialled.replace('+', '')
  const national = digits.length === 11 && /^[78]/.test(digits) ? digits.slice(1) : digits
  if (national.length !== 10 || (dialled.startsWith('+') && digits.length !== 11)) return { ok: false, fault: 'length' }
  return national.startsWith('7') ? { ok: true, value: `+7${national}` } : { ok: false, fault: 'country' }
}

/**
 * An e-mail address a mail server would take: at most 254 characters, 64 before the @, a domain of at least two
 * labels; other alphabets in the domain as punycode. The domain is given in lower case.
 */
export function checkEmail(text: string): Checked<'length' | 'syntax'> {
  const address = text.trim()
  const at = address.lastIndexOf('@')
  const [local, domain] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1).toLowerCase()]
  if (address.length > 254 || local.length > 64 || domain.length > 253) return { ok: false, fault: 'length' }
  return localPart.test(local) && domainName.test(domain)
    ? { ok: true, value: `${local}@${domain}` }
    : { ok: false, fault: 'syntax' }
}

/** A bank account of Kazakhstan (ИИК): `KZ`, two check digits, three of the bank, thirteen letters or digits; ISO 13616, modulo 97. */
export function isIban(text: string): boolean {
  if (!/^KZ\d{2}\d{3}[A-Z0-9]{13}$/.test(text)) return false
  const digits = `${text.slice(4)}${text.slice(0, 4)}`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(digits) % 97n === 1n
}

const centuries: Readonly<Record<number, readonly number[]>> = {
  0: [1900, 2000], 1: [1800], 2: [1800], 3: [1900], 4: [1900], 5: [2000], 6: [2000],
}

const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,57}[a-z0-9])$/

function twelveDigits(text: string, fault: (digits: string) => NumberFault | undefined): Checked<NumberFault> {
  const digits = text.replace(/[\s-]/g, '')
  if (!/^[0-9]*$/.test(digits)) return { ok: false, fault: 'characters' }
  if (digits.length !== 12) return { ok: false, fault: 'length' }
  const wrong = fault(digits) ?? checkFault(digits)
  return wrong ? { ok: false, fault: wrong } : { ok: true, value: digits }
}

/** The check digit: a weighted sum modulo 11; at 10 other weights; at 10 again the number is never issued. */
function checkFault(digits: string): NumberFault | undefined {
  const first = weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  const check = first === 10 ? weighted(digits, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) : first
  if (check === 10) return 'unusable'
  return check === Number(digits[11]) ? undefined : 'checksum'
}

const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  return day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth
}
