import { feedbackFields } from '../../../regulation/intake-form.ts'
import type { ApplicantGroup, AppealKind } from '../../../regulation/vocabulary.ts'
import { appealKinds } from '../../../regulation/vocabulary.ts'
import { formatDate } from '../../i18n/format.ts'
import { dueDays } from '../due-days.ts'
import { Layout } from '../layout.tsx'
import { Attachments } from '../parts/attachments.tsx'
import { Choices, FaultLine, Field, TextField, told } from '../parts/field.tsx'
import { ErrorSummary, type FieldFault } from '../parts/error-summary.tsx'
import { at, type View } from '../view.ts'
import type { WriteInput } from '../write-input.ts'

type Props = {
  readonly view: View
  readonly input: WriteInput
  /** Proves that the form was made here; its nonce makes a second press harmless. */
  readonly token: string
  readonly faults?: readonly FieldFault[]
  readonly notice?: string | undefined
  /** Nothing was sent yet: a draft kept in the browser may be put in. */
  readonly fresh?: boolean
}

/** The feedback form, exactly the fields of п. 11.6.3–4, on one page. */
export function WritePage({ view, input, token, faults = [], notice, fresh = false }: Props) {
  const { words: { write }, door } = view
  const title = input.repeat ? write.repeatTitle : write.title
  const sent = faults.length > 0 || notice !== undefined
  return (
    <Layout view={view} title={faults.length > 0 ? `${write.errorTitle}: ${title}` : title} own={!!input.repeat}
      islands={['draft-keeper', 'text-counter', 'file-picker', 'one-press']}>
      <h1>{title}</h1>
      {sent ? <ErrorSummary view={view} faults={faults} notice={notice} /> : <p class="lead">{write.lead}</p>}
      {input.repeat && <p class="notice">{write.repeatOf(input.repeat.number)}</p>}
      <draft-keeper data-key={`write${door.base}`} data-fresh={fresh ? 'yes' : 'no'} data-restored={write.restored} data-forget={write.forget} data-offline={write.offline}>
        <one-press data-sending={write.sending}>
          <form class="write" method="post" action={at(view, `${door.base}/write`)} enctype="multipart/form-data" novalidate>
            <input type="hidden" name="token" value={token} />
            {input.repeat && <input type="hidden" name="repeatNumber" value={input.repeat.number} />}
            {input.repeat && <input type="hidden" name="repeatCode" value={input.repeat.code} />}
            <Trap view={view} />
            <FormFields view={view} input={input} faults={faults} sent={sent} />
            <p><button class="press large" type="submit">{write.send}</button></p>
          </form>
        </one-press>
      </draft-keeper>
    </Layout>
  )
}

function FormFields({ view, input, faults, sent }: { view: View; input: WriteInput; faults: readonly FieldFault[]; sent: boolean }) {
  const { words, language } = view
  const { write } = words
  const { values } = input
  const faultAt = (field: string) => faults.find((fault) => fault.field === field)?.message
  const field = (name: keyof typeof feedbackFields) => ({ name, value: values[name], fault: faultAt(name) })
  const optional = <span class="note">{words.optional}</span>
  const due = dueDays(view)
  return (
    <>
      <Choices name="kind" legend={write.about} class="kinds" value={values.kind} fault={faultAt('kind')}
        choices={kindsInOrder.map((kind) => ({
          value: kind, label: words.kinds[kind][0]!, hint: words.kinds[kind][1]!,
          more: <small class="due">{write.due(formatDate(due[kind].day, language), due[kind].amount, due[kind].unit)}</small>,
        }))} />

      <fieldset class="part">
        <legend>{write.matter}</legend>
        <Field {...field('subject')} label={write.subject} hint={write.subjectHint} autocomplete="off" />
        <TextField {...field('text')} label={write.text} hint={write.textHint} rows={9} after={
          <text-counter for="text" data-max={feedbackFields.text.max} data-left={write.counter} data-over={write.counterOver} />} />
        <Attachments view={view} kept={input.kept} fault={faultAt('files')} sent={sent} />
      </fieldset>

      <fieldset class="part">
        <legend>{write.you}</legend>
        <Choices name="group" legend={write.group} class="pair" value={values.group ?? 'person' satisfies ApplicantGroup} fault={faultAt('group')}
          choices={[{ value: 'person', label: write.person }, { value: 'company', label: write.company }]} />
        <Field {...field('name')} label={<Either person={write.namePerson} company={write.nameCompany} />} autocomplete="name" />
        <Field {...field('identifier')} label={<Either person={write.iin} company={write.bin} />} note={words.optional} hint={write.identifierHint} inputmode="numeric" autocomplete="off" class="short" />
        <Field {...field('address')} label={write.address} hint={write.addressHint} autocomplete="street-address" />
      </fieldset>

      <fieldset class="part">
        <legend>{write.answerWay}</legend>
        <Choices name="answerWay" legend={write.answerWay} hint={write.answerWayHint} class="pair bare" value={values.answerWay} fault={faultAt('answerWay')}
          choices={[{ value: 'email', label: write.byEmail }, { value: 'phone', label: write.byPhone }]} />
        <Field {...field('email')} label={<>{write.email} <span class="if-phone">{optional}</span></>} hint={write.emailHint} type="email" autocomplete="email" inputmode="email" spellcheck={false} />
        <Field {...field('phone')} label={<>{write.phone} <span class="if-email">{optional}</span></>} hint={write.phoneHint} type="tel" autocomplete="tel" inputmode="tel" class="short" />
      </fieldset>

      <div class={faultAt('consent') ? 'consent wrong' : 'consent'}>
        <FaultLine name="consent" fault={faultAt('consent')} />
        <label class="option">
          <input type="checkbox" id="consent" name="consent" value="yes" checked={values.consent === 'yes'} {...told('consent', { fault: faultAt('consent') })} />
          <span>{write.consent}</span>
        </label>
        <a href={at(view, '/consent')} target="_blank" rel="noopener">{write.consentLink}</a>
      </div>
    </>
  )
}

const kindsInOrder: readonly AppealKind[] = ['complaint', 'question', 'application', 'claim', 'suggestion', 'review']
if (kindsInOrder.length !== appealKinds.length) throw new Error('a kind of appeal is missing from the form')

/** Both labels are in the page; the style sheet shows the one of the group that is chosen, without a script. */
function Either({ person, company }: { person: string; company: string }) {
  return <><span class="if-person">{person}</span><span class="or"> / </span><span class="if-company">{company}</span></>
}

/** People do not see it; what fills every field in sight does. */
function Trap({ view }: { view: View }) {
  return (
    <div class="trap" aria-hidden="true">
      <label for="website">{view.words.write.honeypot}</label>
      <input id="website" name="website" type="text" tabindex={-1} autocomplete="off" />
    </div>
  )
}
