import type { Child } from 'hono/jsx'

type Props = {
  readonly name: string
  readonly label: Child
  readonly hint?: Child
  readonly value?: string | undefined
  readonly fault?: string | undefined
  /** Shown after the label, for example that the field may be left out. */
  readonly note?: Child
  readonly class?: string
  readonly [attribute: string]: unknown
}

/** A labelled line of input; its hint and its error are read out with it. */
export function Field({ name, label, hint, value = '', fault, note, class: kind = '', ...input }: Props) {
  return (
    <div class={fault ? 'field wrong' : 'field'}>
      <label for={name}>{label}{note && <> <span class="note">{note}</span></>}</label>
      {hint && <p class="hint" id={`${name}-hint`}>{hint}</p>}
      <FaultLine name={name} fault={fault} />
      <input id={name} name={name} type="text" value={value} class={kind} {...told(name, { hint, fault })} {...input} />
    </div>
  )
}

export function TextField({ name, label, hint, value = '', fault, note, class: kind = '', rows = 8, after, ...input }: Props & { readonly rows?: number; readonly after?: Child }) {
  return (
    <div class={fault ? 'field wrong' : 'field'}>
      <label for={name}>{label}{note && <> <span class="note">{note}</span></>}</label>
      {hint && <p class="hint" id={`${name}-hint`}>{hint}</p>}
      <FaultLine name={name} fault={fault} />
      <textarea id={name} name={name} rows={rows} class={kind} {...told(name, { hint, fault })} {...input}>{value}</textarea>
      {after}
    </div>
  )
}

export type Choice = { readonly value: string; readonly label: Child; readonly hint?: Child; readonly more?: Child }

/** One of several, each a target as large as a thumb. */
export function Choices({ name, legend, hint, choices, value, fault, class: kind = '' }: {
  name: string; legend: Child; hint?: Child; choices: readonly Choice[]; value?: string | undefined; fault?: string | undefined; class?: string
}) {
  return (
    <fieldset class={`choices ${kind}${fault ? ' wrong' : ''}`} id={name} tabindex={-1} {...(fault ? { 'aria-describedby': `${name}-fault` } : hint ? { 'aria-describedby': `${name}-hint` } : {})}>
      <legend>{legend}</legend>
      {hint && <p class="hint" id={`${name}-hint`}>{hint}</p>}
      <FaultLine name={name} fault={fault} />
      <div class="options">
        {choices.map((choice) => (
          <label class="option">
            <input type="radio" name={name} value={choice.value} id={`${name}-${choice.value}`} checked={choice.value === value} />
            <span><b>{choice.label}</b>{choice.hint && <> <span>{choice.hint}</span></>}{choice.more}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function FaultLine({ name, fault }: { name: string; fault?: string | undefined }) {
  return fault ? <p class="fault" id={`${name}-fault`}>{fault}</p> : null
}

/** What a screen reader says with the field. */
export function told(name: string, { hint, fault }: { hint?: Child; fault?: string | undefined }) {
  const ids = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ')
  return { ...(ids && { 'aria-describedby': ids }), ...(fault && { 'aria-invalid': 'true' as const }) }
}
