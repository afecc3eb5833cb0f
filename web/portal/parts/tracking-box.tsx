import { at, type View } from '../view.ts'
import { Field } from './field.tsx'

type Props = { readonly view: View; readonly number?: string | undefined; readonly code?: string | undefined; readonly fault?: string | undefined; readonly known?: boolean }

/** Number and code; the code may be left out. `known`: the number stands on the page already. */
export function TrackingBox({ view, number = '', code = '', fault, known = false }: Props) {
  const { words } = view
  return (
    <form class="tracking" method="post" action={at(view, '/track')}>
      {known ? <input type="hidden" name="number" value={number} />
        : <Field name="number" label={words.track.number} hint={words.track.numberHint} value={number} fault={fault} inputmode="numeric" autocomplete="off" />}
      <Field name="code" label={words.track.code} hint={known ? undefined : words.track.codeHint} value={code} fault={known ? fault : undefined} autocomplete="off" spellcheck={false} class="code" />
      <button class="press" type="submit">{words.track.find}</button>
    </form>
  )
}
