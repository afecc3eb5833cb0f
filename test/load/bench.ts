import { benchBills } from './bench-bills.ts'
import { benchJournal } from './bench-journal.ts'
import { benchLedger } from './bench-ledger.ts'
import { benchLists } from './bench-lists.ts'
import { benchLetters } from './bench-letters.ts'
import { benchPages } from './bench-pages.ts'
import { benchRegistration } from './bench-registration.ts'
import { benchSteps } from './bench-steps.ts'
import { fill } from './fill.ts'
import { print, write, type Figure } from './report.ts'
import { startSystem } from './system.ts'

/**
 * Measures on this machine, in one run, each work against its limit, the two in turns, so that the machine's noise
 * cancels out. BENCH_FULL=1 goes on to a million appeals, BENCH_SECONDS is the length of a round, BENCH_ONLY names the
 * parts to run, BENCH_FILE is where the figures go.
 */
const { BENCH_FULL, BENCH_ONLY = 'lists,journal,steps,pages,registration,letters,bills,ledger', BENCH_FILE = '.cache/bench.json' } = process.env
const parts = BENCH_ONLY.split(',')
const sizes = [1_000, 100_000, ...(BENCH_FULL ? [1_000_000] : [])]

const system = await startSystem()
try {
  const figures: Figure[] = []
  const smallest = new Map<string, number>()
  for (const size of ['lists', 'journal', 'steps'].some((part) => parts.includes(part)) ? sizes : sizes.slice(0, 1)) {
    console.error(`filling in ${size.toLocaleString('en')} appeals`)
    await fill(system.pool, size)
    if (parts.includes('lists')) figures.push(...await benchLists(system, size, smallest))
  }
  if (parts.includes('journal')) figures.push(...await benchJournal(system))
  if (parts.includes('steps')) figures.push(...await benchSteps(system))
  if (parts.includes('letters')) figures.push(...await benchLetters())
  if (parts.includes('ledger')) figures.push(...await benchLedger(system))
  if (parts.includes('bills')) figures.push(...await benchBills(system))
  if (parts.includes('pages')) figures.push(...await benchPages(system))
  if (parts.includes('registration')) figures.push(...await benchRegistration(system))
  print(figures)
  write(figures, BENCH_FILE)
} finally {
  await system.stop()
}
