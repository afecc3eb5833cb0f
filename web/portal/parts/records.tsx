import type { Child } from 'hono/jsx'
import { Wide } from './wide.tsx'

export interface Column<Row> {
  readonly name: string
  readonly cell: (row: Row) => Child
  /** Words stand left and need no name of their column beside them; figures stand right and do. */
  readonly words?: boolean
  /** The figure a phone shows beside the row's name. */
  readonly main?: boolean
  /** Says nothing on this row, so a phone leaves it out. */
  readonly nil?: (row: Row) => boolean
}

export interface RowGroup<Row> { readonly name?: Child; readonly rows: readonly Row[]; readonly sum?: Row | undefined }

/** Named, because a table laid out as a list is no table to some screen readers any more. */
const as = { table: { role: 'table' }, rowgroup: { role: 'rowgroup' }, row: { role: 'row' }, cell: { role: 'cell' }, columnheader: { role: 'columnheader' }, rowheader: { role: 'rowheader' } } as const

/** Rows of one kind: a table where there is room, on a phone a list of names with their figures below. */
export function Records<Row>({ label, of, rowName, columns, groups, sum, sumName }: {
  label: string; of: string; rowName: (row: Row) => Child; columns: readonly Column<Row>[]; groups: readonly RowGroup<Row>[]; sum?: Row; sumName?: string
}) {
  const row = (one: Row, name: Child, kind?: string) => (
    <tr {...as.row} class={kind}>
      <th {...as.rowheader} scope="row">{name}</th>
      {columns.map((column) => <td {...as.cell} class={classes(column, column.nil?.(one))} data-name={column.words ? undefined : column.name}>{column.cell(one)}</td>)}
    </tr>
  )
  return (
    <Wide label={label}>
      <table {...as.table} class="working records">
        <thead {...as.rowgroup}><tr {...as.row}><th {...as.columnheader} scope="col">{of}</th>{columns.map((column) => <th {...as.columnheader} scope="col" class={classes(column)}>{column.name}</th>)}</tr></thead>
        {groups.map((group) => (
          <tbody {...as.rowgroup}>
            {group.name && <tr {...as.row} class="month"><th {...as.rowheader} scope="rowgroup" colspan={columns.length + 1}>{group.name}</th></tr>}
            {group.rows.map((one) => row(one, rowName(one)))}
            {group.sum && row(group.sum, sumName, 'sum-row')}
          </tbody>
        ))}
        {sum && <tfoot {...as.rowgroup}>{row(sum, sumName, 'sum-row')}</tfoot>}
      </table>
    </Wide>
  )
}

const classes = ({ words, main }: { words?: boolean; main?: boolean }, nil?: boolean) => [words && 'words', main && 'main', nil && 'nil'].filter(Boolean).join(' ') || undefined
