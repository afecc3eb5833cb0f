import { Layout } from '../layout.tsx'
import { TextField } from '../parts/field.tsx'
import { at, type View } from '../view.ts'

/** Taking an appeal back asks once. */
export function WithdrawPage({ view, number, code, fault, reason }: { view: View; number: string; code: string; fault?: string | undefined; reason?: string }) {
  const { words: { track, optional } } = view
  const own = at(view, `/track/${encodeURIComponent(number)}/${code}`)
  return (
    <Layout view={view} title={track.withdrawTitle} own>
      <h1>{track.withdrawTitle}</h1>
      <p class="lead">{track.heading(number)}</p>
      <p>{track.withdrawLead}</p>
      <form method="post" action={`${own}/withdraw`}>
        <TextField name="reason" label={track.withdrawReason} note={optional} rows={3} value={reason} fault={fault} />
        <div class="acts">
          <a class="press" href={own}>{track.withdrawNo}</a>
          <button class="press danger" type="submit">{track.withdrawYes}</button>
        </div>
      </form>
    </Layout>
  )
}
