import type { ReadingDoubt } from '../../../regulation/readings.ts'
import type { MeterView } from '../../../server/cabinet/my-accounts.ts'
import type { ReadingView } from '../../../server/cabinet/send-reading.ts'
import { formatDate, formatDay, formatMonth, formatQuantity } from '../../i18n/format.ts'
import { formatTenge, tariffWords } from '../../i18n/tariffs.ts'
import { ErrorSummary, type FieldFault } from '../parts/error-summary.tsx'
import { FaultLine, told } from '../parts/field.tsx'
import { Records } from '../parts/records.tsx'
import type { View } from '../view.ts'
import type { AccountView } from './home.tsx'
import { accountPath, Frame, wordsOf } from './frame.tsx'

/** What was typed for one meter, and what the ledger said of it. */
export type Entry = {
  readonly value: string; readonly night: string; readonly reason: string; readonly confirmed: boolean
  readonly fault?: FieldFault; readonly doubts?: readonly ReadingDoubt[]; readonly estimate?: { readonly used: string; readonly total?: number | undefined } | undefined; readonly done?: boolean
}

/** One field a meter with its last value beside it; what is odd is asked about under its own field. */
export function ReadingsPage({ view, account, entries = new Map(), history, token, notice, empty = false }: {
  view: View; account: AccountView; entries?: ReadonlyMap<number, Entry>; history: readonly ReadingView[]; token: string; notice?: string | undefined; empty?: boolean
}) {
  const words = wordsOf(view)
  const { language } = view
  const { window } = account
  const readable = account.meters.filter((meter) => meter.readable)
  const faults = [...entries].flatMap(([, { fault }]) => (fault ? [fault] : []))
  const labels = Object.fromEntries(readable.flatMap((meter) => [[`value-${meter.id}`, tariffWords[language].services[meter.service]], [`night-${meter.id}`, `${tariffWords[language].services[meter.service]}, ${words.readings.night}`]]))
  return (
    <Frame view={view} account={account} section="readings" title={words.readings.title} notice={notice} islands={['reading-estimate']}>
      <h1>{words.readings.title}</h1>
      {faults.length > 0 && <ErrorSummary view={view} faults={faults} labels={labels} />}
      {empty && <p class="summary bad" role="alert">{words.readings.nothing}</p>}
      <p class="lead">{window.open ? words.readings.open(formatDate(window.to, language)) : words.readings.closed(formatDay(window.from), formatDay(window.to))}</p>
      {readable.length === 0 ? <p class="card">{words.readings.noMeters}</p> : (
        <form class="write readings" method="post" action={accountPath(view, account.id, 'readings')} enctype="multipart/form-data" novalidate>
          <input type="hidden" name="token" value={token} />
          <p class="muted">{words.readings.lead}</p>
          {readable.map((meter) => <MeterFields view={view} account={account.id} meter={meter} entry={entries.get(meter.id)} />)}
          <p class="acts">
            <button class="press" type="submit">{words.readings.send}</button>
            <button class="press quiet" type="submit" name="act" value="check">{words.readings.check}</button>
          </p>
          <p class="muted">{words.readings.seal}</p>
        </form>
      )}
      <section aria-labelledby="history">
        <h2 id="history">{words.readings.history}</h2>
        {history.length === 0 ? <p class="card">{words.readings.empty}</p> : <History view={view} history={history} />}
      </section>
    </Frame>
  )
}

function MeterFields({ view, account, meter, entry }: { view: View; account: number; meter: MeterView; entry: Entry | undefined }) {
  const words = wordsOf(view)
  const tariffs = tariffWords[view.language]
  const unit = tariffs.units[meter.service]
  const field = (name: 'value' | 'night', label: string, last: string | undefined) => {
    const id = `${name}-${meter.id}`
    const fault = entry?.fault?.field === id ? entry.fault.message : undefined
    const hint = last === undefined ? undefined : words.readings.last(formatQuantity(last), formatDay(meter.last!.on))
    return (
      <div class={fault ? 'field wrong' : 'field'}>
        <label for={id}>{label}</label>
        {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
        <FaultLine name={id} fault={fault} />
        <input id={id} name={id} type="text" inputmode="decimal" autocomplete="off" maxlength={60} value={entry?.done ? '' : entry?.[name] ?? ''} class="digits" {...told(id, { hint, fault })} />
      </div>
    )
  }
  const asked = entry?.doubts?.filter((doubt) => ['lower', 'rolled_over', 'spike', 'zero'].includes(doubt)) ?? []
  return (
    <fieldset class="meter card">
      <legend><b>{tariffs.services[meter.service]}</b> <span class="muted">{words.bills.meter(meter.serial)}</span></legend>
      <input type="hidden" name={`seen-${meter.id}`} value={meter.last?.id ?? ''} />
      {meter.registers === 2 ? <div class="two">{field('value', words.readings.day, meter.last?.value)}{field('night', words.readings.night, meter.last?.night)}</div> : field('value', `${words.readings.value}, ${unit}`, meter.last?.value)}
      {!meter.last && <p class="muted">{words.readings.none}</p>}
      <reading-estimate data-account={account} data-meter={meter.id} data-words={JSON.stringify({ used: words.readings.used('{used}', unit, ''), cost: words.readings.used('{used}', unit, '{sum}'), doubts: words.doubts })}>
        <p class="estimate" aria-live="polite">
          {entry?.estimate && !entry.doubts?.includes('lower') ? words.readings.used(formatQuantity(entry.estimate.used), unit, entry.estimate.total === undefined ? '' : formatTenge(entry.estimate.total)) : meter.usual ? words.readings.usual(formatQuantity(meter.usual), unit) : ''}
          {entry?.doubts && entry.doubts.length > 0 && !entry.done && <> <span class="chip soon">{entry.doubts.map((doubt) => words.doubts[doubt]).join(', ')}</span></>}
        </p>
      </reading-estimate>
      {entry?.done && <p class="notice good">{entry.doubts?.some((doubt) => doubt === 'lower' || doubt === 'spike') ? words.readings.sentWaits : words.readings.sent}: {entry.value}</p>}
      {meter.waiting && !entry?.done && <p class="muted">{words.readings.waiting(formatQuantity(meter.waiting.value))}</p>}
      {meter.verificationDays !== undefined && meter.verificationDays <= 60 && <p><span class={meter.verificationDays < 0 ? 'chip late' : 'chip soon'}>{words.readings.verification(meter.verificationDays)}</span></p>}
      {asked.length > 0 && !entry?.done && (
        <div class="confirm notice">
          <p>{words.readings.confirm}</p>
          <label class="option"><input type="checkbox" name={`confirmed-${meter.id}`} value="yes" checked={entry?.confirmed} /> <span>{words.readings.confirmed}</span></label>
          <div class="field"><label for={`reason-${meter.id}`}>{words.readings.reason}</label><input id={`reason-${meter.id}`} name={`reason-${meter.id}`} type="text" maxlength={500} value={entry?.reason ?? ''} /></div>
          <div class="field"><label for={`photo-${meter.id}`}>{words.readings.photo} <span class="note">{words.optional}</span></label><input id={`photo-${meter.id}`} name={`photo-${meter.id}`} type="file" accept="image/*" capture="environment" /></div>
        </div>
      )}
    </fieldset>
  )
}

function History({ view, history }: { view: View; history: readonly ReadingView[] }) {
  const words = wordsOf(view)
  const tariffs = tariffWords[view.language]
  return (
    <Records
      label={words.readings.history} of={words.readings.on} groups={[{ rows: history }]} rowName={({ on }) => formatDay(on)}
      columns={[
        { name: words.service, words: true, cell: ({ service }) => tariffs.services[service] },
        { name: words.readings.value, main: true, cell: ({ value, night }) => <>{formatQuantity(value)}{night !== undefined && ` / ${formatQuantity(night)}`}</> },
        { name: words.readings.source, words: true, cell: ({ source }) => words.sources[source] },
        { name: words.readings.state, words: true, cell: (one) => <>{one.billedIn ? words.billedIn(formatMonth(one.billedIn, view.language)) : words.states[one.state]}{one.refusedFor && `: ${one.refusedFor}`}</> },
      ]}
    />
  )
}
