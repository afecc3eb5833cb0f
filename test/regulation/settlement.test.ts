import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { addLines, owed, penalty, spread, type Balances, type Line } from '../../regulation/ledger.ts'
import { isOpen, judgeReading, windowOf } from '../../regulation/readings.ts'
import { monthOf, needsPast, settleHouse, workingOf, type AccountMonth, type CommonMonth, type Decision, type MeterMonth, type ServiceMonth, type Used } from '../../regulation/settlement.ts'
import { quantityScale, readQuantity, services, writeQuantity, type Quantity, type Service } from '../../regulation/tariffs.ts'
import { readGroup } from '../../server/people/read-group.ts'

const { tariffs, cabinet: { rules, window } } = readGroup('groups/sevkazenergo.yaml')
const day = (text: string) => Temporal.PlainDate.from(text)
const units = (text: string): Quantity => readQuantity(text.replace('-', ''))! * (text.startsWith('-') ? -1n : 1n)
const tenge = (tiyn: bigint) => (Number(tiyn) / 100).toFixed(2)
const examples = parse(readFileSync(new URL('../../regulation/examples/readings.yaml', import.meta.url), 'utf8')) as { readings: Reading[]; refused: (Reading & { field: string; code: string })[]; methods: Method[] }
type Reading = { clause: string; value: string; night?: string; registers?: 2; last?: string; lastNight?: string; today?: string; on?: string; verification?: string; installed?: string; removed?: string; used: string; usedNight?: string; doubts: string[] }
type Method = { clause: string; why: string; since?: string; taken?: string; settled?: boolean; past?: string[]; estimated?: string; estimatedMonths?: number; verification?: string; carried?: string; decision?: Decision; method: string; quantity: string; total: string; exception?: string }

const judge = (row: Reading) => judgeReading({
  meter: { digits: 5, registers: row.registers ?? 1, installedOn: day(row.installed ?? '2024-01-01'), ...(row.removed && { removedOn: day(row.removed) }), ...(row.verification && { nextVerificationOn: day(row.verification) }) },
  given: { value: units(row.value), ...(row.night && { night: units(row.night) }) }, takenOn: day(row.on ?? row.today ?? '2026-11-23'), today: day(row.today ?? '2026-11-23'),
  last: { value: units(row.last ?? '1000'), ...(row.lastNight && { night: units(row.lastNight) }), takenOn: day('2026-10-24') }, usual: units('120'), window, spikeTimes: 5,
  ...((!row.today || row.today > '2026-11') && { closedThrough: day('2026-10-31') }),
})

describe('a reading (п. 11.3.1)', () => {
  test.each(examples.readings.map((row) => [JSON.stringify(row), row] as const))('%s', (_, row) => {
    expect(judge({ ...row, ...(row.today && { last: row.last ?? '1000' }) })).toMatchObject({ ok: true, used: { value: units(row.used), ...(row.usedNight && { night: units(row.usedNight) }) }, doubts: row.doubts })
  })
  test.each(examples.refused.map((row) => [`${row.value} is refused: ${row.code}`, row] as const))('%s', (_, row) => {
    expect(judge(row.today === '2026-10-25' ? { ...row, today: '2026-10-25' } : row)).toMatchObject({ ok: false, field: row.field, code: row.code })
  })
  it('counts what goes round the last digit, whatever the digits, or doubts it', () => {
    fc.assert(fc.property(fc.integer({ min: 3, max: 9 }), fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.bigInt({ min: 0n, max: 10n ** 9n }), (digits, then, now) => {
      const capacity = 10n ** BigInt(digits)
      const judged = judgeReading({
        meter: { digits, registers: 1, installedOn: day('2020-01-01') }, given: { value: (now % capacity) * quantityScale }, takenOn: day('2026-11-23'), today: day('2026-11-23'), window, spikeTimes: 5,
        last: { value: (then % capacity) * quantityScale, takenOn: day('2026-10-24') }, usual: 100n * quantityScale,
      })
      if (!judged.ok) throw new Error(judged.code)
      const round = (now % capacity) - (then % capacity)
      if (!judged.doubts.includes('lower')) expect(judged.used.value).toBe((round >= 0n ? round : round + capacity) * quantityScale)
      else expect([judged.used.value, round < 0n]).toEqual([0n, true])
    }))
  })
  it('knows its window in short and long months', () => {
    expect([isOpen({ from: 20, to: 31 }, day('2026-02-28')), isOpen({ from: 20, to: 25 }, day('2026-02-26'))]).toEqual([true, false])
    expect(Object.values(windowOf({ from: 20, to: 25 }, day('2026-11-26'))).map(String)).toEqual(['2026-12-20', '2026-12-25'])
    expect(Object.values(windowOf({ from: 20, to: 31 }, day('2026-02-03'))).map(String)).toEqual(['2026-02-20', '2026-02-28'])
  })
})

const month = monthOf(tariffs, rules, day('2026-10-01'))
const fact = (id: number, value: string, settled = false) => ({ id, value: units(value), settled })
const byDay = (quantity: string): Used => ({ day: units(quantity), night: 0n })
const account = (changes: Partial<AccountMonth> = {}): AccountMonth => ({
  account: 1, residents: 1, benefit: false, stove: false, commonMeter: false, area: units('54.3'), services: [], opening: new Map(), lastCharged: new Map(), lines: [], ...changes,
})
const meterOf = (row: Partial<Method>): MeterMonth => ({
  meter: 7, registers: 1, digits: 5, ...(row.since && { since: fact(1, row.since) }), ...(row.taken && { taken: fact(2, row.taken, row.settled ?? false) }), ...(row.verification && { nextVerificationOn: day(row.verification) }),
  ...(row.past && { past: row.past.map(byDay) }), ...(row.estimatedMonths && { estimated: { months: row.estimatedMonths, used: { day: units(row.estimated ?? '0'), night: 0n } } }), ...(row.carried && { carried: units(row.carried) }),
})
const electricity = (more: Partial<ServiceMonth>): ServiceMonth => ({ service: 'electricity', group: 'household', plan: 'tiers', ...more })

describe('a month (п. 11.3.1)', () => {
  test.each(examples.methods.map((row) => [row.why, row] as const))('%s', (_, row) => {
    const [settled] = settleHouse(month, { accounts: [account({ services: [electricity({ meter: meterOf(row), decision: row.decision })] })] })
    const [charge] = settled!.charges
    expect({ method: charge?.method, quantity: (charge!.quantity! < 0n ? '-' : '') + writeQuantity(charge!.quantity! < 0n ? -charge!.quantity! : charge!.quantity!), total: tenge(charge!.amount) }).toEqual({ method: row.method, quantity: row.quantity, total: row.total })
    expect(settled!.exceptions.map(({ kind }) => kind)).toEqual(row.exception ? [row.exception] : [])
  })

  const shared = (taken: string, more: { since?: string; charged?: string } = {}): CommonMonth => ({ meters: [{ meter: 9, digits: 5, since: fact(3, more.since ?? '0'), taken: fact(4, taken) }], charged: units(more.charged ?? '0') })

  it('shares what the house used beyond its homes by area: 7.71 kWh of it cost 215.54', () => {
    const home = (id: number, area: string) => account({ account: id, area: units(area), services: [electricity({ meter: meterOf({ since: '0', taken: '100' }) })] })
    const settled = settleHouse(month, { accounts: [home(1, '7.71'), home(2, '604.29')], common: shared('812') })
    const common = settled[0]!.charges.find(({ kind }) => kind === 'common')!
    expect([writeQuantity(common.quantity!), tenge(common.net!), tenge(common.amount)]).toEqual(['7.71', '185.81', '215.54'])
  })

  it('shares nothing where the homes used more than the house', () => {
    const settled = settleHouse(month, { accounts: [account({ services: [electricity({ meter: meterOf({ since: '0', taken: '100' }) })] })], common: shared('90') })
    expect(settled[0]!.charges.some(({ kind }) => kind === 'common')).toBe(false)
  })

  it('shares the months together that the common meter was not read in, of all meters of the house, past their last digit as well', () => {
    const commonOf = (common: CommonMonth) => settleHouse(month, { accounts: [account({ services: [electricity({ meter: meterOf({ since: '0', taken: '100' }) })] })], common })[0]!.charges.find(({ kind }) => kind === 'common')?.quantity
    expect(commonOf(shared('250', { charged: '110' }))).toBe(units('40'))
    expect(commonOf({ meters: [...shared('90').meters, ...shared('60').meters], charged: 0n })).toBe(units('50'))
    expect(commonOf(shared('50', { since: '99900' }))).toBe(units('50'))
    expect(commonOf(shared('800', { since: '900' }))).toBeUndefined()
  })

  it('counts heat by area in the season only, water drained as water that came, waste by heads', () => {
    const taken = (names: readonly Service[]) => names.map((service): ServiceMonth => ({ service, group: 'household', plan: 'flat' }))
    const of = (period: string, accountMonth: AccountMonth) => Object.fromEntries(settleHouse(monthOf(tariffs, rules, day(period)), { accounts: [accountMonth] })[0]!.charges.map((one) => [one.service, writeQuantity(one.quantity!)]))
    expect(of('2026-10-01', account({ residents: 2, services: taken(['heating', 'waste', 'sewage']) }))).toEqual({ heating: '1.0317', waste: '2', sewage: '14.4' })
    expect(of('2026-07-01', account({ services: taken(['heating', 'waste']) }))).toEqual({ waste: '1' })
    const [hot, cold, sewage] = taken(['hot_water', 'cold_water', 'sewage'])
    expect(of('2026-10-01', account({ services: [{ ...hot!, meter: meterOf({ since: '10', taken: '13' }) }, { ...cold!, meter: meterOf({ since: '10', taken: '15' }) }, sewage!] }))).toEqual({ hot_water: '3', cold_water: '5', sewage: '8' })
  })

  it('says what it could not price, and charges nothing for it', () => {
    const [settled] = settleHouse(monthOf(tariffs, rules, day('2020-01-01')), { accounts: [account({ services: [electricity({ meter: meterOf({ since: '0', taken: '1' }) })] })] })
    expect([settled!.charges, settled!.exceptions.map(({ kind }) => kind)]).toEqual([[], ['no_tariff']])
  })

  it('estimates each zone by what that zone used', () => {
    const meter: MeterMonth = { ...meterOf({ since: '1000' }), registers: 2, past: [{ day: units('60'), night: units('40') }, { day: units('80'), night: units('61') }] }
    const [settled] = settleHouse(month, { accounts: [account({ services: [electricity({ plan: 'zones', meter })] })] })
    const [charge] = settled!.charges
    expect([charge!.method, writeQuantity(charge!.quantity!), writeQuantity(charge!.night!)]).toEqual(['average', '120.5', '50.5'])
  })

  it('asks for the past only where the month before does not do', () => {
    const meter = { ...meterOf({ since: '1000', taken: '1100' }), before: byDay('100') }
    expect(needsPast(rules, meter, month.end)).toBe(false)
    expect([needsPast(rules, { ...meter, taken: undefined }, month.end), needsPast(rules, { ...meter, before: byDay('19') }, month.end), needsPast(rules, { ...meter, before: undefined }, month.end)]).toEqual([true, true, true])
  })

  it('can be worked out again line by line, to the tiyn', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 900_0000n }), fc.integer({ min: 1, max: 6 }), fc.boolean(), fc.boolean(), fc.constantFrom('tiers' as const, 'flat' as const), (used, residents, benefit, stove, plan) => {
      const [settled] = settleHouse(month, { accounts: [account({ residents, benefit, stove, services: [electricity({ plan, meter: { ...meterOf({ since: '0' }), taken: { ...fact(2, '0', true), value: used } } })] })] })
      const [charge] = settled!.charges
      expect(workingOf(tariffs, { on: month.end, service: 'electricity', group: 'household', plan, stove, commonMeter: false, residents, benefit, quantity: charge!.quantity! })?.total).toBe(charge!.amount)
    }))
  })
})

const balances = fc.array(fc.tuple(fc.constantFrom(...services), fc.bigInt({ min: -10_000_00n, max: 10_000_00n }), fc.bigInt({ min: 0n, max: 1_000_00n })), { maxLength: 6 })
  .map((parts): Balances => new Map(parts.map(([service, principal, owing]) => [service, { principal, penalty: owing }])))
const kinds = fc.constantFrom('charge' as const, 'recalculation' as const, 'payment' as const, 'penalty' as const, 'penalty_payment' as const, 'opening' as const)
const anyLines = fc.array(fc.record({ service: fc.constantFrom(...services), kind: kinds, amount: fc.bigInt({ min: -5_000_00n, max: 5_000_00n }) }), { maxLength: 30 })

describe('the ledger', () => {
  it('spreads a payment to the last tiyn, principal first, and never below nothing but by what is paid ahead', () => {
    fc.assert(fc.property(balances, fc.bigInt({ min: 1n, max: 30_000_00n }), (before, payment) => {
      const lines = spread(payment, before)
      expect(lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(-payment)
      const after = addLines(before, lines)
      expect(owed(after)).toBe(owed(before) - payment)
      const left = [...after.values()]
      if (lines.some(({ kind }) => kind === 'penalty_payment')) expect(left.every(({ principal }) => principal <= 0n)).toBe(true)
      expect(left.every(({ penalty: owing }, i) => owing >= 0n || [...before.values()][i]?.penalty === owing)).toBe(true)
    }))
  })

  it('pays ahead by what was charged last', () => {
    expect(spread(100n, new Map(), new Map([['electricity', 300n], ['waste', 100n]]))).toEqual([{ service: 'electricity', kind: 'payment', amount: -75n }, { service: 'waste', kind: 'payment', amount: -25n }])
  })

  it('is the sum of its lines, in whatever order they come', () => {
    fc.assert(fc.property(anyLines, (lines) => {
      const sum = lines.reduce((total, { amount }) => total + amount, 0n)
      expect([owed(addLines(new Map(), lines)), owed(addLines(new Map(), lines.toReversed()))]).toEqual([sum, sum])
    }))
  })

  it('has bills that close at what they opened with and every line since', () => {
    fc.assert(fc.property(balances, anyLines, fc.bigInt({ min: 0n, max: 900_0000n }), (opening, brought, used) => {
      const lines: (Line & { on?: Temporal.PlainDate })[] = brought.map((line, i) => ({ ...line, on: month.period.add({ days: i % 31 }) }))
      const [settled] = settleHouse(month, { accounts: [account({ opening, lines, services: [electricity({ meter: { ...meterOf({ since: '0' }), taken: { ...fact(2, '0', true), value: used } } })] })] })
      const { bill, charges } = settled!
      const moved = [...lines, ...charges].reduce((sum, { amount }) => sum + amount, 0n)
      expect(bill.closing).toBe(owed(opening) + moved)
      expect(bill.opening + bill.charged + bill.recalculated + bill.penalty + bill.paid).toBe(bill.closing)
      expect(owed(bill.balances)).toBe(bill.closing)
    }))
  })

  it('counts a penalty by the rate of the bank: 18 450.00 twenty days late come to 272.96, and never to more than the debt', () => {
    expect(tenge(penalty(1_845_000n * 20n, { basisPoints: 1800, coefficient: 150 }, 1_845_000n))).toBe('272.96')
    expect(penalty(1_000n * 100_000n, { basisPoints: 1800, coefficient: 150 }, 1_000n)).toBe(1_000n)
    expect([penalty(-5n, { basisPoints: 1800, coefficient: 150 }, 100n), penalty(5n, { basisPoints: 1800, coefficient: 150 }, -1n)]).toEqual([0n, 0n])
  })

  it('counts it from the day after the bill was due, less what was paid, on what', () => {
    const penaltyOf = (changes: Partial<AccountMonth>) => settleHouse(month, { accounts: [account({ opening: new Map([['waste', { principal: 1_000_000n, penalty: 0n }]]), ...changes })] })[0]!.charges.reduce((sum, one) => sum + (one.kind === 'penalty' ? one.amount : 0n), 0n)
    const days = (n: number, sum = 1_000_000n) => penalty(sum * BigInt(n), { basisPoints: 1800, coefficient: 150 }, 1_000_000n)
    expect(penaltyOf({}), 'old debt: the whole month').toBe(days(31))
    expect(penaltyOf({ lastCharged: new Map([['waste', 1_000_000n]]) }), 'last bill: after the 25th').toBe(days(6))
    expect(penaltyOf({ lines: [{ service: 'waste', kind: 'payment', amount: -1_000_000n, on: day('2026-10-10') }] }), 'paid on the 10th').toBe(days(10))
    expect(penaltyOf({ lastCharged: new Map([['waste', 1_000_000n]]), lines: [{ service: 'waste', kind: 'payment', amount: -1_000_000n, on: day('2026-10-20') }] }), 'paid in time').toBe(0n)
    const paid = (on: string) => ({ lines: [{ service: 'waste' as const, kind: 'payment' as const, amount: -1_000_000n, on: day(on) }] })
    expect(penaltyOf(paid('2026-09-28')), 'paid the month before, booked in this one').toBe(0n)
    expect(penaltyOf(paid('2026-11-05')), 'paid after the month').toBe(days(31))
  })
})
