import { checkBin, checkEmail, checkIin, checkPhone } from './identifiers.ts'
import type { Fault, RefusalCode } from './refusals.ts'
import { answerWays, appealKinds, applicantGroups, type AnswerWay, type AppealKind, type ApplicantGroup } from './vocabulary.ts'

/** The fields of a registered paper, п. 4.2, with the longest each may be, in characters. */
export const paperFields = {
  lastName: { max: 80 }, firstName: { max: 80 }, middleName: { max: 80 }, companyName: { max: 200 },
  outgoingNumber: { max: 60 }, outgoingOn: { max: 10 },
  address: { max: 300 }, phone: { max: 40 }, email: { max: 254 }, identifier: { max: 20 }, account: { max: 30 },
  subject: { max: 200 }, text: { max: 10_000 },
} as const
export type PaperField = keyof typeof paperFields

/** What п. 4.2 asks of a paper and it may not have; it is registered all the same, marked so. */
export const lacks = ['name', 'address', 'phone', 'outgoing_number', 'signature'] as const
export type Lack = (typeof lacks)[number]

/** What a registrar typed from a paper; every field may be missing or wrong. */
export type PaperInput = Readonly<Partial<Record<PaperField | 'group' | 'kind' | 'answerWay', string | undefined>>> & {
  readonly signed?: boolean | undefined
  readonly noWrittenReply?: boolean | undefined
  readonly sheets?: number | undefined
  /** The lacks the registrar has seen and registers with. */
  readonly acknowledged?: readonly Lack[] | undefined
}

export type Paper = {
  readonly group: ApplicantGroup
  /** Surname, name and patronymic, or the company's name; empty: anonymous. */
  readonly name: string
  readonly address: string
  /** E.164 */
  readonly phone?: string | undefined
  readonly email?: string | undefined
  readonly identifier?: string | undefined
  readonly account?: string | undefined
  readonly outgoingNumber?: string | undefined
  readonly outgoingOn?: Temporal.PlainDate | undefined
  readonly kind: AppealKind
  readonly subject: string
  readonly text: string
  readonly answerWay: AnswerWay
  readonly lacks: readonly Lack[]
  readonly noWrittenReply: boolean
  /** 0: there is no paper, only its scan. */
  readonly sheets: number
}

export type PaperCheck = { readonly ok: true; readonly value: Paper } | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * Checks a paper as it is registered, п. 4.2: a person of group I by surname, name and perhaps patronymic, address and
 * phone; a company of group II by its name, its outgoing number and date, and phones; signed. What the paper does not
 * say is a lack, to be acknowledged; what is said wrongly is a fault at its field. Today: the local day.
 */
export function checkPaper(input: PaperInput, today: Temporal.PlainDate): PaperCheck {
  const faults: Fault[] = []
  const fail = (field: string, code: RefusalCode, details?: Fault['details']) => { faults.push({ field, code, details }) }
  const line = (field: PaperField): string => {
    const text = (input[field] ?? '').normalize('NFC').replace(/\r\n?/g, '\n')
    const tidy = (field === 'text' ? text : text.replace(/\s+/g, ' ')).trim()
    const { max } = paperFields[field]
    if ([...tidy].length > max) fail(field, 'field_too_long', { max })
    else if (forbidden.test(tidy)) fail(field, 'bad_characters')
    return tidy
  }
  const choice = <T extends string>(field: 'group' | 'kind' | 'answerWay', words: readonly T[], otherwise?: T): T => {
    const word = input[field] || otherwise
    if (!word) fail(field, 'field_missing')
    else if (!words.includes(word as T)) fail(field, 'field_invalid')
    return word as T
  }
  const read = (field: 'phone' | 'email' | 'identifier', check: (text: string) => { ok: boolean; value?: string }, code: RefusalCode): string | undefined => {
    const text = line(field)
    if (!text) return undefined
    const checked = check(text)
    if (!checked.ok) fail(field, code)
    return checked.value
  }

  const group = choice('group', applicantGroups, 'person')
  const company = group === 'company'
  const name = company ? line('companyName') : [line('lastName'), line('firstName'), line('middleName')].filter(Boolean).join(' ')
  const address = line('address')
  const phone = read('phone', checkPhone, 'bad_phone')
  const email = read('email', checkEmail, 'bad_email')
  const identifier = read('identifier', (text) => {
    const iin = checkIin(text)
    return !company || iin.ok ? iin : checkBin(text)
  }, company ? 'bad_bin' : 'bad_iin')
  const kind = choice('kind', appealKinds)
  const subject = line('subject')
  const answerWay = choice('answerWay', answerWays, 'post')
  const outgoingOn = readDay(line('outgoingOn'))
  if (outgoingOn === 'wrong') fail('outgoingOn', 'field_invalid')
  else if (outgoingOn && Temporal.PlainDate.compare(outgoingOn, today) > 0) fail('outgoingOn', 'date_in_future')
  if (!subject) fail('subject', 'field_missing')
  if (answerWay === 'email' && !input.email?.trim()) fail('email', 'email_needed')
  if (answerWay === 'phone' && !input.phone?.trim()) fail('phone', 'phone_needed')
  const sheets = input.sheets ?? 1
  if (!Number.isInteger(sheets) || sheets < 0 || sheets > 999) fail('sheets', 'field_invalid')

  const outgoingNumber = line('outgoingNumber')
  const account = line('account')
  const text = line('text')
  const found = lacks.filter((lack) => ({
    name: company ? !name : !line('lastName') || !line('firstName'), address: !company && !address, phone: !phone,
    outgoing_number: company && (!outgoingNumber || !outgoingOn), signature: input.signed !== true,
  })[lack])
  if (faults.length === 0 && found.some((lack) => !input.acknowledged?.includes(lack))) {
    for (const lack of found) if (!input.acknowledged?.includes(lack)) fail('acknowledged', 'lacks_unacknowledged', { lack })
  }
  if (faults.length > 0) return { ok: false, faults: faults.filter((one, i) => faults.findIndex((other) => sameFault(one, other)) === i) }
  return {
    ok: true,
    value: {
      group, name, address, phone, email, identifier, kind, subject, text, answerWay, sheets, lacks: found,
      account: account || undefined, outgoingNumber: outgoingNumber || undefined,
      outgoingOn: outgoingOn as Temporal.PlainDate | undefined, noWrittenReply: input.noWrittenReply === true,
    },
  }
}

/** «Сергеев Пётр Ильич» typed into the first field, parted. */
export function partName(text: string): { lastName: string; firstName: string; middleName: string } {
  const [lastName = '', firstName = '', ...rest] = text.trim().split(/\s+/)
  return { lastName, firstName, middleName: rest.join(' ') }
}

const forbidden = /[\u0000-\u0008\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|\p{Surrogate}/u

function readDay(text: string): Temporal.PlainDate | 'wrong' | undefined {
  if (!text) return undefined
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return 'wrong'
  }
}

const sameFault = (a: Fault, b: Fault): boolean => a.field === b.field && a.code === b.code && a.details?.['lack'] === b.details?.['lack']
