/** What stands in a template for what the appeal says: «{{applicant}}» (п. 7.1). */
export const templateFields = ['applicant', 'number', 'date', 'subject', 'account', 'address', 'organization'] as const
export type TemplateField = (typeof templateFields)[number]

/** Fills a template; a field the appeal does not say stays as a line to be written in. */
export function fillTemplate(body: string, values: Readonly<Partial<Record<TemplateField, string>>>): string {
  // In the JSON of a document a value stands within quotes.
  const escaped = body.startsWith('{"type":"doc"') ? (text: string) => JSON.stringify(text).slice(1, -1) : (text: string) => text
  return body.replace(/\{\{(\w+)\}\}/g, (whole, field: string) =>
    (templateFields as readonly string[]).includes(field) ? escaped(values[field as TemplateField] || '________') : whole)
}
