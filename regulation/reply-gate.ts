import { replyText } from './reply-document.ts'
import type { Language } from './vocabulary.ts'

/**
 * What is looked at before an answer leaves: each finding is mended, or sent all the same with a reason that is recorded.
 * Every question answered, the applicant's language, attachments that the text promises, how to appeal, nobody else's data.
 */
export const findingKinds = ['question_unanswered', 'wrong_language', 'attachment_missing', 'no_way_to_appeal', 'foreign_data'] as const
export type FindingKind = (typeof findingKinds)[number]
export type Finding = { readonly kind: FindingKind; readonly detail?: string | undefined }

export type GateFacts = {
  readonly reply: string
  /** The language the applicant wrote in. */
  readonly language: Language
  /** What the appeal asks, as whoever answers listed it, and whether the reply answers it. */
  readonly questions: readonly { readonly text: string; readonly answered: boolean }[]
  readonly attachments: number
  readonly applicant: {
    readonly phone?: string | undefined
    readonly email?: string | undefined
    readonly identifier?: string | undefined
    readonly account?: string | undefined
  }
  /** Numbers of the appeal and of its organizations' telephones: figures that may stand in the reply. */
  readonly known: readonly string[]
}

export function checkReply({ reply, language, questions, attachments, applicant, known }: GateFacts): Finding[] {
  const text = replyText(reply)
  const lower = text.toLowerCase()
  return [
    ...questions.filter((question) => !question.answered).map((question): Finding => ({ kind: 'question_unanswered', detail: question.text })),
    ...(languageOf(text) !== undefined && languageOf(text) !== language ? [{ kind: 'wrong_language' } as const] : []),
    ...(attachments === 0 && promisesAttachment.test(lower) ? [{ kind: 'attachment_missing' } as const] : []),
    ...(tellsHowToAppeal.test(lower) ? [] : [{ kind: 'no_way_to_appeal' } as const]),
    ...foreignData(text, applicant, known).map((detail): Finding => ({ kind: 'foreign_data', detail })),
  ]
}

/** «в приложении», «прилагается», «қосымша», «тіркелді» */
const promisesAttachment = /(?:прилага|приложен|во вложени|қоса беріл|қосымшада|тіркелді|тіркелген)/
/** «вправе обжаловать», «шағымдануға құқылы» */
const tellsHowToAppeal = /(?:обжалов|шағымдан|шағым жас|шағым бер)/

/** Kazakh by its own letters; of a text too short to tell nothing is said. */
export function languageOf(text: string): Language | undefined {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  if (words.length < 6) return undefined
  const kazakh = words.filter((word) => /[әғқңөұүһі]/.test(word)).length
  return kazakh / words.length > 0.2 ? 'kk' : 'ru'
}

/** Numbers of persons, telephones, addresses of e-mail that are not the applicant's own: somebody else's, until a person says otherwise. */
function foreignData(text: string, applicant: GateFacts['applicant'], known: readonly string[]): string[] {
  const own = [applicant.phone, applicant.identifier, applicant.account, ...known].filter(Boolean).map((one) => digits(one!))
  const figures = [...text.matchAll(/(?<!\d)(?:\d{12}|(?:\+7|8)[\s(]*7\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2})(?!\d)/g)].map(([found]) => found.trim())
  const addresses = [...text.matchAll(/[\w.+-]+@[\w-]+\.[\w.]+/g)].map(([found]) => found.replace(/\.$/, ''))
  return [
    ...figures.filter((figure) => !own.some((one) => one.endsWith(digits(figure).slice(-10)))),
    ...addresses.filter((address) => ![applicant.email, ...known].some((one) => one?.toLowerCase() === address.toLowerCase())),
  ].filter((one, i, all) => all.indexOf(one) === i)
}
const digits = (text: string): string => text.replace(/\D/g, '')
