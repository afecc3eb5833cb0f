import { appealKinds } from '../../../regulation/vocabulary.ts'
import type { MessageView } from '../../../server/cabinet/messages.ts'
import type { TrackingView } from '../../../server/tracking/track-appeal.ts'
import { formatDate, formatDay, formatMonth } from '../../i18n/format.ts'
import { tariffWords } from '../../i18n/tariffs.ts'
import { vocabulary } from '../../i18n/vocabulary.ts'
import { Layout } from '../layout.tsx'
import { ErrorSummary, type FieldFault } from '../parts/error-summary.tsx'
import { Field, TextField } from '../parts/field.tsx'
import { Reply } from '../parts/reply.tsx'
import { at, type View } from '../view.ts'
import { wordsOf, type Place } from './frame.tsx'

export type Threaded = MessageView & { readonly full?: TrackingView['full'] }

/** One thread an organization, newest below as people write; each message with its number and term. */
export function MessagesPage({ view, messages, organization, notice }: { view: View; messages: readonly Threaded[]; organization: string; notice?: string | undefined }) {
  const words = wordsOf(view)
  const { group, language } = view
  const written = new Set(messages.map(({ to }) => to))
  const shown = messages.filter(({ to }) => to === organization)
  return (
    <Layout view={view} title={words.messages.title} own wide>
      <p class="muted"><a href={at(view, '/my')}>{words.title}</a></p>
      <h1>{words.messages.title}</h1>
      <p class="lead">{words.messages.lead}</p>
      {notice && <p class="notice good" role="status">{notice}</p>}
      <nav class="rooms" aria-label={words.messages.to}>
        {[...group.organizations.values()].map((one) => <a href={at(view, `/my/messages?to=${one.id}`)} {...(one.id === organization && { 'aria-current': 'page' })}>{one.shortName[language]}{written.has(one.id) && ' •'}</a>)}
      </nav>
      <p><a class="press" href={at(view, `/my/messages/write?to=${organization}`)}>{words.messages.write}: {group.organizations.get(organization)!.name[language]}</a></p>
      {shown.length === 0 ? <p class="card">{words.messages.empty}</p> : <ol class="thread">{shown.map((message) => <Message view={view} message={message} />)}</ol>}
    </Layout>
  )
}

function Message({ view, message }: { view: View; message: Threaded }) {
  const words = wordsOf(view)
  const { language, words: { track } } = view
  const { full, term } = message
  const answered = full?.answer
  return (
    <li>
      <article class="card said mine-words">
        <p class="muted"><b>{words.messages.you}</b>, {formatDay(message.receivedAt)} · № {message.number}{message.account && ` · ${words.account} ${message.account}`}{message.period && message.service && ` · ${words.messages.of(formatMonth(message.period, language), tariffWords[language].services[message.service])}`}</p>
        <h2>{message.subject}</h2>
        {full && <p class="words">{full.text}</p>}
        <p><span class="state">{vocabulary[language].states[message.state]}</span>{!answered && ['calm', 'soon', 'late'].includes(term.state) && <strong class={`chip ${term.state}`}>{term.state === 'late' ? track.late(-term.workingDaysLeft) : track.left(term.workingDaysLeft)}</strong>} <a href={at(view, `/track/${encodeURIComponent(message.number)}/${message.code}`)}>{words.messages.open}</a></p>
      </article>
      {answered && (
        <article class="card said answer">
          <p class="muted"><b>{words.messages.answered}: {answered.organization[language]}</b>, {formatDate(answered.at, language)}</p>
          <div class="letter"><Reply body={answered.body ?? answered.text} /></div>
          {answered.files.length > 0 && <p>{words.messages.files}: {answered.files.map((file) => <><a href={at(view, `/track/${encodeURIComponent(message.number)}/${message.code}/files/${file.id}`)}>{file.name}</a> </>)}</p>}
        </article>
      )}
    </li>
  )
}

export function WriteMessagePage({ view, organization, accounts, values, token, faults = [] }: {
  view: View; organization: string; accounts: readonly Place[]; values: Readonly<Record<string, string>>; token: string; faults?: readonly FieldFault[]
}) {
  const words = wordsOf(view)
  const { language, group } = view
  const fault = (name: string) => faults.find(({ field }) => field === name)?.message
  const account = values['account'] ?? String(accounts[0]?.id ?? '')
  return (
    <Layout view={view} title={words.messages.write} own>
      <p class="muted"><a href={at(view, `/my/messages?to=${organization}`)}>{words.messages.title}</a></p>
      <h1>{words.messages.write}</h1>
      {faults.length > 0 && <ErrorSummary view={view} faults={faults} labels={{ subject: words.messages.subject, text: words.messages.text, name: words.messages.name, address: words.messages.address, kind: words.messages.kind }} />}
      <form class="write" method="post" action={at(view, '/my/messages')} novalidate>
        <input type="hidden" name="token" value={token} />
        <div class="field"><label for="to">{words.messages.to}</label><select id="to" name="to">{[...group.organizations.values()].map((one) => <option value={one.id} selected={one.id === organization}>{one.name[language]}</option>)}</select></div>
        {accounts.length > 0 && (
          <div class="field"><label for="account">{words.messages.about}</label><select id="account" name="account">{accounts.map((one) => <option value={one.id} selected={String(one.id) === account}>№ {one.number}, {one.address}</option>)}<option value="" selected={account === ''}>{words.messages.noAccount}</option></select></div>
        )}
        <div class="field"><label for="kind">{words.messages.kind}</label><select id="kind" name="kind">{appealKinds.map((one) => <option value={one} selected={(values['kind'] ?? 'question') === one}>{vocabulary[language].kinds[one]}</option>)}</select></div>
        <Field name="subject" label={words.messages.subject} value={values['subject']} fault={fault('subject')} maxlength={200} />
        <TextField name="text" label={words.messages.text} value={values['text']} fault={fault('text')} rows={8} maxlength={8000} />
        {(accounts.length === 0 || fault('name') || fault('address')) && (
          <>
            <Field name="name" label={words.messages.name} value={values['name']} fault={fault('name')} autocomplete="name" />
            <Field name="address" label={words.messages.address} value={values['address']} fault={fault('address')} autocomplete="street-address" />
          </>
        )}
        <button class="press large" type="submit">{words.messages.send}</button>
      </form>
    </Layout>
  )
}
