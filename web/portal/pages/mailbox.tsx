import type { Message } from '../../../server/platform/outbox.ts'
import { formatDateTime } from '../../i18n/format.ts'
import { Layout } from '../layout.tsx'
import type { View } from '../view.ts'

/** Letters that were kept instead of sent: for newcomers and for trying things out. */
export function MailboxPage({ view, messages, more }: { view: View; messages: readonly Message[]; more: boolean }) {
  const { words: { mailbox } } = view
  return (
    <Layout view={view} title={mailbox.title} own wide>
      <h1>{mailbox.title}</h1>
      {!view.context.config.smtpUrl && <p class="lead">{mailbox.lead}</p>}
      {messages.length === 0 ? <p class="card">{mailbox.empty}</p> : (
        <ul class="mine">
          {messages.map((message) => (
            <li><a href={`/dev/mailbox/${message.id}`}>
              <b>{message.subject}</b>
              <span class="muted">{message.recipient}, {formatDateTime(message.created_at.toString())}, {message.status}{message.outcome === 'kept' ? '' : ` ${message.outcome ?? ''}`}</span>
            </a></li>
          ))}
        </ul>
      )}
      {more && <p><a href={`/dev/mailbox?before=${messages.at(-1)!.id}`}>{mailbox.older}</a></p>}
    </Layout>
  )
}

export function LetterPage({ view, message }: { view: View; message: Message }) {
  const { words: { mailbox } } = view
  return (
    <Layout view={view} title={message.subject} own>
      <p><a href="/dev/mailbox">{mailbox.back}</a></p>
      <h1>{message.subject}</h1>
      <dl class="facts">
        <dt>{mailbox.to}</dt><dd>{message.recipient}</dd>
        <dt>{mailbox.at}</dt><dd>{formatDateTime(message.created_at.toString())}</dd>
        <dt>{mailbox.status}</dt><dd>{message.status} {message.outcome}</dd>
        {message.attachments.length > 0 && <><dt>{mailbox.files}</dt><dd>{message.attachments.length}</dd></>}
      </dl>
      <div class="letter card" lang={message.language}>{withLinks(message.body)}</div>
    </Layout>
  )
}

const withLinks = (text: string) =>
  text.split(/(https?:\/\/[^\s<]*[^\s<.,;:!?)»])/).map((part, i) => (i % 2 ? <a href={part}>{part}</a> : part))
