import { call } from '@orpc/server'
import { readJournal } from '../../server/journal/read-journal.ts'
import { asked } from './fill-words.ts'
import { againstBare, type Ask } from './bench-lists.ts'
import { p95, perSecond, type Figure } from './report.ts'
import type { System } from './system.ts'

/** A year's journal: opened, leafed through, filtered; and taken out as a spreadsheet against COPY of the same rows. */
export async function benchJournal(system: System): Promise<Figure[]> {
  const { pool, client } = system
  const { rows: [series] } = await pool.query<{ year: number; last_n: number }>(`select year, last_n from journal_series where journal = 'feedback' order by last_n desc limit 1`)
  const { year, last_n: last } = series!
  const of = last.toLocaleString('en')
  const page = (input: Record<string, string | number>): Ask => {
    const whole = { organization: 'skes', journal: 'feedback', year, limit: 100, ...input }
    return { path: `/journal?${new URLSearchParams(Object.entries(whole).map(([name, value]) => [name, String(value)]))}`, run: (context) => call(readJournal, whole as never, { context }) }
  }
  const middle = Array.from({ length: 10 }, (_, i) => page({ before: Math.floor(last / 11) * (i + 1) }))
  const screens: readonly (readonly [string, Ask[]])[] = [
    ['journal opens', [page({})]], ['journal, next page', middle], ['journal, one month', [page({ from: `${year}-10-01`, to: `${year}-10-31` })]],
    ['journal, late ones', [page({ state: 'late' })]], ['journal, kind and way', [page({ kind: 'claim', channel: 'site_feedback' })]],
    ['journal, a number', [page({ text: `${year}-0${Math.floor(last / 2)}` })]], ['journal, a surname', [page({ text: asked.surname })]],
  ]
  const figures: Figure[] = []
  for (const [work, asks] of screens) {
    const { http, sql } = await againstBare(system, asks)
    figures.push({ work: `${work}, of ${of}`, measured: p95(http), against: `${p95(sql)} bare SQL`, ratio: sql / http, aim: { atLeast: 0.5 } })
  }
  const { cookie } = await system.signIn('contact_centre_head')
  const query = `organization=skes&journal=feedback&year=${year}`
  const written = await secondsOf(() => client.get(`/api/v1/journal.xlsx?${query}`, { cookie }))
  const copied = await secondsOf(() => pool.query(`copy (
    select e.registered_at, e.number, a.received_at, a.channel, a.kind, c.applicant_name, c.subject, a.due_on, a.answered_on, a.state,
      (select v.data ->> 'text' from appeal_events v where v.appeal_id = e.appeal_id and v.action = 'impose_resolution' order by v.seq desc limit 1)
    from journal_entries e join appeals a on a.id = e.appeal_id join appeal_contents c on c.appeal_id = a.id
    where e.organization_id = 'skes' and e.journal = 'feedback' and e.year = ${year} order by e.n) to '/dev/null'`))
  figures.push({ work: `journal to XLSX, ${of} rows`, measured: perSecond(last / written), against: `${perSecond(last / copied)} COPY`, ratio: copied / written, aim: { atLeast: 0.1 } })
  return figures
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}
