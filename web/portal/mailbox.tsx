import { Refusal } from '../../regulation/refusals.ts'
import { listMessages } from '../../server/platform/outbox.ts'
import { keepPrivate, show } from './answer.tsx'
import { LetterPage, MailboxPage } from './pages/mailbox.tsx'
import type { PortalRequest, View } from './view.ts'

const pageSize = 50

export async function showMailbox(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  refuseStrangers(view)
  const before = Number(c.req.query('before')) || undefined
  const messages = await listMessages(view.context.db, { limit: pageSize, before })
  return show(c, <MailboxPage view={view} messages={messages} more={messages.length === pageSize} />)
}

export async function showLetter(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  refuseStrangers(view)
  const id = Number(c.req.param('id'))
  if (!Number.isSafeInteger(id)) throw new Refusal('not_found')
  const [message] = await listMessages(view.context.db, { limit: 1, before: id + 1 })
  if (message?.id !== id) throw new Refusal('not_found')
  return show(c, <LetterPage view={view} message={message} />)
}

/** Open to all only where everything is for trying out; elsewhere letters are personal data, for the administrator. */
function refuseStrangers({ context: { config, actor } }: View): void {
  if (!config.smtpUrl && !config.databaseUrl) return
  if (actor.kind === 'staff' && actor.assignments.some(({ role }) => role === 'it_admin')) return
  throw new Refusal('not_found')
}
