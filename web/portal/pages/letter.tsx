import { appealKinds } from '../../../regulation/vocabulary.ts'
import type { Organization } from '../../../server/people/group.ts'
import { letterWords } from '../../i18n/portal-letter.ts'
import { vocabulary } from '../../i18n/vocabulary.ts'
import { Layout } from '../layout.tsx'
import { Attachments } from '../parts/attachments.tsx'
import { ErrorSummary, type FieldFault } from '../parts/error-summary.tsx'
import { Choices, FaultLine, Field, TextField, told } from '../parts/field.tsx'
import { at, type View } from '../view.ts'
import type { KeptFile } from '../write-input.ts'

export type LetterValues = Readonly<Record<string, string | undefined>>

/** п. 11.3.4: whose chancellery; each has its own form and journal. */
export function LetterDoorsPage({ view, organizations }: { view: View; organizations: readonly Organization[] }) {
  const words = letterWords[view.language]
  return (
    <Layout view={view} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <h2>{words.choose}</h2>
      <ul class="wishes">
        {organizations.map((one) => (
          <li>
            <a class="wish" href={at(view, `/e-chancellery/${one.id}`)}>
              <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 6h18v12H3zM3 7l9 6 9-6" /></svg>
              <b>{one.shortName[view.language]}</b><span>{one.name[view.language]}</span>
            </a>
          </li>
        ))}
      </ul>
      <p class="muted">{words.instead} <a href={at(view, `${view.door.base}/write`)}>{words.feedback}</a></p>
    </Layout>
  )
}

/** The form: who writes by п. 4.2, what about, and the signed letter itself. */
export function LetterPage({ view, organization, values, kept, token, faults = [], notice }: {
  view: View
  organization: Organization
  values: LetterValues
  kept: readonly KeptFile[]
  token: string
  faults?: readonly FieldFault[]
  notice?: string | undefined
}) {
  const { words: { write, optional }, language } = view
  const words = letterWords[language]
  const title = words.of(organization.shortName[language])
  const faultAt = (name: string) => faults.find((fault) => fault.field === name)?.message
  const field = (name: string) => ({ name, value: values[name], fault: faultAt(name) })
  const sent = faults.length > 0 || notice !== undefined
  return (
    <Layout view={view} title={faults.length > 0 ? `${write.errorTitle}: ${title}` : title} islands={['file-picker', 'one-press']}>
      <h1>{title}</h1>
      {sent ? <ErrorSummary view={view} faults={faults} notice={notice} labels={labelsOf(view)} /> : <p class="lead">{words.lead}</p>}
      <one-press data-sending={write.sending}>
        <form class="write" method="post" action={at(view, `/e-chancellery/${organization.id}`)} enctype="multipart/form-data" novalidate>
          <input type="hidden" name="token" value={token} />
          <div class="trap" aria-hidden="true"><label for="website">{write.honeypot}</label><input id="website" name="website" type="text" tabindex={-1} autocomplete="off" /></div>
          <fieldset class="part">
            <legend>{words.letter}</legend>
            <p class="hint">{words.letterHint}</p>
            <Attachments view={view} needed kept={kept} fault={faultAt('files')} sent={sent} />
          </fieldset>
          <Choices name="kind" legend={write.about} class="pair" value={values['kind']} fault={faultAt('kind')}
            choices={appealKinds.map((kind) => ({ value: kind, label: vocabulary[language].kinds[kind] }))} />
          <fieldset class="part">
            <legend>{write.matter}</legend>
            <Field {...field('subject')} label={write.subject} hint={write.subjectHint} autocomplete="off" />
            <TextField {...field('text')} label={words.text} note={optional} hint={words.textHint} rows={4} />
          </fieldset>
          <fieldset class="part">
            <legend>{write.you}</legend>
            <Choices name="group" legend={write.group} class="pair" value={values['group'] ?? 'person'} fault={faultAt('group')}
              choices={[{ value: 'person', label: write.person }, { value: 'company', label: write.company }]} />
            <div class="who if-person">
              <Field {...field('lastName')} label={words.lastName} autocomplete="family-name" />
              <Field {...field('firstName')} label={words.firstName} autocomplete="given-name" />
              <Field {...field('middleName')} label={words.middleName} note={optional} autocomplete="additional-name" />
            </div>
            <div class="who if-company">
              <Field {...field('companyName')} label={words.companyName} autocomplete="organization" />
              <Field {...field('outgoingNumber')} label={words.outgoingNumber} class="short" autocomplete="off" />
              <Field {...field('outgoingOn')} label={words.outgoingOn} type="date" class="short" />
            </div>
            <Field {...field('address')} label={write.address} hint={write.addressHint} autocomplete="street-address" />
            <Field {...field('phone')} label={write.phone} hint={write.phoneHint} type="tel" autocomplete="tel" inputmode="tel" class="short" />
            <Field {...field('email')} label={<>{write.email} <span class="unless-email note">{optional}</span></>} hint={write.emailHint} type="email" autocomplete="email" inputmode="email" spellcheck={false} />
          </fieldset>
          <Choices name="answerWay" legend={write.answerWay} hint={write.answerWayHint} class="pair" value={values['answerWay'] ?? 'email'} fault={faultAt('answerWay')}
            choices={[
              { value: 'email', label: write.byEmail }, { value: 'post', label: words.byPost }, { value: 'pickup', label: words.byPickup }, { value: 'phone', label: write.byPhone },
            ]} />
          <div class={faultAt('consent') ? 'consent wrong' : 'consent'}>
            <FaultLine name="consent" fault={faultAt('consent')} />
            <label class="option">
              <input type="checkbox" id="consent" name="consent" value="yes" checked={values['consent'] === 'yes'} {...told('consent', { fault: faultAt('consent') })} />
              <span>{write.consent}</span>
            </label>
            <a href={at(view, '/consent')} target="_blank" rel="noopener">{write.consentLink}</a>
          </div>
          <p><button class="press large" type="submit">{words.send}</button></p>
        </form>
      </one-press>
    </Layout>
  )
}

function labelsOf({ language }: View): Readonly<Record<string, string>> {
  const { lastName, firstName, middleName, companyName, outgoingNumber, outgoingOn, letter } = letterWords[language]
  return { lastName, firstName, middleName, companyName, outgoingNumber, outgoingOn, files: letter }
}
