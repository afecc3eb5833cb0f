import { refusalWords, type Fault } from '../../../regulation/refusals.ts'
import type { Language } from '../../../regulation/vocabulary.ts'
import type { View } from '../view.ts'

/** A fault in the reader's words, at its field. */
export type FieldFault = { readonly field: string; readonly message: string }

export const inWords = (faults: readonly Fault[], language: Language): FieldFault[] =>
  faults.map(({ field, code, details }) => ({ field: field.split('.')[0]!, message: refusalWords(code, language, details) }))

/** What stands in the way, on top of the page, each line leading to its field. */
export function ErrorSummary({ view, faults, notice, labels = {} }: {
  view: View
  faults: readonly FieldFault[]
  notice?: string | undefined
  /** Fields of a form of its own, by name. */
  labels?: Readonly<Record<string, string>>
}) {
  return (
    <div class={faults.length > 0 ? 'summary bad' : 'summary'} role="alert" tabindex={-1} autofocus>
      {notice && <p>{notice}</p>}
      {faults.length > 0 && (
        <>
          <h2>{view.words.write.errors(faults.length)}</h2>
          <ul>{faults.map(({ field, message }) => <li><a href={`#${field}`}>{labels[field] ?? labelOf(view, field)}</a> — {message}</li>)}</ul>
        </>
      )}
    </div>
  )
}

function labelOf({ words: { write, signIn } }: View, field: string): string {
  const labels: Readonly<Record<string, string>> = {
    kind: write.about, subject: write.subject, text: write.text, files: write.files, group: write.group, name: `${write.namePerson} / ${write.nameCompany}`,
    identifier: `${write.iin} / ${write.bin}`, address: write.address, email: write.email, phone: write.phone, answerWay: write.answerWay,
    consent: write.consent, code: signIn.code,
  }
  return labels[field] ?? field
}
