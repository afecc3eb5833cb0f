/** What `explain (format json)` says of a step of a plan. */
export type Plan = { readonly 'Node Type': string; readonly 'Relation Name'?: string; readonly Plans?: readonly Plan[] }

/** Large tables that a plan reads from end to end. */
export function scans(plan: Plan, large: ReadonlySet<string>): string[] {
  const here = plan['Node Type'] === 'Seq Scan' && large.has(plan['Relation Name'] ?? '') ? [plan['Relation Name']!] : []
  return [...here, ...(plan.Plans ?? []).flatMap((step) => scans(step, large))]
}
