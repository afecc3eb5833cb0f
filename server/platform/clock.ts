/** The zone of every local date; North Kazakhstan's tzdb name (UTC+5 since 2024-03-01). */
export const zone = 'Asia/Almaty'

/** The present moment, to the millisecond: what the database keeps is what was hashed. */
export const now = (): Temporal.Instant => Temporal.Now.instant().round('millisecond')

/** The local day of a moment. */
export const dateOf = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO(zone).toPlainDate()
export const yearOf = (at: Temporal.Instant): number => dateOf(at).year

/** Reads an instant, a local date and time, or a local day (its beginning); undefined if it is none of them. */
export function instantOf(text: string): Temporal.Instant | undefined {
  for (const read of [
    () => Temporal.Instant.from(text),
    () => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant(),
  ]) {
    try {
      return read().round('millisecond')
    } catch {
      continue
    }
  }
  return undefined
}
