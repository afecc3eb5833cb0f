import { checkBin, checkEmail, checkIin, checkPhone } from './identifiers.ts'
import type { Fault, RefusalCode } from './refusals.ts'
import { appealKinds, applicantGroups, feedbackAnswerWays, type AnswerWay, type AppealKind, type ApplicantGroup } from './vocabulary.ts'

/** The feedback form exactly as п. 11.6.3–4 lists it, with the longest each field may be, in characters. */
export const feedbackFields = {
  name: { max: 200 },
  address: { max: 300 },
  email: { max: 254 },
  phone: { max: 40 },
  identifier: { max: 20 },
  subject: { max: 200 },
  text: { max: 10_000 },
} as const

/** What a person typed; every field may be missing or wrong. */
export type FeedbackInput = Readonly<Partial<Record<
  'group' | 'name' | 'address' | 'email' | 'phone' | 'identifier' | 'kind' | 'subject' | 'text' | 'answerWay', string | undefined
>>> & { readonly consent?: boolean | undefined }

export type Feedback = {
  readonly group: ApplicantGroup
  readonly name: string
  readonly address: string
  /** Normalized; absent where the applicant wants a call and left none. */
  readonly email?: string | undefined
  /** E.164 */
  readonly phone?: string | undefined
  /** ИИН of a person or БИН of a company, where given */
  readonly identifier?: string | undefined
  readonly kind: AppealKind
  readonly subject: string
  readonly text: string
  readonly answerWay: AnswerWay
}

export type FeedbackCheck = { readonly ok: true; readonly value: Feedback } | { readonly ok: false; readonly faults: readonly Fault[] }

/** Checks the whole form at once, so that every fault is told together, each at its field. */
export function checkFeedback(input: FeedbackInput): FeedbackCheck {
  const faults: Fault[] = []
  const fail = (field: string, code: RefusalCode, details?: Fault['details']) => { faults.push({ field, code, details }) }

  const line = (field: keyof typeof feedbackFields, needed: boolean): string => {
    const text = tidy(input[field] ?? '', field === 'text')
    const { max } = feedbackFields[field]
    if (needed && text === '') fail(field, 'field_missing')
    else if ([...text].length > max) fail(field, 'field_too_long', { max })
    else if (forbidden.test(text)) fail(field, 'bad_characters')
    return text
  }
  const choice = <T extends string>(field: 'group' | 'kind' | 'answerWay', words: readonly T[], otherwise?: T): T => {
    const word = input[field] || otherwise
    if (!word) fail(field, 'field_missing')
    else if (!words.includes(word as T)) fail(field, 'field_invalid')
    return word as T
  }

  const group = choice('group', applicantGroups, 'person')
  const name = line('name', true)
  const address = line('address', true)
  const email = line('email', false)
  const phone = line('phone', false)
  const identifier = line('identifier', false)
  const kind = choice('kind', appealKinds)
  const subject = line('subject', true)
  const text = line('text', true)
  const answerWay = choice('answerWay', feedbackAnswerWays)
  if (input.consent !== true) fail('consent', 'consent_needed')

  const goodEmail = email && !faultAt(faults, 'email') ? checkEmail(email) : undefined
  if (goodEmail && !goodEmail.ok) fail('email', 'bad_email')
  if (!email && answerWay === 'email') fail('email', 'email_needed')

  const goodPhone = phone && !faultAt(faults, 'phone') ? checkPhone(phone) : undefined
  if (goodPhone && !goodPhone.ok) fail('phone', 'bad_phone')
  if (!phone && answerWay === 'phone') fail('phone', 'phone_needed')

  const goodIdentifier = identifier && !faultAt(faults, 'identifier')
    ? checkIdentifier(group, identifier) : undefined
  if (goodIdentifier && !goodIdentifier.ok) fail('identifier', group === 'company' ? 'bad_bin' : 'bad_iin')

  if (faults.length > 0) return { ok: false, faults }
  return {
    ok: true,
    value: {
      group, name, address, kind, subject, text, answerWay,
      email: goodEmail?.ok ? goodEmail.value : undefined,
      phone: goodPhone?.ok ? goodPhone.value : undefined,
      identifier: goodIdentifier?.ok ? goodIdentifier.value : undefined,
    },
  }
}

/** A person has an ИИН; a company a БИН, but a sole entrepreneur is a company with an ИИН. */
function checkIdentifier(group: ApplicantGroup, text: string) {
  const iin = checkIin(text)
  return group === 'person' || iin.ok ? iin : checkBin(text)
}

/** Control characters but tab and line feed, the bidirectional overrides, and halves of broken pairs. */
const forbidden = /[\u0000-\u0008\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|\p{Surrogate}/u

function tidy(value: string, lines: boolean): string {
  const text = value.normalize('NFC').replace(/\r\n?/g, '\n')
  return (lines ? text : text.replace(/\s+/g, ' ')).trim()
}

const faultAt = (faults: readonly Fault[], field: string): boolean => faults.some((fault) => fault.field === field)
