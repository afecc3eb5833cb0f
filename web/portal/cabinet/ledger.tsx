import type { Service } from '../../../regulation/tariffs.ts'
import { formatDay, formatMonth, formatQuantity, formatShortMonth } from '../../i18n/format.ts'
import { formatTenge, tariffWords } from '../../i18n/tariffs.ts'
import { ErrorSummary, type FieldFault } from '../parts/error-summary.tsx'
import { Field } from '../parts/field.tsx'
import { Records, type Column } from '../parts/records.tsx'
import { Wide } from '../parts/wide.tsx'
import { at, type View } from '../view.ts'
import { accountPath, Frame, wordsOf, type Place } from './frame.tsx'
import { sumColumns, type Sums } from './sums.ts'

type CardRow = Sums & { readonly period: string; readonly service: Service; readonly quantity?: string | undefined; readonly previous?: string | undefined; readonly current?: string | undefined; readonly billed: boolean }
type CardLine = Sums & Partial<CardRow>
const comma = (quantity: string | undefined) => formatQuantity(quantity ?? '')

/** The ledger card: month by month and service by service, with what it comes to. */
export function CardPage({ view, account, from, to, rows, faults = [] }: { view: View; account: Place; from: string; to: string; rows: readonly CardRow[]; faults?: readonly FieldFault[] }) {
  const words = wordsOf(view)
  const tariffs = tariffWords[view.language]
  const months = [...Map.groupBy(rows, (row) => row.period)]
  const fault = (name: string) => faults.find(({ field }) => field === name)?.message
  const query = `?from=${from}&to=${to}&language=${view.language}`
  return (
    <Frame view={view} account={account} section="card" title={words.card.title}>
      <h1>{words.card.title}</h1>
      {faults.length > 0 && <ErrorSummary view={view} faults={faults} labels={{ from: words.card.from, to: words.card.to }} />}
      <form class="asked" method="get" action={accountPath(view, account.id, 'card')} novalidate>
        <Field name="from" type="month" label={words.card.from} value={from} fault={fault('from')} placeholder="2026-01" />
        <Field name="to" type="month" label={words.card.to} value={to} fault={fault('to')} placeholder="2026-12" />
        <button class="press quiet" type="submit">{words.card.show}</button>
      </form>
      {rows.length === 0 ? <p class="card">{words.card.empty}</p> : (
        <>
          <p class="acts"><a class="press quiet" href={`/api/v1/accounts/${account.id}/card.pdf${query}`}>{words.card.pdf}</a> <a class="press quiet" href={`/api/v1/accounts/${account.id}/card.xlsx${query}`}>{words.card.xlsx}</a></p>
          <Records
            label={words.card.title} of={words.service} sumName={words.total} rowName={({ service }: CardLine) => service && tariffs.services[service]}
            groups={months.toReversed().map(([period, parts]) => ({
              name: <>{formatMonth(period, view.language)}{!parts.some(({ billed }) => billed) && <> <span class="chip soon">{words.card.unbilled}</span></>}</>, rows: parts, sum: total(parts),
            }))}
            columns={[
              ...sumColumns<CardLine>(words, ['opening']), figure(words.card.previous, 'previous'), figure(words.card.current, 'current'), figure(words.bills.quantity, 'quantity'),
              ...sumColumns<CardLine>(words, ['charged', 'recalculated', 'penalty', 'paid', 'closing']),
            ]}
          />
        </>
      )}
    </Frame>
  )
}

const figure = (name: string, of: 'previous' | 'current' | 'quantity'): Column<CardLine> => ({ name, nil: (row) => row[of] === undefined, cell: (row) => comma(row[of]) })
const total = (parts: readonly Sums[]): Sums => {
  const all = (of: keyof Sums) => parts.reduce((sum, row) => sum + row[of], 0)
  return { opening: all('opening'), charged: all('charged'), recalculated: all('recalculated'), penalty: all('penalty'), paid: all('paid'), closing: all('closing') }
}

type PaymentLine = { readonly on?: string; readonly amount: number; readonly source?: string; readonly reference?: string }

export function PaymentsPage({ view, account, payments }: { view: View; account: Place; payments: readonly PaymentLine[] }) {
  const words = wordsOf(view)
  return (
    <Frame view={view} account={account} section="payments">
      <h1>{words.payments.title}</h1>
      {payments.length === 0 ? <p class="card">{words.payments.empty}</p> : (
        <Records
          label={words.payments.title} of={words.payments.on} groups={[{ rows: payments }]} sumName={words.payments.total} sum={{ amount: payments.reduce((sum, { amount }) => sum + amount, 0) }}
          rowName={({ on }: PaymentLine) => on && formatDay(on)}
          columns={[
            { name: words.payments.through, words: true, cell: ({ source }) => source },
            { name: words.payments.reference, words: true, cell: ({ reference }) => reference },
            { name: `${words.payments.sum}, ₸`, main: true, cell: ({ amount }) => formatTenge(amount) },
          ]}
        />
      )}
    </Frame>
  )
}

type UsedMonth = { readonly period: string; readonly used?: string | undefined; readonly lastYear?: string | undefined; readonly likeHomes?: string | undefined; readonly amount?: number | undefined }

/** A year as bars: now, a year before, like homes; then the same as a table. */
export function ConsumptionPage({ view, account, service, offered, months }: { view: View; account: Place; service: Service; offered: readonly Service[]; months: readonly UsedMonth[] }) {
  const words = wordsOf(view)
  const tariffs = tariffWords[view.language]
  const unit = tariffs.units[service]
  return (
    <Frame view={view} account={account} section="consumption">
      <h1>{words.consumption.title}</h1>
      {months.length === 0 ? <p class="card">{words.consumption.empty}</p> : (
        <>
          <nav class="others" aria-label={words.service}>{offered.map((one, i) => <>{i > 0 && ' · '}<a href={`${accountPath(view, account.id, 'consumption')}?service=${one}`} {...(one === service && { 'aria-current': 'page' })}>{tariffs.services[one]}</a></>)}</nav>
          <figure class="card">
            <Wide label={words.consumption.chart(tariffs.services[service])}><Bars view={view} label={words.consumption.chart(tariffs.services[service])} months={months} unit={unit} /></Wide>
            <ul class="legend"><li class="now">{words.consumption.thisYear}</li><li class="then">{words.consumption.lastYear}</li><li class="like">{words.consumption.like}</li></ul>
          </figure>
          <p class="muted">{words.consumption.likeHint}</p>
          <details open>
            <summary>{words.consumption.table}</summary>
            <Records
              label={words.consumption.table} of={words.consumption.month} groups={[{ rows: months.toReversed() }]} rowName={({ period }) => formatMonth(period, view.language)}
              columns={[
                { name: `${words.consumption.thisYear}, ${unit}`, main: true, cell: ({ used }) => comma(used) || '—' },
                { name: words.consumption.lastYear, nil: ({ lastYear }) => lastYear === undefined, cell: ({ lastYear }) => comma(lastYear) || '—' },
                { name: words.consumption.like, nil: ({ likeHomes }) => likeHomes === undefined, cell: ({ likeHomes }) => short(likeHomes) },
                { name: `${words.bills.charged}, ₸`, nil: ({ amount }) => amount === undefined, cell: ({ amount }) => (amount === undefined ? '—' : formatTenge(amount)) },
              ]}
            />
          </details>
        </>
      )}
    </Frame>
  )
}

/** Like homes are a mean: two decimals say enough. */
const short = (quantity: string | undefined) => (quantity === undefined ? '—' : comma(String(Math.round(Number(quantity) * 100) / 100)))

/** Bars drawn as plain shapes: the page's policy refuses inline styles, and a cheap phone needs no script. */
function Bars({ view, label, months, unit }: { view: View; label: string; months: readonly UsedMonth[]; unit: string }) {
  const most = Math.max(1, ...months.flatMap(({ used, lastYear, likeHomes }) => [used, lastYear, likeHomes].map((one) => Number(one ?? 0))))
  const step = niceStep(most)
  const top = Math.ceil(most / step) * step
  const [width, height, left, bottom] = [720, 300, 52, 30]
  const slot = (width - left) / months.length
  const y = (value: number) => 12 + (height - bottom - 12) * (1 - value / top)
  return (
    <svg class="bars" role="img" aria-label={`${label}, ${unit}`} viewBox={`0 0 ${width} ${height}`}>
      {Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step).map((tick) => <g><line class="grid" x1={left} x2={width} y1={y(tick)} y2={y(tick)} /><text class="tick" x={left - 8} y={y(tick) + 5} text-anchor="end">{comma(String(Math.round(tick * 100) / 100))}</text></g>)}
      {months.map((one, i) => {
        const x = left + i * slot
        const bar = (value: string | undefined, at: number, kind: string) => (value === undefined ? null : <rect class={kind} x={x + slot * at} y={y(Number(value))} width={slot * 0.34} height={Math.max(1, y(0) - y(Number(value)))} rx="2"><title>{`${formatMonth(one.period, view.language)}: ${comma(value)} ${unit}`}</title></rect>)
        return (
          <g>
            {bar(one.lastYear, 0.12, 'then')}{bar(one.used, 0.5, 'now')}
            {one.likeHomes !== undefined && <line class="like" x1={x + slot * 0.06} x2={x + slot * 0.94} y1={y(Number(one.likeHomes))} y2={y(Number(one.likeHomes))} />}
            <text class="tick" x={x + slot / 2} y={height - 8} text-anchor="middle">{formatShortMonth(one.period, view.language)}</text>
          </g>
        )
      })}
    </svg>
  )
}

/** A step of 1, 2 or 5 that gives some four lines. */
function niceStep(most: number): number {
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough)!
}

type Access = { readonly id: number; readonly name: string; readonly way: 'code' | 'office' | 'shared'; readonly since: string; readonly mine: boolean }

/** Who sees the account; given to another of the household, and taken away. */
export function AccessPage({ view, account, access, email = '', faults = [], notice, refusal }: { view: View; account: Place; access: readonly Access[]; email?: string; faults?: readonly FieldFault[]; notice?: string | undefined; refusal?: string | undefined }) {
  const words = wordsOf(view)
  return (
    <Frame view={view} account={account} section="access" notice={notice}>
      <h1>{words.access.title}</h1>
      <p class="lead">{words.access.lead}</p>
      {faults.length > 0 && <ErrorSummary view={view} faults={faults} labels={{ email: words.access.email }} />}
      {refusal && <p class="summary bad" role="alert">{refusal}</p>}
      <ul class="rows card">
        {access.map((one) => (
          <li>
            <b>{one.name}</b> <span class="muted">{words.access.ways[one.way]}, {words.access.since(formatDay(one.since))}</span>
            {one.mine ? <span class="chip">{words.access.you}</span> : <form method="post" action={`${accountPath(view, account.id, 'access')}/${one.id}/end`}><button class="plain" type="submit">{words.access.end}</button></form>}
          </li>
        ))}
      </ul>
      <form class="write card" method="post" action={accountPath(view, account.id, 'access')} novalidate>
        <h2>{words.access.share}</h2>
        <Field name="email" type="email" label={words.access.email} hint={words.access.shareHint} value={email} fault={faults.find(({ field }) => field === 'email')?.message} autocomplete="off" />
        <button class="press" type="submit">{words.access.share}</button>
      </form>
      <form class="write" method="post" action={at(view, `/my/${account.id}/unlink`)}>
        <p class="muted">{words.access.unlinkHint}</p>
        <button class="press danger" type="submit">{words.access.unlink}</button>
      </form>
    </Frame>
  )
}
