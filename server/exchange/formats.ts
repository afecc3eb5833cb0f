import { readingSources } from '../../regulation/readings.ts'
import { services } from '../../regulation/tariffs.ts'
import type { ColumnName } from '../../web/i18n/exchange.ts'
import { mirroredKinds } from '../ledger/mirror-month.ts'

/**
 * What is exchanged with an outside billing system (п. 11.3.1), as data: from this one table files are read and
 * written, templates and `docs/exchange.md` are made, and the screen tells the columns.
 */
export const exchangeKinds = ['accounts', 'meters', 'readings', 'charges', 'payments', 'balances'] as const
export type ExchangeKind = (typeof exchangeKinds)[number]

export type ColumnType =
  | { readonly type: 'text'; readonly max: number; readonly pattern?: RegExp }
  | { readonly type: 'day' | 'month' | 'flag' }
  /** Tenge with at most two decimals, kept as tiyn; `signed`: may be below nothing. */
  | { readonly type: 'money'; readonly signed: boolean }
  /** At most four decimals, kept as ten-thousandths. */
  | { readonly type: 'quantity'; readonly signed?: boolean }
  | { readonly type: 'whole'; readonly from: number; readonly to: number }
  | { readonly type: 'choice'; readonly of: readonly string[] }
  /** `tiers` or `tiers/household`. */
  | { readonly type: 'plan' }
export type Column = ColumnType & { readonly name: ColumnName; readonly required?: boolean; readonly unit?: string; readonly example: string; readonly about: string }
export type Format = {
  readonly about: string
  readonly columns: readonly Column[]
  /** By which columns a row is known again; twice in a file it is refused. Absent: rows may repeat. */
  readonly key?: readonly ColumnName[]
  /** What refuses a row, beside a field that is missing or cannot be read. */
  readonly refuses: readonly string[]
}

const accountNumber = /^[0-9A-Za-zА-Яа-я/-]{1,30}$/
const account = { name: 'account', type: 'text', max: 30, pattern: accountNumber, required: true, example: '1000001', about: 'The number of the account' } as const satisfies Column
const service = { name: 'service', type: 'choice', of: services, required: true, example: 'electricity', about: 'The service: its code, or its name in Russian or Kazakh' } as const satisfies Column
const serial = { name: 'serial', type: 'text', max: 40, required: true, example: 'E00000001', about: 'The serial number of the meter' } as const satisfies Column
const chargeMethods = ['reading', 'average', 'norm', 'outside'] as const

export const formats: Readonly<Record<ExchangeKind, Format>> = {
  accounts: {
    about: 'Accounts with their homes, who lives there and what they take. A known number is brought up to date; a column that the file does not have is left as it is.',
    key: ['number'],
    columns: [
      { name: 'number', type: 'text', max: 30, pattern: accountNumber, required: true, example: '1000001', about: 'The number of the account: letters, digits, `-` and `/`; what the row is known by' },
      { name: 'holder', type: 'text', max: 200, required: true, example: 'Сергеев Пётр', about: 'Whose account it is' },
      { name: 'address', type: 'text', max: 300, required: true, example: 'г. Петропавловск, ул. Жамбыла, 12', about: 'The house, without the flat, as bills write it' },
      { name: 'flat', type: 'text', max: 20, example: '5', about: 'Empty: a house of its own' },
      { name: 'district', type: 'text', max: 100, example: 'г. Петропавловск', about: 'Of the house: the same in every row of it' },
      { name: 'area', type: 'quantity', required: true, unit: 'm²', example: '54.3', about: 'Of the home; more than nothing' },
      { name: 'stove', type: 'flag', example: '0', about: 'An electric stove stands in the home' },
      { name: 'common_heat_meter', type: 'flag', example: '1', about: 'The house counts its heat together: the same in every row of it' },
      { name: 'residents', type: 'whole', from: 0, to: 50, unit: 'people', example: '3', about: 'Who is registered there; a new account without it has 1' },
      { name: 'benefit', type: 'flag', example: '0', about: 'A lone pensioner, or somebody with a benefit' },
      { name: 'opened_on', type: 'day', required: true, example: '2024-01-01', about: 'The first day of the account' },
      { name: 'closed_on', type: 'day', example: '', about: 'Its last day; empty: it is open' },
      { name: 'since', type: 'day', example: '', about: 'From which day residents, benefit and services hold where they differ; empty: of a new account from its first day, of a known one from the first day of the open month' },
      ...services.map((one): Column => ({ name: one, type: 'plan', example: one === 'electricity' ? 'tiers/household' : 'flat', about: `The tariff plan of ${one.replace('_', ' ')} (\`flat\`, \`tiers\`, \`zones\`), after a slash the consumer group where it is not \`household\`; empty: not taken, and one taken until now ends the day before \`since\`` })),
    ],
    refuses: ['`since` in a closed month (`period_closed`)', '`closed_on` before `opened_on` (`outage_ends_first`)', 'another district, heat meter, area or stove than an earlier row of the same house or home (`row_contradicts`)', 'a plan that no tariff of that day has (`no_tariff`)', 'a service that began on or after `since` and is to end (`service_begins_later`)'],
  },
  meters: {
    about: 'Meters of accounts and of whole houses. Known by service and serial number.',
    key: ['service', 'serial'],
    columns: [
      { ...account, required: false, about: 'The account whose meter it is; empty: a meter of the whole house' },
      { name: 'address', type: 'text', max: 300, example: '', about: 'The house of a common meter, as in the file of accounts; empty where `account` is given' },
      service, serial,
      { name: 'digits', type: 'whole', from: 3, to: 9, required: true, example: '6', about: 'Before the point' },
      { name: 'registers', type: 'whole', from: 1, to: 2, required: true, example: '1', about: '2: day and night are counted apart; never changes' },
      { name: 'seals', type: 'text', max: 120, example: 'П-1', about: 'Numbers of the seals' },
      { name: 'verified_on', type: 'day', example: '2024-01-01', about: 'The last verification' },
      { name: 'next_verification_on', type: 'day', example: '2032-01-01', about: 'Until when it may be counted by' },
      { name: 'installed_on', type: 'day', required: true, example: '2024-01-01', about: 'Put up' },
      { name: 'removed_on', type: 'day', example: '', about: 'Taken down; empty: it counts' },
    ],
    refuses: ['both or neither of `account` and `address` (`field_missing`, `unknown_field`)', 'an unknown account or house (`account_unknown`, `house_unknown`)', 'a meter that stands on another account or house (`serial_taken`)', 'another number of registers than before (`registers_fixed`)', 'a day of installation or removal in the future (`date_in_future`)', '`removed_on` before `installed_on`, `next_verification_on` before `verified_on` (`outage_ends_first`)'],
  },
  readings: {
    about: 'Readings that count: taken as accepted. One that is there already (the same meter, day and figures) is passed over; those of a meter stand in the order of their days.',
    columns: [
      { ...account, required: false, about: 'The account; empty: a meter of the whole house' },
      service, serial,
      { name: 'day', type: 'day', required: true, example: '2026-10-25', about: 'When it was taken' },
      { name: 'value', type: 'quantity', required: true, unit: 'kWh, m³, Gcal', example: '12345', about: 'As the meter shows it; of two registers the day\'s' },
      { name: 'night', type: 'quantity', unit: 'kWh', example: '', about: 'The night\'s, of a meter with two registers' },
      { name: 'source', type: 'choice', of: readingSources, example: 'consumer', about: 'How it came: `consumer`, `inspector`, `office`, `automatic`, `estimated`; empty: `office`' },
    ],
    refuses: ['an unknown meter, or one of another account (`meter_unknown`)', 'a day in the future (`date_in_future`), before the meter was put up (`reading_before_meter`), after it was taken down (`meter_removed`), or in a closed month (`period_closed`)', 'a day before the last accepted reading (`reading_before_last`)', 'more digits than the meter has (`reading_beyond_digits`)', 'no night figure of two registers, or one of a meter with one (`field_missing`, `unknown_field`)'],
  },
  charges: {
    about: 'Charges of one month, a file a month. Taken in only where the outside system is the master (`cabinet.master: outside`): the month becomes a settlement that is posted at once. A month that was taken before is corrected: differences become recalculations in the open month, lines that the file does not have stay.',
    key: ['account', 'service', 'kind'],
    columns: [
      account,
      { name: 'period', type: 'month', required: true, example: '2026-10', about: 'The month, the same in every row' },
      service,
      { name: 'kind', type: 'choice', of: mirroredKinds, required: true, example: 'charge', about: '`charge`, `common` (common-house needs), `recalculation` or `penalty`' },
      { name: 'method', type: 'choice', of: chargeMethods, example: 'reading', about: 'How the quantity came about; for information: here it is kept as `outside`' },
      { name: 'quantity', type: 'quantity', signed: true, unit: 'kWh, Gcal, m³, people', example: '215', about: 'What was used' },
      { name: 'net', type: 'money', signed: true, unit: '₸', example: '5181.50', about: 'Without VAT' },
      { name: 'vat', type: 'money', signed: true, unit: '₸', example: '829.04', about: 'VAT; with `net` it makes `amount`' },
      { name: 'amount', type: 'money', signed: true, required: true, unit: '₸', example: '6010.54', about: 'With VAT' },
    ],
    refuses: ['an unknown account (`account_unknown`), or one that is not open in the month (`account_not_open`)', 'another month than the first row\'s (`month_differs`); a month to come (`date_in_future`)', '`net` and `vat` that do not make `amount` (`amounts_differ`)', 'a kind of line that is not charged (`field_invalid`)'],
  },
  payments: {
    about: 'Payments, spread over what the account owes. Known by source and reference: what is there already is passed over.',
    key: ['source', 'reference'],
    columns: [
      account,
      { name: 'day', type: 'day', required: true, example: '2026-10-20', about: 'When it was paid' },
      { name: 'amount', type: 'money', signed: false, required: true, unit: '₸', example: '6000', about: 'More than nothing' },
      { name: 'source', type: 'text', max: 60, required: true, example: 'Халык банк', about: 'Who took it in' },
      { name: 'reference', type: 'text', max: 100, required: true, example: '000123456', about: 'Its number there' },
    ],
    refuses: ['an unknown account (`account_unknown`)', 'a day in the future (`date_in_future`)', 'a sum of nothing or less (`amount_invalid`)', 'a source and reference that are there with another account, sum or day (`reference_booked`)'],
  },
  balances: {
    about: 'Opening balances: what an account owes before anything is written on it here. An export tells the balances of now, or of the end of a posted month.',
    key: ['account', 'service'],
    columns: [
      account, service,
      { name: 'principal', type: 'money', signed: true, required: true, unit: '₸', example: '6010.54', about: 'Owed; below nothing: paid ahead' },
      { name: 'penalty', type: 'money', signed: true, unit: '₸', example: '0', about: 'Penalty owed' },
    ],
    refuses: ['an unknown account (`account_unknown`)', 'an account that has lines already (`account_has_lines`)'],
  },
}

const typeNames: Readonly<Record<Column['type'], string>> = {
  text: 'text', day: 'day, `YYYY-MM-DD` or `DD.MM.YYYY`', month: 'month, `YYYY-MM`', flag: '`1` or `0`; also да/нет, иә/жоқ, true/false', money: 'tenge, at most two decimals', quantity: 'number, at most four decimals', whole: 'whole number', choice: 'one of', plan: 'plan, or plan/group',
}
/** What may stand in a column, in words. */
export function typeOf(column: Column): string {
  switch (column.type) {
    case 'text': return `text, at most ${column.max} signs`
    case 'whole': return `whole number, ${column.from} to ${column.to}`
    case 'choice': return `one of ${column.of.map((one) => `\`${one}\``).join(', ')}`
    case 'money': return `${typeNames.money}${column.signed ? ', may be negative' : ''}`
    default: return typeNames[column.type]
  }
}

/** `docs/exchange.md`, made from the table. */
export function exchangeDocs(): string {
  const kinds = exchangeKinds.map((kind) => {
    const { about, columns, key, refuses } = formats[kind]
    const rows = columns.map((one) => `| \`${one.name}\` | ${typeOf(one)} | ${one.unit ?? '—'} | ${one.required ? 'yes' : ''} | ${one.example ? `\`${one.example}\`` : '—'} | ${one.about} |`)
    return `## ${kind}

${about}${key ? ` A row is known by ${key.map((one) => `\`${one}\``).join(' + ')}; twice in one file it is refused (\`row_repeated\`).` : ''}

| column | type | unit | required | example | what it says |
|---|---|---|---|---|---|
${rows.join('\n')}

Refused, beside fields that are missing or cannot be read:

${refuses.map((one) => `- ${one}`).join('\n')}
`
  })
  return `# Exchange with an outside billing system

Made by \`npm run docs\` from \`server/exchange/formats.ts\`; п. 11.3.1. Every kind goes in and out as CSV and XLSX, on the desk («Обмен») and through the API, for the settlement unit and for IT administrators of the settlement centre and of the group's head company.

- **Files in.** CSV in UTF-8 (with or without BOM) or windows-1251, separated by \`;\`, \`,\` or tabs, or the first sheet of an XLSX; at most 250 000 rows and 60 MB. The first row names the columns, as below or by their titles on the desk, in any order; an unknown or a missing required column refuses the file. Decimals with a point or a comma. A text cell that a spreadsheet would take for a formula is written with \`'\` before it, and read back without.
- **Files out.** CSV in UTF-8 with BOM, \`;\`, decimals with a comma, days as \`YYYY-MM-DD\`; XLSX with numbers as numbers. What goes out may come in again.
- **Twice is once.** A file is judged row by row before anything is written (new, changed, unchanged, refused), and judged again as it is applied, in parts of which each is there whole or not at all. The same file again changes nothing; an import that was cut off goes on where it was.
- **Who is the master.** \`cabinet.master: own\` — this ledger charges: charges only go out, opening balances come in. \`outside\` — the outside system charges: its charges come in month by month, make bills here, and this ledger computes nothing of its own.
- **Moving in.** Accounts, meters, readings, then balances; payments that those balances hold already stay out. Where the outside system stays the master: balances once, then every month the payments of the month and its charges.

| call | what it does |
|---|---|
| \`POST /api/v1/exchange/{kind}?name=…\` | the file as the body; answers \`{ id }\`, the file is judged in the background |
| \`GET /api/v1/exchange/imports\`, \`…/imports/{id}\` | files, newest first; one of them: state, progress, counts, rows with what would happen or why not |
| \`GET /api/v1/exchange/imports/{id}/refused.csv\` | every refused row with why, in the reader's language |
| \`POST /api/v1/exchange/imports/{id}/application\`, \`…/cancel\` | apply, or throw away what was only laid out |
| \`GET /api/v1/exchange/{kind}.csv\`, \`.xlsx\` | an export; \`period\` (charges, payments, balances), \`from\` and \`to\` (readings, payments), \`since\` (readings accepted since ten minutes before a moment, so that none is missed that was being written then) |
| \`GET /api/v1/exchange/templates/{kind}.csv\`, \`.xlsx\` | an empty file with its columns; the XLSX explains them on its second sheet |

${kinds.join('\n')}`
}
