import { call } from '@orpc/server'
import { services } from '../../regulation/tariffs.ts'
import { listOutages, type Outage } from '../../server/outages/outages.ts'
import { formatDateTime } from '../i18n/format.ts'
import { outageWords } from '../i18n/outages.ts'
import { tariffWords } from '../i18n/tariffs.ts'
import { show } from './answer.tsx'
import { Layout, Phone } from './layout.tsx'
import { Field } from './parts/field.tsx'
import { at, type PortalRequest, type View } from './view.ts'

/** What is switched off now or soon; everything asked stands in the address (п. 11.3.3). */
export async function showOutages(c: PortalRequest, view: View): Promise<Response> {
  const address = (c.req.query('address') ?? '').trim().slice(0, 200)
  const service = services.find((one) => one === c.req.query('service'))
  const found = await call(listOutages, { ...(address && { address }), ...(service && { service }) }, { context: view.context })
  return show(c, <OutagesPage view={view} address={address} service={service} outages={found} />)
}

function OutagesPage({ view, address, service, outages }: { view: View; address: string; service: string | undefined; outages: readonly Outage[] }) {
  const { language, group } = view
  const words = outageWords[language]
  const tariffs = tariffWords[language]
  return (
    <Layout view={view} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form class="write" method="get" action={at(view, '/outages')}>
        <Field name="address" label={words.address} value={address} autocomplete="street-address" maxlength={200} />
        <div class="field"><label for="service">{words.service}</label><select id="service" name="service"><option value="">{words.all}</option>{services.map((one) => <option value={one} selected={one === service}>{tariffs.services[one]}</option>)}</select></div>
        <button class="press" type="submit">{words.find}</button>
      </form>
      {outages.length === 0 ? <p class="card">{address ? words.noneAt(address) : words.none}</p> : <OutageList view={view} outages={outages} />}
      <section class="card" aria-labelledby="emergency">
        <h2 id="emergency">{words.emergency}</h2>
        <ul class="rows">{[...group.organizations.values()].map((one) => <li><b>{one.name[language]}</b><Phone number={one.phone} /></li>)}</ul>
      </section>
    </Layout>
  )
}

export function OutageList({ view, outages }: { view: View; outages: readonly Outage[] }) {
  const { language, group } = view
  const words = outageWords[language]
  return (
    <ul class="charges">
      {outages.map((one) => (
        <li class="card">
          <p class="one-account"><b>{tariffWords[language].services[one.service]}</b> <span class={one.state === 'now' ? 'chip late' : 'chip soon'}>{words[one.state]}</span></p>
          <p><b>{words.from(formatDateTime(one.startsAt), formatDateTime(one.endsAt))}</b></p>
          <p>{one.reason[language]}</p>
          <p class="muted">{one.places.split('\n').join('; ')} · {words.houses(one.houses)} · {group.organizations.get(one.organization)?.name[language]}</p>
        </li>
      ))}
    </ul>
  )
}
