import { consumerGroups, services, type Service } from '../../../regulation/tariffs.ts'
import type { EstimateView } from '../../../server/tariffs/estimate-tariff.ts'
import { formatQuantity } from '../../i18n/format.ts'
import { formatTenge, tariffWords } from '../../i18n/tariffs.ts'
import { Layout } from '../layout.tsx'
import { ErrorSummary, type FieldFault } from '../parts/error-summary.tsx'
import { Field } from '../parts/field.tsx'
import { at, type View } from '../view.ts'

export type TariffValues = Readonly<Record<string, string | undefined>>
type Props = {
  readonly view: View
  readonly service: Service
  readonly values: TariffValues
  readonly found?: { readonly on: string; readonly estimates: readonly EstimateView[] }
  readonly faults?: readonly FieldFault[]
  readonly refusal?: string | undefined
}

/** What a month of a service costs, how it was counted, and what the other plans would cost (п. 11.3.1). */
export function TariffsPage({ view, service, values, found, faults = [], refusal }: Props) {
  const words = tariffWords[view.language]
  const { write } = view.words
  const faultAt = (name: string) => faults.find((fault) => fault.field === name)?.message
  const field = (name: string, label: string, more: Record<string, unknown> = {}) => <Field name={name} label={label} value={values[name] ?? (name === 'residents' ? '1' : '')} fault={faultAt(name)} inputmode="decimal" maxlength={12} {...more} />
  const check = (name: string, label: string) => <label class="option" for={name}><input type="checkbox" id={name} name={name} value="yes" checked={values[name] === 'yes'} /><b>{label}</b></label>
  const group = consumerGroups.find((one) => one === values['group']) ?? 'household'
  const labels = { quantity: words.quantity[service], dayZone: words.dayZone, nightZone: words.nightZone, residents: words.residents, area: words.area, on: words.on }
  return (
    <Layout view={view} title={faults.length > 0 ? `${write.errorTitle}: ${words.title}` : words.title}>
      <h1>{words.title}</h1>
      {faults.length > 0 ? <ErrorSummary view={view} faults={faults} labels={labels} /> : <p class="lead">{words.lead}</p>}
      {refusal && <p class="card" role="alert">{refusal}</p>}
      <nav class="others" aria-label={words.title}>
        {services.map((one, i) => <>{i > 0 && ' · '}<a href={at(view, `/tariffs?service=${one}`)} {...(one === service && { 'aria-current': 'page' })}>{words.services[one]}</a></>)}
      </nav>
      {found && <Found view={view} service={service} estimates={found.estimates} />}
      <form class="write" method="get" action={at(view, '/tariffs')} novalidate>
        <input type="hidden" name="service" value={service} />
        <input type="hidden" name="count" value="1" />
        <div class="field">
          <label for="group">{words.group}</label>
          <select id="group" name="group">{consumerGroups.map((one) => <option value={one} selected={one === group}>{words.groups[one]}</option>)}</select>
        </div>
        {service !== 'waste' && field('quantity', words.quantity[service], service === 'electricity' ? {} : { hint: words.noMeter })}
        {service === 'electricity' && <fieldset class="choices"><legend>{words.zones} <span class="note">{words.optional}</span></legend>{field('dayZone', words.dayZone)}{field('nightZone', words.nightZone)}</fieldset>}
        {service === 'heating' && field('area', words.area)}
        {field('residents', words.residents, { inputmode: 'numeric' })}
        <div class="options">
          {service === 'electricity' && check('stove', words.stove)}
          {service === 'electricity' && check('benefit', words.benefit)}
          {service === 'heating' && check('commonMeter', words.commonMeter)}
        </div>
        <Field name="on" label={words.on} note={words.optional} type="date" value={values['on'] ?? ''} fault={faultAt('on')} />
        <button class="press" type="submit">{words.count}</button>
      </form>
      <p class="muted small">{words.sample}</p>
    </Layout>
  )
}

function Found({ view, service, estimates }: { view: View; service: Service; estimates: readonly EstimateView[] }) {
  const words = tariffWords[view.language]
  const [cheapest] = estimates
  return (
    <section class="card" aria-labelledby="to-pay" id="found">
      <h2 id="to-pay">{words.toPay}</h2>
      {estimates.map((one, i) => (
        <details open={i === 0}>
          <summary>
            <b class="sum">{formatTenge(one.total)} ₸</b> <span>{words.plans[one.plan]}</span>
            {estimates.length > 1 && <> <span class={i === 0 ? 'chip' : 'muted'}>{i === 0 ? words.cheapest : words.dearer(formatTenge(one.total - cheapest!.total))}</span></>}
          </summary>
          {one.byNorm && <p class="muted">{words.byNorm}</p>}
          <table class="working">
            <caption>{words.working}</caption>
            <thead><tr><th scope="col">{words.line}</th><th scope="col">{words.units[service]}</th><th scope="col">{words.price}</th><th scope="col">{words.sum}, ₸</th></tr></thead>
            <tbody>
              {one.lines.map((line) => (
                <tr><th scope="row">{line.what === 'tier' ? words.tier(line.tier ?? 1) : words.lines[line.what]}</th><td>{formatQuantity(line.quantity)}</td><td>{formatTenge(line.price)}</td><td>{formatTenge(line.net)}</td></tr>
              ))}
            </tbody>
            <tfoot>
              <tr><th scope="row" colspan={3}>{words.net}</th><td>{formatTenge(one.net)}</td></tr>
              <tr><th scope="row" colspan={3}>{words.vat(one.vatPercent)}</th><td>{formatTenge(one.vat)}</td></tr>
              <tr><th scope="row" colspan={3}>{words.toPay}</th><td><b>{formatTenge(one.total)}</b></td></tr>
            </tfoot>
          </table>
        </details>
      ))}
    </section>
  )
}
