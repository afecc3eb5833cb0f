import type { z } from 'zod'
import type { billView } from '../../../server/cabinet/read-bills.ts'
import { disputeWords } from '../../i18n/dispute.ts'
import { formatDate, formatDay, formatMonth, formatQuantity } from '../../i18n/format.ts'
import { formatTenge, tariffWords } from '../../i18n/tariffs.ts'
import { ErrorSummary, type FieldFault } from '../parts/error-summary.tsx'
import { Field, TextField } from '../parts/field.tsx'
import { Records } from '../parts/records.tsx'
import { at, type View } from '../view.ts'
import { Frame, wordsOf, type Place } from './frame.tsx'
import { sumColumns, type Sums } from './sums.ts'

type Bill = z.output<typeof billView>
type BillLine = Bill['lines'][number]
type ServiceSums = Sums & { readonly service?: Bill['services'][number]['service'] | undefined }
const fileOf = (view: View, account: number, period: string) => `/api/v1/accounts/${account}/bills/${period}/bill.pdf?language=${view.language}`

export function BillsPage({ view, account, bills }: { view: View; account: Place; bills: readonly (Sums & { readonly period: string; readonly payBy: string })[] }) {
  const words = wordsOf(view)
  return (
    <Frame view={view} account={account} section="bills">
      <h1>{words.bills.title}</h1>
      {bills.length === 0 ? <p class="card">{words.bills.empty}</p> : (
        <Records
          label={words.bills.title} of={words.bills.month} groups={[{ rows: bills }]}
          rowName={(bill) => <a href={at(view, `/my/${account.id}/bills/${bill.period}`)}>{formatMonth(bill.period, view.language)}</a>}
          columns={[
            ...sumColumns(words, ['charged', 'recalculated', 'penalty', 'paid', 'closing']),
            { name: 'PDF', words: true, cell: (bill) => <a href={fileOf(view, account.id, bill.period)} aria-label={`PDF, ${formatMonth(bill.period, view.language)}`}>PDF</a> },
          ]}
        />
      )}
    </Frame>
  )
}

/** A bill as a page: what is to be paid, every line with its working, the sums by service. */
export function BillPage({ view, account, bill }: { view: View; account: Place; bill: Bill }) {
  const words = wordsOf(view)
  const { language } = view
  const tariffs = tariffWords[language]
  const month = formatMonth(bill.period, language)
  const beside = (months: number) => Temporal.PlainYearMonth.from(bill.period).add({ months }).toString()
  return (
    <Frame view={view} account={account} section="bills" title={words.bills.of(month)}>
      <h1>{words.bills.of(month)}</h1>
      <section class="card debt">
        <p>{bill.total.closing < 0 ? words.ahead : words.bills.closing}</p>
        <p class="sum">{formatTenge(Math.abs(bill.total.closing))} ₸</p>
        {bill.total.closing > 0 && <p class="muted">{words.bills.payBy}: {formatDate(bill.payBy, language)}</p>}
        <p class="acts"><a class="press" href={fileOf(view, account.id, bill.period)}>{words.bills.pdf}</a> <a href={at(view, `/my/${account.id}/bills/${beside(-1)}`)} rel="prev">{words.bills.earlier}</a> <a href={at(view, `/my/${account.id}/bills`)}>{words.bills.title}</a></p>
      </section>
      <section aria-labelledby="lines">
        <h2 id="lines">{words.bills.lines}</h2>
        <ul class="charges">{bill.lines.map((line) => <li class="card"><Line view={view} line={line} /><p class="muted"><a href={at(view, `/my/${account.id}/bills/${bill.period}/dispute?service=${line.service}&kind=${line.kind}`)}>{words.bills.dispute}</a></p></li>)}</ul>
      </section>
      {bill.recalculations.length > 0 && (
        <section aria-labelledby="recalculations">
          <h2 id="recalculations">{words.bills.recalculations}</h2>
          <ul class="rows">{bill.recalculations.map((one) => <li><b>{tariffs.services[one.service]}{one.corrects && `, ${words.bills.corrects(formatMonth(one.corrects, language))}`}</b> <span>{formatTenge(one.amount)} ₸</span> <span class="muted">{one.reason}</span></li>)}</ul>
        </section>
      )}
      <section aria-labelledby="sums">
        <h2 id="sums">{words.bills.sums}</h2>
        <Records
          label={words.bills.sums} of={words.service} groups={[{ rows: bill.services }]} sum={{ ...bill.total, service: undefined }} sumName={words.total}
          rowName={({ service }: ServiceSums) => service && tariffs.services[service]}
          columns={sumColumns(words, ['opening', 'charged', 'recalculated', 'penalty', 'paid', 'closing'])}
        />
      </section>
      {bill.payments.length > 0 && (
        <section aria-labelledby="payments">
          <h2 id="payments">{words.bills.payments}</h2>
          <ul class="rows">{bill.payments.map((one) => <li><b>{formatDay(one.on)}</b> <span>{formatTenge(one.amount)} ₸</span></li>)}</ul>
        </section>
      )}
    </Frame>
  )
}

function Line({ view, line }: { view: View; line: BillLine }) {
  const words = wordsOf(view)
  const tariffs = tariffWords[view.language]
  const unit = tariffs.units[line.service]
  return (
    <>
      <p class="one-account"><b>{tariffs.services[line.service]}{line.kind === 'common' && `, ${words.bills.common.toLowerCase()}`}</b> <b>{formatTenge(line.amount)} ₸</b></p>
      <p class="muted">
        {formatQuantity(line.quantity)} {unit} · {words.methods[line.method]}
        {line.previous && line.current && line.kind === 'charge' && ` · ${words.bills.readings(formatQuantity(line.previous.value), formatQuantity(line.current.value))}`}
        {line.previous?.night !== undefined && line.current?.night !== undefined && ` · ${words.bills.readings(formatQuantity(line.previous.night), formatQuantity(line.current.night))}`}
        {line.meter && line.kind === 'charge' && ` · ${words.bills.meter(line.meter)}`}
        {line.residents !== undefined && line.method === 'norm' && ` · ${words.bills.residents(line.residents)}`}
      </p>
      {line.working && (
        <details>
          <summary>{words.bills.working}</summary>
          <table class="working">
            <thead><tr><th scope="col">{tariffs.line}</th><th scope="col">{unit}</th><th scope="col">{words.bills.price}</th><th scope="col">{words.bills.sum}, ₸</th></tr></thead>
            <tbody>{line.working.map((part) => <tr><th scope="row">{part.what === 'tier' ? tariffs.tier(part.tier ?? 1) : tariffs.lines[part.what]}</th><td>{formatQuantity(part.quantity)}</td><td>{formatTenge(part.price)}</td><td>{formatTenge(part.net)}</td></tr>)}</tbody>
            <tfoot>
              <tr><th scope="row" colspan={3}>{words.bills.net}</th><td>{formatTenge(line.net)}</td></tr>
              {line.vatPercent !== undefined && <tr><th scope="row" colspan={3}>{words.bills.vat(line.vatPercent)}</th><td>{formatTenge(line.vat)}</td></tr>}
              <tr><th scope="row" colspan={3}>{words.total}</th><td><b>{formatTenge(line.amount)}</b></td></tr>
            </tfoot>
          </table>
        </details>
      )}
    </>
  )
}

/** One line, what it would be with other facts, and the words that go with it. */
export function DisputePage({ view, account, period, line, values, recomputed, token, faults = [] }: {
  view: View; account: Place; period: string; line: BillLine; values: Readonly<Record<string, string>>; recomputed?: { readonly stands: number; readonly recomputed?: number | undefined } | undefined; token: string; faults?: readonly FieldFault[]
}) {
  const words = wordsOf(view)
  const tariffs = tariffWords[view.language]
  const fault = (name: string) => faults.find(({ field }) => field === name)?.message
  const difference = recomputed?.recomputed === undefined ? undefined : recomputed.recomputed - recomputed.stands
  const name = `${tariffs.services[line.service]}${line.kind === 'common' ? `, ${disputeWords[view.language].common}` : ''}`
  return (
    <Frame view={view} account={account} section="bills" title={words.dispute.title}>
      <h1>{words.dispute.title}</h1>
      {faults.length > 0 && <ErrorSummary view={view} faults={faults} labels={{ residents: words.dispute.residents, quantity: words.dispute.quantity, text: words.dispute.text }} />}
      <section class="card">
        <p class="muted">{words.dispute.stands}, {formatMonth(period, view.language)}</p>
        <Line view={view} line={line} />
      </section>
      <form class="write card" method="get" action={at(view, `/my/${account.id}/bills/${period}/dispute`)} novalidate>
        <h2>{words.dispute.believed}</h2>
        <input type="hidden" name="service" value={line.service} /><input type="hidden" name="kind" value={line.kind} />
        <Field name="residents" label={words.dispute.residents} note={words.optional} value={values['residents']} fault={fault('residents')} inputmode="numeric" class="digits" />
        <Field name="quantity" label={`${words.dispute.quantity}, ${tariffs.units[line.service]}`} note={words.optional} value={values['quantity']} fault={fault('quantity')} inputmode="decimal" class="digits" />
        <button class="press quiet" type="submit">{words.dispute.recompute}</button>
        {difference !== undefined && (
          <p class="notice" role="status">{words.dispute.would}: <b>{formatTenge(recomputed!.recomputed!)} ₸</b>, {difference === 0 ? words.dispute.same : difference < 0 ? words.dispute.less(formatTenge(-difference)) : words.dispute.more(formatTenge(difference))}</p>
        )}
      </form>
      <form class="write" method="post" action={at(view, `/my/${account.id}/bills/${period}/dispute`)} novalidate>
        <input type="hidden" name="token" value={token} /><input type="hidden" name="service" value={line.service} /><input type="hidden" name="kind" value={line.kind} />
        <input type="hidden" name="residents" value={values['residents'] ?? ''} /><input type="hidden" name="quantity" value={values['quantity'] ?? ''} />
        <input type="hidden" name="subject" value={words.dispute.subject(name, formatMonth(period, view.language))} />
        <TextField name="text" label={words.dispute.text} hint={words.dispute.textHint} value={values['text']} fault={fault('text')} rows={5} maxlength={8000} />
        <p class="acts"><button class="press" type="submit">{words.dispute.send}</button> <a href={at(view, `/my/${account.id}/bills/${period}`)}>{words.back}</a></p>
      </form>
    </Frame>
  )
}
