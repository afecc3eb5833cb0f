import { call } from '@orpc/server'
import { refusalWords } from '../../regulation/refusals.ts'
import { services } from '../../regulation/tariffs.ts'
import { askForLink, endAccess, linkAccount, listAccess, myLinkRequests, shareAccount } from '../../server/cabinet/link-account.ts'
import { listMessages, recomputeLine, writeMessage } from '../../server/cabinet/messages.ts'
import { myAccounts, readAccount, unlinkAccount } from '../../server/cabinet/my-accounts.ts'
import { listBills, listPayments, readBill, readCard, readConsumption } from '../../server/cabinet/read-bills.ts'
import { estimateReading, listReadings, sendReading } from '../../server/cabinet/send-reading.ts'
import { recordFiles } from '../../server/intake/receive-upload.ts'
import { myOutages } from '../../server/outages/outages.ts'
import { readForm, type Form } from '../../server/platform/multipart.ts'
import { pageToken, readPageToken } from '../../server/platform/sign.ts'
import { myAppeals } from '../../server/tracking/my-appeals.ts'
import { trackAppeal } from '../../server/tracking/track-appeal.ts'
import { formatDate } from '../i18n/format.ts'
import { signInFor } from './account.tsx'
import { keepPrivate, show } from './answer.tsx'
import { accountPath, wordsOf as cabinetWordsOf } from './cabinet/frame.tsx'
import { AccountPage, CabinetPage, type AccountView } from './cabinet/home.tsx'
import { BillPage, BillsPage, DisputePage } from './cabinet/bills.tsx'
import { AccessPage, CardPage, ConsumptionPage, PaymentsPage } from './cabinet/ledger.tsx'
import { MessagesPage, WriteMessagePage, type Threaded } from './cabinet/messages.tsx'
import { ReadingsPage, type Entry } from './cabinet/readings.tsx'
import { StaffPage } from './pages/my.tsx'
import { inWords, type FieldFault } from './parts/error-summary.tsx'
import { statusOf, toldBy, wordsOf } from './refusal.ts'
import { at, type PortalRequest, type View } from './view.ts'

/** The household's cabinet (п. 11.3.1): every page asks the operations that the API has; all work without scripts. */

const holds = Temporal.Duration.from({ hours: 24 })
const tokenFor = ({ context: { config, now } }: View, purpose: string): string => pageToken(config.secret, { purpose, now })
const keyOf = ({ context: { config, now } }: View, purpose: string, token: string): string => {
  const read = readPageToken(config.secret, token, { purpose, now, maxAge: holds })
  return read.ok ? read.nonce : crypto.randomUUID()
}

type Cabin = (c: PortalRequest, view: View) => Promise<Response>
/** Only for whoever is signed in; staff are shown the way to their desk. */
export const signedIn = (answer: Cabin): Cabin => async (c, view) => {
  keepPrivate(c)
  const { actor } = view.context
  if (actor.kind === 'nobody') return c.redirect(signInFor(c, view), 303)
  return actor.kind === 'staff' ? show(c, <StaffPage view={view} email={actor.email} />) : answer(c, view)
}

const idOf = (c: PortalRequest): number => Number(c.req.param('account'))
const ask = (view: View) => ({ context: view.context })
const told = (error: unknown, { language }: View): { faults: FieldFault[]; refusal?: string; status: 422 } => {
  const said = toldBy(error)
  return { faults: inWords(said.faults, language), ...(said.faults.length === 0 && { refusal: wordsOf(said, language) }), status: statusOf(said) as 422 }
}
const textForm = (c: PortalRequest, view: View): Promise<Form> => readForm(c.req.raw, view.context.files, { maxFiles: 0, maxFileBytes: 0, maxFieldBytes: 64 * 1024 })
const valuesIn = ({ fields }: Form) => Object.fromEntries([...fields].map(([name, value]) => [name, value.trim()]))

export const showCabinet = signedIn((c, view) => cabinet(c, view, {}))

async function cabinet(c: PortalRequest, view: View, more: Partial<Parameters<typeof CabinetPage>[0]>, status: 200 | 422 = 200): Promise<Response> {
  const { actor } = view.context
  const notices: Readonly<Record<string, string>> = { unlinked: cabinetWordsOf(view).access.unlinked, asked: cabinetWordsOf(view).link.asked }
  const [accounts, requests, appeals] = [await call(myAccounts, undefined, ask(view)), await call(myLinkRequests, undefined, ask(view)), await call(myAppeals, undefined, ask(view))]
  return show(c, <CabinetPage view={view} email={actor.kind === 'consumer' ? actor.email : ''} accounts={accounts} requests={requests} appeals={appeals} notice={notices[c.req.query('done') ?? '']} {...more} />, status)
}

/** The front page's wishes: straight to the room where there is one account. */
export const goTo = signedIn(async (c, view) => {
  const [only, another] = await call(myAccounts, undefined, ask(view))
  return c.redirect(only && !another ? accountPath(view, only.id, c.req.param('wish') === 'readings' ? 'readings' : 'home') : at(view, '/my'), 303)
})

export const link = signedIn(async (c, view) => {
  const values = valuesIn(await textForm(c, view))
  try {
    const { account } = await call(linkAccount, { number: values['number'] ?? '', code: values['code'] ?? '' }, ask(view))
    return c.redirect(`${accountPath(view, account)}?done=linked`, 303)
  } catch (error) {
    return cabinet(c, view, { values, ...told(error, view) }, 422)
  }
})

export const askOffice = signedIn(async (c, view) => {
  const values = valuesIn(await textForm(c, view))
  try {
    await call(askForLink, { number: values['ask'] ?? '', words: values['words'] ?? '' }, ask(view))
    return c.redirect(at(view, '/my?done=asked'), 303)
  } catch (error) {
    const { faults, ...rest } = told(error, view)
    return cabinet(c, view, { values, ...rest, faults: faults.map((fault) => (fault.field === 'number' ? { ...fault, field: 'ask' } : fault)) }, 422)
  }
})

const account = (c: PortalRequest, view: View): Promise<AccountView> => call(readAccount, { account: idOf(c) }, ask(view))

export const showAccount = signedIn(async (c, view) =>
  show(c, <AccountPage view={view} account={await account(c, view)} outages={(await call(myOutages, undefined, ask(view))).filter((one) => one.account === idOf(c))} notice={c.req.query('done') === 'linked' ? cabinetWordsOf(view).link.added : undefined} />))

export const unlink = signedIn(async (c, view) => {
  await call(unlinkAccount, { account: idOf(c) }, ask(view))
  return c.redirect(at(view, '/my?done=unlinked'), 303)
})

export const showReadings = signedIn(async (c, view) => {
  const words = cabinetWordsOf(view)
  const history = await call(listReadings, { account: idOf(c) }, ask(view))
  const done = c.req.query('done')
  return show(c, <ReadingsPage view={view} account={await account(c, view)} history={history} token={tokenFor(view, 'readings')} notice={done === 'sent' ? words.readings.sent : done === 'waits' ? words.readings.sentWaits : undefined} />)
})

/** Each meter on its own: what is right is kept, what is odd is asked about, nothing that was typed is lost. */
export const giveReadings = signedIn(async (c, view) => {
  const { context, language } = view
  const { config } = context
  const form = await readForm(c.req.raw, context.files, { maxFiles: 6, maxFileBytes: config.uploadMaxBytes })
  const photos = new Map(form.files.flatMap((file) => (file.ok ? [[file.field, file.file] as const] : [])))
  await recordFiles(context, [...photos.values()], { by: context.actor.kind === 'nobody' ? null : context.actor.id, now: context.now })
  const token = form.fields.get('token') ?? ''
  const nonce = keyOf(view, 'readings', token)
  const mine = await account(c, view)
  const entries = new Map<number, Entry>()
  const given = (name: string) => (form.fields.get(name) ?? '').trim()
  for (const meter of mine.meters.filter(({ readable }) => readable)) {
    const typed = { value: given(`value-${meter.id}`), night: given(`night-${meter.id}`), reason: given(`reason-${meter.id}`), confirmed: given(`confirmed-${meter.id}`) === 'yes' }
    if (typed.value === '' && typed.night === '') continue
    const asked = { account: mine.id, meter: meter.id, value: typed.value, ...(meter.registers === 2 && { night: typed.night }) }
    try {
      const estimate = await call(estimateReading, asked, ask(view))
      entries.set(meter.id, { ...typed, estimate, doubts: estimate.doubts })
      if (given('act') === 'check') continue
      const seen = given(`seen-${meter.id}`)
      const { doubts } = await call(sendReading, {
        ...asked, confirmed: typed.confirmed, ...(typed.reason && { reason: typed.reason }), ...(photos.has(`photo-${meter.id}`) && { photo: photos.get(`photo-${meter.id}`)!.id }), seen: seen ? Number(seen) : null, key: `${nonce}:${meter.id}:${typed.value}:${typed.night}`,
      }, ask(view))
      entries.set(meter.id, { ...typed, estimate, doubts, done: true })
    } catch (error) {
      const said = toldBy(error)
      const [fault] = said.faults
      const field = `${fault?.field === 'night' ? 'night' : 'value'}-${meter.id}`
      const { doubts } = cabinetWordsOf(view)
      // What is odd is told in words; the block under the field asks to confirm it.
      const message = said.code === 'reading_doubtful' ? (entries.get(meter.id)?.doubts ?? []).map((doubt) => doubts[doubt]).join(', ') : fault ? refusalWords(fault.code, language, fault.details) : wordsOf(said, language)
      entries.set(meter.id, { ...entries.get(meter.id), ...typed, fault: { field, message } })
    }
  }
  const all = [...entries.values()]
  if (all.length > 0 && all.every(({ done }) => done)) {
    const waits = all.some(({ doubts }) => doubts?.some((doubt) => doubt === 'lower' || doubt === 'spike'))
    return c.redirect(`${accountPath(view, mine.id, 'readings')}?done=${waits ? 'waits' : 'sent'}`, 303)
  }
  const history = await call(listReadings, { account: mine.id }, ask(view))
  const asksAgain = all.some(({ done, fault }) => !done || fault) && given('act') !== 'check'
  return show(c, <ReadingsPage view={view} account={all.some(({ done }) => done) ? await account(c, view) : mine} entries={entries} history={history} token={token} empty={all.length === 0} />, asksAgain || all.length === 0 ? 422 : 200)
})

export const showBills = signedIn(async (c, view) => show(c, <BillsPage view={view} account={await account(c, view)} bills={await call(listBills, { account: idOf(c) }, ask(view))} />))

export const showBill = signedIn(async (c, view) =>
  show(c, <BillPage view={view} account={await account(c, view)} bill={await call(readBill, { account: idOf(c), period: c.req.param('period') ?? '' }, ask(view))} />))

export const showDispute = signedIn((c, view) => dispute(c, view, c.req.query(), {}))

type Asked = Readonly<Record<string, string | undefined>>
async function dispute(c: PortalRequest, view: View, asked: Asked, more: { readonly faults?: readonly FieldFault[] }): Promise<Response> {
  const mine = await account(c, view)
  const period = c.req.param('period') ?? ''
  const bill = await call(readBill, { account: mine.id, period }, ask(view))
  const line = bill.lines.find(({ service, kind }) => service === asked['service'] && kind === (asked['kind'] ?? 'charge'))
  if (!line) return c.redirect(at(view, `/my/${mine.id}/bills/${period}`), 303)
  const values = Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, value ?? '']))
  const page = (extra: Omit<Parameters<typeof DisputePage>[0], 'view' | 'account' | 'period' | 'line' | 'values' | 'token'>, status: 200 | 422) =>
    show(c, <DisputePage view={view} account={mine} period={period} line={line} values={values} token={asked['token'] || tokenFor(view, 'dispute')} {...extra} />, status)
  if (!asked['residents'] && !asked['quantity']) return page(more, more.faults ? 422 : 200)
  try {
    return await page({ ...more, recomputed: await call(recomputeLine, { account: mine.id, period, service: line.service, kind: line.kind, ...believed(asked) }, ask(view)) }, more.faults ? 422 : 200)
  } catch (error) {
    return page({ faults: [...(more.faults ?? []), ...told(error, view).faults] }, 422)
  }
}

const believed = (asked: Asked) => ({ ...(asked['residents'] && { residents: asked['residents'] as unknown as number }), ...(asked['quantity'] && { quantity: asked['quantity'] }) })

export const sendDispute = signedIn(async (c, view) => {
  const values: Asked = valuesIn(await textForm(c, view))
  const service = services.find((one) => one === values['service']) ?? 'electricity'
  const supplier = view.group.cabinet.suppliers[service].organization ?? view.group.cabinet.organization
  try {
    const { number, dueOn } = await call(writeMessage, {
      headers: { 'idempotency-key': `dispute:${keyOf(view, 'dispute', values['token'] ?? '')}` },
      body: {
        organization: supplier, account: idOf(c), language: view.language, kind: 'complaint', subject: values['subject'], text: values['text'],
        dispute: { period: c.req.param('period') ?? '', service, kind: values['kind'] === 'common' ? 'common' : 'charge', ...believed(values) },
      },
    }, ask(view))
    return c.redirect(at(view, `/my/messages?to=${supplier}&sent=${encodeURIComponent(number)}&due=${dueOn}`), 303)
  } catch (error) {
    return dispute(c, view, values, { faults: told(error, view).faults })
  }
})

export const showCard = signedIn(async (c, view) => {
  const mine = await account(c, view)
  const { from, to } = c.req.query()
  try {
    const card = await call(readCard, { account: mine.id, ...(from && { from }), ...(to && { to }) }, ask(view))
    return await show(c, <CardPage view={view} account={mine} {...card} />)
  } catch (error) {
    return show(c, <CardPage view={view} account={mine} from={from ?? ''} to={to ?? ''} rows={[]} faults={told(error, view).faults} />, 422)
  }
})

export const showPayments = signedIn(async (c, view) => show(c, <PaymentsPage view={view} account={await account(c, view)} payments={await call(listPayments, { account: idOf(c) }, ask(view))} />))

export const showConsumption = signedIn(async (c, view) => {
  const service = services.find((one) => one === c.req.query('service')) ?? 'electricity'
  return show(c, <ConsumptionPage view={view} account={await account(c, view)} {...await call(readConsumption, { account: idOf(c), service }, ask(view))} />)
})

export const showAccess = signedIn((c, view) => accessPage(c, view, {}))

async function accessPage(c: PortalRequest, view: View, more: Partial<Parameters<typeof AccessPage>[0]>, status: 200 | 422 = 200): Promise<Response> {
  const words = cabinetWordsOf(view)
  const done = c.req.query('done')
  return show(c, <AccessPage view={view} account={await account(c, view)} access={await call(listAccess, { account: idOf(c) }, ask(view))} notice={done === 'shared' ? words.access.shared : done === 'ended' ? words.access.ended : undefined} {...more} />, status)
}

export const share = signedIn(async (c, view) => {
  const { email = '' } = valuesIn(await textForm(c, view))
  try {
    await call(shareAccount, { account: idOf(c), email }, ask(view))
    return c.redirect(`${accountPath(view, idOf(c), 'access')}?done=shared`, 303)
  } catch (error) {
    return accessPage(c, view, { email, ...told(error, view) }, 422)
  }
})

export const takeAccess = signedIn(async (c, view) => {
  try {
    await call(endAccess, { account: idOf(c), access: Number(c.req.param('access')) }, ask(view))
    return c.redirect(`${accountPath(view, idOf(c), 'access')}?done=ended`, 303)
  } catch (error) {
    return accessPage(c, view, told(error, view), 422)
  }
})

/** So many messages of a thread are shown whole. */
const shownWhole = 20

export const showMessages = signedIn(async (c, view) => {
  const { group, language } = view
  const messages = await call(listMessages, undefined, ask(view))
  const asked = c.req.query('to')
  const organization = asked && group.organizations.has(asked) ? asked : messages[0]?.to ?? group.cabinet.organization
  const whole = messages.filter(({ to }) => to === organization).slice(0, shownWhole)
  const full = new Map(await Promise.all(whole.map(async ({ number, code }) => [number, (await call(trackAppeal, { number, code }, ask(view))).full] as const)))
  const { sent, due } = c.req.query()
  const notice = sent && due && /^\d{4}-\d{2}-\d{2}$/.test(due) && messages.some(({ number }) => number === sent) ? cabinetWordsOf(view).messages.sent(sent, formatDate(due, language)) : undefined
  return show(c, <MessagesPage view={view} messages={messages.map((message): Threaded => ({ ...message, full: full.get(message.number) }))} organization={organization} notice={notice} />)
})

export const startMessage = signedIn((c, view) => messageForm(c, view, { to: c.req.query('to') }, []))

async function messageForm(c: PortalRequest, view: View, values: Asked, faults: readonly FieldFault[]): Promise<Response> {
  const to = values['to'] ?? ''
  return show(c, (
    <WriteMessagePage
      view={view} organization={view.group.organizations.has(to) ? to : view.group.cabinet.organization} accounts={await call(myAccounts, undefined, ask(view))} faults={faults} token={values['token'] || tokenFor(view, 'message')}
      values={Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']))}
    />
  ), faults.length > 0 ? 422 : 200)
}

export const sendMessage = signedIn(async (c, view) => {
  const values: Asked = valuesIn(await textForm(c, view))
  try {
    const { number, dueOn } = await call(writeMessage, {
      headers: { 'idempotency-key': `message:${keyOf(view, 'message', values['token'] ?? '')}` },
      body: {
        organization: values['to'] ?? '', language: view.language, kind: values['kind'], subject: values['subject'], text: values['text'], ...(values['account'] && { account: Number(values['account']) }), ...(values['name'] && { name: values['name'] }), ...(values['address'] && { address: values['address'] }),
      },
    }, ask(view))
    return c.redirect(at(view, `/my/messages?to=${values['to']}&sent=${encodeURIComponent(number)}&due=${dueOn}`), 303)
  } catch (error) {
    const { faults, refusal } = told(error, view)
    return messageForm(c, view, values, faults.length > 0 ? faults : [{ field: 'text', message: refusal ?? '' }])
  }
})
