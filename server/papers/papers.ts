import type { Block } from '../../regulation/reply-document.ts'
import type { Language } from '../../regulation/vocabulary.ts'

/** Every paper, and what its template is given; days and moments as they are to be read, in the paper's language. */
export type PaperData = {
  /** Appendix 3, 4 and 5 of the regulation; what is absent is left to be written by hand. */
  appeal_form: AppealForm
  /** п. 4.4 */
  slip: Slip
  /** п. 4.3: the journal as clerks print it. */
  journal: JournalPrint
  /** Appendix 6: a page of the review book. */
  book_page: BookPage
  /** п. 4.7–4.8, 7.8: lists to be signed: a hand-over, a stock-take, a case file, an act of destruction. */
  register: RegisterPrint
  /** п. 7.6: the reply on the letterhead. */
  letter: LetterPrint
  /** п. 7.7: envelopes of posted letters. */
  envelopes: EnvelopeSheet
  /** п. 11.3.1: bills of a month, each on a sheet of its own. */
  bill: BillSheets
  /** п. 11.3.1: an account's months. */
  ledger_card: LedgerCardPrint
  /** п. 4.7: labels for papers. */
  labels: LabelSheet
}
export type PaperName = keyof PaperData

export type AppealForm = {
  readonly form: 3 | 4 | 5
  readonly organization?: string
  readonly director?: string
  readonly name?: string
  readonly address?: string
  readonly phone?: string
  readonly email?: string
  /** Which of the two words of forms 4 and 5 is underlined. */
  readonly word?: 'first' | 'second'
  readonly text?: string
  /** Form 3: no written reply is needed if the application is granted. */
  readonly noWrittenReply?: boolean
  readonly day?: string
  readonly month?: string
  readonly year?: string
  /** Printed at the foot of a registered appeal: its number and day. */
  readonly registered?: string
}

export type Slip = {
  readonly language: Language
  readonly organization: string
  readonly number: string
  readonly date: string
  readonly time: string
  readonly acceptedBy: string
  readonly subject: string
  readonly sheets?: number
  readonly dueOn: string
  readonly phone: string
  /** An SVG picture. */
  readonly qr: string
  readonly url: string
}

export type JournalPrint = {
  readonly language: Language
  readonly title: string
  readonly organization: string
  readonly period: string
  readonly printed: string
  readonly columns: readonly string[]
  readonly rows: readonly {
    /** Cells in the order of the columns. */
    readonly cells: readonly string[]
    /** `annulled`: struck through; `reserved`: grey. The reason stands in the cells. */
    readonly mark?: 'annulled' | 'reserved'
  }[]
}

export type BookPage = {
  readonly organization: string
  readonly place: string
  readonly title: string
  readonly openedOn?: string
  /** Absent: a blank page. */
  readonly entries?: readonly {
    readonly n: number
    readonly writtenAt: string
    readonly applicant: string
    readonly text: string
    readonly measures: string
    readonly reply: string
  }[]
}

export type RegisterPrint = {
  readonly language: Language
  readonly organization: string
  readonly title: string
  readonly subtitle?: string
  readonly printed: string
  /** On its side. */
  readonly wide?: boolean
  /** The outside of a case file, on a sheet of its own. */
  readonly cover?: { readonly unit: string; readonly index: string; readonly title: string; readonly dates: string; readonly lines: readonly string[] }
  /** «УТВЕРЖДАЮ» */
  readonly approval?: { readonly word: string; readonly who: string; readonly name: string; readonly date: string }
  readonly facts: readonly (readonly [name: string, words: string])[]
  readonly text?: string
  /** A column is so many millimetres wide, or takes its part of what is left. */
  readonly columns: readonly ({ readonly name: string; readonly mm: number } | { readonly name: string; readonly part?: number })[]
  readonly rows: readonly (readonly string[])[]
  readonly sum?: string
  readonly signatures: readonly { readonly role: string; readonly name: string }[]
}

export type LabelSheet = {
  readonly title: string
  readonly labels: readonly {
    readonly number: string
    readonly date: string
    readonly organization: string
    readonly sheets: string
    readonly code: string
    /** An SVG picture. */
    readonly qr: string
  }[]
}

export type LetterPrint = {
  readonly language: Language
  readonly organization: { readonly kk: string; readonly ru: string; readonly addressKk: string; readonly addressRu: string; readonly phone: string; readonly email: string; readonly bin: string }
  /** The organization's instruction of record keeping, whose form this is. */
  readonly instruction: string
  /** Empty on a draft. */
  readonly number: string
  readonly date: string
  readonly incoming: { readonly number: string; readonly date: string }
  readonly addressee: readonly string[]
  readonly body: readonly Block[]
  readonly signatory: { readonly title: string; readonly name: string }
  readonly executor: { readonly name: string; readonly phone: string }
  readonly draft?: boolean
  /** An SVG picture: the page that says whether the letter is genuine. */
  readonly qr?: string
}

export type EnvelopeSheet = {
  readonly title: string
  readonly envelopes: readonly { readonly from: string; readonly fromAddress: string; readonly to: string; readonly toAddress: string; readonly number: string }[]
}

/** Words come in beside what they name: the template knows none. Sums and quantities as they are to be read. */
export type BillSheets = {
  readonly language: Language
  readonly title: string
  readonly organization: { readonly name: string; readonly address: string; readonly phone: string }
  readonly month: string
  readonly dueBy: string
  readonly account: string
  readonly charges: { readonly title: string; readonly columns: readonly string[] }
  readonly balances: { readonly title: string; readonly columns: readonly string[]; readonly total: string }
  readonly payees: { readonly title: string; readonly columns: readonly string[] }
  readonly meters: string
  readonly cabinet: { readonly title: string; readonly code: string; readonly url: string }
  readonly qrHint: string
  readonly bills: readonly BillPrint[]
}
export type BillPrint = {
  readonly number: string
  readonly facts: readonly (readonly [name: string, words: string])[]
  /** In tenge; `note` where nothing is to be paid. */
  readonly due: string
  readonly note?: string
  readonly lines: readonly {
    readonly service: string
    /** How its quantity came about. */
    readonly how: string
    readonly unit: string
    /** Reading and its day, line by line. */
    readonly previous: readonly string[]
    readonly current: readonly string[]
    readonly quantity: string
    /** Empty where there are several: they stand in `parts`. */
    readonly price: string
    readonly net: string
    readonly vat: string
    readonly sum: string
    /** Tiers or zones that make it up. */
    readonly parts: readonly { readonly name: string; readonly quantity: string; readonly price: string; readonly net: string }[]
  }[]
  readonly services: readonly (readonly string[])[]
  readonly total: readonly string[]
  /** What was paid and recalculated, a sentence each. */
  readonly remarks: readonly (readonly [name: string, words: string])[]
  readonly meters: readonly { readonly name: string; readonly verification: string; readonly warning?: string }[]
  readonly payees: readonly (readonly string[])[]
  /** How to link the account; absent for those who may not give it on. */
  readonly cabinet?: { readonly how: string; readonly code: string }
  /** An SVG picture; absent where nothing is to be paid. */
  readonly qr?: string
}

export type LedgerCardPrint = {
  readonly language: Language
  readonly organization: string
  readonly title: string
  readonly span: string
  readonly printed: string
  readonly facts: readonly (readonly [name: string, words: string])[]
  readonly columns: readonly string[]
  readonly rows: readonly { readonly cells: readonly string[]; readonly mark?: 'month' | 'total' }[]
  readonly notes: readonly string[]
}
