import type { Card } from '../client.ts'

/**
 * Hints only: the server counts and refuses. Days off are those that the card's own explanations name, besides
 * weekends, so no calendar has to be loaded to offer a sensible day.
 */
export const localToday = (): string => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 10)

/** A step's own date to begin with: some working days before the answer is due, never past. */
export function suggestedDue(card: Card, ahead = 2): string {
  const today = localToday()
  let day = card.term.dueOn
  for (let left = ahead; left > 0 && day > today;) {
    day = shift(day, -1)
    if (isWorking(card, day)) left--
  }
  return day < today ? today : day
}

/** Working days after `from` up to and with `to`. */
export function workingDaysBetween(card: Card, from: string, to: string): number {
  let count = 0
  for (let day = shift(from, 1); day <= to; day = shift(day, 1)) if (isWorking(card, day)) count++
  return count
}

function isWorking(card: Card, day: string): boolean {
  const steps = card.terms.clocks.filter((clock) => clock.unit === 'working_days').flatMap((clock) => clock.steps)
  if (steps.some((step) => step.kind === 'day_off' && (step.from ?? step.date) <= day && day <= step.date)) return false
  if (steps.some((step) => step.kind === 'worked' && step.date === day)) return true
  return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
}

const shift = (day: string, by: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)
