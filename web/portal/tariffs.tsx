import { call } from '@orpc/server'
import { consumerGroups, services, type Service } from '../../regulation/tariffs.ts'
import { estimateTariff } from '../../server/tariffs/estimate-tariff.ts'
import { show } from './answer.tsx'
import { TariffsPage, type TariffValues } from './pages/tariffs.tsx'
import { inWords } from './parts/error-summary.tsx'
import { statusOf, toldBy, wordsOf } from './refusal.ts'
import type { PortalRequest, View } from './view.ts'

/** What a month costs, by an address that can be kept and sent on: everything asked stands in it (п. 11.3.1). */
export async function showTariffs(c: PortalRequest, view: View): Promise<Response> {
  const values: TariffValues = Object.fromEntries(Object.entries(c.req.query()).map(([name, value]) => [name, value.trim().slice(0, 40)]))
  const service = services.find((one) => one === values['service']) ?? 'electricity'
  if (values['count'] === undefined) return show(c, <TariffsPage view={view} service={service} values={values} />)
  try {
    const found = await call(estimateTariff, asked(service, values), { context: view.context })
    return await show(c, <TariffsPage view={view} service={service} values={values} found={found} />)
  } catch (error) {
    const told = toldBy(error)
    const faults = inWords(told.faults, view.language)
    return show(c, <TariffsPage view={view} service={service} values={values} faults={faults} refusal={faults.length > 0 ? undefined : wordsOf(told, view.language)} />, statusOf(told) as 422)
  }
}

function asked(service: Service, values: TariffValues) {
  const given = (name: string) => (values[name] ? { [name]: values[name] } : {})
  const electricity = service === 'electricity'
  return {
    service, group: consumerGroups.find((one) => one === values['group']) ?? 'household', ...given('quantity'), ...given('on'), ...given('residents'),
    ...(electricity && { ...given('dayZone'), ...given('nightZone') }), ...(service === 'heating' && given('area')),
    stove: values['stove'] === 'yes', benefit: values['benefit'] === 'yes', commonMeter: values['commonMeter'] === 'yes',
  } as Parameters<typeof estimateTariff['~orpc']['handler']>[0]['input']
}
