import { useEffect, useState } from 'react'
import type { Lack } from '../../../regulation/paper-form.ts'
import type { AnswerWay, AppealKind, ApplicantGroup, Language, PaperChannel } from '../../../regulation/vocabulary.ts'
import type { ScanFile } from '../scan/upload-file.ts'

/** What a registrar has typed so far; kept in the browser until it is registered, with the key under which it is sent once. */
export type PaperDraft = {
  readonly key: string
  readonly organization: string
  readonly channel: PaperChannel
  readonly language: Language
  /** Local minute, `2026-11-23T14:05`; empty: now. */
  readonly receivedAt: string
  readonly group: ApplicantGroup
  readonly lastName: string
  readonly firstName: string
  readonly middleName: string
  readonly companyName: string
  readonly outgoingNumber: string
  readonly outgoingOn: string
  readonly address: string
  readonly phone: string
  readonly email: string
  readonly identifier: string
  readonly account: string
  readonly kind: AppealKind
  readonly subject: string
  readonly text: string
  readonly sheets: number
  readonly signed: boolean
  readonly noWrittenReply: boolean
  readonly answerWay: AnswerWay
  readonly acknowledged: readonly Lack[]
  readonly reserved: string
  readonly repeatOf?: { readonly id: number; readonly number: string } | undefined
  readonly files: readonly ScanFile[]
}

export const emptyDraft = (organization: string, channel: PaperChannel): PaperDraft => ({
  key: crypto.randomUUID(), organization, channel, language: 'ru', receivedAt: '', group: 'person', lastName: '', firstName: '', middleName: '',
  companyName: '', outgoingNumber: '', outgoingOn: '', address: '', phone: '', email: '', identifier: '', account: '', kind: 'complaint', subject: '',
  text: '', sheets: 1, signed: true, noWrittenReply: false, answerWay: 'post', acknowledged: [], reserved: '', files: [],
})

const place = (item: number | undefined): string => `jauap-paper-${item ?? 'new'}`

/** The draft of a new paper, or of an intake item; what an earlier visit left is there again. */
export function usePaperDraft(item: number | undefined, first: () => PaperDraft) {
  const [draft, setDraft] = useState<PaperDraft>(() => kept(item) ?? first())
  const [restored] = useState(() => kept(item) !== undefined)
  useEffect(() => {
    if (isTouched(draft)) localStorage.setItem(place(item), JSON.stringify(draft))
    else localStorage.removeItem(place(item))
  }, [draft, item])
  return {
    draft, restored,
    set: (change: Partial<PaperDraft>) => setDraft((now) => ({ ...now, ...change })),
    begin: (again: PaperDraft) => {
      localStorage.removeItem(place(item))
      setDraft(again)
    },
  }
}

function kept(item: number | undefined): PaperDraft | undefined {
  try {
    return JSON.parse(localStorage.getItem(place(item)) ?? 'null') as PaperDraft | null ?? undefined
  } catch {
    return undefined
  }
}

const isTouched = ({ lastName, companyName, subject, text, address, phone, files }: PaperDraft): boolean =>
  [lastName, companyName, subject, text, address, phone].some(Boolean) || files.length > 0
