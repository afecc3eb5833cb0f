/** An entry of the review book must reach its registrar within so many minutes, п. 5.1, 6.1 */
export const scanWithinMinutes = 30

export type BookClock = {
  readonly dueAt: Temporal.Instant
  /** `running`: not sent and time is left; `late`: not sent and none is; `met`, `missed`: sent. */
  readonly state: 'running' | 'late' | 'met' | 'missed'
  /** Whole minutes left while it runs, or by which it was late (negative); on the last minute 0. */
  readonly minutesLeft: number
}

/** The clock of one entry: from the moment it was written to the moment its scan was sent, or to now. */
export function bookClock(writtenAt: Temporal.Instant, sentAt: Temporal.Instant | undefined, now: Temporal.Instant): BookClock {
  const dueAt = writtenAt.add({ minutes: scanWithinMinutes })
  const left = dueAt.epochMilliseconds - (sentAt ?? now).epochMilliseconds
  const state = sentAt ? (left >= 0 ? 'met' : 'missed') : left >= 0 ? 'running' : 'late'
  return { dueAt, state, minutesLeft: Math.floor(left / 60_000) }
}
