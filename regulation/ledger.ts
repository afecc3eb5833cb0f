import { halfUp, services, type Service, type Tiyn } from './tariffs.ts'

/**
 * The consumers' ledger (п. 11.3.1): a balance is the sum of its lines, by service, the principal apart from the
 * penalty on it. What is owed is above nothing, what was paid or given back below. Lines are only ever added.
 */
export const lineKinds = ['opening', 'charge', 'common', 'recalculation', 'penalty', 'payment', 'penalty_payment'] as const
export type LineKind = (typeof lineKinds)[number]

export type Line = { readonly service: Service; readonly kind: LineKind; readonly amount: Tiyn }
export type Balance = { readonly principal: Tiyn; readonly penalty: Tiyn }
/** A service that is absent owes nothing. */
export type Balances = ReadonlyMap<Service, Balance>

const nothing: Balance = { principal: 0n, penalty: 0n }

/** Balances after further lines. */
export function addLines(balances: Balances, lines: Iterable<Line>): Map<Service, Balance> {
  const after = new Map(balances)
  for (const { service, kind, amount } of lines) {
    const { principal, penalty } = after.get(service) ?? nothing
    after.set(service, kind === 'penalty' || kind === 'penalty_payment' ? { principal, penalty: penalty + amount } : { principal: principal + amount, penalty })
  }
  return after
}

/** What is owed in all; below nothing: paid ahead. */
export const owed = (balances: Balances): Tiyn => [...balances.values()].reduce((sum, { principal, penalty }) => sum + principal + penalty, 0n)

/**
 * A payment as lines, which sum to it exactly: first the principal of every service by how much of it is owed, then
 * the penalty; what is left over goes ahead to the services by `weights` (their last charges), or to the first.
 */
export function spread(payment: Tiyn, balances: Balances, weights: ReadonlyMap<Service, Tiyn> = new Map()): Line[] {
  const principals = services.map((service): [Service, Tiyn] => [service, balances.get(service)?.principal ?? 0n]).filter(([, owing]) => owing > 0n)
  const penalties = services.map((service): [Service, Tiyn] => [service, balances.get(service)?.penalty ?? 0n]).filter(([, owing]) => owing > 0n)
  const toPrincipal = least(payment, sum(principals))
  const toPenalty = least(payment - toPrincipal, sum(penalties))
  const ahead = payment - toPrincipal - toPenalty
  const charged = services.map((service): [Service, Tiyn] => [service, weights.get(service) ?? 0n]).filter(([, weight]) => weight > 0n)
  const paid = new Map<Service, Tiyn>()
  for (const [service, part] of [...share(toPrincipal, principals), ...share(ahead, charged.length > 0 ? charged : [[[...balances.keys()][0] ?? services[0], 1n]])]) {
    paid.set(service, (paid.get(service) ?? 0n) + part)
  }
  return [
    ...[...paid].filter(([, part]) => part !== 0n).map(([service, part]): Line => ({ service, kind: 'payment', amount: -part })),
    ...share(toPenalty, penalties).filter(([, part]) => part !== 0n).map(([service, part]): Line => ({ service, kind: 'penalty_payment', amount: -part })),
  ]
}

/** Parts of a sum by weights, whole tiyn each, nothing lost: the last takes what rounding left. */
function share(amount: Tiyn, weights: readonly (readonly [Service, Tiyn])[]): [Service, Tiyn][] {
  const all = sum(weights)
  let taken = 0n
  let before = 0n
  return weights.map(([service, weight]) => {
    taken += weight
    const upTo = all === 0n ? 0n : (amount * taken) / all
    const part = upTo - before
    before = upTo
    return [service, part]
  })
}

const sum = (parts: readonly (readonly [Service, Tiyn])[]): Tiyn => parts.reduce((total, [, part]) => total + part, 0n)
const least = (a: Tiyn, b: Tiyn): Tiyn => (a < b ? a : b)

/** The rate of the National Bank a year in hundredths of a percent, and the contract's coefficient in hundredths. */
export type PenaltyRate = { readonly from: Temporal.PlainDate; readonly basisPoints: number; readonly coefficient: number }

/**
 * П = Н × (Р / 100) × К × Д / 365, half up; `principalDays` is Н × Д summed over the days that were late. Never more
 * than the principal itself.
 */
export function penalty(principalDays: bigint, rate: Pick<PenaltyRate, 'basisPoints' | 'coefficient'>, principal: Tiyn): Tiyn {
  if (principalDays <= 0n || principal <= 0n) return 0n
  return least(halfUp(principalDays * BigInt(rate.basisPoints) * BigInt(rate.coefficient), 365n * 10_000n * 100n), principal)
}
