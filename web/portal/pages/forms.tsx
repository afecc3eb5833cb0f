import type { AppealForm } from '../../../server/papers/papers.ts'
import { letterWords } from '../../i18n/portal-letter.ts'
import { Layout } from '../layout.tsx'
import { ErrorSummary, type FieldFault } from '../parts/error-summary.tsx'
import { Choices, FaultLine, Field, TextField, told } from '../parts/field.tsx'
import { at, type View } from '../view.ts'

/** What is typed onto a form, with the longest each may be, in characters. */
export const formFields = { name: 200, address: 300, phone: 40, email: 254, text: 10_000 } as const
export type FormValues = Readonly<Record<string, string | undefined>>

/** The forms of the regulation's appendices: each blank, or filled in here. */
export function FormsPage({ view }: { view: View }) {
  const words = letterWords[view.language]
  return (
    <Layout view={view} title={words.formsNav}>
      <h1>{words.formsNav}</h1>
      <p class="lead">{words.formsLead}</p>
      <ul class="rows">
        {([3, 4, 5] as const).map((form) => (
          <li>
            <b id={`form-${form}`}>{words.form[form]}</b>
            <a href={at(view, `/forms/${form}`)} id={`fill-${form}`} aria-labelledby={`fill-${form} form-${form}`}>{words.fill}</a>
            <a href={at(view, `/forms/${form}.pdf`)} id={`blank-${form}`} aria-labelledby={`blank-${form} form-${form}`}>{words.blank} (PDF)</a>
          </li>
        ))}
      </ul>
    </Layout>
  )
}

type FillProps = {
  readonly view: View
  readonly form: AppealForm['form']
  readonly values?: FormValues
  readonly faults?: readonly FieldFault[]
}

/** What stands on the paper, to be typed and printed; what is left empty is left to the pen. */
export function FillPage({ view, form, values = {}, faults = [] }: FillProps) {
  const words = letterWords[view.language]
  const { words: { optional, write }, language, group } = view
  const faultAt = (name: string) => faults.find((fault) => fault.field === name)?.message
  const field = (name: keyof typeof formFields) => ({ name, label: words[name === 'text' ? 'body' : name], value: values[name], fault: faultAt(name) })
  const pair = form === 4 ? (['complaint', 'claim'] as const) : (['review', 'suggestion'] as const)
  const labels = { organization: words.to, name: words.name, address: words.address, phone: words.phone, email: words.email, text: words.body }
  const title = words.form[form]
  return (
    <Layout view={view} title={faults.length > 0 ? `${write.errorTitle}: ${title}` : title}>
      <h1>{title}</h1>
      {faults.length > 0 ? <ErrorSummary view={view} faults={faults} labels={labels} /> : <p class="lead">{words.formsLead}</p>}
      <form class="write" method="post" action={at(view, `/forms/${form}`)} novalidate>
        <div class={faultAt('organization') ? 'field wrong' : 'field'}>
          <label for="organization">{words.to}</label>
          <FaultLine name="organization" fault={faultAt('organization')} />
          <select id="organization" name="organization" {...told('organization', { fault: faultAt('organization') })}>
            {[...group.organizations.values()].map(({ id, name }) => <option value={id} selected={id === values['organization']}>{name[language]}</option>)}
          </select>
        </div>
        {form !== 3 && <Choices name="word" legend={words.word} class="pair" value={values['word'] ?? 'first'} choices={[{ value: 'first', label: words.words[pair[0]] }, { value: 'second', label: words.words[pair[1]] }]} />}
        <Field {...field('name')} autocomplete="name" />
        <Field {...field('address')} autocomplete="street-address" />
        <Field {...field('phone')} type="tel" autocomplete="tel" inputmode="tel" class="short" />
        <Field {...field('email')} note={optional} type="email" autocomplete="email" inputmode="email" spellcheck={false} />
        <TextField {...field('text')} rows={9} />
        {form === 3 && (
          <label class="option"><input type="checkbox" name="noWrittenReply" value="yes" checked={values['noWrittenReply'] === 'yes'} /> <span>{words.noWrittenReply}</span></label>
        )}
        <p><button class="press large" type="submit">{words.make}</button></p>
      </form>
    </Layout>
  )
}
