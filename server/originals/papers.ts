import type { Context, Hono } from 'hono'
import { sql, type Transaction } from 'kysely'
import QRCode from 'qrcode'
import { paperCode } from '../../regulation/paper-code.ts'
import { originalPlaces } from '../../regulation/originals.ts'
import { Refusal } from '../../regulation/refusals.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { formatDateTime, formatDay } from '../../web/i18n/format.ts'
import { originalPapers, originalWords } from '../../web/i18n/originals.ts'
import { findOriginals, originalsInFile, originalsOf, type OriginalRow } from '../appeals/original-index.ts'
import type { AppEnv, RequestContext } from '../operation.ts'
import type { Staff } from '../people/actor.ts'
import type { Group } from '../people/group.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import type { RegisterPrint } from '../papers/papers.ts'
import { asPdf } from '../papers/print-appeal.ts'
import { findCaseFiles, getCaseFile } from './case-files.ts'
import { getAct } from './destruction-acts.ts'
import { keeperOf } from './keeping.ts'
import { getStockTake, linesOf } from './stock-takes.ts'

/** The most papers that are printed in one list. */
const printLimit = 2_000

type Asked = RequestContext & { readonly actor: Staff; readonly tx: Transaction<DB>; readonly paper: Language }

/** Lists and labels of papers (п. 4.7–4.8, 7.8), each for whoever may see it on the screen. */
export function serveOriginalPapers(app: Hono<AppEnv>): void {
  app.get('/api/v1/originals/labels.pdf', async (c) => {
    const context = ask(c)
    const rows = await chosen(context, c)
    const labels = await Promise.all(rows.map(async (row) => ({
      number: row.number, date: formatDay(row.registered_at.toString()), organization: context.group.organizations.get(row.organization_id)!.shortName[context.paper],
      sheets: originalPapers[context.paper].sheetsOf(row.sheets), code: paperCode(row.appeal_id),
      qr: await QRCode.toString(paperCode(row.appeal_id), { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }),
    })))
    return asPdf(await context.typesetter.typeset('labels', { title: originalPapers[context.paper].labels, labels }), 'labels.pdf')
  })
  app.get('/api/v1/originals/hand-over.pdf', async (c) => register(ask(c), 'hand-over.pdf', async (context) => handOver(context, await chosen(context, c))))
  app.get('/api/v1/originals.pdf', async (c) => register(ask(c), 'originals.pdf', (context) => list(context, c)))
  app.get('/api/v1/stock-takes/:id/sheet.pdf', async (c) => register(ask(c), 'stock-take.pdf', (context) => stockTake(context, idOf(c))))
  app.get('/api/v1/case-files/:id/case-file.pdf', async (c) => register(ask(c), 'case-file.pdf', (context) => caseFile(context, idOf(c))))
  app.get('/api/v1/destruction-acts/:id/act.pdf', async (c) => register(ask(c), 'act.pdf', (context) => act(context, idOf(c))))
}

async function register(context: Asked, name: string, make: (context: Asked) => Promise<Omit<RegisterPrint, 'language' | 'printed'>>): Promise<Response> {
  const data = { language: context.paper, printed: formatDateTime(context.now.toString()), ...(await make(context)) }
  return asPdf(await context.typesetter.typeset('register', data), name)
}

function ask(c: Context<AppEnv>): Asked {
  const context = c.get('context')
  const { actor } = context
  if (actor.kind !== 'staff') throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted')
  return { ...context, actor, tx: context.db as Transaction<DB>, paper: c.req.query('language') === 'kk' ? 'kk' : 'ru' }
}

function idOf(c: Context): number {
  const id = Number(c.req.param('id'))
  if (!Number.isSafeInteger(id) || id < 1) throw new Refusal('not_found')
  return id
}

/** The papers named in the address (`appeals=1,2,3`) that this person keeps or holds. */
async function chosen({ tx, actor, group }: Asked, c: Context): Promise<OriginalRow[]> {
  const ids = (c.req.query('appeals') ?? '').split(',').map(Number).filter((id) => Number.isSafeInteger(id) && id > 0).slice(0, 200)
  const rows = await originalsOf(tx, keeperOf(actor, group), ids)
  if (rows.length === 0) throw new Refusal('paper_unknown')
  return rows
}

const nameOf = (group: Group, organization: string, language: Language): string => group.organizations.get(organization)!.name[language]
const what = (row: OriginalRow): string => [row.applicant_name, row.subject].filter(Boolean).join('. ')
const day = (row: OriginalRow): string => formatDay(row.registered_at.toString())
const sheetsOf = (rows: readonly OriginalRow[]): number => rows.reduce((sum, row) => sum + row.sheets, 0)

function whereOf(row: OriginalRow, group: Group, language: Language): string {
  const words = originalWords[language]
  const unit = row.unit_id ? group.units.get(row.unit_id)?.name[language] : undefined
  if (row.destroyed_by) return words.destroyedBy(row.destroyed_by)
  return [row.person_name ?? unit, row.person_name && unit, row.shelf, row.case_index && words.inFile(row.case_index), row.offered_name && words.waits(row.offered_name)].filter(Boolean).join(', ')
}

async function handOver({ group, paper, actor }: Asked, rows: readonly OriginalRow[]): Promise<Omit<RegisterPrint, 'language' | 'printed'>> {
  const words = originalPapers[paper]
  const receivers = [...new Set(rows.flatMap((row) => row.offered_name ?? row.person_name ?? []))]
  const to = receivers.length === 1 ? receivers[0]! : ''
  return {
    organization: nameOf(group, rows[0]!.organization_id, paper), title: words.handOver,
    facts: [[words.handOverFrom, actor.name], [words.handOverTo, to]],
    columns: [{ name: words.n, mm: 9 }, { name: words.number, mm: 33 }, { name: words.registered, mm: 22 }, { name: words.what }, { name: words.sheets, mm: 15 }, { name: words.returnOn, mm: 22 }],
    rows: rows.map((row, i) => [String(i + 1), row.number, day(row), what(row), String(row.sheets), row.return_on ? formatDay(row.return_on.toString()) : '']),
    sum: words.total(rows.length, sheetsOf(rows)),
    signatures: [{ role: words.gives, name: actor.name }, { role: words.takes, name: to }],
  }
}

async function list({ tx, group, paper, actor, now }: Asked, c: Context): Promise<Omit<RegisterPrint, 'language' | 'printed'>> {
  const words = originalPapers[paper]
  const place = originalPlaces.find((one) => one === c.req.query('place')) ?? 'with_me'
  const rows = await findOriginals(tx, keeperOf(actor, group), { place, today: dateOf(now), unit: c.req.query('unit') || undefined, limit: printLimit + 1 })
  if (rows.length > printLimit) throw new Refusal('too_many_rows', { details: { count: rows.length, max: printLimit } })
  return {
    organization: [...new Set(rows.map((row) => nameOf(group, row.organization_id, paper)))].join(', ') || actor.name, title: words.list(originalWords[paper].places[place]), wide: true, facts: [],
    columns: [{ name: words.n, mm: 9 }, { name: words.number, mm: 33 }, { name: words.registered, mm: 22 }, { name: words.what, part: 2 }, { name: words.sheets, mm: 15 }, { name: words.where }, { name: words.since, mm: 24 }, { name: words.returnOn, mm: 24 }],
    rows: rows.map((row, i) => [
      String(i + 1), row.number, day(row), what(row), String(row.sheets), whereOf(row, group, paper), formatDay(row.since.toString()), row.return_on ? formatDay(row.return_on.toString()) : '',
    ]),
    sum: words.total(rows.length, sheetsOf(rows)), signatures: [],
  }
}

async function stockTake({ tx, group, paper, actor }: Asked, id: number): Promise<Omit<RegisterPrint, 'language' | 'printed'>> {
  const words = originalPapers[paper]
  const known = await getStockTake(tx, actor, group, id)
  const rowsOf = async (show: 'missing' | 'elsewhere') => originalsOf(tx, keeperOf(actor, group), await linesOf(tx, { id, show, after: 0, limit: printLimit }))
  const [missing, elsewhere] = [await rowsOf('missing'), await rowsOf('elsewhere')]
  const line = (row: OriginalRow, i: number, result: string) => [String(i + 1), row.number, day(row), what(row), String(row.sheets), result]
  return {
    organization: nameOf(group, known.organization, paper), title: words.stockTake,
    facts: [
      [words.stockTakeOf, group.units.get(known.unit)!.name[paper]], [words.began, formatDateTime(known.startedAt)], [words.ended, known.closedAt ? formatDateTime(known.closedAt) : words.going],
      [words.shouldLie, String(known.expected)], [words.foundThere, String(known.found)], [words.missing, String(known.missing)], [words.elsewhere, String(known.elsewhere)],
    ],
    columns: [{ name: words.n, mm: 9 }, { name: words.number, mm: 33 }, { name: words.registered, mm: 22 }, { name: words.what }, { name: words.sheets, mm: 15 }, { name: words.result, mm: 38 }],
    rows: [
      ...missing.map((row, i) => line(row, i, words.notFound)),
      ...elsewhere.map((row, i) => line(row, missing.length + i, `${words.notHere}: ${whereOf(row, group, paper)}`)),
    ],
    signatures: [{ role: words.clerk, name: known.startedBy }, { role: words.commission, name: '' }],
  }
}

async function caseFile({ tx, group, paper, actor }: Asked, id: number): Promise<Omit<RegisterPrint, 'language' | 'printed'>> {
  const words = originalPapers[paper]
  const file = await getCaseFile(tx, actor, group, id)
  const rows = await originalsInFile(tx, id, { limit: printLimit })
  return {
    organization: nameOf(group, file.organization, paper), title: words.inner,
    cover: {
      unit: group.units.get(file.unit)!.name[paper], index: file.index, title: file.title,
      dates: file.closedOn ? words.caseDates(formatDay(file.openedOn), formatDay(file.closedOn)) : formatDay(file.openedOn),
      lines: [words.caseSheets(file.sheets ?? 0), words.kept(file.retentionYears, file.ground)],
    },
    facts: [[words.caseFile, `${file.index}, ${file.title}, ${file.year}`]],
    columns: [{ name: words.n, mm: 9 }, { name: words.number, mm: 33 }, { name: words.registered, mm: 22 }, { name: words.what }, { name: words.sheets, mm: 15 }],
    rows: rows.map((row, i) => [String(i + 1), row.number, day(row), what(row), String(row.sheets)]),
    sum: words.total(rows.length, sheetsOf(rows)), signatures: [{ role: words.made, name: actor.name }],
  }
}

async function act({ tx, group, paper, actor }: Asked, id: number): Promise<Omit<RegisterPrint, 'language' | 'printed'>> {
  const words = originalPapers[paper]
  const known = await getAct(tx, actor, group, id)
  const files = await findCaseFiles(tx, sql`f.act_id = ${id} order by f.year, f.index`)
  return {
    organization: nameOf(group, known.organization, paper), title: words.act(known.number),
    approval: { word: words.approve, who: `${words.head}, ${nameOf(group, known.organization, paper)}`, name: known.approvedBy ?? '', date: known.approvedOn ? formatDay(known.approvedOn) : '' },
    facts: [], text: words.actText(formatDay(known.drawnOn)),
    columns: [{ name: words.n, mm: 9 }, { name: words.caseIndex, mm: 24 }, { name: words.caseTitle }, { name: words.caseYear, mm: 14 }, { name: words.sheets, mm: 15 }, { name: words.caseTerm, mm: 45 }],
    rows: files.map((file, i) => [String(i + 1), file.index, file.title, String(file.year), String(file.sheets), words.kept(file.retentionYears, file.ground)]),
    sum: [words.total(known.papers ?? 0, known.sheets ?? 0), known.carriedOutOn && words.destroyed(known.way ?? '', formatDay(known.carriedOutOn))].filter(Boolean).join(' '),
    signatures: [{ role: words.made, name: known.drawnBy }, ...known.commission.split(/[\n;]/).map((member) => member.trim()).filter(Boolean).map((member) => ({ role: words.member, name: member }))],
  }
}
