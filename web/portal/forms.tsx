import { checkEmail } from '../../regulation/identifiers.ts'
import { Refusal, type Fault } from '../../regulation/refusals.ts'
import type { AppealForm } from '../../server/papers/papers.ts'
import { asPdf } from '../../server/papers/print-appeal.ts'
import { dateOf } from '../../server/platform/clock.ts'
import { readForm } from '../../server/platform/multipart.ts'
import { keepPrivate, show } from './answer.tsx'
import { FillPage, FormsPage, formFields, type FormValues } from './pages/forms.tsx'
import { inWords } from './parts/error-summary.tsx'
import type { PortalRequest, View } from './view.ts'

/** Appendix 3, 4 and 5 for download, and to be filled in and printed; nothing that is filled in is kept. */
export const showForms = (c: PortalRequest, view: View) => show(c, <FormsPage view={view} />)
export const fillForm = (c: PortalRequest, view: View) =>
  show(c, <FillPage view={view} form={formOf(c)} values={{ organization: c.req.query('organization') }} />)

/** `?organization=` prints whom it is for; otherwise that too is left to the pen. */
export async function blankForm(c: PortalRequest, view: View): Promise<Response> {
  const form = formOf(c)
  const asked = c.req.query('organization')
  const organization = asked ? view.group.organizations.get(asked) : undefined
  if (asked && !organization) throw new Refusal('not_found')
  return asPdf(await view.context.typesetter.typeset('appeal_form', { form, ...(organization && { organization: organization.name[view.language] }) }), `form-${form}.pdf`)
}

export async function makeForm(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  const form = formOf(c)
  const { fields } = await readForm(c.req.raw, view.context.files, { maxFiles: 0, maxFileBytes: 0 })
  const values: FormValues = Object.fromEntries([...fields].map(([name, value]) => [name, value.normalize('NFC').replace(/\r\n?/g, '\n').trim()]))
  const faults = faultsOf(view, values)
  if (faults.length > 0) return show(c, <FillPage view={view} form={form} values={values} faults={inWords(faults, view.language)} />, 422)
  return asPdf(await view.context.typesetter.typeset('appeal_form', filled(view, form, values)), `form-${form}.pdf`)
}

/** What is left empty is written by pen, so only what could not be printed as it was meant is wrong. */
function faultsOf({ group }: View, values: FormValues): Fault[] {
  const faults: Fault[] = []
  if (!group.organizations.has(values['organization'] ?? '')) faults.push({ field: 'organization', code: 'organization_unknown' })
  for (const [field, max] of Object.entries(formFields)) {
    const value = values[field] ?? ''
    if ([...value].length > max) faults.push({ field, code: 'field_too_long', details: { max } })
    else if (unprintable.test(value)) faults.push({ field, code: 'bad_characters' })
    else if (field === 'email' && value && !checkEmail(value).ok) faults.push({ field, code: 'bad_email' })
  }
  return faults
}

const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|\p{Surrogate}/u

function filled({ context, group, language }: View, form: AppealForm['form'], values: FormValues): AppealForm {
  const today = dateOf(context.now)
  const { organization = '', name = '', address = '', phone = '', email = '', text = '', word } = values
  return {
    form, organization: group.organizations.get(organization)!.name[language], name, address, phone, email, text,
    noWrittenReply: form === 3 && values['noWrittenReply'] === 'yes',
    ...(form !== 3 && (word === 'first' || word === 'second') && { word }),
    day: String(today.day), month: String(today.month).padStart(2, '0'), year: String(today.year),
  }
}

function formOf(c: PortalRequest): AppealForm['form'] {
  const form = ([3, 4, 5] as const).find((one) => String(one) === c.req.param('form')?.replace('.pdf', ''))
  if (!form) throw new Refusal('not_found')
  return form
}
