import type { Service } from '../../../regulation/tariffs.ts'
import type { AppealLineView } from '../../../server/appeals/views.ts'
import type { LinkRequestView } from '../../../server/cabinet/link-account.ts'
import type { MeterView } from '../../../server/cabinet/my-accounts.ts'
import type { Outage } from '../../../server/outages/outages.ts'
import { formatDate, formatDay, formatMonth, formatQuantity } from '../../i18n/format.ts'
import { outageWords } from '../../i18n/outages.ts'
import { formatTenge, tariffWords } from '../../i18n/tariffs.ts'
import { Layout } from '../layout.tsx'
import { OutageList } from '../outages.tsx'
import { Lines, SignedIn } from '../pages/my.tsx'
import { ErrorSummary, type FieldFault } from '../parts/error-summary.tsx'
import { Field, TextField } from '../parts/field.tsx'
import { at, type View } from '../view.ts'
import { accountPath, Frame, wordsOf, type Place } from './frame.tsx'

type Mine = Place & { readonly owed: number }

/** The cabinet's door: one's accounts with what is owed, how to add one, and what one wrote. */
export function CabinetPage({ view, email, accounts, requests, appeals, values = {}, faults = [], refusal, notice }: {
  view: View; email: string; accounts: readonly Mine[]; requests: readonly LinkRequestView[]; appeals: readonly (AppealLineView & { readonly code: string })[]
  values?: Readonly<Record<string, string>>; faults?: readonly FieldFault[]; refusal?: string | undefined; notice?: string | undefined
}) {
  const words = wordsOf(view)
  const fault = (name: string) => faults.find(({ field }) => field === name)?.message
  const open = requests.filter(({ state }) => state !== 'granted')
  return (
    <Layout view={view} title={words.title} own>
      <h1>{words.title}</h1>
      <SignedIn view={view} email={email} />
      {notice && <p class="notice good" role="status">{notice}</p>}
      {faults.length > 0 && <ErrorSummary view={view} faults={faults} labels={{ number: words.link.number, code: words.link.code, words: words.link.words }} />}
      {refusal && <p class="summary bad" role="alert">{refusal}</p>}
      {accounts.length > 0 && (
        <section aria-labelledby="accounts">
          <h2 id="accounts">{words.accounts}</h2>
          <ul class="mine">
            {accounts.map((account) => (
              <li><a class="one-account" href={accountPath(view, account.id)}><span><b>{account.address}</b> <span class="muted">№ {account.number}</span></span><Owed view={view} owed={account.owed} /></a></li>
            ))}
          </ul>
        </section>
      )}
      <details class="card" open={accounts.length === 0 || faults.length > 0}>
        <summary><b>{words.link.title}</b></summary>
        <form method="post" action={at(view, '/my/link')} class="write" novalidate>
          <p class="muted">{words.link.lead}</p>
          <Field name="number" label={words.link.number} value={values['number']} fault={fault('number')} inputmode="numeric" autocomplete="off" maxlength={30} />
          <Field name="code" label={words.link.code} value={values['code']} fault={fault('code')} autocomplete="off" autocapitalize="characters" maxlength={40} class="code" />
          <button class="press" type="submit">{words.link.add}</button>
        </form>
        <details open={fault('words') !== undefined}>
          <summary>{words.link.noCode}</summary>
          <form method="post" action={at(view, '/my/ask')} class="write" novalidate>
            <p class="muted">{words.link.askHint}</p>
            <Field name="ask" label={words.link.number} value={values['ask']} fault={fault('ask')} inputmode="numeric" maxlength={30} />
            <TextField name="words" label={words.link.words} value={values['words']} fault={fault('words')} rows={3} maxlength={1000} />
            <button class="press quiet" type="submit">{words.link.ask}</button>
          </form>
        </details>
        {open.length > 0 && (
          <>
            <h3>{words.link.requests}</h3>
            <ul class="rows">{open.map((one) => <li><b>№ {one.number}</b> <span>{words.link.requestStates[one.state]}</span> <span class="muted">{formatDay(one.askedOn)}{one.reason ? `: ${one.reason}` : ''}</span></li>)}</ul>
          </>
        )}
      </details>
      <section aria-labelledby="appeals">
        <h2 id="appeals">{words.appeals}</h2>
        <p><a href={at(view, '/my/messages')}>{words.messages.title}</a></p>
        <Lines view={view} lines={appeals} />
      </section>
    </Layout>
  )
}

function Owed({ view, owed }: { view: View; owed: number }) {
  const words = wordsOf(view)
  return owed > 0 ? <span class="owed"><b>{formatTenge(owed)} ₸</b></span> : <span class="owed none">{owed < 0 ? `${words.ahead} ${formatTenge(-owed)} ₸` : words.nothingOwed}</span>
}

export type AccountView = Place & {
  readonly area: string; readonly residents: number; readonly benefit: boolean; readonly owed: number; readonly payBy?: string | undefined
  readonly bill?: { readonly period: string; readonly closing: number; readonly paidSince: number } | undefined
  readonly balances: readonly { readonly service: Service; readonly principal: number; readonly penalty: number }[]
  readonly services: readonly { readonly service: Service; readonly plan: 'flat' | 'tiers' | 'zones' }[]
  readonly meters: readonly MeterView[]; readonly window: { readonly from: string; readonly to: string; readonly open: boolean }
}

/** The debt and its day in large, then the meters that want a reading. */
export function AccountPage({ view, account, outages, notice }: { view: View; account: AccountView; outages: readonly Outage[]; notice?: string | undefined }) {
  const words = wordsOf(view)
  const { language } = view
  const today = view.context.now.toZonedDateTimeISO('Asia/Almaty').toPlainDate().toString()
  const late = account.owed > 0 && account.payBy !== undefined && account.payBy < today
  const wanted = account.meters.filter((meter) => meter.readable && !meter.given)
  const plan = account.services.find(({ service }) => service === 'electricity')?.plan
  return (
    <Frame view={view} account={account} section="home" notice={notice}>
      {outages.length > 0 && <section aria-labelledby="outages"><h2 id="outages">{outageWords[language].mine}</h2><OutageList view={view} outages={outages} /></section>}
      <div class="halves">
        <section class="card debt" aria-labelledby="owe">
          <h1 id="owe">{account.owed < 0 ? words.ahead : account.owed === 0 ? words.nothingOwed : words.owe}</h1>
          <p class="sum">{formatTenge(Math.abs(account.owed))} ₸</p>
          {account.owed > 0 && account.payBy && <p><span class={late ? 'chip late' : 'chip soon'}>{late ? words.overdue(formatDate(account.payBy, language)) : words.payBy(formatDate(account.payBy, language))}</span></p>}
          {account.bill
            ? <p class="muted">{words.ofBill(formatMonth(account.bill.period, language), formatTenge(account.bill.closing))}{account.bill.paidSince > 0 && <><br />{words.paidSince(formatTenge(account.bill.paidSince))}</>}</p>
            : <p class="muted">{words.noBill}</p>}
          {account.bill && (
            <p class="acts">
              <a class="press" href={at(view, `/my/${account.id}/bills/${account.bill.period}`)}>{words.bill}</a>
              <a href={`/api/v1/accounts/${account.id}/bills/${account.bill.period}/bill.pdf?language=${language}`}>{words.billPdf}</a>
            </p>
          )}
          {account.balances.length > 0 && (
            <details>
              <summary>{words.byService}</summary>
              <table class="working">
                <thead><tr><th scope="col">{words.service}</th><th scope="col">{words.principal}</th><th scope="col">{words.penalty}</th></tr></thead>
                <tbody>{account.balances.map((one) => <tr><th scope="row">{tariffWords[language].services[one.service]}</th><td>{formatTenge(one.principal)}</td><td>{formatTenge(one.penalty)}</td></tr>)}</tbody>
              </table>
            </details>
          )}
          <details>
            <summary>{words.howToPay}</summary>
            <p>{words.howToPayText(account.number)}</p>
          </details>
        </section>
        <section class="card" aria-labelledby="give">
          <h2 id="give">{words.readings.title}</h2>
          <p>{account.window.open ? words.readings.open(formatDate(account.window.to, language)) : words.readings.closed(formatDay(account.window.from), formatDay(account.window.to))}</p>
          <ul class="rows">
            {account.meters.map((meter) => (
              <li>
                <b>{tariffWords[language].services[meter.service]}</b>
                <span class="muted">{meter.last ? words.readings.last(formatQuantity(meter.last.value), formatDay(meter.last.on)) : words.readings.none}</span>
                {meter.given && <span class="chip">{meter.waiting ? words.states.sent : words.readings.given}</span>}
                {meter.verificationDays !== undefined && meter.verificationDays <= 60 && <span class={meter.verificationDays < 0 ? 'chip late' : 'chip soon'}>{words.readings.verification(meter.verificationDays)}</span>}
              </li>
            ))}
          </ul>
          {account.meters.some(({ readable }) => readable)
            ? <p><a class={wanted.length > 0 ? 'press' : 'press quiet'} href={accountPath(view, account.id, 'readings')}>{words.readings.title}</a></p>
            : <p class="muted">{words.readings.noMeters}</p>}
        </section>
      </div>
      <dl class="facts">
        <dt>{words.facts.holder}</dt><dd>{account.holder}</dd>
        <dt>{words.facts.address}</dt><dd>{account.address}</dd>
        <dt>{words.facts.area}</dt><dd>{formatQuantity(account.area)} {words.facts.square}</dd>
        <dt>{words.facts.residents}</dt><dd>{account.residents}</dd>
        {account.benefit && <><dt>{words.facts.benefit}</dt><dd>{words.facts.yes}</dd></>}
        {plan && <><dt>{words.facts.plan}</dt><dd>{words.plans[plan]}</dd></>}
      </dl>
    </Frame>
  )
}
