import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** One line of the table. `ratio` is held against the aim: at least, or at most for a growth. */
export type Figure = {
  readonly work: string
  readonly measured: string
  readonly against: string
  readonly ratio: number
  readonly aim: { readonly atLeast: number } | { readonly atMost: number }
}

export const perSecond = (rate: number): string => `${rate.toFixed(rate < 100 ? 1 : 0)}/s`
export const p95 = (ms: number): string => `p95 ${ms.toFixed(1)} ms`

export function isMet({ ratio, aim }: Figure): boolean {
  return 'atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost
}

/** As Markdown, for docs/performance.md to quote. */
export function print(figures: readonly Figure[]): void {
  const rows = [
    ['work', 'measured', 'against', 'ratio', 'aim', ''],
    ...figures.map((f) => [f.work, f.measured, f.against, f.ratio.toFixed(2), 'atLeast' in f.aim ? `≥ ${f.aim.atLeast}` : `≤ ${f.aim.atMost}`, isMet(f) ? '' : 'missed']),
  ]
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  const line = (cells: readonly string[]) => console.log(`| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`)
  line(rows[0]!)
  line(widths.map((width) => '-'.repeat(width)))
  for (const row of rows.slice(1)) line(row)
}

export function write(figures: readonly Figure[], file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(figures.map((figure) => ({ ...figure, met: isMet(figure) })), null, 2)}\n`)
}
