import { Layout } from '../layout.tsx'
import { ErrorSummary, type FieldFault } from '../parts/error-summary.tsx'
import { Field } from '../parts/field.tsx'
import { at, type View } from '../view.ts'

type Props = { readonly view: View; /** Where to go then. */ readonly to: string; readonly email?: string; readonly faults?: readonly FieldFault[]; readonly notice?: string | undefined }

/** First the address… */
export function SignInPage({ view, to, email, faults = [], notice }: Props) {
  const { words: { signIn } } = view
  return (
    <Layout view={view} title={signIn.title} own>
      <h1>{signIn.title}</h1>
      {faults.length > 0 || notice ? <ErrorSummary view={view} faults={faults} notice={notice} /> : <p class="lead">{signIn.lead}</p>}
      <form method="post" action={at(view, '/sign-in')}>
        <input type="hidden" name="to" value={to} />
        <Field name="email" label={signIn.email} value={email} fault={faults[0]?.message} type="email" autocomplete="email" inputmode="email" spellcheck={false} required />
        <button class="press" type="submit">{signIn.send}</button>
      </form>
    </Layout>
  )
}

/** …then the code that was sent to it. */
export function CodePage({ view, to, email, faults = [], notice }: Props & { readonly email: string }) {
  const { words: { signIn } } = view
  return (
    <Layout view={view} title={signIn.sentTitle} own>
      <h1>{signIn.sentTitle}</h1>
      {faults.length > 0 || notice ? <ErrorSummary view={view} faults={faults} notice={notice} /> : <p class="lead">{signIn.sentTo(email)}</p>}
      <form method="post" action={at(view, '/sign-in/code')}>
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="to" value={to} />
        <Field name="code" label={signIn.code} fault={faults[0]?.message} inputmode="numeric" autocomplete="one-time-code" maxlength={10} class="code" required />
        <button class="press" type="submit">{signIn.enter}</button>
      </form>
      <form class="acts" method="post" action={at(view, '/sign-in')}>
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="to" value={to} />
        <button class="plain" type="submit">{signIn.another}</button>
        <a href={at(view, `/sign-in?to=${encodeURIComponent(to)}`)}>{signIn.wrongAddress}</a>
      </form>
    </Layout>
  )
}
