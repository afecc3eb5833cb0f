import type { CabinetWords } from '../../i18n/cabinet.ts'
import { formatTenge } from '../../i18n/tariffs.ts'
import type { Column } from '../parts/records.tsx'

export type Sums = { readonly opening: number; readonly charged: number; readonly recalculated: number; readonly penalty: number; readonly paid: number; readonly closing: number }

/** The sums of a month as columns, each told as people say it: what was paid stands above nothing, as on the papers. */
export const sumColumns = <Row extends Partial<Sums>>(words: CabinetWords, of: readonly (keyof Sums)[]): readonly Column<Row>[] =>
  of.map((sum) => {
    const value = (row: Row) => (sum === 'paid' ? -(row.paid ?? 0) : row[sum] ?? 0)
    return { name: words.bills[sum], main: sum === 'closing', nil: (row) => value(row) === 0, cell: (row) => formatTenge(value(row)) }
  })
