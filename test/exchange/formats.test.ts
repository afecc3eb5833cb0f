import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { services } from '../../regulation/tariffs.ts'
import { exchangeDocs, exchangeKinds, formats } from '../../server/exchange/formats.ts'
import { readRows, writeCell } from '../../server/exchange/read-rows.ts'
import { exchangeWords } from '../../web/i18n/exchange.ts'

const table = (...rows: string[][]) => rows.map((cells, i) => ({ n: i + 1, cells }))

describe('the formats of the exchange (п. 11.3.1)', () => {
  it('stand in docs/exchange.md as the table has them', async () => {
    expect(readFileSync('docs/exchange.md', 'utf8')).toBe(exchangeDocs())
  })

  it.each(exchangeKinds)('read the examples of %s, written back as they were', async (kind) => {
    const { columns } = formats[kind]
    const [row] = await readRows(kind, table(columns.map(({ name }) => name), columns.map(({ example }) => example)))
    expect(row!.faults).toEqual([])
    for (const column of columns) {
      const written = writeCell(column, row!.fields[column.name]).text
      const [again] = await readRows(kind, table(columns.map(({ name }) => name), columns.map((one) => writeCell(one, row!.fields[one.name]).text)))
      expect(again!.fields[column.name], `${column.name}: ${written}`).toEqual(row!.fields[column.name])
    }
  })

  it.each(['ru', 'kk'] as const)('know every column by its title, %s', async (language) => {
    for (const kind of exchangeKinds) {
      const { columns } = formats[kind]
      const [row] = await readRows(kind, table(columns.map(({ name }) => exchangeWords[language].columns[name]), columns.map(({ example }) => example)))
      expect(Object.keys(row!.fields).sort(), kind).toEqual(columns.map(({ name }) => name).sort())
    }
  })

  it('have a title of its own for every column of a kind', async () => {
    for (const kind of exchangeKinds) for (const language of ['ru', 'kk'] as const) expect(new Set(formats[kind].columns.map(({ name }) => exchangeWords[language].columns[name])).size, `${kind} ${language}`).toBe(formats[kind].columns.length)
  })

  it('take days, sums, flags, services and plans as people write them', async () => {
    const [row] = await readRows('accounts', table(['number', 'holder', 'address', 'area', 'stove', 'opened_on', 'electricity', 'closed_on'], ['7', '\'=СУММА', 'Мира, 1', '54,3', 'Да', '5.1.2024', 'zones', '']))
    expect(row).toMatchObject({ faults: [], fields: { holder: '=СУММА', area: '543000', stove: true, opened_on: '2024-01-05', electricity: 'zones/household', closed_on: null } })
    expect(row!.fields).not.toHaveProperty('heating')
    const [charge] = await readRows('charges', table(['account', 'period', 'service', 'kind', 'amount'], ['7', '10.2026', 'горячая вода', 'charge', '−1 250,5']))
    expect(charge).toMatchObject({ faults: [], fields: { period: '2026-10', service: 'hot_water', amount: '-125050' } })
    expect(services).toContain('hot_water')
  })

  it.each([
    ['value', 'много', 'quantity_invalid'], ['value', '-5', 'quantity_invalid'], ['value', '1'.repeat(40), 'quantity_invalid'], ['value', '1e5', 'quantity_invalid'], ['value', '', 'field_missing'], ['day', '31.02.2026', 'field_invalid'], ['day', '0001-01-01', 'field_invalid'], ['day', 'вчера', 'field_invalid'],
    ['service', 'gas', 'field_invalid'], ['source', 'neighbour', 'field_invalid'], ['account', 'x'.repeat(31), 'field_too_long'], ['account', '1;2', 'field_invalid'],
  ])('refuse a reading whose %s is «%s» with %s, at its field', async (field, text, code) => {
    const cells: Record<string, string> = { account: '1', service: 'electricity', serial: 'E1', day: '2026-10-25', value: '5', source: 'office', [field]: text }
    const [row] = await readRows('readings', table(Object.keys(cells), Object.values(cells)))
    expect(row!.faults).toEqual([{ field, code }])
    if (text) expect(row!.given).toEqual({ [field]: text })
  })

  it('refuse a file whose columns are not those of its kind', async () => {
    await expect(readRows('payments', table(['account', 'when', 'amount'], ['1', '2', '3']))).rejects.toThrow('columns_unknown')
    await expect(readRows('payments', table(['account', 'day', 'amount'], ['1', '2', '3']))).rejects.toThrow('columns_missing')
    await expect(readRows('payments', table(['account', 'day', 'amount', 'source', 'reference']))).rejects.toThrow('exchange_empty')
    await expect(readRows('payments', [])).rejects.toThrow('exchange_empty')
  })

  it('refuse the same record twice in a file, and rows that say different things of one house', async () => {
    const head = ['number', 'holder', 'address', 'flat', 'district', 'area', 'opened_on']
    const rows = await readRows('accounts', table(head, ['1', 'А', 'Мира, 1', '1', 'Город', '50', '2024-01-01'], ['1', 'А', 'Мира, 1', '1', 'Город', '50', '2024-01-01'], ['2', 'Б', 'МИРА, 1', '2', 'Село', '50', '2024-01-01'], ['3', 'В', 'Мира, 1', '1', 'Город', '60', '2024-01-01']))
    expect(rows.map(({ faults }) => faults.map(({ field, code, details }) => `${field} ${code} ${details?.['row']}`))).toEqual([[], ['number row_repeated 2'], ['district row_contradicts 2'], ['area row_contradicts 2']])
  })
})
